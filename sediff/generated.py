"""A finished ECG with all that led to it, and how a decoded heart becomes one."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.assets import read_manifest
from sediff.comparison import Row, compare
from sediff.criteria import Subject, Verdict, judge_all, mimicked
from sediff.ecg import FS, SYNTHETIC_MARK, Ecg
from sediff.findings import FINDINGS
from sediff.measure import measure
from sediff.measure.values import Measurements
from sediff.simulator.simulation import Simulation
from sediff.simulator.technique import apply as record
from sediff.sources import FindingSource, draws, simulated_source, source_of
from sediff.spec import CaseSpec, Request, Stated, WaveChange

# Of the way from noise to the simulation, for findings that only it can draw: at adherence 0 and
# what the whole of adherence adds. Below 0.6 ventricular tachycardia falls out of step.
_DRAWN_START = (0.6, 0.3)
_SURE = 0.8  # certainty from which a finding must be seen: 'possible' ones may stay hidden


@dataclass(frozen=True)
class Drawn:
    """What the model drew, before the user's own numbers were moved in it.

    Attributes:
        request: as `sediff.origin` leaves it. spec, simulation: of that request.
        heart: (8, T) mV before pacing pulses and the faults of recording.
        implied: findings that were drawn although the report does not state them.
    """

    request: Request
    spec: CaseSpec
    simulation: Simulation
    heart: npt.NDArray[np.float32]
    implied: tuple[Stated, ...] = ()

    @cached_property
    def plain(self) -> "Generated":
        """The heart as it was drawn, recorded, measured and judged; made when first asked for."""
        ecg = recorded(self.spec, self.simulation, self.heart)
        return finish(self.spec, self.simulation, ecg, self)


@dataclass(frozen=True)
class Generated:
    """An ECG with all that led to it and all that was read back from it.

    Attributes:
        drawn: what it was moved from; None for a simulated one.
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
    drawn: Drawn | None = None

    @property
    def shows_what_is_stated(self) -> bool:
        """Whether every finding stated for sure meets its criteria, and no look-alike does."""
        hedged = {one.id for one in self.spec.findings if one.certainty < _SURE}
        return all(v.met or v.id in hedged for v in self.verdicts) and not self.mimicked

    @property
    def implied(self) -> tuple[Stated, ...]:
        """Findings that were drawn although the report does not state them."""
        return () if self.drawn is None else self.drawn.implied

    def compared(self) -> list[Row]:
        """Asked against measured."""
        return compare(self.spec, self.measured)

    def shortcomings(self) -> float:
        """How much is wrong: a check or look-alike 1, an open check 0.25, a missed number 0.5."""
        checks = [o.met for verdict in self.verdicts for o in verdict.outcomes]
        missed = sum(row.status == "missed" for row in self.compared())
        return checks.count(False) + 0.25 * checks.count(None) + 0.5 * missed + len(self.mimicked)


def start_of(spec: CaseSpec) -> float:
    """Where the flow begins: 0, pure noise, unless a stated pattern can only be drawn."""
    least, more = _DRAWN_START
    return least + more * spec.adherence if draws(spec) else 0.0


def recorded(spec: CaseSpec, simulation: Simulation, eight: npt.NDArray) -> Ecg:
    """A decoded heart as an electrocardiograph records it: pacing pulses, then its faults."""
    return Ecg.from_eight(record(eight + simulation.pulses, FS, spec.technique, spec.seed))


def finish(spec: CaseSpec, simulation: Simulation, ecg: Ecg, drawn: Drawn | None) -> Generated:
    """Measure and judge an ECG; `drawn` None: the simulation itself."""
    source = simulated_source if drawn is None else source_of
    implied = () if drawn is None else drawn.implied
    sources = tuple(source(s.id, s.stage, s.certainty) for s in (*spec.findings, *implied))
    provenance: dict[str, Any] = {
        "mark": SYNTHETIC_MARK,
        "how": "simulated" if drawn is None else "generated",
        "seed": spec.seed,
        "weights": {} if drawn is None else _weights(),
        "findings": {s.id: s.sentence for s in sources},
        "spec": spec.to_json(),
    }
    if drawn is not None:
        provenance["start"] = start_of(drawn.spec)
        provenance["moved"] = _moves(drawn.spec, spec)
        provenance["implied"] = {one.id: one.certainty for one in implied}
    whole = Ecg(ecg.signal, ecg.fs, provenance)
    measured = measure(whole)
    subject = Subject(measured, spec.age, spec.sex)
    drawn_too = {one.id for one in implied}
    looks = mimicked(spec.findings, subject)
    return Generated(
        whole,
        spec,
        simulation,
        measured,
        judge_all(spec.findings, subject),
        tuple(verdict for verdict in looks if verdict.id not in drawn_too),
        sources,
        (*spec.notes, *_implied_note(implied)),
        drawn=drawn,
    )


def _implied_note(implied: Sequence[Stated]) -> Iterator[str]:
    """What was drawn beside what the report states, and why."""
    if implied:
        named = (f"{FINDINGS[one.id].name} ({one.certainty:.0%})" for one in implied)
        yield (
            "Drawn although the report does not state it, as real ECGs whose reports have such "
            f"words often show it: {', '.join(named)}. Deny it in the report to leave it out."
        )


def _moves(before: CaseSpec, after: CaseSpec) -> dict[str, list[Any]]:
    """What was moved in a drawn heart: name -> [as drawn, as asked]."""
    names = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv", "st_mv")
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in names}
    pairs["waves"] = [
        [asdict(w) for w in spec.waves if w != WaveChange(w.wave)] for spec in (before, after)
    ]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _weights() -> dict[str, str]:
    files = read_manifest().get("files", {})
    return {name: row["sha256"] for name, row in files.items()}
