"""Premature ventricular beats: single, in turn, couplets, runs, of several foci, R on T."""

from dataclasses import replace
from functools import partial

import numpy as np

from sediff.simulator.fit import Ask, Fitted
from sediff.simulator.rhythms.extra_beats import (
    REGULAR_SHARE,
    V_FORM,
    places,
    scattered,
    with_finish,
    with_form,
)
from sediff.simulator.rhythms.forms import EctopicShape, ventricular
from sediff.simulator.rhythms.registry import ectopy
from sediff.simulator.strip import EXTRA, Context, Course, Planned

_ON_T_S = 0.035  # before the end of QT: where the R of an R-on-T beat falls
_FOCI: tuple[EctopicShape, ...] = ("lbbb", "rbbb", "lbbb")


@ectopy("pvc")
def ventricular_premature(context: Context, course: Course, share: float) -> Course:
    """Premature ventricular beats of one focus: coupling 0.58-0.78.

    The pause is fully compensatory in 47 %, shorter in 47 %, none (interpolated) in 6 %. Where a
    pattern stated before (couplets, a run) has brought its premature beats, none are added.
    """
    if any(beat.kind == "V" for beat in course.beats):
        return course
    rng = context.ectopy
    coupling, style = rng.uniform(0.58, 0.78), rng.random()
    beats = list(course.beats)
    for i in places(beats, share, context):
        usual = beats[i].before_s
        early = max(coupling * rng.uniform(0.985, 1.015), min(0.95, 0.36 / usual))
        pause = 2 - early
        if share <= REGULAR_SHARE:
            pause = 1 - early + 0.04 if style > 0.94 and usual > 0.8 else pause
            pause = max(1.0, 1.5 - 0.5 * early) if 0.47 < style <= 0.94 else pause
        beats[i] = replace(beats[i], before_s=early * usual, kind="V", form=V_FORM, pr_ms=None)
        beats[i + 1] = replace(beats[i + 1], before_s=pause * beats[i + 1].before_s)
    return _with_focus(context, course, beats)


@ectopy("couplet")
def couplets(context: Context, course: Course, share: float) -> Course:
    """Two ventricular beats in a row, once or twice in the record."""
    return _runs(context, course, share, 2)


@ectopy("run")
def non_sustained(context: Context, course: Course, share: float) -> Course:
    """One run of four to six ventricular beats at 130-170/min that ends by itself."""
    return _runs(context, course, share, int(context.ectopy.integers(4, 7)))


def _runs(context: Context, course: Course, share: float, length: int) -> Course:
    rng = context.ectopy
    coupling, every_s = rng.uniform(0.60, 0.72), rng.uniform(0.35, 0.41)
    beats = list(course.beats)
    for i in _run_places(beats, share, context, length):
        usual = beats[i].before_s
        first = max(coupling * usual, min(0.9 * usual, 0.38))
        within = [min(0.9 * usual, every_s * rng.uniform(0.97, 1.03)) for _ in range(length - 1)]
        spent = first + sum(within)
        pause = max(1.15 * usual, np.ceil(spent / usual + 0.15) * usual - spent)
        for k, before in enumerate([first, *within]):
            beats[i + k] = _ectopic(beats[i + k], before)
        beats[i + length] = replace(beats[i + length], before_s=min(pause, 1.7 * usual))
    return _with_focus(context, course, beats)


def _run_places(beats: list[Planned], share: float, context: Context, length: int) -> list[int]:
    """Where runs of this length begin: usual beats inside the record with usual ones around."""
    per_record = int(context.seconds / context.mean_s)
    inside = range(EXTRA + 2, max(EXTRA + 3, EXTRA + per_record - length - 1))
    wanted = max(1, min(2, round(share * per_record / length)))
    found: list[int] = []
    for i in context.ectopy.permutation(np.array(inside)):
        free = i + length < len(beats) and all(
            beat.kind == "N" for beat in beats[i - 1 : i + length + 1]
        )
        apart = all(abs(i - other) > length + 1 for other in found)
        if free and apart and len(found) < wanted:
            found.append(int(i))
    return found


def _ectopic(beat: Planned, before_s: float, form: str = V_FORM, on_t: bool = False) -> Planned:
    return replace(
        beat, before_s=float(before_s), kind="V", form=form, pr_ms=None, on_t=on_t, firm_p=False,
        paced=(),
    )  # fmt: skip


@ectopy("multifocal")
def multifocal(context: Context, course: Course, share: float) -> Course:
    """Premature beats of three foci, each with its own form and coupling."""
    rng = context.ectopy
    beats = list(course.beats)
    couplings = rng.uniform(0.58, 0.70) + np.array([0.0, 0.07, 0.13])
    for n, i in enumerate(scattered(beats, share, context)):
        usual = beats[i].before_s
        early = max(couplings[n % 3], min(0.95, 0.38 / usual))
        beats[i] = _ectopic(beats[i], early * usual, f"focus {n % 3}")
        beats[i + 1] = replace(beats[i + 1], before_s=(2 - early) * beats[i + 1].before_s)
    seed = int(rng.integers(2**31))
    forms = {
        f"focus {k}": partial(_focus, shape=shape, seed=seed + k) for k, shape in enumerate(_FOCI)
    }
    return with_finish(course, beats, lambda s: replace(s, forms={**s.forms, **forms}))


def _focus(ask: Ask, shape: EctopicShape, seed: int) -> Fitted:
    return ventricular(ask, shape, np.random.default_rng(seed))


@ectopy("r_on_t")
def r_on_t(context: Context, course: Course, share: float) -> Course:
    """Premature beats so early that their QRS begins on the T wave before."""
    beats = list(course.beats)
    for i in scattered(beats, share, context):
        usual = beats[i].before_s
        early = min(context.qt_ms / 1000 - _ON_T_S, 0.8 * usual)
        beats[i] = _ectopic(beats[i], early, on_t=True)
        beats[i + 1] = replace(beats[i + 1], before_s=2 * usual - early)
    return _with_focus(context, course, beats)


def _with_focus(context: Context, course: Course, beats: list[Planned]) -> Course:
    seed = int(context.ectopy.integers(2**31))
    return with_finish(course, beats, lambda s: with_form(s, V_FORM, seed))
