"""What slurs the start of the QRS of one lead (delta) and what notches its end (J wave)."""

import numpy as np

from sediff.measure.signals import RATE, Array
from sediff.measure.wave_tools import MS, peaks_of

_DELTA_STEEP, _DELTA_SLOW = 0.5, 0.4  # of the steepest slope: where delta ends, and its mean
_DELTA_MS, _DELTA_MV, _DELTA_EARLY = 20.0, 0.06, 0.15
_DELTA_BACK = 0.1  # of its height: what goes the other way first is a q or an r, no delta
_J_BEFORE, _J_AFTER = round(0.06 * RATE), round(0.07 * RATE)
_J_MV, _J_SHARE = 0.03, 0.5
_SLUR_SLOPE, _SLUR_MS = 0.35, 20.0
_SLUR_HALF = 0.45  # of its height is left half-way: it is straight; the tail of an R is round


def delta_ms(x: Array) -> float:
    """Duration of a slurred start of (n,) mV: a slow slope in one direction, then a steep one.

    0 where the QRS begins steeply, or where the lead only begins later than others.
    """
    slope = np.gradient(x)
    fastest = np.abs(slope).max()
    steep = int(np.argmax(np.abs(slope) >= _DELTA_STEEP * fastest))
    way = np.sign(slope[steep])
    moved = float(way * (x[steep] - x[0]))
    if steep * MS < _DELTA_MS or moved < _DELTA_MV:
        return 0.0
    path = way * (x[: steep + 1] - x[0])
    slow = moved / steep < _DELTA_SLOW * fastest
    early = path[steep // 2] > _DELTA_EARLY * moved
    return steep * MS if slow and early and path.min() > -_DELTA_BACK * moved else 0.0


def j_wave(lead: Array, on: int, off: int, floor: float) -> tuple[float, float]:
    """Notch, slur or Osborn wave at the end of the QRS: height above what follows, and level.

    After Macfarlane et al., JACC 2015;66:470-477: it lies on the final half of the downslope
    of R, or after it; its level (Jp) is that of its peak, or of the onset of a slur.

    Args:
        lead: (W,) mV against the level at the QRS onset.
        on, off: QRS limits in samples; the wave may lie on both sides of `off`.
        floor: mV that a peak must stand out by.

    Returns:
        Height above J and level of its peak in mV, both 0 without one.
    """
    top = on + int(np.argmax(lead[on : off + 1]))
    start = max(on, off - _J_BEFORE, top + 1)
    part = lead[start : off + _J_AFTER]
    high = _J_SHARE * max(float(lead[top]), 2 * _J_MV)
    found = [
        (float(part[p] - part[p : p + _J_AFTER].min()), float(part[p]))
        for p in peaks_of(part, max(_J_MV, floor))
        if part[p] > 0 and (part[p] <= high or start + p > off)
    ]
    return max(found, default=(0.0, 0.0)) if found else _slur(lead, top, off, high)


def _slur(lead: Array, top: int, off: int, high: float) -> tuple[float, float]:
    """Where the downslope of R suddenly becomes shallow in its final half."""
    if off - top < 6 or lead[top] < 2 * _J_MV:
        return 0.0, 0.0
    fall = -np.gradient(lead[top : off + 1])
    steep = int(np.argmax(fall))
    slow = np.flatnonzero(fall[steep:] < _SLUR_SLOPE * fall[steep])
    if fall[steep] <= 0 or not len(slow):
        return 0.0, 0.0
    at = top + steep + int(slow[0])
    height = float(lead[at] - lead[off])
    half = float(lead[(at + off) // 2] - lead[off])
    straight = (off - at) * MS >= _SLUR_MS and half >= _SLUR_HALF * height
    if straight and height > 2 * _J_MV and lead[at] <= high:
        return height, float(lead[at])
    return 0.0, 0.0
