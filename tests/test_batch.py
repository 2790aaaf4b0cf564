"""Claims about batches: every row is made or told, the manifest is true, a stop breaks nothing."""

import csv
import hashlib
import io
import json
import zipfile
from functools import cache

import pytest

from sediff import pipeline
from sediff.batch import outcomes
from sediff.batch_files import manifest_csv, write_batch, zip_of_batch
from sediff.batch_table import COLUMNS, MAX_ROWS, read_table, table_of, template
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import Cancelled, DataError, RequestError
from sediff.generated import Generated
from sediff.imports import read_path
from sediff.spec import Request

TABLE = (
    "report,age,sex,heart_rate,st_mv,seed\n"
    '"Sinus rhythm, LBBB",66,Female,64,,9\n'
    "AF,5,,,,\n"
    "\n"
    "Sinus rhythm,,,,V2=0.2 V3=0.1,\n"
    "sinus rhythm and atrial fibrillation,,,,,\n"
)


@cache
def simulated(request: Request) -> Generated:
    return pipeline.simulate_only(request)


def make(requests) -> list[Generated]:
    return [simulated(request) for request in requests]


@pytest.fixture
def lines():
    return table_of(TABLE).lines


def test_a_table_gives_one_request_a_row_and_tells_the_bad_ones_by_line(lines):
    assert [line.number for line in lines] == [2, 3, 5, 6]
    assert [line.request is None for line in lines] == [False, True, False, False]
    assert "age must be between 18 and 100" in lines[1].problem
    first, third = lines[0].request, lines[2].request
    assert (first.age, first.sex, first.heart_rate, first.seed) == (66, "female", 64, 9)
    assert (third.st_mv, third.seed) == ((("V2", 0.2), ("V3", 0.1)), 3)


def test_the_template_is_a_table_of_every_column():
    table = table_of(template())
    assert template().split("\n")[0] == ",".join(COLUMNS)
    assert [line.problem for line in table.lines] == ["", "", ""]
    assert table.ignored == ()


@pytest.mark.parametrize("mark", [";", "\t"])
def test_tables_from_spreadsheets_abroad_are_read(mark):
    text = f"\ufeffReport{mark}Heart rate{mark}P_mV{mark}room\r\nAF{mark}118{mark}0,2{mark}3\r\n"
    table = table_of((text if mark == ";" else text.replace("0,2", "0.2")).encode())
    assert table.lines[0].request == Request("AF", heart_rate=118, p_mv=0.2, seed=1)
    assert table.ignored == ("room",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "column 'report'"), ("a,b\n1,2\n", "column 'report'"), ("report\n", "no row"),
        ("report,report\nAF,AF\n", "twice"), ("report\n" + "AF\n" * (MAX_ROWS + 1), "split it"),
        (b"report\n\xff\n", "UTF-8"), ('report\n"' + "x" * 200_000 + "\n", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_one_sentence(text, told):
    with pytest.raises(DataError, match=told):
        table_of(text)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",50", "no report"), ("AF,old", "must be a number"), ("AF,nan", "must be a number"),
        ("AF,50,3", "more cells"), ("AF,1e400", "between 18 and 100"), ("x" * 3000, "shorten it"),
    ],
)  # fmt: skip
def test_a_bad_row_says_why(row, told):
    (line,) = table_of(f"report,age\n{row}\n").lines
    assert line.request is None
    assert told in line.problem


def test_a_missing_table_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="no table"):
        read_table(tmp_path / "none.csv")


def test_the_manifest_tells_each_file_with_its_checksum_and_what_was_measured(lines, tmp_path):
    seen = []
    made = write_batch(lines, make, tmp_path, ["csv", "json"],
                       on_done=lambda *step: seen.append(step), size=2)  # fmt: skip
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert json.loads((tmp_path / "manifest.json").read_text()) == json.loads(json.dumps(made))
    assert (made["made"], made["failed"], made["complete"], made["mark"]) == (
        3, 1, True, SYNTHETIC_MARK)  # fmt: skip
    files = [file for row in made["rows"] for file in row["files"]]
    for file in files:
        data = (tmp_path / file["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
    assert {p.name for p in tmp_path.iterdir()} == {
        "manifest.json", "manifest.csv", *(file["name"] for file in files)}  # fmt: skip
    first, second, _, fourth = made["rows"]
    assert first["seed"] == 9
    assert first["spec"] == json.loads(read_path(tmp_path / "ecg-0001.json").spec.to_json())
    rate = first["asked"][0]
    assert (rate["name"], rate["asked"], rate["status"]) == ("Heart rate", 64, "met")
    assert first["criteria"][-1]["name"].lower() == "left bundle branch block"
    assert (second["files"], "age must be" in second["error"]) == ([], True)
    assert fourth["conflicts"]


def test_the_manifest_as_a_table_runs_nothing_in_a_spreadsheet(lines, tmp_path):
    nasty = table_of("report\n=1+1 LBBB\n@x\n").lines
    made = write_batch([*nasty, *lines], make, tmp_path, ["npz"])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "manifest.csv").read_text())))
    assert [row["report"] for row in rows[:2]] == ["'=1+1 LBBB", "'@x"]
    assert rows[2]["Heart rate (bpm) asked"] == "64"
    assert rows[2]["Heart rate (bpm) result"] == "met"
    assert rows[2]["files"] == "ecg-0003.npz"
    assert {row["mark"] for row in rows} == {SYNTHETIC_MARK}
    assert manifest_csv(made["rows"]) == (tmp_path / "manifest.csv").read_text()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_a_stop_leaves_whole_ecgs_and_a_manifest_that_lists_them(lines, tmp_path, stop):
    def on_done(done, _of):
        if done == 3:
            raise stop

    with pytest.raises(stop):
        write_batch(lines, make, tmp_path, ["wfdb"], on_done=on_done, size=1)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert (manifest["complete"], manifest["made"], manifest["asked"]) == (False, 2, 4)
    named = {file["name"] for row in manifest["rows"] for file in row["files"]}
    assert {p.name for p in tmp_path.iterdir()} == {*named, "manifest.json", "manifest.csv"}
    for header in tmp_path.glob("*.hea"):
        assert read_path(header).ecg.seconds == 10


def test_a_stop_before_the_first_ecg_leaves_nothing(lines, tmp_path):
    def stopped(_requests):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_batch(lines, stopped, tmp_path / "out", ["csv"])
    assert not (tmp_path / "out").exists()


def test_equal_tables_give_equal_archives(lines):
    archives = [zip_of_batch(lines[:2], make, ["wfdb", "csv"]) for _ in range(2)]
    assert archives[0] == archives[1]
    with zipfile.ZipFile(io.BytesIO(archives[0][0])) as held:
        assert held.namelist() == [
            "ecg-0001.csv",
            "ecg-0001.dat",
            "ecg-0001.hea",
            "manifest.csv",
            "manifest.json",
        ]


def test_one_request_that_fails_does_not_spoil_the_others(lines):
    def fails_on_st(requests):
        if any(request.st_mv for request in requests):
            raise RequestError("It cannot be drawn.")
        return make(requests)

    made = list(outcomes(lines, fails_on_st))
    assert [one.problem for one in made][2] == "It cannot be drawn."
    assert [one.made is not None for one in made] == [True, False, False, True]


def test_an_unknown_format_is_refused_before_any_work(lines, tmp_path):
    with pytest.raises(RequestError, match="no format 'doc'"):
        write_batch(lines, pytest.fail, tmp_path, ["doc"])
