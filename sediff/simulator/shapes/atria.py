"""Atria."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, scale


@shape("wide_p")
def _wide_p(heart: Heart) -> Heart:
    """Slow conduction between the atria: P of 130 ms and more with two humps in II."""
    right = Row("P", -28.0, 17.0, 0.03, 0.085, -0.050)
    return replace(heart, p=(right, Row("P", 28.0, 18.5, 0.065, 0.085, 0.030)))


@shape("lae")
def _lae(heart: Heart) -> Heart:
    """Late left atrium: P of 130 ms, notched in II, deep terminal part in V1."""
    right = Row("P", -29.0, 15.5, 0.03, 0.100, -0.045)
    return replace(heart, p=(right, Row("P", 28.0, 19.0, 0.07, 0.110, 0.145)))


@shape("rae")
def _rae(heart: Heart) -> Heart:
    """Tall right atrium: P of II 0.25 mV and more."""
    right = Row("P", -8.0, 17.0, 0.03, 0.25, -0.09)
    return replace(heart, p=(right, Row("P", 18.0, 16.0, 0.05, 0.05, 0.02)), p_mv=0.32)


@shape("biatrial")
def _biatrial(heart: Heart) -> Heart:
    """Both: the first half of P tall in II and V1, the second late, wide and backwards."""
    right = Row("P", -24.0, 17.0, 0.03, 0.25, -0.13)
    return replace(heart, p=(right, Row("P", 30.0, 19.0, 0.07, 0.13, 0.160)), p_mv=0.32)


@shape("flutter")
def _flutter(heart: Heart) -> Heart:
    """T smaller, so that it does not hide the sawtooth."""
    return replace(heart, t=scale(heart.t, 0.6))


@shape("clear_p")
def _clear_p(heart: Heart) -> Heart:
    """P waves of 0.2 mV in II, tall for a normal atrium: they stand out of a drifting baseline."""
    return replace(heart, p_mv=0.20)
