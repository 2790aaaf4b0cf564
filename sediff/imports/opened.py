"""What opening a file gives, and how much is read at most."""

from dataclasses import dataclass
from pathlib import Path

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.spec import CaseSpec

MAX_FILE = 20_000_000  # bytes; a minute of twelve leads as text has less


@dataclass(frozen=True)
class Opened:
    """An ECG from a file.

    Attributes:
        ecg: its provenance holds the file's name and the mark of imported ECGs.
        name: of the file. kind: key of `sediff.export.FORMATS`.
        spec: the case, where the file is our own JSON; None for all others.
        age, sex: of the patient where the file tells them.
    """

    ecg: Ecg
    name: str
    kind: str
    spec: CaseSpec | None = None
    age: float | None = None
    sex: str | None = None


def text_of(path: Path) -> str:
    """The file as UTF-8 text; raises `DataError` where it is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text.") from error
