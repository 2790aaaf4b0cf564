"""The way a request travels: plan -> simulation -> generation -> measurement -> criteria."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from sediff.aim import Shot, aimed, missed
from sediff.errors import RequestError
from sediff.generated import Drawn, Generated, finish, recorded, start_of
from sediff.origin import origin_of
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.editing import carried_over
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec, Request

__all__ = [
    "Drawn",
    "Generated",
    "edit",
    "generate",
    "generate_candidates",
    "generate_many",
    "plan",
    "simulate_only",
    "start_of",
    "warm_up",
]

OnStep = Callable[[int, int], None]
MAX_STEPS = 200
_TRIES = 2  # to bring what the user set to where it is asked
MAX_CANDIDATES = 8
# What is drawn again because a stated finding does not meet its criteria: the same simulation,
# followed more closely each time; first with the same noise, then with another.
_CLOSER = (0.8, 1.0)
_NEXT_NOISE = 1_640_531_527  # far from the seeds that people use
_AGAIN = "The first draw"  # how the note of one that was drawn again begins


def warm_up() -> None:
    """Load the weights, so that the first request does not wait; raises `WeightsError`."""
    from sediff.diffusion.generator import shared_generator

    shared_generator()


def generate(
    request: Request,
    *,
    steps: int | None = None,
    candidates: int = 1,
    on_step: OnStep | None = None,
) -> Generated:
    """Make one ECG.

    Args:
        steps: sampling steps, None for the default.
        candidates: how many to make, with the seeds that follow; the one that meets most of
            its criteria and asked numbers is returned, the first among equals.
        on_step: called with (done, all) before every step; what it raises stops the work.

    Raises:
        RequestError, WeightsError: with one sentence that says what to do.
    """
    return generate_candidates(request, candidates, steps=steps, on_step=on_step)[0]


def generate_candidates(
    request: Request, count: int, *, steps: int | None = None, on_step: OnStep | None = None
) -> list[Generated]:
    """Make ECGs of one request with the seeds that follow, best first.

    Raises:
        RequestError: `count` is not between 1 and `MAX_CANDIDATES`.
    """
    if not 1 <= count <= MAX_CANDIDATES:
        raise RequestError(f"The candidates must be between 1 and {MAX_CANDIDATES}, not {count}.")
    last = 2**31 - 1
    requests = [replace(request, seed=min(request.seed + i, last)) for i in range(count)]
    made = generate_many(requests, steps=steps, on_step=on_step)
    return sorted(made, key=Generated.shortcomings)  # stable: the first among equals stays first


def generate_many(
    requests: Sequence[Request],
    *,
    steps: int | None = None,
    on_step: OnStep | None = None,
    redraw: bool = True,
    known: Sequence[Generated] = (),
) -> list[Generated]:
    """Make a batch of ECGs; each is the same, to 1 uV, as when made alone.

    The model draws each origin once (`sediff.origin`); the user's own numbers are moved in it. An
    origin that does not show a stated finding by its criteria is drawn again, up to twice, closer
    to the simulation each time; the best is kept and says so. Where the simulation does not show
    the finding either, or where the user has set the adherence, nothing is drawn again; nor where
    `redraw` is False, to see what one draw is worth.

    Args:
        known: ECGs made before, whose hearts need not be drawn again.
    """
    if steps is not None and not 1 <= steps <= MAX_STEPS:
        raise RequestError(f"The steps must be between 1 and {MAX_STEPS}, not {steps}.")
    begun = time.perf_counter()
    hearts = {one.drawn.request: one.drawn for one in known if one.drawn is not None}
    origins = [origin_of(request) for request in requests]
    new = list(dict.fromkeys(origin for origin in origins if origin not in hearts))
    hearts |= zip(new, _hearts(new, steps, on_step, redraw), strict=True)
    made = [_moved(hearts[o], request) for o, request in zip(origins, requests, strict=True)]
    seconds = round((time.perf_counter() - begun) / max(len(made), 1), 3)
    return [replace(one, seconds=seconds) for one in made]


def edit(before: Generated, request: Request) -> Generated | None:
    """The same heart with numbers moved, without the model; None where it must be drawn anew."""
    if before.drawn is None or origin_of(request) != before.drawn.request:
        return None
    begun = time.perf_counter()
    made = _moved(before.drawn, request)
    return replace(made, seconds=round(time.perf_counter() - begun, 3))


def _moved(drawn: Drawn, request: Request) -> Generated:
    """The drawn heart with what the request sets beyond its origin."""
    spec = plan(request)
    again = tuple(note for note in drawn.spec.notes if note.startswith(_AGAIN))
    spec = replace(spec, adherence=drawn.spec.adherence, notes=(*spec.notes, *again))
    made = drawn.plain if spec == drawn.spec else _carried(drawn, spec, request)
    assert made is not None  # `origin_of` has matched the beats
    return _nearest(drawn, spec, request, made)


def _nearest(drawn: Drawn, spec: CaseSpec, request: Request, made: Generated) -> Generated:
    """The try that measures nearest to what the user set, the first among equals."""
    tries = [made]
    if not missed(request, made.measured):
        return made
    first, last = Shot(drawn.spec, drawn.plain.measured), Shot(request, made.measured)
    for _ in range(_TRIES):
        aim = aimed(request, first, last)
        nearer = _carried(drawn, spec, aim) if aim is not None else None
        if aim is None or nearer is None:
            break
        tries.append(nearer)
        last = Shot(aim, nearer.measured)
    return min(tries, key=lambda one: missed(request, one.measured))


def _carried(drawn: Drawn, spec: CaseSpec, request: Request) -> Generated | None:
    """The drawn heart as the simulation of `request` has it, told as `spec`; None: no match."""
    simulation, heart = drawn.simulation, drawn.heart
    if request != drawn.request:
        simulation = simulate(plan(request))
        heart = carried_over(drawn.heart, drawn.simulation, simulation)
    if heart is None:
        return None
    return finish(spec, simulation, recorded(spec, simulation, heart), drawn)


def _hearts(
    requests: Sequence[Request], steps: int | None, on_step: OnStep | None, redraw: bool
) -> list[Drawn]:
    """The heart of each origin, the best of up to three draws."""
    if not requests:
        return []
    specs = [plan(request) for request in requests]
    simulations = [simulate(spec) for spec in specs]
    made = _draw(requests, specs, simulations, steps, on_step, 0)
    hopeful = [i for i, one in enumerate(made) if redraw and _can_improve(one.plain)]
    for tries, adherence in enumerate(_CLOSER):
        rows = [i for i in hopeful if _draws_again(made[i].plain, adherence)]
        closer = [_closer(made[i].spec, adherence) for i in rows]
        asked, before = [requests[i] for i in rows], [simulations[i] for i in rows]
        again = _draw(asked, closer, before, steps, on_step, tries) if rows else []
        for i, one in zip(rows, again, strict=True):
            made[i] = min(made[i], one, key=lambda drawn: drawn.plain.shortcomings())
    return made


def _draw(
    requests: Sequence[Request],
    specs: Sequence[CaseSpec],
    simulations: Sequence[Simulation],
    steps: int | None,
    on_step: OnStep | None,
    noise: int,
) -> list[Drawn]:
    """One draw of each; `noise` counts the noises of one seed."""
    from sediff.diffusion.generator import DEFAULT_STEPS, shared_generator

    generator = shared_generator()
    implied = [generator.fuller(spec).findings[len(spec.findings) :] for spec in specs]
    hearts = generator.draw(
        specs,
        simulations,
        steps or DEFAULT_STEPS,
        on_step=on_step,
        start=[start_of(spec) for spec in specs],
        seeds=[(spec.seed + noise * _NEXT_NOISE) % 2**31 for spec in specs],
    )
    return list(map(Drawn, requests, specs, simulations, hearts, implied))


def _draws_again(made: Generated, adherence: float) -> bool:
    spec = made.spec
    asked = spec.origin("adherence") == "field"
    return not (made.shows_what_is_stated or asked or spec.conflicts or spec.adherence >= adherence)


def _can_improve(made: Generated) -> bool:
    """Whether following the simulation more closely may help: it shows what is stated itself."""
    if not _draws_again(made, _CLOSER[-1]):
        return False
    drawn = finish(made.spec, made.simulation, made.simulation.to_ecg(), None)
    return drawn.shows_what_is_stated


def _closer(spec: CaseSpec, adherence: float) -> CaseSpec:
    note = (
        f"{_AGAIN} missed a criterion or met those of a look-alike: this one follows the "
        f"simulation more closely (adherence {adherence:g})."
    )
    notes = tuple(n for n in spec.notes if not n.startswith(_AGAIN))
    return replace(spec, adherence=adherence, notes=(*notes, note))


def simulate_only(request: Request) -> Generated:
    """The same from the simulator alone: no model, no weights."""
    begun = time.perf_counter()
    spec = plan(request)
    simulation = simulate(spec)
    made = finish(spec, simulation, simulation.to_ecg(), None)
    return replace(made, seconds=round(time.perf_counter() - begun, 3))
