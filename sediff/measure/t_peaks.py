"""Tells T waves from beats among the peaks of the QRS envelope.

A T wave is smooth, follows a stronger peak soon, and does so after most beats with the same delay
and size. A ventricular beat on a T wave is as smooth, but taller than what follows other beats.
"""

import numpy as np
import numpy.typing as npt

from sediff.measure.signals import RATE, Array

_SOON_S, _T_S = 0.38, (0.15, 0.42)  # after a QRS: a weaker peak; where its T wave peaks
_WEAKER, _USUAL_WEAKER = 0.5, 0.8  # than the peak before
_SMOOTH = 0.35  # of the sharpness of the peak before
_USUAL_SHARE, _USUAL_S = 0.5, 0.06  # of the beats have such a T; its delay varies by this
_ALIKE, _TALLER, _TALL = 1.4, 1.8, 0.3  # against the usual T, and as a share of the beat before
_NEAR_S = 0.05

Indices = npt.NDArray[np.int64]


def are_t_waves(peaks: Indices, shape: Array, sharp: Array) -> npt.NDArray[np.bool_]:
    """Return (n,) True where a peak is a T wave.

    Args:
        peaks: (n,) samples of the peaks of the envelope.
        shape: (N,) envelope. sharp: (N,) envelope of what is fast.
    """
    heights, speeds = shape[peaks], _around(sharp, peaks)
    leader = _leaders(peaks, heights)
    led = leader >= 0
    if not led.any():
        return np.zeros(len(peaks), dtype=bool)
    delay = (peaks - peaks[leader]) / RATE
    ratio = heights / heights[leader]
    smooth = speeds < _SMOOTH * speeds[leader]
    usual = _usual_t(shape, peaks[~led], heights[~led])
    follows = led & smooth & (ratio < _USUAL_WEAKER)
    often = follows & _is_usual(delay, follows, int((~led).sum()))
    weak = led & (ratio < _WEAKER) & (delay <= _SOON_S)
    unusual = smooth & (ratio > max(_TALL, _TALLER * usual))
    return often | (weak & ~unusual) | _first(peaks, heights, speeds, led, usual)


def _leaders(peaks: Indices, heights: Array) -> Indices:
    """Which (n,) taller peak stands shortly before each, -1 where none does."""
    leader = np.full(len(peaks), -1)
    for i in range(1, len(peaks)):
        for j in range(i - 1, -1, -1):
            if peaks[i] - peaks[j] > _T_S[1] * RATE:
                break
            if heights[i] < _USUAL_WEAKER * heights[j]:
                leader[i] = j
    return leader


def _usual_t(shape: Array, beats: Indices, heights: Array) -> float:
    """Median height of the envelope where T waves are, as a share of the beat before."""
    low, high = (round(s * RATE) for s in _T_S)
    gaps = np.append(np.diff(beats), len(shape))
    shares = [
        float(shape[at + low : at + min(high, gap - low)].max() / height)
        for at, height, gap in zip(beats, heights, gaps, strict=True)
        if at + low < len(shape) and gap > 2 * low
    ]
    return float(np.median(shares)) if shares else 0.0


def _is_usual(delay: Array, follows: npt.NDArray[np.bool_], beats: int) -> npt.NDArray[np.bool_]:
    """Where the delay is that of most followers, if most beats have one."""
    if follows.sum() < max(3, _USUAL_SHARE * beats):
        return np.zeros(len(delay), dtype=bool)
    return np.abs(delay - np.median(delay[follows])) < _USUAL_S


def _first(
    peaks: Indices, heights: Array, speeds: Array, led: npt.NDArray[np.bool_], usual: float
) -> npt.NDArray[np.bool_]:
    """The T wave of a beat that came before the record began."""
    out = np.zeros(len(peaks), dtype=bool)
    beat, speed = np.median(heights[~led]), np.median(speeds[~led])
    smooth = speeds[0] < _SMOOTH * speed
    out[0] = peaks[0] < _T_S[1] * RATE and smooth and heights[0] < _ALIKE * usual * beat
    return out


def _around(sharp: Array, peaks: Indices) -> Array:
    reach = round(_NEAR_S * RATE)
    return np.array([sharp[max(0, p - reach) : p + reach + 1].max() for p in peaks])
