"""One heart with and without a finding: same patient, same seed, and all numbers that it spares."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sediff.findings import FINDINGS, Finding, expand
from sediff.generated import Generated
from sediff.pipeline import simulate_only
from sediff.plan import plan
from sediff.report import read
from sediff.spec import LIMITS, CaseSpec, Request

NORMAL = "Normal ECG"
# Degree -> the word by which a report says how strongly.
_DEGREES = {"mild": "mild", "usual": "", "severe": "severe"}
_PARTS = (1 / 3, 2 / 3)  # of the way to a finding that is a number alone
_IN_TIME = {"hyperacute": 0, "acute": 1, "evolving": 2}
_KEPT = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")


@dataclass(frozen=True)
class Step:
    """One step on the way from a normal heart to a finding.

    Attributes:
        finding: id, '' for the normal heart. words: what its report says.
        degree: 'mild', 'usual', 'severe', or '' where there are no degrees.
        part: share of the way, of a finding of numbers; 1 is all of it.
    """

    request: Request
    words: str
    finding: str = ""
    degree: str = ""
    part: float = 1.0


@lru_cache(maxsize=64)  # 1 MB each
def simulated(request: Request) -> Generated:
    """The simulated ECG of a request, measured and judged; kept, as pages ask again and again.

    Raises:
        RequestError: it cannot be met.
    """
    return simulate_only(request)


def shown_findings() -> list[Finding]:
    """Every finding that a heart can be given, by family and name."""
    found = [f for f in FINDINGS.values() if f.drawable and not f.vague and f.family != "normal"]
    return sorted(found, key=lambda f: (f.family, f.name.casefold()))


def same_heart(normal: Request, words: str) -> Request:
    """The request for `words` in the heart of `normal`.

    Patient and seed stay, and every number of which the findings say nothing.

    Args:
        words: report of the finding, without the patient.
    """
    base = plan(normal)
    forms = [FINDINGS[one.id].at(one.stage) for one in expand(read(words).findings)]
    kept = {name: getattr(base, name) for name in _spared(forms) if name not in base.lacks}
    kept = {name: value for name, value in kept.items() if value is not None}
    return replace(normal, report=words, age=base.age, sex=base.sex, **kept)


def _spared(forms: Iterable[Finding]) -> list[str]:
    """The numbers that none of the findings changes."""
    forms = list(forms)
    touched: set[str] = set()
    for form in forms:
        touched |= {*form.typical, *form.requires, *form.lacks}
    if any(form.rhythm or form.conduction or form.pacing for form in forms):
        touched.add("pr_ms")
    if any(form.shape for form in forms):  # a heart turned back to its old axis would lose the form
        touched.add("axis_deg")
    if touched & {"heart_rate", "qrs_ms", "qtc_ms"}:
        touched.add("qt_ms")
    return [name for name in _KEPT if name not in touched]


def steps(normal: Request, finding: Finding) -> list[Step]:
    """From the normal heart to a finding: its stages, else its degrees, else its numbers.

    Returns:
        The normal heart first; at least one further step.
    """
    first = Step(normal, normal.report)
    if finding.stages:
        stages = sorted(finding.stages, key=lambda s: _IN_TIME.get(s.id, 0))  # stable
        return [first, *(_step(normal, finding, stage.name) for stage in stages)]
    usual = _step(normal, finding, finding.name)
    if is_graded(usual.request):
        forms = [_step(normal, finding, finding.name, degree) for degree in _DEGREES]
        return [first, *forms]
    if finding.has_pattern or not (set(finding.typical) & set(LIMITS)):
        return [first, usual]
    return [first, *(_part(normal, usual, part) for part in _PARTS), usual]


def _step(normal: Request, finding: Finding, name: str, degree: str = "") -> Step:
    words = f"{_DEGREES.get(degree, '')} {name}".strip()
    return Step(same_heart(normal, words), words, finding.id, degree)


def _part(normal: Request, end: Step, part: float) -> Step:
    """The heart part of the way to a finding of numbers; it states no finding yet."""
    start, stop = plan(normal), plan(end.request)
    moved = {name: _between(start, stop, name, part) for name in _KEPT}
    moved = {name: value for name, value in moved.items() if value is not None}
    # 'Sinus rhythm', as a normal ECG would contradict what lies outside its limits.
    request = replace(normal, report="Sinus rhythm", age=stop.age, sex=stop.sex, **moved)
    return Step(request, end.words, end.finding, part=part)


def _between(start: CaseSpec, stop: CaseSpec, name: str, part: float) -> float | None:
    a, b = getattr(start, name), getattr(stop, name)
    if a is None or b is None:
        return None
    return round(float(np.clip(a + part * (b - a), *LIMITS[name][:2])), 1)


def is_graded(request: Request) -> bool:
    """Whether 'mild' and 'severe' change what the simulator draws."""
    mild, severe = (
        simulated(replace(request, report=f"{degree} {request.report}")).ecg.signal
        for degree in ("mild", "severe")
    )
    return not np.array_equal(mild, severe)
