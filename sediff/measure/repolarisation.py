"""P, ST, T and U of one lead of the median beat.

T is told from ST by what stands out of the straight line between J + 60 ms and the end of T:
an elevated or depressed ST segment by itself is no T wave.
"""

from dataclasses import dataclass

import numpy as np

from sediff.measure.signals import RATE, Array
from sediff.measure.wave_tools import MS, crossing, peaks_of

_T_FROM = round(0.06 * RATE)
_T_MV = 0.03  # what a part of T must stand out by
_BIPHASIC_MV, _BIPHASIC_SHARE = 0.05, 0.1
_HUMP_SHARE, _SECOND_SHARE = 0.06, 0.3  # depth of the dip, height of a second hump
_SIDE_SHARE = 0.25  # of the height of T between which rise and fall are timed
_U_TO, _U_MV = round(0.24 * RATE), 0.03
_P_SHORT = 3  # samples
_HUMP_MV = 0.015  # depth of the dip between the humps of P


@dataclass(frozen=True)
class TWave:
    """T of one lead; see `LeadWaves`, whose names these are."""

    t_mv: float = 0.0
    t_pos_mv: float = 0.0
    t_neg_mv: float = 0.0
    t_first: int = 0
    t_width_ms: float = 0.0
    t_peak_ms: float = 0.0
    t_symmetry: float = 1.0
    t_notched: bool = False


def t_of(lead: Array, off: int, t_off: int, noise: float) -> TWave:
    """Read T.

    Args:
        lead: (W,) mV against the level at the QRS onset.
        off, t_off: end of QRS and of T in samples of `lead`.
        noise: standard error of `lead` in mV.
    """
    start, stop = off + _T_FROM, min(t_off + 1, len(lead))
    if stop - start < _T_FROM:
        return TWave()
    x = lead[start:stop]
    out = x - np.linspace(_mean(x[:3]), _mean(x[-3:]), len(x))
    floor = max(_T_MV, 3 * noise)
    up, down = int(np.argmax(out)), int(np.argmin(out))
    high = max(float(x[up]), 0.0) if out[up] >= floor else 0.0
    low = min(float(x[down]), 0.0) if out[down] <= -floor else 0.0
    if not high and not low:
        return TWave(t_mv=float(x[int(np.argmax(np.abs(out)))]))
    main, sign = (up, 1) if high >= -low else (down, -1)
    left, right = _sides(sign * out, main, 0.5)
    rise, fall = _sides(sign * out, main, _SIDE_SHARE)
    first = 0
    small = min(high, -low)
    if small >= max(_BIPHASIC_MV, floor) and small >= _BIPHASIC_SHARE * max(high, -low):
        first = 1 if up < down else -1
    return TWave(
        t_mv=high if sign > 0 else low,
        t_pos_mv=high,
        t_neg_mv=low,
        t_first=first,
        t_width_ms=(right - left) * MS,
        t_peak_ms=(start + main - off) * MS,
        t_symmetry=(fall - main) / max(main - rise, 1),
        t_notched=_is_notched(sign * out, main, floor),
    )


def _is_notched(wave: Array, peak: int, floor: float) -> bool:
    """Whether (n,) has a second hump of the sign of its peak, with a dip between them."""
    tops = peaks_of(wave, max(_HUMP_SHARE * float(wave[peak]), floor / 2))
    return int((wave[tops] >= _SECOND_SHARE * wave[peak]).sum()) > 1


def _sides(wave: Array, peak: int, share: float) -> tuple[int, int]:
    """Where (n,) falls under a share of its peak, before and after it."""
    under = share * wave[peak]
    return crossing(wave, peak, -1, under), crossing(wave, peak, 1, under)


def u_of(lead: Array, t_off: int, stop: int, noise: float) -> float:
    """Peak in mV of a wave between the end of T and `stop`, 0 where none stands out."""
    part = lead[t_off : min(stop, t_off + _U_TO)]
    if len(part) < 10:
        return 0.0
    floor = max(_U_MV, 4 * noise)
    tops = [float(part[p]) for sign in (1, -1) for p in peaks_of(sign * part, floor)]
    return max(tops, key=abs, default=0.0)


@dataclass(frozen=True)
class PParts:
    """P of one lead; see `LeadWaves`, whose names these are."""

    p_mv: float = 0.0
    p_neg_mv: float = 0.0
    p_terminal_mv_ms: float = 0.0
    p_notch_ms: float = 0.0
    pr_mv: float = 0.0


def p_of(lead: Array, on: int, off: int, qrs_on: int, noise: float) -> PParts:
    """Read P of one (W,) lead in mV between its limits in samples, against its onset."""
    start = _mean(lead[max(on - 2, 0) : on + 1])
    wave = lead[on : off + 1] - start
    floor = 3 * noise
    high, low = float(wave.max()), float(wave.min())
    # Where the PR segment lies lower than the level before P, that is no terminal force.
    level = wave - np.linspace(0, _mean(lead[off : off + 3]) - start, len(wave))
    terminal = _terminal(level) if -float(level.min()) > max(floor, 0.015) else 0.0
    return PParts(
        high if high > max(floor, 0.015) else 0.0,
        low if -low > max(floor, 0.015) else 0.0,
        terminal,
        _humps(wave, max(_HUMP_MV, floor)),
        _mean(lead[qrs_on - 4 : qrs_on + 1]) - start,
    )


def _humps(wave: Array, prominence: float) -> float:
    """Ms between the first and the last hump of an upright P, 0 with one hump."""
    tops = peaks_of(wave, prominence)
    tops = tops[wave[tops] > 0]
    return float(tops[-1] - tops[0]) * MS if len(tops) > 1 else 0.0


def _terminal(wave: Array) -> float:
    """Depth times duration of a negative end of P (Morris et al., Circulation 1964;29:242)."""
    low = int(np.argmin(wave))
    top = int(np.argmax(wave))
    if low < top:  # what is negative at first is no terminal force
        return 0.0
    begin, end = (crossing(-wave, low, step, 0.0) for step in (-1, 1))
    return float(-wave[low]) * (end - begin) * MS if end - begin > _P_SHORT else 0.0


def _mean(x: Array) -> float:
    return float(np.mean(x))
