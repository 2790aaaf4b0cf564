"""Early beats of atria and junction, and beats that come to the rescue after a pause."""

from dataclasses import replace

import numpy as np

from sediff.simulator.rhythms.extra_beats import places, scattered, with_finish
from sediff.simulator.rhythms.foci import anywhere, low, retrograde
from sediff.simulator.rhythms.registry import ectopy
from sediff.simulator.strip import Context, Course, LoneP, Strip

_A_FOCUS, _J_FOCUS = "ectopic", "junction"
_SHORTEST_S = 0.36  # from the beat before: the AV node conducts hardly faster
_LATEST = 0.80  # of the usual interval: later beats hardly look early
_ESCAPE_AFTER = (1.5, 1.75)  # of the usual interval
_HIDDEN_SHARE = 0.5  # of premature junctional beats have no visible P


@ectopy("pac")
def atrial_premature(context: Context, course: Course, share: float) -> Course:
    """Premature atrial beats: coupling 0.60-0.80; the sinus node is reset, pause 1.20-1.35.

    They come no earlier than that their P, of another form, still stands clear of the T wave
    before, where the rate leaves room for that.
    """
    rng = context.ectopy
    coupling, reset = rng.uniform(0.60, 0.80), rng.uniform(1.20, 1.35)
    early = _early(context, coupling, context.pr_ms or 0.0)
    beats = list(course.beats)
    for i in places(beats, share, context):
        part = early * rng.uniform(0.985, 1.015)
        beats[i] = replace(
            beats[i], before_s=max(_SHORTEST_S, part * beats[i].before_s), kind="A", focus=_A_FOCUS
        )
        beats[i + 1] = replace(beats[i + 1], before_s=reset * beats[i + 1].before_s)
    focus = low() if rng.random() < 0.5 else anywhere(rng)
    return with_finish(course, beats, lambda s: replace(s, foci={**s.foci, _A_FOCUS: focus}))


@ectopy("pjc")
def junctional_premature(context: Context, course: Course, share: float) -> Course:
    """Premature junctional beats: narrow, without P or with an inverted one just before or after.

    Coupling 0.70-0.82, then a pause up to a fully compensatory one.
    """
    rng = context.ectopy
    coupling, hidden = rng.uniform(0.70, 0.82), rng.random() < _HIDDEN_SHARE
    early = _early(context, coupling, 0.0)
    beats = list(course.beats)
    for i in places(beats, share, context):
        before = max(_SHORTEST_S, early * rng.uniform(0.985, 1.015) * beats[i].before_s)
        pause = beats[i].before_s - before + beats[i + 1].before_s
        beats[i] = replace(beats[i], before_s=before, kind="J", pr_ms=None)
        beats[i + 1] = replace(beats[i + 1], before_s=pause)
    after = (context.qrs_ms + 25 + context.qrs_on_ms) / 1000
    return with_finish(course, beats, lambda s: s if hidden else _with_p_after(s, after))


def _with_p_after(strip: Strip, after_s: float) -> Strip:
    own = [e for e in strip.events if e.beat.kind == "J"]
    lone = tuple(LoneP(e.r_s + after_s, _J_FOCUS) for e in own)
    foci = {**strip.foci, _J_FOCUS: retrograde()}
    return replace(strip, lone_p=(*strip.lone_p, *lone), foci=foci)


@ectopy("junctional_escape")
def junctional_escape(context: Context, course: Course, share: float) -> Course:
    """The sinus node misses beats; the junction ends the pause with a narrow beat without P."""
    late = context.ectopy.uniform(*_ESCAPE_AFTER)
    beats = list(course.beats)
    for i in scattered(beats, share, context):
        beats[i] = replace(beats[i], before_s=late * beats[i].before_s, kind="J", pr_ms=None)
    return replace(course, beats=beats)


def _early(context: Context, coupling: float, pr_ms: float) -> float:
    """The coupling, later if P of the early beat would fall on the T wave before."""
    room = (context.qt_ms + pr_ms + 15) / 1000 / context.mean_s
    return float(np.clip(max(coupling, room), 0.5, _LATEST))
