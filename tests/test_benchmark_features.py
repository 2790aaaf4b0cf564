"""Feature figures are 0 or 1 where they must be, and fall where ECGs are less like real ones."""

import json

import numpy as np
import pytest

from sediff.errors import DataError
from sediff.evaluation.benchmark.features import (
    alignment,
    bar_of,
    feature_figures,
    fid,
    fid_inf,
    figure_of,
    kid,
    prdc,
)

N, D = 120, 8


def cloud(seed: int, n: int = N, shift: float = 0.0, scale: float = 1.0) -> np.ndarray:
    return scale * np.random.default_rng(seed).standard_normal((n, D)) + shift


class StubJudge:
    """Sees the first samples of lead I as features, and the first two as what the ECG says."""

    codes = ()

    def features(self, ecg):
        return ecg[:, 0, :D]

    def ecg_vectors(self, ecg):
        return unit(ecg[:, 0, :D])

    def text_vectors(self, reports):
        return unit(np.array([[float(word) for word in report.split()] for report in reports]))


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def ecgs(features: np.ndarray) -> np.ndarray:
    made = np.zeros((len(features), 8, 1000), dtype=np.float32)
    made[:, 0, :D] = features
    return made


def reports_of(ecg: np.ndarray) -> list[str]:
    return [" ".join(map(str, row)) for row in ecg[:, 0, :D]]


@pytest.fixture(scope="module")
def figures() -> dict:
    real = ecgs(cloud(0))
    sets = {
        "same source": [ecgs(cloud(2)), ecgs(cloud(3))],
        "shifted": [ecgs(cloud(4, shift=3)), ecgs(cloud(5, shift=3))],
        "one mode": [ecgs(cloud(6, scale=0.05)), ecgs(cloud(7, scale=0.05))],
        "as asked": [real, real],
    }
    return feature_figures(StubJudge(), real, ecgs(cloud(1)), sets, reports_of(real))


def test_frechet_distance_of_a_sample_to_itself_is_zero():
    assert fid(cloud(0), cloud(0)) == pytest.approx(0, abs=1e-9)


def test_frechet_distance_is_that_of_the_two_gaussians():
    # Of N(0, 1) and N(1, 4): 1 in means and (2 - 1)^2 in spread, for each of the D axes.
    found = fid(cloud(0, 50_000), cloud(1, 50_000, shift=1, scale=2))
    assert found == pytest.approx(2 * D, rel=0.02)


def test_frechet_distance_holds_with_fewer_records_than_features():
    wide = np.random.default_rng(0).standard_normal((20, 64))
    assert fid(wide, wide) == pytest.approx(0, abs=1e-6)
    assert fid(wide, wide + 1) == pytest.approx(64, rel=1e-6)


def test_extrapolated_frechet_distance_loses_the_bias_of_small_samples():
    a, b = cloud(0, 300), cloud(1, 300)
    assert abs(fid_inf(a, b)) < fid(a, b) / 2


def test_kernel_distance_of_one_source_is_about_zero_and_grows_with_a_shift():
    found = [
        np.mean([kid(cloud(2 * i), cloud(2 * i + 1, shift=s)) for i in range(20)]) for s in (0, 1)
    ]
    assert abs(found[0]) < 0.05 < 1 < found[1]


def test_precision_falls_outside_and_recall_falls_with_missing_modes():
    real = cloud(0)
    same, far, narrow = (prdc(real, x) for x in (cloud(1), cloud(2, shift=9), cloud(3, scale=0.05)))
    assert same["precision"] > 0.6
    assert same["coverage"] > 0.9
    assert far == {"precision": 0, "recall": 0, "density": 0, "coverage": 0}
    assert narrow["precision"] == 1
    assert narrow["recall"] < 0.1
    assert narrow["coverage"] < same["coverage"]


def test_a_sample_covers_itself_wholly():
    found = prdc(cloud(0), cloud(0))
    assert found["precision"] == found["recall"] == found["coverage"] == 1


def test_retrieval_finds_every_report_that_is_in_the_ecg():
    text = unit(cloud(0))
    found = alignment(text, text, [str(i) for i in range(N)])
    assert found["alignment"] == pytest.approx(1)
    assert found["r_at_1"] == found["r_at_5"] == 1


def test_retrieval_by_chance_finds_five_of_a_hundred():
    found = alignment(unit(cloud(0, 400)), unit(cloud(1, 400)), [str(i) for i in range(400)])
    assert found["r_at_5"] == pytest.approx(0.05, abs=0.03)
    assert found["alignment_above_chance"] == pytest.approx(0, abs=0.05)


def test_equal_scores_are_not_a_hit_but_equal_reports_are():
    flat = np.ones((50, 4)) / 2
    assert alignment(flat, flat, [str(i) for i in range(50)])["r_at_5"] == 0
    assert alignment(flat, flat, ["sinus rhythm"] * 50)["r_at_1"] == 1


def test_one_source_is_at_the_floor_and_others_are_not(figures):
    ratio = {name: found["fid_ratio"]["value"] for name, found in figures["sets"].items()}
    assert ratio["same source"] < 2
    assert ratio["shifted"] > 10
    assert ratio["one mode"] > 3


def test_intervals_hold_the_value_and_shares_stay_between_0_and_1(figures):
    for found in figures["sets"].values():
        for name, figure in found.items():
            if figure["interval"] is not None:
                low, high = figure["interval"]
                assert low <= figure["value"] <= high, name
                if name in ("precision", "recall", "coverage"):
                    assert 0 <= low <= high <= 1


def test_the_seeds_stand_beside_their_mean(figures):
    figure = figures["sets"]["shifted"]["fid"]
    assert len(figure["seeds"]) == 2
    assert figure["value"] == pytest.approx(np.mean(figure["seeds"]))
    assert figure["range"] == [min(figure["seeds"]), max(figure["seeds"])]


def test_ecgs_that_say_their_report_align_like_real_pairs(figures):
    assert figures["sets"]["as asked"]["alignment_ratio"]["value"] == pytest.approx(1)
    assert figures["sets"]["same source"]["alignment_ratio"]["value"] < 0.3


def test_what_any_report_would_reach_is_no_alignment(figures):
    ratio = {n: f["alignment_ratio_above_chance"]["value"] for n, f in figures["sets"].items()}
    assert ratio["as asked"] == pytest.approx(1)
    assert abs(ratio["same source"]) < 0.2


def test_a_missed_bar_is_shown_as_missed_with_the_floor_beside(figures):
    bars = {bar["figure"]: bar for bar in figures["bars"]["shifted"]}
    assert not bars["fid_ratio"]["met"]
    assert bars["fid_ratio"]["clear"]
    assert bars["fid_ratio"]["floor"] == 1
    assert not bars["recall"]["met"]


def test_a_bar_within_the_interval_is_met_but_not_clear():
    assert bar_of("recall", figure_of([0.93], (0.91, 0.95)), "at least", 0.92) == {
        "figure": "recall",
        "value": 0.93,
        "bar": "at least 0.92",
        "met": True,
        "clear": False,
    }


def test_the_figures_are_plain_json(figures):
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_samples_of_unequal_size_are_refused():
    real = ecgs(cloud(0))
    with pytest.raises(DataError, match="one size"):
        feature_figures(StubJudge(), real, real[:-1], {}, reports_of(real))


def test_too_few_ecgs_are_refused():
    few = ecgs(cloud(0, 5))
    with pytest.raises(DataError, match="at least 10"):
        feature_figures(StubJudge(), few, few, {}, reports_of(few))


def test_features_that_are_no_numbers_are_refused():
    broken = cloud(0)
    broken[3, 2] = np.nan
    with pytest.raises(DataError, match="no numbers"):
        fid(broken, cloud(1))
