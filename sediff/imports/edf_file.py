"""EDF and EDF+: a header of fixed fields is checked by hand before a library reads the rest."""

import io
import re
import warnings
from pathlib import Path

import numpy as np

from sediff.errors import DataError
from sediff.imports.opened import Opened
from sediff.measure.twelve import check_length, lead_name, twelve_of

_HEADER, _FIELD = 256, 8
_MAX_SIGNALS = 64
_SEX = {"F": "female", "M": "male"}


def read_edf(path: Path) -> Opened:
    """Read a continuous EDF or EDF+ file.

    Raises:
        DataError: one sentence on what is wrong with it.
    """
    import edfio

    data = path.read_bytes()
    _check_header(path.name, data)
    with warnings.catch_warnings():  # readers in other threads lose a warning at most
        warnings.simplefilter("ignore")
        file = edfio.read_edf(io.BytesIO(data), header_encoding="latin-1")
    if file.reserved.startswith("EDF+D"):
        raise DataError(f"{path.name} has interruptions: only a continuous recording can be read.")
    signals = [signal for signal in file.signals if lead_name(signal.label)]
    rates = {signal.sampling_frequency for signal in signals}
    if len(rates) > 1:
        raise DataError(f"The leads of {path.name} do not have one sampling rate.")
    rate = float(rates.pop()) if rates else 0.0
    if signals:
        check_length(path.name, rate, len(signals[0].digital))
    if any(signal.digital_min >= signal.digital_max for signal in signals):
        raise DataError(f"{path.name} does not say how large its samples are.")
    ecg = twelve_of(
        path.name,
        [signal.label for signal in signals],
        [signal.physical_dimension for signal in signals],
        [np.asarray(signal.data) for signal in signals],
        rate,
    )
    told = file.local_patient_identification.split(" ")
    age = re.search(r"\bage_(\d{1,3})_years\b", file.local_patient_identification)
    sex = _SEX.get(told[1]) if len(told) > 1 else None
    return Opened(ecg, path.name, "edf", age=float(age[1]) if age else None, sex=sex)


def _check_header(name: str, data: bytes) -> None:
    """Refuse a header whose numbers do not fit the file, before memory is set aside for them."""
    if len(data) < 2 * _HEADER or data[:_FIELD] != b"0       ":
        raise DataError(f"{name} is not an EDF file.")
    try:
        size, records = int(data[184:192]), int(data[236:244])
        duration, count = float(data[244:252]), int(data[252:256])
        if not 0 < count <= _MAX_SIGNALS:
            raise DataError(f"{name} has {count} signals; 1 to {_MAX_SIGNALS} can be read.")
        at = _HEADER + 216 * count  # of the samples in each record, signal by signal
        each = [int(data[at + i * _FIELD : at + (i + 1) * _FIELD]) for i in range(count)]
    except ValueError as error:
        raise DataError(f"The header of {name} is damaged.") from error
    if size != _HEADER * (count + 1) or min(each) <= 0 or not 0 < duration < 1e6:
        raise DataError(f"The header of {name} is damaged.")
    if records < 1 or size + 2 * records * sum(each) > len(data):
        raise DataError(f"{name} does not hold as many samples as its header says.")
