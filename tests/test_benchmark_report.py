import json
from collections.abc import Iterator

import numpy as np
import pytest

from sediff import cli
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import DataError
from sediff.evaluation.benchmark import judged, table
from sediff.evaluation.benchmark.cases import Case
from sediff.evaluation.benchmark.failures import failures
from sediff.evaluation.benchmark.page import JSON, Part, Report, markdown, write_report
from sediff.evaluation.benchmark.pictures import read_back_bars, signal_pictures
from sediff.evaluation.benchmark.sets import EcgSet, Store
from sediff.evaluation.benchmark.signal import Drawn, signal_rows
from sediff.evaluation.benchmark.sources import OURS, SIMULATOR, simulator
from sediff.evaluation.benchmark.table import Bar, Number, Row, number_of, written
from sediff.plan import plan

TAPS = np.array([1], np.float32)
REPORTS = ("Sinus rhythm", "Left bundle branch block", "Atrial fibrillation", "LVH", "LAFB") * 2


def cases() -> list[Case]:
    return [
        Case(i, i, text, 55.0, "male", ("AFIB",) if "fib" in text else (), "fib" not in text,
             {"heart_rate": 60.0 + i, "qrs_ms": 90.0, "pr_ms": 160.0})
        for i, text in enumerate(REPORTS)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Iterator[Drawn]:
    """Drawings of the simulator in the place of every source: no weights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "REPEATS", 10)
        patch.setattr(table, "GROUPS", 3)
        yield made_of(tmp_path_factory.mktemp("sets"))


def made_of(folder) -> Drawn:
    store = Store(folder / "a", TAPS, workers=0)
    asked = cases()

    def made(seed: int, by_number: bool = False) -> EcgSet:
        requests = [case.request(seed, by_number) for case in asked]
        return store.make(f"s{by_number}", seed, requests, simulator, lambda _: None)

    sets = [made(0)]
    numbers = [made(0, by_number=True)]
    uv = np.rint(sets[0].low * 1000).astype(np.int16)
    real = store.real("real", uv, [plan(case.request()) for case in asked], range(len(uv)))
    return Drawn(
        asked, {OURS: sets, SIMULATOR: sets[:1]}, {OURS: numbers}, real, real,
        {"rival": "not trained yet"}, {"qrs_ms": np.array([[90.0, 92.0], [100.0, 99.0]])},
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows(drawn) -> dict[str, Row]:
    return {row.key: row for row in signal_rows(drawn)}


def test_the_interval_holds_the_figure_and_the_seeds_are_told():
    columns = [np.arange(50.0), np.arange(50.0) + 2]
    number = number_of(columns, np.mean)
    assert number.value == 25.5
    assert number.seeds == (24.5, 26.5)
    assert number.low is not None
    assert number.high is not None
    assert number.low < 25.5 < number.high


def test_what_nobody_measured_is_not_measured_and_not_met():
    number = number_of([np.full(5, np.nan)], np.mean)
    row = Row("a", "A", "", 1, number, bar=Bar("at most", 1))
    assert row.verdict == "not measured"


@pytest.mark.parametrize(
    ("bar", "number", "verdict"),
    [
        (Bar("at most", 1), Number(1.0), "met"),
        (Bar("at most", 1), Number(1.01), "missed"),
        (Bar("at least", 0.92), Number(0.91), "missed"),
        (Bar("within", 0.02), Number(-0.03), "missed"),
        (Bar("within", 0.02), Number(-0.01), "met"),
        (Bar("surely above", 0), Number(0.1, -0.01, 0.2), "missed"),
        (Bar("surely above", 0), Number(0.1, 0.01, 0.2), "met"),
        (None, Number(1.0), "no bar"),
    ],
)
def test_bars_are_met_or_missed_in_words(bar, number, verdict):
    assert Row("a", "A", "", 2, number, bar=bar).verdict == verdict


def test_rates_are_judged_without_fibrillation(rows, drawn):
    assert int(drawn.steady.sum()) == 8
    assert rows["hr_mean_error"].verdict == "met"
    assert rows["hr_within_5"].ours.value == 1
    assert rows["hr_measurable"].ours.value == 1


def test_intervals_are_judged_where_they_were_asked(rows):
    assert rows["qrs_ms_error"].ours.value < 20
    assert rows["qrs_ms_error"].floor.value == 1.5
    assert rows["qt_ms_error"].verdict == "not measured"  # nobody asked for QT
    assert "not asked" in rows["qrs_ms_error"].baselines[SIMULATOR].note


def test_a_set_is_no_further_from_real_than_it_is(rows):
    """Here the same drawings are the 'real' records."""
    for key in ("psd_distance", "amplitude_r"):
        assert rows[key].ours.value == pytest.approx(0, abs=1e-9)
    assert rows["psd_distance"].ours.high > 0


def test_a_missing_baseline_says_why_in_every_row(rows):
    assert {row.baselines["rival"].note for row in rows.values()} == {"not trained yet"}


def findings() -> list[dict]:
    return [
        {
            "code": "AFIB", "name": "atrial fibrillation", "n": 30, "training": 900, "real": 0.98,
            "generated": 0.9, "difference": Number(-0.08, -0.1, -0.05).plain(), "verdict": "missed",
        }
    ]  # fmt: skip


@pytest.fixture(scope="module")
def report(drawn, rows) -> Report:
    parts = [
        Part("signal", "Signal", rows=list(rows.values()), pictures=signal_pictures(drawn)),
        Part("features", "Features", missing="There is no judge."),
        Part("diagnosis", "Diagnosis", pictures=[read_back_bars(findings())]),
    ]
    about = {"split": "fold9", "command": "python -m sediff evaluate", "notes": ["12 requests."]}
    failed = failures(drawn.sets[OURS], findings())
    return Report(about, parts, findings(), failed)


def test_the_report_is_written_whole_and_every_picture_is_marked(report, tmp_path):
    page = write_report(report, tmp_path / "out")
    data = json.loads((page.parent / JSON).read_text())
    named = [p["file"] for part in data["parts"] for p in part["pictures"]]
    named += [one["file"] for one in data["failures"] if one["file"]]
    assert {p.name for p in page.parent.iterdir()} == {*named, "benchmark.md", JSON}
    for name in named:
        assert SYNTHETIC_MARK.encode() in (page.parent / name).read_bytes()
    assert all(p["alt"] for part in data["parts"] for p in part["pictures"])


def test_a_missed_bar_stands_at_the_top_of_the_page():
    bad = Row("x", "Some error", "ms", 1, Number(20.0, 15.0, 25.0), bar=Bar("at most", 10))
    page = markdown(Report({}, [Part("signal", "Signal", rows=[bad])]))
    assert "Missed: Some error: 20.0 ms (15.0 to 25.0), asked at most 10 ms." in page
    assert "| missed |" in page


def test_what_fails_is_told_and_a_missing_part_says_why(report):
    page = markdown(report)
    assert "Not measured: There is no judge." in page
    assert "the judge reads it back with an AUROC of 0" in page.replace("\\", "")


def test_a_second_report_leaves_no_picture_of_the_first(report, tmp_path):
    write_report(report, tmp_path)
    write_report(Report({}, []), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"benchmark.md", JSON}


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        write_report(Report({}, []), tmp_path / "file" / "out")


def test_rows_of_the_judge_carry_floor_bar_and_interval():
    figure = {"value": 0.9, "seeds": [0.9], "range": [0.9, 0.9], "interval": [0.88, 0.93]}
    names = ("fid", "fid_ratio", "precision", "recall", "coverage")
    result = {
        "floor": dict.fromkeys(names, figure),
        "real": {"alignment": figure},
        "sets": {OURS: dict.fromkeys((*names, "alignment"), figure)},
    }
    rows = {row.key: row for row in judged.feature_rows(result, {"rival": "no"})}
    assert rows["recall"].verdict == "missed"
    assert rows["fid_ratio"].verdict == "met"
    assert rows["recall"].ours.low == 0.88
    assert rows["recall"].floor.value == 0.9
    assert rows["recall"].baselines["rival"].note == "no"


def test_shares_are_written_as_percent():
    assert written(0.981, "share", 3) == "98.1 %"
    assert written(float("nan"), "ms", 1) == "–"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--split", "fold2"), ("--parts", "signal,nonsense"), ("--seeds", "0"), ("--count", "0"),
        ("--data", "/nowhere", "--parts", "signal"),
    ],
)  # fmt: skip
def test_a_wrong_call_gets_one_sentence_and_leaves_nothing(arguments, tmp_path, capsys):
    out = tmp_path / "report"
    code = cli.main(["evaluate", "--out", str(out), "--work", str(tmp_path / "w"), *arguments])
    told = capsys.readouterr().err.strip()
    assert code == 1
    assert len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
