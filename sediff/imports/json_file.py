"""Our own JSON: samples and case come back as they were."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.export.json_file import FORMAT, VERSION
from sediff.imports.opened import Opened, text_of
from sediff.leads import LEADS
from sediff.measure.twelve import check_length
from sediff.spec import CaseSpec

_CASES = "sediff-cases"  # the file of a library of cases; the Cases page imports it
_INT16 = 32767


def read_json(path: Path) -> Opened:
    """Read what `sediff.export.json_file` wrote.

    Raises:
        DataError: not such a file, from a newer version, or changed so that it makes no sense.
        RequestError: its case cannot be.
    """
    held = _object(path)
    if str(held.get("format", "")).startswith(_CASES) or "cases" in held:
        raise DataError(f"{path.name} holds cases: import it on the Cases page.")
    if held.get("format") != FORMAT:
        raise DataError(f"{path.name} is not an ECG that this app has written.")
    version = held.get("version")
    if type(version) is not int or version < 1:
        raise DataError(f"{path.name} does not tell its version.")
    if version > VERSION:
        raise DataError(f"{path.name} was made by a newer version: update the app.")
    fs = held.get("fs")
    if type(fs) is not int or held.get("unit") != "uV":
        raise DataError(f"{path.name} does not tell its sampling rate in Hz and its unit uV.")
    uv = _uv(path.name, held.get("uv"), fs)
    spec = CaseSpec.from_json(json.dumps(held.get("spec")))
    told = held.get("provenance")
    how = dict(told) if isinstance(told, dict) else {}
    ecg = Ecg.from_uv(uv, fs, {**how, "spec": spec.to_json(), "file": path.name})
    return Opened(ecg, path.name, "json", spec, spec.age, spec.sex)


def _object(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path.name} is not JSON.") from error
    if not isinstance(held, dict):
        raise DataError(f"{path.name} is not an ECG that this app has written.")
    return held


def _uv(name: str, rows: Any, fs: int) -> npt.NDArray[np.int16]:
    if not isinstance(rows, dict) or set(rows) != set(LEADS):
        raise DataError(f"{name} does not hold the twelve leads.")
    ordered = [rows[lead] for lead in LEADS]
    if not all(isinstance(row, list) and len(row) == len(ordered[0]) for row in ordered):
        raise DataError(f"The leads of {name} are not equally long.")
    check_length(name, fs, len(ordered[0]))
    if not all(
        type(value) is int and -_INT16 <= value <= _INT16 for row in ordered for value in row
    ):
        raise DataError(f"The samples of {name} are not all whole microvolts.")
    return np.array(ordered, dtype=np.int16)
