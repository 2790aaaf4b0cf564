"""The criteria of old infarction, LBBB and low voltage, and how statements judge them."""

from dataclasses import replace

import pytest

from sediff.criteria import Subject, judge
from sediff.criteria import minnesota as codes
from sediff.criteria.chambers import LOW_LIMB_VOLTAGE
from sediff.criteria.channels import BRUGADA_1
from sediff.criteria.conduction import late_left
from sediff.evaluation.criteria import Answers, met_in_any_form, row_of
from sediff.evaluation.criteria_notes import KIN, REMARKS
from sediff.findings import FINDINGS
from sediff.leads import LEADS
from sediff.measure.values import LeadWaves, Value
from tests.subjects import NOTHING, subject_of

_PLAIN = LeadWaves("II", r_mv=0.8, r_ms=60.0)


def of(*waves: LeadWaves) -> Subject:
    """A subject whose other leads show one plain R."""
    leads = {lead: replace(_PLAIN, lead=lead) for lead in LEADS} | {w.lead: w for w in waves}
    return Subject(replace(NOTHING, leads=leads, qrs_ms=Value(90.0, "ms")))


def q(lead: str, mv: float, ms: float, r_mv: float = 0.8) -> LeadWaves:
    return LeadWaves(lead, q_mv=-mv, q_ms=ms, r_mv=r_mv, r_ms=50.0)


def qs(lead: str, mv: float = 0.8) -> LeadWaves:
    return LeadWaves(lead, q_mv=-mv, q_ms=70.0)


@pytest.mark.parametrize(
    ("waves", "met"),
    [
        ((q("II", 0.2, 30),), True),
        ((q("II", 0.2, 22),), False),
        ((q("II", 0.3, 22),), True),  # a third of R
        ((q("II", 0.09, 40),), False),  # below 0.1 mV it is no Q
        ((q("III", 0.3, 42), q("aVF", 0.12, 10)), True),
        ((q("III", 0.3, 42),), False),
        ((q("aVF", 0.3, 42),), True),
        ((q("III", 0.6, 20),), True),
        ((qs("III"),), False),  # a QS is no Q, and of III alone it is normal
        ((qs("II"),), True),
    ],
)
def test_inferior_codes_are_those_of_minnesota(waves, met):
    assert codes.INFERIOR(of(*waves)).met is met


def test_qs_after_an_r_is_an_anterior_infarct_and_qs_of_v1_and_v2_alone_is_not():
    front = codes.anterior(("V2", "V3", "V4"))
    rs = LeadWaves("V1", r_mv=0.2, r_ms=25.0, s_mv=-0.9, s_ms=50.0)
    assert front(of(rs, qs("V2"))).met
    assert not front(of(qs("V1"), qs("V2"))).met
    assert front(of(qs("V1"), qs("V2"), qs("V3"))).met


def test_a_deep_narrow_septal_q_is_no_lateral_infarct():
    assert not codes.LATERAL(of(q("I", 0.4, 25), q("V6", 0.5, 28))).met
    assert codes.LATERAL(of(q("V6", 0.3, 32))).met


def test_either_definition_makes_an_old_inferior_infarct():
    one_lead = judge("inferior_mi", of(q("II", 0.2, 32)))
    two_leads = judge("inferior_mi", of(qs("III"), q("aVF", 0.3, 34)))
    assert one_lead is not None
    assert two_leads is not None
    assert one_lead.met
    assert two_leads.met
    assert "Minnesota" in one_lead.source
    assert "Universal" in one_lead.source


def test_r_peak_of_any_left_lead_may_be_the_late_one():
    rs = LeadWaves("V5", r_mv=0.2, s_mv=-0.9, r_peak_ms=24.0)
    broad = LeadWaves("aVL", r_mv=1.0, r_ms=110.0, r_peak_ms=72.0)
    assert late_left(of(rs, replace(rs, lead="V6"), broad)).met
    assert not late_left(of(rs, replace(rs, lead="V6"))).met


@pytest.mark.parametrize(
    ("one", "two", "three", "met"),
    [(0.5, 0.5, 0.5, True), (0.4, 0.66, 0.3, True), (0.4, 0.7, 0.45, False)],
)
def test_limb_voltage_is_low_in_all_leads_or_in_their_sum(one, two, three, met):
    heights = {"I": one, "II": two, "III": three, "aVR": 0.5, "aVL": 0.3, "aVF": 0.4}
    waves = [LeadWaves(lead, r_mv=height) for lead, height in heights.items()]
    assert all(check(of(*waves)).met is met for check in LOW_LIMB_VOLTAGE.checks)


def test_the_r_prime_of_a_block_is_no_coved_st():
    block = LeadWaves(
        "V1", r_mv=0.2, s_mv=-0.9, r2_mv=0.5, j_mv=0.02, st60_mv=0.0, st80_mv=-0.01, t_neg_mv=-0.2,
        t_mv=-0.2,
    )  # fmt: skip
    coved = replace(block, j_mv=0.3, st60_mv=0.15, st80_mv=0.05)
    assert all(not check(of(block)).met for check in BRUGADA_1.checks)
    assert all(check(of(coved)).met for check in BRUGADA_1.checks)


def test_a_record_meets_a_finding_in_any_of_its_forms():
    assert met_in_any_form(FINDINGS["wpw"], subject_of("WPW type B"))
    assert not met_in_any_form(FINDINGS["wpw"], subject_of("sinus rhythm, normal ECG"))


def test_a_row_counts_all_firm_and_kindred_statements():
    kinds = [{"IMI": 100.0}, {"IMI": 15.0}, {"ILMI": 100.0}, {"SR": 0.0}]
    stated = [one for one, n in zip(kinds, (20, 20, 5, 5), strict=True) for _ in range(n)]
    answers = [True] * 20 + [False] * 20 + [True] * 5 + [False, False, False, False, None]
    row = row_of(FINDINGS["inferior_mi"], stated, [{"inferior_mi": one} for one in answers])
    assert row is not None
    assert (row["n"], row["sensitivity"], row["specificity"]) == (40, 0.5, 0.5)
    assert (row["n_firm"], row["sensitivity_firm"], row["specificity_apart"]) == (20, 1.0, 1.0)
    assert row["abstains"] == 0.02
    assert row["remark"] == REMARKS["inferior_mi"]


def test_without_thirty_statements_there_is_no_row():
    answers: list[Answers] = [{"inferior_mi": True}] * 29
    assert row_of(FINDINGS["inferior_mi"], [{"IMI": 100.0}] * 29, answers) is None


def test_notes_name_findings_that_exist():
    assert set(KIN) | set(REMARKS) <= set(FINDINGS)
