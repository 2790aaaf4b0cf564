"""Infarction and ischaemia: every drawing is a clear textbook case of its published criteria."""

from dataclasses import replace

import pytest

from sediff.criteria import Subject, judge
from sediff.criteria.infarct import is_left_block, q_ms
from sediff.criteria.stemi import elevation, v2_v3_limit
from sediff.findings import FINDINGS, concepts
from sediff.findings.infarct import INFARCT
from sediff.findings.ischaemia import ISCHAEMIA
from sediff.findings.stemi import STEMI
from sediff.findings.warning_patterns import WARNING_PATTERNS
from sediff.measure.intervals import nothing
from sediff.measure.values import LeadWaves, Measurements, Value
from sediff.report import read
from sediff.simulator.fit import fit
from sediff.simulator.shapes.stemi import INJURY
from tests.clean_ruler import subject_of
from tests.hearts import leads_of

OURS = (*INFARCT, *STEMI, *ISCHAEMIA, *WARNING_PATTERNS)
FORMS = [(f.id, stage) for f in OURS for stage in [s.id for s in f.stages] or [""]]


def leads(**waves: dict[str, float]) -> Measurements:
    """Measurements of hand-made leads: flat but for what is given, QRS 90 ms."""
    names = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
    made = {lead: LeadWaves(lead, r_mv=0.6, **waves.get(lead, {})) for lead in names}
    return replace(nothing(""), leads=made, qrs_ms=Value(90, "ms"))


@pytest.mark.parametrize(("id", "stage"), FORMS)
def test_every_drawing_meets_its_criteria(id, stage):
    for seed in range(3):
        subject = subject_of(FINDINGS[id].at(stage).name, seed)
        verdict = judge(id, subject, stage)
        assert verdict is not None
        assert verdict.met, [f"{o.name} {o.value} {o.reason}" for o in verdict.failed]


@pytest.mark.parametrize(("id", "stage"), FORMS)
def test_no_drawing_meets_the_criteria_of_our_mimics(id, stage):
    ours = {f.id for f in OURS}
    subject = subject_of(FINDINGS[id].at(stage).name, 0)
    for mimic in ours & set(FINDINGS[id].mimics):
        verdict = judge(mimic, subject)
        assert verdict is None or verdict.met is not True, mimic


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("age", [25, 60, 85])
def test_a_healthy_heart_meets_none_of_the_criteria(age, sex):
    subject = subject_of("sinus rhythm", 3, age=age, sex=sex)
    for id, stage in FORMS:
        verdict = judge(id, subject, stage)
        assert verdict is None or verdict.met is not True, (id, stage)


@pytest.mark.parametrize(
    ("age", "sex", "limit"),
    [(39, "male", 0.25), (40, "male", 0.20), (30, "female", 0.15), (70, "female", 0.15),
     (None, None, 0.25)],
)  # fmt: skip
def test_the_limit_of_v2_and_v3_depends_on_age_and_sex(age, sex, limit):
    subject = Subject(leads(V2={"j_mv": limit}, V3={"j_mv": limit}), age, sex)
    assert v2_v3_limit(subject) == limit
    assert elevation("", ("V2", "V3"))(subject).met
    below = Subject(leads(V2={"j_mv": limit - 0.01}, V3={"j_mv": limit}), age, sex)
    assert elevation("", ("V2", "V3"))(below).met is False


def test_elevation_must_stand_in_neighbouring_leads():
    apart = Subject(leads(V1={"j_mv": 0.3}, V4={"j_mv": 0.3}, V6={"j_mv": 0.3}), 60, "male")
    verdict = judge("stemi", apart)
    assert verdict is not None
    assert verdict.met is False


def test_left_bundle_branch_block_makes_the_criteria_abstain_with_a_reason():
    subject = subject_of("LBBB", 1)
    assert is_left_block(subject.measured)
    for id in ("anterior_stemi", "anterior_mi", "q_waves", "ischaemia"):
        verdict = judge(id, subject)
        assert verdict is not None
        assert verdict.met is not True
        assert any("Left bundle branch block" in o.reason for o in verdict.outcomes)


def test_unreadable_leads_abstain():
    for id, stage in FORMS:
        verdict = judge(id, Subject(nothing("Nothing is connected.")), stage)
        assert verdict is not None
        assert verdict.met is not True


@pytest.mark.parametrize("place", sorted(INJURY))
def test_st_has_arrived_at_the_j_point(place):
    beat = leads_of(f"{place}_ste")
    lead = max(("III", "aVL", "V2", "V3", "V5"), key=lambda name: abs(beat.st(name)))
    j = float(beat.part(lead, (beat.beat.qrs_at[1], beat.beat.qrs_at[1] + 1))[0])
    assert j == pytest.approx(beat.st(lead), abs=0.06)


def test_a_severe_infarct_raises_st_more_than_a_mild_one():
    mild, severe = (leads_of(("anterior_ste", amount)).st("V3") for amount in (0.65, 1.4))
    assert severe > 1.8 * mild > 0.3


def test_stages_run_from_tall_t_over_elevation_to_q_waves():
    for place, lead in (("inferior", "aVF"), ("anterior", "V3"), ("lateral", "V5")):
        first, acute, late = (
            subject_of(f"{stage} {place} STEMI", 2).measured.leads[lead]
            for stage in ("hyperacute", "acute", "evolving")
        )
        assert first.t_pos_mv > acute.t_pos_mv > 0 > late.t_neg_mv
        assert acute.j_mv > 1.5 * late.j_mv > first.j_mv > 0
        assert q_ms(late) >= 30 > q_ms(acute)


def test_mirror_images_stand_opposite():
    assert subject_of("acute inferior STEMI").measured.leads["aVL"].j_mv < -0.1
    assert subject_of("acute high lateral STEMI").measured.leads["III"].j_mv < -0.1
    assert subject_of("acute posterior STEMI").measured.leads["V2"].j_mv < -0.1


def test_stage_is_read_from_the_report_and_acute_is_the_usual_one():
    for text, stage in (
        ("hyperacute anterior STEMI", "hyperacute"),
        ("evolving inferior infarct", "evolving"),
        ("hyperakuter inferiorer Infarkt", "hyperacute"),
        ("anterior STEMI", ""),
        ("Wellens type B", "b"),
    ):
        assert [one.stage for one in read(text).findings] == [stage], text
    assert FINDINGS["anterior_stemi"].at("").shape == "anterior_ste"


def test_no_code_of_an_old_infarct_stands_behind_an_acute_stage():
    for finding in STEMI:
        for stage in finding.stages:
            assert finding.at(stage.id).scp == ()
        assert concepts(read(finding.name).findings) == {}


def test_old_infarct_survives_fibrillation_and_right_bundle_branch_block():
    for report in (
        "atrial fibrillation, old inferior infarct",
        "RBBB, old inferior infarct",
    ):
        verdict = judge("inferior_mi", subject_of(report, 1))
        assert verdict is not None
        assert verdict.met, report


def test_fitting_stays_fast():
    fit.cache_clear()
    subject_of("evolving inferolateral STEMI", 0)
    assert fit.cache_info().misses == 1
