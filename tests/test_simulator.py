"""The simulator: what was asked is what is drawn, and it looks like the textbook says."""

import time
from dataclasses import replace

import numpy as np
import pytest

from sediff.errors import RequestError
from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.simulator.dipole import draw, integrate, integrate_rk4, place
from sediff.simulator.engine import simulate
from sediff.simulator.fit import DOWER12
from sediff.simulator.limits import P_SHARE, QRS_SHARE, qrs_limits
from sediff.simulator.shapes import SHAPES
from sediff.simulator.simulation import Beat
from sediff.spec import Stated, WaveChange
from tests.hearts import ADULT, beat_of, leads_of

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
    spec = replace(ADULT, rhythm="af", pr_ms=None, ectopy=(("pvc", 0.1),), seed=7)
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
    assert replace(simulation.beats[2], form="usual") == given[2]
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
    assert simulate(spec).provenance["shapes"] == ((known.shape, 1.0),)


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
