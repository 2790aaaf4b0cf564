"""Findings that a report leaves unsaid, and that most real reports with such words stood for."""

from collections.abc import Mapping

from sediff.findings import Finding, by_scp, concepts, conflicts, expand
from sediff.spec import CaseSpec, Stated

LIKELY = 0.4  # on held patients of fold 8 a little over half of what is then drawn is stated


def implied(spec: CaseSpec, told: Mapping[str, float]) -> tuple[Stated, ...]:
    """The findings to draw beside those that a case states, surest first.

    Only what changes the form of a beat: the rest is told to the model as it is. What excludes a
    stated finding, a surer one or a number of the case is left out.

    Args:
        told: SCP code -> certainty or likelihood 0..1, what is denied at 0.
    """
    stated = concepts(spec.findings)
    result: list[Stated] = []
    for code, certainty in sorted(told.items(), key=lambda item: (-item[1], item[0])):
        if certainty < LIKELY or code in stated:
            continue
        finding = by_scp(code)[0].at("")
        if not finding.shape or finding.rhythm or finding.pacing or not _fits(finding, spec):
            continue
        ids = [one.id for one in (*spec.findings, *result)]
        if len(conflicts([*ids, finding.id])) == len(conflicts(ids)):
            result.append(Stated(finding.id, round(certainty, 3)))
    return tuple(result)


def with_implied(spec: CaseSpec, told: Mapping[str, float]) -> tuple[Stated, ...]:
    """Stated findings, what is implied beside them, and what both bring along."""
    return expand((*spec.findings, *implied(spec, told)))


def _fits(finding: Finding, spec: CaseSpec) -> bool:
    """Whether the numbers of the case leave room for the finding."""
    limits = finding.requires.items()
    values = ((getattr(spec, name, None), low, high) for name, (low, high) in limits)
    return all(value is None or low <= value <= high for value, low, high in values)
