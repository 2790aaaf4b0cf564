"""Repolarisation: ST and T without an infarct."""

from dataclasses import replace

from sediff.simulator.shapes.registry import graded
from sediff.simulator.waves import Heart, scale

_LOW = 0.22  # of the usual T


@graded("low_t")
def _low_t(heart: Heart, amount: float) -> Heart:
    """T low or flat in every lead."""
    part = min(1.0, _LOW / amount)
    rows = tuple(row._replace(x=part * row.x, y=part * row.y, z=part * row.z)
                 for row in heart.t_rows)  # fmt: skip
    return replace(heart, t=scale(heart.t, part), t_rows=rows)
