"""Pacing pulses: 0.4-2 ms wide, so they can be told only at 250 Hz and more.

Pulses last 0.4 to 2 ms (Kligfield et al., AHA/ACCF/HRS recommendations, Part I, 2007); a file of
100 Hz has lost them.
"""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from sediff.measure.values import Spike

Array = npt.NDArray[np.float64]

MIN_FS = 250.0  # Hz
_REACH_S = 0.004  # half of the median filter
# What this filter takes off all leads together is below 0.3 mV in 99 of 100 unpaced records and
# 1.7 mV and more in all paced ones (PTB-XL at 500 Hz, folds 1-8).
_MIN_MV = 0.45
_AGAINST_NOISE = 6.0
_APART_S = 0.02
_TO_QRS_S, _TO_P_S = (-0.03, 0.06), (-0.03, 0.08)  # from the pulse to the onset of its wave
_AV_S = (0.08, 0.32)
_BLANK_S = 0.003  # before the pulse and after it


def can_be_told(fs: float) -> bool:
    """True if the sampling rate in Hz leaves pacing pulses visible."""
    return fs >= MIN_FS


def find_pulses(eight: Array, fs: float) -> Array:
    """Return the times in s of narrow pulses that stand out of several of (8, T) leads in mV."""
    if not can_be_told(fs) or not np.isfinite(eight).all():
        return np.zeros(0)
    sharp = _sharpness(eight, fs)
    level = max(_MIN_MV, _AGAINST_NOISE * _usual(sharp, fs))
    hits = np.flatnonzero(sharp > level)
    if not len(hits):
        return np.zeros(0)
    groups = np.split(hits, np.flatnonzero(np.diff(hits) > _APART_S * fs) + 1)
    return np.array([g[0] for g in groups], dtype=float) / fs


def without_pulses(eight: Array, fs: float, pulses_s: Array) -> Array:
    """Replace the pulses by straight lines, so that nobody takes them for a QRS onset."""
    if not len(pulses_s):
        return eight
    out = np.array(eight, dtype=np.float64)
    width = max(1, round(_BLANK_S * fs))
    for at in np.rint(np.asarray(pulses_s) * fs).astype(int):
        start, stop = max(0, at - width), min(out.shape[1] - 1, at + 2 * width)
        ramp = np.linspace(0, 1, stop - start + 1)
        out[:, start : stop + 1] = out[:, [start]] * (1 - ramp) + out[:, [stop]] * ramp
    return out


def assign(pulses_s: Array, qrs_on_s: Array, p_on_s: Array) -> tuple[Spike, ...]:
    """Give each pulse the chamber whose wave follows it, '' where none does.

    A ventricular pulse stands right before a QRS, an atrial one right before a P wave or, where
    the P wave cannot be seen, an AV interval before a QRS.
    """
    spikes = []
    for at in pulses_s:
        if _follows(at, qrs_on_s, _TO_QRS_S):
            spikes.append(Spike(float(at), "V"))
        elif _follows(at, p_on_s, _TO_P_S) or _follows(at, qrs_on_s, _AV_S):
            spikes.append(Spike(float(at), "A"))
        else:
            spikes.append(Spike(float(at)))
    return tuple(spikes)


def is_paced(spikes: tuple[Spike, ...], qrs_on_s: Array) -> bool:
    """True if pulses make half of the beats or more, through the ventricle or the atrium."""
    made = 0
    for on in qrs_on_s:
        made += any(
            (s.chamber == "V" and _TO_QRS_S[0] <= on - s.at_s <= _TO_QRS_S[1])
            or (s.chamber == "A" and 0 <= on - s.at_s <= _AV_S[1])
            for s in spikes
        )
    return made >= max(2, 0.5 * len(qrs_on_s))


def _follows(at: float, onsets: Array, window: tuple[float, float]) -> bool:
    return bool(((onsets - at >= window[0]) & (onsets - at <= window[1])).any())


def _sharpness(eight: Array, fs: float) -> Array:
    """What a median filter of 8 ms takes away, (T,) mV over all leads together."""
    size = 2 * round(_REACH_S * fs) + 1
    away = eight - median_filter(eight, size=(1, size), mode="nearest")
    return np.sqrt((away**2).sum(axis=0))


def _usual(sharp: Array, fs: float) -> float:
    """What beats and noise make: median over windows of 1 s of the 90th percentile."""
    width = round(fs)
    windows = sharp[: len(sharp) // width * width].reshape(-1, width)
    return float(np.median(np.percentile(windows, 90, axis=1)))
