"""Claims about the Files page, run without a browser; the simulator stands in for the model."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import owner
from sediff import pipeline
from sediff.ecg import IMPORTED_MARK
from sediff.export import as_download
from sediff.spec import Request

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def made():
    return pipeline.simulate_only(
        Request("Atrial fibrillation", age=72, sex="female", heart_rate=118, seed=7)
    )


@pytest.fixture(scope="module")
def other():
    return pipeline.simulate_only(Request("Sinus rhythm", age=50, sex="male", heart_rate=70))


@pytest.fixture
def app(monkeypatch, tmp_path) -> AppTest:
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    monkeypatch.setattr(owner, "one_user", lambda: True)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    return app.switch_page("pages/files.py").run()


def send(app: AppTest, *files: tuple[str, bytes], key: str = "files_upload") -> AppTest:
    mime = "application/octet-stream"
    sent = [(name, data, mime) for name, data in files]
    uploader = app.file_uploader(key=key)
    uploader.set_value(sent if key == "files_upload" else sent[0])
    return app.run()


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "error", "header", "success", "info")
    return " ".join(str(e.value) for kind in kinds for e in app.get(kind)).replace("\\", "")


def as_file(made, name: str) -> tuple[str, bytes]:
    ending = {"wfdb": "zip", "dicom": "dcm"}.get(name, name)
    return f"some-ecg.{ending}", as_download(made.ecg, made.spec, "some-ecg", name)


@pytest.mark.parametrize("name", ["wfdb", "csv", "edf", "dicom", "json"])
def test_a_file_is_shown_as_imported_and_measured_without_any_verdict(app, made, name):
    send(app, as_file(made, name))
    assert not app.exception
    assert not app.error
    (chart,) = app.get("plotly_chart")
    assert IMPORTED_MARK in chart.proto.spec
    assert "SYNTHETIC" not in chart.proto.spec
    table = app.table[0].value
    assert table.loc["Heart rate", "Measured"] == "118\u00a0bpm"
    assert table.loc["PR", "Measured"] == "–"
    assert "PR, P axis, P in II: There is no P wave before the QRS." in words(app)
    assert "riteri" not in " ".join(map(str, table.index))
    assert app.session_state["imported_ecg"].provenance["mark"] == IMPORTED_MARK


def test_header_and_signal_of_a_wfdb_record_are_opened_together(app, made):
    with zipfile.ZipFile(io.BytesIO(as_download(made.ecg, made.spec, "ecg-7", "wfdb"))) as held:
        files = [(entry, held.read(entry)) for entry in held.namelist()]
    send(app, *files)
    assert not app.error
    assert len(app.get("plotly_chart")) == 1
    send(app, files[1])
    assert "choose its .hea file" in words(app)
    assert not app.get("plotly_chart")


def test_two_files_stand_beside_each_other_with_their_differences(app, made, other):
    first = ("a.csv", as_download(made.ecg, made.spec, "a", "csv"))
    send(app, first, ("b.json", as_download(other.ecg, other.spec, "b", "json")))
    assert len(app.get("plotly_chart")) == 2
    table = app.table[0].value
    assert table.loc["Heart rate", ["A", "B", "B − A"]].tolist() == [
        "118\u00a0bpm", "70\u00a0bpm", "-48\u00a0bpm"]  # fmt: skip
    assert "P in II of A: There is no P wave before the QRS." in words(app)


def test_a_file_can_be_compared_with_the_last_generated_ecg(app, made, other):
    app.session_state["generated"] = other
    send(app, as_file(made, "csv"))
    box = next(box for box in app.selectbox if box.label == "Compare with")
    box.set_value("last").run()
    assert not app.exception
    marks = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert [IMPORTED_MARK in mark for mark in marks] == [True, False]
    assert app.table[0].value.loc["Heart rate", "B"] == "70\u00a0bpm"


def test_a_broken_file_is_one_sentence_and_the_other_is_shown(app, made):
    send(app, ("<b>x</b>[l](u).csv", b"I,II\nx,y\n"), as_file(made, "edf"))
    assert len(app.error) == 1
    assert "<b>" not in app.error[0].value
    assert "](" not in app.error[0].value
    assert len(app.get("plotly_chart")) == 1
    assert not app.exception


def test_nothing_of_an_opened_file_stays_on_the_disk(app, made, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    send(app, as_file(made, "wfdb"))
    assert len(app.get("plotly_chart")) == 1
    assert list((tmp_path / "temp").iterdir()) == []
    assert not (tmp_path / "home").exists()


def test_only_our_own_json_can_become_a_case(app, made):
    send(app, as_file(made, "csv"))
    assert not [b for b in app.button if b.label == "Add to my cases"]
    send(app, as_file(made, "json"))
    app.text_input[0].set_value("My AF")
    next(b for b in app.button if b.label == "Add to my cases").click().run()
    assert not app.exception
    assert "Added to your cases" in words(app)
    from sediff.cases.library import Library

    (head,) = Library("local").search(own=True)
    case = Library("local").get(head.id)
    assert case.title == "My AF"
    assert case.findings == ("atrial_fibrillation",)
    assert case.uv.tolist() == made.ecg.uv.tolist()


@pytest.fixture
def batch(app, monkeypatch) -> AppTest:
    def generate_many(requests, on_step=None, **_):
        for step in range(3):
            on_step(step, 3)
        return [pipeline.simulate_only(request) for request in requests]

    monkeypatch.setattr(pipeline, "generate_many", generate_many)
    app.segmented_control(key="files_view").set_value("batch").run()
    return app


TABLE = "report,heart_rate,mood\nSinus rhythm,64,good\nAF,900,bad\n=1+1 LBBB,,\n"


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="files_pasted").set_value(text).run()
    return app


def test_a_table_becomes_a_zip_with_a_manifest(batch):
    paste(batch, TABLE)
    assert "2 of 3 rows can be made" in words(batch)
    assert "Line 3: The heart rate must be between 25 and 220 bpm, not 900." in words(batch)
    assert "mood" in words(batch)
    next(b for b in batch.button if b.label == "Make 2 ECGs").click().run()
    assert not batch.exception
    assert "2 made, 1 not" in words(batch)
    data, manifest = batch.session_state["files_batch"]
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert set(held.namelist()) == {
            "manifest.csv", "manifest.json", "ecg-0001.hea", "ecg-0001.dat", "ecg-0001.csv",
            "ecg-0003.hea", "ecg-0003.dat", "ecg-0003.csv"}  # fmt: skip
        assert json.loads(held.read("manifest.json")) == json.loads(json.dumps(manifest))
    assert [row["seed"] for row in manifest["rows"] if row["files"]] == [1, 3]


def test_an_uploaded_table_goes_before_a_pasted_one(batch):
    paste(batch, "report\nAF\nAF\n")
    send(batch, ("t.csv", b"report;st_mv\nAF;V2=0,2\nLBBB;\n\n\n"), key="files_table")
    assert "Line 2: ST must look like" in words(batch)
    assert "1 of 2 rows" in words(batch)


@pytest.mark.parametrize(
    ("table", "told"),
    [("hello", "needs a heading"), ("report\n", "no row"), ("report\n" + "AF\n" * 201, "200 rows")],
)
def test_a_table_that_is_none_is_one_sentence(batch, table, told):
    paste(batch, table)
    assert told in batch.error[0].value
    assert not batch.exception
    assert next(b for b in batch.button if b.label == "Make ECGs").disabled
