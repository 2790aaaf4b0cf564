"""Arrays for programs: MATLAB level 5 (.mat) and NumPy (.npz)."""

from pathlib import Path
from typing import Any

import numpy as np

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.export.header import comment_lines
from sediff.leads import LEADS
from sediff.spec import CaseSpec

_MAT_TEXT = 116  # bytes of free text at the start of a level 5 file


def write_mat(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.mat: uv (12 x T int16), fs, leads and the settings.

    `scipy.io.loadmat(path)` and MATLAB's `load` read it.
    """
    from scipy.io import savemat

    held = {
        **_plain(ecg, spec),
        "leads": np.array(LEADS, dtype=object),
        "comments": np.array(comment_lines(spec), dtype=object),
    }
    savemat(path := folder / f"{stem}.mat", held, do_compression=True)
    # The writer puts the time of day into the header; equal ECGs are to give equal bytes.
    text = f"MATLAB 5.0 MAT-file, {SYNTHETIC_MARK}, made by SE-Diff Studio"
    with path.open("r+b") as file:
        file.write(text.encode("ascii").ljust(_MAT_TEXT))
    return [path]


def write_npz(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.npz: uv (12 x T int16), fs, leads and the settings; no pickles in it."""
    path = folder / f"{stem}.npz"
    arrays: dict[str, Any] = {name: np.array(value) for name, value in _plain(ecg, spec).items()}
    arrays |= {"leads": np.array(LEADS), "comments": np.array(comment_lines(spec))}
    np.savez_compressed(path, **arrays)
    return [path]


def _plain(ecg: Ecg, spec: CaseSpec) -> dict[str, Any]:
    return {
        "uv": ecg.uv,
        "unit": "uV",
        "fs": float(ecg.fs),
        "age_years": float(spec.age),
        "sex": spec.sex,
        "mark": SYNTHETIC_MARK,
        "spec": spec.to_json(),
    }
