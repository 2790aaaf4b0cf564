"""Small tools on one wave: levels, runs of one sign, peaks that stand out, crossings."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.signal import find_peaks

from sediff.measure.signals import RATE, Array

MS = 1000 / RATE  # ms a sample


@dataclass(frozen=True)
class Run:
    """A stretch of one sign: samples `start` to `stop` (exclusive) and its peak in mV."""

    start: int
    stop: int
    peak_mv: float
    peak_at: int

    @property
    def ms(self) -> float:
        """Its duration in ms."""
        return (self.stop - self.start) * MS


def runs_of(x: Array) -> list[Run]:
    """Cut (n,) mV into stretches of one sign, in time order."""
    sign = np.where(x >= 0, 1, -1)
    edges = [0, *(np.flatnonzero(np.diff(sign)) + 1).tolist(), len(x)]
    found = []
    for start, stop in pairwise(edges):
        at = start + int(np.argmax(np.abs(x[start:stop])))
        found.append(Run(start, stop, float(x[at]), at))
    return found


def merged(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of one sign, as they stand after small runs between them were dropped."""
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].peak_mv > 0) == (run.peak_mv > 0):
            last = out[-1]
            high = max(last, run, key=lambda r: abs(r.peak_mv))
            out[-1] = Run(last.start, run.stop, high.peak_mv, high.peak_at)
        else:
            out.append(run)
    return out


def peaks_of(x: Array, prominence: float) -> npt.NDArray[np.int64]:
    """Samples of the inner maxima of (n,) that stand out by `prominence` mV."""
    if len(x) < 3 or x.max() - x.min() < prominence:  # spares the slower search
        return np.zeros(0, dtype=np.int64)
    return find_peaks(x, prominence=prominence)[0]


def crossing(x: Array, start: int, step: int, under: float) -> int:
    """First sample from `start` on, going by `step`, that lies under a level; else the end."""
    i = start
    while 0 <= i + step < len(x):
        i += step
        if x[i] < under:
            return i
    return i
