"""Files of a generated ECG; every format is a writer in `FORMATS` and carries the mark."""

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sediff.ecg import Ecg
from sediff.errors import DataError, RequestError
from sediff.export.csv_file import write_csv
from sediff.export.wfdb_file import write_wfdb
from sediff.spec import CaseSpec

__all__ = ["FORMATS", "Format", "as_download", "as_zip", "check_formats", "export"]

Writer = Callable[[Ecg, CaseSpec, Path, str], list[Path]]


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Attributes:
        label: what a button says.
        write: (ecg, spec, folder, stem) -> the files written.
        mime: media type of its single file; None when it makes several.
    """

    label: str
    write: Writer
    mime: str | None


FORMATS: Mapping[str, Format] = {
    "wfdb": Format("WFDB", write_wfdb, None),
    "csv": Format("CSV", write_csv, "text/csv"),
}


def export(
    ecg: Ecg, spec: CaseSpec, folder: Path | str, stem: str, formats: Iterable[str] = ("wfdb",)
) -> list[Path]:
    """Write the ECG to `folder` in every one of `formats`, all files or none.

    Args:
        ecg: what to write; files hold `ecg.uv`, whole microvolts.
        spec: the case, told in the comments of each file.
        folder: made when it is missing.
        stem: file name without its ending: letters, digits, '-' and '_'.
        formats: keys of `FORMATS`.

    Returns:
        The files, in the order of `formats`. Files of the same name are replaced.

    Raises:
        RequestError: unknown format, or a stem that is not a plain file name.
        DataError: the folder cannot be written.
    """
    _check(stem, formats := tuple(formats))
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # In the same folder, so that the move is a rename and never a copy.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as temporary:
            return _move(_write(ecg, spec, Path(temporary), stem, formats), folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError(f"The files cannot be written to {folder}: {reason}.") from error


def as_zip(ecg: Ecg, spec: CaseSpec, stem: str, formats: Iterable[str] = ("wfdb",)) -> bytes:
    """The files of `export` as one ZIP archive; equal ECGs and specs give equal bytes.

    Raises:
        RequestError: as `export`.
    """
    _check(stem, formats := tuple(formats))
    buffer = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as temporary,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in _write(ecg, spec, Path(temporary), stem, formats):
            entry = zipfile.ZipInfo(path.name)  # its fixed date is what makes bytes repeat
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def as_download(ecg: Ecg, spec: CaseSpec, stem: str, name: str) -> bytes:
    """One format as bytes: the file itself, or a ZIP archive when it makes several.

    Raises:
        RequestError: as `export`.
    """
    _check(stem, (name,))
    if FORMATS[name].mime is None:
        return as_zip(ecg, spec, stem, (name,))
    with tempfile.TemporaryDirectory() as temporary:
        return _write(ecg, spec, Path(temporary), stem, (name,))[0].read_bytes()


def _check(stem: str, formats: tuple[str, ...]) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", stem):
        raise RequestError("A file name may hold up to 64 letters, digits, '-' and '_'.")
    check_formats(formats)


def check_formats(formats: Iterable[str]) -> None:
    """Refuse an unknown format, before any work is done for it; raises `RequestError`."""
    for name in formats:
        if name not in FORMATS:
            raise RequestError(f"There is no format {name!r}: use one of {', '.join(FORMATS)}.")


def _write(
    ecg: Ecg, spec: CaseSpec, folder: Path, stem: str, formats: tuple[str, ...]
) -> list[Path]:
    return [path for name in formats for path in FORMATS[name].write(ecg, spec, folder, stem)]


def _move(paths: list[Path], folder: Path) -> list[Path]:
    moved: list[Path] = []
    try:
        for path in paths:
            os.replace(path, target := folder / path.name)
            moved.append(target)
    except OSError:
        for target in moved:  # a header without its signal helps nobody
            target.unlink(missing_ok=True)
        raise
    return moved
