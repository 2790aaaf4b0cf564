"""The judge: the same ECG, the same verdict; what it is not made for, it refuses."""

import numpy as np
import pandas as pd
import pytest
import torch

from sediff.assets import write_manifest
from sediff.diffusion.bundle import save_part
from sediff.errors import DataError, WeightsError
from sediff.evaluation.benchmark.judge import (
    Judge,
    JudgeConfig,
    JudgeNetwork,
    fit_classifier,
    initialise,
    load_judge,
    words_of,
)
from sediff.training.inputs import Data
from sediff.training.judge import (
    Judged,
    auroc,
    frequent_codes,
    label_matrix,
    number_matrix,
    prepare,
    retrieval,
    standardise,
    train_judge,
)

_CONFIG = JudgeConfig(
    codes=("NORM", "PVC"), numbers=("heart_rate", "noise"), widths=(8, 12), buckets=64
)


def _network(seed: int = 0) -> JudgeNetwork:
    network = JudgeNetwork(_CONFIG)
    initialise(network, seed)
    return network


def _beats(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """ECGs of noise and spikes, upright in the first half and inverted in the second."""
    rng = np.random.default_rng(seed)
    ecg = 0.02 * rng.standard_normal((n, 8, 1000))
    labels = (np.arange(n) < n // 2).astype(np.float32)
    for one, label in zip(ecg, labels, strict=True):
        one[:, rng.integers(60) :: 80] += 1.0 if label else -1.0
    return ecg.astype(np.float32), np.stack([labels, 1 - labels], axis=1)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(_network())


def test_every_answer_has_its_shape_and_does_not_depend_on_the_batch(judge):
    ecg, _ = _beats(300)  # more than one batch
    assert judge.features(ecg).shape == (300, 256)
    scores = judge.scores(ecg)
    assert scores.shape == (300, 2)
    assert scores.dtype == np.float32
    assert np.all((scores >= 0) & (scores <= 1))
    assert np.allclose(judge.scores(ecg[280:]), scores[280:], atol=1e-4)
    assert np.allclose(np.linalg.norm(judge.ecg_vectors(ecg), axis=1), 1, atol=1e-5)
    assert np.allclose(
        np.linalg.norm(judge.text_vectors(["AF", "normal ECG"]), axis=1), 1, atol=1e-5
    )


def test_no_ecg_gives_no_answer(judge):
    none = np.empty((0, 8, 1000), np.float32)
    assert judge.features(none).shape == (0, 256)
    assert judge.scores(none).shape == (0, 2)
    assert judge.text_vectors([]).shape == (0, 128)


def test_what_is_remembered_cannot_be_changed_from_outside(judge):
    ecg, _ = _beats(4)
    first = judge.features(ecg)
    before = first.copy()
    first[:] = 0
    assert np.array_equal(judge.features(ecg), before)
    ecg[0] *= 2
    assert not np.array_equal(judge.features(ecg)[0], before[0])


def test_drift_does_not_reach_the_judge(judge):
    ecg, _ = _beats(2)
    drift = 0.3 * np.sin(2 * np.pi * 0.1 * np.arange(1000) / 100)
    moved = judge.features((ecg + drift).astype(np.float32)) - judge.features(ecg)
    scaled = judge.features(1.3 * ecg) - judge.features(ecg)
    assert np.linalg.norm(moved) < 0.2 * np.linalg.norm(scaled)


@pytest.mark.parametrize("shape", [(2, 12, 1000), (2, 8, 5000), (8, 1000)])
def test_another_shape_is_refused_in_one_sentence(judge, shape):
    with pytest.raises(DataError, match="resample them first"):
        judge.features(np.zeros(shape, np.float32))


def test_values_that_are_not_finite_are_refused(judge):
    ecg, _ = _beats(2)
    ecg[1, 3, 500] = np.nan
    with pytest.raises(DataError, match="not finite"):
        judge.scores(ecg)


def test_words_leave_out_what_every_device_prints():
    report = "Sinusrhythmus  T negativ in V1-V3. 4.46      unbestÄtigter bericht"
    assert words_of(report) == ("sinusrhythmus", "t", "negativ", "in", "v1", "v3")


def test_the_order_of_words_matters(judge):
    one, other = judge.text_vectors(["left axis right bundle", "right axis left bundle"])
    assert one @ other < 0.999


def test_saved_and_loaded_judges_agree(judge, tmp_path):
    save_part(tmp_path, "judge", judge.network, _CONFIG)
    write_manifest(tmp_path, {})
    loaded = load_judge(tmp_path)
    ecg, _ = _beats(6)
    assert loaded.codes == _CONFIG.codes
    assert np.allclose(loaded.scores(ecg), judge.scores(ecg), atol=5e-3)  # half precision


def test_a_missing_judge_is_one_sentence(tmp_path):
    write_manifest(tmp_path, {})
    with pytest.raises(WeightsError, match="missing"):
        load_judge(tmp_path)


def test_a_classifier_learns_what_the_ecgs_show():
    ecg, labels = _beats(96)
    scores = fit_classifier(ecg, labels, epochs=16, seed=0)
    other, truth = _beats(40, seed=1)
    assert auroc(truth, scores(other)).min() > 0.95


def test_the_same_seed_gives_the_same_classifier_whoever_else_draws():
    ecg, labels = _beats(64)
    made = []
    for seed in (3, 3, 4):
        torch.rand(1)  # the chance that all share
        made.append(fit_classifier(ecg, labels, 1, seed)(ecg))
    assert np.allclose(made[0], made[1], atol=1e-6)
    assert not np.allclose(made[0], made[2], atol=1e-3)


def test_a_classifier_needs_a_row_of_labels_an_ecg():
    ecg, labels = _beats(8)
    with pytest.raises(DataError, match="one row of labels"):
        fit_classifier(ecg, labels[:5], 1, 0)
    with pytest.raises(DataError, match="one row of labels"):
        fit_classifier(ecg[:0], labels[:0], 1, 0)


def test_auroc_is_the_share_of_pairs_in_right_order_and_ties_count_half():
    labels = np.array([[1, 1], [1, 0], [0, 0], [0, 0]])
    scores = np.array([[0.9, 0.5], [0.2, 0.5], [0.4, 0.5], [0.1, 0.1]])
    assert auroc(labels, scores) == pytest.approx([3 / 4, (0.5 + 0.5 + 1) / 3])
    assert np.isnan(auroc(np.ones((4, 1)), scores[:, :1])).all()


def test_only_statements_of_fifty_records_are_judged_and_any_likelihood_states():
    stated = [{"NORM": 100.0, "SR": 0.0}] * 50 + [{"PVC": 15.0}] * 49
    assert frequent_codes(stated) == ("NORM", "SR")
    assert label_matrix(stated[49:51], ("SR", "PVC")).tolist() == [[1, 0], [0, 1]]


def test_angles_are_numbers_without_a_jump_and_what_is_not_measured_is_nan():
    records = [{"numbers": {"axis_deg": angle}} for angle in (179.0, -179.0)]
    names, values = number_matrix([*records, {"numbers": {"qt_ms": 400.0}}])
    assert names == ("axis_deg_cos", "axis_deg_sin", "qt_ms")
    assert np.allclose(values[0, :2], values[1, :2], atol=0.04)
    assert np.isnan(values[2, :2]).all()


def test_the_training_records_alone_set_the_scale():
    values = np.array([[1.0], [3.0], [100.0], [np.nan]], np.float32)
    made = standardise(values, np.array([0, 1]))
    assert made[:3, 0] == pytest.approx([-1, 1, 4], abs=1e-3)
    assert np.isnan(made[3, 0])


def test_the_parts_share_no_record_and_unclean_ones_are_in_none():
    codes = [{"NORM": 100.0}] * 60 + [{"PVC": 0.0}] * 2
    table = pd.DataFrame({"codes": codes, "report": [str(i) for i in range(62)]})
    part = np.array(["train"] * 56 + ["held"] * 3 + ["test"] * 3)
    clean = np.arange(62) != 58
    low = np.full((62, 8, 1000), 1000, np.int16)
    data = Data(table, part, clean, low, low[:0], np.full(62, -1))
    config, parts = prepare(data, [{"numbers": {"qt_ms": 400.0 + i}} for i in range(62)])
    assert config.codes == ("NORM",)
    assert config.numbers == ("qt_ms",)
    assert {name: len(one.ecg) for name, one in parts.items()} == {
        "train": 56, "held": 2, "test": 3
    }  # fmt: skip
    assert len({report for one in parts.values() for report in one.reports}) == 61
    assert parts["test"].ecg.dtype == np.float32
    assert parts["test"].ecg.max() == 1  # mV
    for report, label in zip(parts["test"].reports, parts["test"].labels[:, 0], strict=True):
        assert label == (int(report) < 60)


def test_a_report_of_the_same_words_is_a_right_answer(judge):
    ecg, _ = _beats(20)
    assert retrieval(judge, ecg, ["Sinus rhythm"] * 20, of=10) == [1.0, 1.0]


def test_training_leaves_the_best_judge_and_can_go_on(tmp_path):
    ecg, labels = _beats(40)
    rng = np.random.default_rng(0)
    numbers = np.where(rng.random((40, 2)) < 0.3, np.nan, rng.standard_normal((40, 2)))
    reports = tuple("upright beats" if one else "inverted beats" for one in labels[:, 0])
    part = Judged(ecg, labels, numbers.astype(np.float32), reports)
    found: list[JudgeNetwork] = []
    for minutes in (0.01, 0.02):
        train_judge(part, part, _CONFIG, tmp_path, minutes, found.append)
    assert found
    assert (tmp_path / "judge.pt").is_file()
