"""Diseases of the heart muscle, the lung's load on it, and the athlete's heart."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, add, scale


@shape("pulmonary_embolism")
def _pulmonary_embolism(heart: Heart) -> Heart:
    """S in I, Q and inverted T in III, r' in V1, T inverted from V1 to V4."""
    rows = (
        Row("Q", -25.0, 6.5, 0.24, -0.36, 0.0),
        Row("S", 22.0, 9.0, -0.70, 0.10, 0.0),
        Row("B", 39.0, 9.0, -0.34, 0.0, -0.42),
        Row("B", 52.0, 10.0, -0.18, 0.0, -0.16),
    )
    t = (0.10, -0.06, 0.46)
    return replace(heart.times("Q", 1, 0, 1).plus(*rows), t=t, t_locked=True)


@shape("arvc")
def _arvc(heart: Heart) -> Heart:
    """Slow end of the QRS and an epsilon wave in V1-V3, T inverted there."""
    slow = (
        Row("S", 30.0, 12.0, -0.08, 0.0, 0.30),
        Row("S", 54.0, 12.0, -0.10, 0.0, 0.10),
    )
    epsilon = Row("E", 34.0, 4.5, -0.05, 0.0, -0.09)
    t = (0.24, 0.14, 0.40)
    return replace(heart.plus(*slow).after(epsilon), t=t, t_locked=True)


@shape("hcm_septal")
def _hcm_septal(heart: Heart) -> Heart:
    """LVH voltage with deep narrow septal Q waves in I, aVL, V5-V6 and a taller R in V1."""
    early = Row("Q", -25.0, 6.0, -0.66, 0.04, -0.40)
    big = heart.times("Q", 0, 1, 0.4).times("RS", 1.1, 1.0, 1.6).plus(early)
    st = add(heart.st, (-0.06, 0.0, -0.03))
    t = add(scale(heart.t, 0.5), (-0.06, 0.0, -0.12))
    return replace(big, sokolow_mv=4.3, st=st, t=t, t_locked=True)


@shape("hcm_apical")
def _hcm_apical(heart: Heart) -> Heart:
    """Tall R in V4-V5 and giant negative T waves, deepest in V4."""
    big = heart.times("RS", 1.25, 1.1, 1.3)
    st = add(heart.st, (-0.12, -0.03, 0.03))
    return replace(big, sokolow_mv=4.2, st=st, t=(-0.98, -0.18, 0.12), t_locked=True)


@shape("athlete")
def _athlete(heart: Heart) -> Heart:
    """Tall QRS, notched J point with ST up concavely in V3-V6, II and aVF, tall T."""
    notch = Row("J", 9.0, 8.0, 0.15, 0.15, 0.0)
    st = add(heart.st, (0.07, 0.06, -0.09))
    tall = heart.times("QRS", 1.15, 1.15, 1.2).after(notch)
    return replace(tall, sokolow_mv=4.1, st=st, t=scale(heart.t, 1.35))
