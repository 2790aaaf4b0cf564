"""DICOM: 12-lead ECG Waveform Storage (PS3.3 A.34.3), one rhythm group of int16 microvolts."""

from pathlib import Path
from typing import Any

import numpy as np

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import DataError
from sediff.export.header import EPOCH, comment_lines, digest
from sediff.leads import LEADS
from sediff.spec import CaseSpec

STORAGE = "1.2.840.10008.5.1.4.1.1.9.1.1"
# PS3.16 CID 3001: code of the lead in ISO/IEEE 11073-10102, and its meaning.
LEAD_CODES = {
    "I": ("2:1", "Lead I"), "II": ("2:2", "Lead II"), "III": ("2:61", "Lead III"),
    "aVR": ("2:62", "aVR, augmented voltage, right"),
    "aVL": ("2:63", "aVL, augmented voltage, left"),
    "aVF": ("2:64", "aVF, augmented voltage, foot"),
    "V1": ("2:3", "Lead V1"), "V2": ("2:4", "Lead V2"), "V3": ("2:5", "Lead V3"),
    "V4": ("2:6", "Lead V4"), "V5": ("2:7", "Lead V5"), "V6": ("2:8", "Lead V6"),
}  # fmt: skip
_MAX_SAMPLES, _FS = 16384, (200, 1000)  # what the standard allows a 12-lead ECG


def write_dicom(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.dcm, explicit little endian; its UIDs follow from its content.

    Raises:
        DataError: DICOM allows a 12-lead ECG neither this rate nor this length.
    """
    if ecg.uv.shape[1] > _MAX_SAMPLES or not _FS[0] <= ecg.fs <= _FS[1]:
        raise DataError(
            f"A DICOM 12-lead ECG holds up to {_MAX_SAMPLES} samples at {_FS[0]} to {_FS[1]} Hz: "
            "choose another format."
        )
    from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(STORAGE)
    meta.MediaStorageSOPInstanceUID = UID(_uid(ecg, spec, "instance"))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    whole = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    whole.update(_about(ecg, spec))
    whole.SOPClassUID, whole.SOPInstanceUID = STORAGE, meta.MediaStorageSOPInstanceUID
    whole.WaveformSequence = [_group(Dataset, ecg)]
    whole.WaveformAnnotationSequence = [_note(Dataset, line) for line in comment_lines(spec)]
    whole.save_as(path := folder / f"{stem}.dcm", enforce_file_format=True)
    return [path]


def _uid(ecg: Ecg, spec: CaseSpec, part: str) -> str:
    """A UID without a registered root: 2.25 and a 128-bit number (PS3.5 B.2)."""
    return f"2.25.{int(digest(ecg, spec, part)[:32], 16)}"


def _about(ecg: Ecg, spec: CaseSpec) -> Any:
    from pydicom.dataset import Dataset

    about, day = Dataset(), EPOCH.replace("-", "")
    about.SpecificCharacterSet = "ISO_IR 100"
    about.StudyInstanceUID = _uid(ecg, spec, "study")
    about.SeriesInstanceUID = _uid(ecg, spec, "series")
    about.StudyDate = about.ContentDate = day
    about.StudyTime = about.ContentTime = "000000"
    about.AcquisitionDateTime = f"{day}000000"
    about.AccessionNumber = about.ReferringPhysicianName = about.StudyID = ""
    about.Modality = "ECG"
    about.SeriesNumber = about.InstanceNumber = 1
    about.SeriesDescription = about.StudyDescription = SYNTHETIC_MARK
    about.Manufacturer = about.ManufacturerModelName = "SE-Diff Studio"
    about.ContentQualification = "RESEARCH"
    about.PatientName = "Synthetic^ECG"
    about.PatientID = f"SYNTHETIC-{digest(ecg, spec)[:12]}"
    about.PatientBirthDate = ""
    about.PatientSex = "F" if spec.sex == "female" else "M"
    about.PatientAge = f"{spec.age:03.0f}Y"
    about.PatientComments = "\r\n".join(comment_lines(spec))
    about.AcquisitionContextSequence = []
    return about


def _group(dataset: Any, ecg: Ecg) -> Any:
    group = dataset()
    group.MultiplexGroupTimeOffset = 0
    group.WaveformOriginality = "DERIVED"
    group.NumberOfWaveformChannels = len(LEADS)
    group.NumberOfWaveformSamples = ecg.uv.shape[1]
    group.SamplingFrequency = ecg.fs
    group.MultiplexGroupLabel = "RHYTHM"
    group.ChannelDefinitionSequence = [_channel(dataset, lead) for lead in LEADS]
    group.WaveformBitsAllocated = 16
    group.WaveformSampleInterpretation = "SS"
    group.WaveformData = np.ascontiguousarray(ecg.uv.T).astype("<i2").tobytes()
    return group


def _channel(dataset: Any, lead: str) -> Any:
    channel = dataset()
    channel.ChannelLabel = lead
    channel.ChannelSourceSequence = [_code(dataset, *LEAD_CODES[lead], "MDC")]
    channel.ChannelSensitivity = 1
    channel.ChannelSensitivityUnitsSequence = [_code(dataset, "uV", "microvolt", "UCUM")]
    channel.ChannelSensitivityCorrectionFactor = 1
    channel.ChannelBaseline = 0
    channel.ChannelSampleSkew = 0
    channel.WaveformBitsStored = 16
    return channel


def _code(dataset: Any, value: str, meaning: str, scheme: str) -> Any:
    code = dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return code


def _note(dataset: Any, line: str) -> Any:
    """A line of text about the whole group: channel 0 stands for all of them."""
    note = dataset()
    note.ReferencedWaveformChannels = [1, 0]
    note.UnformattedTextValue = line
    return note
