"""A folder of real ECGs that the organiser points to; with PTB-XL's table, what they show too."""

import ast
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sediff.errors import DataError
from sediff.findings import FINDINGS, by_scp
from sediff.imports import KINDS, read_path
from sediff.spec import LIMITS

_TABLE = "ptbxl_database.csv"
_MOST_FILES = 50_000  # looked at; a folder of a whole disk would keep the page waiting
_COLUMNS = ("filename_hr", "filename_lr", "report", "age", "sex", "scp_codes")


@dataclass(frozen=True)
class Real:
    """A real ECG by its place; its samples are read when they are shown and never kept.

    Attributes:
        path: of the file. report, age, sex, findings: what a table beside it tells, else empty.
    """

    path: Path
    report: str = ""
    age: float | None = None
    sex: str | None = None
    findings: tuple[str, ...] = ()


def find_real(folder: Path, count: int, seed: int) -> list[Real]:
    """`count` readable 12-lead ECGs of ten seconds or more, drawn at random by `seed`.

    Raises:
        DataError: no such folder, or it holds fewer.
    """
    if not folder.is_dir():
        raise DataError("There is no such folder: type the full path of a folder with ECG files.")
    candidates = _of_table(folder) if (folder / _TABLE).is_file() else _of_files(folder)
    random.Random(seed).shuffle(candidates)
    found: list[Real] = []
    for one in candidates[: 20 * count + 100]:
        if len(found) == count:
            break
        if _usable(one.path):
            found.append(one)
    if len(found) < count:
        raise DataError(
            f"The folder has {len(found)} readable 12-lead ECGs of ten seconds: {count} are "
            "needed; point to another one, or ask for fewer."
        )
    return found


def _usable(path: Path) -> bool:
    try:
        return read_path(path).ecg.seconds >= 9.99
    except DataError:
        return False


def _of_files(folder: Path) -> list[Real]:
    wanted = {end for end in KINDS if end not in (".dat", ".json")}
    found = []
    for seen, path in enumerate(folder.rglob("*")):
        if seen >= _MOST_FILES:
            break
        if path.suffix.lower() in wanted and path.is_file():
            found.append(Real(path))
    return sorted(found, key=lambda one: str(one.path))


def _of_table(folder: Path) -> list[Real]:
    try:
        table = pd.read_csv(folder / _TABLE, usecols=lambda name: name in _COLUMNS)
        return [real for row in table.to_dict("records") if (real := _of_row(folder, row))]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"The table {_TABLE} of the folder cannot be read.") from error


def _of_row(folder: Path, row: dict) -> Real | None:
    """The record at 500 Hz where it is there, else at 100 Hz; adults alone."""
    files = [folder / f"{row[name]}.hea" for name in ("filename_hr", "filename_lr")]
    path = next((file for file in files if file.is_file()), None)
    low, high, _ = LIMITS["age"]
    if path is None or not low <= (row["age"] or 0) <= high:
        return None
    sex = "female" if row["sex"] == 1 else "male"
    report = str(row["report"])
    return Real(path, report, float(row["age"]), sex, _findings(str(row["scp_codes"])))


def _findings(codes: str) -> tuple[str, ...]:
    """Ids of what the record states for sure and what has a pattern to see."""
    stated = ast.literal_eval(codes)
    found: Sequence[str] = [
        by_scp(code)[0].id for code, sure in stated.items() if sure >= 50 and by_scp(code)
    ]
    return tuple(dict.fromkeys(id for id in found if not FINDINGS[id].vague))
