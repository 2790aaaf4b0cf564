"""The registries of the rhythm engine, and how base rhythm, AV node and extra beats combine."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sediff.errors import RequestError
from sediff.simulator.strip import Context, Course

Base = Callable[[Context], Course]
Change = Callable[[Context, Course], Course]
Overlay = Callable[[Context, Course, float], Course]
_T = TypeVar("_T")

RHYTHMS: dict[str, Base] = {}  # which rhythm is the base
CONDUCTIONS: dict[str, Change] = {}  # how atrial beats reach the ventricles
ECTOPY: dict[str, Overlay] = {}  # which extra beats come; the number is their share of all beats
PACINGS: dict[str, Change] = {}  # what a pacemaker adds


def rhythm(key: str) -> Callable[[Base], Base]:
    """Register a base rhythm."""

    def register(function: Base) -> Base:
        RHYTHMS[key] = function
        return function

    return register


def conduction(key: str) -> Callable[[Change], Change]:
    """Register a way in which atrial beats reach the ventricles."""

    def register(function: Change) -> Change:
        CONDUCTIONS[key] = function
        return function

    return register


def ectopy(key: str) -> Callable[[Overlay], Overlay]:
    """Register a kind of extra beats."""

    def register(function: Overlay) -> Overlay:
        ECTOPY[key] = function
        return function

    return register


def pacing(key: str) -> Callable[[Change], Change]:
    """Register what a pacemaker does."""

    def register(function: Change) -> Change:
        PACINGS[key] = function
        return function

    return register


def course_of(context: Context) -> Course:
    """Combine what the spec names: base rhythm, then conduction, extra beats, pacemaker.

    Raises:
        RequestError: there is no such rhythm.
    """
    spec = context.spec
    course = _known(RHYTHMS, spec.rhythm)(context)
    if spec.conduction != "normal":
        course = _known(CONDUCTIONS, spec.conduction)(context, course)
    for key, share in spec.ectopy:
        course = _known(ECTOPY, key)(context, course, share)
    if spec.pacing:
        course = _known(PACINGS, spec.pacing)(context, course)
    return course


def _known(table: Mapping[str, _T], key: str) -> _T:
    if key not in table:
        raise RequestError(f"The simulator has no rhythm {key!r}.")
    return table[key]
