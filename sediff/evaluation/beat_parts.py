"""Two ECGs of one seed side by side: the parts of their beats, and when the beats come."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfiltfilt

from sediff.beat import Beat
from sediff.ecg import FS
from sediff.evaluation.drawn import Drawn
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
PARTS = ("p", "qrs", "st_t")
_HIGH_PASS = butter(2, 0.5, "high", fs=FS, output="sos")
_P_MS = 100.0
_SAME_S = 0.15  # beats further apart are not the same beat


def beat_parts(eight: npt.NDArray, beats: Sequence[Beat], base: CaseSpec) -> dict[str, Array]:
    """The median P, QRS and ST-T of the usual beats, each from its own onset.

    Args:
        eight: (8, T) mV at 500 Hz. beats: of its simulation.
        base: the case whose lengths count, so that the parts of two ECGs have one shape.

    Returns:
        Part -> (8, samples) mV against the QRS onset; parts of fewer than two beats are left out.
    """
    jt = max(base.qt_ms - base.qrs_ms, 100.0)
    lengths = {"p": _P_MS, "qrs": base.qrs_ms, "st_t": jt}
    signal = sosfiltfilt(_HIGH_PASS, eight, axis=-1)
    found: dict[str, list[Array]] = {part: [] for part in PARTS}
    for beat in beats:
        if beat.kind != "N":
            continue
        starts = {"p": beat.p[0] if beat.p else None, "qrs": beat.qrs[0], "st_t": beat.qrs[1]}
        level = round(beat.qrs[0] * FS)
        for part, start in starts.items():
            if start is None or not 0 <= level < signal.shape[1]:
                continue
            a = round(start * FS)
            b = a + round(lengths[part] * FS / 1000)
            if a >= 0 and b <= signal.shape[1]:
                found[part].append(signal[:, a:b] - signal[:, level : level + 1])
    return {part: np.median(cut, axis=0) for part, cut in found.items() if len(cut) >= 2}


def likeness(a: Array, b: Array) -> float:
    """Correlation of two (8, n) parts, each lead about its own mean."""
    x, y = ((part - part.mean(axis=1, keepdims=True)).ravel() for part in (a, b))
    return float(x @ y / max(np.sqrt((x @ x) * (y @ y)), 1e-12))


def rms_mv(part: npt.NDArray) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(part))))


def nearness(a: npt.NDArray, b: npt.NDArray) -> tuple[float, float]:
    """(rms of the difference in mV, correlation) of two (8, T) records above 0.5 Hz."""
    x, y = (sosfiltfilt(_HIGH_PASS, one, axis=-1) for one in (a, b))
    return rms_mv(x - y), likeness(x, y)


def beat_times_ms(before: Drawn, after: Drawn) -> float | None:
    """Largest shift of a measured beat in ms; None where the number of beats differs."""
    a, b = (np.array([beat.r_s for beat in one.measured.beats]) for one in (before, after))
    if len(a) != len(b) or not len(a) or np.abs(a - b).max() > _SAME_S:
        return None
    return 1000 * float(np.abs(a - b).max())
