"""What all kinds of extra beats share: where they stand, and how they enter a course."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sediff.simulator.fit import Ask, Fitted
from sediff.simulator.rhythms.forms import ventricular
from sediff.simulator.strip import EXTRA, Context, Course, Event, Planned, Strip

V_FORM = "ventricular"  # the form of the ventricular beats of one focus
REGULAR_SHARE = 0.22  # above it extra beats come in a fixed pattern: every 2nd, 3rd or 4th beat


def places(beats: list[Planned], share: float, context: Context) -> list[int]:
    """Where extra beats stand: every second, third or fourth place, or scattered."""
    if share <= REGULAR_SHARE:
        return scattered(beats, share, context)
    period = max(2, round(1 / share))
    first = int(context.ectopy.integers(0, period))
    return list(range(first, len(beats) - 1, period))


def scattered(beats: list[Planned], share: float, context: Context) -> list[int]:
    """Places for premature beats among usual ones, at least one of them well inside the record."""
    order = context.ectopy.permutation(np.arange(1, len(beats) - 1))
    per_record = context.seconds / context.mean_s
    inner = [i for i in order if EXTRA + 1 < i < EXTRA + per_record - 2]
    order = [*inner[:1], *(i for i in order if i not in inner[:1])]
    wanted, found = max(1, round(share * len(beats))), []
    taken = {i for i, beat in enumerate(beats) if beat.kind != "N"}
    for i in order:
        if len(found) < wanted and not taken & {i - 1, i, i + 1}:
            found.append(int(i))
            taken.add(i)
    return sorted(found)


def with_form(strip: Strip, key: str, seed: int) -> Strip:
    """The strip with a ventricular form of its own under `key`."""

    def form(ask: Ask) -> Fitted:
        return ventricular(ask, None, np.random.default_rng(seed))

    return replace(strip, forms={**strip.forms, key: form})


def with_finish(course: Course, beats: list[Planned], change: Callable[[Strip], Strip]) -> Course:
    """The course with other beats, and `change` applied to the strip that it makes."""

    def finish(events: tuple[Event, ...]) -> Strip:
        return change(course.finish(events))

    return replace(course, beats=beats, finish=finish)
