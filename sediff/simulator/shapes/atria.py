"""Atria, and what changes the whole beat."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, scale


@shape("lae")
def _lae(heart: Heart) -> Heart:
    """Late left atrium: P of 120 ms and more, notched in II, deep terminal part in V1."""
    right = Row("P", -26.0, 15.5, 0.03, 0.085, -0.045)
    return replace(heart, p=(right, Row("P", 26.0, 19.0, 0.07, 0.090, 0.130)))


@shape("rae")
def _rae(heart: Heart) -> Heart:
    """Tall right atrium: P of II 0.25 mV and more."""
    right = Row("P", -8.0, 17.0, 0.03, 0.25, -0.09)
    return replace(heart, p=(right, Row("P", 18.0, 16.0, 0.05, 0.05, 0.02)), p_mv=0.29)


@shape("flutter")
def _flutter(heart: Heart) -> Heart:
    """T smaller, so that it does not hide the sawtooth."""
    return replace(heart, t=scale(heart.t, 0.6))


@shape("low_voltage")
def _low_voltage(heart: Heart) -> Heart:
    """Limb leads below 0.5 mV and chest leads below 1.0 mV, peak to peak."""
    return replace(heart, limb_mv=0.42, sokolow_mv=None, t=scale(heart.t, 0.6))
