"""Claims about files: what is read back is what was made, and every file says synthetic."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import wfdb

from sediff import export as room
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import DataError, RequestError
from sediff.export import FORMATS, as_download, as_zip, download_name, export, media_type
from sediff.leads import LEADS, identity_error
from sediff.spec import CaseSpec, Stated, WaveChange
from tests.hearts import drawn

SETTINGS = (
    SYNTHETIC_MARK, "age: 72 years", "sex: female", "heart rate: 118 bpm", "QRS: 94 ms",
    "QT: 360 ms", "axis: -30 degrees", "ST in V2: 0.3 mV", "wave T: amplitude x1.5", "seed: 7",
    "finding: atrial_fibrillation (certainty 0.5)", "report: Vorhofflimmern, aelterer Infarkt",
)  # fmt: skip
REPORT = "Vorhofflimmern, älterer Infarkt – \n12 5 0 0\n# age: 5\r\nV1 \u2028 mV\x00 ❤"


@pytest.fixture(scope="module")
def spec() -> CaseSpec:
    return CaseSpec(
        report=REPORT, age=72, sex="female", heart_rate=118, qrs_ms=94, qt_ms=360, axis_deg=-30,
        pr_ms=None, findings=(Stated("atrial_fibrillation", 0.5, "possible"),), rhythm="af",
        st_mv=(("V2", 0.3),), waves=(WaveChange("T", 1.5),), seed=7,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ecg(spec) -> Ecg:
    made = drawn(spec)
    eight = np.array(made.eight)
    eight[2, :40] = 40.0  # beyond int16: must clip, not wrap
    eight[3, 50] = -0.0005
    return Ecg.from_eight(eight)


def test_wfdb_gives_back_the_same_samples(ecg, spec, tmp_path):
    export(ecg, spec, tmp_path, "case-7", ["wfdb"])
    record = wfdb.rdrecord(str(tmp_path / "case-7"), physical=False)
    assert record.d_signal.T.tolist() == ecg.uv.tolist()
    assert (record.fs, record.sig_name, record.units) == (500, list(LEADS), ["mV"] * 12)
    assert (record.adc_gain, record.baseline, record.fmt) == ([1000] * 12, [0] * 12, ["16"] * 12)


def test_wfdb_in_millivolts_is_exact_to_one_microvolt(ecg, spec, tmp_path):
    export(ecg, spec, tmp_path, "a", ["wfdb"])
    signal = wfdb.rdrecord(str(tmp_path / "a")).p_signal.T
    assert np.abs(signal * 1000 - ecg.uv).max() < 1e-6


def test_lead_identities_hold_in_the_file(spec, tmp_path):
    export(drawn(spec), spec, tmp_path, "a", ["wfdb"])
    uv = wfdb.rdrecord(str(tmp_path / "a"), physical=False).d_signal.T.astype(int)
    assert identity_error(uv) <= 1


def test_csv_gives_back_the_same_samples(ecg, spec, tmp_path):
    (path,) = export(ecg, spec, tmp_path, "a", ["csv"])
    table = pd.read_csv(path, comment="#")
    assert list(table.columns) == ["time_s", *LEADS]
    assert np.rint(table[list(LEADS)].to_numpy().T * 1000).astype(int).tolist() == ecg.uv.tolist()
    assert table["time_s"].to_numpy() == pytest.approx(np.arange(5000) / 500)


@pytest.mark.parametrize("name", ["wfdb", "csv", "dicom"])
def test_formats_of_plain_text_tell_their_settings(ecg, spec, tmp_path, name):
    text = b"".join(p.read_bytes() for p in export(ecg, spec, tmp_path, "a", [name]))
    for words in SETTINGS:
        assert words.encode() in text
    assert b"PR:" not in text  # there is none in atrial fibrillation


def test_a_report_cannot_add_lines_to_a_header(ecg, spec, tmp_path):
    header, _ = export(ecg, spec, tmp_path, "a", ["wfdb"])
    lines = header.read_text(encoding="ascii").splitlines()
    assert sum(not line.startswith("#") for line in lines) == 13
    assert sum(line.startswith("# age:") for line in lines) == 1
    assert max(map(len, lines)) <= 255
    record = wfdb.rdheader(str(tmp_path / "a"))
    assert (record.n_sig, record.comments[0]) == (12, SYNTHETIC_MARK)


def test_a_long_report_is_kept_whole_on_short_lines(ecg, spec, tmp_path):
    words = " ".join(f"word{i}" for i in range(250))
    long = CaseSpec.from_json(spec.to_json()).__class__(**{**vars(spec), "report": words})
    header, _ = export(ecg, long, tmp_path, "a", ["wfdb"])
    comments = wfdb.rdheader(str(header.with_suffix(""))).comments
    parts = [line.split(": ", 1)[1] for line in comments if line.startswith("report")]
    assert " ".join(parts) == words


def test_nothing_half_written_stays(ecg, spec, tmp_path, monkeypatch):
    def broken(_ecg, _spec, folder, stem):
        (folder / f"{stem}.half").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room, "FORMATS", {**FORMATS, "bad": room.Format("Bad", broken, None)})
    with pytest.raises(DataError, match="No space left"):
        export(ecg, spec, tmp_path, "a", ["wfdb", "bad"])
    assert list(tmp_path.iterdir()) == []


def test_a_second_file_that_cannot_be_moved_takes_the_first_with_it(ecg, spec, tmp_path):
    (tmp_path / "a.dat").mkdir()
    with pytest.raises(DataError):
        export(ecg, spec, tmp_path, "a", ["wfdb"])
    assert [p.name for p in tmp_path.iterdir()] == ["a.dat"]


@pytest.mark.parametrize("stem", ["", "../up", "a/b", "a b", "ä", "-x", "x" * 65])
def test_a_stem_that_is_no_plain_name_is_refused(ecg, spec, tmp_path, stem):
    with pytest.raises(RequestError, match="file name"):
        export(ecg, spec, tmp_path, stem, ["csv"])


def test_a_page_that_no_printer_has_is_refused(ecg, spec, tmp_path):
    with pytest.raises(RequestError, match="A4 or Letter"):
        export(ecg, spec, tmp_path, "a", ["pdf"], page="A9")


def test_a_stop_in_the_middle_leaves_no_half_record(ecg, spec, tmp_path, monkeypatch):
    moves = []

    def stopped(source, target):
        if moves:
            raise KeyboardInterrupt
        moves.append(Path(source).rename(target))

    monkeypatch.setattr(room.os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        export(ecg, spec, tmp_path, "a", ["wfdb"])
    assert moves
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused_before_anything_is_written(ecg, spec, tmp_path):
    with pytest.raises(RequestError, match="wfdb, csv"):
        export(ecg, spec, tmp_path / "new", "a", ["csv", "xml"])
    assert not (tmp_path / "new").exists()


def test_a_zip_holds_the_same_files_and_repeats_byte_by_byte(ecg, spec, tmp_path):
    data = as_zip(ecg, spec, "a", ["wfdb", "csv"])
    assert data == as_zip(ecg, spec, "a", ["wfdb", "csv"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "zip")
    for path in export(ecg, spec, tmp_path / "plain", "a", ["wfdb", "csv"]):
        assert (tmp_path / "zip" / path.name).read_bytes() == path.read_bytes()


def test_a_download_is_the_file_itself_or_a_zip_of_several(ecg, spec):
    assert as_download(ecg, spec, "a", "csv").startswith(b"# " + SYNTHETIC_MARK.encode())
    assert as_download(ecg, spec, "a", "wfdb").startswith(b"PK")
    assert download_name("a", "wfdb") == "a-wfdb.zip"
    assert download_name("a", "dicom") == "a.dcm"
    assert media_type("wfdb") == "application/zip"


def test_the_shell_and_the_app_offer_the_same_ten_formats():
    assert list(FORMATS) == [
        "wfdb", "csv", "edf", "dicom", "mat", "npz", "json", "pdf", "png", "svg"]  # fmt: skip
    assert [f.extension for f in FORMATS.values()] == [
        "", "csv", "edf", "dcm", "mat", "npz", "json", "pdf", "png", "svg"]  # fmt: skip
