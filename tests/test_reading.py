"""Claims about blind reading: alike in all but the heart, nothing told, honest figures."""

import json

import numpy as np
import pandas as pd
import pytest

from sediff import pipeline
from sediff.ecg import HIDDEN_MARK
from sediff.errors import DataError, RequestError
from sediff.export import export
from sediff.reading import store
from sediff.reading.alike import STEP_UV, alike
from sediff.reading.folder import find_real
from sediff.reading.ratings import Rating
from sediff.reading.results import Share, area, fleiss_kappa, results, votes_of
from sediff.reading.study import REAL, SYNTHETIC, Item, Study, make_study
from sediff.reading.tables import ratings_csv, results_json
from sediff.spec import Request


def simulated(requests):
    return [pipeline.simulate_only(request) for request in requests]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four simulated ECGs as files: they stand in for real ones."""
    place = tmp_path_factory.mktemp("real")
    for seed in range(4):
        made = pipeline.simulate_only(Request(report="Sinus rhythm", heart_rate=60, seed=seed))
        export(made.ecg, made.spec, place, f"r{seed}", ("wfdb",))
    return place


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'studio.db'}"


@pytest.fixture(scope="module")
def study(folder) -> Study:
    return make_study("Fellows", folder, 3, 7, make=simulated)


def test_both_kinds_have_one_rate_one_band_and_one_resolution(study):
    shown = [item.shown(study.fs) for item in study.items]
    assert {ecg.fs for ecg in shown} == {study.fs}
    assert {ecg.signal.shape for ecg in shown} == {(12, study.fs * 10)}
    assert all((ecg.eight.round(3) * 1000 % STEP_UV < 0.01).mean() > 0.4 for ecg in shown)
    assert all(dict(ecg.provenance) == {"mark": HIDDEN_MARK} for ecg in shown)


def test_half_are_real_and_their_order_tells_nothing(study):
    kinds = [item.kind for item in study.items]
    assert sorted(kinds) == [REAL] * 3 + [SYNTHETIC] * 3
    assert kinds != sorted(kinds)
    assert len({item.id for item in study.items}) == 6


def test_a_synthetic_twin_beats_at_the_rate_of_its_real_one(folder):
    asked = []

    def make(requests):
        asked.extend(requests)
        return simulated(requests)

    make_study("Rates", folder, 2, 1, make=make)
    assert [round(one.heart_rate) for one in asked] == [60, 60]


def test_a_slow_record_brings_all_down_to_its_rate():
    made = pipeline.simulate_only(Request(report="Sinus rhythm"))
    assert alike(made.ecg, 100).signal.shape == (12, 1000)


def test_a_table_of_ptbxl_tells_report_patient_and_findings(folder, tmp_path):
    for path in folder.glob("r*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rows = [
        {"filename_hr": f"r{i}", "filename_lr": "none", "report": "sinus rhythm. lbbb.", "age": 70,
         "sex": 1, "scp_codes": "{'CLBBB': 100.0, 'SR': 0.0, 'NDT': 15.0}"}
        for i in range(3)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(tmp_path / "ptbxl_database.csv", index=False)
    found = find_real(tmp_path, 2, 0)
    assert {(one.age, one.sex, one.findings) for one in found} == {(70.0, "female", ("lbbb",))}


@pytest.mark.parametrize("each", [1, 101])
def test_a_study_of_an_odd_size_is_refused(folder, each):
    with pytest.raises(RequestError, match="2 to 100"):
        make_study("x", folder, each, 0, make=simulated)


def test_a_folder_without_enough_ecgs_says_how_many_it_has(folder, tmp_path):
    with pytest.raises(DataError, match="4 readable"):
        find_real(folder, 9, 0)
    with pytest.raises(DataError, match="no such folder"):
        find_real(tmp_path / "nowhere", 2, 0)


def test_a_kept_study_comes_back_and_real_samples_are_not_kept(study, url):
    token = store.keep(study, "me", url)
    back = {item.id: item for item in store.items(token, url)}
    for item in study.items:
        assert back[item.id].kind == item.kind
        same = back[item.id].shown(study.fs).uv == item.shown(study.fs).uv
        assert same.all()
        assert (back[item.id].ecg is None) == (item.kind == REAL)


def test_every_reader_has_an_order_of_his_own_and_rates_once(study, url):
    token = store.keep(study, "me", url)
    orders = {tuple(store.order_for(token, f"r{i}", url)) for i in range(6)}
    assert len(orders) > 1
    first = store.order_for(token, "r0", url)[0]
    store.rate(token, Rating("r0", first, 2, "sinus rhythm"), url)
    assert first not in store.order_for(token, "r0", url)
    with pytest.raises(RequestError, match="already"):
        store.rate(token, Rating("r0", first, 3), url)


def test_results_are_for_the_owner_alone(study, url):
    token = store.keep(study, "me", url)
    with pytest.raises(RequestError, match="not yours"):
        store.ratings(token, "another", url)
    with pytest.raises(RequestError, match="not yours"):
        store.delete_study(token, "another", url)
    store.delete_study(token, "me", url)
    with pytest.raises(RequestError, match="no study"):
        store.head(token, url)


def items_of(n: int) -> list[Item]:
    kinds = [REAL, SYNTHETIC] * (n // 2)
    return [Item(f"i{k}", kind, findings=("lbbb",)) for k, kind in enumerate(kinds)]


def test_wilson_and_binomial_agree_with_the_textbook():
    share = Share(15, 20)
    low, high = share.interval
    assert (round(low, 3), round(high, 3)) == (0.531, 0.888)  # Newcombe 1998, by the formula
    assert round(share.p, 4) == 0.0414


def test_fleiss_kappa_agrees_with_the_published_example():
    # Fleiss 1971, as worked in many textbooks: 10 subjects, 14 raters, 5 categories.
    table = np.array(
        [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
         [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]],
        float,
    )  # fmt: skip
    assert round(fleiss_kappa(table), 3) == 0.210


def test_perfect_readers_and_guessers_are_told_apart():
    items = items_of(40)
    perfect = [Rating("a", one.id, 4 if one.kind == SYNTHETIC else 1) for one in items]
    assert results(items, perfect).told.value == 1
    assert area(perfect, {one.id: one.kind for one in items}) == 1
    rng = np.random.default_rng(0)
    guess = [Rating(f"g{r}", one.id, int(rng.integers(1, 5))) for r in range(5) for one in items]
    found = results(items, guess)
    low, high = found.told_wide
    assert low < 0.5 < high
    assert abs(found.kappa) < 0.2


def test_two_readers_who_say_the_same_agree_fully():
    items = items_of(10)
    same = [Rating(r, one.id, 1 + 3 * (i % 2)) for r in "ab" for i, one in enumerate(items)]
    assert fleiss_kappa(votes_of(same)) == 1


def test_findings_in_the_readers_words_are_counted():
    items = items_of(4)
    said = [Rating("a", "i0", 1, "LBBB"), Rating("a", "i1", 4, "atrial fibrillation")]
    named = results(items, said).named
    assert (named[REAL].right, named[REAL].of) == (1, 1)
    assert (named[SYNTHETIC].right, named[SYNTHETIC].of) == (0, 1)


def test_files_number_the_readers_and_hold_no_formula():
    items = items_of(2)
    said = [Rating("secret-key", "i0", 1, "=cmd()", "=HYPERLINK()")]
    text = ratings_csv(items, said).decode("utf-8-sig")
    assert "secret-key" not in text
    assert "'=cmd()" in text
    assert "secret-key" not in results_json(results(items, said)).decode()
    assert json.loads(results_json(results(items, said)))["origin_told_rightly"]["of"] == 1


def test_no_rating_gives_no_figure():
    found = results(items_of(4), [])
    assert found.told.value is None
    assert found.kappa is None
    assert found.area is None
