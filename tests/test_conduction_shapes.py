"""Conduction and axis: drawn, measured and judged by the published criteria."""

from dataclasses import replace

import pytest

from sediff.criteria import judge
from sediff.criteria.conduction import delta, incomplete, r_prime, wide_s
from sediff.criteria.forms import form, is_qr, is_rs
from sediff.findings import FINDINGS
from sediff.measure.values import LeadWaves
from sediff.report import read
from tests.hearts import leads_of
from tests.subjects import made_of, subject_of

FORMS = [
    (id, stage)
    for id in (
        "lbbb", "ilbbb", "rbbb", "irbbb", "ivcd", "lafb", "lpfb", "bifascicular_block",
        "bifascicular_block_posterior", "trifascicular_block", "wpw", "aberrant_conduction",
        "normal_axis", "left_type_axis", "left_axis", "steep_axis", "right_axis", "extreme_axis",
        "clockwise_rotation", "counterclockwise_rotation",
    )
    for stage in [stage.id for stage in FINDINGS[id].stages] or [""]
]  # fmt: skip


@pytest.mark.parametrize(("id", "stage"), FORMS)
def test_the_drawing_meets_its_criteria(id, stage):
    verdict = judge(id, subject_of(FINDINGS[id].at(stage).name, seed=6), stage)
    assert verdict is not None
    assert verdict.met, [(o.name, o.value, o.reason) for o in verdict.failed]


@pytest.mark.parametrize(
    ("report", "id"),
    [
        ("sinus rhythm, normal ECG", "lbbb"), ("sinus rhythm, normal ECG", "rbbb"),
        ("sinus rhythm, normal ECG", "lafb"), ("sinus rhythm, normal ECG", "lpfb"),
        ("sinus rhythm, normal ECG", "ivcd"), ("sinus rhythm, normal ECG", "wpw"),
        ("WPW type B", "lbbb"), ("WPW type A", "rbbb"), ("LBBB", "rbbb"), ("RBBB", "lbbb"),
        ("LAFB", "lpfb"), ("ventricular pacing", "lbbb"),
    ],
)  # fmt: skip
def test_what_looks_alike_is_told_apart(report, id):
    verdict = judge(id, subject_of(report))
    assert verdict is not None
    assert verdict.met is not True


@pytest.mark.parametrize(
    ("report", "ids"),
    [
        ("LBBB and old inferior infarct", ["lbbb"]),
        ("RBBB, LAFB, first degree AV block", ["rbbb", "lafb", "trifascicular_block"]),
        ("RBBB and old inferior infarct", ["rbbb"]),
        ("atrial fibrillation with LBBB", ["lbbb"]),
        ("LBBB and LVH", ["lbbb"]),
    ],
)
def test_blocks_keep_their_form_in_company(report, ids):
    subject = subject_of(report, seed=1)
    for id in ids:
        verdict = judge(id, subject)
        assert verdict is not None
        assert verdict.met, (id, [(o.name, o.value, o.reason) for o in verdict.failed])


def test_rbbb_ends_smoothly_in_the_transition_leads():
    b = leads_of("rbbb", "lafb", axis_deg=-60, qrs_ms=140)
    for lead in ("V4", "V5", "V6"):
        assert b.s(lead) > 0.15
    assert b.qrs("V1").max() > 0.5


def test_lpfb_has_an_rs_in_v1():
    b = leads_of("lpfb")
    assert b.s("V1") > b.r("V1") > 0.08


def test_types_of_wpw_differ_in_v1():
    left, right = leads_of("wpw_left"), leads_of("wpw_right")
    assert left.r("V1") > left.s("V1")
    assert right.s("V1") > 4 * right.r("V1")


def test_forms_of_single_leads():
    assert is_qr(LeadWaves("aVL", q_mv=-0.08, r_mv=0.7, s_mv=-0.1))
    assert not is_qr(LeadWaves("aVL", r_mv=0.7))
    assert is_rs(LeadWaves("I", r_mv=0.15, s_mv=-0.5))
    assert not is_rs(LeadWaves("I", q_mv=-0.1, r_mv=0.15, s_mv=-0.5))


def test_r_prime_needs_one_of_two_leads_and_abstains_without_them():
    rsr = LeadWaves("V1", r_mv=0.2, s_mv=-0.9, r2_mv=0.6)
    rs = LeadWaves("V1", r_mv=0.2, s_mv=-0.9)
    assert r_prime(made_of(rsr)).met
    assert r_prime(made_of(rs, replace(rs, lead="V2"))).met is False
    assert r_prime(made_of(rs)).met is None
    assert r_prime(made_of(rsr)).leads == ("V1",)


def test_s_is_wide_when_longer_than_40_ms_or_than_r():
    long = LeadWaves("I", r_mv=0.9, r_ms=50, s_mv=-0.3, s_ms=46)
    short_r = LeadWaves("V6", r_mv=0.9, r_ms=30, s_mv=-0.3, s_ms=34)
    assert wide_s(made_of(long, short_r)).met
    assert wide_s(made_of(long, replace(short_r, s_ms=28))).met is False


@pytest.mark.parametrize(("qrs", "met"), [(109, False), (110, True), (119, True), (120, False)])
def test_incomplete_block_lies_between_110_and_120_ms(qrs, met):
    assert incomplete(made_of(qrs_ms=qrs)).met is met


def test_a_delta_wave_in_two_leads_is_not_enough():
    leads = [LeadWaves(name, delta_ms=30 * (name in ("V1", "V2"))) for name in
             ("I", "II", "III", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")]  # fmt: skip
    assert delta(made_of(*leads)).met is False
    leads[-1] = replace(leads[-1], delta_ms=30)
    assert delta(made_of(*leads)).met


def test_a_form_says_where_it_was_seen():
    check = form("Upright", ("I", "V6"), lambda w: w.r_mv > 0.5, "R", need=1)
    outcome = check(made_of(LeadWaves("I", r_mv=0.9), LeadWaves("V6", r_mv=0.1)))
    assert outcome.met
    assert outcome.leads == ("I",)
    assert "1 of I, V6" in outcome.threshold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WPW type B", ("wpw", "right")),
        ("linksseitige präexzitation", ("wpw", "left")),
        ("trifascicular block", ("trifascicular_block", "")),
        ("Rotation gegen den Uhrzeigersinn", ("counterclockwise_rotation", "")),
        ("late transition", ("clockwise_rotation", "")),
        ("aberrant conduction with LBBB pattern", ("aberrant_conduction", "left")),
    ],
)
def test_reports_name_the_forms(text, found):
    assert [(one.id, one.stage) for one in read(text).findings] == [found]
