"""The way a request travels: plan -> simulation -> generation -> measurement -> criteria."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy.typing as npt

from sediff.assets import read_manifest
from sediff.comparison import Row, compare
from sediff.criteria import Subject, Verdict, judge_all, mimicked
from sediff.ecg import FS, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.measure import measure
from sediff.measure.values import Measurements
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.simulator.technique import apply as record
from sediff.sources import FindingSource, simulated_source, source_of
from sediff.spec import CaseSpec, Request

__all__ = [
    "Generated",
    "generate",
    "generate_candidates",
    "generate_many",
    "plan",
    "simulate_only",
    "warm_up",
]

OnStep = Callable[[int, int], None]
MAX_STEPS = 200
MAX_CANDIDATES = 8
# Of the way from noise to the simulation, for findings that only it can draw: at adherence 0 and
# what the whole of adherence adds. Below 0.6 ventricular tachycardia falls out of step.
_DRAWN_START = (0.4, 0.5)
# What is drawn again because a stated finding does not meet its criteria: the same simulation,
# followed more closely each time; first with the same noise, then with another.
_CLOSER = (0.9, 1.0)
_NEXT_NOISE = 1_640_531_527  # far from the seeds that people use
_SURE = 0.8  # certainty from which a finding must be seen: 'possible' ones may stay hidden


@dataclass(frozen=True)
class Generated:
    """An ECG with all that led to it and all that was read back from it.

    Attributes:
        verdicts: whether the trace shows the pattern of each stated finding.
        mimicked: look-alikes whose criteria it meets too.
        seconds: wall time of making it.
        notes: sentences for the user.
    """

    ecg: Ecg
    spec: CaseSpec
    simulation: Simulation
    measured: Measurements
    verdicts: tuple[Verdict, ...]
    mimicked: tuple[Verdict, ...]
    findings: tuple[FindingSource, ...]
    notes: tuple[str, ...]
    seconds: float = 0.0

    @property
    def shows_what_is_stated(self) -> bool:
        """Whether every finding stated for sure meets its criteria, and no look-alike does."""
        hedged = {one.id for one in self.spec.findings if one.certainty < _SURE}
        return all(v.met or v.id in hedged for v in self.verdicts) and not self.mimicked

    def compared(self) -> list[Row]:
        """Asked against measured."""
        return compare(self.spec, self.measured)

    def shortcomings(self) -> float:
        """How much is wrong: a check or look-alike 1, an open check 0.25, a missed number 0.5."""
        checks = [o.met for verdict in self.verdicts for o in verdict.outcomes]
        missed = sum(row.status == "missed" for row in self.compared())
        return checks.count(False) + 0.25 * checks.count(None) + 0.5 * missed + len(self.mimicked)


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
) -> list[Generated]:
    """Make a batch of ECGs; each is the same, to 1 uV, as when made alone.

    One that does not show a stated finding by its criteria is drawn again, up to twice, closer
    to the simulation each time; the best is kept and says so. Where the simulation does not show
    the finding either, as after an edit that takes it away, or where the user has set the
    adherence, it is kept and nothing is drawn again; nor where `redraw` is False, to see what one
    draw is worth.
    """
    if steps is not None and not 1 <= steps <= MAX_STEPS:
        raise RequestError(f"The steps must be between 1 and {MAX_STEPS}, not {steps}.")
    begun = time.perf_counter()
    specs = [plan(request) for request in requests]
    simulations = [simulate(spec) for spec in specs]
    made = _draw(specs, simulations, steps, on_step, 0)
    hopeful = [i for i, one in enumerate(made) if redraw and _can_improve(one)]
    for tries, adherence in enumerate(_CLOSER):
        rows = [i for i in hopeful if _draws_again(made[i], adherence)]
        closer = [_closer(made[i].spec, adherence) for i in rows]
        before = [simulations[i] for i in rows]
        again = _draw(closer, before, steps, on_step, tries) if rows else []
        for i, one in zip(rows, again, strict=True):
            made[i] = min(made[i], one, key=Generated.shortcomings)
    seconds = round((time.perf_counter() - begun) / max(len(made), 1), 3)
    return [replace(one, seconds=seconds) for one in made]


def _draw(
    specs: Sequence[CaseSpec],
    simulations: Sequence[Simulation],
    steps: int | None,
    on_step: OnStep | None,
    noise: int,
) -> list[Generated]:
    """One draw of each; `noise` counts the noises of one seed."""
    from sediff.diffusion.generator import DEFAULT_STEPS, shared_generator

    starts = [start_of(spec) for spec in specs]
    signals = shared_generator().draw(
        specs,
        simulations,
        steps or DEFAULT_STEPS,
        on_step=on_step,
        start=starts,
        seeds=[(spec.seed + noise * _NEXT_NOISE) % 2**31 for spec in specs],
    )
    return [
        _finish(spec, simulation, _recorded(spec, simulation, eight), "generated")
        for spec, simulation, eight in zip(specs, simulations, signals, strict=True)
    ]


def _draws_again(made: Generated, adherence: float) -> bool:
    spec = made.spec
    asked = spec.origin("adherence") == "field"
    return not (made.shows_what_is_stated or asked or spec.conflicts or spec.adherence >= adherence)


def _can_improve(made: Generated) -> bool:
    """Whether following the simulation more closely may help: it shows what is stated itself."""
    if not _draws_again(made, _CLOSER[-1]):
        return False
    drawn = _finish(made.spec, made.simulation, made.simulation.to_ecg(), "simulated")
    return drawn.shows_what_is_stated


def _closer(spec: CaseSpec, adherence: float) -> CaseSpec:
    note = (
        "The first draw missed a criterion or met those of a look-alike: this one follows the "
        f"simulation more closely (adherence {adherence:g})."
    )
    notes = tuple(n for n in spec.notes if not n.startswith("The first draw"))
    return replace(spec, adherence=adherence, notes=(*notes, note))


def start_of(spec: CaseSpec) -> float:
    """Where the flow begins: 0, pure noise, unless a stated finding can only be drawn."""
    drawn = any(source_of(s.id, s.stage).source == "drawn" for s in spec.findings)
    least, more = _DRAWN_START
    return least + more * spec.adherence if drawn else 0.0


def _recorded(spec: CaseSpec, simulation: Simulation, eight: npt.NDArray) -> Ecg:
    """A decoded heart as an electrocardiograph records it: pacing pulses, then its faults."""
    return Ecg.from_eight(record(eight + simulation.pulses, FS, spec.technique, spec.seed))


def simulate_only(request: Request) -> Generated:
    """The same from the simulator alone: no model, no weights."""
    begun = time.perf_counter()
    spec = plan(request)
    simulation = simulate(spec)
    made = _finish(spec, simulation, simulation.to_ecg(), "simulated")
    return replace(made, seconds=round(time.perf_counter() - begun, 3))


def _finish(
    spec: CaseSpec, simulation: Simulation, ecg: Ecg, how: Literal["generated", "simulated"]
) -> Generated:
    source = source_of if how == "generated" else simulated_source
    sources = tuple(source(s.id, s.stage, s.certainty) for s in spec.findings)
    provenance: dict[str, Any] = {
        "mark": SYNTHETIC_MARK,
        "how": how,
        "seed": spec.seed,
        "weights": _weights() if how == "generated" else {},
        "findings": {s.id: s.sentence for s in sources},
        "spec": spec.to_json(),
    }
    if how == "generated":
        provenance["start"] = start_of(spec)
    whole = Ecg(ecg.signal, ecg.fs, provenance)
    measured = measure(whole)
    subject = Subject(measured, spec.age, spec.sex)
    return Generated(
        whole,
        spec,
        simulation,
        measured,
        judge_all(spec.findings, subject),
        mimicked(spec.findings, subject),
        sources,
        spec.notes,
    )


def _weights() -> dict[str, str]:
    files = read_manifest().get("files", {})
    return {name: row["sha256"] for name, row in files.items()}
