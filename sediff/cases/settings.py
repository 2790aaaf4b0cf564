"""From a kept case back to what was asked for it."""

from typing import Any

from sediff.cases.case import Case
from sediff.errors import RequestError
from sediff.spec import LIMITS, CaseSpec, Request


def spec_of(case: Case) -> CaseSpec | None:
    """The settings that made the ECG; None where they are not kept or cannot be read here."""
    if not case.spec:
        return None
    try:
        return CaseSpec.from_json(case.spec)
    except RequestError:
        return None


def request_of(spec: CaseSpec) -> Request:
    """What the user asked: the report and all that was set beside it; the rest stays open.

    A patient who was drawn by chance is set, or another report would draw another one.
    """
    kept = {name for name in LIMITS if spec.origin(name) == "field"}
    kept |= {name for name in ("age", "sex") if spec.origin(name) != "report"}
    kept |= {"p_mv", "t_mv", "st_mv", "waves"}
    asked: dict[str, Any] = {name: getattr(spec, name) for name in sorted(kept)}
    return Request(report=spec.report, seed=spec.seed, **asked)
