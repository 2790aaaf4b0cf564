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
from sediff.export.array_files import write_mat, write_npz
from sediff.export.csv_file import write_csv
from sediff.export.dicom_file import write_dicom
from sediff.export.edf_file import write_edf
from sediff.export.json_file import write_json
from sediff.export.picture_files import write_pdf, write_png, write_svg
from sediff.export.wfdb_file import write_wfdb
from sediff.spec import CaseSpec
from sediff.view.look import Look

__all__ = [
    "FORMATS",
    "PAGES",
    "Format",
    "as_download",
    "as_zip",
    "check_formats",
    "download_name",
    "export",
    "media_type",
    "zip_of",
    "zipped",
]

Writer = Callable[[Ecg, CaseSpec, Path, str], list[Path]]
Painter = Callable[[Ecg, CaseSpec, Path, str, Look, str], list[Path]]
PAGES = ("A4", "Letter")
_ZIP = "application/zip"


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Attributes:
        label: what a button says.
        write: (ecg, spec, folder, stem) -> the files written.
        mime: media type of its single file; None when it makes several.
        extension: of its single file.
        paint: the same for a picture, which is also told how to look at the ECG.
    """

    label: str
    write: Writer | None
    mime: str | None
    extension: str = ""
    paint: Painter | None = None

    @property
    def picture(self) -> bool:
        """Whether it shows the ECG on paper instead of holding its samples."""
        return self.paint is not None


FORMATS: Mapping[str, Format] = {
    "wfdb": Format("WFDB", write_wfdb, None),
    "csv": Format("CSV", write_csv, "text/csv", "csv"),
    "edf": Format("EDF+", write_edf, "application/octet-stream", "edf"),
    "dicom": Format("DICOM", write_dicom, "application/dicom", "dcm"),
    "mat": Format("MATLAB", write_mat, "application/octet-stream", "mat"),
    "npz": Format("NumPy", write_npz, "application/octet-stream", "npz"),
    "json": Format("JSON", write_json, "application/json", "json"),
    "pdf": Format("PDF", None, "application/pdf", "pdf", write_pdf),
    "png": Format("PNG", None, "image/png", "png", write_png),
    "svg": Format("SVG", None, "image/svg+xml", "svg", write_svg),
}


def export(
    ecg: Ecg,
    spec: CaseSpec,
    folder: Path | str,
    stem: str,
    formats: Iterable[str] = ("wfdb",),
    look: Look | None = None,
    page: str = "A4",
) -> list[Path]:
    """Write the ECG to `folder` in every one of `formats`, all files or none.

    Args:
        ecg: what to write; files hold `ecg.uv`, whole microvolts.
        spec: the case, told in the comments of each file.
        folder: made when it is missing.
        stem: file name without its ending: letters, digits, '-' and '_'.
        formats: keys of `FORMATS`.
        look: how pictures show it, None for the usual sheet.
        page: of a PDF, one of `PAGES`.

    Returns:
        The files, in the order of `formats`. Files of the same name are replaced.

    Raises:
        RequestError: unknown format or page, or a stem that is not a plain file name.
        DataError: the folder cannot be written.
    """
    _check(stem, formats := tuple(formats), page)
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # In the same folder, so that the move is a rename and never a copy.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as temporary:
            written = _write(ecg, spec, Path(temporary), stem, formats, look, page)
            return _move(written, folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError(f"The files cannot be written to {folder}: {reason}.") from error


def as_zip(
    ecg: Ecg,
    spec: CaseSpec,
    stem: str,
    formats: Iterable[str] = ("wfdb",),
    look: Look | None = None,
    page: str = "A4",
) -> bytes:
    """The files of `export` as one ZIP archive; equal ECGs and specs give equal bytes.

    Raises:
        RequestError: as `export`.
    """
    _check(stem, formats := tuple(formats), page)
    with tempfile.TemporaryDirectory() as temporary:
        return zipped(_write(ecg, spec, Path(temporary), stem, formats, look, page))


def zipped(paths: Iterable[Path]) -> bytes:
    """Files as one ZIP archive, by their bare names; equal files give equal bytes."""
    return zip_of((path.name, path.read_bytes()) for path in paths)


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """(name, content) of files as one ZIP archive; equal files give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name)  # its fixed date is what makes bytes repeat
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def as_download(
    ecg: Ecg,
    spec: CaseSpec,
    stem: str,
    name: str,
    look: Look | None = None,
    page: str = "A4",
) -> bytes:
    """One format as bytes: the file itself, or a ZIP archive when it makes several.

    Raises:
        RequestError: as `export`.
    """
    _check(stem, (name,), page)
    if FORMATS[name].mime is None:
        return as_zip(ecg, spec, stem, (name,), look, page)
    with tempfile.TemporaryDirectory() as temporary:
        (path,) = _write(ecg, spec, Path(temporary), stem, (name,), look, page)
        return path.read_bytes()


def download_name(stem: str, name: str) -> str:
    """File name of `as_download`."""
    kind = FORMATS[name]
    return f"{stem}-{name}.zip" if kind.mime is None else f"{stem}.{kind.extension}"


def media_type(name: str) -> str:
    """Media type of `as_download`."""
    return FORMATS[name].mime or _ZIP


def _check(stem: str, formats: tuple[str, ...], page: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", stem):
        raise RequestError("A file name may hold up to 64 letters, digits, '-' and '_'.")
    if page not in PAGES:
        raise RequestError(f"There is no page {page!r}: use {' or '.join(PAGES)}.")
    check_formats(formats)


def check_formats(formats: Iterable[str]) -> None:
    """Refuse an unknown format, before any work is done for it; raises `RequestError`."""
    for name in formats:
        if name not in FORMATS:
            raise RequestError(f"There is no format {name!r}: use one of {', '.join(FORMATS)}.")


def _write(
    ecg: Ecg,
    spec: CaseSpec,
    folder: Path,
    stem: str,
    formats: tuple[str, ...],
    look: Look | None,
    page: str,
) -> list[Path]:
    paths: list[Path] = []
    for kind in map(FORMATS.__getitem__, dict.fromkeys(formats)):  # a format named twice: once
        if kind.paint is not None:
            paths += kind.paint(ecg, spec, folder, stem, look or Look(), page)
        elif kind.write is not None:
            paths += kind.write(ecg, spec, folder, stem)
    return paths


def _move(paths: list[Path], folder: Path) -> list[Path]:
    moved: list[Path] = []
    try:
        for path in paths:
            os.replace(path, target := folder / path.name)
            moved.append(target)
    except BaseException:  # Ctrl-C as well
        for target in moved:  # a header without its signal helps nobody
            target.unlink(missing_ok=True)
        raise
    return moved
