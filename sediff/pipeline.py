"""The way a request travels: plan -> simulation -> generation -> measurement."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sediff.assets import read_manifest
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.findings import FINDINGS
from sediff.measure import measure
from sediff.measure.values import Measurements, Value
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec, Request

__all__ = ["Generated", "generate", "generate_many", "plan", "simulate_only", "warm_up"]

OnStep = Callable[[int, int], None]
MAX_STEPS = 200
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
        seconds: wall time of making it.
        notes: sentences for the user.
    """

    ecg: Ecg
    spec: CaseSpec
    simulation: Simulation
    measured: Measurements
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


def source_of(finding_id: str, certainty: float = 1.0) -> FindingSource:
    """Say whether a finding was learned or is drawn."""
    finding = FINDINGS[finding_id]
    counts = read_manifest().get("counts", {})
    n = max((counts.get(code, 0) for code in finding.scp), default=0)
    if not finding.drawable:
        source, sentence = "none", "recognised, not drawn yet"
    elif n >= _LEARNED_FROM:
        source, sentence = "learned", f"learned from {n:,} real ECGs"
    elif n:
        source, sentence = "drawn", f"drawn by the simulator: only {n} real ECGs were there"
    else:
        source, sentence = "drawn", "drawn by the simulator: no real ECG was there"
    return FindingSource(finding_id, finding.name, certainty, source, n, sentence)


def generate(
    request: Request, *, steps: int | None = None, on_step: OnStep | None = None
) -> Generated:
    """Make one ECG.

    Args:
        steps: sampling steps, None for the default.
        on_step: called with (done, all) before every step; what it raises stops the work.

    Raises:
        RequestError, WeightsError: with one sentence that says what to do.
    """
    return generate_many([request], steps=steps, on_step=on_step)[0]


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
    generator = shared_generator()
    signals = generator.draw(specs, simulations, steps or DEFAULT_STEPS, on_step=on_step)
    results = [
        _finish(spec, simulation, Ecg.from_eight(eight), "generated", begun, len(specs))
        for spec, simulation, eight in zip(specs, simulations, signals, strict=True)
    ]
    return results


def simulate_only(request: Request) -> Generated:
    """The same from the simulator alone: no model, no weights."""
    begun = time.perf_counter()
    spec = plan(request)
    simulation = simulate(spec)
    return _finish(spec, simulation, simulation.to_ecg(), "simulated", begun, 1)


def _finish(
    spec: CaseSpec, simulation: Simulation, ecg: Ecg, how: str, begun: float, share: int
) -> Generated:
    if how == "simulated":
        sources = tuple(_simulated(s.id, s.certainty) for s in spec.findings)
    else:
        sources = tuple(source_of(s.id, s.certainty) for s in spec.findings)
    provenance: dict[str, Any] = {
        "mark": SYNTHETIC_MARK,
        "how": how,
        "seed": spec.seed,
        "weights": _weights() if how == "generated" else {},
        "findings": {s.id: s.sentence for s in sources},
        "spec": spec.to_json(),
    }
    whole = Ecg(ecg.signal, ecg.fs, provenance)
    seconds = (time.perf_counter() - begun) / share
    return Generated(
        whole, spec, simulation, measure(whole), sources, spec.notes, round(seconds, 3)
    )


def _simulated(finding_id: str, certainty: float) -> FindingSource:
    finding = FINDINGS[finding_id]
    if finding.shape or finding.rhythm or finding.ectopy or finding.typical:
        return FindingSource(
            finding_id, finding.name, certainty, "drawn", 0, "drawn by the simulator"
        )
    return FindingSource(
        finding_id, finding.name, certainty, "none", 0, "the simulator alone cannot draw this"
    )


def _weights() -> dict[str, str]:
    files = read_manifest().get("files", {})
    return {name: row["sha256"] for name, row in files.items()}


def asked_against_measured(generated: Generated) -> list[Row]:
    """Compare the spec with the measurements, line by line; nothing missed is hidden."""
    spec, measured = generated.spec, generated.measured
    rows = [
        _row(
            label,
            getattr(spec, name),
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
