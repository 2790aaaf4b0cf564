"""Pacemakers: where their pulses fall and what they capture."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.rhythms.extra_beats import with_finish
from sediff.simulator.rhythms.registry import pacing
from sediff.simulator.strip import EXTRA, Context, Course, Event, LoneP, Planned, Pulse, Strip

_PACED = "paced"
_QRS_MS = 160.0  # of a beat that right ventricular pacing starts
_REFRACTORY_S = 0.36  # after a QRS, within which a pulse captures nothing
_ROUNDS = 4  # of scaling: each changes which pulses capture
_PSEUDOFUSION_S = 0.12  # before the next QRS, within which a pulse comes too late


@pacing("v")
def ventricular(context: Context, course: Course) -> Course:
    """A pulse before each QRS that the pacemaker makes, in a fixed rhythm."""
    return _at_fixed_rate(context, course, ("V",), pr_ms=None)


@pacing("a")
def atrial(context: Context, course: Course) -> Course:
    """A pulse before each P, in a fixed rhythm; the AV node conducts."""
    return _at_fixed_rate(context, course, ("A",), pr_ms=context.pr_ms)


@pacing("ddd")
def dual(context: Context, course: Course) -> Course:
    """A pulse before each P and, after the AV interval, one before each QRS."""
    return _at_fixed_rate(context, course, ("A", "V"), pr_ms=context.pr_ms)


@pacing("tracking")
def tracking(_: Context, course: Course) -> Course:
    """Ventricular pulses that follow the patient's own P waves."""
    beats = [replace(b, paced=("V",)) if b.kind == "N" else b for b in course.beats]
    return replace(course, beats=beats)


def _at_fixed_rate(context: Context, course: Course, chambers, pr_ms: float | None) -> Course:
    beats = [
        replace(beat, before_s=context.mean_s, pr_ms=pr_ms, paced=chambers)
        if beat.kind == "N"
        else beat
        for beat in course.beats
    ]
    return replace(course, beats=beats)


@pacing("no_capture")
def failure_to_capture(context: Context, course: Course) -> Course:
    """Every fourth or fifth ventricular pulse captures nothing; the atria go on by themselves."""
    good = int(context.rng.integers(3, 5))
    first = int(context.rng.integers(0, good))
    slot = context.mean_s * good / (good + 1)
    beats = [
        Planned(slot * (2 if lost else 1), paced=("V",), label="lost" if lost else "")
        for lost in ((i + first) % good == 0 for i in range(context.count))
    ]
    atrial_s = context.atria.uniform(0.66, 0.8)
    start = context.atria.uniform(0, atrial_s)
    ahead = context.qrs_ms * 0.42 / 1000

    def finish(events: tuple[Event, ...]) -> Strip:
        pulses = tuple(
            Pulse((before.r_s + after.r_s) / 2 - ahead, "V")
            for before, after in pairwise(events)
            if after.beat.label == "lost"
        )
        times = np.arange(start - 2 * atrial_s, context.seconds + 1, atrial_s)
        return Strip(events, lone_p=tuple(LoneP(float(t)) for t in times), pulses=pulses)

    return replace(course, beats=beats, finish=finish)


@pacing("no_sense")
def failure_to_sense(context: Context, course: Course) -> Course:
    """Pulses at a fixed rate that ignore the patient's own beats; late ones capture."""
    every_s = context.mean_s * context.rng.uniform(1.08, 1.2)
    beats = _at_rate(context, course.beats, every_s, context.rng.uniform(0, every_s))

    def change(strip: Strip) -> Strip:
        pulses = tuple(_idle(strip.events))
        return replace(
            strip,
            pulses=(*strip.pulses, *pulses),
            forms={**strip.forms, _PACED: _paced_form},
        )

    return with_finish(course, beats, change)


def _at_rate(context: Context, own, every_s: float, first: float) -> list[Planned]:
    """Own and captured beats with the asked mean interval.

    They are brought there before it is decided what a pulse does: intervals that are scaled later
    would move refractory pulses to where they ought to capture.
    """
    inside = slice(EXTRA + 1, EXTRA + 1 + int(context.seconds / context.mean_s))
    scale, tried = 1.0, []
    for _ in range(_ROUNDS):
        paced = [replace(beat, before_s=scale * beat.before_s) for beat in own]
        beats = list(_beside(paced, every_s, first))
        left = context.mean_s / float(np.mean([beat.before_s for beat in beats[inside]]))
        tried.append((abs(left - 1), beats))
        scale *= left
    return min(tried, key=lambda pair: pair[0])[1]


def _beside(own, every_s: float, first: float):
    """The patient's beats and the pacemaker's, in order; idle pulses as shares in the label."""
    now, pulse = 0.0, first
    for beat in own:
        due, shares = now + beat.before_s, []
        while pulse < due:
            since = pulse - now
            if since > _REFRACTORY_S and due - pulse > _PSEUDOFUSION_S:
                r_s = pulse + 0.075
                yield replace(
                    beat, before_s=r_s - now, form=_PACED, pr_ms=None, paced=("V",),
                    label=_label(shares, r_s - now),
                )  # fmt: skip
                # The own beat comes before the next pulse could capture again.
                now, due, shares = r_s, r_s + min(beat.before_s, 0.92 * every_s), []
            else:
                shares.append(since)
            pulse += every_s
        yield replace(beat, before_s=due - now, label=_label(shares, due - now))
        now = due


def _label(since, interval: float) -> str:
    return " ".join(f"{s / interval:.4f}" for s in since)


def _idle(events: tuple[Event, ...]):
    for before, after in pairwise(events):
        for share in after.beat.label.split():
            yield Pulse(before.r_s + float(share) * (after.r_s - before.r_s), "V")


def _paced_form(ask: Ask) -> Fitted:
    return fit(
        replace(ask, shapes=(*ask.shapes, "paced"), qrs_ms=_QRS_MS, axis_deg=-70.0,
                qt_ms=ask.qt_ms + 45)
    )  # fmt: skip
