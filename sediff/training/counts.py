"""How many real training ECGs stand behind each finding, by stage."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.findings import FINDINGS
from sediff.spec import Stated

# PTB-XL's stage of infarction ('Stadium') that stands behind a stage of a STEMI; an infarct of
# unknown age stands behind none of them.
_STADIA = {"acute": ["Stadium I", "Stadium I-II"], "evolving": ["Stadium II"]}
_RECENT = [stadium for stadia in _STADIA.values() for stadium in stadia]


def finding_counts(table: pd.DataFrame, reported: Sequence[tuple[Stated, ...]]) -> dict[str, int]:
    """Count the records that carry each finding's statements, or whose report states it.

    The model is trained on both: told the statements, and told what the reader finds.

    Args:
        table: metadata of the training records (`ptbxl.load_metadata`).
        reported: what the reader finds in the report of each, however sure.

    Returns:
        'id' or 'id@stage' -> records.
    """
    found = stating(table)
    for i, one in enumerate(reported):
        for key in map(_key, one):
            found[key][i] = True
    return {key: int(rows.sum()) for key, rows in found.items()}


def _key(one: Stated) -> str:
    """A stated finding with its stage, the usual one where none is named."""
    stages = FINDINGS[one.id].stages
    return f"{one.id}@{one.stage or stages[0].id}" if stages else one.id


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
