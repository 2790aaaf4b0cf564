"""Are the beats of one kind alike, as in a real heart? Generated beside real."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat
from sediff.evaluation.control import fold_records, fold_requests
from sediff.measure import measure_eight
from sediff.pipeline import generate_many

_WINDOW_S = (-0.06, 0.36)  # around R: the QRS, ST and most of T, at any usual rate


def beat_likeness(eight: npt.NDArray, fs: int, beats: Sequence[Beat]) -> float | None:
    """Median correlation of single 'N' beats with their median beat.

    Args:
        eight: (8, T) mV. fs: Hz.

    Returns:
        At most 1; None where fewer than four beats lie inside the record.
    """
    start, stop = round(_WINDOW_S[0] * fs), round(_WINDOW_S[1] * fs)
    at = [round(beat.r_s * fs) for beat in beats if beat.kind == "N"]
    cut = [
        eight[:, r + start : r + stop] for r in at if r + start >= 0 and r + stop < eight.shape[1]
    ]
    if len(cut) < 4:
        return None
    stack = np.stack(cut)
    stack = stack - np.median(stack, axis=2, keepdims=True)  # wander is not the beat's
    middle = np.median(stack, axis=0)
    return float(np.median([np.corrcoef(one.ravel(), middle.ravel())[0, 1] for one in stack]))


def likeness(arguments: Namespace) -> dict[str, Any]:
    """Quartiles of `beat_likeness` of generated ECGs and of the real ones behind the requests."""
    requests = fold_requests(arguments)
    made = generate_many(requests)
    drawn = [beat_likeness(m.ecg.eight[:, ::5], 100, m.measured.beats) for m in made]
    real = []
    for eight in fold_records(arguments):
        real.append(beat_likeness(eight, 100, measure_eight(eight, 100).beats))
    return {"generated": _quartiles(drawn), "real": _quartiles(real)}


def _quartiles(values: Sequence[float | None]) -> list[float]:
    known = [value for value in values if value is not None]
    return [round(float(q), 4) for q in np.percentile(known, [25, 50, 75])]
