"""The waves of each lead are read as they were drawn, by hand or by the simulator."""

import json

import numpy as np
import pytest
import wfdb

from sediff.cli import main
from sediff.ecg import Ecg
from sediff.leads import EIGHT, LEADS
from sediff.measure import as_json, measure, measure_eight
from sediff.measure.intervals import corrected
from sediff.measure.json_form import beats_json
from sediff.measure.qrs_ends import delta_ms, j_wave
from sediff.measure.repolarisation import p_of, t_of, u_of
from sediff.measure.ventricles import Qrs, qrs_of
from sediff.plan import plan
from sediff.simulator.engine import simulate
from sediff.spec import Request
from tests.test_measure import FS, drawn

W = 680  # samples of 2 ms
ON, OFF = 260, 310  # a QRS of 100 ms
T_OFF = 480


def wave(*bumps: tuple[float, float, float]) -> np.ndarray:
    """(W,) mV: Gaussians of (height in mV, centre in ms from the QRS onset, width in ms)."""
    t = (np.arange(W) - ON) * 2.0
    return sum((h * np.exp(-((t - at) ** 2) / (2 * s**2)) for h, at, s in bumps), np.zeros(W))


def read(*bumps: tuple[float, float, float]) -> Qrs:
    return qrs_of(wave(*bumps), ON, OFF, 0.0)


def simulated(report: str, **numbers):
    return measure(simulate(plan(Request(report=report, seed=1, **numbers))).to_ecg())


def test_q_r_and_s_have_their_sizes_and_signs():
    found = read((-0.2, 20, 5), (1.2, 45, 7), (-0.4, 75, 6))
    assert found.q_mv == pytest.approx(-0.2, abs=0.02)
    assert found.r_mv == pytest.approx(1.2, abs=0.02)
    assert found.s_mv == pytest.approx(-0.4, abs=0.02)
    assert (found.r2_mv, found.s2_mv) == (0, 0)
    assert found.net_mv == pytest.approx(0.8, abs=0.03)
    assert found.r_peak_ms == pytest.approx(45, abs=2)
    assert found.s_nadir_ms == pytest.approx(75, abs=2)


def test_qs_is_a_q_without_r():
    found = read((-1.0, 50, 15))
    assert found.q_mv == pytest.approx(-1.0, abs=0.01)
    assert found.q_ms > 60
    assert found.r_mv == found.s_mv == 0


def test_rsr_has_two_upright_waves():
    found = read((0.3, 15, 5), (-0.6, 40, 7), (0.7, 75, 9))
    assert found.r_mv == pytest.approx(0.3, abs=0.02)
    assert found.r2_mv == pytest.approx(0.7, abs=0.02)
    assert found.r_peak_ms == pytest.approx(75, abs=2)
    assert found.terminal_ms > 40


def test_a_notched_r_is_one_long_wave():
    found = read((0.8, 30, 12), (0.8, 70, 12))
    assert found.notched
    assert found.r2_mv == 0
    assert found.r_ms > 85
    assert not read((1.0, 50, 10)).notched


def test_ripples_are_no_waves():
    assert read((-0.015, 12, 4), (1.0, 45, 8), (0.03, 85, 3)).q_mv == 0
    found = qrs_of(wave((0.05, 15, 4), (-1.0, 50, 10)), ON, OFF, 0.02)
    assert found.r_mv == 0  # 0.05 mV within a noise of 0.02 mV


def test_a_raised_j_point_is_no_second_r():
    step = wave((-0.9, 40, 8)) + np.where(np.arange(W) > ON + 35, 0.3, 0.0)
    assert qrs_of(step, ON, OFF, 0.0).r_mv == 0


def test_delta_is_a_slow_start_in_the_same_direction():
    t = np.arange(0, 110, 2.0)
    slurred = np.interp(t, [0, 45, 65, 90], [0, 0.3, 1.5, 0])
    assert delta_ms(slurred) == pytest.approx(45, abs=6)
    assert delta_ms(np.interp(t, [0, 20, 40], [0, 1.5, 0])) == 0
    assert delta_ms(np.interp(t, [0, 30, 50, 70], [0, -0.2, 1.5, 0])) == 0  # a q


def test_a_notch_after_r_is_a_j_wave_and_a_plain_r_has_none():
    height, level = j_wave(wave((1.2, 40, 9), (0.25, 95, 6)), ON, OFF, 0.02)
    assert height == pytest.approx(0.25, abs=0.03)
    assert level == pytest.approx(0.25, abs=0.03)
    assert j_wave(wave((1.2, 40, 9)), ON, OFF, 0.02) == (0, 0)


def test_t_is_told_from_st():
    flat = np.interp(np.arange(W), [ON, OFF, T_OFF, T_OFF + 1], [0, -0.2, -0.2, 0])
    assert t_of(flat, OFF, T_OFF, 0.0).t_neg_mv == 0
    upright = t_of(wave((0.4, 300, 30)), OFF, T_OFF, 0.0)
    assert upright.t_mv == upright.t_pos_mv == pytest.approx(0.4, abs=0.02)
    assert upright.t_width_ms == pytest.approx(2.35 * 30, abs=6)
    assert upright.t_symmetry == pytest.approx(1.0, abs=0.1)
    assert upright.t_first == 0


def test_biphasic_and_notched_t():
    both = t_of(wave((0.2, 250, 25), (-0.3, 340, 25)), OFF, T_OFF, 0.0)
    assert both.t_first == 1
    assert both.t_neg_mv == pytest.approx(-0.3, abs=0.03)
    assert both.t_pos_mv == pytest.approx(0.2, abs=0.03)
    assert t_of(wave((0.3, 250, 22), (0.3, 340, 22)), OFF, T_OFF, 0.0).t_notched
    assert not t_of(wave((0.3, 300, 30)), OFF, T_OFF, 0.0).t_notched


def test_u_follows_t():
    lead = wave((0.1, 280, 25), (0.25, 500, 25))
    assert u_of(lead, ON + 190, W, 0.0) == pytest.approx(0.25, abs=0.02)
    assert u_of(wave((0.1, 280, 25)), ON + 190, W, 0.0) == 0


def test_p_terminal_force_notch_and_pr_segment():
    lead = wave((0.1, -110, 12), (-0.1, -70, 12))
    found = p_of(lead, ON - 75, ON - 15, ON, 0.0)
    # 0.1 mV deep and some 50 ms long: more than Morris' 4 mV ms
    assert found.p_terminal_mv_ms == pytest.approx(5, abs=1.5)
    assert found.p_neg_mv == pytest.approx(-0.1, abs=0.02)
    humps = p_of(wave((0.1, -120, 12), (0.1, -70, 12)), ON - 85, ON - 15, ON, 0.0)
    assert humps.p_notch_ms == pytest.approx(50, abs=4)
    low = wave((0.1, -110, 12)) - np.where(np.abs(np.arange(W) - ON + 15) < 20, 0.08, 0.0)
    assert p_of(low, ON - 75, ON - 38, ON, 0.0).pr_mv == pytest.approx(-0.08, abs=0.01)


def test_corrections_of_qt_are_the_published_ones():
    assert corrected(400, 1.0) == pytest.approx((400, 400, 400, 400))
    fridericia, bazett, framingham, hodges = corrected(360, 0.6)
    assert fridericia == pytest.approx(426.8, abs=0.1)
    assert bazett == pytest.approx(464.8, abs=0.1)
    assert framingham == pytest.approx(421.6, abs=0.1)
    assert hodges == pytest.approx(430.0, abs=0.1)


def test_amplitudes_are_those_drawn():
    simulation = drawn()
    found = measure(simulation.to_ecg())
    twelve = simulation.to_ecg().signal
    beat = simulation.beats[3]
    span = slice(round(beat.qrs[0] * FS), round(beat.qrs[1] * FS))
    for lead in ("II", "V2", "V5"):
        part = twelve[LEADS.index(lead), span]
        assert found.leads[lead].tall_mv == pytest.approx(part.max() - part[0], abs=0.08)
        assert found.leads[lead].deep_mv == pytest.approx(part[0] - part.min(), abs=0.08)


@pytest.mark.parametrize("lead", ["V2", "V3"])
def test_st_is_read_back_at_j_plus_60(lead):
    found = measure(drawn(st_mv=((lead, 0.3),)).to_ecg())
    value = found.st_mv[lead].value
    assert value == pytest.approx(0.3, abs=0.04)
    assert found.leads[lead].st60_mv == pytest.approx(value, abs=1e-6)
    assert found.st_j_mv[lead].value == pytest.approx(found.leads[lead].j_mv, abs=1e-6)


def test_slow_drift_does_not_move_st():
    eight = drawn(st_mv=(("V2", 0.2),)).eight.astype(float)
    t = np.arange(eight.shape[1]) / FS
    plain = measure_eight(eight, FS).st_mv["V2"].value
    moved = measure_eight(eight + 0.5 * np.sin(2 * np.pi * 0.15 * t), FS).st_mv["V2"].value
    assert moved == pytest.approx(plain, abs=0.03)


def test_axes_of_p_and_t_are_given():
    found = measure(drawn().to_ecg())
    assert 0 < (found.p_axis_deg.value or 0) < 90
    assert 0 < (found.t_axis_deg.value or 0) < 90
    assert 80 <= (found.p_ms.value or 0) <= 125


@pytest.mark.parametrize("seed", range(3))
def test_tall_narrow_t_waves_are_not_counted_as_beats(seed):
    spec = plan(Request(report="hyperkalaemia", seed=seed, heart_rate=100))
    found = measure(simulate(spec).to_ecg())
    assert found.heart_rate.value == pytest.approx(100, abs=1)


def test_t_ends_before_a_large_u():
    spec = plan(Request(report="hypokalaemia", seed=1))
    found = measure(simulate(spec).to_ecg())
    assert found.qt_ms.value == pytest.approx(spec.qt_ms, abs=15)
    assert max(waves.u_mv for waves in found.leads.values()) > 0.1


def test_a_j_wave_does_not_widen_the_qrs():
    spec = plan(Request(report="hypothermia", seed=1))
    found = measure(simulate(spec).to_ecg())
    assert found.qrs_ms.value == pytest.approx(spec.qrs_ms, abs=15)


def test_left_bundle_branch_block_is_one_broad_notched_r():
    found = simulated("left bundle branch block").leads
    for lead in ("I", "V6"):
        assert found[lead].notched
        assert found[lead].r_ms >= 100
        assert found[lead].q_mv == 0
        assert found[lead].r_peak_ms > 60


def test_unusable_leads_are_not_read_and_say_why():
    signal = drawn().to_ecg().signal.copy()
    signal[LEADS.index("V3")] = 0.1
    found = measure(Ecg(signal))
    assert set(LEADS) - set(found.leads) == {"V3"} == set(found.lead_faults)
    assert "flat" in found.lead_faults["V3"]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_lead_that_is_no_number_costs_that_lead_only(value):
    eight = drawn().eight.astype(float)
    eight[EIGHT.index("V2"), 100] = value
    found = measure_eight(eight, FS)
    assert found.heart_rate.value == pytest.approx(70, abs=0.5)
    assert found.st_mv["V2"].value is None
    assert "V2" not in found.leads


@pytest.mark.parametrize("fs", [100, 250, 500, 1000, 2000])
def test_three_seconds_are_enough(fs):
    eight = drawn().eight.astype(float)[:, : 3 * FS]
    t = np.arange(3 * fs) / fs
    short = np.stack([np.interp(t, np.arange(3 * FS) / FS, lead) for lead in eight])
    found = measure_eight(short, fs)
    assert found.heart_rate.value == pytest.approx(70, abs=3)
    assert found.qrs_ms.value is None or abs(found.qrs_ms.value - 92) < 14


def test_swapped_polarity_reads_no_lead():
    found = measure_eight(-drawn().eight, FS)
    assert not found.leads
    assert "polarity" in found.lead_faults["V5"]


def test_beats_are_listed_in_ms_from_the_first_sample():
    simulation = drawn()
    rows = beats_json(measure(simulation.to_ecg()))
    true = [b for b in simulation.beats if 0.3 < b.r_s < 9.3]
    for beat in true:
        row = min(rows, key=lambda r: abs(r["r_ms"] - 1000 * beat.r_s))
        assert row["kind"] == "N"
        assert beat.p is not None
        assert beat.t is not None
        assert row["p_on_ms"] == pytest.approx(1000 * beat.p[0], abs=12)
        assert row["qrs_on_ms"] == pytest.approx(1000 * beat.qrs[0], abs=10)
        assert row["qrs_off_ms"] == pytest.approx(1000 * beat.qrs[1], abs=10)
        assert row["t_off_ms"] == pytest.approx(1000 * beat.t[1], abs=20)


def test_beats_without_p_have_null_limits():
    rows = beats_json(measure(drawn(rhythm="af", pr_ms=None, heart_rate=90).to_ecg()))
    assert rows
    assert all(row["p_on_ms"] is row["p_off_ms"] is None for row in rows)


def test_the_shell_lists_beats_on_request(tmp_path, capsys):
    ecg = drawn().to_ecg()
    wfdb.wrsamp(
        "r", fs=FS, units=["mV"] * 12, sig_name=list(LEADS), fmt=["16"] * 12,
        p_signal=ecg.signal.T.astype(float), write_dir=str(tmp_path),
    )  # fmt: skip
    assert main(["measure", str(tmp_path / "r"), "--beats"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert set(row["beats"][0]) == {
        "kind", "r_ms", "p_on_ms", "p_off_ms", "qrs_on_ms", "qrs_off_ms", "t_off_ms",
    }  # fmt: skip
    assert main(["measure", str(tmp_path / "r")]) == 0
    assert "beats" not in json.loads(capsys.readouterr().out)


def test_json_holds_the_new_values():
    row = json.loads(json.dumps(as_json(measure(drawn().to_ecg()))))
    new = {"qtc_bazett", "qtc_framingham", "qtc_hodges", "p_axis", "t_axis", "st_j", "leads"}
    assert set(row) >= new | {"rhythm_class", "quality", "lead_faults"}
    assert set(row["leads"]) == set(LEADS)
