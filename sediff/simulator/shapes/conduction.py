"""Conduction. Natural durations: LBBB 150 ms, RBBB 140, others near 100; fitted later."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, Vector, add, scale


@shape("lafb")
def _lafb(heart: Heart) -> Heart:
    """Initial forces down and right, then up and left: qR in I and aVL, rS in III."""
    rows = (
        Row("Q", -23.0, 6.0, x=-0.10, y=0.30),
        Row("R", 2.0, 8.5, y=-0.34),
        Row("S", 15.0, 10.0, y=-0.40),
    )
    return heart.times("QRS", 0.9, 0, 1).plus(*rows)


@shape("lpfb")
def _lpfb(heart: Heart) -> Heart:
    """Initial forces up and left, then down and right: rS in I and aVL, qR in III."""
    rows = (
        Row("Q", -22.0, 6.0, x=0.20, y=-0.24),
        Row("R", 1.0, 8.0, x=-0.15, y=0.80),
        Row("S", 15.0, 10.0, x=-0.42, y=0.45, z=0.42),
    )
    return heart.times("RS", 0.65, 0, 0.85).times("Q", 0.3, 0, 1).plus(*rows)


# Right and forwards. The first half lies further forwards (R' of V1 and V2), the second further
# to the right (S of I and V4-V6), so that V3 changes over without a third peak.
_RIGHT_TERMINAL: Vector = (-0.40, -0.12, -0.48)
_RIGHT_LATE: Vector = (-0.34, -0.10, -0.28)


@shape("rbbb")
def _rbbb(heart: Heart) -> Heart:
    """Slow terminal forces right and forwards: rsR' in V1, wide S in I and V6, T of V1 inverted."""
    rows = (Row("B", 41.0, 12.0, *_RIGHT_TERMINAL), Row("B", 64.0, 14.0, *_RIGHT_LATE))
    less_back = heart.times("S", 1, 1, 0.6)
    return replace(less_back.plus(*rows), t=add(heart.t, (0.06, 0.0, 0.19)))


@shape("irbbb")
def _irbbb(heart: Heart) -> Heart:
    """The same terminal vector, smaller and shorter: QRS about 115 ms."""
    rows = (
        Row("B", 37.0, 9.0, *scale(_RIGHT_TERMINAL, 0.75)),
        Row("B", 51.0, 10.0, *scale(_RIGHT_LATE, 0.55)),
    )
    return replace(heart.plus(*rows), t=add(heart.t, (0.02, 0.0, 0.10)))


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


@shape("ilbbb")
def _ilbbb(heart: Heart) -> Heart:
    """LBBB in small: no septal q, R of V4-V6 notched with a late peak, T of V6 flat."""
    rows = (
        Row("Q", -24.0, 9.0, 0.22, 0.10, 0.04),
        Row("R", -12.0, 9.0, 0.66, 0.22, 0.50),
        Row("R", 6.0, 11.0, 0.50, 0.12, 0.72),
        Row("R", 24.0, 9.0, 0.86, 0.02, 0.46),
        Row("S", 33.0, 7.0, 0.30, -0.04, 0.36),
    )
    return replace(heart, qrs=rows, t=(-0.02, 0.12, -0.30))


@shape("paced")
def _paced(heart: Heart) -> Heart:
    """Right ventricular apical pacing: like LBBB with the axis up."""
    upward = (-0.20, -0.65, -0.55, -0.70, -0.25)
    rows = zip(_LEFT_BLOCK, upward, strict=True)
    qrs = tuple(row._replace(x=0.7 * row.x, y=y) for row, y in rows)
    return replace(heart, qrs=qrs, t=(-0.26, 0.30, -0.36), st=(-0.06, 0.07, -0.11), t_locked=True)


@shape("wpw_left")
def _wpw_left(heart: Heart) -> Heart:
    """Left free wall (type A): delta wave forwards and down, R in all chest leads; T against it."""
    rows = (
        Row("Q", -46.0, 11.0, 0.06, 0.12, -0.20),
        Row("Q", -30.0, 10.0, 0.08, 0.24, -0.40),
        Row("R", -8.0, 10.0, -0.10, 0.10, -0.75),
    )
    t = add(scale(heart.t, 0.5), (0.06, -0.08, 0.20))
    return replace(heart.without("Q").times("S", 1, 1, 0.1).plus(*rows), t=t)


@shape("wpw_right")
def _wpw_right(heart: Heart) -> Heart:
    """Right free wall (type B): delta wave left, up and backwards, V1 negative; T against it."""
    rows = (
        Row("Q", -46.0, 11.0, 0.26, -0.06, 0.16),
        Row("Q", -29.0, 10.0, 0.46, -0.08, 0.30),
    )
    t = add(scale(heart.t, 0.55), (-0.24, 0.06, -0.12))
    return replace(heart.without("Q").plus(*rows), t=t)


@shape("ivcd")
def _ivcd(heart: Heart) -> Heart:
    """Slow forces of no bundle's pattern: the septal q stays, nothing ends right and forwards."""
    slow = tuple(
        row._replace(t_ms=1.3 * row.t_ms, w_ms=1.35 * row.w_ms) if row.wave != "Q" else row
        for row in heart.qrs
    )
    return replace(heart, qrs=slow).plus(
        Row("S", 30.0, 13.0, 0.24, -0.10, 0.26), Row("S", 50.0, 14.0, 0.06, -0.04, 0.24)
    )
