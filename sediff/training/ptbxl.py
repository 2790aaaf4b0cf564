"""Reads PTB-XL: the copy beside the project or the official download (Wagner 2020, CC BY 4.0).

One setting, `SEDIFF_PTBXL`, says where it lies. Records are read once through wfdb and cached as
int16 arrays; nothing of the data enters the repository.
"""

import ast
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import wfdb

from sediff.errors import DataError
from sediff.leads import EIGHT, canonical_lead

DEFAULT_ROOT = Path(__file__).resolve().parents[3] / "shared" / "ptb-xl"
_FULL_SCALE_UV = 8000  # beyond 8 mV a sample is an artefact, not a heart


def data_root(root: str | Path | None = None) -> Path:
    """Return the PTB-XL folder: the argument, else `SEDIFF_PTBXL`, else ../shared/ptb-xl.

    Raises:
        DataError: no `ptbxl_database.csv` there.
    """
    path = Path(root or os.environ.get("SEDIFF_PTBXL") or DEFAULT_ROOT)
    if not (path / "ptbxl_database.csv").is_file():
        raise DataError(
            f"No PTB-XL data in {path}: set SEDIFF_PTBXL to the folder of ptbxl_database.csv."
        )
    return path


def load_metadata(root: Path) -> pd.DataFrame:
    """Read the official metadata, one row a record, indexed by `ecg_id`.

    Adds `codes` (dict of SCP code -> likelihood 0..100; 0 means 'stated, likelihood unknown'),
    `sex_name` ('male' or 'female') and `has_500hz` where the file lacks it.
    """
    table = pd.read_csv(root / "ptbxl_database.csv", index_col="ecg_id", low_memory=False)
    table["codes"] = table["scp_codes"].map(ast.literal_eval)
    table["sex_name"] = np.where(table["sex"] == 0, "male", "female")  # 0 is male in PTB-XL
    table["report"] = table["report"].fillna("")
    if "has_500hz" not in table:
        table["has_500hz"] = [(root / f"{name}.hea").is_file() for name in table["filename_hr"]]
    return table


def read_eight(path: str | Path) -> npt.NDArray[np.int16]:
    """Read a WFDB record as (8, T) int16 uV in the order of `EIGHT`, leads mapped by name.

    Raises:
        DataError: a lead is missing or the record cannot be read.
    """
    try:
        record: Any = wfdb.rdrecord(str(path))
    except (OSError, ValueError) as error:
        raise DataError(f"The record {path} cannot be read ({error}).") from error
    names = [canonical_lead(name) for name in record.sig_name]
    missing = [name for name in EIGHT if name not in names]
    if missing:
        raise DataError(f"The record {path} lacks lead {', '.join(missing)}.")
    signal = record.p_signal[:, [names.index(name) for name in EIGHT]].T
    uv = np.nan_to_num(signal * 1000)
    return np.clip(np.rint(uv), -_FULL_SCALE_UV, _FULL_SCALE_UV).astype(np.int16)


def load_signals(
    root: Path, table: pd.DataFrame, rate: int, cache: Path, workers: int = 2
) -> npt.NDArray[np.int16]:
    """Read all records of `table` once and keep them in `cache`.

    Args:
        root: PTB-XL folder.
        table: rows of `load_metadata`.
        rate: 100 or 500 Hz.
        cache: folder for the .npy files; a matching file is mapped instead of read again.
        workers: processes that decode.

    Returns:
        (len(table), 8, 10 * rate) int16 uV, memory-mapped.
    """
    column = {100: "filename_lr", 500: "filename_hr"}[rate]
    cache.mkdir(parents=True, exist_ok=True)
    key = f"{len(table)}-{int(table.index.to_numpy().sum())}"
    target = cache / f"signals{rate}-{key}.npy"
    if not target.is_file():
        unfinished = target.with_suffix(".tmp.npy")
        out = np.lib.format.open_memmap(
            unfinished, mode="w+", dtype=np.int16, shape=(len(table), 8, 10 * rate)
        )
        paths = [str(root / name) for name in table[column]]
        with ProcessPoolExecutor(workers) as pool:
            for i, signal in enumerate(pool.map(read_eight, paths, chunksize=64)):
                out[i] = signal
        out.flush()
        unfinished.rename(target)
    return np.load(target, mmap_mode="r")


def part_of(table: pd.DataFrame, test_fold: int = 9) -> npt.NDArray[np.str_]:
    """Say for each record whether it is for 'train', 'held', 'test' or 'unused'.

    Folds below `test_fold` train, except half of the patients of the last of them: those are
    'held' to choose checkpoints. Folds above `test_fold` are unused. PTB-XL folds are
    patient-disjoint, and so is the held half.
    """
    fold = table["strat_fold"].to_numpy()
    part = np.where(fold < test_fold, "train", np.where(fold == test_fold, "test", "unused"))
    odd_patient = table["patient_id"].to_numpy().astype(int) % 2 == 1
    part[(fold == test_fold - 1) & odd_patient] = "held"
    return part


def is_clean(signals: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """(n,) whether a record (n, 8, T) in uV has neither a flat lead nor values over 6 mV."""
    result = np.empty(len(signals), bool)
    for start in range(0, len(signals), 1000):
        block = signals[start : start + 1000].astype(np.float32)
        alive = block.std(axis=2).min(axis=1) > 5  # uV: below the noise of any real electrode
        result[start : start + 1000] = alive & (np.abs(block).max(axis=(1, 2)) < 6000)
    return result
