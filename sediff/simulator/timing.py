"""Puts planned beats into the record so that the asked mean rate is exact."""

from collections.abc import Sequence

import numpy as np

from sediff.simulator.strip import EXTRA, Array, Course, Event, Planned

_TRIES = 16


def timed(course: Course, mean_s: float, seconds: float, start: float) -> tuple[Event, ...]:
    """Scale the intervals so that the mean inside the record is exact, and place the first R.

    With n intervals between the first and the last R inside, the last lies at first + n * mean.
    The beats around must then fall outside; a few starting points are tried for one where they
    do by themselves, else the first one's neighbours are pushed out.

    Args:
        course: the planned beats.
        mean_s: mean RR that is asked.
        seconds: length of the record.
        start: 0..1, where within the first interval the record begins.

    Returns:
        The beats from before the record to after it; () for a course without beats.
    """
    if not course.beats:
        return ()
    before = np.array([beat.before_s for beat in course.beats])
    floor = min(course.floor_s, 0.85 * mean_s)
    if not course.exact:
        r_s = np.cumsum(before) - before[: EXTRA + 1].sum() + start * before[EXTRA]
        return _events(r_s, course.beats)
    return _events(_into_record(before, mean_s, seconds, start, floor), course.beats)


def _events(r_s: Array, beats: Sequence[Planned]) -> tuple[Event, ...]:
    return tuple(Event(float(r), beat) for r, beat in zip(r_s, beats, strict=False))


def _into_record(before: Array, mean: float, seconds: float, start: float, floor: float) -> Array:
    k = EXTRA
    latest = min(before[k], 1.2 * mean, seconds)
    found = []
    for i in range(_TRIES):
        first = float(latest * ((start + i / _TRIES) % 1.0))
        n = int((seconds - first) / mean - 1e-9)
        r_s = np.cumsum(_to_mean(before, slice(k + 1, k + 1 + n), mean, floor))
        r_s += first - r_s[k]
        found.append((r_s, n))
        if r_s[k - 1] < 0 and r_s[k + n + 1] >= seconds:
            break
    else:
        r_s, n = found[0]
        r_s[:k] -= max(0.0, r_s[k - 1] + 0.01)
        r_s[k + n + 1 :] += max(0.0, seconds + 0.01 - r_s[k + n + 1])
    return r_s[: k + n + EXTRA]


def _to_mean(rr: Array, inside: slice, mean: float, floor: float) -> Array:
    """Scale intervals so that those inside have this mean, and none is below the floor."""
    if inside.stop <= inside.start:
        return np.maximum(rr, floor)
    room = np.maximum(rr * (mean / rr[inside].mean()), floor) - floor
    spare = room[inside].mean()
    return floor + room * ((mean - floor) / spare if spare > 1e-9 else 0.0)
