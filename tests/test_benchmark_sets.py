from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sediff.errors import DataError
from sediff.evaluation.benchmark import sets as sets_module
from sediff.evaluation.benchmark.cases import (
    Case,
    cases_of,
    floor_rows,
    fold_of,
    fold_rows,
    nearest_rows,
)
from sediff.evaluation.benchmark.progress import Progress
from sediff.evaluation.benchmark.ruler import measured
from sediff.evaluation.benchmark.sets import Store, identity_errors, to_100hz
from sediff.evaluation.benchmark.sources import simulator
from sediff.spec import Request
from sediff.training.inputs import Data

TAPS = np.zeros(5, np.float32)
TAPS[2] = 1
CASE = Case(
    7, 0, "Sinus rhythm", 60.0, "female", ("NORM", "SR"), True,
    {"heart_rate": 71.26, "pr_ms": 500.0, "qrs_ms": 92.0},
)  # fmt: skip


def data_of(rows: list[dict]) -> Data:
    """Tiny data: flat fields of the metadata, no signals."""
    usual = {"age": 60.0, "sex_name": "male", "report": "", "codes": {}, "patient_id": 2}
    table = pd.DataFrame([usual | row for row in rows])
    fold = table["strat_fold"].to_numpy()
    odd = table["patient_id"].to_numpy() % 2 == 1
    part = np.where(fold == 9, "test", np.where((fold == 8) & odd, "held", "train"))
    n = len(table)
    low = np.zeros((n, 8, 1000), np.int16)
    return Data(table, part, np.ones(n, bool), low, low[:0], np.full(n, -1))


def requests(count: int) -> list[Request]:
    return [
        Request("Sinus rhythm", age=50, sex="male", heart_rate=70, seed=i) for i in range(count)
    ]


def test_a_request_holds_only_what_a_user_would_type():
    request = CASE.request()
    assert request.heart_rate == 71.3
    assert (request.pr_ms, request.qrs_ms, request.st_mv) == (None, None, ())
    by_number = CASE.request(intervals=True)
    assert by_number.qrs_ms == 92
    assert by_number.pr_ms is None  # no such PR can be asked


def test_every_seed_of_a_case_is_another_and_the_same_every_time():
    seeds = [CASE.request(seed).seed for seed in range(3)]
    assert len(set(seeds)) == 3
    assert seeds == [CASE.request(seed).seed for seed in range(3)]


def test_a_smaller_count_is_the_beginning_of_a_larger_one():
    data = data_of([{"strat_fold": 9} for _ in range(30)])
    assert fold_rows(data, 9, 5).tolist() == fold_rows(data, 9, 20)[:5].tolist()


def test_children_and_unknown_ages_are_not_asked():
    rows = [{"strat_fold": 9, "age": age} for age in (60.0, 9.0, np.nan)]
    assert fold_rows(data_of(rows), 9, None).tolist() == [0]


def test_the_floor_holds_no_training_record():
    rows = [{"strat_fold": 8, "patient_id": i} for i in range(10)]
    assert set(floor_rows(data_of(rows), 9, 20)) == {1, 3, 5, 7, 9}


@pytest.mark.parametrize("split", ["fold3", "fold8", "9", "test", "fold", "fold9x"])
def test_a_split_that_was_trained_on_is_refused_in_one_sentence(split):
    with pytest.raises(DataError, match="fold9"):
        fold_of(split)


def test_a_fold_without_records_says_what_to_do():
    with pytest.raises(DataError, match="--data"):
        fold_rows(data_of([{"strat_fold": 9}]), 10, None)


def test_rhythms_without_one_rate_are_apart():
    data = data_of([{"strat_fold": 9, "codes": {"AFIB": 100.0}}, {"strat_fold": 9}])
    found = cases_of(data, np.arange(2), [{}, {}])
    assert [case.steady for case in found] == [False, True]


def test_the_nearest_record_states_the_same_and_then_beats_as_fast():
    block = {"CLBBB": 100.0}
    rows = [
        {"codes": {}},
        {"codes": block},
        {"codes": block},
        {"codes": block, "sex_name": "female"},
    ]
    data = data_of([{"strat_fold": 1, **row} for row in rows])
    asked = Request("Left bundle branch block", age=60, sex="male", heart_rate=90)
    rates = [90.0, 50.0, 88.0, 88.0]
    assert nearest_rows([asked], data, np.arange(4), rates).tolist() == [2]


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(sets_module, "BATCH", 2)
    calls: list[int] = []

    def make(part):
        calls.append(len(part))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return simulator(part)

    store = Store(tmp_path / "a", TAPS, workers=0)
    with pytest.raises(KeyboardInterrupt):
        store.make("s", 0, requests(4), make, lambda _: None)
    made = store.make("s", 0, requests(4), make, lambda _: None)
    assert calls == [2, 2, 2]  # the first batch was not made again
    assert made.low.shape == (4, 8, 1000)
    assert not list(tmp_path.rglob("*.tmp*"))
    again = store.make("s", 0, requests(4), make, lambda _: None)
    assert calls == [2, 2, 2]
    np.testing.assert_array_equal(again.low, made.low)


def test_another_request_is_made_anew(tmp_path):
    store = Store(tmp_path / "a", TAPS, workers=0)
    one = store.make("s", 0, requests(1), simulator, lambda _: None)
    faster = [replace(request, heart_rate=110.0) for request in requests(1)]
    other = store.make("s", 0, faster, simulator, lambda _: None)
    assert abs(one.ruler("heart_rate")[0] - 70) < 2
    assert abs(other.ruler("heart_rate")[0] - 110) < 2


def test_sets_keep_the_exported_samples_and_their_identities(tmp_path):
    made = Store(tmp_path / "a", TAPS, workers=0).make("s", 0, requests(1), simulator, lambda _: 0)
    uv, fs = made.uv(0)
    assert (uv.shape, fs) == ((8, 5000), 500)
    assert identity_errors(made).max() <= 1
    np.testing.assert_allclose(made.low[0], uv[:, ::5] / 1000, atol=1e-6)
    assert made.planned("heart_rate")[0] == 70


def test_the_filter_to_100hz_keeps_what_is_slow():
    slow = 1000 * np.sin(2 * np.pi * 2 * np.arange(5000) / 500)
    low = to_100hz(np.rint(slow).astype(np.int16)[None, None], np.full(5, 0.2, np.float32))
    assert low.shape == (1, 1, 1000)
    np.testing.assert_allclose(low[0, 0, 1:-1], slow[5:-5:5], atol=4)


def test_a_real_record_without_a_case_is_measured_but_not_judged():
    flat = np.zeros((8, 1000), np.int16)
    found = measured((flat, 100, flat, ""))
    assert found["ruler"] == {}
    assert "verdicts" not in found


def test_progress_tells_what_is_done_and_what_is_left(capsys):
    progress = Progress(40)
    progress.begin("ours, seed 1")
    progress.step(40)
    assert "100 %, ours, seed 1" in capsys.readouterr().err
