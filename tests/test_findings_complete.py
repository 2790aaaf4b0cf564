"""Adding a finding is adding one entry; an incomplete one is refused here."""

from itertools import chain

import pytest

from sediff.criteria import Subject
from sediff.criteria.judge import ask
from sediff.experience.library import shipped_library
from sediff.findings import FINDINGS, conflicts
from sediff.measure.intervals import nothing
from sediff.pipeline import simulate_only
from sediff.report import read
from sediff.sources import LEARNED_FROM, source_of
from sediff.spec import Request

FAMILIES = {
    "normal", "rhythm", "ectopy", "conduction", "pacing", "infarct", "repolarisation", "chambers",
    "axis", "other", "technique",
}  # fmt: skip
WHOLE = sorted(id for id, f in FINDINGS.items() if f.drawable and not f.vague)


def test_there_are_more_findings_than_a_curriculum_asks_for():
    assert len(WHOLE) >= 75


@pytest.mark.parametrize("id", WHOLE)
def test_an_entry_is_complete(id):
    finding = FINDINGS[id]
    assert finding.family in FAMILIES
    assert finding.english
    assert finding.german
    aspects = {snippet.aspect for snippet in shipped_library().of(id)}
    assert aspects & {"look", "criteria"}
    assert len(aspects) >= 3
    assert finding.mimics
    assert id not in finding.mimics
    others = {*finding.mimics, *finding.combines, *finding.conflicts, *finding.implies}
    assert others <= FINDINGS.keys()
    for form in [finding.at(stage.id) for stage in finding.stages] or [finding]:
        assert form.criteria is not None, form.name
        assert form.criteria.checks
        assert any(year in form.criteria.source for year in map(str, range(1900, 2027))), form.name


@pytest.mark.parametrize("id", WHOLE)
def test_criteria_abstain_where_nothing_could_be_measured(id):
    finding = FINDINGS[id]
    subject = Subject(nothing("Nothing is connected."))
    for form in [finding.at(stage.id) for stage in finding.stages] or [finding]:
        assert form.criteria is not None
        assert not all(outcome.met for outcome in ask(form.criteria, subject)), form.name


def test_stage_names_are_read_as_their_stage():
    for finding in FINDINGS.values():
        for stage in finding.stages:
            for phrase in (stage.name, *stage.english, *stage.german):
                found = [(s.id, s.stage) for s in read(phrase).findings]
                usual = stage is finding.stages[0]
                assert found in ([(finding.id, stage.id)], [(finding.id, "")] if usual else []), (
                    phrase
                )


def test_what_a_finding_combines_with_excludes_nothing_and_is_drawn():
    pairs = {tuple(sorted((id, other))) for id in WHOLE for other in FINDINGS[id].combines}
    assert pairs
    for a, b in sorted(pairs):
        assert not conflicts((a, b)), (a, b)
    for a, b in sorted(pairs)[::5]:
        made = simulate_only(Request(report=f"{FINDINGS[a].name}. {FINDINGS[b].name}."))
        assert {a, b} <= {stated.id for stated in made.spec.findings}, (a, b)


def test_every_form_says_whether_real_ecgs_taught_it():
    forms = chain.from_iterable(
        [(f.id, stage.id) for stage in f.stages] or [(f.id, "")] for f in FINDINGS.values()
    )
    for id, stage in forms:
        source = source_of(id, stage)
        assert (source.source == "learned") <= (source.n >= LEARNED_FROM), id
        assert source.source != "learned" or f"{source.n:,}" in source.sentence
