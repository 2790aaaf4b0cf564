"""Each shape looks like the textbook says."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.leads import LEADS
from sediff.simulator.engine import simulate
from tests.hearts import ADULT, TYPICAL, leads_of


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("age", [20, 55, 90])
def test_normal_beat_is_a_normal_ecg(sex, age):
    n = leads_of(sex=sex, age=age)
    assert n.q("V1")[0] == 0
    assert n.s("V1") > n.r("V1") > 0.1
    assert n.s("V2") > n.r("V2")
    assert n.r("V4") > n.s("V4")  # transition V3-V4
    assert 0.02 < n.q("V6")[0] < 0.25 * n.r("V6")
    assert n.r("V1") < n.r("V2") < n.r("V3") < n.r("V4")
    assert all(n.wave_t(lead) > 0 for lead in ("I", "II", "V2", "V3", "V4", "V5", "V6"))
    assert n.wave_t("aVR") < 0
    assert 0.15 < max(n.wave_t("V2"), n.wave_t("V3")) < 0.75
    assert 0.08 < n.wave_p("II") < 0.17
    assert n.wave_p("aVR") < 0
    assert n.s("V1") + max(n.r("V5"), n.r("V6")) < 3.5


def test_women_have_lower_voltage_and_less_st_and_t_in_v2():
    man, woman = leads_of(), leads_of(sex="female")
    assert woman.r("V5") < man.r("V5")
    assert woman.st("V2") < man.st("V2")
    assert woman.wave_t("V2") < 0.8 * man.wave_t("V2")


def test_lbbb():
    b = leads_of("lbbb")
    assert all(b.q(lead)[0] == 0 for lead in ("I", "V5", "V6"))
    assert all(b.s(lead) > 4 * b.r(lead) for lead in ("V1", "V2", "V3"))
    assert all(b.wave_t(lead) < 0 for lead in ("I", "aVL", "V6"))
    assert b.wave_t("V1") > 0
    wave = b.qrs("V6")
    peaks = np.flatnonzero((wave[1:-1] > wave[:-2]) & (wave[1:-1] > wave[2:]))
    assert len(peaks) == 2  # notched


def test_rbbb():
    b = leads_of("rbbb")
    wave = b.qrs("V1")
    low = int(wave.argmin())
    assert wave[:low].max() > 0.1  # r
    assert wave[low:].max() > wave[:low].max()  # R'
    assert wave[low:].max() > 0.4
    assert all((b.qrs(lead)[-70:] < -0.05).sum() >= 40 for lead in ("I", "V6"))  # wide S
    assert b.wave_t("V1") < 0 < b.wave_t("V5")


def test_incomplete_rbbb_has_an_r_prime():
    wave = leads_of("irbbb").qrs("V1")
    assert wave[wave.argmin() :].max() > 0.15


def test_fascicular_blocks():
    a = leads_of("lafb")
    assert a.q("aVL")[0] > 0.03
    assert a.r("aVL") > a.s("aVL")
    assert a.s("III") > a.r("III") > 0.1
    assert a.q("III")[0] == 0
    p = leads_of("lpfb")
    assert p.s("I") > p.r("I") > 0.05
    assert p.r("III") > p.s("III")
    assert p.q("III")[0] > 0.02


@pytest.mark.parametrize("side", ["left", "right"])
def test_preexcitation_starts_slowly(side):
    delta, usual = leads_of(f"wpw_{side}"), leads_of(qrs_ms=125)
    for leads, slow in ((delta, True), (usual, False)):
        wave = leads.qrs("V4")
        climb = (wave > 0.5 * wave.max()).argmax() - (wave > 0.06).argmax()
        assert (climb > 22) == slow


def test_pacing_spike_is_in_the_signal_but_not_in_the_draft():
    spec = replace(ADULT, pacing="v", **TYPICAL["paced"])
    simulation = simulate(spec, shapes=["paced"])
    extra = np.abs(simulation.eight - simulation.draft).max(axis=0)
    pulses = [at for at in simulation.pulses_s if 0 <= at < 10]
    assert (extra > 0.5).sum() == len(pulses)
    inside = [beat for beat in simulation.beats if 0.01 < beat.qrs[0] < 9.99]
    for beat in inside:
        assert min(abs(beat.qrs[0] - at) for at in pulses) < 0.02
    leads = leads_of("paced")
    assert leads.s("II") > leads.r("II")
    assert leads.s("V1") > 4 * leads.r("V1")


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("shape", ["lvh", "lvh_strain"])
def test_lvh_meets_sokolow_lyon(shape, sex):
    b = leads_of(shape, sex=sex, age=80)
    assert b.s("V1") + b.r("V5") > 3.5
    if shape == "lvh_strain":
        assert all(b.st(lead) < -0.03 for lead in ("I", "V5", "V6"))
        assert all(b.wave_t(lead) < -0.05 for lead in ("I", "aVL", "V5", "V6"))


def test_rvh():
    b = leads_of("rvh")
    assert b.r("V1") > max(0.6, b.s("V1"))
    assert b.s("V6") > b.r("V6")
    assert b.wave_t("V1") < 0
    assert b.wave_t("V2") < 0


@pytest.mark.parametrize("axis", [-20, 10, 40])
def test_inferior_infarct_has_wide_q(axis):
    b = leads_of("inferior_mi", axis_deg=axis)
    for lead in ("III", "aVF"):
        depth, width = b.q(lead)
        assert depth > 0.15
        assert width >= 28
    assert b.q("II")[0] > 0.1


def test_anterior_septal_and_lateral_infarct():
    a = leads_of("anterior_mi")
    assert all(a.r(lead) < 0.1 for lead in ("V1", "V2", "V3"))
    assert a.q("V4")[1] >= 25
    s = leads_of("septal_mi")
    assert all(s.r(lead) < 0.1 for lead in ("V1", "V2"))
    assert s.r("V4") > s.s("V4")
    lateral = leads_of("lateral_mi")
    assert all(lateral.q(lead)[1] >= 25 for lead in ("I", "aVL", "V6"))


@pytest.mark.parametrize(
    ("shape", "up", "down"),
    [
        ("inferior_ste", ("II", "III", "aVF"), ("I", "aVL")),
        ("anterior_ste", ("V2", "V3", "V4"), ()),
        ("lateral_ste", ("I", "aVL", "V5", "V6"), ("III",)),
        ("st_depression", ("aVR",), ("II", "V4", "V5")),
    ],
)
def test_injury_moves_its_leads(shape, up, down):
    b, usual = leads_of(shape), leads_of()
    assert all(b.st(lead) - usual.st(lead) > 0.09 for lead in up)
    assert all(b.st(lead) - usual.st(lead) < -0.05 for lead in down)
    if shape == "inferior_ste":
        assert b.st("III") > b.st("II")


@pytest.mark.parametrize(
    ("shape", "inverted", "upright"),
    [
        ("t_inversion_anterior", ("V1", "V2", "V3", "V4"), ("II",)),
        ("t_inversion_inferior", ("II", "III", "aVF"), ("V4", "V5")),
        ("t_inversion_lateral", ("I", "aVL", "V5", "V6"), ("III",)),
        ("t_inversion", ("I", "II", "V4", "V5"), ("aVR",)),
    ],
)
def test_t_inverts_in_its_territory(shape, inverted, upright):
    b = leads_of(shape)
    assert all(b.wave_t(lead) < -0.04 for lead in inverted)
    assert all(b.wave_t(lead) > 0.04 for lead in upright)


def test_low_voltage_low_t_and_atria():
    low = leads_of("low_voltage")
    assert all(np.ptp(low.qrs(lead)) < 0.5 for lead in LEADS[:6])
    assert all(np.ptp(low.qrs(lead)) < 1.0 for lead in LEADS[6:])
    assert leads_of("low_t").wave_t("V5") < 0.15
    assert leads_of("rae").wave_p("II") > 0.25
    left = leads_of("lae")
    assert left.beat.p_at is not None
    assert np.diff(left.beat.p_at)[0] >= 120
    assert left.wave_p("V1") < -0.1


def test_bifascicular_block_keeps_both_characters():
    b = leads_of("rbbb", "lafb", axis_deg=-60, qrs_ms=140)
    wave = b.qrs("V1")
    assert wave[wave.argmin() :].max() > 0.4
    assert b.s("III") > b.r("III")
