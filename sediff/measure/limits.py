"""Wave limits of the median beat, all leads together.

Slopes decide: a wave begins and ends where the slope falls under a share of its steepest part.
The shares were set on LUDB (cardiologists' limits) and stay the same for every record.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.edges import hold_edges
from sediff.leads import derive_twelve
from sediff.measure.signals import RATE, Array, filtered

PRE, POST = round(0.6 * RATE), round(0.76 * RATE)  # samples of the window before and after R
MS = 1000 / RATE  # ms a sample

_QRS_SHARE = 0.05
_QRS_FLOOR = 0.004  # mV a sample = 2 uV/ms
_QRS_REST, _QRS_REST_PC = 1.2, 75  # against the slopes of T, P and f waves
_HOLD = 6  # samples of quiet that end a QRS
_QRS_RANK = 3  # the fourth-earliest onset: earlier ones are often noise
_QRS_MIN_S = 0.05
_BEFORE_R, _AFTER_R = round(0.16 * RATE), round(0.20 * RATE)

_T_HZ = 12.0
_T_SHARE = 0.2
NO_END = 999.0  # samples; the spread of a T end that cannot be seen
_ST_S = 0.05  # the search for T begins this long after the QRS

_P_HZ = 25.0
_P_ON_SHARE = 0.3
_P_OFF_SHARE = 0.2
_P_GAP = 4  # samples before the QRS that belong to neither wave
_PR_MAX_S = 0.43
_P_LOOK_S = 0.48  # a wave that begins between these two is something else
_P_MIN_S, _P_MAX_S = 0.04, 0.186  # a pacing spike is shorter; F waves and T tails are longer
_P_LEVEL_S = 0.20
_P_MAX_MV = 0.7
_PR_MIN_S = 0.05


@dataclass(frozen=True)
class Limits:
    """Wave limits in samples from R of the median beat, None where not found."""

    qrs: tuple[int, int] | None
    p: tuple[int, int] | None = None
    t: tuple[int, int] | None = None
    t_spread: float = 0.0  # samples between a strict and a lenient T end


def median_beat(eight: Array, at: Array) -> tuple[Array, Array]:
    """Cut (8, N) mV around the R peaks `at` and return (8, W) median and (n, 8, W) beats.

    Beats whose window leaves the record are used only when fewer than three others exist.
    """
    centres = np.rint(at).astype(int)
    whole = (centres >= PRE) & (centres + POST <= eight.shape[1])
    if whole.sum() < 3:
        whole[:] = True
    padded = hold_edges(eight, PRE, POST)
    beats = np.stack([padded[:, c : c + PRE + POST] for c in centres[whole]])
    return np.median(beats, axis=0), beats


def find_qrs(eight: Array) -> tuple[int, int] | None:
    """Return QRS onset and offset of a (8, W) median beat, samples from R."""
    slopes = np.abs(np.gradient(derive_twelve(eight), axis=1))
    near = slopes[:, PRE - _BEFORE_R : PRE + _AFTER_R]
    peak = slopes[:, PRE - 40 : PRE + 41].max(axis=1)
    usable = peak > 2 * _QRS_FLOOR
    if usable.sum() < _QRS_RANK:
        return None
    rest = np.concatenate([slopes[:, : PRE - _BEFORE_R], slopes[:, PRE + _AFTER_R :]], axis=1)
    other = _QRS_REST * np.percentile(rest, _QRS_REST_PC, axis=1)
    floor = np.maximum(_QRS_FLOOR, np.maximum(_QRS_SHARE * peak, other))
    busy = (near > floor[:, None])[usable]
    rank = min(_QRS_RANK, len(busy) - 1)
    before = np.sort([_quiet(row[_BEFORE_R::-1]) for row in busy])[::-1][rank]
    after = np.sort([_quiet(row[_BEFORE_R:]) for row in busy])[::-1][rank]
    if (
        before >= _BEFORE_R - _HOLD
        or after >= _AFTER_R - _HOLD
        or before + after < _QRS_MIN_S * RATE
    ):
        return None
    return -int(before), int(after)


def _quiet(busy: npt.NDArray[np.bool_]) -> int:
    """Return after how many samples a run of `_HOLD` quiet ones begins."""
    moving = np.flatnonzero(busy)
    gaps = np.flatnonzero(np.diff(moving) > _HOLD)
    if not len(moving) or moving[0] > _HOLD:
        return 0
    return int(moving[gaps[0]] if len(gaps) else moving[-1]) + 1


def find_t(eight: Array, qrs: tuple[int, int], rr: float) -> tuple[int, int, float] | None:
    """Return T onset, offset and the uncertainty of the offset in samples from R.

    Args:
        eight: (8, W) median beat in mV.
        qrs: its QRS limits.
        rr: samples to the next beat.
    """
    smooth = filtered(derive_twelve(eight), "lowpass", high=_T_HZ)
    start = PRE + qrs[1] + round(_ST_S * RATE)
    stop = int(min(PRE + POST, PRE + max(rr - 0.23 * RATE, 0.62 * rr)))
    if stop - start < 0.1 * RATE:
        return None
    wave = smooth[:, start:stop] - np.median(smooth[:, stop - 10 : stop], axis=1, keepdims=True)
    axis, _, _ = np.linalg.svd(wave, full_matrices=False)
    main = np.abs(axis[:, 0] @ wave)
    velocity = np.sqrt((np.gradient(smooth, axis=1)[:, start:stop] ** 2).sum(axis=0))
    peak = int(np.argmax(main))
    steep = peak + int(np.argmax(velocity[peak:]))
    after = velocity[steep:]
    soon, end, late = (_falls(after, k * after[0]) for k in (0.3, _T_SHARE, 0.13))
    spread = float(late - soon) if late is not None and soon is not None else NO_END
    if end is None:  # a limit for the drawing; the value abstains
        end = int(np.argmin(after))
    rising = _falls(main[peak::-1], 0.15 * main[peak])
    onset = start + peak - (rising if rising is not None else peak)
    return onset - PRE, start + steep + end - PRE, spread


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
    peak = start + int(np.argmax(size))
    first = max(start, peak - round(0.1 * RATE))
    steep = first + int(np.argmax(velocity[first : peak + 1]))
    rising = _falls(velocity[steep:start:-1], _P_ON_SHARE * velocity[steep])
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


def _p_end(wave: Array) -> int:
    """Return how many samples the P wave at the start of (12, w) lasts."""
    size = np.sqrt((level(wave) ** 2).sum(axis=0))
    peak = int(np.argmax(size))
    falling = _falls(size[peak:], _P_OFF_SHARE * size[peak])
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


def level(x: Array) -> Array:
    """Take the line between the two ends off (..., w)."""
    ends = np.mean(x[..., :5], axis=-1), np.mean(x[..., -5:], axis=-1)
    ramp = np.linspace(0, 1, x.shape[-1])
    return x - ends[0][..., None] - (ends[1] - ends[0])[..., None] * ramp


def _falls(x: Array, under: float) -> int | None:
    """Return the first index of (n,) that lies under a level, None if none does."""
    hits = np.flatnonzero(x < under)
    return int(hits[0]) if len(hits) else None
