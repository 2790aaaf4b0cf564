"""Sinus rhythm, atrial fibrillation, atrial flutter."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sediff.simulator.rhythms.fwaves import f_waves, flutter_waves
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import Activity, Context, Course, Event, Planned, Strip

Array = npt.NDArray[np.float64]
AF_MIN_RR = 0.28  # s; the AV node conducts hardly faster


@rhythm("sinus")
def sinus(context: Context) -> Course:
    """Sinus beats with respiratory and Mayer waves."""
    sd = context.spec.rr_sd_ms / 1000
    rr = tachogram(context.mean_s, sd, context.count, context.rng)
    return Course([Planned(float(before), pr_ms=context.pr_ms) for before in rr])


@rhythm("af")
def fibrillation(context: Context) -> Course:
    """Random intervals of an AV node under fibrillating atria; f waves, no P."""
    rr = af_intervals(context.mean_s, context.count, context.rng)

    def finish(events: tuple[Event, ...]) -> Strip:
        return Strip(events, activity=lambda samples, fs: f_waves(samples, fs, context.atria))

    return Course([Planned(float(before)) for before in rr], finish, floor_s=AF_MIN_RR)


@rhythm("flutter")
def flutter(context: Context) -> Course:
    """A sawtooth at some 300/min that the AV node conducts at a fixed ratio."""
    ratio = flutter_ratio(context.spec.heart_rate)
    rr = context.mean_s + context.rng.normal(0, 0.002, context.count)

    def finish(events: tuple[Event, ...]) -> Strip:
        return Strip(events, activity=_sawtooth(events, ratio))

    return Course([Planned(float(before)) for before in rr], finish)


def _sawtooth(events: Sequence[Event], ratio: int) -> Activity:
    r_s = np.array([event.r_s for event in events])
    return lambda samples, fs: flutter_waves(r_s, ratio, samples, fs)


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


def af_intervals(mean: float, count: int, rng: np.random.Generator) -> Array:
    """RR intervals in atrial fibrillation by an AV node with two pathways.

    Atrial impulses come at rate lambda; with probability 0.6 the node's refractory period is
    0.25 s, else 0.2 s longer, prolonged by up to 0.1 s (Corino et al., IEEE TBME 2011).

    Args:
        mean: asked mean, s.
        count: how many.
        rng: source of the impulses.

    Returns:
        (count,) intervals in s, none below `AF_MIN_RR`, sd near a quarter of the mean.
    """
    fast = rng.random(count) < 0.6
    refractory = 0.25 + np.where(fast, 0.0, 0.2) + rng.uniform(0, 0.1, count)
    raw = refractory + rng.exponential(1 / 8.0, count)  # lambda: 8 impulses/s reach the node
    model_mean = 0.25 + 0.4 * 0.2 + 0.05 + 1 / 8.0
    # The node slows as a whole; the factor keeps the model's spread at a clinical 20-27 %.
    return mean * (1 + 0.8 * (raw / model_mean - 1))


def flutter_ratio(heart_rate: float) -> int:
    """Conduction ratio 2:1 .. 6:1 that puts the atria nearest to 300/min."""
    return int(np.clip(round(300 / heart_rate), 1 if heart_rate > 190 else 2, 6))
