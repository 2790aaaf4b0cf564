"""Onset and offset of the T wave of a median beat, all leads together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import find_peaks

from sediff.leads import derive_twelve
from sediff.measure.limits import POST, PRE, falls
from sediff.measure.signals import RATE, Array, filtered

NO_END = 999.0  # samples; the spread of a T end that cannot be seen
_ST_S = 0.05  # the search for T begins this long after the QRS
_ON_SHARE = 0.15  # of the height of T
_STRICT, _LENIENT = 0.3, 0.13  # shares of the slope between which the doubt is measured
_U_AFTER_S, _T_OF_U, _DIP = 0.13, 0.2, 0.4  # U: so long after T, T at least so tall, dip between
_SECOND_S, _SECOND = 0.18, 0.25  # the second part of T: how soon, how large at least
_FALL_S = 0.16  # T falls steepest this soon after its peak
_ROOM_S, _ROOM_SHARE = 0.23, 0.62  # T ends before the next P: so long before, or so much of RR


@dataclass(frozen=True)
class TRule:
    """What was set on LUDB, the same for every record.

    Attributes:
        hz: the beat is smoothed to this.
        share: T ends where the slope has fallen to this share of its steepest part, both
            above the slope at rest.
        rest_pc: percentile of the slopes after T that is the slope at rest.
        clear: a T whose steepest slope is not this many times that at rest has no end.
    """

    hz: float = 15.0
    share: float = 0.12
    rest_pc: float = 10.0
    clear: float = 3.0


RULE = TRule()


def find_t(
    eight: Array, qrs: tuple[int, int], rr: float, rule: TRule = RULE
) -> tuple[int, int, float] | None:
    """Return T onset, offset and the uncertainty of the offset in samples from R.

    Args:
        eight: (8, W) median beat in mV.
        qrs: its QRS limits.
        rr: samples to the next beat.
        rule: thresholds.
    """
    start = PRE + qrs[1] + round(_ST_S * RATE)
    stop = int(min(PRE + POST, PRE + max(rr - _ROOM_S * RATE, _ROOM_SHARE * rr)))
    if stop - start < 0.1 * RATE:
        return None
    smooth = filtered(derive_twelve(eight), "lowpass", high=rule.hz)
    velocity = np.sqrt((np.gradient(smooth, axis=1)[:, start:stop] ** 2).sum(axis=0))
    wave = smooth[:, start:stop] - smooth[:, start + _at_rest(velocity)].mean(axis=1)[:, None]
    axis, _, _ = np.linalg.svd(wave, full_matrices=False)
    signed = axis[:, 0] @ wave
    main = np.abs(signed)
    peak = _t_peak(signed)
    falling = main[peak : peak + round(_FALL_S * RATE)]
    steep = peak + int(np.argmax(velocity[peak : peak + int(np.argmin(falling)) + 1]))
    end, spread = _end(velocity[steep:], rule)
    rising = falls(main[peak::-1], _ON_SHARE * main[peak])
    onset = start + peak - (rising if rising is not None else peak)
    return onset - PRE, start + steep + end - PRE, spread


def _at_rest(velocity: Array) -> npt.NDArray[np.int64]:
    """Samples of the second half of (n,) at which least moves: neither T nor the next P."""
    half = len(velocity) // 2
    return half + np.argsort(velocity[half:])[: max(5, half // 5)]


def _t_peak(main: Array) -> int:
    """Peak of the last part of T in the (n,) main component, mV.

    A later wave of its own and the same sign, U or the next P, is not T. What follows at once
    with the other sign is its end: T is biphasic then, or the segment before it sags.
    """
    top = int(np.argmax(np.abs(main)))
    main = main * np.sign(main[top])
    early = main[: max(0, top - round(_U_AFTER_S * RATE))]
    peaks = find_peaks(early, height=_T_OF_U * main[top])[0]
    own = [int(p) for p in peaks if main[p:top].min() < _DIP * main[p]]
    top = max(own, key=lambda p: main[p], default=top)
    after = -main[top : top + round(_SECOND_S * RATE)]
    second = find_peaks(after, height=_SECOND * main[top])[0]
    return top + int(second[0]) if len(second) else top


def _end(after: Array, rule: TRule) -> tuple[int, float]:
    """Where (n,) slopes, steepest first, come to rest, and the doubt about it in samples.

    Without an end that can be seen it is where they are least: a limit for the drawing.
    """
    rest = float(np.percentile(after, rule.rest_pc))
    shares = (_STRICT, rule.share, _LENIENT)
    soon, end, late = (falls(after, rest + k * (after[0] - rest)) for k in shares)
    if end is None or soon is None or late is None or after[0] < rule.clear * rest:
        return int(np.argmin(after)), NO_END
    return end, float(late - soon)
