"""Infarction: old ones silence the early forces; injury vectors are dipoles at J + 60 ms in mV
that give the textbook leads through the Dower matrix. Z points backwards.
"""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, add


@shape("inferior_mi")
def _inferior_mi(heart: Heart) -> Heart:
    """Q of 30-45 ms in II, III and aVF; T flat to inverted there."""
    early = tuple(row for row in heart.qrs if not (row.y > 0 and row.t_ms < -10))
    rows = (Row("Q", -28.0, 10.0, 0.02, -0.42, 0.0), Row("R", 2.0, 7.0, y=0.16))
    return replace(heart, qrs=(*early, *rows), t=add(heart.t, (0.0, -0.16, 0.0)), t_locked=True)


@shape("septal_mi")
def _septal_mi(heart: Heart) -> Heart:
    """No septal force forwards: QS in V1 and V2."""
    rows = (Row("Q", -22.0, 7.5, 0.04, 0.0, 0.20), Row("Q", -9.0, 7.0, z=0.36))
    return _scarred(heart, 1.0).plus(*rows)


@shape("anterior_mi")
def _anterior_mi(heart: Heart) -> Heart:
    """The anterior wall is silent: QS in V1-V3, q and a small R in V4."""
    rows = (Row("Q", -20.0, 9.0, -0.16, 0.0, 0.42), Row("R", -2.0, 8.5, z=0.80))
    return replace(
        _scarred(heart, 0.70).plus(*rows), t=add(heart.t, (-0.08, 0.0, 0.24)), t_locked=True
    )


@shape("lateral_mi")
def _lateral_mi(heart: Heart) -> Heart:
    """Q in I, aVL, V5 and V6 with less R; T flat to inverted there."""
    rows = (Row("Q", -26.0, 10.5, -0.46, 0.04, -0.05),)
    small = heart.times("R", 0.72, 1, 1).times("Q", 0, 1, 1)
    return replace(small.plus(*rows), t=add(heart.t, (-0.34, 0.03, 0.0)), t_locked=True)


def _scarred(heart: Heart, x: float) -> Heart:
    """Without the forward early forces; main forces to the left times `x`."""
    rows = tuple(row for row in heart.qrs if not (row.wave == "Q" and row.z < 0))
    return replace(heart, qrs=rows).times("R", x, 1, 1)


@shape("inferior_ste")
def _inferior_ste(heart: Heart) -> Heart:
    """Right coronary injury: III above II, aVL down."""
    return heart.with_st((-0.10, 0.18, -0.02), 0.8)


@shape("anterior_ste")
def _anterior_ste(heart: Heart) -> Heart:
    """V2-V4 up."""
    return heart.with_st((0.06, 0.025, -0.29), 0.8)


@shape("lateral_ste")
def _lateral_ste(heart: Heart) -> Heart:
    """I, aVL, V4-V6 up, III down."""
    return heart.with_st((0.25, -0.03, 0.12), 0.8)
