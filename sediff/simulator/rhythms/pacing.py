"""Pacemakers: where their pulses fall and what they capture."""

from dataclasses import replace

from sediff.simulator.rhythms.registry import pacing
from sediff.simulator.strip import Context, Course, Event, Pulse, Strip

_BEFORE_QRS_S = 0.002


@pacing("v")
def ventricular(context: Context, course: Course) -> Course:
    """A pulse before each QRS that the pacemaker makes, in a fixed rhythm."""
    beats = [
        replace(beat, before_s=context.mean_s, pr_ms=None) if beat.kind == "N" else beat
        for beat in course.beats
    ]

    def finish(events: tuple[Event, ...]) -> Strip:
        strip = course.finish(events)
        before = context.qrs_ms * 0.4 / 1000 + _BEFORE_QRS_S
        pulses = [Pulse(e.r_s - before, "V") for e in events if e.beat.kind == "N"]
        return replace(strip, pulses=(*strip.pulses, *pulses))

    return replace(course, beats=beats, finish=finish)
