"""Rhythms of the atria outside the sinus node: ectopic, multifocal, wandering."""

import numpy as np

from sediff.simulator.rhythms.foci import between, left, low, several
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import Context, Course, Focus, Planned, Strip

_SOME_PR_MS = 150.0
_LEAST_PR_MS = 120.0
_STEADY_SD_S = 0.004
_STEPS = 5  # P shapes of a wandering pacemaker on its way from the sinus node to the junction
_WAY = (0, 0, 1, 2, 3, 4, 4, 3, 2, 1)


@rhythm("atrial_low")
def low_atrial(context: Context) -> Course:
    """A regular rhythm of one focus low in the right atrium; P inverted in II, III and aVF."""
    return _one_focus(context, low())


@rhythm("atrial")
def ectopic(context: Context) -> Course:
    """A regular rhythm of one focus, low in the right atrium or in the left one."""
    return _one_focus(context, low() if context.atria.random() < 0.6 else left())


def _one_focus(context: Context, focus: Focus) -> Course:
    rr = context.mean_s + context.rng.normal(0, _STEADY_SD_S, context.count)
    beats = [Planned(float(before), pr_ms=context.pr_ms, focus="ectopic") for before in rr]
    return Course(beats, lambda events: Strip(events, foci={"ectopic": focus}))


@rhythm("multifocal")
def multifocal(context: Context) -> Course:
    """Four foci in turn without order: P, PP and PR change from beat to beat.

    No interval is so short that its P would be lost in the T wave before.
    """
    rng, mean = context.rng, context.mean_s
    usual = context.pr_ms or _SOME_PR_MS
    shortest = min((_LEAST_PR_MS + context.qt_ms) / 1000, 0.85 * mean)
    rr = shortest + (mean - shortest) * np.clip(rng.gamma(2.0, 0.5, context.count), 0, 3)
    forms = several()
    foci = _never_twice(len(forms), context.count, rng)
    pr = np.clip(usual + rng.uniform(-35, 35, len(forms)), 85, 250)
    beats = [
        Planned(
            float(before),
            pr_ms=float(min(pr[focus], max(_LEAST_PR_MS, 1000 * before - context.qt_ms - 8))),
            focus=f"focus {focus}",
        )
        for before, focus in zip(rr, foci, strict=True)
    ]
    keyed: dict[str, Focus] = {f"focus {i}": focus for i, focus in enumerate(forms)}
    return Course(beats, lambda events: Strip(events, foci=keyed), floor_s=shortest)


def _never_twice(kinds: int, count: int, rng: np.random.Generator) -> list[int]:
    """A random sequence of kinds in which neighbours differ."""
    steps = rng.integers(1, kinds, count)
    return [int(k) for k in np.cumsum(steps) % kinds]


@rhythm("wandering")
def wandering(context: Context) -> Course:
    """The pacemaker wanders from the sinus node to the junction and back within some beats.

    P flattens and turns over in II, PR shortens a little, and the rate falls.
    """
    first = int(context.rng.integers(0, len(_WAY)))
    steps = np.resize(np.roll(_WAY, first), context.count) / (_STEPS - 1)
    pr = context.pr_ms or _SOME_PR_MS
    beats = [
        Planned(
            float(context.mean_s * (0.88 + 0.25 * step)),
            pr_ms=max(80.0, pr - 30 * step),
            focus=f"step {step:g}",
        )
        for step in steps
    ]
    foci: dict[str, Focus] = {
        f"step {s:g}": between((1.0, 1.2, 1.0), (0.7, -1.1, 0.6), s) for s in set(steps.tolist())
    }
    return Course(beats, lambda events: Strip(events, foci=foci))
