"""Onset and offset of the QRS of a median beat, all leads together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.leads import derive_twelve
from sediff.measure.limits import PRE
from sediff.measure.signals import RATE, Array

_QRS_REST, _QRS_REST_PC = 1.2, 75  # against the slopes of T, P and f waves
_FAR_APART = 0.05 * RATE  # two leads alone that move for longer slope in ST (Brugada type 1)
_HOLD = 6  # samples of quiet that end a QRS
_QRS_MIN_S = 0.05
_J_FROM_S, _J_MIN_S = 0.02, 0.016  # a J wave: so long after R, at least so long
_J_APART, _J_SLOW, _J_SPEED = 0.4, 0.7, 0.5  # of its height, its speed, that of the QRS
_BEFORE_S, _AFTER_S = 0.16, 0.20  # a QRS reaches this far from R, or this share of RR
_BEFORE_RR, _AFTER_RR = 0.27, 0.35


@dataclass(frozen=True)
class QrsRule:
    """What was set on LUDB, the same for every record.

    Attributes:
        share: of the steepest slope of a lead under which it is quiet.
        floor: mV a sample (2 ms) under which every lead is quiet.
        on_rank, off_rank: the limit is the mean of the leads of this rank and the one before,
            0 being the outermost: those are often noise.
    """

    share: float = 0.05
    floor: float = 0.004
    on_rank: int = 3
    off_rank: int = 2


RULE = QrsRule()
# For the drawing of single odd beats, where the strict rule finds no rest around them.
LENIENT = QrsRule(share=0.1, floor=0.008)


def find_qrs(eight: Array, rr: float, rule: QrsRule = RULE) -> tuple[int, int] | None:
    """Return QRS onset and offset of a median beat, samples from R; None where leads disagree.

    Args:
        eight: (8, W) mV.
        rr: usual samples from beat to beat: what lies further away are other beats.
        rule: thresholds.
    """
    twelve = derive_twelve(eight)
    slopes = np.abs(np.gradient(twelve, axis=1))
    before, after = _reach(rr)
    near = slopes[:, PRE - before : PRE + after]
    peak = slopes[:, PRE - before // 2 : PRE + before // 2 + 1].max(axis=1)
    usable = peak > 2 * rule.floor
    if usable.sum() <= max(rule.on_rank, rule.off_rank):
        return None
    floor = np.maximum(rule.floor, np.maximum(rule.share * peak, _other(slopes, rr)))
    busy = (near > floor[:, None])[usable]
    on = _outer([_quiet(row[before::-1]) for row in busy], rule.on_rank)
    off = _outer([_quiet(row[before:]) for row in busy], rule.off_rank, _FAR_APART)
    if on >= before - _HOLD or off >= after - _HOLD or on + off < _QRS_MIN_S * RATE:
        return None
    return -on, _before_j_wave(twelve[:, PRE : PRE + off + 1], off)


def _before_j_wave(after_r: Array, off: int) -> int:
    """QRS offset without a J or Osborn wave: a hump of its own from the J level back to it.

    A terminal R or S begins far from the J level, so it stays in the QRS. The QRS ends where the
    notch begins (Macfarlane et al., JACC 2015;66:470-477).

    Args:
        after_r: (12, off + 1) mV from R to the end of all that moves.
        off: samples from R.
    """
    if off < 2:
        return off
    speed = np.sqrt((np.gradient(after_r, axis=1) ** 2).sum(axis=0))
    away = np.sqrt(((after_r - after_r[:, -1:]) ** 2).sum(axis=0))
    start, stop = round(_J_FROM_S * RATE), off - round(_J_MIN_S * RATE)
    for dip in range(start, stop):
        if speed[dip] <= min(speed[dip - 1], speed[dip + 1]):
            hump, top = float(away[dip:].max()), float(speed[dip:].max())
            apart = away[dip] < _J_APART * hump and speed[dip] < _J_SLOW * top
            if apart and top < _J_SPEED * speed.max():
                return dip
    return off


def _reach(rr: float) -> tuple[int, int]:
    """How many samples before and after R a QRS may reach."""
    return (
        round(min(_BEFORE_S * RATE, _BEFORE_RR * rr)),
        round(min(_AFTER_S * RATE, _AFTER_RR * rr)),
    )


def _outer(samples: list[int], rank: int, far: float = np.inf) -> int:
    """Mean of the samples with this rank and the one before it, the largest having rank 0.

    Where these two are more than `far` samples apart the inner one counts.
    """
    around = sorted(samples, reverse=True)[max(0, rank - 1) : rank + 1]
    if around[0] - around[-1] > far:
        return around[-1]
    return round(sum(around) / len(around))


def _other(slopes: Array, rr: float) -> Array:
    """Usual slopes (12,) of T, P and f waves, between this QRS and those around it."""
    before, after = _reach(rr)
    start = max(0, PRE - round(rr) + after)
    stop = min(slopes.shape[1], PRE + round(rr) - before)
    rest = np.concatenate([slopes[:, start : PRE - before], slopes[:, PRE + after : stop]], axis=1)
    return _QRS_REST * np.percentile(rest, _QRS_REST_PC, axis=1)


def _quiet(busy: npt.NDArray[np.bool_]) -> int:
    """Return after how many samples a run of `_HOLD` quiet ones begins."""
    moving = np.flatnonzero(busy)
    gaps = np.flatnonzero(np.diff(moving) > _HOLD)
    if not len(moving) or moving[0] > _HOLD:
        return 0
    return int(moving[gaps[0]] if len(gaps) else moving[-1]) + 1
