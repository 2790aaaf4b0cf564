"""Hypertrophy, atria, voltage and heart muscle disease: drawn, measured and judged."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.criteria import Subject, judge
from sediff.criteria.chambers import cornell, lvh_voltage, p_terminal, septal_q, sokolow, tall_p
from sediff.criteria.hearts import s1q3t3, terminal_activation
from sediff.findings import FINDINGS
from sediff.leads import LEADS
from sediff.measure.values import LeadWaves
from sediff.report import read
from tests.hearts import leads_of
from tests.subjects import subject_of, with_leads

FORMS = [
    (id, stage)
    for id in (
        "lvh", "lvh_strain", "lvh_voltage", "rvh", "rv_strain", "septal_hypertrophy",
        "biventricular_hypertrophy", "high_voltage", "low_voltage", "lae", "rae",
        "biatrial_enlargement", "wide_p", "pulmonary_embolism", "arvc",
        "hypertrophic_cardiomyopathy", "athletes_heart",
    )
    for stage in [stage.id for stage in FINDINGS[id].stages] or [""]
]  # fmt: skip


@pytest.mark.parametrize(("id", "stage"), FORMS)
def test_the_drawing_meets_its_criteria(id, stage):
    verdict = judge(id, subject_of(FINDINGS[id].at(stage).name, seed=6), stage)
    assert verdict is not None
    assert verdict.met, [(o.name, o.value, o.reason) for o in verdict.failed]


@pytest.mark.parametrize(
    "id",
    ["lvh", "rvh", "lae", "rae", "low_voltage", "high_voltage", "pulmonary_embolism", "arvc",
     "hypertrophic_cardiomyopathy", "septal_hypertrophy", "biventricular_hypertrophy"],
)  # fmt: skip
def test_a_normal_ecg_meets_none_of_them(id):
    verdict = judge(id, subject_of("sinus rhythm, normal ECG", seed=2))
    assert verdict is not None
    assert verdict.met is not True


@pytest.mark.parametrize(("s_v1", "met"), [(1.6, True), (1.4, False)])
def test_sokolow_lyon_is_met_from_35_mm(s_v1, met):
    leads = (LeadWaves("V1", s_mv=-s_v1), LeadWaves("V5", r_mv=2.0), LeadWaves("V6", r_mv=1.5))
    outcome = sokolow(Subject(with_leads(*leads)))
    assert outcome.met is met
    assert outcome.value == pytest.approx(s_v1 + 2.0)


def test_cornell_depends_on_sex_and_takes_the_stricter_limit_without_it():
    measured = with_leads(LeadWaves("aVL", r_mv=1.0), LeadWaves("V3", s_mv=-1.4))
    assert cornell(Subject(measured, sex="female")).met
    assert cornell(Subject(measured, sex="male")).met is False
    assert cornell(Subject(measured)).met is False


def test_voltage_abstains_where_a_lead_is_missing_and_none_of_the_others_decides():
    assert lvh_voltage(Subject(with_leads(LeadWaves("V1", s_mv=-1.0)))).met is None


def test_morris_terminal_force_is_depth_times_duration():
    assert p_terminal(Subject(with_leads(LeadWaves("V1", p_terminal_mv_ms=4.5)))).met
    assert p_terminal(Subject(with_leads(LeadWaves("V1", p_terminal_mv_ms=3.0)))).met is False


def test_p_of_two_and_a_half_millimetres_is_tall():
    rest = [LeadWaves(name, p_mv=0.1) for name in ("III", "aVF", "V1", "V2")]
    assert tall_p(Subject(with_leads(LeadWaves("II", p_mv=0.26), *rest))).met
    assert tall_p(Subject(with_leads(LeadWaves("II", p_mv=0.2), *rest))).met is False


def test_septal_q_is_narrow():
    names = ("I", "aVL", "V4", "V5", "V6")
    narrow = [LeadWaves(name, q_mv=-0.4, q_ms=24, r_mv=1.2) for name in names]
    assert septal_q(Subject(with_leads(*narrow))).met
    wide = [replace(w, q_ms=45) for w in narrow]
    assert septal_q(Subject(with_leads(*wide))).met is False


def test_s1q3t3_needs_all_three():
    one, three = LeadWaves("I", s_mv=-0.4), LeadWaves("III", q_mv=-0.2, t_mv=-0.1, t_neg_mv=-0.1)
    assert s1q3t3(Subject(with_leads(one, three))).met
    upright = replace(three, t_mv=0.1, t_neg_mv=0.0)
    assert s1q3t3(Subject(with_leads(one, upright))).met is False
    assert s1q3t3(Subject(with_leads(one))).met is None


def test_terminal_activation_is_counted_from_the_nadir_of_s_alone():
    slow = [LeadWaves(name, s_mv=-0.8, terminal_ms=60) for name in ("V1", "V2", "V3")]
    assert terminal_activation(Subject(with_leads(*slow))).met
    upright = [replace(w, s_mv=0.0) for w in slow]
    assert terminal_activation(Subject(with_leads(*upright))).met is False


def test_low_voltage_of_the_limb_leads_spares_the_chest():
    b = leads_of("low_limb_voltage")
    assert all(np.ptp(b.qrs(lead)) < 0.5 for lead in LEADS[:6])
    assert max(np.ptp(b.qrs(lead)) for lead in LEADS[6:]) > 1.0


def test_rotation_moves_the_transition():
    assert leads_of("clockwise").s("V4") > leads_of("clockwise").r("V4")
    assert leads_of("counterclockwise").r("V2") > leads_of("counterclockwise").s("V2")


def test_apical_hypertrophy_has_giant_negative_t_waves():
    b = leads_of("hcm_apical")
    assert b.wave_t("V4") < -1.0
    assert b.wave_t("V4") < b.wave_t("V3") < 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("periphere Niederspannung", ("low_voltage", "limb")),
        ("apical HCM", ("hypertrophic_cardiomyopathy", "apical")),
        ("athlete's heart", ("athletes_heart", "")),
        ("Sportherz", ("athletes_heart", "")),
        ("S1Q3T3", ("pulmonary_embolism", "")),
        ("interatrial block", ("wide_p", "")),
        ("Rechtsherzbelastung", ("rv_strain", "")),
    ],
)
def test_reports_name_them(text, found):
    assert [(one.id, one.stage) for one in read(text).findings] == [found]


def test_suggestive_patterns_are_called_so():
    for id in ("pulmonary_embolism", "arvc", "hypertrophic_cardiomyopathy", "athletes_heart"):
        finding = FINDINGS[id].at("")
        assert finding.criteria is not None
        assert finding.criteria.strength == "suggestive"
