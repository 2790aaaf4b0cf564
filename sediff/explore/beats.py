"""The typical beat of an ECG, and two ECGs on one clock."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat, usual_beats
from sediff.ecg import Ecg

BEFORE_S, AFTER_S = 0.35, 0.65  # around R: from before P to after T at usual rates
_LEVEL_S = (-0.08, -0.04)  # before R: where two typical beats are put on one level


@dataclass(frozen=True)
class Typical:
    """The median of the most frequent beats.

    Attributes:
        t_s: (T,) seconds from R. mv: (12, T). beats: how many it is the median of.
    """

    t_s: npt.NDArray[np.float64]
    mv: npt.NDArray[np.float64]
    beats: int


def typical(ecg: Ecg, beats: Sequence[Beat]) -> Typical | None:
    """The typical beat; None where no beat lies wholly inside the record.

    Each lead stands on its level just before the QRS, so that two ECGs can be laid on each other.
    """
    cuts = [cut for beat in usual_beats(beats) if (cut := _cut(ecg, beat.r_s)) is not None]
    if not cuts:
        return None
    t_s = np.arange(-round(BEFORE_S * ecg.fs), round(AFTER_S * ecg.fs)) / ecg.fs
    mv = np.median(np.stack(cuts).astype(np.float64), axis=0)
    level = (t_s >= _LEVEL_S[0]) & (t_s <= _LEVEL_S[1])
    return Typical(t_s, mv - np.median(mv[:, level], axis=1, keepdims=True), len(cuts))


def _cut(ecg: Ecg, r_s: float) -> npt.NDArray[np.float32] | None:
    at = round(r_s * ecg.fs)
    first, last = at - round(BEFORE_S * ecg.fs), at + round(AFTER_S * ecg.fs)
    inside = first >= 0 and last <= ecg.signal.shape[1]
    return ecg.signal[:, first:last] if inside else None


def window(ecg: Ecg, beats: Sequence[Beat], seconds: float) -> tuple[float, float]:
    """A stretch of the record that starts just before a usual beat, s; the same lead of several
    ECGs then stands R over R.

    Args:
        seconds: its length; 0: one beat.
    """
    length = min(seconds or BEFORE_S + AFTER_S, ecg.seconds)
    starts = [beat.r_s - BEFORE_S for beat in usual_beats(beats)]
    inside = [start for start in starts if 0 <= start <= ecg.seconds - length]
    # The first second may hold what filters leave at the edge of a record.
    start = next((s for s in inside if s >= 1.0), inside[0] if inside else None)
    if start is None:
        start = (ecg.seconds - length) / 2 if not starts else 0.0
    start = round(start * ecg.fs) / ecg.fs
    return start, start + length


def first_r(beats: Sequence[Beat]) -> float | None:
    """Time of the first usual beat whose P also lies in the record, s; None without one."""
    return next((beat.r_s for beat in usual_beats(beats) if beat.r_s >= BEFORE_S), None)
