"""Pericardium, salts, drugs, cold and ion channels: each drawing is its textbook's."""

import numpy as np
import pytest

from sediff.criteria import Subject, judge
from sediff.criteria.channels import BRUGADA_1, BRUGADA_2, SHORT_QT
from sediff.criteria.judge import all_met, ask
from sediff.criteria.metabolic import HYPERKALAEMIA, HYPOKALAEMIA, SODIUM_BLOCK
from sediff.criteria.pericardium import EARLY_REPOLARISATION, LOW_T, PERICARDITIS
from sediff.findings import FINDINGS, conflicts
from sediff.leads import LEADS
from sediff.measure import measure
from sediff.measure.intervals import nothing
from sediff.measure.values import LeadWaves, Value
from sediff.plan import plan
from sediff.report import read
from sediff.simulator import simulate
from sediff.spec import Request
from tests.hearts import leads_of


def at(leads, lead: str, ms: float) -> float:
    """Level `ms` after J."""
    j = leads.beat.qrs_at[1] + ms
    return float(leads.part(lead, (j, j + 0.999))[0])


def subject(sex="male", **fields) -> Subject:
    """A hand-made measurement: `leads` maps a lead to what differs from a flat one."""
    leads = fields.pop("leads", {})
    base = nothing("not made")
    values = {name: Value(v, "") for name, v in fields.items()}
    waves = {name: LeadWaves(name, **leads.get(name, {})) for name in LEADS}
    kept = {k: getattr(base, k) for k in base.__dataclass_fields__}
    return Subject(type(base)(**{**kept, **values, "leads": waves}), 50, sex)


def met(criteria, judged: Subject) -> bool | None:
    return all_met(ask(criteria, judged))


# --- drawings ---------------------------------------------------------------------------------


def test_pericarditis_raises_all_but_avr_and_v1_and_depresses_pr():
    b, usual = leads_of("pericarditis_1"), leads_of()
    assert all(at(b, lead, 60) > 0.1 for lead in ("I", "II", "aVF", "V3", "V4", "V5", "V6"))
    assert at(b, "aVR", 60) < -0.1
    assert at(b, "V1", 60) < 0

    def pr(leads, lead):
        on = leads.beat.qrs_at[0]
        level = leads.part(lead, (on - 4, on))[0] - leads.part(lead, (on - 300, on - 299))[0]
        return float(level)

    assert pr(b, "II") < pr(usual, "II") - 0.05
    assert pr(b, "aVR") > pr(usual, "aVR") + 0.03


def test_pericarditis_flattens_then_inverts_t_with_st_on_the_baseline():
    flat, late = leads_of("pericarditis_2"), leads_of("pericarditis_3")
    for lead in ("I", "II", "V4", "V5", "V6"):
        assert abs(flat.wave_t(lead)) < 0.1
        assert late.wave_t(lead) < -0.1
        assert abs(at(late, lead, 60)) < 0.05
    assert late.wave_t("aVR") > 0.05


@pytest.mark.parametrize("shape", ["early_repolarisation", "j_waves"])
def test_a_notch_stands_on_the_end_of_the_qrs(shape):
    b = leads_of(shape)
    for lead in ("II", "aVF", "V5", "V6"):
        tail = b.part(lead, (b.beat.qrs_at[1] - 22, b.beat.qrs_at[1] + 24))
        peak = int(tail.argmax())
        assert tail[peak] > 0.13
        assert tail[:peak].min() < 0.75 * tail[peak] > tail[peak:].min()


def test_osborn_waves_are_larger_than_a_notch_and_grow_with_the_cold():
    usual, cold = (leads_of("hypothermia", qt_ms=560).part("V4", (46, 90)).max(), None)
    cold = leads_of(("hypothermia", 1.5), qt_ms=560).part("V4", (46, 90)).max()
    assert usual > 0.3
    assert cold > 1.3 * usual


def test_brugada_is_coved_or_a_saddle_in_v1_and_v2():
    cove, saddle = leads_of("brugada_1"), leads_of("brugada_2")
    for lead in ("V1", "V2"):
        assert at(cove, lead, 10) > 0.25
        assert at(cove, lead, 10) > at(cove, lead, 60) > at(cove, lead, 100)
        assert cove.wave_t(lead) < -0.1
    assert at(saddle, "V2", 12) > 0.25
    assert 0.05 < min(at(saddle, "V2", ms) for ms in (40, 60, 80)) < 0.2
    assert saddle.wave_t("V2") > 0.2
    assert abs(at(cove, "II", 20)) < 0.1


def test_takotsubo_spares_v1():
    acute, later = leads_of("takotsubo_acute", qt_ms=500), leads_of("takotsubo_subacute", qt_ms=520)
    assert all(at(acute, lead, 60) > 0.1 for lead in ("V3", "V4", "V5"))
    assert at(acute, "V1", 60) < 0.05
    assert at(acute, "aVR", 60) < -0.05
    assert all(later.wave_t(lead) < -0.3 for lead in ("V3", "V4", "V5"))
    assert later.wave_t("V1") > -0.1 < later.wave_t("aVR")


def test_t_waves_of_raised_intracranial_pressure_are_giant():
    b = leads_of("raised_icp", qt_ms=560)
    assert sum(b.wave_t(lead) < -1.0 for lead in ("V2", "V3", "V4", "V5")) >= 2


def test_potassium_raises_and_narrows_t_then_widens_the_qrs_to_a_sine():
    tented, usual = leads_of("hyperkalaemia_1"), leads_of()
    assert max(tented.wave_t(lead) for lead in ("V2", "V3", "V4")) > 1.1
    assert tented.wave_t("II") > 0.5

    def width(leads):
        wave = leads.part("V4", (leads.beat.qrs_at[1] + 30, leads.beat.t_at[1]))
        return int((wave > 0.15 * wave.max()).sum())

    assert width(tented) < 0.85 * width(usual)
    flat_p = leads_of("hyperkalaemia_2", pr_ms=240)
    assert 0 < flat_p.wave_p("II") < 0.08
    sine = leads_of("hyperkalaemia_4", qrs_ms=205, qt_ms=500)
    steepest = np.abs(np.diff(sine.signal, axis=1)).max()
    assert steepest < 0.35 * np.abs(np.diff(usual.signal, axis=1)).max()


def test_potassium_lack_sags_st_and_makes_u_taller_than_t():
    b = leads_of("hypokalaemia")
    end = b.beat.t_at[1]
    for lead in ("II", "V3"):
        u = b.part(lead, (end + 20, end + 160)).max()
        assert u > 0.1
        assert u > b.part(lead, b.beat.t_at).max()
        assert at(b, lead, 60) < -0.05


def test_calcium_moves_st_and_leaves_t():
    low, high = leads_of("hypocalcaemia", qt_ms=500), leads_of("hypercalcaemia", qt_ms=310)
    st = {k: x.beat.t_at[0] - x.beat.qrs_at[1] for k, x in (("low", low), ("high", high))}
    assert st["low"] > 200
    assert st["high"] < 70
    assert all(abs(at(low, lead, ms)) < 0.03 for lead in ("V4", "V5") for ms in (40, 100, 180))


def test_long_qt_types_differ_in_their_t():
    one, two, three = (leads_of(f"long_qt_{k}", qt_ms=520) for k in (1, 2, 3))
    assert np.diff(one.beat.t_at)[0] > 300 > np.diff(three.beat.t_at)[0] + 80
    assert three.beat.t_at[0] - three.beat.qrs_at[0] > 330
    wave = two.part("V4", two.beat.t_at)
    humps = np.flatnonzero((wave[1:-1] > wave[:-2]) & (wave[1:-1] > wave[2:]))
    assert len(humps) == 2
    assert two.wave_t("II") < 0.2 < one.wave_t("II")


def test_digitalis_scoops_st_and_keeps_the_end_of_t_upright():
    b = leads_of("digitalis_effect", qt_ms=360)
    for lead in ("II", "V5"):
        assert at(b, lead, 80) < -0.07
        assert at(b, lead, 80) < at(b, lead, 0) - 0.04
        assert b.part(lead, (b.beat.t_at[1] - 90, b.beat.t_at[1])).max() > 0.08


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("age", [30, 75])
def test_sodium_block_ends_the_qrs_in_avr(age, sex):
    b = leads_of("sodium_block", qrs_ms=140, axis_deg=165, qt_ms=400, age=age, sex=sex)
    assert b.r("aVR") > 0.4
    assert b.r("aVR") > 0.7 * b.s("aVR")
    assert b.s("I") > 0.5


def test_hyperkalaemia_without_p_has_none_in_its_beats():
    for stage in ("3", "4"):
        name = FINDINGS["hyperkalaemia"].at(stage).name
        spec = plan(Request(report=name))
        assert spec.pr_ms is None
        assert all(beat.p is None for beat in simulate(spec).beats)


# --- criteria ---------------------------------------------------------------------------------


def test_a_coved_st_is_type_1_and_a_saddle_type_2():
    cove = {"j_mv": 0.3, "st60_mv": 0.15, "st80_mv": 0.08, "t_neg_mv": -0.2, "t_mv": -0.2}
    saddle = {"j_mv": 0.25, "st60_mv": 0.1, "st80_mv": 0.12, "t_pos_mv": 0.4, "t_mv": 0.4}
    assert met(BRUGADA_1, subject(leads={"V2": cove})) is True
    assert met(BRUGADA_2, subject(leads={"V2": cove})) is False
    assert met(BRUGADA_2, subject(leads={"V2": saddle})) is True
    assert met(BRUGADA_1, subject(leads={"V2": saddle})) is False
    assert met(BRUGADA_1, subject(leads={"V2": cove | {"j_mv": 0.19}})) is False


def test_early_repolarisation_needs_two_neighbours_and_a_narrow_qrs():
    notch = {"jp_mv": 0.12, "j_wave_mv": 0.1}
    assert met(EARLY_REPOLARISATION, subject(qrs_ms=90, leads={"V5": notch, "V6": notch})) is True
    assert met(EARLY_REPOLARISATION, subject(qrs_ms=90, leads={"II": notch, "V6": notch})) is False
    assert met(EARLY_REPOLARISATION, subject(qrs_ms=90, leads={"V1": notch, "V2": notch})) is False
    assert met(EARLY_REPOLARISATION, subject(qrs_ms=124, leads={"V5": notch, "V6": notch})) is False


def test_qtc_limits_depend_on_sex_and_abstain():
    for sex, qtc, answer in (("male", 455, True), ("female", 455, False), ("female", 465, True)):
        verdict = judge("long_qt", subject(sex, qtc_ms=qtc))
        assert verdict is not None
        assert verdict.met is answer
    verdict = judge("long_qt", Subject(nothing("flat line")))
    assert verdict is not None
    assert verdict.met is None
    assert met(SHORT_QT, subject(qtc_ms=335)) is True
    assert met(SHORT_QT, subject(qtc_ms=345)) is False


def test_a_tall_t_counts_only_when_pointed_and_narrow():
    tented = {"t_pos_mv": 1.2, "t_mv": 1.2, "t_width_ms": 70.0, "t_symmetry": 1.0}
    for change, answer in (
        ({}, True), ({"t_width_ms": 100.0}, False), ({"t_symmetry": 0.6}, False),
        ({"t_pos_mv": 0.9}, False),
    ):  # fmt: skip
        wave = tented | change
        assert met(HYPERKALAEMIA["1"], subject(leads={"V3": wave, "V4": wave})) is answer


def test_u_must_reach_t_and_st_be_down_for_hypokalaemia():
    lead = {"t_mv": 0.1, "u_mv": 0.15, "st60_mv": -0.07}
    assert met(HYPOKALAEMIA, subject(leads={"V3": lead})) is True
    assert met(HYPOKALAEMIA, subject(leads={"V3": lead | {"t_mv": 0.3}})) is False
    assert met(HYPOKALAEMIA, subject(leads={"V3": lead | {"st60_mv": 0.0}})) is False


def test_only_an_r_that_ends_avr_counts_for_sodium_block():
    late = {"q_mv": -0.4, "r_mv": 0.35}
    early = {"r_mv": 0.35, "s_mv": -0.4}
    for wave, answer in ((late, True), (early, False)):
        judged = subject(qrs_ms=120, heart_rate=110, leads={"aVR": wave})
        assert met(SODIUM_BLOCK, judged) is answer


def test_low_t_is_judged_against_its_r():
    low = {"r_mv": 1.5, "t_mv": 0.13}
    chest = ("V4", "V5", "V6")
    normal = {"r_mv": 1.0, "t_mv": 0.3}
    others = dict.fromkeys(("I", "II", "aVL"), normal)
    assert met(LOW_T, subject(leads=others | dict.fromkeys(chest, low))) is True
    assert met(LOW_T, subject(leads=others | dict.fromkeys(chest, low | {"t_mv": -0.3}))) is False
    assert met(LOW_T, subject(leads=others | dict.fromkeys(chest, low | {"r_mv": 1.0}))) is False


def test_st_without_pr_depression_is_no_stage_1_of_pericarditis():
    up = {"j_mv": 0.2, "st60_mv": 0.2, "t_pos_mv": 0.4, "t_mv": 0.4, "pr_mv": -0.08}
    leads = dict.fromkeys(("I", "II", "aVF", "V3", "V4", "V5", "V6"), up)
    leads["aVR"] = {"j_mv": -0.15, "st60_mv": -0.15}
    assert met(PERICARDITIS["1"], subject(leads=leads)) is True
    no_pr = {lead: {k: v for k, v in wave.items() if k != "pr_mv"} for lead, wave in leads.items()}
    assert met(PERICARDITIS["1"], subject(leads=no_pr)) is False


# --- entries ----------------------------------------------------------------------------------


def test_hyperkalaemia_warns_that_it_does_not_track_potassium():
    assert "normal in severe hyperkalaemia" in FINDINGS["hyperkalaemia"].warning


@pytest.mark.parametrize(
    ("text", "id", "stage"),
    [
        ("hyperkalaemia with sine wave pattern", "hyperkalaemia", "4"),
        ("Hyperkali\u00e4mie Stadium 2", "hyperkalaemia", "2"),
        ("LQT2", "long_qt_2", ""),
        ("long QT", "long_qt", ""),
        ("Brugada pattern type 2", "brugada", "type_2"),
        ("pericarditis stage 3", "pericarditis", "3"),
        ("J waves", "j_waves", ""),
        ("Osborn waves", "hypothermia", ""),
    ],
)
def test_stages_are_read(text, id, stage):
    reading = read(text)
    assert [(one.id, one.stage) for one in reading.findings] == [(id, stage)]
    assert not reading.unknown
    assert not reading.problems


def test_contraries_exclude_each_other():
    for a, b in (("long_qt", "short_qt"), ("hyperkalaemia", "hypokalaemia"),
                 ("hypercalcaemia", "hypocalcaemia"), ("long_qt_1", "long_qt_3")):  # fmt: skip
        assert conflicts((a, b))


def test_a_long_qt_leaves_room_for_the_next_p():
    for seed in range(6):
        spec = plan(Request(report="long QT", seed=seed))
        assert spec.pr_ms is not None
        assert spec.pr_ms + spec.qt_ms < 0.88 * 60_000 / spec.heart_rate
        assert plan(Request(report="long QT", seed=seed, pr_ms=260)).pr_ms == 260


@pytest.mark.parametrize("id", ["long_qt_3", "sodium_channel_block", "early_repolarisation"])
def test_a_drawing_is_measured_as_its_finding(id):
    spec = plan(Request(report=FINDINGS[id].name, seed=1))
    verdict = judge(id, Subject(measure(simulate(spec).to_ecg()), spec.age, spec.sex))
    assert verdict is not None
    assert verdict.met, verdict.failed
