"""A case judged again from its stored samples: what they measure and which criteria they meet."""

from dataclasses import dataclass
from typing import cast

from sediff.cases.case import Case
from sediff.criteria import Subject, Verdict, judge_all, mimicked
from sediff.findings import FINDINGS
from sediff.measure import measure
from sediff.measure.values import Measurements
from sediff.spec import Sex, Stated


@dataclass(frozen=True)
class Judged:
    """What was read from the samples of a case.

    Attributes:
        verdicts: of its findings that have criteria. mimicked: look-alikes that it meets too.
    """

    measured: Measurements
    verdicts: tuple[Verdict, ...]
    mimicked: tuple[Verdict, ...]


def judge_case(case: Case) -> Judged:
    """Measure the stored samples and put the criteria of the case's findings to them.

    Raises:
        DataError: the samples cannot be measured.
    """
    measured = measure(case.ecg)
    subject = Subject(measured, case.age, cast(Sex | None, case.sex))
    stated = stated_in(case)
    return Judged(measured, judge_all(stated, subject), mimicked(stated, subject))


def stated_in(case: Case) -> tuple[Stated, ...]:
    """The findings of a case, without those that this vocabulary does not have."""
    pairs = (finding.partition(":")[::2] for finding in case.findings)
    return tuple(Stated(id, stage=stage) for id, stage in pairs if _known(id, stage))


def _known(id: str, stage: str) -> bool:
    finding = FINDINGS.get(id)
    return finding is not None and (not stage or stage in {one.id for one in finding.stages})
