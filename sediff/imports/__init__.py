"""Opens ECG files of others, to look at and to measure: WFDB, CSV, EDF, DICOM and our JSON.

Nothing here trusts a file: whatever it holds gives an `Opened` or one `DataError` sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from sediff.ecg import IMPORTED_MARK, Ecg
from sediff.errors import DataError, RequestError, SediffError
from sediff.imports.csv_file import read_csv
from sediff.imports.dicom_file import read_dicom
from sediff.imports.edf_file import read_edf
from sediff.imports.json_file import read_json
from sediff.imports.opened import MAX_FILE, Opened
from sediff.measure.files import read_ecg

__all__ = ["KINDS", "MAX_FILE", "Opened", "kind_of", "kind_of_bytes", "read_path"]

_LARGEST_MV = 100.0  # no electrode gives more; the unit must be wrong

KINDS: Mapping[str, str] = {
    ".hea": "wfdb", ".dat": "wfdb", ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".edf": "edf",
    ".dcm": "dicom", ".dicom": "dicom", ".json": "json",
}  # fmt: skip
_READERS: Mapping[str, Callable[[Path], Opened]] = {
    "wfdb": lambda path: Opened(read_ecg(path), path.name, "wfdb"),
    "csv": read_csv,
    "edf": read_edf,
    "dicom": read_dicom,
    "json": read_json,
}


def read_path(path: Path | str) -> Opened:
    """Read one 12-lead ECG of 3 to 60 s at 100 to 2000 Hz; leads in any order and case.

    Args:
        path: the file; a WFDB record by its name, its .hea or its .dat.

    Raises:
        DataError: one sentence on what is wrong with the file.
    """
    path = Path(path)
    kind = kind_of(path)
    if kind != "wfdb":
        _check_size(path)
    try:
        opened = _READERS[kind](path)
    except RequestError as error:  # a case in our JSON that cannot be
        raise DataError(f"{path.name} cannot be opened: {error}") from error
    except SediffError:
        raise
    except Exception as error:  # a hostile file can raise anything inside a reader
        raise DataError(
            f"{path.name} is damaged or is not the kind of file that its name says."
        ) from error
    _check_samples(path.name, opened.ecg)
    marked = {**opened.ecg.provenance, "mark": IMPORTED_MARK}
    return replace(opened, ecg=Ecg(opened.ecg.signal, opened.ecg.fs, marked))


def kind_of(path: Path) -> str:
    """Key of the reader: by the ending, else by the first bytes, else a WFDB record's name."""
    known = KINDS.get(path.suffix.lower())
    if known or not path.is_file():
        return known or "wfdb"
    with path.open("rb") as file:
        return kind_of_bytes(file.read(132)) or "wfdb"


def kind_of_bytes(head: bytes) -> str | None:
    """DICOM and EDF files by their first 132 bytes: they often have no ending of their own."""
    if head[128:132] == b"DICM":
        return "dicom"
    return "edf" if head[:8] == b"0       " else None


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DataError(f"There is no file {path.name}.") from error
    if size == 0:
        raise DataError(f"{path.name} is empty.")
    if size > MAX_FILE:
        raise DataError(
            f"{path.name} is too large for an ECG: at most {MAX_FILE // 1_000_000} MB can be read."
        )


def _check_samples(name: str, ecg: Ecg) -> None:
    if not np.isfinite(ecg.signal).all():
        raise DataError(f"{name} has gaps: samples that are missing or are not numbers.")
    largest = float(np.abs(ecg.signal).max(initial=0))
    if largest > _LARGEST_MV:
        raise DataError(
            f"{name} reaches {largest:.0f} mV, which no heart does: check the unit that it names."
        )
