"""Puts the criteria of a finding to a measured ECG."""

from collections.abc import Iterable
from dataclasses import dataclass

from sediff.criteria.check import Criteria, Outcome, Strength, Subject
from sediff.spec import Stated


@dataclass(frozen=True)
class Verdict:
    """Whether an ECG shows the pattern of a finding.

    Attributes:
        id, stage, name: of the finding.
        met: True, False, or None where a measurement that decides abstains.
        outcomes: of every check.
        source, strength: of the criteria.
    """

    id: str
    stage: str
    name: str
    met: bool | None
    outcomes: tuple[Outcome, ...]
    source: str
    strength: Strength

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The checks that are not met or abstain."""
        return tuple(o for o in self.outcomes if o.met is not True)


def all_met(outcomes: Iterable[Outcome]) -> bool | None:
    """False if one is not met, else None if one abstains, else True."""
    answers = [o.met for o in outcomes]
    return False if False in answers else None if None in answers else True


def ask(criteria: Criteria, subject: Subject) -> tuple[Outcome, ...]:
    """Every check's outcome."""
    return tuple(check(subject) for check in criteria.checks)


def judge(id: str, subject: Subject, stage: str = "") -> Verdict | None:
    """Judge one finding at one stage; None where it has no criteria.

    Raises:
        KeyError: no such finding or stage.
    """
    from sediff.findings import FINDINGS  # findings are built from criteria: not at import time

    finding = FINDINGS[id].at(stage)
    if finding.criteria is None:
        return None
    outcomes = ask(finding.criteria, subject)
    return Verdict(
        id, stage, finding.name, all_met(outcomes), outcomes,
        finding.criteria.source, finding.criteria.strength,
    )  # fmt: skip


def judge_all(stated: Iterable[Stated], subject: Subject) -> tuple[Verdict, ...]:
    """The verdicts of all stated findings that have criteria."""
    found = (judge(one.id, subject, one.stage) for one in stated)
    return tuple(verdict for verdict in found if verdict is not None)


def mimicked(stated: Iterable[Stated], subject: Subject) -> tuple[Verdict, ...]:
    """The verdicts of look-alikes that the trace meets too, though nobody stated them.

    A mimic is judged at its usual stage; what a stated finding implies is no mimic.
    """
    from sediff.findings import FINDINGS, expand

    stated = tuple(stated)
    there = {one.id for one in expand(stated)}
    looks = dict.fromkeys(id for one in stated for id in FINDINGS[one.id].mimics)
    found = (judge(id, subject) for id in looks if id not in there)
    return tuple(verdict for verdict in found if verdict is not None and verdict.met)
