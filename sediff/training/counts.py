"""How many real training ECGs stand behind each finding, by stage."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.findings import FINDINGS

# PTB-XL's stage of infarction ('Stadium') that stands behind a stage of a STEMI; an infarct of
# unknown age stands behind none of them.
_STADIA = {"acute": ["Stadium I", "Stadium I-II"], "evolving": ["Stadium II"]}
_RECENT = [stadium for stadia in _STADIA.values() for stadium in stadia]


def finding_counts(table: pd.DataFrame) -> dict[str, int]:
    """Count the records that state each finding.

    Args:
        table: metadata of the training records (`ptbxl.load_metadata`).

    Returns:
        'id' or 'id@stage' -> records that state all of its SCP codes together.
    """
    return {key: int(rows.sum()) for key, rows in stating(table).items()}


def stating(table: pd.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """'id' or 'id@stage' -> (n,) whether a record states all of its SCP codes together."""
    stadium = pd.Series(table["infarction_stadium1"])
    result = {}
    for key, codes, stadia in _asked():
        rows = np.array([bool(codes) and set(codes) <= said.keys() for said in table["codes"]])
        if stadia:
            rows &= stadium.isin(stadia).to_numpy()
        elif key.endswith("_mi"):  # the learned ones are the old ones
            rows &= ~stadium.isin(_RECENT).to_numpy()
        result[key] = rows
    return result


def _asked() -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    """(key, codes, infarct stages) of every finding and stage."""
    for finding in FINDINGS.values():
        yield finding.id, finding.scp, []
        old = FINDINGS.get(finding.id.replace("_stemi", "_mi"))
        for stage in finding.stages:
            stadia = _STADIA.get(stage.id, []) if finding.id.endswith("_stemi") else []
            codes = old.scp if stadia and old else finding.at(stage.id).scp
            yield f"{finding.id}@{stage.id}", codes, stadia
