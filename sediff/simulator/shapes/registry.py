"""The registry of shapes: how each finding changes the beat, one small pure function a shape.

Shapes combine; they are always applied in the order in which the modules of this package
register them (see `__init__`), so the order in which findings are stated does not matter.
"""

from collections.abc import Callable, Iterable

from sediff.errors import RequestError
from sediff.simulator.waves import Heart, normal_heart
from sediff.spec import CaseSpec, Sex

Shape = Callable[[Heart], Heart]
GradedShape = Callable[[Heart, float], Heart]
Graded = tuple[str, float]  # key of a shape, and how strongly it is drawn (1 is usual)
SHAPES: dict[str, GradedShape] = {}


def shape(key: str) -> Callable[[Shape], Shape]:
    """Register a shape that is there or not."""

    def register(function: Shape) -> Shape:
        SHAPES[key] = lambda heart, _amount: function(heart)
        return function

    return register


def graded(key: str) -> Callable[[GradedShape], GradedShape]:
    """Register a shape that is drawn weaker or stronger: `function(heart, amount)`."""

    def register(function: GradedShape) -> GradedShape:
        SHAPES[key] = function
        return function

    return register


def shapes_of(spec: CaseSpec) -> tuple[Graded, ...]:
    """The shapes of a spec's findings, each once, in the order of `SHAPES`.

    Raises:
        RequestError: a finding or stage is not in the vocabulary.
    """
    if not spec.findings:
        return ()
    from sediff.findings import FINDINGS  # not at import: findings, criteria, measure, simulator

    wanted: list[Graded] = []
    for stated in spec.findings:
        try:
            finding = FINDINGS[stated.id].at(stated.stage)
        except KeyError as error:
            raise RequestError(
                f"The finding {error.args[0]!r} is not in the vocabulary."
            ) from error
        if finding.shape:
            wanted.append((finding.shape, stated.amount))
    return ordered(wanted)


def ordered(wanted: Iterable[str | Graded]) -> tuple[Graded, ...]:
    """Shapes without repeats, the strongest of each, in the order in which they are applied.

    Args:
        wanted: keys, alone for the usual strength.

    Raises:
        RequestError: there is no such shape.
    """
    strongest: dict[str, float] = {}
    for one in wanted:
        key, amount = (one, 1.0) if isinstance(one, str) else one
        strongest[key] = max(amount, strongest.get(key, 0.0))
    unknown = strongest.keys() - SHAPES.keys()
    if unknown:
        raise RequestError(f"The simulator cannot draw {', '.join(sorted(unknown))}.")
    return tuple((key, strongest[key]) for key in SHAPES if key in strongest)


def heart_for(age: float, sex: Sex, shapes: Iterable[str | Graded]) -> Heart:
    """The heart of a person with these shapes, not yet fitted to intervals and axis."""
    heart = normal_heart(age, sex)
    for key, amount in ordered(shapes):
        heart = SHAPES[key](heart, amount)
    return heart
