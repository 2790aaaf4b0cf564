"""Hypertrophy."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, add, scale


@shape("lvh")
def _lvh(heart: Heart) -> Heart:
    """Large forces left and backwards; Sokolow-Lyon is met when the beat is fitted."""
    return replace(heart.times("RS", 1.1, 1.1, 1.9), sokolow_mv=4.2)


@shape("lvh_strain")
def _lvh_strain(heart: Heart) -> Heart:
    """LVH with ST down and T inverted in I, aVL, V5 and V6."""
    big = replace(heart.times("RS", 1.1, 1.1, 1.9), sokolow_mv=4.6)
    st = add(heart.st, (-0.11, -0.01, -0.06))
    return replace(big, t=(-0.30, -0.01, -0.14), st=st, t_locked=True)


@shape("rvh")
def _rvh(heart: Heart) -> Heart:
    """Forces right and forwards: tall R in V1, deep S in V5-V6, strain in V1-V3."""
    turned = heart.times("R", 0.62, 1.1, 1).times("S", 1, 0, 0)
    rows = (Row("R", -6.0, 10.0, 0.0, 0.12, -0.85), Row("S", 14.0, 9.5, -1.0, 0.30, -0.18))
    strain = add(scale(heart.t, 0.8), (0.0, 0.0, 0.40))
    return replace(turned.plus(*rows), t=strain, st=add(heart.st, (0.02, 0, 0.06)), t_locked=True)
