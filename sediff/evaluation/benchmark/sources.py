"""Who draws: the model as it is, as the app shows it, and what it must be better than."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sediff.assets import sha256
from sediff.ecg import Ecg, to_int16
from sediff.evaluation.benchmark.sets import Make, Uv
from sediff.evaluation.variants import draw_variant, variant_file
from sediff.pipeline import generate_many, plan, simulate_only
from sediff.simulator import simulate
from sediff.spec import Request

OURS, AGAIN, SIMULATOR = "ours", "ours, drawn again", "simulator"
NAMED = "ours, asked by name"
NEAREST, FREE, RIVAL = "nearest", "no-simulation", "diffusets-style"
REAL, FLOOR = "real", "floor"
NO_RIVAL = "not trained yet: python -m sediff.training ablation"
# The rival and ours, trained from nothing for the same small budget.
SMALL = {RIVAL: "diffusets", "ours, same small budget": "ours"}


@dataclass(frozen=True)
class Source:
    """Something that draws ECGs for requests.

    Attributes:
        seeds: whether every sampling seed is drawn, or the first one only.
        intervals: whether it is also asked with PR, QRS, QT and axis.
        named: whether it is asked for the statements by their names, instead of by the report.
        mark: of weights that are not shipped: others, another place in the cache.
    """

    name: str
    make: Make
    seeds: bool = True
    intervals: bool = False
    named: bool = False
    mark: str = ""


def sources(work: Path) -> list[Source]:
    """What draws on this machine; the rival only where its weights lie in `work`."""
    found = [
        Source(OURS, one_draw, intervals=True),
        Source(SIMULATOR, simulator, intervals=True),
        Source(FREE, no_simulation, seeds=False),
        Source(AGAIN, drawn_again, seeds=False),
        Source(NAMED, one_draw, seeds=False, named=True),
    ]
    for name, variant in SMALL.items():
        file = variant_file(work, variant)
        if file.is_file():
            draw: Make = partial(small, work=work, variant=variant)
            found.append(Source(name, draw, seeds=False, mark=sha256(file)[:8]))
    return found


def one_draw(requests: Sequence[Request]) -> list[Uv]:
    """The model, one draw a request: nothing is looked at before it counts."""
    return [_eight(made.ecg) for made in generate_many(requests, redraw=False)]


def drawn_again(requests: Sequence[Request]) -> list[Uv]:
    """What the app shows: drawn again, up to twice, where the criteria are not met."""
    return [_eight(made.ecg) for made in generate_many(requests)]


def simulator(requests: Sequence[Request]) -> list[Uv]:
    """The simulator alone: no weights."""
    return [_eight(simulate_only(request).ecg) for request in requests]


def no_simulation(requests: Sequence[Request]) -> list[Uv]:
    """The model from pure noise, told the words and numbers but shown no simulation."""
    from sediff.diffusion.generator import shared_generator

    specs = [plan(request) for request in requests]
    drawn = shared_generator().draw(
        specs, [simulate(spec) for spec in specs], told=lambda c: c.without(("draft", "marks"))
    )
    return list(_whole(drawn))


def missing(work: Path) -> Mapping[str, str]:
    """Sources that cannot draw here -> why."""
    return {name: NO_RIVAL for name, v in SMALL.items() if not variant_file(work, v).is_file()}


def small(requests: Sequence[Request], work: Path, variant: str) -> list[Uv]:
    """A model of the ablation's small budget."""
    return list(_whole(draw_variant(requests, work, variant)))


def _eight(ecg: Ecg) -> Uv:
    return _whole(ecg.eight)


def _whole(eight: npt.NDArray) -> Uv:
    return to_int16(np.rint(np.asarray(eight, np.float64) * 1000))
