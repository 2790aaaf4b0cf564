"""Calipers: two ends on samples of one lead, and what lies between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sediff.ecg import Ecg
from sediff.view.paper import Paper, Strip

Line = tuple[float, float, float, float]  # x0, y0, x1, y1 in mm
_HALF_MM = 9.0  # a leg reaches so far above and below the baseline
_BAR_MM = 8.0  # height of the bar that joins the legs
_MOST_MARCHED = 60


@dataclass(frozen=True)
class Caliper:
    """Two samples of one lead.

    Attributes:
        lead: one of `sediff.leads.LEADS`.
        start, end: sample numbers, start <= end.
    """

    lead: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What a caliper measures.

    Attributes:
        ms: between the ends. bpm: 60000 / ms, None for no distance.
        mv: at the start and at the end, as drawn. difference_mv: end minus start.
    """

    ms: float
    bpm: float | None
    mv: tuple[float, float]
    difference_mv: float


def caliper(ecg: Ecg, lead: str, start_s: float, end_s: float) -> Caliper:
    """Ends in seconds, snapped to the nearest samples of the record and put in order."""
    a, b = sorted((snap(ecg, start_s), snap(ecg, end_s)))
    return Caliper(lead, a, b)


def snap(ecg: Ecg, seconds: float) -> int:
    """The nearest sample that the record has."""
    return min(max(round(seconds * ecg.fs), 0), ecg.signal.shape[1] - 1)


def read_out(ecg: Ecg, chosen: Caliper, turned: bool = False) -> Reading:
    """Time and voltage between the ends.

    Args:
        ecg: as it is drawn, display filter included.
        turned: the lead is drawn upside down (-aVR).
    """
    sign = -1 if turned else 1
    samples = ecg.lead(chosen.lead)
    a, b = (sign * float(samples[i]) for i in (chosen.start, chosen.end))
    ms = (chosen.end - chosen.start) / ecg.fs * 1000
    return Reading(ms, 60000 / ms if ms else None, (a, b), b - a)


def from_box(paper: Paper, x_mm: Sequence[float], y_mm: Sequence[float]) -> Caliper | None:
    """The caliper that a rectangle drawn on the sheet means; None beside every strip.

    The lead is the one whose baseline is nearest to the middle of the rectangle, the ends are
    the samples nearest to its sides.
    """
    x, y = sum(x_mm) / len(x_mm), sum(y_mm) / len(y_mm)
    across = [strip for strip in paper.strips if strip.x_mm <= x <= paper.end_mm(strip)]
    if not across:
        return None
    strip = min(across, key=lambda one: abs(one.y_mm - y))
    a, b = (_sample(paper, strip, edge) for edge in (min(x_mm), max(x_mm)))
    return Caliper(strip.lead, a, b)


def legs(paper: Paper, chosen: Caliper, march: bool = False) -> list[Line]:
    """The upright ends and the bar between them, in every strip that shows both ends.

    Args:
        march: go on with the same distance to both sides, as one marches calipers out.
    """
    lines: list[Line] = []
    for strip in shown_in(paper, chosen):
        low, high = strip.y_mm - _HALF_MM, strip.y_mm + _HALF_MM
        for sample in (chosen.start, chosen.end):
            x = x_of(paper, strip, sample)
            lines.append((x, low, x, high))
        a, b = (x_of(paper, strip, sample) for sample in (chosen.start, chosen.end))
        lines.append((a, strip.y_mm + _BAR_MM, b, strip.y_mm + _BAR_MM))
        for sample in _marched(strip, chosen) if march else ():
            x = x_of(paper, strip, sample)
            lines.append((x, strip.y_mm + 2.0, x, high))
    return lines


def shown_in(paper: Paper, chosen: Caliper) -> list[Strip]:
    """The strips where both ends can be seen."""
    return [
        strip
        for strip in paper.strips
        if strip.lead == chosen.lead and strip.start <= chosen.start and chosen.end < strip.stop
    ]


def x_of(paper: Paper, strip: Strip, sample: int) -> float:
    """Where a sample of the record lies in a strip, in mm."""
    return strip.x_mm + (sample - strip.start) / paper.fs * paper.look.speed


def _sample(paper: Paper, strip: Strip, x_mm: float) -> int:
    at = strip.start + round((x_mm - strip.x_mm) / paper.look.speed * paper.fs)
    return min(max(at, strip.start), strip.stop - 1)


def _marched(strip: Strip, chosen: Caliper) -> list[int]:
    """Further samples at the same distance inside a strip; none where they would blacken it.."""
    step = chosen.end - chosen.start
    if step <= 0 or (strip.stop - strip.start) / step > _MOST_MARCHED:
        return []
    before = range(chosen.start - step, strip.start - 1, -step)
    after = range(chosen.end + step, strip.stop, step)
    return [*before, *after]
