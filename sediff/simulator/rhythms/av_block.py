"""How atrial beats reach the ventricles: AV block of second and third degree.

The atria keep their clock: blocked P waves stand where it puts them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit_heart
from sediff.simulator.rhythms.registry import conduction
from sediff.simulator.shapes import heart_for
from sediff.simulator.strip import SINUS, Array, Context, Course, Event, LoneP, Planned, Strip
from sediff.simulator.waves import Heart, Row

_STEADY_SD_S = 0.002
_SOME_PR_MS = 180.0
_GROWTH_MS = (0.0, 110.0, 165.0, 200.0)  # PR beyond the first of a Wenckebach cycle
_MOBITZ_2_RUNS = (3, 2, 4, 3)  # conducted beats from drop to drop
_SLOW_BPM = 33.0
_USUAL_ATRIA = 78.0  # a minute
_ATRIA_USUAL = (45.0, 130.0)  # a minute; what an asked heart rate makes of it beyond is said
_ATRIA_FREE = (72.0, 96.0)  # sinus rate above a complete block
_WITHOUT_P = ("af", "flutter")  # base rhythms by the start of their key
_ESCAPE = "ventricular escape"
_NO_P_NOTE = "There are no P waves whose conduction could be blocked."


@conduction("mobitz_1")
def wenckebach(context: Context, course: Course) -> Course:
    """PR grows in ever smaller steps until one P is blocked; the next PR is the shortest."""
    beats = 3 if context.spec.heart_rate * 4 / 3 >= _USUAL_ATRIA - 10 else 2
    beats = 4 if context.spec.heart_rate > 72 else beats
    atrial = context.mean_s * beats / (beats + 1)
    growth = np.array(_GROWTH_MS[:beats]) * min(1.0, atrial / 0.75)
    pattern = [
        (1 if i else 2, float(growth[i])) for i in range(beats)
    ]  # atrial cycles before the beat, growth of its PR
    return _blocked(context, course, pattern)


@conduction("mobitz_2")
def mobitz_two(context: Context, course: Course) -> Course:
    """PR never changes; now and then a P is blocked without warning."""
    pattern = [(1 if i else 2, 0.0) for run in _MOBITZ_2_RUNS for i in range(run)]
    return _blocked(context, course, pattern)


@conduction("two_to_one")
def two_to_one(context: Context, course: Course) -> Course:
    """Every second P is conducted."""
    return _blocked(context, course, [(2, 0.0)])


@conduction("high_grade")
def high_grade(context: Context, course: Course) -> Course:
    """Two P in a row are blocked after every second conducted one; 3:1 at very slow rates."""
    slow = context.spec.heart_rate < _SLOW_BPM
    return _blocked(context, course, [(3, 0.0)] if slow else [(3, 0.0), (1, 0.0)])


def _blocked(context: Context, course: Course, pattern: Sequence[tuple[int, float]]) -> Course:
    """Beats that come after so many atrial cycles, with so much more PR (ms), over and over."""
    if not any(beat.pr_ms for beat in course.beats):
        return _refused(course)
    rng = context.rng
    atrial = context.mean_s * len(pattern) / sum(cycles for cycles, _ in pattern)
    first = int(rng.integers(0, len(pattern)))
    turns = [pattern[(first + i) % len(pattern)] for i in range(context.count)]
    pr = context.pr_ms or _SOME_PR_MS
    focus = course.beats[0].focus
    beats, before_growth = [], turns[-1][1] if len(pattern) == 1 else pattern[first - 1][1]
    for cycles, growth in turns:
        interval = cycles * atrial + (growth - before_growth) / 1000
        beats.append(
            Planned(
                interval + float(rng.normal(0, _STEADY_SD_S)), pr_ms=pr + growth, focus=focus,
                label=str(cycles), firm_p=True,
            )
        )  # fmt: skip
        before_growth = growth

    def finish(events: tuple[Event, ...]) -> Strip:
        kept = _on_the_clock(events, beats, pr)
        strip = course.finish(kept)
        lone = (*strip.lone_p, *_between(kept, context.qrs_on_ms, focus))
        return replace(strip, lone_p=lone, notes=(*strip.notes, *_rate_note(60 / atrial)))

    return replace(course, beats=beats, finish=finish)


def _rate_note(atrial_rate: float) -> tuple[str, ...]:
    low, high = _ATRIA_USUAL
    if low <= atrial_rate <= high:
        return ()
    return (f"At this heart rate and conduction the atria beat at {atrial_rate:.0f}/min.",)


def _refused(course: Course) -> Course:
    def finish(events: tuple[Event, ...]) -> Strip:
        strip = course.finish(events)
        return replace(strip, notes=(*strip.notes, _NO_P_NOTE))

    return replace(course, finish=finish)


def _on_the_clock(
    events: tuple[Event, ...], planned: Sequence[Planned], pr: float
) -> tuple[Event, ...]:
    """PR as the scaled intervals need it, so that the atria stay regular.

    Intervals were multiplied by a factor for an exact mean rate; the growth of PR takes part.
    """
    if len(events) < 2:
        return events
    intended = sum(beat.before_s for beat in planned[1 : len(events)])
    factor = (events[-1].r_s - events[0].r_s) / intended if intended > 0 else 1.0
    return tuple(
        replace(e, beat=replace(e.beat, pr_ms=pr + factor * (e.beat.pr_ms - pr)))
        if e.beat.pr_ms is not None else e
        for e in events
    )  # fmt: skip


def _between(events: Sequence[Event], qrs_on_ms: float, focus: str) -> list[LoneP]:
    """The blocked P waves: at equal distances between the P of one conducted beat and the next."""
    conducted = [e for e in events if e.beat.pr_ms is not None and e.beat.label.isdigit()]
    starts = [e.r_s + (qrs_on_ms - (e.beat.pr_ms or 0.0)) / 1000 for e in conducted]
    lone = []
    for here, after, event in zip(starts, starts[1:], conducted[1:], strict=False):
        cycles = int(event.beat.label)
        step = (after - here) / cycles
        lone += [LoneP(here + i * step, focus) for i in range(1, cycles)]
    return lone


@conduction("complete")
def complete(context: Context, course: Course) -> Course:
    """No P is conducted: a regular junctional escape of the usual QRS, free atria."""
    return _dissociated(context, course, Planned(context.mean_s, "J"))


@conduction("complete_ventricular")
def complete_ventricular(context: Context, course: Course) -> Course:
    """No P is conducted: a regular ventricular escape with wide QRS, free atria."""
    return _dissociated(context, course, Planned(context.mean_s, "V", _ESCAPE))


def _dissociated(context: Context, course: Course, escape: Planned) -> Course:
    """A regular escape rhythm under atria of which no impulse passes."""
    base = context.spec.rhythm
    has_p = not base.startswith(_WITHOUT_P)
    focus = course.beats[0].focus if any(beat.pr_ms for beat in course.beats) else SINUS
    finish_atria = Strip if base.startswith("junctional") else course.finish  # no retrograde P
    clock = _free_atria(context.mean_s, context.seconds, context.atria) if has_p else ()
    sway = context.rng.normal(0, 3 * _STEADY_SD_S, context.count)

    def finish(events: tuple[Event, ...]) -> Strip:
        strip = finish_atria(events)
        lone = tuple(LoneP(float(on), focus) for on in clock)
        forms = {**strip.forms, _ESCAPE: escape_form}
        return replace(strip, lone_p=(*strip.lone_p, *lone), forms=forms)

    beats = [replace(escape, before_s=escape.before_s + float(late)) for late in sway]
    return replace(course, beats=beats, finish=finish)


def _free_atria(rr_s: float, seconds: float, rng: np.random.Generator) -> Array:
    """P onsets of free atria, s: faster than the escape, and no whole multiple of it.

    RR / PP keeps a fifth away from whole numbers, so that PR changes from beat to beat.
    """
    pp = 60 / np.maximum(rng.uniform(*_ATRIA_FREE, 32), 1.25 * 60 / rr_s)
    off = np.abs(rr_s / pp - np.round(rr_s / pp))
    pp_s = float(pp[int((off >= min(0.2, off.max())).argmax())])
    times = np.arange(-2 * pp_s, seconds + 2 * pp_s, pp_s) + float(rng.random()) * pp_s
    return times + 0.015 * np.sin(2 * np.pi * 0.25 * times)  # the sinus node breathes a little


def escape_form(ask: Ask) -> Fitted:
    """A ventricular escape beat of the asked duration: right bundle branch block pattern.

    It starts in the left posterior fascicle or near it; T against the QRS.
    """
    heart = _escape_heart(heart_for(ask.age, ask.sex, ()))
    return fit_heart(heart, replace(ask, shapes=(), axis_deg=None, pr_ms=None, st_mv=(), waves=()))


def _escape_heart(base: Heart) -> Heart:
    rows = (
        Row("R", -18.0, 10.0, -0.10, -0.35, -0.45),
        Row("R", 0.0, 10.0, -0.35, -0.60, -0.65),
        Row("R", 18.0, 12.0, -0.60, -0.45, -0.55),
    )
    main = np.array([row[3:] for row in rows]).sum(axis=0)
    x, y, z = (-0.2 * main).tolist()
    return replace(base, qrs=rows, t=(x, y, z), st=(0.3 * x, 0.3 * y, 0.3 * z), t_locked=True)
