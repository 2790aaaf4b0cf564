"""Ischaemia without an infarct of its own territory: ST depression, T inversion, warning patterns.

Vectors are dipoles in mV (x left, y down, z back); ST at 60 ms after the J point, T at its peak.
"""

from collections.abc import Mapping
from dataclasses import replace

from sediff.simulator.shapes.registry import graded, shape
from sediff.simulator.shapes.stemi import symmetric_t
from sediff.simulator.waves import Heart, Row, Vector, add, scale


@graded("st_depression")
def _st_depression(heart: Heart, amount: float) -> Heart:
    """Subendocardial: V4-V5 and II down, aVR up; T smaller."""
    low = replace(heart, t=scale(heart.t, 0.55))
    return low.with_st(scale((-0.18, -0.12, 0.02), amount), 0.0)


@shape("nstemi")
def _nstemi(heart: Heart) -> Heart:
    """ST down and T inverted in I, II and V4-V6."""
    return replace(heart, t=(-0.26, -0.13, 0.0), t_locked=True).with_st((-0.16, -0.11, 0.02), 0.0)


@shape("left_main")
def _left_main(heart: Heart) -> Heart:
    """ST down in eight leads, up in aVR."""
    low = replace(heart, t=scale(heart.t, 0.35), t_locked=True)
    return low.with_st((-0.30, -0.22, 0.03), 0.0)


# Territory -> ST depression over it.
_DEPRESSION: Mapping[str, Vector] = {
    "anteroseptal": (0.02, 0.0, 0.17),
    "anterolateral": (-0.19, -0.02, 0.06),
    "inferior": (0.05, -0.17, 0.0),
    "lateral": (-0.20, 0.02, -0.05),
    "inferolateral": (-0.15, -0.15, -0.03),
}


def _register_injury(place: str, st: Vector) -> None:
    @shape(f"subendocardial_injury_{place}")
    def _injured(heart: Heart) -> Heart:
        return replace(heart, t=scale(heart.t, 0.45), t_locked=True).with_st(st, 0.0)


for _place, _st in _DEPRESSION.items():
    _register_injury(_place, _st)

# Territory -> direction of an inverted T (absolute, but for what `None` keeps of the heart's own).
_INVERTED: Mapping[str, tuple[float | None, float | None, float | None]] = {
    "anterior": (0.06, 0.16, 0.34),
    "inferior": (None, -0.24, None),
    "lateral": (-0.30, 0.13, -0.04),
    "anteroseptal": (0.16, 0.14, 0.34),
    "anterolateral": (-0.28, 0.08, 0.22),
    "high_lateral": (-0.16, 0.30, -0.10),
    "inferolateral": (-0.24, -0.20, -0.04),
}

_PLAIN_INVERSION = ("anterior", "inferior", "lateral")


def _register_inversion(
    place: str, t: tuple[float | None, float | None, float | None], st: Vector
) -> None:
    def direction(heart: Heart) -> Vector:
        own = heart.t
        x, y, z = (o if part is None else part for part, o in zip(t, own, strict=True))
        return (x, y, z)

    if place in _PLAIN_INVERSION:
        shape(f"t_inversion_{place}")(
            lambda heart: replace(heart, t=direction(heart), t_locked=True)
        )

    @shape(f"ischaemia_{place}")
    def _ischaemic(heart: Heart) -> Heart:
        """T inverted and ST a little down over the territory."""
        return replace(heart, t=direction(heart), t_locked=True).with_st(st, 0.0)


for _place, _t in _INVERTED.items():
    _towards = _DEPRESSION.get(_place, (0.0, 0.0, 0.0))
    _register_inversion(_place, _t, scale(_towards, 0.6))


@shape("t_inversion")
def _t_inversion(heart: Heart) -> Heart:
    """Inferolateral: I, II, V4-V6, the commonest non-territorial form."""
    return replace(heart, t=(-0.26, -0.14, -0.03), t_locked=True)


@shape("wellens_a")
def _wellens_a(heart: Heart) -> Heart:
    """T of V2-V4 up first, then steeply down; ST level."""
    rows = (
        Row("T", -48.0, 25.0, 0.12, 0.05, -0.30),
        Row("T", -20.0, 25.0, 0.10, 0.07, 0.0),
        Row("T", 26.0, 25.0, 0.04, 0.10, 0.34),
    )
    return replace(heart, t=(0.06, 0.10, 0.30), t_rows=rows, t_locked=True)


@shape("wellens_b")
def _wellens_b(heart: Heart) -> Heart:
    """T of V2-V4 deep and symmetric; ST level."""
    t = (0.0, 0.14, 0.52)
    return replace(heart, t=t, t_rows=symmetric_t(t), t_locked=True)


@shape("de_winter")
def _de_winter(heart: Heart) -> Heart:
    """J down and ST rising from it into a tall symmetric T in V2-V6; aVR up."""
    t = (0.50, 0.10, -0.56)
    rise = (Row("T", -66.0, 46.0, *scale(t, 0.38)), Row("T", 0.0, 37.0, *scale(t, 0.86)))
    lowered = heart.with_st((-0.175, -0.035, 0.17), 0.0)
    return replace(lowered, t=t, t_rows=rise, t_locked=True)


@shape("sgarbossa_elevation")
def _concordant_elevation(heart: Heart) -> Heart:
    """Left bundle branch block with ST up where the QRS is up: I, aVL, V5 and V6."""
    return replace(heart, st=add(heart.st, (0.26, 0.0, 0.14)), t=(0.20, 0.08, -0.20))


@shape("sgarbossa_depression")
def _concordant_depression(heart: Heart) -> Heart:
    """Left bundle branch block with ST down in V1-V3, where the QRS is down too."""
    return replace(heart, st=add(heart.st, (0.02, 0.0, 0.34)))


@shape("sgarbossa_discordant")
def _excessive_discordance(heart: Heart) -> Heart:
    """Left bundle branch block with ST of V1-V4 up by more than a quarter of S."""
    return replace(heart, st=add(heart.st, (0.04, 0.0, -0.32)))
