"""Which parts of the paper prove a criterion: rectangles over leads and time spans."""

from collections.abc import Collection, Sequence

from sediff.ecg import Ecg
from sediff.view.paper import Paper

Span = tuple[float, float]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in mm
_ABOVE_MM, _BELOW_MM = 11.0, 9.0
_MARGIN_S = 0.02


def boxes(ecg: Ecg, paper: Paper, leads: Collection[str], spans: Sequence[Span]) -> list[Box]:
    """Rectangles over the spans in the leads, where the layout shows them.

    Args:
        leads: names; none means every lead.
        spans: s from the first sample; none means the whole strip of each lead.
    """
    found: list[Box] = []
    for strip in paper.strips:
        if leads and strip.lead not in leads:
            continue
        first, last = strip.start / ecg.fs, strip.stop / ecg.fs
        for start, end in spans or [(first, last)]:
            a, b = max(start - _MARGIN_S, first), min(end + _MARGIN_S, last)
            if a < b:
                left, right = (strip.x_mm + (t - first) * paper.look.speed for t in (a, b))
                found.append((left, strip.y_mm - _BELOW_MM, right, strip.y_mm + _ABOVE_MM))
    return found
