"""Ion-channel diseases: Brugada patterns, long and short QT.

Vectors in mV (x left, y down, z back); times of `late` rows in ms from J at JT = 310 ms.
"""

from dataclasses import replace

from sediff.simulator.shapes.registry import graded, shape
from sediff.simulator.waves import Heart, Row, Vector, scale


@shape("long_qt")
def _long_qt(heart: Heart) -> Heart:
    """The interval itself is asked in ms; T is also broader."""
    return replace(heart, t_width=1.2)


@shape("long_qt_1")
def _long_qt_1(heart: Heart) -> Heart:
    """A broad-based T of one smooth hump that begins soon after J."""
    return replace(heart, t=scale(heart.t, 1.1), t_width=1.55)


@shape("long_qt_2")
def _long_qt_2(heart: Heart) -> Heart:
    """A low T with two humps."""
    humps = ((-50.0, 29.0, 0.48), (31.0, 28.0, 0.43))
    rows = tuple(Row("T", at, width, *scale(heart.t, part)) for at, width, part in humps)
    return replace(heart, t_rows=rows, t_width=1.0)


@shape("long_qt_3")
def _long_qt_3(heart: Heart) -> Heart:
    """A long level ST segment, then a late, narrow, peaked T."""
    peak = scale(heart.t, 1.15)
    return replace(heart, t_rows=(Row("T", 0.0, 27.0, *peak),), t=peak, t_width=0.95)


@shape("short_qt")
def _short_qt(heart: Heart) -> Heart:
    """Hardly an ST segment; T tall, narrow and symmetrical."""
    peak = scale(heart.t, 1.7)
    return replace(heart, t_rows=(Row("T", 0.0, 32.0, *peak),), t=peak)


@graded("brugada_1")
def _brugada_1(heart: Heart, amount: float) -> Heart:
    """V1 and V2: J high, ST coved downwards into an inverted T, no r'."""
    cove = scale((-0.12, -0.03, -0.29), amount)
    rows = ((6.0, 11.0, 0.80), (32.0, 20.0, 0.85), (70.0, 27.0, 0.45))
    raised = heart.after(*(Row("ST", at, width, *scale(cove, part)) for at, width, part in rows))
    return replace(raised, t=(0.30, heart.t[1], 0.17), t_locked=True)


@graded("brugada_2")
def _brugada_2(heart: Heart, amount: float) -> Heart:
    """V1 and V2: a high, rounded r', a saddle above the baseline, T upright."""
    high = scale((-0.06, -0.02, -0.26), amount)
    saddle = scale((0.0, 0.0, -0.11), amount)
    rows = (Row("ST", 14.0, 12.0, *high), Row("ST", 62.0, 26.0, *saddle))
    tall = _upright_in_v2(heart.t)
    return replace(heart.after(*rows, Row("ST", 110.0, 26.0, *saddle)), t=tall, t_locked=True)


def _upright_in_v2(t: Vector) -> Vector:
    """A T direction that is upright in V2 in either sex."""
    return t[0], t[1], min(t[2], -0.24)
