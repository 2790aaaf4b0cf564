"""Computes the population table that ships: quantiles by age and sex and by SCP statement."""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.population import BANDS, MIN_N, NUMBERS, QUANTILES, band_of


def _frame(measured: Sequence[dict]) -> pd.DataFrame:
    frame = pd.DataFrame([row["numbers"] for row in measured])
    rr = 60 / frame["heart_rate"]
    frame["qtc_ms"] = frame["qt_ms"] / rr ** (1 / 3)  # Fridericia
    return pd.DataFrame(frame[list(NUMBERS)])


def _group(frame: pd.DataFrame, chosen: npt.NDArray[np.bool_]) -> dict | None:
    part = frame.loc[chosen]
    if len(part) < MIN_N or part.count().min() < 5:
        # A number that fewer than five people have (PR in fibrillation) is taken from everyone.
        part = part.dropna(axis=1, thresh=5)
        if len(part) < MIN_N:
            return None
    values = {
        name: [round(float(v), 1) for v in part[name].quantile(list(QUANTILES))]
        for name in part.columns
    }
    return {"n": len(part), "quantiles": values}


def write_population(
    table: pd.DataFrame, measured: Sequence[dict], rows: npt.NDArray, target: Path
) -> None:
    """Write the table of the training records `rows` to `target`."""
    chosen = np.zeros(len(table), bool)
    chosen[rows] = True
    frame = _frame(measured)
    age, sex = table["age"].to_numpy(), table["sex_name"].to_numpy()
    whole = {name: _quantiles(frame, chosen, name) for name in NUMBERS}
    groups = {}
    for low, high in itertools.pairwise(BANDS):
        for name in ("female", "male"):
            mask = chosen & (age >= low) & (age < high) & (sex == name)
            groups[f"{name} {band_of(low)}"] = _group(frame, mask)
    codes = table["codes"]
    for code in sorted({c for stated in codes for c in stated}):
        stated = codes.map(lambda s, c=code: c in s).to_numpy()
        groups[f"scp {code}"] = _group(frame, chosen & stated)
    for group in groups.values():
        if group is not None:
            group["quantiles"] = whole | group["quantiles"]
    kept = {k: g for k, g in groups.items() if g is not None}
    text = json.dumps({"source": "PTB-XL training folds", "groups": kept}, indent=0)
    target.write_text(text + "\n")


def _quantiles(frame: pd.DataFrame, chosen: npt.NDArray, name: str) -> list[float]:
    return [round(float(v), 1) for v in frame.loc[chosen, name].quantile(list(QUANTILES))]
