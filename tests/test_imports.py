"""Claims about opening files: what was written comes back, and odd but honest files are read."""

import io
import json
import shutil
import zipfile

import edfio
import numpy as np
import pandas as pd
import pydicom
import pytest

from sediff.ecg import IMPORTED_MARK
from sediff.errors import DataError
from sediff.export import export
from sediff.imports import read_path
from sediff.imports.uploads import open_record, records_of
from sediff.leads import EIGHT, LEADS
from sediff.pipeline import simulate_only
from sediff.spec import Request


@pytest.fixture(scope="module")
def made():
    return simulate_only(Request("Atrial fibrillation", age=72, sex="female", seed=7))


@pytest.fixture
def write(made, tmp_path):
    def one(name: str):
        return export(made.ecg, made.spec, tmp_path, "a", [name])[0]

    return one


@pytest.mark.parametrize("name", ["wfdb", "csv", "edf", "dicom", "json"])
def test_what_was_written_comes_back_to_the_microvolt_and_is_marked(made, write, name):
    opened = read_path(write(name))
    assert opened.ecg.uv.tolist() == made.ecg.uv.tolist()
    assert (opened.ecg.fs, opened.kind) == (500, name)
    assert opened.ecg.provenance["mark"] == IMPORTED_MARK
    if name != "wfdb":
        assert (opened.age, opened.sex) == (72, "female")


def test_json_gives_back_the_case_and_how_it_was_made(made, write):
    opened = read_path(write("json"))
    assert opened.spec == made.spec
    assert opened.ecg.provenance["how"] == "simulated"
    assert read_path(write("csv")).spec is None


def test_files_without_an_ending_are_known_by_their_first_bytes(made, write):
    for name in ("dicom", "edf"):
        path = write(name)
        bare = path.rename(path.with_suffix(""))
        assert read_path(bare).kind == name
        assert open_record(records_of([("IM0001", bare.read_bytes())])[0]).kind == name
        bare.unlink()


def table(ecg, **more) -> pd.DataFrame:
    return pd.DataFrame({**more, **dict(zip(LEADS, ecg.signal.astype(float), strict=True))})


def read_text(tmp_path, text: str):
    (path := tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return read_path(path)


def test_csv_takes_the_rate_from_times_and_units_from_headings(made, tmp_path):
    times = np.round(np.arange(5000) / 500 * 1000, 3)
    frame = table(made.ecg, **{"time (ms)": times})
    frame[list(LEADS)] *= 1000
    frame = frame.rename(columns={lead: f"{lead.upper()} (uV)" for lead in LEADS})
    opened = read_text(tmp_path, frame.to_csv(index=False))
    np.testing.assert_allclose(opened.ecg.signal, made.ecg.signal, atol=1e-6)
    assert opened.ecg.fs == 500


@pytest.mark.parametrize("fs", [360, 1000, 257])
def test_csv_times_rounded_to_a_millisecond_still_give_the_rate(fs, made, tmp_path):
    times = np.round(np.arange(5000) / fs, 3)
    assert read_text(tmp_path, table(made.ecg, time_s=times).to_csv(index=False)).ecg.fs == fs


def test_csv_with_semicolons_and_decimal_commas_is_read(made, tmp_path):
    text = "# sampling rate: 500 Hz\n# unit: mV\n" + table(made.ecg).to_csv(
        index=False, sep=";", decimal=","
    )
    np.testing.assert_allclose(read_text(tmp_path, text).ecg.signal, made.ecg.signal, atol=1e-6)


def test_eight_leads_are_enough_and_the_others_are_derived(made, tmp_path):
    frame = table(made.ecg)[list(EIGHT)].sample(frac=1, axis=1, random_state=0)
    opened = read_text(tmp_path, "# fs: 500\n" + frame.to_csv(index=False))
    np.testing.assert_allclose(opened.ecg.signal, made.ecg.signal, atol=1e-3)


def test_edf_of_others_in_microvolts_with_other_labels_and_channels_is_read(made, tmp_path):
    signals = [
        edfio.EdfSignal(row * 1000.0, 500, label=f"EKG {lead}", physical_dimension="uV")
        for lead, row in zip(LEADS, made.ecg.signal.astype(float), strict=True)
    ]
    signals.append(edfio.EdfSignal(np.zeros(1000), 100, label="SpO2", physical_dimension="%"))
    edfio.Edf(signals, data_record_duration=1).write(tmp_path / "b.edf")
    opened = read_path(tmp_path / "b.edf")
    np.testing.assert_allclose(opened.ecg.signal, made.ecg.signal, atol=1e-3)
    assert (opened.age, opened.sex) == (None, None)


def test_dicom_of_others_with_scp_codes_gain_and_baseline_is_read(made, write):
    path = write("dicom")
    held = pydicom.dcmread(path)
    (group,) = held.WaveformSequence
    for channel in group.ChannelDefinitionSequence:
        source = channel.ChannelSourceSequence[0]
        number = source.CodeValue.removeprefix("2:")
        source.CodeValue, source.CodingSchemeDesignator = f"5.6.3-9-{number}", "SCPECG"
        channel.ChannelSensitivity, channel.ChannelBaseline = "0.5", "100"
    held.save_as(path)
    signal = read_path(path).ecg.signal
    np.testing.assert_allclose(signal, made.ecg.signal / 2 + 0.1, atol=1e-6)


def test_a_zip_of_a_record_is_opened_without_unpacking_it_to_a_folder(made, tmp_path):
    paths = export(made.ecg, made.spec, tmp_path, "a", ["wfdb"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in paths:
            archive.write(path, f"../../deep/{path.name}")
    (record,) = records_of([("all.zip", buffer.getvalue())])
    assert record.name == "a.hea"
    assert open_record(record).ecg.uv.tolist() == made.ecg.uv.tolist()


def test_several_files_make_as_many_records(made, tmp_path):
    paths = export(made.ecg, made.spec, tmp_path, "a", ["wfdb", "csv"])
    shutil.copy(paths[2], tmp_path / "b.csv")
    files = [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())]
    assert [record.name for record in records_of(files)] == ["a.hea", "a.csv", "b.csv"]


def test_a_case_of_a_newer_version_is_told_as_such(write):
    path = write("json")
    held = json.loads(path.read_text(encoding="utf-8"))
    for changed in ({**held, "version": 2}, {**held, "spec": {**held["spec"], "version": 99}}):
        path.write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(DataError, match="newer version: update the app"):
            read_path(path)


def test_a_library_of_cases_is_sent_to_its_page(tmp_path):
    (path := tmp_path / "c.json").write_text('{"format": "sediff-cases", "version": 1}')
    with pytest.raises(DataError, match="Cases page"):
        read_path(path)
