"""The sinus node: steady, breathing, pausing, or blocked on its way into the atria."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import EXTRA, Context, Course, Planned, Strip

Array = npt.NDArray[np.float64]
_BREATHING = (0.09, 0.13)  # sd of PP over its mean: shortest and longest differ by a quarter
_BREATH_HZ = 0.2
_FASTEST_AROUND_PAUSE = 100.0  # a minute
_LEAST_PAUSE_S = 3.3  # planned; the exact mean rate may still shorten it, never below 3 s
_STEADY_SD_S = 0.004
_SA_DELAYS_S = (0.0, 0.10, 0.15)  # of the exit from the node, growing in ever smaller steps


@rhythm("sinus")
def sinus(context: Context) -> Course:
    """Sinus beats with respiratory and Mayer waves."""
    sd = context.spec.rr_sd_ms / 1000
    return _course(context, tachogram(context.mean_s, sd, context.count, context.rng))


@rhythm("sinus_arrhythmia")
def breathing(context: Context) -> Course:
    """Sinus beats that quicken with every breath in: PP varies by a quarter of its mean."""
    mean, rng = context.mean_s, context.rng
    low, high = _BREATHING
    sd = float(np.clip(context.spec.rr_sd_ms / 1000, low * mean, high * mean))
    beats = np.arange(context.count)
    turn = 2 * np.pi * (_BREATH_HZ * mean * beats + rng.random())
    rr = mean + np.sqrt(2) * sd * np.sin(turn) + rng.normal(0, 0.01 * mean, len(beats))
    return _course(context, np.clip(rr, 0.6 * mean, 1.6 * mean))


@rhythm("sinus_pause")
def pause(context: Context) -> Course:
    """The node falls silent once, for 3 s and more, not a multiple of the PP interval."""
    inside, place = _pause_place(context)
    total = inside * context.mean_s
    multiples = np.arange(1.5, 12.0)
    usual = total / (inside - 1 + multiples)
    long_enough = multiples * usual >= _LEAST_PAUSE_S
    i = int(long_enough.argmax()) if long_enough.any() else len(multiples) - 1
    rr = usual[i] + context.rng.normal(0, _STEADY_SD_S, context.count)
    rr[place] = multiples[i] * usual[i]
    course = _course(context, rr)
    rate = 60 / usual[i]
    if rate <= _FASTEST_AROUND_PAUSE:
        return course
    note = f"For the asked mean rate the sinus node beats at {rate:.0f}/min around the pause."
    return replace(course, finish=lambda events: Strip(events, notes=(note,)))


@rhythm("sick_sinus")
def sick(context: Context) -> Course:
    """A slow sinus node that stops for 3 s and more, until the junction makes an escape beat."""
    course = pause(context)
    last = max(course.beats, key=lambda beat: beat.before_s)
    beats = [replace(b, kind="J", pr_ms=None) if b is last else b for b in course.beats]
    return replace(course, beats=beats)


@rhythm("sa_block_2")
def exit_block_constant(context: Context) -> Course:
    """SA block type II: now and then a P is missing, the pause is two PP intervals."""
    every = 4
    intervals = np.ones(context.count)
    intervals[int(context.rng.integers(0, every)) :: every] = 2.0
    rr = intervals * context.mean_s * every / (every + 1)
    return _course(context, rr + context.rng.normal(0, _STEADY_SD_S, len(rr)))


@rhythm("sa_block_1")
def exit_block_growing(context: Context) -> Course:
    """SA block type I: PP shortens up to a pause of less than two PP intervals (Wenckebach)."""
    delays = np.array(_SA_DELAYS_S)
    beats = len(delays)
    node = context.mean_s * beats / (beats + 1)  # PP of the node itself
    steps = np.append(np.diff(delays), -delays[-1]) * min(1.0, node / 0.75)
    cycle = node + steps
    cycle[-1] += node
    first = int(context.rng.integers(0, beats))
    return _course(context, np.resize(np.roll(cycle, first), context.count))


def _course(context: Context, rr: Array) -> Course:
    return Course([Planned(float(before), pr_ms=context.pr_ms) for before in rr])


def _pause_place(context: Context) -> tuple[int, int]:
    """How many intervals lie in the record, and the index of one well inside."""
    inside = max(2, int(context.seconds / context.mean_s - 0.5))
    return inside, EXTRA + 1 + int(context.rng.integers(1, max(2, inside // 2)))


def tachogram(mean: float, sd: float, count: int, rng: np.random.Generator) -> Array:
    """Sinus RR intervals with Mayer and respiratory waves.

    S(f) = two Gaussians at 0.1 and 0.25 Hz, widths 0.01 Hz, LF/HF = 0.5, random phases
    (McSharry et al. 2003).

    Args:
        mean, sd: of the intervals, s.
        count: how many.
        rng: source of the phases.

    Returns:
        (count,) RR intervals in s.
    """
    rate, length = 4.0, 1024
    f = np.fft.rfftfreq(length, 1 / rate)
    power = 0.5 * np.exp(-0.5 * ((f - 0.10) / 0.01) ** 2)
    power += np.exp(-0.5 * ((f - 0.25) / 0.01) ** 2)
    phases = np.exp(2j * np.pi * rng.random(len(f)))
    wave = np.fft.irfft(np.sqrt(power) * phases, length)
    rr = np.interp(np.arange(count) * mean, np.arange(length) / rate, wave)
    rr = (rr - rr.mean()) / max(rr.std(), 1e-12)
    return np.clip(mean + sd * rr, 0.6 * mean, 1.6 * mean)
