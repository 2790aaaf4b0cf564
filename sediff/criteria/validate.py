"""Does every finding, at every stage, meet its own criteria and avoid those of its mimics?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sediff.criteria.check import Subject
from sediff.criteria.judge import judge, mimicked
from sediff.findings import FINDINGS, Finding
from sediff.measure.values import Measurements
from sediff.spec import CaseSpec, Request, Stated

How = Literal["simulated", "generated"]
BATCH = 16
ASKED_RATE = 0.95  # of the generated cases
Made = tuple[CaseSpec, Measurements]
Make = Callable[[Sequence[Request]], Sequence[Made]]


@dataclass(frozen=True)
class Case:
    """One finding at one stage ('' where it has only one) with one seed."""

    id: str
    stage: str
    seed: int

    @property
    def request(self) -> Request:
        """The request that a user would type: the name of the finding."""
        return Request(report=FINDINGS[self.id].at(self.stage).name, seed=self.seed)


@dataclass(frozen=True)
class Failure:
    """What one case lacks: a check of its own that is not met, or a mimic whose checks all are."""

    case: Case
    how: How
    check: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "stage": self.case.stage,
            "seed": self.case.seed,
            "how": self.how,
            "check": self.check,
            "reason": self.reason,
        }


@dataclass
class Tally:
    """The result of one finding: cases made and passed per way of making, and what failed."""

    finding: Finding
    made: dict[How, int] = field(default_factory=dict)
    passed: dict[How, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def add(self, case: Case, how: How, failures: list[Failure]) -> None:
        """Count one case."""
        self.made[how] = self.made.get(how, 0) + 1
        self.passed[how] = self.passed.get(how, 0) + (not failures)
        self.failures += failures

    def as_json(self) -> dict[str, Any]:
        """Plain values: `passed` is whether every case of every stage passed."""
        return {
            "id": self.finding.id,
            "name": self.finding.name,
            "family": self.finding.family,
            "stages": [stage.id for stage in self.finding.stages],
            "passed": not self.failures,
            "made": self.made,
            "met": self.passed,
            "failed": [failure.as_json() for failure in self.failures],
        }


def judged() -> tuple[Finding, ...]:
    """The findings that can be drawn and have criteria."""
    return tuple(f for f in FINDINGS.values() if f.drawable and not f.vague)


def cases_of(finding: Finding, seeds: int) -> Iterator[Case]:
    """Every stage of a finding with every seed."""
    for stage in [stage.id for stage in finding.stages] or [""]:
        for seed in range(seeds):
            yield Case(finding.id, stage, seed)


def failures_of(case: Case, how: How, spec: CaseSpec, measured: Measurements) -> list[Failure]:
    """What is wrong with one measured case."""
    subject = Subject(measured, spec.age, spec.sex)
    own = judge(case.id, subject, case.stage)
    if own is None:
        return [Failure(case, how, "criteria", "It has none.")]
    found = [
        Failure(case, how, outcome.name, outcome.reason or _found(outcome.value, outcome.threshold))
        for outcome in own.failed
    ]
    if not any(stated.id == case.id for stated in spec.findings):
        found.append(Failure(case, how, "reading", "Its own name is not read as this finding."))
    return found + [
        Failure(case, how, "mimic", f"It also meets the criteria of {verdict.name}.")
        for verdict in mimicked([Stated(case.id, stage=case.stage)], subject)
    ]


def _found(value: float | None, threshold: str) -> str:
    return f"{'No value' if value is None else f'{value:g}'} where {threshold} is asked."


def validate(
    makers: dict[How, Make], seeds: int, on_done: Callable[[int, int], None] = lambda *_: None
) -> dict[str, Any]:
    """Make and judge every finding.

    Args:
        makers: how ECGs are made, each in batches of requests.
        seeds: cases per stage.
        on_done: called with (done, all) after each batch.

    Returns:
        {'findings': [...], 'simulated_rate', 'generated_rate'}; a rate is the share of cases
        that pass, None where none was made.
    """
    tallies = {finding.id: Tally(finding) for finding in judged()}
    cases = [case for tally in tallies.values() for case in cases_of(tally.finding, seeds)]
    done, total = 0, len(cases) * len(makers)
    for how, make in makers.items():
        for batch in _batches(cases):
            made = make([case.request for case in batch])
            for case, (spec, measured) in zip(batch, made, strict=True):
                tallies[case.id].add(case, how, failures_of(case, how, spec, measured))
            done += len(batch)
            on_done(done, total)
    return {
        "findings": [tally.as_json() for tally in tallies.values()],
        "simulated_rate": _rate(tallies.values(), "simulated"),
        "generated_rate": _rate(tallies.values(), "generated"),
    }


def _batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    for start in range(0, len(cases), BATCH):
        yield cases[start : start + BATCH]


def _rate(tallies: Iterable[Tally], how: How) -> float | None:
    rows = [(tally.passed.get(how, 0), tally.made.get(how, 0)) for tally in tallies]
    made = sum(count for _, count in rows)
    return round(sum(passed for passed, _ in rows) / made, 4) if made else None


def good(result: dict[str, Any]) -> bool:
    """Whether all simulated cases and at least 95 % of the generated ones pass."""
    generated = result["generated_rate"]
    return result["simulated_rate"] == 1 and (generated is None or generated >= ASKED_RATE)


def table(result: dict[str, Any]) -> str:
    """The result as text, one line a finding and one per kind of failure."""
    lines = []
    for row in result["findings"]:
        counts = "  ".join(f"{how} {row['met'][how]}/{row['made'][how]}" for how in row["made"])
        stages = f"  [{', '.join(row['stages'])}]" if row["stages"] else ""
        lines.append(f"{'ok  ' if row['passed'] else 'FAIL'} {row['id']:<34} {counts}{stages}")
        kinds = dict.fromkeys(
            f"{f['how']}{' ' + f['stage'] if f['stage'] else ''}: {f['check']}: {f['reason']}"
            for f in row["failed"]
        )
        lines += [f"       {kind}" for kind in kinds]
    count = len(result["findings"])
    lines.append(
        f"{count} findings; simulated {_percent(result['simulated_rate'])}, "
        f"generated {_percent(result['generated_rate'])} of the cases pass"
    )
    return "\n".join(lines)


def _percent(rate: float | None) -> str:
    return "not made" if rate is None else f"{100 * rate:.1f} %"
