"""Claims about every format, each read back by a program that is not ours."""

import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pydicom
import pyedflib
import pypdf
import pytest
from ecgdatakit.parsing.parser import FileParser
from PIL import Image
from scipy.io import loadmat

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import DataError
from sediff.export import FORMATS, export
from sediff.leads import LEADS, identity_error
from sediff.pipeline import simulate_only
from sediff.spec import Request
from sediff.view.look import Look

WITHIN_UV = 0.5


@pytest.fixture(scope="module")
def made():
    return simulate_only(
        Request("Vorhofflimmern, älterer Infarkt", age=72, sex="female", heart_rate=118, seed=7)
    )


@pytest.fixture
def write(made, tmp_path):
    def one(name: str, ecg: Ecg | None = None, **how):
        return export(ecg or made.ecg, made.spec, tmp_path, "a", [name], **how)[0]

    return one


def huge(ecg: Ecg, top_mv: float) -> Ecg:
    """The same with one sample as large as `top_mv`, and one as small."""
    eight = np.array(ecg.eight)
    eight[3, 2600], eight[3, 2601] = top_mv, -top_mv  # where the usual sheet shows V2
    return Ecg.from_eight(eight, ecg.fs, ecg.provenance)


@pytest.mark.parametrize("top_mv", [1, 3.276, 3.277, 6.6, 16.3, 16.384, 17, 32.767, 99])
def test_edf_read_by_pyedflib_is_the_same_within_half_a_microvolt(made, write, top_mv):
    ecg = huge(made.ecg, top_mv)
    with pyedflib.EdfReader(str(write("edf", ecg))) as file:
        signal = np.stack([file.readSignal(i) for i in range(12)])
        assert np.abs(signal * 1000 - ecg.uv).max() <= WITHIN_UV
        assert np.rint(signal * 1000).astype(int).tolist() == ecg.uv.tolist()
        assert file.getSignalLabels()[:12] == [f"ECG {lead}" for lead in LEADS]
        assert {file.getPhysicalDimension(i) for i in range(12)} == {"mV"}
        assert set(file.getSampleFrequencies()[:12]) == {500}
        ends = {(-file.getPhysicalMinimum(i), file.getPhysicalMaximum(i)) for i in range(12)}
        ((low, high),) = ends
        assert low == pytest.approx(high, abs=1e-3)
        assert (high == 3.2768) == (top_mv <= 3.2768)


def test_edf_says_who_what_and_that_it_is_synthetic(made, write):
    with pyedflib.EdfReader(str(write("edf"))) as file:
        assert file.getSex() == "Female"
        assert file.getPatientAdditional() == "age_72_years"
        texts = [str(text) for text in file.readAnnotations()[2]]
    assert texts[0] == SYNTHETIC_MARK
    assert "heart rate: 118 bpm" in texts
    assert any(text.startswith("report: Vorhofflimmern, aelterer") for text in texts)


def test_edf_read_by_ecgdatakit_has_the_twelve_leads(made, write):
    record = FileParser.parse(write("edf"))
    assert [lead.label for lead in record.leads] == list(LEADS)
    assert physical_uv(record) == pytest.approx(made.ecg.uv, abs=WITHIN_UV)


def physical_uv(record) -> np.ndarray:
    scale = {"uV": 1.0, "mV": 1000.0}
    return np.stack([lead.samples * scale[lead.units] for lead in record.leads])


def test_dicom_read_by_ecgdatakit_is_the_same(made, write):
    record = FileParser.parse(write("dicom"))
    assert [lead.label for lead in record.leads] == list(LEADS)
    assert {lead.sampling_rate for lead in record.leads} == {500}
    assert np.rint(physical_uv(record)).astype(int).tolist() == made.ecg.uv.tolist()
    assert (record.patient.age, record.patient.sex) == (72, "F")
    assert SYNTHETIC_MARK in record.raw_metadata["patient_comments"]
    assert (SYNTHETIC_MARK, "") in record.interpretation.statements
    assert record.raw_metadata["sop_class_name"] == "12-lead ECG Waveform Storage"


def test_dicom_has_what_the_standard_asks_of_a_12_lead_ecg(made, write):
    held = pydicom.dcmread(write("dicom"))
    assert held.SOPClassUID == "1.2.840.10008.5.1.4.1.1.9.1.1"
    assert held.file_meta.MediaStorageSOPInstanceUID == held.SOPInstanceUID
    assert all(uid.is_valid for uid in (held.SOPInstanceUID, held.StudyInstanceUID))
    (group,) = held.WaveformSequence
    assert (group.NumberOfWaveformChannels, group.NumberOfWaveformSamples) == (12, 5000)
    sources = [channel.ChannelSourceSequence[0] for channel in group.ChannelDefinitionSequence]
    numbers = (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)
    assert [code.CodeValue for code in sources] == [f"2:{number}" for number in numbers]
    assert {code.CodingSchemeDesignator for code in sources} == {"MDC"}
    assert held.waveform_array(0).T.astype(int).tolist() == made.ecg.uv.tolist()


def test_dicom_refuses_what_its_standard_does_not_allow(made, write):
    long = Ecg(np.zeros((12, 20_000), np.float32), 500)
    with pytest.raises(DataError, match="16384 samples"):
        write("dicom", long)


def test_mat_read_by_scipy_is_the_same_and_tells_all(made, write):
    held = loadmat(write("mat"), squeeze_me=True)
    assert held["uv"].dtype == np.int16
    assert held["uv"].tolist() == made.ecg.uv.tolist()
    assert [str(lead) for lead in held["leads"]] == list(LEADS)
    assert (held["fs"], held["age_years"]) == (500, 72)
    assert [str(held[name]) for name in ("sex", "unit", "mark")] == [
        "female", "uV", SYNTHETIC_MARK]  # fmt: skip
    assert "heart rate: 118 bpm" in held["comments"].tolist()
    assert SYNTHETIC_MARK.encode() in held["__header__"]


def test_npz_read_without_pickles_is_the_same_and_tells_all(made, write):
    with np.load(write("npz"), allow_pickle=False) as held:
        assert held["uv"].tolist() == made.ecg.uv.tolist()
        assert held["leads"].tolist() == list(LEADS)
        told = {name: held[name].item() for name in ("fs", "age_years", "sex", "unit", "mark")}
        assert "seed: 7" in held["comments"].tolist()
    assert told == {"fs": 500, "age_years": 72, "sex": "female", "unit": "uV",
                    "mark": SYNTHETIC_MARK}  # fmt: skip


def test_json_holds_case_samples_and_provenance(made, write):
    held = json.loads(write("json").read_text(encoding="utf-8"))
    assert [held["uv"][lead] for lead in LEADS] == made.ecg.uv.tolist()
    assert (held["format"], held["version"], held["mark"]) == ("sediff-ecg", 1, SYNTHETIC_MARK)
    assert (held["fs"], held["unit"], held["leads"]) == (500, "uV", list(LEADS))
    assert held["patient"] == {"age_years": 72, "sex": "female"}
    assert held["spec"] == json.loads(made.spec.to_json())
    assert held["provenance"]["how"] == "simulated"


@pytest.mark.parametrize(("page", "size_mm"), [("A4", (297, 210)), ("Letter", (279.4, 215.9))])
def test_pdf_is_a_page_of_true_size_with_leads_scale_patient_and_mark(write, page, size_mm):
    file = pypdf.PdfReader(write("pdf", page=page))
    box = file.pages[0].mediabox
    assert [float(side) / 72 * 25.4 for side in (box.width, box.height)] == pytest.approx(
        size_mm, abs=0.1
    )
    text = file.pages[0].extract_text()
    for words in (SYNTHETIC_MARK, "25 mm/s", "10 mm/mV", "72 y, female", "500 Hz"):
        assert words in text
    assert set(LEADS) <= set(text.split())
    assert SYNTHETIC_MARK in file.metadata["/Subject"]


def test_pictures_are_drawn_as_the_ecg_is_looked_at(write):
    text = pypdf.PdfReader(write("pdf", look=Look(speed=50, gain=20))).pages[0].extract_text()
    assert "50 mm/s" in text
    assert "20 mm/mV" in text


def test_png_and_svg_carry_the_mark_and_svg_all_its_words(write):
    picture = Image.open(io.BytesIO(write("png").read_bytes()))
    assert SYNTHETIC_MARK in picture.info["Comment"]
    words = " ".join(ET.parse(write("svg")).getroot().itertext())
    for told in (SYNTHETIC_MARK, "25 mm/s", "72 y, female", "500 Hz", *LEADS):
        assert told in words


@pytest.mark.parametrize("name", FORMATS)
def test_equal_ecgs_give_equal_bytes_and_other_ones_do_not(made, tmp_path, name):
    same = replace(made, ecg=Ecg.from_uv(made.ecg.uv, 500, made.ecg.provenance))
    files = [export(one.ecg, one.spec, tmp_path / str(i), "a", [name])
             for i, one in enumerate((made, same))]  # fmt: skip
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]
    moved = export(huge(made.ecg, 2), made.spec, tmp_path / "2", "a", [name])
    assert [p.read_bytes() for p in moved] != [p.read_bytes() for p in files[0]]


def test_lead_identities_hold_in_every_numeric_file(made, write):
    with np.load(write("npz")) as held:
        assert identity_error(held["uv"]) <= 1
    assert identity_error(pydicom.dcmread(write("dicom")).waveform_array(0).T) <= 1
