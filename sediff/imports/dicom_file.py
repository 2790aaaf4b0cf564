"""DICOM: the first multiplex group that holds an ECG of at least three seconds."""

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.export.dicom_file import LEAD_CODES
from sediff.imports.opened import Opened
from sediff.measure.twelve import check_length, lead_name, twelve_of

_PREAMBLE = 132
_BIG_ENDIAN = "1.2.840.10008.1.2.2"
# Not the deflated one, of which a few bytes can unpack to gigabytes.
_PLAIN = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", _BIG_ENDIAN)
_MAX_CHANNELS = 64
_SAMPLES = {(16, "SS"): "i2", (32, "SL"): "i4"}
_LEADS = {code: lead for lead, (code, _) in LEAD_CODES.items()}
# Older writers number the leads as SCP-ECG does, with the same numbers.
_SCP = "5.6.3-9-"
_SEX = {"F": "female", "M": "male"}


def read_dicom(path: Path) -> Opened:
    """Read a DICOM waveform file with 16 or 32 bit linear samples.

    Raises:
        DataError: one sentence on what is wrong with it.
    """
    from pydicom import dcmread
    from pydicom.filereader import read_file_meta_info

    data = path.read_bytes()
    if data[_PREAMBLE - 4 : _PREAMBLE] != b"DICM":
        raise DataError(f"{path.name} is not a DICOM file.")
    # The first group is never compressed: look there before anything is unpacked.
    syntax = str(read_file_meta_info(path).get("TransferSyntaxUID", ""))
    if syntax not in _PLAIN:
        raise DataError(f"{path.name} is compressed: save it as plain DICOM to open it here.")
    held = dcmread(io.BytesIO(data))
    groups = list(held.get("WaveformSequence") or [])
    if not groups:
        raise DataError(f"{path.name} holds no waveform: it is another kind of DICOM file.")
    ecg = _first_ecg(path.name, groups, ">" if syntax == _BIG_ENDIAN else "<")
    age = re.fullmatch(r"(\d{3})Y", str(held.get("PatientAge") or "").strip())
    sex = _SEX.get(str(held.get("PatientSex") or "").strip())
    return Opened(ecg, path.name, "dicom", age=float(age[1]) if age else None, sex=sex)


def _first_ecg(name: str, groups: list[Any], order: str) -> Ecg:
    """The first group that makes a 12-lead ECG; averages are too short, others lack leads."""
    problem: DataError | None = None
    for group in groups[:8]:
        try:
            return _group(name, group, order)
        except DataError as error:
            problem = problem or error
    assert problem is not None
    raise problem


def _group(name: str, group: Any, order: str) -> Ecg:
    rate = float(group.get("SamplingFrequency") or 0)
    count = int(group.get("NumberOfWaveformSamples") or 0)
    channels = list(group.get("ChannelDefinitionSequence") or [])
    check_length(name, rate, count)
    if not 0 < len(channels) <= _MAX_CHANNELS or len(channels) != int(
        group.get("NumberOfWaveformChannels") or 0
    ):
        raise DataError(f"{name} does not describe every one of its channels.")
    digital = _digital(name, group, order, count, len(channels))
    described = [_channel(channel, row) for channel, row in zip(channels, digital, strict=True)]
    return twelve_of(name, *map(list, zip(*described, strict=True)), rate)  # type: ignore[arg-type]


def _digital(name: str, group: Any, order: str, count: int, channels: int) -> npt.NDArray:
    """(channels, count) stored samples."""
    bits = int(group.get("WaveformBitsAllocated") or 0)
    kind = _SAMPLES.get((bits, str(group.get("WaveformSampleInterpretation") or "").strip()))
    if kind is None:
        raise DataError(f"The samples of {name} are not plain numbers of 16 or 32 bits.")
    data = bytes(group.get("WaveformData") or b"")
    size = count * channels * bits // 8
    if len(data) < size:
        raise DataError(f"{name} does not hold as many samples as it says.")
    flat = np.frombuffer(data[:size], dtype=np.dtype(order + kind))
    return flat.reshape(count, channels).T


def _channel(channel: Any, digital: npt.NDArray) -> tuple[str, str, npt.NDArray]:
    """(lead, unit, samples in that unit) of one channel."""
    unit = _code(channel, "ChannelSensitivityUnitsSequence")
    gain = _number(channel, "ChannelSensitivity", 1) * _number(
        channel, "ChannelSensitivityCorrectionFactor", 1
    )
    return _lead(channel), unit, digital * gain + _number(channel, "ChannelBaseline", 0)


def _lead(channel: Any) -> str:
    code = _code(channel, "ChannelSourceSequence")
    if code.startswith(_SCP):
        code = "2:" + code.removeprefix(_SCP)
    known = _LEADS.get(code) or lead_name(code)
    return known or str(channel.get("ChannelLabel") or "")


def _code(channel: Any, sequence: str) -> str:
    codes = channel.get(sequence)
    return str(codes[0].get("CodeValue") or "") if codes else ""


def _number(channel: Any, name: str, default: float) -> float:
    value = channel.get(name)
    return default if value in (None, "") else float(value)
