"""Rhythms of the simulator: the asked mean rate is exact, and no beat runs into the next."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sediff.simulator.cycle import fit_cycle
from sediff.simulator.engine import simulate
from sediff.simulator.rhythms.fwaves import f_waves
from sediff.simulator.rhythms.supraventricular import AF_MIN_RR
from tests.hearts import ADULT, inside


@pytest.mark.parametrize("rate", [25, 47, 70, 133, 220])
@pytest.mark.parametrize(
    "rhythm",
    [
        {},
        {"rr_sd_ms": 80},
        {"rhythm": "af", "pr_ms": None},
        {"ectopy": (("pvc", 0.5),)},
        {"ectopy": (("pvc", 0.33),)},
        {"ectopy": (("pvc", 0.08), ("pac", 0.1))},
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
            qrs_ms=rng.uniform(70, 180), ectopy=(("pac", 0.1), ("pvc", 0.2))[: seed % 3],
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
    simulation = simulate(replace(ADULT, heart_rate=75, rhythm="flutter", pr_ms=None))
    waves = (simulation.eight - simulation.draft)[1]
    power = np.abs(np.fft.rfft(waves - waves.mean()))
    assert np.fft.rfftfreq(5000, 1 / 500)[power.argmax()] * 60 == pytest.approx(300, abs=7)
    assert np.diff(inside(simulation)).std() < 0.01


def test_half_ventricular_beats_are_bigeminy():
    kinds = [beat.kind for beat in simulate(replace(ADULT, ectopy=(("pvc", 0.5),))).beats]
    assert all(a != b for a, b in pairwise(kinds))


def test_ventricular_beats_are_early_wide_without_p_and_followed_by_a_pause():
    beats = simulate(replace(ADULT, ectopy=(("pvc", 0.1),), rr_sd_ms=5, seed=4)).beats
    i = next(i for i, beat in enumerate(beats) if beat.kind == "V" and 0 < i < len(beats) - 1)
    before, after = beats[i].r_s - beats[i - 1].r_s, beats[i + 1].r_s - beats[i].r_s
    assert before < 0.85 * 60 / 70
    assert after > 60 / 70
    assert beats[i].p is None
    assert 0.125 < beats[i].qrs[1] - beats[i].qrs[0] < 0.175


@pytest.mark.parametrize("key", ["pac", "pvc"])
def test_a_small_share_still_shows_one_premature_beat(key):
    for seed in range(5):
        beats = simulate(replace(ADULT, seed=seed, ectopy=((key, 0.02),))).beats
        assert any(beat.kind in "AV" for beat in beats if 0 < beat.r_s < 10)
