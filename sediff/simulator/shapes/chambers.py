"""Hypertrophy, voltage and rotation of the heart."""

from dataclasses import replace

import numpy as np

from sediff.leads import DOWER, derive_twelve
from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, add, as_waves, scale

_LIMB = derive_twelve(DOWER)[:6]
_LOW_LIMB_MV = 0.21  # from the frontal forces alone; backward forces add up to 0.1 mV in II


@shape("high_voltage")
def _high_voltage(heart: Heart) -> Heart:
    """A normal beat that is tall: Sokolow-Lyon beyond 3.5 mV, T in proportion."""
    return replace(heart.times("QRS", 1.2, 1.2, 1.3), sokolow_mv=4.1, t=scale(heart.t, 1.15))


# More to the left than backwards: with the whole gain backwards S of V2 would pass 4 mV.
_THICK = (1.3, 1.1, 1.55)


@shape("lvh")
def _lvh(heart: Heart) -> Heart:
    """Large forces left and backwards; Sokolow-Lyon is met when the beat is fitted."""
    return replace(heart.times("RS", *_THICK), sokolow_mv=4.2)


@shape("lvh_strain")
def _lvh_strain(heart: Heart) -> Heart:
    """LVH with ST down and T inverted in I, aVL, V5 and V6."""
    big = replace(heart.times("RS", *_THICK), sokolow_mv=4.3)
    st = add(heart.st, (-0.13, -0.01, -0.06))
    return replace(big, t=(-0.34, -0.01, -0.14), st=st, t_locked=True)


_RIGHT_FORWARDS = (
    Row("R", -6.0, 10.0, 0.0, 0.12, -0.85),
    Row("S", 14.0, 9.5, -1.0, 0.30, -0.18),
)


@shape("rvh")
def _rvh(heart: Heart) -> Heart:
    """Forces right and forwards: tall R in V1, deep S in V5-V6, T of V1 and V2 inverted."""
    turned = heart.times("R", 0.62, 1.1, 1).times("S", 1, 0, 0).plus(*_RIGHT_FORWARDS)
    repolarised = add(scale(heart.t, 0.8), (0.0, 0.0, 0.40))
    return replace(turned, t=repolarised, st=add(heart.st, (0.02, 0, 0.06)), t_locked=True)


@shape("rv_strain")
def _rv_strain(heart: Heart) -> Heart:
    """Right ventricular load: as RVH, with ST down and T inverted from V1 to V4."""
    turned = heart.times("R", 0.62, 1.1, 1).times("S", 1, 0, 0).plus(*_RIGHT_FORWARDS)
    st = add(heart.st, (0.0, -0.03, 0.13))
    return replace(turned, t=(0.14, 0.02, 0.44), st=st, t_locked=True)


@shape("biventricular")
def _biventricular(heart: Heart) -> Heart:
    """Both: large biphasic QRS in V2-V4, tall R with deep S in V5, right axis."""
    rows = (
        Row("Q", -22.0, 7.0, -0.06, 0.0, -0.40),
        Row("R", -8.0, 9.0, 1.05, 0.26, -0.45),
        Row("R", 2.0, 8.0, 1.05, 0.22, 0.0),
        Row("S", 15.0, 8.5, -0.05, 0.18, 1.20),
        Row("S", 33.0, 9.5, -1.70, 0.24, 0.20),
    )
    st = add(heart.st, (-0.05, -0.02, 0.04))
    t = (-0.16, 0.02, 0.16)
    return replace(heart, qrs=rows, sokolow_mv=3.7, st=st, t=t, t_locked=True)


@shape("septal_q")
def _septal_q(heart: Heart) -> Heart:
    """A thick septum: its early forces to the right are deep, narrow Q waves in I, aVL, V5-V6."""
    early = Row("Q", -25.0, 6.0, -0.58, 0.06, -0.34)
    return heart.times("Q", 0, 1, 0.4).times("RS", 0.92, 0.92, 0.92).plus(early)


@shape("low_voltage")
def _low_voltage(heart: Heart) -> Heart:
    """Limb leads below 0.5 mV and chest leads below 1.0 mV, peak to peak."""
    return replace(heart, limb_mv=0.42, sokolow_mv=None, t=scale(heart.t, 0.6))


@shape("low_limb_voltage")
def _low_limb_voltage(heart: Heart) -> Heart:
    """Small in the frontal plane alone: limb leads below 0.5 mV, V2 to V4 as usual."""
    waves = as_waves(row._replace(z=0.0) for row in heart.qrs)
    tall = np.ptp(_LIMB @ waves.at(np.arange(-120.0, 160.0)), axis=1).max()
    share = min(1.0, _LOW_LIMB_MV / tall)
    low = heart.times("QRS", share, share, 1.0)
    return replace(low, sokolow_mv=None, t=(0.6 * heart.t[0], 0.5 * heart.t[1], heart.t[2]))


@shape("clockwise")
def _clockwise(heart: Heart) -> Heart:
    """Main forces turned backwards: R does not pass S before V5."""
    return _turned(heart, 42.0)


@shape("counterclockwise")
def _counterclockwise(heart: Heart) -> Heart:
    """Main forces turned forwards: R passes S in V2."""
    return _turned(heart, -38.0)


def _turned(heart: Heart, degrees: float) -> Heart:
    """Main and late forces turned in the horizontal plane, from left towards the back."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rows = tuple(
        row._replace(x=float(c * row.x - s * row.z), z=float(s * row.x + c * row.z))
        if row.wave != "Q"
        else row
        for row in heart.qrs
    )
    return replace(heart, qrs=rows)
