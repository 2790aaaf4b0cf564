"""How many real training ECGs stand behind each finding, by stage."""

from collections.abc import Iterator

import pandas as pd

from sediff.findings import FINDINGS

# PTB-XL's stage of infarction ('Stadium') that stands behind a stage of a STEMI; an infarct of
# unknown age stands behind none of them.
_STADIA = {"acute": {"Stadium I", "Stadium I-II"}, "evolving": {"Stadium II"}}
_RECENT = set().union(*_STADIA.values())


def finding_counts(table: pd.DataFrame) -> dict[str, int]:
    """Count the records that state each finding.

    Args:
        table: metadata of the training records (`ptbxl.load_metadata`).

    Returns:
        'id' or 'id@stage' -> records that state all of its SCP codes together.
    """
    recent = table["infarction_stadium1"].isin(_RECENT)
    counts = {}
    for key, codes, stadia in _asked():
        rows = table["codes"].map(lambda stated, codes=codes: set(codes) <= stated.keys())
        if stadia:
            rows &= table["infarction_stadium1"].isin(stadia)
        elif key.endswith("_mi"):  # the learned ones are the old ones
            rows &= ~recent
        counts[key] = int(rows.sum()) if codes else 0
    return counts


def _asked() -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    """(key, codes, infarct stages) of every finding and stage."""
    for finding in FINDINGS.values():
        yield finding.id, finding.scp, set()
        old = FINDINGS.get(finding.id.replace("_stemi", "_mi"))
        for stage in finding.stages:
            stadia = _STADIA.get(stage.id, set()) if finding.id.endswith("_stemi") else set()
            codes = old.scp if stadia and old else finding.at(stage.id).scp
            yield f"{finding.id}@{stage.id}", codes, stadia
