"""Reads a 12-lead ECG from a WFDB record that anyone may have sent."""

from pathlib import Path
from typing import Any

import numpy as np

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.measure.twelve import check_length, twelve_of

_MAX_HEADER, _MAX_FILE = 100_000, 50_000_000  # bytes
_MAX_SIGNALS = 64
_MAX_FRAME = 4  # samples of one signal in a frame
_MAX_SKEW = 2000  # samples


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
    return twelve_of(base.name, header.sig_name, header.units, list(signal), float(header.fs))


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
    frames, skews = header.samps_per_frame or (), header.skew or ()
    if any(not 0 < (n or 1) <= _MAX_FRAME for n in frames) or any(
        abs(n or 0) > _MAX_SKEW for n in skews
    ):
        raise DataError(f"The signals of {base.name} are stored in a way that cannot be read.")
    check_length(base.name, float(header.fs or 0), header.sig_len or 0)
    return header


def _check_file(base: Path, name: str) -> None:
    file = base.parent / name
    if Path(name).name != name or not file.is_file():
        raise DataError(f"The signal file {name!r} is not beside the header of {base.name}.")
    if file.stat().st_size > _MAX_FILE:
        raise DataError(f"The signal file {name!r} is too large for an ECG.")
