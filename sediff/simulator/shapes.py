"""How each finding changes the beat: one small pure function per shape.

Shapes combine; they are always applied in the order of this file (conduction, hypertrophy,
infarction, repolarisation, atria), so the order in which findings are stated does not matter.
Injury vectors are dipoles at J + 60 ms in mV that give the textbook leads through the Dower
matrix. Z points backwards: forces towards V1-V3 are negative.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sediff.errors import RequestError
from sediff.simulator.waves import Heart, Row, Vector, add, normal_heart, scale
from sediff.spec import CaseSpec, Sex

Shape = Callable[[Heart], Heart]
SHAPES: dict[str, Shape] = {}


def _shape(key: str) -> Callable[[Shape], Shape]:
    def register(function: Shape) -> Shape:
        SHAPES[key] = function
        return function

    return register


def shapes_of(spec: CaseSpec) -> tuple[str, ...]:
    """The shape keys of a spec's findings, each once, in the order of `SHAPES`.

    Raises:
        RequestError: a finding is not in the vocabulary.
    """
    if not spec.findings:
        return ()
    from sediff.findings import FINDINGS  # imported here: findings knows nothing of the simulator

    try:
        keys = {FINDINGS[stated.id].shape for stated in spec.findings}
    except KeyError as error:
        raise RequestError(f"The finding {error.args[0]!r} is not in the vocabulary.") from error
    return ordered(key for key in keys if key)


def ordered(keys: Iterable[str]) -> tuple[str, ...]:
    """Shape keys without repeats, in the order in which they are applied.

    Raises:
        RequestError: there is no such shape.
    """
    wanted = set(keys)
    unknown = wanted - SHAPES.keys()
    if unknown:
        raise RequestError(f"The simulator cannot draw {', '.join(sorted(unknown))}.")
    return tuple(key for key in SHAPES if key in wanted)


def heart_for(age: float, sex: Sex, shapes: Iterable[str]) -> Heart:
    """The heart of a person with these shapes, not yet fitted to intervals and axis."""
    heart = normal_heart(age, sex)
    for key in ordered(shapes):
        heart = SHAPES[key](heart)
    return heart


# Conduction. Natural durations: LBBB 150 ms, RBBB 140, others near 100; the asked one is met later.


@_shape("lafb")
def _lafb(heart: Heart) -> Heart:
    """Initial forces down and right, then up and left: qR in I and aVL, rS in III."""
    rows = (
        Row("Q", -23.0, 6.0, x=-0.10, y=0.30),
        Row("R", 2.0, 8.5, y=-0.42),
        Row("S", 15.0, 10.0, y=-0.52),
    )
    return heart.times("QRS", 1, 0, 1).plus(*rows)


@_shape("lpfb")
def _lpfb(heart: Heart) -> Heart:
    """Initial forces up and left, then down and right: rS in I and aVL, qR in III."""
    rows = (
        Row("Q", -22.0, 6.0, x=0.30, y=-0.16),
        Row("R", 1.0, 8.0, x=-0.20, y=0.80),
        Row("S", 15.0, 10.0, x=-0.50, y=0.45),
    )
    return heart.times("RS", 0.65, 0, 0.75).times("Q", 1, 0, 1).plus(*rows)


_RIGHT_TERMINAL: Vector = (-0.48, -0.02, -0.58)


@_shape("rbbb")
def _rbbb(heart: Heart) -> Heart:
    """Slow terminal forces right and forwards: rsR' in V1, wide S in I and V6, T of V1 inverted."""
    x, y, z = _RIGHT_TERMINAL
    rows = (Row("S", 42.0, 11.0, 0.9 * x, y, z), Row("S", 66.0, 14.0, 0.4 * x, y, 0.6 * z))
    less_back = heart.times("S", 1, 1, 0.6)
    return replace(less_back.plus(*rows), t=add(heart.t, (0.06, 0.0, 0.19)))


@_shape("irbbb")
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


@_shape("lbbb")
def _lbbb(heart: Heart) -> Heart:
    """No septal q; slow forces left and backwards with a notch; ST and T against the QRS."""
    return replace(
        heart, qrs=_LEFT_BLOCK, t=(-0.30, 0.06, -0.42), st=(-0.07, 0.0, -0.13), t_locked=True
    )


@_shape("paced")
def _paced(heart: Heart) -> Heart:
    """Right ventricular apical pacing: like LBBB with the axis up, a spike before each QRS."""
    upward = (-0.20, -0.65, -0.55, -0.70, -0.25)
    rows = zip(_LEFT_BLOCK, upward, strict=True)
    qrs = tuple(row._replace(x=0.7 * row.x, y=y) for row, y in rows)
    return replace(
        heart, qrs=qrs, t=(-0.26, 0.30, -0.36), st=(-0.06, 0.07, -0.11), spike=True, t_locked=True
    )


@_shape("wpw")
def _wpw(heart: Heart) -> Heart:
    """A slurred start (delta wave) left and backwards; T against it."""
    rows = (
        Row("Q", -44.0, 11.0, 0.22, 0.10, 0.02),
        Row("Q", -27.0, 10.0, 0.38, 0.16, 0.02),
    )
    return replace(heart.without("Q").plus(*rows), t=add(scale(heart.t, 0.55), (-0.12, -0.02, 0)))


@_shape("ivcd")
def _ivcd(heart: Heart) -> Heart:
    """Slow late forces of no bundle's pattern."""
    slow = tuple(
        row._replace(t_ms=row.t_ms * 1.5, w_ms=row.w_ms * 1.45) if row.t_ms > 0 else row
        for row in heart.qrs
    )
    return replace(heart, qrs=slow).plus(Row("S", 46.0, 12.0, 0.16, -0.10, 0.12))


# Hypertrophy.


@_shape("lvh")
def _lvh(heart: Heart) -> Heart:
    """Large forces left and backwards; Sokolow-Lyon is met when the beat is fitted."""
    return replace(heart.times("RS", 1.1, 1.1, 1.9), sokolow_mv=4.2)


@_shape("lvh_strain")
def _lvh_strain(heart: Heart) -> Heart:
    """LVH with ST down and T inverted in I, aVL, V5 and V6."""
    big = replace(heart.times("RS", 1.1, 1.1, 1.9), sokolow_mv=4.6)
    st = add(heart.st, (-0.11, -0.01, -0.06))
    return replace(big, t=(-0.30, -0.01, -0.14), st=st, t_locked=True)


@_shape("rvh")
def _rvh(heart: Heart) -> Heart:
    """Forces right and forwards: tall R in V1, deep S in V5-V6, strain in V1-V3."""
    turned = heart.times("R", 0.62, 1.1, 1).times("S", 1, 0, 0)
    rows = (Row("R", -6.0, 10.0, 0.0, 0.12, -0.85), Row("S", 14.0, 9.5, -1.0, 0.30, -0.18))
    strain = add(scale(heart.t, 0.8), (0.0, 0.0, 0.40))
    return replace(turned.plus(*rows), t=strain, st=add(heart.st, (0.02, 0, 0.06)), t_locked=True)


# Infarction: the early forces point away from the scar.


@_shape("inferior_mi")
def _inferior_mi(heart: Heart) -> Heart:
    """Q of 30-45 ms in II, III and aVF; T flat to inverted there."""
    early = tuple(row for row in heart.qrs if not (row.y > 0 and row.t_ms < -10))
    rows = (Row("Q", -28.0, 10.0, 0.02, -0.42, 0.0), Row("R", 2.0, 7.0, y=0.16))
    return replace(heart, qrs=(*early, *rows), t=add(heart.t, (0.0, -0.16, 0.0)), t_locked=True)


@_shape("septal_mi")
def _septal_mi(heart: Heart) -> Heart:
    """No septal force forwards: QS in V1 and V2."""
    rows = (Row("Q", -22.0, 7.5, 0.04, 0.0, 0.20), Row("Q", -9.0, 7.0, z=0.36))
    return _scarred(heart, 1.0).plus(*rows)


@_shape("anterior_mi")
def _anterior_mi(heart: Heart) -> Heart:
    """The anterior wall is silent: QS in V1-V3, q and a small R in V4."""
    rows = (Row("Q", -20.0, 9.0, -0.16, 0.0, 0.42), Row("R", -2.0, 8.5, z=0.80))
    return replace(
        _scarred(heart, 0.70).plus(*rows), t=add(heart.t, (-0.08, 0.0, 0.24)), t_locked=True
    )


@_shape("lateral_mi")
def _lateral_mi(heart: Heart) -> Heart:
    """Q in I, aVL, V5 and V6 with less R; T flat to inverted there."""
    rows = (Row("Q", -26.0, 10.5, -0.46, 0.04, -0.05),)
    small = heart.times("R", 0.72, 1, 1).times("Q", 0, 1, 1)
    return replace(small.plus(*rows), t=add(heart.t, (-0.34, 0.03, 0.0)), t_locked=True)


def _scarred(heart: Heart, x: float) -> Heart:
    """Without the forward early forces; main forces to the left times `x`."""
    rows = tuple(row for row in heart.qrs if not (row.wave == "Q" and row.z < 0))
    return replace(heart, qrs=rows).times("R", x, 1, 1)


# Repolarisation.


@_shape("inferior_ste")
def _inferior_ste(heart: Heart) -> Heart:
    """Right coronary injury: III above II, aVL down."""
    return heart.with_st((-0.10, 0.18, -0.02), 0.8)


@_shape("anterior_ste")
def _anterior_ste(heart: Heart) -> Heart:
    """V2-V4 up."""
    return heart.with_st((0.06, 0.025, -0.29), 0.8)


@_shape("lateral_ste")
def _lateral_ste(heart: Heart) -> Heart:
    """I, aVL, V4-V6 up, III down."""
    return heart.with_st((0.25, -0.03, 0.12), 0.8)


@_shape("st_depression")
def _st_depression(heart: Heart) -> Heart:
    """Subendocardial: V4-V5 and II down, aVR up; T smaller."""
    return replace(heart, t=scale(heart.t, 0.55)).with_st((-0.18, -0.12, 0.02), 0.0)


@_shape("t_inversion_anterior")
def _t_inversion_anterior(heart: Heart) -> Heart:
    return replace(heart, t=(0.06, 0.16, 0.34), t_locked=True)


@_shape("t_inversion_inferior")
def _t_inversion_inferior(heart: Heart) -> Heart:
    return replace(heart, t=(heart.t[0] * 1.1, -0.20, heart.t[2]), t_locked=True)


@_shape("t_inversion_lateral")
def _t_inversion_lateral(heart: Heart) -> Heart:
    return replace(heart, t=(-0.26, 0.13, heart.t[2] * 0.4), t_locked=True)


@_shape("t_inversion")
def _t_inversion(heart: Heart) -> Heart:
    """Inferolateral: I, II, V4-V6, the commonest non-territorial form."""
    return replace(heart, t=(-0.24, -0.11, -0.05), t_locked=True)


@_shape("low_t")
def _low_t(heart: Heart) -> Heart:
    return replace(heart, t=scale(heart.t, 0.22))


@_shape("long_qt")
def _long_qt(heart: Heart) -> Heart:
    """The interval itself is asked in ms; T is also broader."""
    return replace(heart, t_width=1.2)


@_shape("low_voltage")
def _low_voltage(heart: Heart) -> Heart:
    """Limb leads below 0.5 mV and chest leads below 1.0 mV, peak to peak."""
    return replace(heart, limb_mv=0.42, sokolow_mv=None, t=scale(heart.t, 0.6))


# Atria.


@_shape("lae")
def _lae(heart: Heart) -> Heart:
    """Late left atrium: P of 120 ms and more, notched in II, deep terminal part in V1."""
    right = Row("P", -26.0, 15.5, 0.03, 0.085, -0.045)
    return replace(heart, p=(right, Row("P", 26.0, 19.0, 0.07, 0.090, 0.130)))


@_shape("rae")
def _rae(heart: Heart) -> Heart:
    """Tall right atrium: P of II 0.25 mV and more."""
    right = Row("P", -8.0, 17.0, 0.03, 0.25, -0.09)
    return replace(heart, p=(right, Row("P", 18.0, 16.0, 0.05, 0.05, 0.02)), p_mv=0.29)


@_shape("flutter")
def _flutter(heart: Heart) -> Heart:
    """Sawtooth atria; T smaller, so that it does not hide them."""
    return replace(heart, flutter=True, t=scale(heart.t, 0.6))
