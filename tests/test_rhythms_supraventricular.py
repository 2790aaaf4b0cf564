"""Sinus, atrial and junctional rhythms: drawn as the textbook says."""

import time
from itertools import pairwise

import numpy as np
import pytest

from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.rhythms.fwaves import f_waves
from sediff.spec import Request
from tests.hearts import ADULT, inside
from tests.rhythms import RHYTHMS, SEEDS, drawn, lead, pr_ms, within


@pytest.mark.parametrize("numbers", RHYTHMS.values(), ids=RHYTHMS)
def test_the_asked_rate_is_the_mean_ventricular_rate(numbers):
    for seed in SEEDS:
        simulation = drawn(seed, **numbers)
        asked = numbers.get("heart_rate", ADULT.heart_rate)
        assert 60 / np.diff(inside(simulation)).mean() == pytest.approx(asked, abs=1e-6)
        assert np.isfinite(simulation.eight).all()


@pytest.mark.parametrize("numbers", RHYTHMS.values(), ids=RHYTHMS)
def test_the_same_seed_gives_the_same_rhythm(numbers):
    assert np.array_equal(drawn(3, **numbers).eight, drawn(3, **numbers).eight)


# Sinus node.


def test_sinus_arrhythmia_varies_by_more_than_the_criterion():
    for seed in SEEDS:
        rr = np.diff(inside(drawn(seed, rhythm="sinus_arrhythmia")))
        assert np.ptp(rr) > 0.15


def test_a_sinus_pause_lasts_three_seconds_and_is_no_multiple_of_pp():
    for seed in SEEDS:
        for rate in (42, 50, 56):
            rr = np.diff(inside(drawn(seed, rhythm="sinus_pause", heart_rate=rate)))
            assert rr.max() > 3.0
            ratio = rr.max() / np.median(rr)
            assert abs(ratio - round(ratio)) > 0.3


def test_sa_block_pauses_tell_the_types():
    for seed in SEEDS:
        two = np.diff(inside(drawn(seed, **RHYTHMS["sa_block_2"])))
        assert two.max() / np.median(two) == pytest.approx(2, abs=0.05)
        one = np.diff(inside(drawn(seed, **RHYTHMS["sa_block_1"])))
        i = next(k for k in range(2, len(one)) if one[k] == one[2:].max())
        assert one[i - 1] < one[i - 2] or one[i - 2] > 1.3 * one[i - 1]
        assert one[i] < 2 * one[i - 1]


def test_a_sick_sinus_node_is_rescued_by_the_junction():
    for seed in SEEDS:
        beats = drawn(seed, **RHYTHMS["sick_sinus"]).beats
        escape = [(a, b) for a, b in pairwise(beats) if b.kind == "J"]
        assert len(escape) == 1
        before, rescue = escape[0]
        assert rescue.r_s - before.r_s > 3
        assert rescue.p is None


# Atria.


def test_f_waves_stand_out_in_v1_and_have_no_clock():
    for seed in SEEDS:
        simulation = drawn(seed, rhythm="af", pr_ms=None)
        assert np.ptp((simulation.eight - simulation.draft)[2]) > 0.1
    f = f_waves(10_000, 500, np.random.default_rng(0))[2]
    power = np.abs(np.fft.rfft(f - f.mean())) ** 2
    assert power.max() / power.sum() < 0.5


@pytest.mark.parametrize(("key", "ratio"), [("flutter_2", 2), ("flutter_3", 3), ("flutter_4", 4)])
def test_flutter_conducts_as_its_stage_says(key, ratio):
    rate = 290 / ratio
    simulation = drawn(rhythm=key, heart_rate=rate, pr_ms=None, qt_ms=330)
    beside = simulation.eight - simulation.draft
    power = np.abs(np.fft.rfft(beside[1] - beside[1].mean()))
    hz = np.fft.rfftfreq(5000, 1 / 500)[power.argmax()]
    assert hz * 60 / rate == pytest.approx(ratio, abs=0.1)
    v1, ii = beside[2] - np.median(beside[2]), beside[1]
    assert v1.max() > -1.5 * v1.min()  # upright in V1
    assert np.ptp(ii) > 0.25


def test_variable_flutter_conducts_in_whole_flutter_cycles():
    rr = np.diff(inside(drawn(**RHYTHMS["flutter_variable"])))
    cycle = rr.min() / 2
    assert len(set(np.round(rr / cycle).astype(int))) >= 3
    assert np.abs(rr / cycle - np.round(rr / cycle)).max() < 0.02


def test_a_flutter_that_the_asked_rate_makes_too_slow_is_said():
    notes = drawn(rhythm="flutter_2", heart_rate=60, pr_ms=None).provenance["notes"]
    assert any("120/min" in note for note in notes)


def test_multifocal_atria_change_p_and_intervals():
    for seed in SEEDS:
        simulation = drawn(seed, **RHYTHMS["multifocal"])
        beats = within(simulation)
        assert all(beat.p for beat in beats)
        rr = np.diff([beat.r_s for beat in beats])
        assert rr.std() / rr.mean() > 0.07
        assert np.ptp(pr_ms(beats)) > 20


def test_an_ectopic_atrial_p_is_inverted_in_the_inferior_leads():
    simulation = drawn(rhythm="atrial_low", heart_rate=70, rr_sd_ms=0)
    beat = within(simulation)[2]
    for name in ("II", "III", "aVF"):
        wave = lead(simulation, name)[int(beat.p[0] * 500) : int(beat.p[1] * 500)]
        assert wave.min() < -0.08
        assert wave.max() < 0.02


# Junction.


def test_avnrt_makes_a_pseudo_r_in_v1_and_a_pseudo_s_in_the_inferior_leads():
    simulation = drawn(**RHYTHMS["avnrt"])
    plain = drawn(**{**RHYTHMS["avnrt"], "rhythm": "svt"})
    beat = within(simulation)[3]
    end = slice(int((beat.qrs[1] - 0.01) * 500), int((beat.qrs[1] + 0.03) * 500))
    assert (lead(simulation, "V1") - lead(plain, "V1"))[end].max() > 0.07
    assert (lead(simulation, "II") - lead(plain, "II"))[end].min() < -0.1


def test_avrt_puts_an_inverted_p_into_the_st_segment():
    simulation = drawn(**RHYTHMS["avrt"])
    for beat in within(simulation)[:-1]:
        (va,) = [on - beat.qrs[0] for on, _ in simulation.lone_p if 0 < on - beat.r_s < 0.2]
        assert 0.1 < va < 0.15


def test_junctional_beats_have_no_p_or_a_short_pr():
    for seed in range(12):
        beats = within(drawn(seed, **RHYTHMS["junctional"]))
        assert all(beat.kind == "J" for beat in beats)
        assert (pr_ms(beats) < 120).all()


# Early and late beats.


def test_premature_junctional_beats_are_early_narrow_and_without_p():
    beats = drawn(ectopy=(("pjc", 0.1),), rr_sd_ms=5).beats
    early = [(a, b) for a, b in pairwise(beats) if b.kind == "J"]
    assert early
    for before, beat in early:
        assert beat.p is None
        assert beat.r_s - before.r_s < 0.9 * 60 / 70
        assert beat.form == "usual"


def test_half_atrial_beats_are_bigeminy_with_visible_early_p():
    beats = within(drawn(ectopy=(("pac", 0.5),), heart_rate=65))
    assert {(a.kind, b.kind) for a, b in pairwise(beats)} == {("A", "N"), ("N", "A")}
    assert all(beat.p for beat in beats)


def test_escape_beats_are_late():
    beats = drawn(ectopy=(("junctional_escape", 0.1),), heart_rate=52, rr_sd_ms=5).beats
    late = [b.r_s - a.r_s for a, b in pairwise(beats) if b.kind == "J"]
    usual = np.median(np.diff([b.r_s for b in beats]))
    assert late
    assert min(late) > 1.3 * usual


# Words to hearts.


@pytest.mark.parametrize(
    ("report", "rhythm", "conduction"),
    [
        ("AF with complete heart block", "af", "complete"),
        ("atrial flutter with LBBB", "flutter", "normal"),
        ("atrial flutter with 2:1 conduction", "flutter_2", "normal"),
        ("Vorhofflattern mit wechselnder Überleitung", "flutter_variable", "normal"),
        ("Wenckebach", "sinus", "mobitz_1"),
        ("Mobitz II with RBBB", "sinus", "mobitz_2"),
        ("2:1 AV block", "sinus", "two_to_one"),
        ("complete AV block with ventricular escape", "sinus", "complete_ventricular"),
        ("SA-Block Typ I", "sa_block_1", "normal"),
        ("sinus arrest", "sinus_pause", "normal"),
        ("AVNRT", "avnrt", "normal"),
        ("MAT", "multifocal", "normal"),
    ],
)
def test_reports_plan_their_rhythm(report, rhythm, conduction):
    spec = plan(Request(report=report))
    assert (spec.rhythm, spec.conduction) == (rhythm, conduction)
    assert not spec.conflicts
    simulate(spec)


def test_ten_seconds_take_a_few_milliseconds():
    for numbers in RHYTHMS.values():
        drawn(**numbers)
    begun = time.perf_counter()
    for numbers in RHYTHMS.values():
        drawn(1, **numbers)
    assert (time.perf_counter() - begun) / len(RHYTHMS) < 0.030


@pytest.mark.parametrize(
    "numbers",
    [{"conduction": "two_to_one", "heart_rate": 90}, {"rhythm": "sinus_pause", "heart_rate": 90}],
)
def test_a_rate_that_contradicts_the_structure_is_said(numbers):
    simulation = drawn(**numbers)
    assert simulation.provenance["notes"]
    assert 60 / np.diff(inside(simulation)).mean() == pytest.approx(90, abs=1e-6)
