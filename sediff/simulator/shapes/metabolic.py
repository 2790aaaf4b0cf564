"""Salts, drugs and cold: what they do to QRS, ST, T and U.

Vectors in mV (x left, y down, z back); times of `late` rows in ms from J at JT = 310 ms.
"""

from dataclasses import replace

from sediff.simulator.shapes.registry import graded, shape
from sediff.simulator.waves import Heart, Row, Vector, scale

_TENTED: Vector = (0.54, 0.37, -0.60)  # T of hyperkalaemia: V2-V4 above 1 mV, II above 0.5
_FLAT_P_MV = 0.05  # in II


def _tented(heart: Heart, amount: float, width_ms: float = 28.0) -> Heart:
    """T narrow-based, symmetrical and tall."""
    peak = scale(_TENTED, amount)
    return replace(heart, t_rows=(Row("T", 0.0, width_ms, *peak),), t=peak, t_locked=True)


@graded("hyperkalaemia_1")
def _hyperkalaemia_1(heart: Heart, amount: float) -> Heart:
    """Tented T waves."""
    return _tented(heart, amount)


@graded("hyperkalaemia_2")
def _hyperkalaemia_2(heart: Heart, amount: float) -> Heart:
    """P low and broad (PR comes from the plan); T tented."""
    p = tuple(row._replace(t_ms=row.t_ms * 1.25, w_ms=row.w_ms * 1.2) for row in heart.p)
    return replace(_tented(heart, amount), p=p, p_mv=_FLAT_P_MV)


@graded("hyperkalaemia_3")
def _hyperkalaemia_3(heart: Heart, amount: float) -> Heart:
    """The whole QRS slow (its duration comes from the plan), T tented on a wider base."""
    blurred = tuple(row._replace(w_ms=1.3 * row.w_ms) for row in heart.qrs)
    return _tented(replace(heart, qrs=blurred), 0.9 * amount, 35.0)


@shape("hyperkalaemia_4")
def _hyperkalaemia_4(heart: Heart) -> Heart:
    """QRS without edges that runs into T: a sine wave."""
    qrs = (
        Row("R", -20.0, 32.0, 0.70, 0.50, 0.20),
        Row("S", 18.0, 34.0, 0.30, 0.25, 0.55),
    )
    t = (-0.70, -0.52, -0.45)
    return replace(heart, qrs=qrs, t_rows=(Row("T", 0.0, 78.0, *t),), t=t, t_locked=True)


@graded("hypokalaemia")
def _hypokalaemia(heart: Heart, amount: float) -> Heart:
    """ST down, T nearly flat, U taller than T in II and V2-V4."""
    low = replace(heart, t=scale(heart.t, 0.42)).with_st(scale((-0.10, -0.085, 0.03), amount), 0.0)
    return low.after(Row("U", 405.0, 34.0, *scale((0.13, 0.13, -0.15), amount)))


@shape("hypercalcaemia")
def _hypercalcaemia(heart: Heart) -> Heart:
    """No ST segment: T of usual duration begins at J (the short QT comes from the plan)."""
    return replace(heart, t_width=1.2)


@shape("hypocalcaemia")
def _hypocalcaemia(heart: Heart) -> Heart:
    """A long level ST segment, then T of usual shape (the long QT comes from the plan)."""
    return replace(heart, t=scale(heart.t, 0.85), t_width=0.66)


@graded("digitalis_effect")
def _digitalis_effect(heart: Heart, amount: float) -> Heart:
    """ST scooped in the leads with a tall R, the end of T upright."""
    sag: Vector = scale((-0.12, -0.08, 0.01), amount)
    rows = ((46.0, 30.0, 0.50), (92.0, 36.0, 0.75), (138.0, 34.0, 0.50))
    scooped = heart.after(*(Row("ST", at, width, *scale(sag, part)) for at, width, part in rows))
    return replace(scooped, t=scale(heart.t, 0.65), t_width=0.85)


@graded("hypothermia")
def _hypothermia(heart: Heart, amount: float) -> Heart:
    """Osborn waves: a dome after the QRS, largest in II and V3-V6."""
    dome = scale((0.33, 0.26, -0.10), amount)
    return replace(heart.after(Row("J", 15.0, 9.0, *dome)), t=scale(heart.t, 0.7))


@graded("sodium_block")
def _sodium_block(heart: Heart, amount: float) -> Heart:
    """All conduction slow; the last forces turn right and up: S in I, tall R in aVR."""
    rows = (
        Row("S", 38.0, 10.0, *scale((-1.0, -0.16, -0.12), amount)),
        Row("S", 58.0, 12.0, *scale((-0.90, -0.20, -0.10), amount)),
    )
    less = heart.times("R", 0.60, 0.85, 0.8).times("S", 1.0, 0.6, 0.6)
    return replace(less.plus(*rows), t=scale(heart.t, 0.7))
