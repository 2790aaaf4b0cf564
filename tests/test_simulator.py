"""The simulator: what was asked is what is drawn, and it looks like the textbook says."""

import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sediff.errors import RequestError
from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.simulator.cycle import fit_cycle
from sediff.simulator.dipole import draw, integrate, integrate_rk4, place
from sediff.simulator.engine import simulate
from sediff.simulator.fit import DOWER12, Ask, Fitted, fit
from sediff.simulator.fwaves import f_waves
from sediff.simulator.limits import P_SHARE, QRS_SHARE, qrs_limits
from sediff.simulator.rhythm import AF_MIN_RR
from sediff.simulator.shapes import SHAPES
from sediff.simulator.simulation import Beat
from sediff.spec import CaseSpec, Stated, WaveChange

ADULT = CaseSpec(
    report="", age=55, sex="male", heart_rate=70, qrs_ms=92, qt_ms=390, axis_deg=40, pr_ms=160
)
# What usually goes with a shape; the rest as in `ADULT`.
TYPICAL = {
    "lbbb": {"qrs_ms": 150, "axis_deg": -10, "qt_ms": 430},
    "rbbb": {"qrs_ms": 140, "qt_ms": 420},
    "irbbb": {"qrs_ms": 108},
    "lafb": {"axis_deg": -55, "qrs_ms": 104},
    "lpfb": {"axis_deg": 110, "qrs_ms": 104},
    "rvh": {"axis_deg": 110},
    "wpw": {"pr_ms": 100, "qrs_ms": 125},
    "paced": {"qrs_ms": 160, "axis_deg": -70, "qt_ms": 440},
    "inferior_mi": {"axis_deg": 10},
    "lvh": {"axis_deg": 15},
    "lvh_strain": {"axis_deg": 10},
}


def beat_of(*shapes: str, **numbers) -> Fitted:
    """The fitted beat of the usual adult with these shapes."""
    typical = {k: v for shape in shapes for k, v in TYPICAL.get(shape, {}).items()}
    spec = replace(ADULT, **{**typical, **numbers})
    return fit(
        Ask(
            spec.age, spec.sex, shapes, spec.qrs_ms, spec.qt_ms, spec.axis_deg, spec.pr_ms,
            spec.p_mv, spec.t_mv, spec.st_mv, spec.waves,
        )
    )  # fmt: skip


class Leads:
    """Twelve leads of one fitted beat at 1 kHz, with the readings a criterion needs."""

    def __init__(self, fitted: Fitted):
        self.beat = fitted
        self.t = np.arange(-400.0, 700.0)
        self.signal = DOWER12 @ fitted.all_waves().at(self.t)

    def part(self, lead: str, at: tuple[float, float]) -> np.ndarray:
        inside = (self.t >= at[0]) & (self.t <= at[1])
        return self.signal[LEADS.index(lead), inside]

    def qrs(self, lead: str) -> np.ndarray:
        return self.part(lead, self.beat.qrs_at)

    def r(self, lead: str) -> float:
        return float(self.qrs(lead).max())

    def s(self, lead: str) -> float:
        return float(-self.qrs(lead).min())

    def q(self, lead: str) -> tuple[float, float]:
        """Depth (mV) and duration (ms) of the first downward deflection, 0 if R comes first."""
        wave = self.qrs(lead)
        out = np.flatnonzero(np.abs(wave) > 0.04)
        if len(out) == 0 or wave[out[0]] > 0:
            return 0.0, 0.0
        up = np.flatnonzero(wave[out[0] :] > 0)
        end = out[0] + (up[0] if len(up) else len(wave) - out[0])
        return float(-wave[:end].min()), float(end - out[0])

    def wave_t(self, lead: str) -> float:
        wave = self.part(lead, (self.beat.t_at[0] + 25, self.beat.t_at[1]))
        return float(wave[np.abs(wave).argmax()])

    def wave_p(self, lead: str) -> float:
        assert self.beat.p_at is not None
        wave = self.part(lead, self.beat.p_at)
        return float(wave[np.abs(wave).argmax()])

    def st(self, lead: str) -> float:
        j = self.beat.qrs_at[1] + 60
        return float(self.part(lead, (j, j + 0.999))[0])


def leads_of(*shapes: str, **numbers) -> Leads:
    return Leads(beat_of(*shapes, **numbers))


def inside(simulation) -> np.ndarray:
    r = np.array([beat.r_s for beat in simulation.beats])
    return r[(r >= 0) & (r < simulation.eight.shape[1] / simulation.fs)]


# The equations.


def test_closed_form_and_integrated_ode_agree_within_a_nanovolt():
    waves, rr = beat_of("inferior_ste").all_waves(), 0.9
    t = np.arange(1000) / 500
    closed = draw(place(waves, np.arange(-2, 5) * rr, np.ones(7)), len(t), 500)
    assert np.abs(integrate(waves, rr, t) - closed).max() < 1e-6  # mV


def test_fixed_step_integrator_converges_with_fourth_order():
    waves, rr = beat_of().all_waves(), 0.9
    errors = []
    for steps in (600, 1200):
        t_ms = np.arange(steps + 1) * rr * 1000 / steps
        exact = place(waves, np.arange(-2, 4) * rr, np.ones(6)).at(t_ms)
        errors.append(np.abs(integrate_rk4(waves, rr, rr / steps, steps) - exact).max())
    assert 3.8 < np.log2(errors[0] / errors[1]) < 4.4


def test_local_windows_cut_less_than_a_nanovolt():
    waves = place(beat_of("lbbb").all_waves(), np.array([0.4, 1.3]), np.array([1.0, 0.9]))
    whole = waves.at(np.arange(1000) * 2.0)
    assert np.abs(draw(waves, 1000, 500) - whole).max() < 1e-6


@pytest.mark.parametrize("shape", SHAPES)
def test_einthoven_holds_for_every_shape(shape):
    simulation = simulate(ADULT, shapes=[shape])
    twelve = derive_twelve(simulation.eight)
    assert np.isfinite(twelve).all()
    assert np.abs(twelve[0] + twelve[2] - twelve[1]).max() < 1e-5
    assert simulation.eight.dtype == simulation.draft.dtype == np.float32
    assert simulation.eight.shape == simulation.draft.shape == (8, 5000)


# Randomness.


def test_same_seed_same_samples():
    spec = replace(ADULT, rhythm="af", pr_ms=None, pvc_share=0.1, seed=7)
    assert np.array_equal(simulate(spec).eight, simulate(replace(spec)).eight)
    assert not np.array_equal(simulate(spec).eight, simulate(replace(spec, seed=8)).eight)


def test_pr_change_moves_only_p():
    a, b = simulate(ADULT), simulate(replace(ADULT, pr_ms=220))
    assert [beat.r_s for beat in a.beats] == [beat.r_s for beat in b.beats]
    assert [beat.t for beat in a.beats] == [beat.t for beat in b.beats]
    changed = np.abs(a.eight - b.eight).max(axis=0) > 1e-4
    assert changed.any()
    for beat in a.beats:  # from QRS to the end of T nothing moves
        assert beat.t is not None
        assert not changed[max(0, int(beat.qrs[0] * 500)) : max(0, int(beat.t[1] * 500))].any()


def test_axis_change_leaves_the_f_waves_alone():
    spec = replace(ADULT, rhythm="af", pr_ms=None)
    a, b = simulate(spec), simulate(replace(spec, axis_deg=-40))
    assert np.abs((a.eight - a.draft) - (b.eight - b.draft)).max() < 1e-5


# Rhythm.


@pytest.mark.parametrize("rate", [25, 47, 70, 133, 220])
@pytest.mark.parametrize(
    "rhythm",
    [
        {},
        {"rr_sd_ms": 80},
        {"rhythm": "af", "pr_ms": None},
        {"pvc_share": 0.5},
        {"pvc_share": 0.33},
        {"pvc_share": 0.08, "pac_share": 0.1},
    ],
)
def test_asked_rate_is_exact_for_every_rhythm(rate, rhythm):
    for seed in range(4):
        simulation = simulate(replace(ADULT, heart_rate=rate, seed=seed, **rhythm))
        assert 60 / np.diff(inside(simulation)).mean() == pytest.approx(rate, abs=1e-6)
        r = np.array([beat.r_s for beat in simulation.beats])
        assert r[0] < 0
        assert r[-1] > 10


def test_no_beat_runs_into_the_next():
    rng = np.random.default_rng(0)
    for seed in range(60):
        spec = replace(
            ADULT, heart_rate=rng.uniform(25, 220), qt_ms=rng.uniform(300, 500), seed=seed,
            qrs_ms=rng.uniform(70, 180), pvc_share=rng.choice([0, 0.2]), pac_share=0.1,
            rhythm=str(rng.choice(["sinus", "af"])),
        )  # fmt: skip
        beats = simulate(spec, shapes=()).beats
        for here, after in pairwise(beats):
            start = (after.p or after.qrs)[0]
            assert here.t is None or here.t[1] < start
            assert here.qrs[1] < after.qrs[0]


def test_tachycardia_says_what_it_shortened():
    notes = simulate(replace(ADULT, heart_rate=190)).provenance["notes"]
    assert any("PR" in note for note in notes)
    assert any("QT" in note for note in notes)
    assert simulate(ADULT).provenance["notes"] == ()
    assert fit_cycle(160, 90, 400, 1000) == (160, 400, ())


def test_fibrillation_is_irregular_without_p_and_never_too_fast():
    simulation = simulate(replace(ADULT, rhythm="af", pr_ms=None, heart_rate=110))
    rr = np.diff([beat.r_s for beat in simulation.beats])
    assert 0.12 < rr.std() / rr.mean() < 0.4
    assert rr.min() >= AF_MIN_RR - 1e-9
    assert all(beat.p is None for beat in simulation.beats)
    f = f_waves(5000, 500, np.random.default_rng(1))
    assert np.all(np.ptp(f, axis=1) < 0.2)
    assert np.all(np.ptp(f, axis=1) > 0.02)


def test_flutter_conducts_near_300_a_minute_in_whole_ratios():
    simulation = simulate(replace(ADULT, heart_rate=75), shapes=["flutter"])
    waves = (simulation.eight - simulation.draft)[1]
    power = np.abs(np.fft.rfft(waves - waves.mean()))
    assert np.fft.rfftfreq(5000, 1 / 500)[power.argmax()] * 60 == pytest.approx(300, abs=7)
    assert np.diff(inside(simulation)).std() < 0.01


def test_half_ventricular_beats_are_bigeminy():
    kinds = [beat.kind for beat in simulate(replace(ADULT, pvc_share=0.5)).beats]
    assert all(a != b for a, b in pairwise(kinds))


def test_ventricular_beats_are_early_wide_without_p_and_followed_by_a_pause():
    beats = simulate(replace(ADULT, pvc_share=0.1, rr_sd_ms=5, seed=4)).beats
    i = next(i for i, beat in enumerate(beats) if beat.kind == "V" and 0 < i < len(beats) - 1)
    before, after = beats[i].r_s - beats[i - 1].r_s, beats[i + 1].r_s - beats[i].r_s
    assert before < 0.85 * 60 / 70
    assert after > 60 / 70
    assert beats[i].p is None
    assert 0.125 < beats[i].qrs[1] - beats[i].qrs[0] < 0.175


@pytest.mark.parametrize("share", ["pac_share", "pvc_share"])
def test_a_small_share_still_shows_one_premature_beat(share):
    for seed in range(5):
        beats = simulate(replace(ADULT, seed=seed, **{share: 0.02})).beats
        assert any(beat.kind in "AV" for beat in beats if 0 < beat.r_s < 10)


# Numbers.


def test_intervals_and_axis_are_met():
    rng = np.random.default_rng(3)
    for _ in range(40):
        pr, qrs, qt = rng.uniform(100, 300), rng.uniform(70, 150), rng.uniform(340, 480)
        axis = rng.uniform(-180, 180)
        beat = beat_of(pr_ms=pr, qrs_ms=qrs, qt_ms=qt, axis_deg=axis)
        assert beat.p_at is not None
        assert beat.qrs_at[0] - beat.p_at[0] == pytest.approx(pr, abs=0.5)
        assert beat.qrs_at[1] - beat.qrs_at[0] == pytest.approx(qrs, abs=0.5)
        assert beat.t_at[1] - beat.qrs_at[0] == pytest.approx(qt, abs=0.5)
        i, avf = (DOWER12[LEADS.index(lead)] @ beat.qrs.area() for lead in ("I", "aVF"))
        miss = np.degrees(np.arctan2(2 * avf / np.sqrt(3), i)) - axis
        assert abs((miss + 180) % 360 - 180) < 0.5


@pytest.mark.parametrize("shape", SHAPES)
def test_duration_is_met_whatever_the_shape(shape):
    beat = beat_of(shape, qrs_ms=130)
    assert beat.qrs_at[1] - beat.qrs_at[0] == pytest.approx(130, abs=0.5)


def test_the_drawn_signal_has_the_marked_limits():
    simulation = simulate(replace(ADULT, rr_sd_ms=0))
    size = np.linalg.norm(np.linalg.pinv(DOWER) @ simulation.draft, axis=0)
    beat = next(b for b in simulation.beats if b.r_s > 2)
    assert beat.p is not None
    for (on, off), share in ((beat.p, P_SHARE), (beat.qrs, QRS_SHARE)):
        wave = size[int((on - 0.01) * 500) : int((off + 0.01) * 500)]
        above = np.flatnonzero(wave >= share * wave.max())
        assert (above[-1] - above[0]) / 500 == pytest.approx(off - on, abs=0.006)


def test_qrs_does_not_stretch_with_rr():
    for rate in (40, 70, 110, 150):
        beat = simulate(replace(ADULT, heart_rate=rate)).beats[3]
        assert beat.qrs[1] - beat.qrs[0] == pytest.approx(0.092, abs=0.001)


def test_p_and_t_of_lead_ii_reach_the_asked_peaks():
    for p_mv, t_mv in ((0.05, 0.1), (0.2, 0.6), (0.1, -0.25), (0.1, 0.03)):
        leads = leads_of(p_mv=p_mv, t_mv=t_mv)
        assert leads.wave_p("II") == pytest.approx(p_mv, abs=0.005)
        assert leads.wave_t("II") == pytest.approx(t_mv, abs=0.02)
    assert beat_of(p_mv=0).p is None


def test_asked_t_of_lead_ii_leaves_the_chest_leads_of_lbbb_alone():
    leads = leads_of("lbbb", t_mv=0.25)
    assert leads.wave_t("II") == pytest.approx(0.25, abs=0.04)
    assert 0.2 < leads.wave_t("V2") < 1.0


@pytest.mark.parametrize(
    "asked",
    [
        (("V2", 0.3),),
        (("II", 0.2), ("III", 0.25)),
        (("II", 0.15), ("aVL", -0.1), ("V2", -0.1)),
        (("V5", -0.15),),
    ],
)
def test_st_levels_are_met_where_one_dipole_can(asked):
    leads = leads_of(st_mv=asked)
    for lead, level in asked:
        assert leads.st(lead) == pytest.approx(level, abs=0.03)


def test_impossible_st_levels_are_reported():
    spec = replace(ADULT, st_mv=(("I", 0.3), ("II", 0.3), ("III", 0.3)))
    simulation = simulate(spec)  # III = II - I
    assert max(abs(v) for v in simulation.provenance["st_left_mv"].values()) > 0.05
    assert "ST" in simulation.provenance["notes"][-1]


def test_st_begins_smoothly_and_merges_into_t():
    leads = leads_of("anterior_ste")
    j, end = leads.beat.qrs_at[1], leads.beat.t_at[1]
    wave = leads.part("V3", (j, end))
    assert np.abs(np.diff(wave)).max() < 0.025  # mV per ms
    assert wave[20:-60].min() > 0.2
    assert abs(wave[-1]) < 0.12


def test_wave_changes_change_that_wave():
    usual = leads_of()
    for wave, lead in (("R", "V5"), ("Q", "V2")):
        taller = leads_of(waves=(WaveChange(wave, amplitude=1.5),))
        assert taller.r(lead) > 1.2 * usual.r(lead)
    wide = beat_of(waves=(WaveChange("T", width=1.5),))
    assert np.diff(wide.t_at)[0] > 1.4 * np.diff(usual.beat.t_at)[0]
    late = beat_of(waves=(WaveChange("T", shift_ms=40),))
    assert late.t_at[1] == pytest.approx(usual.beat.t_at[1] + 40, abs=1)
    assert beat_of(waves=(WaveChange("P", amplitude=0),)).p is None


# Given beats.


def test_given_beats_keep_their_limits_and_kinds():
    given = (
        Beat(0.8, "N", (0.75, 0.85), (0.60, 0.70), (1.0, 1.15)),
        Beat(1.6, "N", (1.56, 1.65), None, None),
        Beat(2.2, "V", (2.12, 2.27), None, (2.3, 2.6)),
    )
    simulation = simulate(ADULT, beats=given, seconds=4)
    assert simulation.beats[0] == given[0]
    assert simulation.beats[2] == given[2]
    assert simulation.beats[1].t is not None
    lead = simulation.draft[1]
    assert np.abs(lead[300:350]).max() > 0.08  # P of the first
    assert np.abs(lead[625:750]).max() < 0.01  # none before the second
    assert np.abs(lead[1500:]).max() < 0.01


def test_given_qrs_limits_are_drawn():
    given = (Beat(1.0, "N", (0.93, 1.07), None, (1.2, 1.4)),)
    dipole = np.linalg.pinv(DOWER) @ simulate(ADULT, beats=given, seconds=2).draft
    size = np.linalg.norm(dipole[:, 450:550], axis=0)
    above = 450 + np.flatnonzero(size > QRS_SHARE * size.max())
    assert above[0] / 500 == pytest.approx(0.93, abs=0.006)
    assert above[-1] / 500 == pytest.approx(1.07, abs=0.006)


def test_no_beats_give_a_flat_line():
    assert not simulate(ADULT, beats=()).draft.any()


# Textbook.


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


def test_preexcitation_starts_slowly():
    delta, usual = leads_of("wpw"), leads_of(qrs_ms=125)
    for leads, slow in ((delta, True), (usual, False)):
        wave = leads.qrs("V4")
        climb = (wave > 0.5 * wave.max()).argmax() - (wave > 0.06).argmax()
        assert (climb > 22) == slow


def test_pacing_spike_is_in_the_signal_but_not_in_the_draft():
    simulation = simulate(replace(ADULT, **TYPICAL["paced"]), shapes=["paced"])
    extra = np.abs(simulation.eight - simulation.draft).max(axis=0)
    assert (extra > 0.5).sum() == sum(
        1 for beat in simulation.beats if 0 <= beat.qrs[0] - 0.002 < 10
    )
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


def test_unknown_shape_is_refused_and_order_does_not_matter():
    with pytest.raises(RequestError, match="cannot draw"):
        simulate(ADULT, shapes=["torsade"])
    a = simulate(ADULT, shapes=["rbbb", "lafb"])
    assert np.array_equal(a.eight, simulate(ADULT, shapes=["lafb", "rbbb", "rbbb"]).eight)


def test_shapes_come_from_the_findings():
    findings = pytest.importorskip("sediff.findings")
    table = getattr(findings, "FINDINGS", {})
    known = next((f for f in table.values() if f.shape), None)
    if known is None:
        pytest.skip("no vocabulary")
    assert {f.shape for f in table.values() if f.shape} <= SHAPES.keys()
    spec = replace(ADULT, findings=(Stated(known.id),))
    assert simulate(spec).provenance["shapes"] == (known.shape,)


# Speed.


def test_ten_seconds_take_a_few_milliseconds():
    times = []
    for seed in range(15):
        begun = time.perf_counter()
        simulate(replace(ADULT, seed=seed, axis_deg=20 + seed))  # calibration included
        times.append(time.perf_counter() - begun)
    assert np.median(times) < 0.020


def test_limits_are_where_the_magnitude_passes_the_threshold():
    beat = beat_of()
    on, off, peak = qrs_limits(beat.qrs)
    size = np.linalg.norm(beat.qrs.at(np.array([on, off, peak])), axis=0)
    assert size[:2] == pytest.approx(QRS_SHARE * size[2], rel=0.1)
    assert peak == pytest.approx(0, abs=1.0)
