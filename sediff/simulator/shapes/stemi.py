"""Infarction with ST elevation: one injury vector per territory, drawn at each stage.

Injury vectors are dipoles 60 ms after the J point in mV; through the Dower matrix they raise the
textbook leads and lower the opposite ones. Z points backwards.
"""

from collections.abc import Mapping
from dataclasses import replace

from sediff.simulator.shapes.infarct import SCARS
from sediff.simulator.shapes.registry import graded, shape
from sediff.simulator.waves import Heart, Row, Vector, add, scale

# Territory -> injury vector.
INJURY: Mapping[str, Vector] = {
    "inferior": (-0.10, 0.22, 0.02),  # right coronary: III above II, aVL down
    "anterior": (0.08, -0.08, -0.31),  # proximal left anterior descending: III a little down
    "anteroseptal": (-0.06, -0.01, -0.31),
    "septal": (-0.17, -0.07, -0.25),
    "anterolateral": (0.30, -0.10, -0.13),
    "lateral": (0.29, -0.05, 0.13),
    "high_lateral": (0.17, -0.29, 0.03),  # I and aVL up, III deeply down
    "inferolateral": (0.18, 0.24, 0.12),  # left circumflex: V5-V6 too, V1-V2 down
    "inferoposterior": (-0.09, 0.23, 0.20),
    "posterior": (-0.02, 0.02, 0.19),  # V1-V3 down: the mirror image
    "right_ventricular": (-0.30, 0.21, -0.09),  # V1 up and more than V2
}
# Territory -> what is added to T at first: along the injury, but less where the opposite leads
# would turn deeply negative.
_FIRST_T: Mapping[str, Vector] = {
    "inferior": (-0.20, 0.55, 0.0),
    "anterior": (0.20, -0.15, -0.78),
    "anteroseptal": (-0.10, 0.0, -0.85),
    "septal": (-0.30, -0.10, -0.75),
    "anterolateral": (0.55, -0.10, -0.45),
    "lateral": (0.85, -0.10, 0.35),
    "high_lateral": (0.65, -0.45, 0.10),
    "inferolateral": (0.40, 0.62, 0.25),
    "inferoposterior": (-0.15, 0.60, 0.30),
    "posterior": (0.0, 0.05, 0.45),
    "right_ventricular": (-0.45, 0.55, -0.35),
}
_T_OF_ACUTE = 0.8  # T grows along the injury
_LAST_FORCE = 0.3  # what a scar leaves of it
_T_OF_POSTERIOR = -0.9  # the end of T stays upright in V1-V3
# Symmetric T: one Gaussian in place of the slow rise and fast fall.
_BROAD_MS, _SYMMETRIC_MS = 50.0, 38.0


def symmetric_t(t: Vector, width_ms: float = _SYMMETRIC_MS) -> tuple[Row, ...]:
    """A T wave whose two limbs are alike, of this direction and standard deviation."""
    return (Row("T", 0.0, width_ms, *t),)


def _hyperacute(heart: Heart, place: str) -> Heart:
    """T tall, broad and symmetric over the territory; ST only begins to rise."""
    grown = add(scale(heart.t, 0.6), _FIRST_T[place])
    share = {"posterior": 0.5, "right_ventricular": 0.35}.get(place, 0.2)
    begun = heart.with_st(scale(INJURY[place], share), 0.0)
    return replace(begun, t=grown, t_rows=symmetric_t(grown, _BROAD_MS), t_locked=True)


def _acute(heart: Heart, injury: Vector, t_share: float = _T_OF_ACUTE) -> Heart:
    """ST up over the territory, down opposite to it; T along with it."""
    return replace(heart.with_st(injury, t_share), t_locked=True)


def _evolving(scarred: Heart, injury: Vector) -> Heart:
    """Q formed, ST comes down, T turns negative over the territory."""
    inverted = add(scale(scarred.t, 0.4), scale(injury, -_unit(injury) * 0.62))
    raised = replace(scarred, st=add(scarred.st, scale(injury, 0.42)))
    if injury[0] > 0:  # on an ST raised to the left the last force would be a J wave
        raised = raised.times("S", _LAST_FORCE, 1.0, 1.0)
    return replace(raised, t=inverted, t_rows=symmetric_t(inverted), t_locked=True)


def _unit(injury: Vector) -> float:
    """What makes a vector 1 mV long."""
    return sum(part * part for part in injury) ** -0.5


def _register(place: str, injury: Vector) -> None:
    scar = SCARS["inferior" if place == "right_ventricular" else place]
    shape(f"{place}_hyperacute")(lambda heart: _hyperacute(heart, place))
    t_share = _T_OF_POSTERIOR if place == "posterior" else _T_OF_ACUTE
    graded(f"{place}_ste")(lambda heart, amount: _acute(heart, scale(injury, amount), t_share))
    shape(f"{place}_evolving")(lambda heart: _evolving(scar(heart), injury))


for _place, _injury in INJURY.items():
    _register(_place, _injury)
