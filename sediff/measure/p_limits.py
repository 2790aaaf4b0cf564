"""The P wave before the QRS of a median beat, all leads together."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from sediff.leads import derive_twelve
from sediff.measure.limits import PRE, falls, level
from sediff.measure.signals import RATE, Array, filtered

_P_HZ = 25.0
_P_ON_SHARE = 0.3
_P_OFF_SHARE = 0.2
_P_GAP = 4  # samples before the QRS that belong to neither wave
_PR_MAX_S = 0.43
_P_LOOK_S = 0.48  # a wave that begins between these two is something else
_P_MIN_S, _P_MAX_S = 0.04, 0.186  # a pacing spike is shorter; F waves and T tails are longer
_P_LEVEL_S = 0.20
_P_MAX_MV = 0.7
_HUMP, _HUMP_APART_S = 0.3, 0.12  # a later wave: its height against the tallest, its distance
_P_LOW = 0.4  # of the height of P: above it is no onset
_PR_MIN_S = 0.05


@dataclass(frozen=True)
class PWave:
    """The wave before the QRS of the median beat.

    Attributes:
        on, off: limits in samples from R.
        likely: False where it runs into the T wave before it or is no P wave by size or place.
        rest: steepest slope elsewhere between T and P, as a share of the slope of P.
    """

    on: int
    off: int
    likely: bool
    rest: float


def find_p(eight: Array, qrs_on: int, t_off: int | None, rr: float) -> PWave | None:
    """Return the largest wave between the T wave before and the QRS, None without room for one.

    Args:
        eight: (8, W) median beat in mV.
        qrs_on: QRS onset, samples from R.
        t_off: T offset, samples from R; that of the beat before is `rr` earlier.
        rr: samples from the beat before.
    """
    start, stop = _p_window(qrs_on, t_off, rr)
    if stop - start < 0.06 * RATE:
        return None
    # The QRS is held off, so that smoothing does not smear it over the end of P.
    held = derive_twelve(eight[:, : stop + _P_GAP])
    held = np.concatenate([held, np.repeat(held[:, -1:], RATE // 10, axis=1)], axis=1)
    smooth = filtered(held, "lowpass", high=_P_HZ)
    velocity = np.sqrt((np.gradient(smooth, axis=1)[:, :stop] ** 2).sum(axis=0))
    size = np.sqrt((level(smooth[:, start:stop]) ** 2).sum(axis=0))
    peak = start + _last_hump(size)
    first = max(start, peak - round(0.1 * RATE))
    steep = first + int(np.argmax(velocity[first : peak + 1]))
    rising = _rise(velocity[steep:start:-1], size[steep - start : 0 : -1], size[peak - start])
    onset = steep - rising if rising is not None else start
    offset = _p_end(smooth[:, onset : min(stop, onset + round(_P_LEVEL_S * RATE))]) + onset
    if offset - onset < _P_MIN_S * RATE:
        return None
    rest = _rest(velocity, onset, steep, t_off, rr)
    wave = smooth[:, onset : offset + 1]
    likely = (
        _PR_MIN_S <= (PRE + qrs_on - onset) / RATE <= _PR_MAX_S
        and offset - onset <= _P_MAX_S * RATE
        and float(np.abs(level(wave)).max()) <= _P_MAX_MV
    )
    return PWave(onset - PRE, offset - PRE, rising is not None and likely, rest)


def _last_hump(size: Array) -> int:
    """Peak of the last wave in (n,): what stands before P is U, the end of T or another P."""
    top = int(np.argmax(size))
    peaks = find_peaks(size, height=_HUMP * size[top], prominence=_HUMP * size[top])[0]
    late = [int(p) for p in peaks if p > top + _HUMP_APART_S * RATE]
    return late[-1] if late else top


def _rise(velocity: Array, size: Array, height: float) -> int | None:
    """How long before its steepest part (index 0, backwards in time) P began, None: not seen.

    The valley between two humps of P is as slow as its onset, but high.
    """
    if not len(velocity):
        return None
    slow = velocity < _P_ON_SHARE * velocity[0]
    low = np.flatnonzero(slow & (size < _P_LOW * height))
    return int(low[0]) if len(low) else falls(velocity, _P_ON_SHARE * velocity[0])


def _p_end(wave: Array) -> int:
    """Return how many samples the P wave at the start of (12, w) lasts."""
    size = np.sqrt((level(wave) ** 2).sum(axis=0))
    peak = int(np.argmax(size))
    falling = falls(size[peak:], _P_OFF_SHARE * size[peak])
    return peak + falling if falling is not None else wave.shape[1]


def _rest(velocity: Array, onset: int, steep: int, t_off: int | None, rr: float) -> float:
    """Slope between T and P against that of P: near 1 in flutter and 2:1 block."""
    begin = max(0, PRE + round((t_off or 0.5 * rr) - rr) + round(0.06 * RATE))
    quiet = velocity[begin : onset - round(0.03 * RATE)]
    return float(np.percentile(quiet, 85) / velocity[steep]) if len(quiet) > 15 else 0.0


def _p_window(qrs_on: int, t_off: int | None, rr: float) -> tuple[int, int]:
    """Return where a P wave may lie, as samples of the median-beat window."""
    stop = PRE + qrs_on - _P_GAP
    before = (t_off - rr + 2) if t_off is not None else (qrs_on - 0.35 * rr)
    start = max(5, PRE + int(before), PRE + qrs_on - round(_P_LOOK_S * RATE))
    return start, stop
