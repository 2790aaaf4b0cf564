"""Read-back sees a finding that is not drawn; training on synthetic ECGs is compared fairly."""

import json

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from sediff.errors import DataError
from sediff.evaluation.benchmark.diagnosis import (
    aurocs,
    drawn_auroc,
    draws_of,
    rare_rows,
    read_back,
    train_on_synthetic,
)

CODES = ("NORM", "AFIB", "LBBB", "WPW")
COMMON = (0.5, 0.2, 0.15, 0.01)  # WPW is rare


def labels_of(seed: int, n: int, share=COMMON) -> np.ndarray:
    return (np.random.default_rng(seed).random((n, len(CODES))) < share).astype(int)


def ecgs(labels: np.ndarray, seed: int, shows=(2.0, 2.0, 2.0, 2.0)) -> np.ndarray:
    """ECGs whose first samples of lead I say, within noise, which findings they have."""
    made = np.zeros((len(labels), 8, len(CODES)), dtype=np.float32)
    noise = np.random.default_rng(seed).standard_normal(labels.shape)
    made[:, 0, : len(CODES)] = labels * np.array(shows) + noise
    return made


class StubJudge:
    codes = CODES

    def scores(self, ecg):
        return 1 / (1 + np.exp(-ecg[:, 0, : len(CODES)]))


def linear(ecg, labels, epochs, seed):
    """Classifier of class means: nothing learned of a finding without cases."""
    x = ecg[:, 0, : len(CODES)]
    ill = [x[y > 0].mean(axis=0) if (y > 0).any() else x.mean(axis=0) for y in labels.T]
    weights = np.stack(ill) - x.mean(axis=0)
    return lambda new: new[:, 0, : len(CODES)] @ weights.T


def drawn(seed: int, n: int, shows=(2.0, 2.0, 2.0, 2.0), share=COMMON):
    labels = labels_of(seed, n, share)
    return ecgs(labels, seed + 100, shows), labels


REAL, TEST = drawn(1, 3000), drawn(2, 1200)


def test_auroc_is_the_share_of_pairs_in_the_right_order():
    rng = np.random.default_rng(0)
    labels, scores = labels_of(0, 200), rng.integers(0, 9, (200, len(CODES)))  # with ties
    for i in range(3):
        ill, well = scores[labels[:, i] == 1, i], scores[labels[:, i] == 0, i]
        expected = mannwhitneyu(ill, well).statistic / (len(ill) * len(well))
        assert aurocs(labels, scores)[i] == pytest.approx(expected)


def test_auroc_without_cases_abstains():
    assert np.isnan(aurocs(np.zeros((5, 1)), np.arange(5.0)[:, None])).all()


def test_a_bootstrap_draw_is_the_auroc_of_the_records_drawn():
    labels, draws = labels_of(0, 150)[:, 1], draws_of(150, 5)
    scores = np.random.default_rng(1).integers(0, 9, 150) + labels
    for draw, found in zip(draws, drawn_auroc(labels, scores, draws), strict=True):
        rows = np.repeat(np.arange(150), draw.astype(int))
        assert found == pytest.approx(aurocs(labels[rows, None], scores[rows, None])[0], abs=1e-6)


def test_generated_ecgs_that_show_their_findings_are_read_like_real_ones():
    labels = labels_of(0, 400)
    found = read_back(StubJudge(), labels, ecgs(labels, 1), [ecgs(labels, 2), ecgs(labels, 3)])
    low, high = found["macro"]["difference"]["interval"]
    assert low < 0 < high
    assert len(found["macro"]["generated"]["seeds"]) == 2
    assert found["bars"][0]["met"]


def test_a_finding_that_is_not_drawn_misses_its_bar():
    labels = labels_of(0, 1500)
    found = read_back(StubJudge(), labels, ecgs(labels, 1), [ecgs(labels, 2, (2, 0, 2, 2))])
    assert found["codes"]["AFIB"]["below"]
    assert found["codes"]["AFIB"]["generated"]["value"] == pytest.approx(0.5, abs=0.06)
    assert found["codes"]["AFIB"]["difference"]["interval"][1] < -0.2
    assert not found["codes"]["NORM"]["below"]
    assert [bar["met"] for bar in found["bars"]] == [False, False]
    assert found["bars"][0]["clear"]


def test_findings_drawn_too_plainly_miss_the_bar_on_the_other_side():
    labels = labels_of(0, 1500)
    found = read_back(StubJudge(), labels, ecgs(labels, 1), [ecgs(labels, 2, (9, 9, 9, 9))])
    assert found["macro"]["difference"]["value"] > 0.02
    assert not found["bars"][0]["met"]
    assert found["bars"][1]["met"]


def test_a_finding_with_few_real_ecgs_has_no_bar_of_its_own():
    labels = labels_of(0, 1500)
    made = [ecgs(labels, 2, (2, 0, 2, 2))]
    found = read_back(StubJudge(), labels, ecgs(labels, 1), made, known={"AFIB": 150, "NORM": 9000})
    assert found["codes"]["AFIB"]["real_ecgs"] == 150
    assert not found["codes"]["AFIB"]["below"]


def test_findings_with_fewer_than_ten_ecgs_are_left_out():
    labels = labels_of(0, 400)
    assert 0 < labels[:, 3].sum() < 10
    found = read_back(StubJudge(), labels, ecgs(labels, 1), [ecgs(labels, 2)])
    assert set(found["codes"]) == {"NORM", "AFIB", "LBBB"}
    assert found["macro"]["codes"] == 3


def test_read_back_is_plain_json():
    labels = labels_of(0, 400)
    found = read_back(StubJudge(), labels, ecgs(labels, 1), [ecgs(labels, 2)])
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_sample_without_any_frequent_finding_is_refused():
    labels = labels_of(0, 15)
    with pytest.raises(DataError, match="take more ECGs"):
        read_back(StubJudge(), labels * 0, ecgs(labels, 1), [ecgs(labels, 2)])


def test_labels_of_another_judge_are_refused():
    labels = labels_of(0, 30)[:, :2]
    with pytest.raises(DataError, match="Labels must be"):
        read_back(StubJudge(), labels, np.zeros((30, 8, 1000)), [np.zeros((30, 8, 1000))])


def test_synthetic_ecgs_of_the_same_source_train_as_well_as_real_ones():
    found = train_on_synthetic(REAL, drawn(5, 3000), TEST, 4, (0, 1), CODES, linear)
    assert found["all"]["ratio"]["value"] == pytest.approx(1, abs=0.02)
    assert found["bars"][0]["met"]


def test_synthetic_ecgs_without_findings_train_nothing():
    found = train_on_synthetic(REAL, drawn(5, 3000, (0, 0, 0, 0)), TEST, 4, (0,), CODES, linear)
    assert found["all"]["ratio"]["value"] < 0.8
    assert not found["bars"][0]["met"]
    assert found["all"]["ratio_above_chance"]["value"] < found["all"]["ratio"]["value"]


def test_every_arm_sees_as_many_ecgs_in_training():
    seen = {}

    def counting(ecg, labels, epochs, seed):
        seen[len(ecg)] = len(ecg) * epochs
        return linear(ecg, labels, epochs, seed)

    found = train_on_synthetic(REAL, drawn(5, 1500), TEST, 6, (0,), CODES, counting)
    assert set(seen.values()) == {18_000}
    assert found["passes"] == {"real": 18_000, "synthetic": 18_000, "both": 18_000}
    assert found["epochs"] == {"real": 6, "synthetic": 12, "both": 4}


def test_rare_findings_stand_apart():
    found = train_on_synthetic(REAL, drawn(5, 3000), TEST, 4, (0,), CODES, linear)
    assert found["codes"]["WPW"]["rare"]
    assert not found["codes"]["NORM"]["rare"]
    assert found["rare"]["codes"] == 1
    assert found["all"]["codes"] == 4
    assert found["rare"]["real"]["value"] == pytest.approx(found["codes"]["WPW"]["real"])


def test_a_gain_counts_only_where_its_whole_interval_is_above_zero():
    found = train_on_synthetic(REAL, drawn(5, 3000), TEST, 4, (0,), CODES, linear)
    low, _ = found["rare"]["gain"]["interval"]
    assert found["bars"][1]["met"] == (low >= 0)


def test_further_ecgs_join_the_synthetic_ones_and_real_ones_are_repeated_beside_them():
    seen = []

    def noting(ecg, labels, epochs, seed):
        seen.append((len(ecg), epochs))
        return linear(ecg, labels, epochs, seed)

    further = drawn(6, 300), drawn(7, 300)
    found = train_on_synthetic(REAL, drawn(5, 3000), TEST, 4, (0,), CODES, noting, further=further)
    assert seen == [(3000, 4), (3000, 4), (6300, 2), (6300, 2)]
    assert set(found["records"]) == {"real", "synthetic", "both", "repeated", "test"}
    assert "repeated_gain" in found["rare"]


def test_rows_with_a_rare_finding_are_found():
    labels = np.zeros((200, 3))
    labels[:50, 0] = labels[7, 1] = labels[9, 1] = 1
    assert rare_rows(labels).tolist() == [7, 9]


def test_without_a_rare_finding_there_is_no_figure_of_them():
    share = (0.5, 0.2, 0.15, 0.1)
    parts = [drawn(i, 1000, share=share) for i in range(3)]
    found = train_on_synthetic(*parts, 2, (0,), CODES, linear)
    assert found["rare"] is None
    assert len(found["bars"]) == 1


def test_training_figures_are_plain_json():
    found = train_on_synthetic(REAL, drawn(5, 3000), TEST, 4, (0, 1), CODES, linear)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
