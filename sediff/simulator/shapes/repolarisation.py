"""Repolarisation: ST and T without an infarct."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, scale


@shape("st_depression")
def _st_depression(heart: Heart) -> Heart:
    """Subendocardial: V4-V5 and II down, aVR up; T smaller."""
    return replace(heart, t=scale(heart.t, 0.55)).with_st((-0.18, -0.12, 0.02), 0.0)


@shape("t_inversion_anterior")
def _t_inversion_anterior(heart: Heart) -> Heart:
    return replace(heart, t=(0.06, 0.16, 0.34), t_locked=True)


@shape("t_inversion_inferior")
def _t_inversion_inferior(heart: Heart) -> Heart:
    return replace(heart, t=(heart.t[0] * 1.1, -0.20, heart.t[2]), t_locked=True)


@shape("t_inversion_lateral")
def _t_inversion_lateral(heart: Heart) -> Heart:
    return replace(heart, t=(-0.26, 0.13, heart.t[2] * 0.4), t_locked=True)


@shape("t_inversion")
def _t_inversion(heart: Heart) -> Heart:
    """Inferolateral: I, II, V4-V6, the commonest non-territorial form."""
    return replace(heart, t=(-0.24, -0.11, -0.05), t_locked=True)


@shape("low_t")
def _low_t(heart: Heart) -> Heart:
    return replace(heart, t=scale(heart.t, 0.22))


@shape("long_qt")
def _long_qt(heart: Heart) -> Heart:
    """The interval itself is asked in ms; T is also broader."""
    return replace(heart, t_width=1.2)
