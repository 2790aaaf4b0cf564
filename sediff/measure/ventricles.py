"""Q, R, S, R', S' of one lead, and what begins and ends the QRS: delta, notch, J point, J wave.

Amplitudes are against the level at the QRS onset and waves are what lies between crossings of
it, at least some 0.025 mV high and 8 ms long (after the CSE Working Party, Eur Heart J
1985;6:815-825, whose floor is 0.02 mV and 6 ms, with room for noise).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sediff.measure.qrs_ends import delta_ms, j_wave
from sediff.measure.signals import RATE, Array
from sediff.measure.wave_tools import MS, Run, merged, peaks_of, runs_of

_FLOOR_MV, _LATE_MV = 0.025, 0.05  # of Q, R and S; of R' and S'
_SHORTEST_MS = 8.0
_NOISE = 3.5  # a wave stands out of the noise of the median beat by this factor
_EDGE_SHARE, _EDGE_MV = 0.04, 0.01  # a wave begins and ends here
_PEAK_SHARE = 0.5  # of the tallest peak of a wave: lower ones are slurs
_NOTCH_SHARE, _NOTCH_MV = 0.04, 0.03
_SLUR_SLOPES = (0.5, 0.3)  # a flank slows under the first share of its slope and speeds up again
_EPSILON = round(0.05 * RATE)
_END_SHARE, _END_MV = 0.05, 0.003  # of the steepest slope; mV a sample


@dataclass(frozen=True)
class Qrs:
    """The waves of one lead in mV and ms; see `LeadWaves`, whose names these are."""

    q_mv: float = 0.0
    q_ms: float = 0.0
    r_mv: float = 0.0
    r_ms: float = 0.0
    s_mv: float = 0.0
    s_ms: float = 0.0
    r2_mv: float = 0.0
    r2_ms: float = 0.0
    s2_mv: float = 0.0
    r_peak_ms: float = 0.0
    net_mv: float = 0.0
    terminal_ms: float = 0.0
    s_nadir_ms: float = 0.0
    notched: bool = False
    delta_ms: float = 0.0
    j_wave_mv: float = 0.0
    jp_mv: float = 0.0


def qrs_of(lead: Array, on: int, off: int, noise: float) -> Qrs:
    """Read the QRS of one lead.

    Args:
        lead: (W,) mV against the level at the QRS onset.
        on, off: QRS limits in samples of `lead`.
        noise: standard error of `lead` in mV.
    """
    x = lead[on : off + 1]
    floor = max(_FLOOR_MV, _NOISE * noise)
    runs = _waves(x, floor)
    height, level = j_wave(lead, on, off, floor)
    named = _named(runs)
    sizes = {f"{key}_mv": run.peak_mv for key, run in named.items()}
    lengths = {f"{key}_ms": _length(x, run) for key, run in named.items() if key != "s2"}
    tall = max((r.peak_mv for r in runs), default=0.0)
    deep = min((r.peak_mv for r in runs), default=0.0)
    return Qrs(
        **sizes,
        **lengths,
        r_peak_ms=_r_peak(x, runs),
        net_mv=max(tall, 0.0) + min(deep, 0.0),
        terminal_ms=terminal_ms(lead, on, off, floor),
        s_nadir_ms=float(np.argmin(x)) * MS,
        notched=is_notched(x, runs, floor),
        delta_ms=delta_ms(x),
        j_wave_mv=height,
        jp_mv=level,
    )


def _waves(x: Array, floor: float) -> list[Run]:
    """The runs of (n,) that are waves, in time order."""
    runs = [r for r in runs_of(x) if abs(r.peak_mv) >= floor and r.ms >= _SHORTEST_MS]
    runs = merged([r for r in runs if not _is_st(x, r, floor)])
    late = max(_LATE_MV, floor)
    kept = [r for i, r in enumerate(runs) if i < 2 or abs(r.peak_mv) >= late]
    return merged(kept)


def _is_st(x: Array, run: Run, floor: float) -> bool:
    """True for the last run where it is the way to a shifted J point, not a wave."""
    if run.stop < len(x) or run.start == 0:
        return False
    beyond = abs(run.peak_mv) - abs(float(np.mean(x[-3:])))
    return beyond < floor


def _named(runs: list[Run]) -> dict[str, Run]:
    """Give the waves their letters: what is negative before the first R is Q."""
    upright = [i for i, run in enumerate(runs) if run.peak_mv > 0]
    if not upright:
        return {"q": runs[0]} if runs else {}
    first = upright[0]
    named = {"q": runs[0]} if first else {}
    return named | dict(zip(("r", "s", "r2", "s2"), runs[first:], strict=False))


def _length(x: Array, run: Run) -> float:
    """Duration in ms of the part of a run that has left the baseline."""
    wave = np.abs(x[run.start : run.stop])
    out = np.flatnonzero(wave >= max(_EDGE_MV, _EDGE_SHARE * abs(run.peak_mv)))
    return float((out[-1] - out[0] + 1) * MS) if len(out) else 0.0


def _r_peak(x: Array, runs: list[Run]) -> float:
    """Ms from the onset to the last peak of the tallest upright wave (R peak time)."""
    upright = [run for run in runs if run.peak_mv > 0]
    if not upright:
        return 0.0
    tall = max(upright, key=lambda r: r.peak_mv)
    wave = x[tall.start : tall.stop]
    peaks = peaks_of(wave, max(_NOTCH_MV, _NOTCH_SHARE * tall.peak_mv))
    last = [tall.start + int(p) for p in peaks if wave[p] >= _PEAK_SHARE * tall.peak_mv]
    return max([tall.peak_at, *last]) * MS


def terminal_ms(lead: Array, on: int, off: int, floor: float) -> float:
    """Ms from the lowest point of the QRS to the end of all depolarisation in this lead.

    Terminal activation duration (Marcus et al., Circulation 2010;121:1533-1541): from the nadir
    of S to the end of S, R' and an epsilon wave, which may come after the other leads' QRS end.
    """
    low = on + int(np.argmin(lead[on : off + 1]))
    end = _own_end(lead, low, off)
    after = lead[off : off + _EPSILON]
    bumps = [off + int(p) for sign in (1, -1) for p in peaks_of(sign * after, floor)]
    return (max([end, *bumps]) - low) * MS


def _own_end(lead: Array, low: int, off: int) -> int:
    """Last sample between `low` and `off` at which this lead still moves."""
    slope = np.abs(np.gradient(lead[low : off + 2]))
    moving = np.flatnonzero(slope > max(_END_SHARE * slope.max(), _END_MV))
    return low + int(moving[-1]) if len(moving) else low


def is_notched(x: Array, runs: list[Run], floor: float) -> bool:
    """Whether the largest wave of (n,) has two peaks, or a slur on one of its flanks."""
    if not runs:
        return False
    main = max(runs, key=lambda r: abs(r.peak_mv))
    wave = np.abs(x[main.start : main.stop])
    height = abs(main.peak_mv)
    if len(peaks_of(wave, max(_NOTCH_MV, floor, _NOTCH_SHARE * height))) >= 2:
        return True
    top = main.peak_at - main.start
    slope = np.gradient(wave)
    return _slows(slope[: top + 1]) or _slows(-slope[:top:-1])


def _slows(slope: Array) -> bool:
    """Whether a flank is steep, slows down in its middle and is steep again."""
    steep = slope.max() if len(slope) else 0.0
    if steep <= 0:
        return False
    low, again = _SLUR_SLOPES
    tops = peaks_of(np.concatenate([[0.0], slope, [0.0]]), 0.05 * steep) - 1
    tops = tops[slope[tops] >= again * steep]
    return any(
        slope[a : b + 1].min() < low * min(slope[a], slope[b]) for a, b in pairwise(tops.tolist())
    )
