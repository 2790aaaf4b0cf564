"""Repolarisation: ST and T without an infarct."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, scale


@shape("low_t")
def _low_t(heart: Heart) -> Heart:
    return replace(heart, t=scale(heart.t, 0.22))
