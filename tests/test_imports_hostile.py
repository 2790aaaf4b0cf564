"""Claims about files that mean harm or are broken: one sentence each, quickly, and nothing else."""

import io
import json
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sediff.errors import DataError
from sediff.export import as_download, export
from sediff.imports import read_path
from sediff.imports.uploads import MAX_UPLOAD, open_record, records_of
from sediff.leads import EIGHT, LEADS
from sediff.pipeline import simulate_only
from sediff.spec import Request

KINDS = {"csv": "csv", "edf": "edf", "dicom": "dcm", "json": "json"}
MEMORY = 50_000_000  # bytes: no header may make a reader set aside more


@pytest.fixture(scope="module")
def made():
    return simulate_only(Request("Sinus rhythm", age=50, seed=1))


@pytest.fixture(scope="module")
def whole(made) -> dict[str, bytes]:
    return {name: as_download(made.ecg, made.spec, "a", name) for name in KINDS}


def opened(name: str, data: bytes):
    return [open_record(record) for record in records_of([(name, data)])]


def opened_all(files) -> None:
    for record in records_of(files):
        open_record(record)


def refused_in_little_memory(*files: tuple[str, bytes]) -> str:
    tracemalloc.start()
    try:
        sentence = refused(*files)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    return sentence


def refused(*files: tuple[str, bytes]) -> str:
    with pytest.raises(DataError) as caught:
        opened_all(files)
    sentence = str(caught.value)
    assert len(sentence) < 300
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "ecg-" not in sentence  # no folder of the server
    return sentence


HEADERS = {
    "no leads": "r 0 500 5000\n",
    "a folder above": "r 1 500 5000\n../../etc/passwd 16 1000/mV 16 0 0 0 0 I\n",
    "an absolute path": "r 1 500 5000\n/etc/passwd 16 1000/mV 16 0 0 0 0 I\n",
    "an address": "r 1 500 5000\nhttps://x.y/r.dat 16 1000/mV 16 0 0 0 0 I\n",
    "endless": "r 1 500 999999999999\nr.dat 16 1000/mV 16 0 0 0 0 I\n",
    "huge frames": "r 1 500 5000\nr.dat 16x999999999 1000/mV 16 0 0 0 0 I\n",
    "huge skew": "r 1 500 5000\nr.dat 16:999999999 1000/mV 16 0 0 0 0 I\n",
    "no rate": "r 1 0 5000\nr.dat 16 1000/mV 16 0 0 0 0 I\n",
    "a rate of 1e9": "r 1 1000000000 5000\nr.dat 16 1000/mV 16 0 0 0 0 I\n",
    "segments": "r/3 8 500 5000\na 100\nb 100\nc 100\n",
    "many signals": "r 99999999 500 5000\n" + "r.dat 16 1000/mV 16 0 0 0 0 I\n" * 90,
    "too long": "# " + "x" * 200_000,
    "noise": "\x00\xff \x01",
    "empty": "",
}


@pytest.mark.parametrize("why", HEADERS)
def test_a_hostile_wfdb_header_is_one_sentence(why):
    header = HEADERS[why].encode("latin-1")
    refused_in_little_memory(("r.hea", header), ("r.dat", b"\0" * 100_000))


def test_a_wfdb_record_with_gaps_or_without_gain_is_refused(made):
    with zipfile.ZipFile(io.BytesIO(as_download(made.ecg, made.spec, "a", "wfdb"))) as held:
        header, signal = held.read("a.hea"), bytearray(held.read("a.dat"))
    signal[:2] = b"\x00\x80"  # format 16 marks a missing sample so
    assert "gaps" in refused(("a.hea", header), ("a.dat", bytes(signal)))
    refused(("a.hea", header), ("a.dat", bytes(signal[:1000])))
    refused(("a.hea", header))


def lines(head: str, row: str, n: int = 5000) -> bytes:
    return (head + "\n" + (row + "\n") * n).encode()


NAMES, ZEROS = ",".join(EIGHT), ",".join("0" * 8)
TABLES = {
    "no rate": (lines(NAMES, ZEROS), "sampling rate"),
    "wrong rate": (lines("# fs: 9999999\n" + NAMES, ZEROS), "100 to 2000 Hz"),
    "nonsense rate": (lines("# fs: 1.2.3\n" + NAMES, ZEROS), "not a number"),
    "still times": (lines("time_s," + NAMES, "0," + ZEROS), "do not rise"),
    "not a number": (lines("# fs: 500\n" + NAMES, ZEROS[:-1] + "nan"), "gaps"),
    "infinite": (lines("# fs: 500\n" + NAMES, ZEROS[:-1] + "inf"), "gaps"),
    "words": (lines("# fs: 500\n" + NAMES, ZEROS[:-1] + "x"), "not numbers"),
    "ragged": (lines("# fs: 500\n" + NAMES, ZEROS + ",1"), "different lengths"),
    "short": (lines("# fs: 500\n" + NAMES, ZEROS, 3), "seconds long"),
    "a lead less": (lines("# fs: 500\nI,II", "0,0"), "lacks lead V1"),
    "a lead twice": (lines("# fs: 500\nI," + NAMES, "0," + ZEROS), "lead I twice"),
    "volts for mV": (lines("# fs: 500\n" + NAMES, ZEROS[:-1] + "5000"), "check the unit"),
    "foreign unit": (lines("# fs: 500\n# unit: mmHg\n" + NAMES, ZEROS), "not in mV"),
    "no heading": (lines("0,0,0", "0,0,0"), "name its leads"),
    "too many lines": (b"# fs: 500\n" + b"0\n" * 130_000, "more lines"),
    "binary": (b"\xff\xfe\x00" * 999, "not UTF-8"),
    "empty": (b"", "empty"),
}


@pytest.mark.parametrize("why", TABLES)
def test_a_table_that_is_no_ecg_says_what_is_wrong(why):
    data, told = TABLES[why]
    assert told in refused(("t.csv", data))


def edf_with(whole, at: int, text: str) -> tuple[str, bytes]:
    data = bytearray(whole["edf"])
    data[at : at + len(text)] = text.encode()
    return "a.edf", bytes(data)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (236, "1e9     "), (236, "99999999"), (236, "-1      "), (236, "0       "),
        (244, "0       "), (244, "nan     "), (244, "1e-30   "), (252, "9999"), (252, "0   "),
        (252, "-5  "), (184, "0       "), (184, "99999999"), (0, "1       "),
        (256 + 13 * 216, "99999999"), (256 + 13 * 216, "-1      "), (192, "EDF+D"),
        (256 + 13 * 104, "nan     "), (256 + 13 * 120, "32767   "), (256 + 13 * 96, "lightyrs"),
    ],
)  # fmt: skip
def test_a_hostile_edf_header_is_one_sentence(whole, at, text):
    refused_in_little_memory(edf_with(whole, at, text))


def changed(whole, change) -> tuple[str, bytes]:
    held = pydicom.dcmread(io.BytesIO(whole["dicom"]))
    change(held, held.WaveformSequence[0])
    held.save_as(buffer := io.BytesIO())
    return "a.dcm", buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NumberOfWaveformSamples", 2**32 - 1), ("NumberOfWaveformSamples", 0),
        ("NumberOfWaveformChannels", 65535), ("NumberOfWaveformChannels", 0),
        ("WaveformBitsAllocated", 8), ("WaveformSampleInterpretation", "MB"),
        ("SamplingFrequency", "1e30"), ("SamplingFrequency", "0"), ("SamplingFrequency", "-500"),
        ("ChannelDefinitionSequence", []), ("WaveformData", b""), ("WaveformData", b"\0" * 100),
    ],
)  # fmt: skip
def test_dicom_with_odd_lengths_and_rates_is_one_sentence(whole, name, value):
    refused_in_little_memory(changed(whole, lambda _, group: setattr(group, name, value)))


def test_dicom_without_waveform_or_leads_is_one_sentence(whole):
    assert "no waveform" in refused(changed(whole, lambda held, _: held.pop("WaveformSequence")))

    def no_leads(_, group):
        for channel in group.ChannelDefinitionSequence:
            channel.ChannelSourceSequence = []
            channel.ChannelLabel = "X"

    assert "lacks lead" in refused(changed(whole, no_leads))


def test_deflated_dicom_is_refused_before_it_is_unpacked(whole):
    held = pydicom.dcmread(io.BytesIO(whole["dicom"]))
    held.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1.99"
    pydicom.filewriter.write_file_meta_info(buffer := io.BytesIO(), held.file_meta)
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(bomb.compress(b"\0" * 1_000_000) for _ in range(60)) + bomb.flush()
    file = b"\0" * 128 + b"DICM" + buffer.getvalue() + packed
    assert "compressed" in refused_in_little_memory(("a.dcm", file))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"uv": 5}, "twelve leads"), ({"uv": {}}, "twelve leads"), ({"fs": "500"}, "rate"),
        ({"fs": True}, "rate"), ({"fs": 10**400}, "."), ({"unit": "mV"}, "unit"),
        ({"version": "1"}, "version"), ({"format": "x"}, "not an ECG that this app"),
        ({"spec": None}, "not a case"), ({"spec": {"age": 5}}, "not a case"),
    ],
)  # fmt: skip
def test_json_that_was_changed_is_one_sentence(whole, change, told):
    held = {**json.loads(whole["json"]), **change}
    assert told in refused(("a.json", json.dumps(held).encode()))


@pytest.mark.parametrize("value", [1e9, 32768, None, "0", True, 0.5, [0]])
def test_json_samples_must_be_whole_microvolts(whole, value):
    held = json.loads(whole["json"])
    held["uv"]["V1"][7] = value
    assert "whole microvolts" in refused(("a.json", json.dumps(held).encode()))


@pytest.mark.parametrize("data", [b"[" * 100_000, b"{", b"null", b"[]", b'{"a": NaN}', b"\xff"])
def test_json_that_is_none_is_one_sentence(data):
    refused(("a.json", data))


def packed(*entries: tuple[str, bytes]) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return "a.zip", buffer.getvalue()


def test_a_zip_bomb_is_refused(whole):
    bomb = packed(("a.csv", b"0" * 30_000_000))
    assert "unpacks to more than 20 MB" in refused(bomb)
    lie = bytearray(bomb[1])
    at = lie.rindex(b"PK\x01\x02") + 24  # of the size that the archive tells
    lie[at : at + 4] = (10).to_bytes(4, "little")
    refused(("a.zip", bytes(lie)))
    assert "more than 32 files" in refused(packed(*((f"{i}.csv", b"") for i in range(33))))
    refused(packed(("b.zip", packed(("a.csv", b"x"))[1])))
    refused(("a.zip", b"PK\x03\x04 broken"))


def test_a_zip_packed_in_an_unusual_way_is_refused(whole):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", whole["csv"])
    assert "unusual way" in refused(("a.zip", buffer.getvalue()))


def test_a_file_beyond_the_limit_is_refused():
    assert "larger than 5 MB" in refused(("a.csv", b"0" * (MAX_UPLOAD + 1)))


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x.csv", "C:\\x\\..\\y.csv", "/abs.csv", "a\0b.csv", "." * 300, "é.csv"],
)
def test_no_name_leads_out_of_the_folder(name, whole, tmp_path, monkeypatch):
    written = []
    plain = Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", lambda path, data: (written.append(path), plain(path, data))[1]
    )
    try:
        assert opened(name, whole["csv"])
    except DataError:
        assert name == "." * 300
    assert all(path.parent.name.startswith("ecg-") for path in written)
    assert all(not path.exists() for path in written)


@pytest.mark.parametrize("name", KINDS)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())  # fmt: skip
def test_a_cut_or_changed_file_gives_an_ecg_or_one_sentence(name, whole, data):
    broken = bytearray(whole[name])
    for _ in range(data.draw(st.integers(0, 12))):
        # most of what a reader trusts stands at the start
        top = data.draw(st.sampled_from([64, 400, 4000, len(broken)]))
        broken[data.draw(st.integers(0, min(top, len(broken)) - 1))] = data.draw(
            st.integers(0, 255)
        )
    cut = data.draw(st.sampled_from([len(broken), data.draw(st.integers(0, len(broken)))]))
    try:
        for one in opened(f"a.{KINDS[name]}", bytes(broken[:cut])):
            assert one.ecg.signal.shape[0] == len(LEADS)
            assert np.isfinite(one.ecg.signal).all()
    except DataError as error:
        told = str(error)
        assert len(told) < 400


def test_the_shell_reads_the_same_files(made, tmp_path):
    for name in ("wfdb", "csv", "edf", "dicom", "json"):
        path = export(made.ecg, made.spec, tmp_path, name, [name])[0]
        assert read_path(str(path)).ecg.uv.tolist() == made.ecg.uv.tolist()
    with pytest.raises(DataError, match=r"no file nothing\.csv"):
        read_path(tmp_path / "nothing.csv")
