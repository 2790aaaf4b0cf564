"""Files that a browser sent: sorted into records, read from a folder that is gone afterwards."""

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sediff.errors import DataError
from sediff.imports import KINDS, Opened, kind_of_bytes, read_path

MAX_UPLOAD = 5_000_000  # bytes a file, as .streamlit/config.toml has it
_MAX_ENTRIES, _MAX_UNPACKED = 32, 20_000_000  # of a ZIP archive
_ENCRYPTED = 1  # bit of a ZIP entry
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes to unpack
_NAME = 80

File = tuple[str, bytes]


@dataclass(frozen=True)
class Record:
    """The files of one ECG.

    Attributes:
        files: (safe name, content); the first is the one to open.
    """

    files: tuple[File, ...]

    @property
    def name(self) -> str:
        """Of the file to open, in plain letters."""
        return self.files[0][0]


def records_of(files: Sequence[File]) -> list[Record]:
    """Sort files into records: each WFDB header with every signal file, others by themselves.

    ZIP archives are unpacked, as many entries and bytes as an ECG needs.

    Raises:
        DataError: too large, a damaged archive, or signals without their header.
    """
    flat = [(_safe(name), data) for sent in files for name, data in _unpacked(*sent)]
    headers = [one for one in flat if one[0].lower().endswith(".hea")]
    signals = tuple(one for one in flat if _belongs_to_header(*one))
    if signals and not headers:
        odd = signals[0][0]
        if odd.lower().endswith(".dat"):
            raise DataError(f"{odd} is half of a WFDB record: choose its .hea file as well.")
        raise DataError(f"{odd} is no ECG file that can be read: use {_endings()}.")
    found = [Record((header, *signals)) for header in headers]
    return found + [Record((one,)) for one in flat if one not in headers and one not in signals]


def open_record(record: Record) -> Opened:
    """Read a record through a temporary folder; nothing of it stays on the disk.

    Raises:
        DataError: one sentence on what is wrong with it.
    """
    with tempfile.TemporaryDirectory(prefix="ecg-") as folder:
        for name, data in record.files:
            (Path(folder) / name).write_bytes(data)
        return read_path(Path(folder) / record.files[0][0])


def _belongs_to_header(name: str, data: bytes) -> bool:
    """Whether a file is read through a WFDB header: its signals may have any ending."""
    ending = Path(name).suffix.lower()
    return ending == ".dat" or (ending not in KINDS and kind_of_bytes(data[:132]) is None)


def _safe(name: str) -> str:
    """The bare name in letters that every file system takes; '..' and folders go."""
    bare = re.split(r"[/\\]", name)[-1]
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", bare).lstrip(".")
    stem, dot, ending = safe.rpartition(".")
    return f"{stem[-_NAME:]}{dot}{ending[-10:]}" if stem else safe[-_NAME:] or "file"


def _unpacked(name: str, data: bytes) -> Iterable[File]:
    if len(data) > MAX_UPLOAD:
        raise DataError(f"{_safe(name)} is larger than {MAX_UPLOAD // 1_000_000} MB.")
    if not name.lower().endswith(".zip"):
        return [(name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_entries(_safe(name), archive))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError,
            RuntimeError) as error:  # fmt: skip
        raise DataError(f"{_safe(name)} is no ZIP archive that can be read.") from error


def _entries(name: str, archive: zipfile.ZipFile) -> Iterable[File]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MAX_ENTRIES:
        raise DataError(f"{name} holds more than {_MAX_ENTRIES} files: unpack it and choose some.")
    left = _MAX_UNPACKED
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise DataError(f"{name} is locked with a password: unpack it first.")
        if entry.compress_type not in _PACKED:
            raise DataError(f"{name} is packed in an unusual way: unpack it first.")
        with archive.open(entry) as file:
            data = file.read(left + 1)  # what the entry says of its size need not be true
        left -= len(data)
        if left < 0:
            raise DataError(f"{name} unpacks to more than {_MAX_UNPACKED // 1_000_000} MB.")
        yield entry.filename, data


def _endings() -> str:
    return ", ".join([*sorted(KINDS), ".zip"])
