"""A sweep: one heart, one thing moved from a to b."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sediff.errors import RequestError
from sediff.explore.hearts import same_heart
from sediff.generated import Generated
from sediff.measure.values import Value
from sediff.spec import LIMITS, ST_LIMIT_MV, Request

FEWEST, MOST = 3, 8  # panels: more would neither fit a screen nor be drawn at once
_MV_PER_MM = 0.1

Kind = Literal["number", "st", "levels", "adherence"]


@dataclass(frozen=True)
class Parameter:
    """What a sweep moves.

    Attributes:
        name: key; of a number, its name in `Request`.
        low, high: limits of the sweep. start, end: where it goes unless told otherwise.
        step: what values are rounded to. unit: as a person writes it.
        lead: where it is seen best.
        seconds: of each panel, 0: one beat.
        kind: 'number' of the request, 'st' level in chosen leads in mm, 'levels' of `LEVELS`,
            or 'adherence', which the model alone has.
    """

    name: str
    low: float
    high: float
    start: float
    end: float
    step: float
    unit: str
    lead: str = "II"
    seconds: float = 0.0
    kind: Kind = "number"


# Potassium from low to high: what the report says of it; '' is the heart as it is.
LEVELS: tuple[str, ...] = (
    "severe hypokalaemia", "hypokalaemia", "mild hypokalaemia", "",
    "hyperkalaemia stage 1", "hyperkalaemia stage 2", "hyperkalaemia stage 3",
    "hyperkalaemia stage 4",
)  # fmt: skip


# Leads that look at one wall of the left ventricle.
TERRITORIES: Mapping[str, tuple[str, ...]] = {
    "inferior": ("II", "III", "aVF"),
    "septal": ("V1", "V2"),
    "anterior": ("V3", "V4"),
    "lateral": ("I", "aVL", "V5", "V6"),
}


def _number(
    name: str, start: float, end: float, step: float, unit: str, **more: object
) -> Parameter:
    low, high, _ = LIMITS[name]
    return Parameter(name, low, high, start, end, step, unit, **more)  # type: ignore[arg-type]


PARAMETERS: Mapping[str, Parameter] = {
    one.name: one
    for one in (
        Parameter("potassium", 0, 7, 0, 7, 1, "", lead="V3", seconds=2.5, kind="levels"),
        Parameter("heart_rate", 30, 220, 40, 180, 1, "bpm", seconds=2.5),
        _number("pr_ms", 120, 320, 1, "ms"),
        _number("qrs_ms", 80, 180, 1, "ms", lead="V1"),
        _number("qt_ms", 320, 560, 1, "ms"),
        Parameter("st_mm", -4, 10, -2, 4, 0.1, "mm", lead="V3", kind="st"),
        _number("axis_deg", -90, 150, 1, "°"),
        _number("p_mv", 0.0, 0.4, 0.01, "mV"),
        _number("t_mv", -0.4, 0.9, 0.01, "mV"),
        Parameter("adherence", 0, 1, 0, 1, 0.01, "", kind="adherence"),
    )
}


@dataclass(frozen=True)
class Point:
    """One value of a sweep and the request that asks for it."""

    value: float
    request: Request


def values(parameter: Parameter, start: float, end: float, count: int) -> list[float]:
    """Evenly spaced values from `start` to `end`, rounded to the parameter's step, each once.

    Raises:
        RequestError: start and end are the same, or the count is out of range.
    """
    if not FEWEST <= count <= MOST:
        raise RequestError(f"A sweep has {FEWEST} to {MOST} ECGs, not {count}.")
    if start == end:
        raise RequestError("The sweep starts where it ends: choose two different values.")
    steps = np.rint(np.linspace(start, end, count) / parameter.step)
    found = np.clip(steps * parameter.step, parameter.low, parameter.high)
    return list(dict.fromkeys(round(float(value), 3) + 0.0 for value in found))  # no -0.0


def points(
    base: Request, parameter: Parameter, at: Sequence[float], leads: Sequence[str] = ()
) -> list[Point]:
    """The request of each value.

    Args:
        leads: of an ST sweep: where the level is moved.

    Raises:
        RequestError: an ST sweep without leads.
    """
    if parameter.kind == "st" and not leads:
        raise RequestError("Choose at least one lead in which ST is to move.")
    return [Point(value, _asked(base, parameter, value, leads)) for value in at]


def _asked(base: Request, parameter: Parameter, value: float, leads: Sequence[str]) -> Request:
    if parameter.kind == "levels":
        words = LEVELS[round(value)]
        return same_heart(base, words) if words else base
    if parameter.kind == "st":
        level = float(np.clip(value * _MV_PER_MM, -ST_LIMIT_MV, ST_LIMIT_MV))
        return replace(base, st_mv=tuple((lead, round(level, 4)) for lead in leads))
    return replace(base, **{parameter.name: value})


def read_back(made: Generated, parameter: Parameter, leads: Sequence[str] = ()) -> Value | None:
    """What was measured of the thing that the sweep moves, in its unit; None: nothing can be.

    Args:
        leads: of an ST sweep; the first is read.
    """
    if parameter.kind == "st":
        found = made.measured.st_mv[leads[0]]
        value = None if found.value is None else found.value / _MV_PER_MM
        return replace(found, value=value, unit="mm")
    if parameter.kind != "number":
        return None
    return getattr(made.measured, parameter.name)


def between(at: Sequence[float], parameter: Parameter, most: int = 24) -> list[float]:
    """More values along the same way, for an animation; those of `at` are among them."""
    if parameter.kind == "levels" or len(at) < 2:
        return list(at)
    parts = max(1, (most - 1) // (len(at) - 1))
    fine = [a + (b - a) * k / parts for a, b in itertools.pairwise(at) for k in range(parts)]
    return [round(value, 4) for value in (*fine, at[-1])]
