"""Reads a 12-lead ECG from a WFDB record that anyone may have sent."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.leads import EIGHT, LEADS, canonical_lead, derive_twelve
from sediff.measure.signals import MAX_FS, MAX_S, MIN_FS, MIN_S

_MAX_HEADER, _MAX_FILE = 100_000, 50_000_000  # bytes
_MAX_SIGNALS = 64
_MILLIVOLTS = {"mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "v": 1e3, "nv": 1e-6}


def read_ecg(path: str | Path) -> Ecg:
    """Read a WFDB record with at least the leads I, II and V1-V6, in any order and case.

    Leads that the file lacks of the other four are derived; those it has are kept as they are.

    Args:
        path: the record, with or without `.hea` or `.dat`.

    Raises:
        DataError: one sentence saying what is wrong with the file.
    """
    import wfdb  # slow, and most sessions read no file

    base = _base(Path(path))
    header = _header(base)
    try:
        record: Any = wfdb.rdrecord(str(base))
        signal = np.asarray(record.p_signal, dtype=np.float64).T
    except Exception as error:  # a hostile file can raise anything inside the reader
        raise DataError(f"The signals of {base.name} cannot be read.") from error
    if signal.ndim != 2 or signal.shape[0] != len(header.sig_name):
        raise DataError(f"The signals of {base.name} do not match its header.")
    leads = _leads(base.name, header.sig_name, header.units, signal)
    eight = np.stack([leads[name] for name in EIGHT])
    twelve = derive_twelve(eight)
    for name in LEADS[2:6]:
        if name in leads:
            twelve[LEADS.index(name)] = leads[name]
    return Ecg(twelve.astype(np.float32), round(float(header.fs)), {"file": base.name})


def _base(path: Path) -> Path:
    base = path.with_suffix("") if path.suffix.lower() in (".hea", ".dat") else path
    header = base.parent / (base.name + ".hea")
    if not header.is_file():
        raise DataError(f"There is no WFDB header {header.name}.")
    if header.stat().st_size > _MAX_HEADER:
        raise DataError(f"The header {header.name} is too large for an ECG.")
    return base


def _header(base: Path) -> Any:
    """Read the header and refuse what is not one short multi-lead ECG beside its header."""
    import wfdb

    try:
        header: Any = wfdb.rdheader(str(base))
    except Exception as error:  # see above
        raise DataError(f"The header of {base.name} cannot be read.") from error
    if not isinstance(header, wfdb.Record) or not header.sig_name:
        raise DataError(f"The record {base.name} has no signals of its own.")
    if len(header.sig_name) > _MAX_SIGNALS:
        raise DataError(f"The record {base.name} has more than {_MAX_SIGNALS} signals.")
    for name in set(header.file_name or ()):
        _check_file(base, name)
    _check_length(base.name, float(header.fs or 0), header.sig_len or 0)
    return header


def _check_file(base: Path, name: str) -> None:
    file = base.parent / name
    if Path(name).name != name or not file.is_file():
        raise DataError(f"The signal file {name!r} is not beside the header of {base.name}.")
    if file.stat().st_size > _MAX_FILE:
        raise DataError(f"The signal file {name!r} is too large for an ECG.")


def _check_length(record: str, rate: float, length: int) -> None:
    if not (MIN_FS <= rate <= MAX_FS) or abs(rate - round(rate)) > 1e-6:
        raise DataError(
            f"The sampling rate of {record} is {rate:g} Hz; whole rates from {MIN_FS} to "
            f"{MAX_FS} Hz can be read."
        )
    if not MIN_S * rate - 1 <= length <= MAX_S * rate + 1:
        raise DataError(f"The record {record} is not {MIN_S:.0f} to {MAX_S:.0f} seconds long.")


def _leads(
    record: str, names: list[str], units: list[str], signal: npt.NDArray
) -> dict[str, npt.NDArray]:
    leads: dict[str, npt.NDArray] = {}
    for raw, unit, samples in zip(names, units, signal, strict=True):
        name = canonical_lead(str(raw))
        if name is None:
            continue
        if name in leads:
            raise DataError(f"The record {record} has lead {name} twice.")
        scale = _MILLIVOLTS.get(str(unit).strip().lower())
        if scale is None:
            raise DataError(f"Lead {name} of {record} is in {unit!r}, not in mV or uV.")
        leads[name] = samples * scale
    missing = [name for name in EIGHT if name not in leads]
    if missing:
        raise DataError(f"The record {record} lacks lead {', '.join(missing)}.")
    return leads
