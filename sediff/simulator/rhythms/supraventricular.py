"""Atrial fibrillation and flutter: no P waves, the AV node decides which impulses pass."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sediff.simulator.rhythms.fwaves import f_waves, flutter_waves
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import Context, Course, Event, Planned, Strip

Array = npt.NDArray[np.float64]
AF_MIN_RR = 0.28  # s; the AV node conducts hardly faster
_FLUTTER_RATES = (200.0, 350.0)  # atrial cycles a minute; typical 240-350, slower with drugs
_FREE_FLUTTER = (270.0, 310.0)  # a minute, where no beat is conducted
_VARIABLE = (2, 4, 3, 4, 2, 3, 4, 4, 2, 3, 3, 4)  # flutter cycles from beat to beat
_AFTER_R = 0.45  # where in the flutter cycle an R falls: far from its quick rise


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
    return _flutter(context, [flutter_ratio(context.spec.heart_rate)])


@rhythm("flutter_2")
def flutter_two(context: Context) -> Course:
    """Every second flutter wave is conducted."""
    return _flutter(context, [2])


@rhythm("flutter_3")
def flutter_three(context: Context) -> Course:
    """Every third flutter wave is conducted."""
    return _flutter(context, [3])


@rhythm("flutter_4")
def flutter_four(context: Context) -> Course:
    """Every fourth flutter wave is conducted."""
    return _flutter(context, [4])


@rhythm("flutter_variable")
def flutter_variable(context: Context) -> Course:
    """Two to four flutter waves a beat, so that RR are whole multiples of the flutter cycle."""
    first = int(context.rng.integers(0, len(_VARIABLE)))
    ratios = np.array(_VARIABLE)
    # At a slow asked rate each beat takes more flutter waves, at a fast one fewer.
    more = round(300 / context.spec.heart_rate - float(ratios.mean()))
    return _flutter(context, np.clip(np.roll(ratios, first) + more, 1, 8).tolist())


def _flutter(context: Context, ratios: list[int]) -> Course:
    """Beats after these numbers of flutter waves, over and over."""
    count = np.resize(np.array(ratios), context.count)
    cycle = context.mean_s / float(np.mean(ratios))
    beats = [Planned(float(n * cycle), label=str(n)) for n in count]
    rate = 60 / cycle
    low, high = _FLUTTER_RATES
    notes = () if low <= rate <= high else (
        f"At this heart rate and conduction the flutter itself runs at {rate:.0f}/min.",
    )  # fmt: skip

    def finish(events: tuple[Event, ...]) -> Strip:
        conducted = any(event.beat.label.isdigit() for event in events)
        turns = _locked(events) if conducted else _free(context)
        return Strip(
            events, activity=lambda samples, fs: flutter_waves(turns(samples, fs)), notes=notes
        )

    return Course(beats, finish)


def _locked(events: tuple[Event, ...]) -> Callable[[int, int], Array]:
    """Flutter cycles passed, a whole number from one conducted beat to the next.

    Between them and around early beats the flutter keeps its own clock.
    """
    r_s = np.array([event.r_s for event in events])
    own = np.array([e.beat.kind == "N" and e.beat.label.isdigit() for e in events])
    waves = np.array([int(e.beat.label) if n else 1 for e, n in zip(events, own, strict=True)])
    if own.all():
        passed = np.cumsum(waves) + _AFTER_R
    else:
        steps = (np.diff(r_s) / waves[1:])[own[1:] & own[:-1]]
        cycle = float(np.median(steps)) if len(steps) else float(np.mean(np.diff(r_s) / 2))
        passed = (r_s - r_s[0]) / cycle
    return lambda samples, fs: np.interp(np.arange(samples) / fs, r_s, passed)


def _free(context: Context) -> Callable[[int, int], Array]:
    """Flutter that goes its own way: no beat is conducted (complete AV block, pacing)."""
    rate, start = context.atria.uniform(*_FREE_FLUTTER), context.atria.random()
    return lambda samples, fs: start + np.arange(samples) / fs * rate / 60


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
