"""Quizzes: which cases, how they are asked, and the four options of a choice."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from sediff.cases.case import Case, from_generated
from sediff.cases.marking import Met, asked_of, kinship
from sediff.criteria import Subject, Verdict, judge
from sediff.errors import RequestError
from sediff.findings import FINDINGS, Finding
from sediff.generated import Generated
from sediff.measure import measure
from sediff.pipeline import simulate_only
from sediff.spec import Request, Sex, Stated
from sediff.view.words import sentence_case

OPTIONS = 4
_TRIES = 8  # of a practice ECG, until it shows its finding and nothing that looks like it
_AGES = (20, 88)
Make = Callable[[Request], Generated]
# Names that sum up others: too plain to ask for, and half right beside any of them.
_PLAIN = {
    "infarct", "stemi", "ischaemia", "tachycardia", "bradycardia", "psvt", "sinus_rhythm",
    "second_degree_av_block", "normal_axis", "paced",
}  # fmt: skip


class Trace:
    """The ECG of a case, measured once, judged as often as asked."""

    def __init__(self, case: Case) -> None:
        sex: Sex | None = "female" if case.sex == "female" else "male" if case.sex else None
        self.subject = Subject(measure(case.ecg), case.age, sex)

    def verdict(self, id: str, stage: str = "") -> Verdict | None:
        """The criteria of a finding on this trace; None where it has none."""
        return judge(id, self.subject, stage)

    def met(self, id: str, stage: str = "") -> bool | None:
        """Whether the trace meets the criteria of a finding; None where nothing can tell."""
        verdict = self.verdict(id, stage)
        return None if verdict is None else verdict.met


def chosen(ids: list[str], count: int, rng: np.random.Generator) -> list[str]:
    """`count` of the ids in random order; all of them where there are fewer."""
    order = rng.permutation(len(ids))[: max(count, 0)]
    return [ids[i] for i in order]


def practisable(family: str | None = None) -> list[Finding]:
    """Findings that practice can ask for: drawn, with criteria, of a family (None: of all)."""
    return [
        finding
        for finding in FINDINGS.values()
        if finding.drawable
        and not finding.vague
        and finding.id not in _PLAIN
        and finding.at("").criteria is not None
        and family in (None, finding.family)
    ]


def practice_families() -> list[str]:
    """The families of `practisable`, sorted."""
    return sorted({finding.family for finding in practisable()})


def practice_case(family: str | None, seed: int, make: Make = simulate_only) -> Case:
    """A fresh ECG of a random finding, whose criteria it meets; equal seeds give equal cases.

    Args:
        family: None: any. make: draws a request; the simulator by default.

    Raises:
        RequestError: the family has no finding that can be drawn.
    """
    rng = np.random.default_rng([seed, 7])
    findings = practisable(family)
    if not findings:
        raise RequestError("This family has no finding that can be drawn: choose another one.")
    last = None
    for _ in range(_TRIES):
        finding = findings[rng.integers(len(findings))]
        stage = str(rng.choice([one.id for one in finding.stages])) if finding.stages else ""
        last = _practice(finding, stage, rng, make)
        if last[1]:
            break
    assert last is not None
    return last[0]


def _practice(
    finding: Finding, stage: str, rng: np.random.Generator, make: Make
) -> tuple[Case, bool]:
    """A case of one finding, and whether its ECG shows it and no look-alike."""
    name = finding.at(stage).name
    sex: Sex = "female" if rng.integers(2) else "male"
    age, seed = int(rng.integers(*_AGES)), int(rng.integers(2**31 - 1))
    made = make(Request(report=name, age=age, sex=sex, seed=seed))
    case = from_generated(
        made,
        "Practice",
        answer=f"{sentence_case(name)}.",
        findings=(f"{finding.id}:{stage}" if stage else finding.id,),
        family=finding.family,
    )
    return case, made.shows_what_is_stated


def right_option(case: Case) -> Stated:
    """The finding of a case that a choice asks for: the first of its family, else the first.

    Raises:
        RequestError: the case names no finding of the vocabulary.
    """
    asked = asked_of(case.findings)
    if not asked:
        raise RequestError("This case names no finding, so that it can only be read, not asked.")
    return next((one for one in asked if FINDINGS[one.id].family == case.family), asked[0])


def options_of(case: Case, met: Met, seed: int) -> tuple[Stated, ...]:
    """Four findings in random order, one of them right.

    The others look like it, or are of its family, and this trace does not meet their criteria,
    so that no option is half right.

    Args:
        met: judges the trace. seed: of the order; equal seeds give equal options.
    """
    rng = np.random.default_rng([seed, 11])
    right, asked = right_option(case), asked_of(case.findings)
    wrong: list[Stated] = []
    for finding in _tempting(FINDINGS[right.id], rng):
        one = Stated(finding.id, stage=_any_stage(finding, rng))
        if met(one.id, one.stage) is False and not _related(one, (*asked, *wrong)):
            wrong.append(one)
        if len(wrong) == OPTIONS - 1:
            break
    both = [right, *wrong]
    return tuple(both[i] for i in rng.permutation(len(both)))


def option_name(one: Stated) -> str:
    """What an option says: the name of the finding at its stage."""
    return sentence_case(FINDINGS[one.id].at(one.stage).name)


def _tempting(right: Finding, rng: np.random.Generator) -> list[Finding]:
    """Findings to choose from: look-alikes, then the family, then all; each in random order."""
    known = [finding for finding in practisable() if finding.id != right.id]

    def nearness(finding: Finding) -> int:
        alike = finding.id in right.mimics or right.id in finding.mimics
        return 0 if alike else 1 if finding.family == right.family else 2

    order = rng.permutation(len(known))
    return sorted((known[i] for i in order), key=nearness)


def _any_stage(finding: Finding, rng: np.random.Generator) -> str:
    return str(rng.choice([one.id for one in finding.stages])) if finding.stages else ""


def _related(one: Stated, others: Sequence[Stated]) -> bool:
    """Whether an option would be half right, or two options say nearly the same."""
    return any(kinship(one, other) or kinship(other, one) for other in others)


def points(score: float) -> str:
    """A score as a whole percentage, never rounded up to full marks."""
    return f"{math.floor(100 * score + 1e-6)} %"
