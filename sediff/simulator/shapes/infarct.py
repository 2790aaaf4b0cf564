"""Old infarction: the dead wall is silent, so early forces point away from it (Q waves)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, Vector, add


def _inferior(heart: Heart) -> Heart:
    """Q of 35-50 ms in II, III and aVF."""
    early = (row._replace(y=0.0) if row.y > 0 and row.t_ms < -10 else row for row in heart.qrs)
    rows = (Row("Q", -29.0, 12.5, 0.02, -0.52, 0.0), Row("R", 2.0, 7.0, y=0.16))
    return replace(heart, qrs=(*early, *rows))


def _septal(heart: Heart) -> Heart:
    """No septal force forwards: QS in V1 and V2."""
    rows = (Row("Q", -22.0, 7.5, 0.04, 0.0, 0.20), Row("Q", -9.0, 7.0, z=0.36))
    return _scarred(heart, 1.0).plus(*rows)


def _anteroseptal(heart: Heart) -> Heart:
    """Septum and anterior wall are silent: QS in V1-V3, q and a small R in V4."""
    rows = (Row("Q", -20.0, 9.0, -0.16, 0.0, 0.30), Row("R", -5.0, 8.5, z=0.90))
    return _scarred(heart, 0.70).plus(*rows)


def _anterior(heart: Heart) -> Heart:
    """The anterior wall is silent: QS in V2 and V3, broad Q and a small R in V4."""
    rows = (Row("Q", -21.0, 10.0, -0.34, 0.0, 0.30), Row("R", -5.0, 10.0, z=1.00))
    return _scarred(heart, 0.68).plus(*rows)


def _lateral(heart: Heart) -> Heart:
    """Q in I, aVL, V5 and V6 with less R."""
    small = heart.times("R", 0.72, 1, 1).times("Q", 0, 1, 1)
    return small.plus(Row("Q", -28.0, 13.0, -0.62, 0.04, -0.04))


def _high_lateral(heart: Heart) -> Heart:
    """Q in I and aVL."""
    small = heart.times("R", 0.80, 1, 1).times("Q", 0, 1, 1)
    return small.plus(Row("Q", -28.0, 13.5, -0.46, 0.34, -0.04))


def _anterolateral(heart: Heart) -> Heart:
    """Q from V3 to V6 and in I and aVL."""
    silent = _scarred(heart, 0.66).plus(Row("R", -5.0, 8.5, z=0.90))
    return silent.plus(Row("Q", -27.0, 13.0, -0.68, 0.04, 0.30))


def _inferolateral(heart: Heart) -> Heart:
    """Q in II, III, aVF, V5 and V6."""
    small = _inferior(heart).times("R", 0.72, 1, 1).times("Q", 0, 1, 1)
    return small.plus(Row("Q", -28.0, 13.0, -0.58, -0.14, -0.06))


def _posterior(heart: Heart) -> Heart:
    """The mirror of a Q wave: R of V1 and V2 broad and taller than S."""
    less = heart.times("R", 0.58, 1, 1).times("S", 1, 1, 0.4)
    return less.plus(Row("R", -2.0, 17.5, 0.0, 0.04, -0.82))


def _inferoposterior(heart: Heart) -> Heart:
    return _posterior(_inferior(heart))


def _inferoposterolateral(heart: Heart) -> Heart:
    """All three walls; the lateral R is small already, so it is not made smaller again."""
    lateral = _inferior(heart).times("Q", 0, 1, 1).plus(Row("Q", -28.0, 13.0, -0.60, -0.14, -0.05))
    return _posterior(lateral)


def _scarred(heart: Heart, x: float) -> Heart:
    """Without the forward early forces; main forces to the left times `x`."""
    rows = tuple(row for row in heart.qrs if not (row.wave == "Q" and row.z < 0))
    return replace(heart, qrs=rows).times("R", x, 1, 1)


# Territory -> how its scar changes the QRS.
SCARS: Mapping[str, Callable[[Heart], Heart]] = {
    "inferior": _inferior,
    "septal": _septal,
    "anteroseptal": _anteroseptal,
    "anterior": _anterior,
    "lateral": _lateral,
    "high_lateral": _high_lateral,
    "anterolateral": _anterolateral,
    "inferolateral": _inferolateral,
    "posterior": _posterior,
    "inferoposterior": _inferoposterior,
    "inferoposterolateral": _inferoposterolateral,
}
# What is left in T long after: flat to inverted over the scar.
_OLD_T: Mapping[str, Vector] = {
    "inferior": (0.0, -0.16, 0.0),
    "septal": (0.0, 0.0, 0.0),
    "anteroseptal": (-0.04, 0.0, 0.20),
    "anterior": (-0.08, 0.0, 0.24),
    "lateral": (-0.34, 0.03, 0.0),
    "high_lateral": (-0.24, 0.12, 0.0),
    "anterolateral": (-0.32, 0.0, 0.16),
    "inferolateral": (-0.22, -0.15, 0.0),
    "posterior": (0.0, 0.0, -0.12),
    "inferoposterior": (0.0, -0.16, -0.10),
    "inferoposterolateral": (-0.20, -0.15, -0.08),
}


def _old(place: str, heart: Heart) -> Heart:
    """Q waves of a territory, ST level, T flat to inverted."""
    return replace(SCARS[place](heart), t=add(heart.t, _OLD_T[place]), t_locked=True)


def _register(place: str) -> None:
    shape(f"{place}_mi")(lambda heart: _old(place, heart))


for _place in SCARS:
    _register(_place)


@shape("q_waves")
def _q_waves(heart: Heart) -> Heart:
    """Q of II, III and aVF; ST and T as they were."""
    return _inferior(heart)


@shape("poor_r_progression")
def _poor_r(heart: Heart) -> Heart:
    """R of V1-V3 small but there: less force forwards early, more backwards after it."""
    weak = heart.times("Q", 0.3, 1, 0.32).times("R", 0.9, 1, 1)
    return weak.plus(Row("R", -5.4, 8.0, z=0.575), Row("S", 12.0, 9.0, z=0.1))


@shape("aneurysm")
def _aneurysm(heart: Heart) -> Heart:
    """QS in V1-V3 with ST still up, and a low T."""
    scar = _anteroseptal(heart)
    return replace(scar, st=add(heart.st, (0.0, 0.0, -0.22)), t=(0.08, 0.08, -0.02), t_locked=True)
