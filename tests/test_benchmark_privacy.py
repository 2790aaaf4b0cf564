"""Copies of training ECGs are found, and unseen real ones are not taken for copies."""

import json

import numpy as np
import pytest

from sediff.errors import DataError
from sediff.evaluation.benchmark.privacy import (
    median_beats,
    nearest,
    nearest_beats,
    percentile,
    privacy_figures,
)

N = 60


class StubJudge:
    def features(self, ecg):
        return ecg[:, :, 100:900:50].std(axis=2)


def hearts(seed: int, n: int, delay: int = 0) -> np.ndarray:
    """(n, 8, 1000) mV: each heart with a rate, a QRS and a T of its own in each lead."""
    rng = np.random.default_rng(seed)
    t = np.arange(1000)
    made = 0.01 * rng.standard_normal((n, 8, 1000))
    for one in made:
        size, wave = rng.uniform(0.5, 1.5, (8, 1)), rng.uniform(-0.1, 0.4, (8, 1))
        for r in range(30 + delay, 1000, int(rng.integers(60, 110))):
            one += size * np.exp(-((t - r) ** 2) / 4) + wave * np.exp(-((t - r - 28) ** 2) / 60)
    return made.astype(np.float32)


TRAINING, HELD_OUT = hearts(0, 200), hearts(1, N)


@pytest.fixture(scope="module")
def figures() -> dict:
    noise = 0.005 * np.random.default_rng(3).standard_normal((N, 8, 1000))
    half = hearts(2, N)
    half[::2] = (TRAINING[:N] + noise)[::2]
    sets = {"unseen": [hearts(4, N), hearts(5, N)], "half copied": [half, half]}
    return privacy_figures(StubJudge(), TRAINING, HELD_OUT, sets)


def test_nearest_is_that_of_brute_force():
    rng = np.random.default_rng(0)
    queries, training = rng.standard_normal((1100, 5)) + 50, rng.standard_normal((70, 5)) + 50
    gaps = np.linalg.norm(queries[:, None] - training, axis=2)
    distance, index = nearest(queries, training)
    assert distance == pytest.approx(gaps.min(axis=1), rel=1e-4)
    assert (index == gaps.argmin(axis=1)).all()


def test_an_exact_copy_is_at_zero_however_large_the_values():
    training = np.random.default_rng(0).standard_normal((40, 6)) + 1000
    assert nearest(training[7:9], training)[0].tolist() == [0, 0]


def test_rows_without_values_are_nobodys_neighbour():
    training = np.array([[np.nan, 0.0], [3.0, 4.0]])
    distance, index = nearest(np.array([[0.0, 0.0], [np.nan, 1.0]]), training)
    assert distance[0] == 5
    assert index[0] == 1
    assert np.isnan(distance[1])


def test_percentiles_leave_out_what_is_no_number():
    x = np.random.default_rng(0).standard_normal((7, 50))
    x[0, :9] = np.nan
    for q in (0, 5, 50, 100):
        assert percentile(x, q) == pytest.approx(np.nanpercentile(x, q, axis=1))


def test_every_r_is_at_one_place_of_the_median_beat():
    beats = median_beats(HELD_OUT)
    assert beats.shape == (N, 8, 72)
    assert set(np.abs(beats).sum(axis=1).argmax(axis=1)) <= {25, 26, 27}


def test_microvolts_and_millivolts_give_one_beat():
    in_uv = np.rint(HELD_OUT * 1000).astype(np.int16)
    assert median_beats(in_uv) == pytest.approx(median_beats(HELD_OUT), abs=0.002)


def test_wander_is_not_part_of_a_beat():
    wander = 0.5 * np.sin(2 * np.pi * 0.1 * np.arange(1000) / 100).astype(np.float32)
    assert np.abs(median_beats(HELD_OUT + wander) - median_beats(HELD_OUT)).mean() < 0.03


def test_a_record_without_beats_has_no_median_beat():
    assert np.isnan(median_beats(np.zeros((2, 8, 1000)))).all()


def test_a_copy_is_found_by_its_beat_at_another_time():
    copy = median_beats(hearts(0, 200, delay=7))[:20]
    distance, index = nearest_beats(copy, median_beats(TRAINING))
    assert (index == np.arange(20)).all()
    assert distance.max() < 0.02  # mV, the noise of a median of ten beats


def test_unseen_real_ecgs_are_as_far_as_the_held_out_ones(figures):
    for space in figures["spaces"].values():
        low, high = space["sets"]["unseen"]["p5_ratio"]["interval"]
        assert low < 1.15
        assert high > 0.85


def test_copies_are_below_the_held_out_ecgs_in_both_spaces(figures):
    for space in figures["spaces"].values():
        found = space["sets"]["half copied"]
        assert found["p5_ratio"]["interval"][1] < 1
        assert found["copies"] > 0.4
    verdict = figures["verdict"]["half copied"]
    assert not verdict["met"]
    assert verdict["clear"]
    assert "features and in beats" in verdict["words"]


def test_the_held_out_ecgs_stand_beside(figures):
    held_out = figures["spaces"]["beats"]["held_out"]
    assert held_out["p5_ratio"]["value"] == 1
    assert held_out["copies"] == 0
    assert held_out["measured"] == N
    assert held_out["p5"]["value"] < held_out["median"]["value"]


def test_far_ecgs_meet_the_bar_clearly():
    found = privacy_figures(StubJudge(), TRAINING, HELD_OUT, {"far": [5 * HELD_OUT]})
    assert found["verdict"]["far"] == {
        "met": True,
        "clear": True,
        "words": "Not nearer to training ECGs than held-out real ECGs are.",
    }


def test_known_features_and_beats_are_used():
    known = {"training_features": np.zeros((1, 8)), "training_beats": np.zeros((1, 8, 72))}
    found = privacy_figures(StubJudge(), TRAINING, HELD_OUT, {"same": [HELD_OUT]}, **known)
    features = np.linalg.norm(StubJudge().features(HELD_OUT), axis=1)
    expected = np.percentile(features, 5)
    assert found["spaces"]["features"]["held_out"]["p5"]["value"] == pytest.approx(
        expected, rel=1e-5
    )


def test_the_figures_are_plain_json(figures):
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_a_held_out_ecg_in_the_training_set_does_not_break_the_figures():
    leaked = np.concatenate([TRAINING, HELD_OUT])
    found = privacy_figures(StubJudge(), leaked, HELD_OUT, {"copied": [HELD_OUT]})
    assert np.isfinite(found["spaces"]["beats"]["sets"]["copied"]["p5_ratio"]["value"])


def test_samples_of_unequal_size_are_refused():
    with pytest.raises(DataError, match="cut them alike"):
        privacy_figures(StubJudge(), TRAINING, HELD_OUT, {"few": [HELD_OUT[:5]]})


def test_a_set_without_beats_is_refused():
    flat = np.zeros_like(HELD_OUT)
    with pytest.raises(DataError, match="No ECG of flat"):
        privacy_figures(StubJudge(), TRAINING, HELD_OUT, {"flat": [flat]})
