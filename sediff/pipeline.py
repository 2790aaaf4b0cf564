"""The way a request travels: plan -> simulation -> generation -> measurement."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy.typing as npt

from sediff.assets import read_manifest
from sediff.criteria import Subject, Verdict, judge_all
from sediff.ecg import FS, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.findings import FINDINGS
from sediff.measure import measure
from sediff.measure.values import Measurements, Value
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.simulator.technique import apply as record
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
_LEARNED_FROM = 50  # real ECGs: with fewer the model cannot know a finding's look


@dataclass(frozen=True)
class FindingSource:
    """Where one finding of an ECG comes from.

    Attributes:
        source: 'learned' from real ECGs, 'drawn' by the simulator, or 'none': not drawn yet.
        n: real training ECGs with this statement.
        sentence: the same for people.
    """

    id: str
    name: str
    certainty: float
    source: Literal["learned", "drawn", "none"]
    n: int
    sentence: str


@dataclass(frozen=True)
class Generated:
    """An ECG with all that led to it and all that was read back from it.

    Attributes:
        verdicts: whether the trace shows the pattern of each stated finding.
        seconds: wall time of making it.
        notes: sentences for the user.
    """

    ecg: Ecg
    spec: CaseSpec
    simulation: Simulation
    measured: Measurements
    verdicts: tuple[Verdict, ...]
    findings: tuple[FindingSource, ...]
    notes: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Row:
    """One line of asked against measured.

    Attributes:
        status: 'met', 'missed', 'unsure' (the measurement abstains) or 'not asked'.
        text: why, in words; '' where the numbers speak.
    """

    name: str
    asked: float | None
    measured: float | None
    unit: str
    status: Literal["met", "missed", "unsure", "not asked"]
    text: str = ""


# name, attribute, tolerance: what a reader would call the same.
_COMPARED = (
    ("Heart rate", "heart_rate", 2.0),
    ("PR", "pr_ms", 20.0),
    ("QRS", "qrs_ms", 15.0),
    ("QT", "qt_ms", 30.0),
    ("Axis", "axis_deg", 20.0),
    ("P in II", "p_mv", 0.05),
    ("T in II", "t_mv", 0.1),
)
_ST_TOLERANCE = 0.1  # mV: one small square


def warm_up() -> None:
    """Load the weights, so that the first request does not wait; raises `WeightsError`."""
    from sediff.diffusion.generator import shared_generator

    shared_generator()


def source_of(finding_id: str, stage: str = "", certainty: float = 1.0) -> FindingSource:
    """Say whether a finding was learned or is drawn; each stage has its own real ECGs."""
    finding = FINDINGS[finding_id].at(stage)
    n = real_count(finding_id, stage)
    if not finding.drawable:
        source, sentence = "none", "recognised, not drawn"
    elif finding.technique:
        source, sentence = "drawn", "a fault of recording, computed on the finished ECG"
    elif finding.scp and n >= _LEARNED_FROM:
        source, sentence = "learned", f"learned from {n:,} real ECGs"
    elif n:
        source, sentence = "drawn", f"drawn by the simulator: only {n} real ECGs were there"
    else:
        source, sentence = "drawn", "drawn by the simulator: no real ECG was there"
    return FindingSource(finding_id, finding.name, certainty, source, n, sentence)


def real_count(finding_id: str, stage: str = "") -> int:
    """Real training ECGs that state a finding at a stage ('': the usual one)."""
    counts = read_manifest().get("finding_counts", {})
    stages = FINDINGS[finding_id].stages
    if stages:
        return counts.get(f"{finding_id}@{stage or stages[0].id}", 0)
    return counts.get(finding_id, 0)


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
    return sorted(made, key=shortcomings)  # stable: the first among equals stays first


def shortcomings(generated: Generated) -> float:
    """How much is wrong: a check not met 1, one that cannot be told 0.25, a missed number 0.5."""
    checks = [o.met for verdict in generated.verdicts for o in verdict.outcomes]
    rows = [row.status for row in asked_against_measured(generated)]
    return checks.count(False) + 0.25 * checks.count(None) + 0.5 * rows.count("missed")


def generate_many(
    requests: Sequence[Request], *, steps: int | None = None, on_step: OnStep | None = None
) -> list[Generated]:
    """Make a batch of ECGs; each is the same, to 1 uV, as when made alone."""
    from sediff.diffusion.generator import DEFAULT_STEPS, shared_generator

    if steps is not None and not 1 <= steps <= MAX_STEPS:
        raise RequestError(f"The steps must be between 1 and {MAX_STEPS}, not {steps}.")
    begun = time.perf_counter()
    specs = [plan(request) for request in requests]
    simulations = [simulate(spec) for spec in specs]
    signals = shared_generator().draw(
        specs,
        simulations,
        steps or DEFAULT_STEPS,
        on_step=on_step,
        start=[start_of(spec) for spec in specs],
    )
    return [
        _finish(
            spec, simulation, _recorded(spec, simulation, eight), "generated", begun, len(specs)
        )
        for spec, simulation, eight in zip(specs, simulations, signals, strict=True)
    ]


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
    return _finish(spec, simulation, simulation.to_ecg(), "simulated", begun, 1)


def _finish(
    spec: CaseSpec, simulation: Simulation, ecg: Ecg, how: str, begun: float, share: int
) -> Generated:
    source = source_of if how == "generated" else _simulated
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
    verdicts = judge_all(spec.findings, Subject(measured, spec.age, spec.sex))
    return Generated(
        ecg=whole,
        spec=spec,
        simulation=simulation,
        measured=measured,
        verdicts=verdicts,
        findings=sources,
        notes=spec.notes,
        seconds=round((time.perf_counter() - begun) / share, 3),
    )


def _simulated(finding_id: str, stage: str = "", certainty: float = 1.0) -> FindingSource:
    finding = FINDINGS[finding_id].at(stage)
    ways = (
        finding.shape, finding.rhythm, finding.conduction, finding.ectopy, finding.pacing,
        finding.technique, finding.typical, finding.implies,
    )  # fmt: skip
    if finding.drawable and any(ways):
        source, sentence = "drawn", "drawn by the simulator"
    else:
        source, sentence = "none", "the simulator alone cannot draw this"
    return FindingSource(finding_id, finding.name, certainty, source, 0, sentence)


def _weights() -> dict[str, str]:
    files = read_manifest().get("files", {})
    return {name: row["sha256"] for name, row in files.items()}


def asked_against_measured(generated: Generated) -> list[Row]:
    """Compare the spec with the measurements, line by line; nothing missed is hidden."""
    spec, measured = generated.spec, generated.measured
    rows = [
        _row(
            label,
            None if name in spec.lacks else getattr(spec, name),
            getattr(measured, name),
            tolerance,
            "planned" if spec.origin(name) in ("population", "finding") else "asked",
        )
        for label, name, tolerance in _COMPARED
    ]
    rows += [
        _row(f"ST in {lead}", level, measured.st_mv[lead], _ST_TOLERANCE, "asked")
        for lead, level in spec.st_mv
    ]
    return rows


def _row(label: str, asked: float | None, found: Value, tolerance: float, word: str) -> Row:
    if asked is None:
        return Row(label, None, found.value, found.unit, "not asked", found.reason)
    if found.value is None:
        return Row(label, asked, None, found.unit, "unsure", found.reason)
    off = abs(found.value - asked)
    if found.unit == "deg":
        off = min(off, 360 - off)
    status = "met" if off <= tolerance else "missed"
    unit = "degrees" if found.unit == "deg" else found.unit
    distance = f"{off:.2f}" if unit == "mV" else f"{off:.0f}"
    text = "" if status == "met" else f"{distance} {unit} from what was {word}"
    return Row(label, asked, found.value, found.unit, status, text)
