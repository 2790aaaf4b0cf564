"""Conduction. Natural durations: LBBB 150 ms, RBBB 140, others near 100; fitted later."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, Vector, add, scale


@shape("lafb")
def _lafb(heart: Heart) -> Heart:
    """Initial forces down and right, then up and left: qR in I and aVL, rS in III."""
    rows = (
        Row("Q", -23.0, 6.0, x=-0.10, y=0.30),
        Row("R", 2.0, 8.5, y=-0.42),
        Row("S", 15.0, 10.0, y=-0.52),
    )
    return heart.times("QRS", 1, 0, 1).plus(*rows)


@shape("lpfb")
def _lpfb(heart: Heart) -> Heart:
    """Initial forces up and left, then down and right: rS in I and aVL, qR in III."""
    rows = (
        Row("Q", -22.0, 6.0, x=0.30, y=-0.16),
        Row("R", 1.0, 8.0, x=-0.20, y=0.80),
        Row("S", 15.0, 10.0, x=-0.50, y=0.45),
    )
    return heart.times("RS", 0.65, 0, 0.75).times("Q", 1, 0, 1).plus(*rows)


_RIGHT_TERMINAL: Vector = (-0.48, -0.02, -0.58)


@shape("rbbb")
def _rbbb(heart: Heart) -> Heart:
    """Slow terminal forces right and forwards: rsR' in V1, wide S in I and V6, T of V1 inverted."""
    x, y, z = _RIGHT_TERMINAL
    rows = (Row("S", 42.0, 11.0, 0.9 * x, y, z), Row("S", 66.0, 14.0, 0.4 * x, y, 0.6 * z))
    less_back = heart.times("S", 1, 1, 0.6)
    return replace(less_back.plus(*rows), t=add(heart.t, (0.06, 0.0, 0.19)))


@shape("irbbb")
def _irbbb(heart: Heart) -> Heart:
    """The same terminal vector, smaller and shorter: QRS about 110 ms."""
    return heart.plus(Row("S", 37.0, 8.5, *scale(_RIGHT_TERMINAL, 0.62)))


_LEFT_BLOCK = (
    Row("Q", -42.0, 11.0, 0.20, 0.10, 0.04),
    Row("R", -20.0, 13.0, 0.58, 0.20, 0.72),
    Row("R", 4.0, 15.0, 0.40, 0.10, 0.80),
    Row("R", 29.0, 12.0, 0.68, 0.02, 0.62),
    Row("S", 52.0, 12.0, 0.22, -0.06, 0.30),
)


@shape("lbbb")
def _lbbb(heart: Heart) -> Heart:
    """No septal q; slow forces left and backwards with a notch; ST and T against the QRS."""
    return replace(
        heart, qrs=_LEFT_BLOCK, t=(-0.30, 0.06, -0.42), st=(-0.07, 0.0, -0.13), t_locked=True
    )


@shape("paced")
def _paced(heart: Heart) -> Heart:
    """Right ventricular apical pacing: like LBBB with the axis up."""
    upward = (-0.20, -0.65, -0.55, -0.70, -0.25)
    rows = zip(_LEFT_BLOCK, upward, strict=True)
    qrs = tuple(row._replace(x=0.7 * row.x, y=y) for row, y in rows)
    return replace(heart, qrs=qrs, t=(-0.26, 0.30, -0.36), st=(-0.06, 0.07, -0.11), t_locked=True)


@shape("wpw")
def _wpw(heart: Heart) -> Heart:
    """A slurred start (delta wave) left and backwards; T against it."""
    rows = (
        Row("Q", -44.0, 11.0, 0.22, 0.10, 0.02),
        Row("Q", -27.0, 10.0, 0.38, 0.16, 0.02),
    )
    return replace(heart.without("Q").plus(*rows), t=add(scale(heart.t, 0.55), (-0.12, -0.02, 0)))


@shape("ivcd")
def _ivcd(heart: Heart) -> Heart:
    """Slow late forces of no bundle's pattern."""
    slow = tuple(
        row._replace(t_ms=row.t_ms * 1.5, w_ms=row.w_ms * 1.45) if row.t_ms > 0 else row
        for row in heart.qrs
    )
    return replace(heart, qrs=slow).plus(Row("S", 46.0, 12.0, 0.16, -0.10, 0.12))
