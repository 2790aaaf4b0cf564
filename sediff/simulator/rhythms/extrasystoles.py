"""Premature beats: where they fall, how early, and what pause follows."""

from dataclasses import replace

import numpy as np

from sediff.simulator.rhythms.forms import ventricular
from sediff.simulator.rhythms.registry import ectopy
from sediff.simulator.strip import EXTRA, Context, Course, Event, Planned, Strip

V_FORM = "ventricular"
_REGULAR_SHARE = 0.22  # above it ventricular beats come in a fixed pattern: 1/2, 1/3, 1/4


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
    if share > _REGULAR_SHARE:
        period = max(2, round(1 / share))
        places = list(range(int(rng.integers(0, period)), len(beats) - 1, period))
    else:
        places = scattered(beats, share, context)
    for i in places:
        usual = beats[i].before_s
        early = max(coupling * rng.uniform(0.985, 1.015), min(0.95, 0.36 / usual))
        pause = 2 - early
        if share <= _REGULAR_SHARE:
            pause = 1 - early + 0.04 if style > 0.94 and usual > 0.8 else pause
            pause = max(1.0, 1.5 - 0.5 * early) if 0.47 < style <= 0.94 else pause
        beats[i] = replace(beats[i], before_s=early * usual, kind="V", form=V_FORM, pr_ms=None)
        beats[i + 1] = replace(beats[i + 1], before_s=pause * beats[i + 1].before_s)
    seed = rng.integers(2**31)
    return with_finish(course, beats, lambda s: with_form(s, V_FORM, int(seed)))


def scattered(beats: list[Planned], share: float, context: Context) -> list[int]:
    """Places for premature beats among usual ones, at least one of them well inside the record."""
    order = context.ectopy.permutation(np.arange(1, len(beats) - 1))
    per_record = context.seconds / context.mean_s
    inner = [i for i in order if EXTRA + 1 < i < EXTRA + per_record - 2]
    order = [*inner[:1], *(i for i in order if i not in inner[:1])]
    wanted, places = max(1, round(share * len(beats))), []
    taken = {i for i, beat in enumerate(beats) if beat.kind != "N"}
    for i in order:
        if len(places) < wanted and not taken & {i - 1, i, i + 1}:
            places.append(int(i))
            taken.add(i)
    return sorted(places)


def with_form(strip: Strip, key: str, seed: int) -> Strip:
    """The strip with a ventricular form of its own under `key`."""

    def form(ask):
        return ventricular(ask, None, np.random.default_rng(seed))

    return replace(strip, forms={**strip.forms, key: form})


def with_finish(course: Course, beats: list[Planned], change) -> Course:
    """The course with other beats, and `change` applied to the strip that it makes."""

    def finish(events: tuple[Event, ...]) -> Strip:
        return change(course.finish(events))

    return replace(course, beats=beats, finish=finish)
