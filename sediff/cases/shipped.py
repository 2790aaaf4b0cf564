"""The cases that come with the app: `cases.json` holds their texts, `ecgs.npz` their samples.

The samples are int16 microvolts, `pack`ed: half the size of a compressed npz.
"""

import io
import json
import os
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from sediff.assets import ASSETS
from sediff.cases.case import CASE_VERSION, Case, check_version
from sediff.cases.samples import pack, unpack
from sediff.errors import DataError, RequestError, WeightsError

FOLDER = ASSETS / "cases"
_TEXTS, _ECGS = "cases.json", "ecgs.npz"
_DAMAGES = (
    OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, BadZipFile, zlib.error,
    NotImplementedError, RequestError, DataError,
)  # fmt: skip


def shipped_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """All of them, in the order of the file; read once, and again when the files change.

    Raises:
        WeightsError: the folder is missing or damaged.
    """
    try:
        stamp = tuple((folder / name).stat().st_mtime_ns for name in (_TEXTS, _ECGS))
        return _read(folder, stamp)
    except _DAMAGES as error:
        raise WeightsError(
            f"The shipped cases in {folder} are missing or damaged: restore them with git checkout."
        ) from error


def write_shipped(cases: Iterable[Case], folder: Path = FOLDER) -> None:
    """Write the cases to `folder`; equal cases give equal bytes.

    Both files are written whole beside the old ones first, so that a stopped run harms nothing.
    """
    cases = tuple(cases)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{**case.to_row(), "n_samples": case.uv.shape[1]} for case in cases]
    whole = {"version": CASE_VERSION, "cases": rows}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {case.id: np.frombuffer(pack(case.uv), np.uint8) for case in cases}
    np.savez(buffer, **arrays)
    for name, content in ((_ECGS, buffer.getvalue()), (_TEXTS, text.encode())):
        unfinished = folder / f"{name}.tmp"
        unfinished.write_bytes(content)
        os.replace(unfinished, folder / name)


@lru_cache(maxsize=4)
def _read(folder: Path, stamp: tuple[int, ...]) -> tuple[Case, ...]:
    """`stamp`: when the files were changed, so that the cache holds one state of them."""
    rows = json.loads((folder / _TEXTS).read_text(encoding="utf-8"))
    check_version(rows["version"])
    with np.load(folder / _ECGS, allow_pickle=False) as ecgs:
        return tuple(
            Case.from_row(row, unpack(ecgs[row["id"]].tobytes(), row["n_samples"]), shipped=True)
            for row in rows["cases"]
        )
