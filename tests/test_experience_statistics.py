"""Statistics of real ECGs: always with n, never of fewer than five, the most specific first."""

import numpy as np
import pandas as pd
import pytest

from sediff.errors import WeightsError
from sediff.experience import statistics as statistics_module
from sediff.experience.compose import best_snippet, compose
from sediff.experience.library import shipped_library
from sediff.experience.statistics import (
    LEAST,
    LEAST_TO_DRAW,
    band_of,
    closest,
    group_of,
    people,
    representative,
    statistics_for,
)
from sediff.findings import FINDINGS
from sediff.pipeline import plan
from sediff.spec import Request, Stated
from sediff.training.statistics import Records, number_of


def test_a_block_is_wider_than_the_normal_ecg():
    block, normal = group_of(("lbbb",)), group_of(("normal_ecg",))
    assert block is not None
    assert normal is not None
    assert block.numbers["qrs_ms"].median > 130 > normal.numbers["qrs_ms"].quartiles[1]


def test_the_most_specific_group_with_enough_people_is_taken():
    group = closest(("lbbb",), 70, "female")
    assert group is not None
    assert (group.sex, group.band) == ("female", "60-74")
    rare = closest(("wpw",), 30, "female")
    assert rare is not None
    assert rare.n >= LEAST_TO_DRAW


def test_every_row_has_n_and_none_is_under_five():
    for id in FINDINGS:
        for group in statistics_for([id], 65, "male"):
            assert group.n >= LEAST
            for name, number in group.numbers.items():
                assert LEAST <= number.n <= group.n, (id, name)
                low, high = number.quartiles
                assert low <= number.median <= high
            assert all(n >= LEAST for _, n in group.companions)


def test_few_ecgs_show_no_outer_quantiles():
    rows = np.arange(LEAST_TO_DRAW - 1)
    number = number_of(rows.astype(np.float32), rows)
    assert number is not None
    assert number.values[0] is None
    assert number.values[4] is None
    assert number.draw(0.01) == number.quartiles[0]
    few = np.arange(LEAST - 1)
    assert number_of(few.astype(np.float32), few) is None


def test_many_ecgs_of_few_people_are_shown_neither_as_number_nor_as_group():
    ecgs, patients = 4 * LEAST, np.arange(4 * LEAST) % (LEAST - 1)
    assert number_of(np.arange(ecgs, dtype=np.float32), patients) is None
    table = pd.DataFrame(
        {
            "patient_id": patients,
            "age": 50.0,
            "sex_name": "female",
            "codes": [{"CLBBB": 100.0}] * ecgs,
            "infarction_stadium1": None,
        }
    )
    records = Records(table, [{"numbers": {"heart_rate": 70.0}}] * ecgs, np.arange(ecgs))
    assert records.group((("lbbb",), "", ""), ("heart_rate",)) is None


def test_findings_that_stand_under_one_name_are_told_once():
    groups = statistics_for(["dual_paced", "paced"])
    assert [group.findings for group in groups] == [("paced",)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"groups": []}',
        '{"groups": {"lbbb": {"n": 9, "numbers": {}}}}',
        '{"groups": {"lbbb||": {"n": 9, "numbers": {"qrs_ms": []}}}}',
        '{"groups": {"lbbb||": {"n": 9, "numbers": {"qrs_ms": [9, 120]}}}}',
    ],
)
def test_a_damaged_table_is_one_sentence(tmp_path, monkeypatch, content):
    (tmp_path / "experience").mkdir()
    (tmp_path / "experience" / "statistics.json").write_text(content)
    monkeypatch.setattr(statistics_module, "ASSETS", tmp_path)
    statistics_module._table.cache_clear()
    with pytest.raises(WeightsError, match="missing or damaged"):
        group_of(("lbbb",))


def test_findings_that_codes_do_not_tell_apart_stand_under_one_name():
    assert representative("dual_paced") == "paced"
    assert representative("septal_mi") == "anteroseptal_mi"
    assert statistics_for(["dual_paced"])[0].findings == ("paced",)


def test_rapid_fibrillation_is_told_by_its_rate():
    rapid, slow = group_of(("af_rapid",)), group_of(("af_slow",))
    assert rapid is not None
    assert slow is not None
    assert rapid.numbers["heart_rate"].median >= 100 > 60 > slow.numbers["heart_rate"].median


def test_a_finding_without_real_ecgs_has_no_statistics():
    assert statistics_for(["torsades"]) == []


def test_ages_outside_count_to_the_nearest_band():
    assert [band_of(a) for a in (5, 18, 39.9, 40, 75, 120)] == [
        "18-39", "18-39", "18-39", "40-59", "75-100", "75-100",
    ]  # fmt: skip
    assert people(120, "female").n > LEAST_TO_DRAW


def test_open_numbers_come_from_people_with_the_finding():
    specs = [plan(Request("left bundle branch block", 70, "male", seed=i)) for i in range(60)]
    group = closest(("lbbb",), 70, "male")
    assert group is not None
    assert specs[0].origin("qtc_ms") == "finding"
    rates = np.array([spec.heart_rate for spec in specs])
    assert rates.std() > 5
    assert abs(np.median(rates) - group.numbers["heart_rate"].median) < 8


def test_a_patients_own_records_are_left_out():
    table = pd.DataFrame(
        {
            "patient_id": [1] * 20 + list(range(2, 42)),
            "age": 50.0,
            "sex_name": "female",
            "codes": [{"CLBBB": 100.0}] * 60,
            "infarction_stadium1": None,
        }
    )
    rates = [200.0] * 20 + [70.0] * 40
    records = Records(table, [{"numbers": {"heart_rate": r}} for r in rates], np.arange(60))
    group = records.closest(("lbbb",), 50, "female", without=1)
    assert group is not None
    assert group.n == 40
    assert group.numbers["heart_rate"].values[4] == 70


def test_the_composed_report_is_the_same_every_time_and_names_what_it_rests_on():
    stated = (Stated("lbbb"), Stated("first_degree_av_block"))
    first, again = compose(stated, 70, "female"), compose(stated, 70, "female")
    assert first == again
    assert "women of 60-74 years with left bundle branch block" in first.text
    assert all(s.snippet or s.group for s in first.sentences)


def test_nothing_stated_nothing_composed():
    assert compose((), 70, "female").sentences == ()


def test_what_another_finding_implies_is_not_told_twice():
    implying = next(f for f in FINDINGS.values() if f.implies)
    stated = (Stated(implying.id), *(Stated(id) for id in implying.implies))
    told = {s.snippet.finding for s in compose(stated).sentences if s.snippet}
    assert told == {implying.id}


@pytest.mark.parametrize("id", FINDINGS)
def test_every_finding_has_a_snippet_for_the_report(id):
    assert best_snippet(shipped_library(), Stated(id), 60, "male") is not None
