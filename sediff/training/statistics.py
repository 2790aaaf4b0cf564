"""Computes the table of statistics that ships: `python -m sediff.training statistics`."""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.experience.statistics import (
    BANDS,
    FURTHER,
    LEAST,
    LEAST_TO_DRAW,
    MAIN,
    PER_LEAD,
    QUANTILES,
    Group,
    Key,
    Number,
    band_of,
    key_text,
    keys_for,
    representative,
)
from sediff.training.counts import stating

_COMPANIONS = 6
_POINTS_ONE_WAY = 0.5
# Findings with one SCP code that their measured rate tells apart, bpm (2023 ACC/AHA AF guideline:
# rapid above 100; slow: below 60). The others of one code stand under its representative.
_BY_RATE = {"af_rapid": (100.0, np.inf), "af_slow": (0.0, 60.0)}
_SILENT_COMPANIONS = ("normal_ecg", "otherwise_normal")
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Records:
    """The measured training records, by finding, sex and age band."""

    def __init__(self, table: pd.DataFrame, measured: Sequence[Mapping[str, Any]], rows: Rows):
        """Take the training records.

        Args:
            table: metadata of all records. measured: of all records. rows: those that train.
        """
        train = pd.DataFrame(table.iloc[rows])
        names = (*MAIN, *FURTHER, *PER_LEAD)
        numbers = [measured[i]["numbers"] for i in rows]
        self.values = {
            name: np.array([row.get(name, np.nan) for row in numbers], np.float32) for name in names
        }
        self.patients = train["patient_id"].to_numpy().astype(np.int64)
        self.sex = train["sex_name"].to_numpy()
        age = train["age"].to_numpy(dtype=float)
        self.band = np.array([band_of(a) if np.isfinite(a) and a >= BANDS[0] else "" for a in age])
        self.states = self._told_apart(stating(train))

    def _told_apart(self, stated: Mapping[str, Mask]) -> dict[str, Mask]:
        """The findings that the codes, or the measured rate, tell apart."""
        rate, result = self.values["heart_rate"], {}
        for id, mask in stated.items():
            if id in _BY_RATE:
                low, high = _BY_RATE[id]
                mask = mask & (rate >= low) & (rate < high)
            elif "@" in id or representative(id) != id:
                continue
            if mask.any():
                result[id] = mask
        return result

    def rows_of(self, key: Key) -> Rows:
        """Row numbers of a group within the training records."""
        return self._rows(*key)

    @lru_cache(maxsize=8192)  # noqa: B019  one object a run
    def _rows(self, findings: tuple[str, ...], sex: str, band: str) -> Rows:
        mask = np.ones(len(self.patients), bool)
        for id in findings:
            mask &= self.states.get(id, np.zeros(len(mask), bool))
        if sex:
            mask &= self.sex == sex
        if band:
            mask &= self.band == band
        return np.flatnonzero(mask)

    def group(self, key: Key, names: Sequence[str], without: int | None = None) -> Group | None:
        """Quantiles of a group, None under `LEAST` people.

        Args:
            names: numbers to compute. without: a patient whose records are left out.
        """
        rows = self.rows_of(key)
        if without is not None:
            rows = rows[self.patients[rows] != without]
        who = self.patients[rows]
        if len(np.unique(who)) < LEAST:
            return None
        numbers = {
            name: number_of(self.values[name][rows], who, name.endswith("axis_deg"))
            for name in names
        }
        kept = {name: number for name, number in numbers.items() if number is not None}
        return Group(*key, n=len(rows), numbers=kept)

    def closest(
        self, findings: Sequence[str], age: float | None, sex: str | None, without: int
    ) -> Group | None:
        """As `statistics.closest`, with one patient left out."""
        for key in keys_for(findings, age, sex):
            rows = self.rows_of(key)
            if (self.patients[rows] != without).sum() >= LEAST_TO_DRAW:
                return self.group(key, MAIN, without)
        return None

    def companions(self, key: Key) -> list[tuple[str, int]]:
        """Further findings of a group, the most telling first: by how much commoner they are."""
        rows = self.rows_of(key)
        total = len(self.patients)
        found = []
        for id, mask in self.states.items():
            n = int(mask[rows].sum())
            few = len(np.unique(self.patients[rows[mask[rows]]])) < LEAST
            if id in (*key[0], *_SILENT_COMPANIONS) or few or n == len(rows):
                continue
            lift = (n / len(rows)) / (mask.sum() / total)
            if lift > 1:
                found.append((n / len(rows) * np.log(lift), id, n))
        return [(id, n) for _, id, n in sorted(found, reverse=True)[:_COMPANIONS]]


def number_of(
    values: npt.NDArray[np.float32], patients: Rows, angle: bool = False
) -> Number | None:
    """Quantiles of what could be measured; None where it comes of fewer than `LEAST` people.

    Args:
        values: (n,) one an ECG, nan where it could not be measured. patients: (n,) whose they are.
        angle: in degrees: None where they point no one way, or across 180 degrees.
    """
    there = np.isfinite(values)
    known = values[there]
    if len(np.unique(patients[there])) < LEAST:
        return None
    if angle and not _one_way(known):
        return None
    outer = len(known) >= LEAST_TO_DRAW
    quantiles = np.quantile(known, QUANTILES)
    digits = 3 if np.abs(known).max() < 10 else 1
    return Number(
        len(known),
        tuple(
            round(float(v), digits) if outer or 0 < i < 4 else None for i, v in enumerate(quantiles)
        ),
    )


def _one_way(degrees: npt.NDArray[np.float32]) -> bool:
    """Whether quantiles of angles say something.

    Half the length of a unit vector must be left of their mean (circular statistics, Mardia
    1972), and what lies around it must not be torn apart at 180 degrees.
    """
    mean = np.mean(np.exp(1j * np.deg2rad(degrees)))
    around = np.angle(np.exp(1j * np.deg2rad(degrees)) / mean, deg=True)
    middle = np.rad2deg(np.angle(mean))
    low, high = np.quantile(around, (QUANTILES[0], QUANTILES[-1])) + middle
    return bool(abs(mean) >= _POINTS_ONE_WAY and low >= -180 and high <= 180)


def _keys(records: Records) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """Every group that ships, with the numbers computed of it."""
    bands = [band_of(low) for low in BANDS[:-1]]
    every = (*MAIN, *FURTHER, *PER_LEAD)
    for findings in ((), *((id,) for id in records.states)):
        yield (findings, "", ""), every
        for sex, band in itertools.product(("", "female", "male"), ("", *bands)):
            if sex or band:
                yield (findings, sex, band), (*MAIN, *FURTHER)
    for pair in itertools.combinations(sorted(records.states), 2):
        both, alone = (len(records.rows_of((ids, "", ""))) for ids in (pair, pair[:1]))
        if LEAST_TO_DRAW <= both < min(alone, len(records.rows_of((pair[1:], "", "")))):
            for sex in ("", "female", "male"):
                yield (pair, sex, ""), MAIN


def write_statistics(records: Records, target: Path) -> int:
    """Write the table to `target`; returns the number of groups."""
    groups = {}
    for key, names in _keys(records):
        group = records.group(key, names)
        if group is None:
            continue
        row: dict[str, Any] = {
            "n": group.n,
            "numbers": {name: [v.n, *v.values] for name, v in group.numbers.items()},
        }
        if len(key[0]) == 1 and not key[1] and not key[2]:
            row["with"] = records.companions(key)
        groups[key_text(key)] = row
    about = "PTB-XL training folds, measured by this program"
    lines = ",\n".join(
        f"{json.dumps(k)}: {json.dumps(g, separators=(',', ':'))}" for k, g in groups.items()
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'{{"source": {json.dumps(about)}, "groups": {{\n{lines}\n}}}}\n')
    return len(groups)
