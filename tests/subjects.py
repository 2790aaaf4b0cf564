"""Measured subjects for tests of criteria: simulated and measured, or made by hand."""

from dataclasses import replace

from sediff.criteria import Subject
from sediff.measure import measure
from sediff.measure.intervals import nothing
from sediff.measure.values import LeadWaves, Measurements, Value
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import Request

NOTHING = nothing("Nothing is connected.")


def subject_of(report: str, seed: int = 0) -> Subject:
    """The person of a report, simulated and measured."""
    spec = plan(Request(report=report, seed=seed))
    return Subject(measure(simulate(spec).to_ecg()), spec.age, spec.sex)


def with_leads(*waves: LeadWaves) -> Measurements:
    """Measurements of these leads and nothing else."""
    return replace(NOTHING, leads={w.lead: w for w in waves})


def made_of(*waves: LeadWaves, **numbers: float) -> Subject:
    """A subject with these leads and numbers, age and sex unknown."""
    values = {name: Value(number, "") for name, number in numbers.items()}
    return Subject(replace(with_leads(*waves), **values))
