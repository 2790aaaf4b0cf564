"""The report of the benchmark as the model card reads it."""

import json
from pathlib import Path

import pytest

from sediff.evaluation.benchmark.table import Bar, Number, Row
from sediff.view.card import Row as CardRow
from sediff.view.card import read_benchmark
from sediff.view.card_model import curves, parts
from sediff.view.card_words import flat, tell, title


def read_row(folder: Path, row: Row) -> CardRow:
    (folder / "benchmark.json").write_text(json.dumps({"parts": [{"rows": [row.plain()]}]}))
    found = read_benchmark(folder)
    assert found is not None
    return found.parts[0].rows[0]


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "not measured"), (float("nan"), "not measured"), (True, "yes"), (1200, "1,200"),
     (0.98312, "0.983"), (0.0, "0"), (-0.0004, "-0.000400"), (1234.5, "1,234"),
     ({"value": 0.5, "low": None, "high": None}, "0.500"),
     ({"value": 0.5, "low": 0.4, "high": 0.6}, "0.500 (0.400 to 0.600)"),
     ({"value": None, "note": "not trained yet"}, "not trained yet"),
     ([0.1, -0.2, 0.3], "0.100 (-0.200 to 0.300)"), ([0.1, 0.2], "0.100 to 0.200"),
     (["a", "b"], "a, b"), ("text", "text")],
)  # fmt: skip
def test_any_value_is_told_in_words(value, told):
    assert tell(value) == told


def test_a_nested_value_becomes_rows():
    data = {"auroc_real": 0.9, "seeds": {"first": [1, 2]}, "rows": [{"name": "pr", "n": 3}]}
    assert list(flat(data)) == [
        ("AUROC real", "0.900"), ("Seeds · first", "1.00 to 2.00"),
        ("Rows · PR · name", "pr"), ("Rows · PR · n", "3")]  # fmt: skip
    assert title("no_simulation") == "No simulation"


def test_a_row_of_the_benchmark_is_read_as_it_was_written(tmp_path):
    row = Row(
        "pr", "PR: median error", "ms", 1, Number(11.24, 10.1, 12.2, (11.0, 11.5), "of all P"),
        Number(4.0), {"simulator": Number(note="cannot draw it")}, Bar("at most", 10),
    )  # fmt: skip
    read = read_row(tmp_path, row)
    assert read.figure == "PR: median error (ms)"
    assert read.values == {
        "ours": "11.2 (10.1 to 12.2)", "floor": "4.0", "simulator": "cannot draw it"
    }  # fmt: skip
    assert (read.bar, read.verdict) == (row.bar_text(), "missed")
    assert read.notes == ("2 sampling seeds: 11.0, 11.5", "Generated: of all P")


def test_a_share_is_percent_as_in_its_bar(tmp_path):
    row = Row("w", "Within 5 bpm", "share", 3, Number(0.9917, 0.98, 1.0), bar=Bar("at least", 0.98))
    read = read_row(tmp_path, row)
    assert read.values["ours"] == "99.2 % (98.0 to 100.0)"
    assert read.bar == "at least 98 %"


def test_a_picture_outside_of_the_folder_is_never_shown(tmp_path):
    inside = tmp_path / "card"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    pictures = [{"file": "../secret.png"}, {"file": "absent.svg"}, {"file": "benchmark.json"}, {}]
    (inside / "benchmark.json").write_text(json.dumps({"parts": [{"pictures": pictures}]}))
    found = read_benchmark(inside)
    assert found is not None
    assert found.parts[0].pictures == ()


@pytest.mark.parametrize("junk", [1, "x", None, [1, "x", None], {"a": 1}])
def test_fields_of_another_form_are_no_error(tmp_path, junk):
    fields = ("about", "parts", "findings", "failures", "ablation", "version")
    (tmp_path / "benchmark.json").write_text(json.dumps(dict.fromkeys(fields, junk)))
    assert read_benchmark(tmp_path) is not None


def test_a_further_training_curve_is_shown_by_its_name():
    points = [{"step": 1, "loss": 2.0}, {"step": 2, "loss": 1.0, "minutes": 3}]
    found = curves({"judge_curve": points})
    assert [curve.title for curve in found] == ["Judge"]
    assert found[0].runs[0].losses == {"loss": (2.0, 1.0)}


def test_a_weight_file_without_a_header_has_no_known_size(tmp_path):
    (tmp_path / "odd.safetensors").write_bytes(b"no")
    found = parts({"files": {"odd.safetensors": {"bytes": 2}}}, tmp_path)
    assert found[0].parameters is None
