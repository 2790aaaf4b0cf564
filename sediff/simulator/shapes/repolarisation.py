"""Repolarisation: ST and T without an infarct."""

from dataclasses import replace

from sediff.simulator.shapes.registry import graded
from sediff.simulator.waves import Heart, scale

_LOW = 0.22  # of the usual T
# Of the usual T to the left, down and backwards: median T of 1,229 records with a non-diagnostic T
# abnormality over that of 7,124 normal ones, PTB-XL folds 1-8 (V6 and V5; II; V2 and V3).
_LOWER = (0.33, 0.45, 0.6)


@graded("low_t")
def _low_t(heart: Heart, amount: float) -> Heart:
    """T low or flat in every lead."""
    part = min(1.0, _LOW / amount)
    rows = tuple(row._replace(x=part * row.x, y=part * row.y, z=part * row.z)
                 for row in heart.t_rows)  # fmt: skip
    return replace(heart, t=scale(heart.t, part), t_rows=rows)


@graded("lower_t")
def _lower_t(heart: Heart, amount: float) -> Heart:
    """T lower than usual, least in front, unless its direction is a finding of its own."""
    if heart.t_locked:
        return heart
    x, y, z = (1 - min(1.0, (1 - part) * amount) for part in _LOWER)
    rows = tuple(row._replace(x=x * row.x, y=y * row.y, z=z * row.z) for row in heart.t_rows)
    return replace(heart, t=(x * heart.t[0], y * heart.t[1], z * heart.t[2]), t_rows=rows)
