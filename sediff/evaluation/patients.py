"""Do age and sex change what they change in people? Normal ECGs, generated against real."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import resample_poly

from sediff.ecg import FS
from sediff.evaluation.drawn import Array, draw_once, numbers_in
from sediff.experience.statistics import band_of
from sediff.measure import measure_eight
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import CaseSpec, Request, Sex
from sediff.training.inputs import load_data, measured_of
from sediff.training.scaffold import RATE

AGES = (25.0, 45.0, 65.0, 80.0)  # one in each band of the table of statistics
SEXES: tuple[Sex, ...] = ("male", "female")
NUMBERS = (
    "heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg", "t_mv", "sokolow_mv", "limb_mv",
)  # fmt: skip
_REPORT = "normal ECG, sinus rhythm"
_STATED = {"NORM", "SR"}  # what a real record may state to be compared
_PLANS = 40  # seeds of the plan, which costs nothing
_NEUTRAL = {"heart_rate": 68.0, "pr_ms": 160.0, "qrs_ms": 96.0, "qt_ms": 395.0, "axis_deg": 40.0}
_BOOTSTRAPS = 400
_LEAST_CLUSTERS = 5  # resampling fewer gives an interval that is far too narrow
# What the simulation fixes: with one simulation for all, age and sex cannot act on it.
_FIXED = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg")


@dataclass(frozen=True)
class People:
    """Measured ECGs of known people.

    Attributes:
        age, female: (n,). cluster: (n,) rows that are drawn together when resampling.
        numbers: name -> (n,), nan where it could not be measured.
    """

    age: Array
    female: Array
    cluster: npt.NDArray[np.int64]
    numbers: Mapping[str, Array]


def patients(arguments: Namespace) -> dict[str, Any]:
    """Medians and effects of sex and age, in real and in generated normal ECGs.

    Eight people (four ages, both sexes) for each seed, `count` / 16 seeds: once with the numbers
    that the plan fills in, once with one simulation and one set of numbers for all eight, so that
    age and sex act through the model alone.
    """
    groups = {"real": real_people(arguments)}
    seeds = range(max(arguments.count // (2 * len(AGES) * len(SEXES)), 1))
    groups["planned numbers, no ECG"] = _planned(range(_PLANS))
    groups["simulation alone"] = _simulated(range(2 * len(seeds)))
    groups["generated"] = _generated([_spec(*person) for person in _grid(seeds)])
    groups["generated, only the model told"] = _model_alone(seeds)
    found = {name: effects(people) for name, people in groups.items()}
    alone = found["generated, only the model told"]
    found["generated, only the model told"] = {n: e for n, e in alone.items() if n not in _FIXED}
    return {
        "people": {name: len(people.age) for name, people in groups.items()},
        "medians": {name: medians(people) for name, people in groups.items()},
        "effects": found,
        "verdict": {
            name: _verdict(found["real"], effect)
            for name, effect in found.items()
            if name != "real"
        },
    }


def real_people(arguments: Namespace) -> People:
    """The clean records of a fold that state a normal ECG and nothing else."""
    data = load_data(arguments.data, arguments.work)
    rows = measured_of(arguments, data)
    table = data.table
    normal = np.array(["NORM" in codes and set(codes) <= _STATED for codes in table["codes"]])
    age = pd.Series(table["age"]).to_numpy(float)
    chosen = normal & data.clean & (age >= 18) & (age <= 100)
    chosen &= (table["strat_fold"] == arguments.fold).to_numpy()
    at = np.flatnonzero(chosen)
    found = [_voltages(rows[i]["numbers"]) for i in at]
    female = (table["sex_name"].to_numpy()[at] == "female").astype(float)
    return _people(age[at], female, table["patient_id"].to_numpy()[at].astype(np.int64), found)


def _voltages(numbers: Mapping[str, float]) -> dict[str, float]:
    """A row of the measured records with the sums that `numbers_in` makes."""
    result = dict(numbers)
    if {"s_V1", "r_V5", "r_V6"} <= numbers.keys():
        result["sokolow_mv"] = numbers["s_V1"] + max(numbers["r_V5"], numbers["r_V6"])
    limbs = [f"{wave}_{lead}" for wave in "rs" for lead in ("I", "II", "III")]
    if set(limbs) <= numbers.keys():
        result["limb_mv"] = sum(numbers[name] for name in limbs) / 3
    return result


def _people(
    age: Sequence[float] | Array,
    female: Sequence[float] | Array,
    cluster: npt.NDArray[np.int64],
    rows: Sequence[Mapping[str, float]],
) -> People:
    numbers = {name: np.array([row.get(name, np.nan) for row in rows], float) for name in NUMBERS}
    return People(np.asarray(age, float), np.asarray(female, float), cluster, numbers)


def _grid(seeds: Sequence[int]) -> list[tuple[int, float, Sex]]:
    return [(seed, age, sex) for seed in seeds for age in AGES for sex in SEXES]


def _spec(seed: int, age: float, sex: Sex) -> CaseSpec:
    return plan(Request(_REPORT, age=age, sex=sex, seed=seed))


def _of(specs: Sequence[CaseSpec], rows: Sequence[Mapping[str, float]]) -> People:
    return _people(
        [spec.age for spec in specs],
        [float(spec.sex == "female") for spec in specs],
        np.array([spec.seed for spec in specs]),
        rows,
    )


def _planned(seeds: Sequence[int]) -> People:
    specs = [_spec(*person) for person in _grid(seeds)]
    rows = []
    for spec in specs:
        qtc = spec.qt_ms * (spec.heart_rate / 60) ** (1 / 3)
        known = {name: getattr(spec, name, None) for name in NUMBERS} | {"qtc_ms": qtc}
        rows.append({name: value for name, value in known.items() if value is not None})
    return _of(specs, rows)


def _simulated(seeds: Sequence[int]) -> People:
    specs = [_spec(*person) for person in _grid(seeds)]
    return _of(specs, [_measured(simulate(spec).eight) for spec in specs])


def _generated(specs: Sequence[CaseSpec]) -> People:
    return _of(specs, [_measured(one.eight) for one in draw_once(specs)])


def _model_alone(seeds: Sequence[int]) -> People:
    """One simulation and one set of numbers a seed; only the model is told age and sex."""
    asked = {s: Request(_REPORT, age=55, sex="male", seed=s, **cast(Any, _NEUTRAL)) for s in seeds}
    neutral = {seed: plan(request) for seed, request in asked.items()}
    hearts = {seed: simulate(spec) for seed, spec in neutral.items()}
    grid = _grid(seeds)
    specs = [replace(neutral[seed], age=age, sex=sex) for seed, age, sex in grid]
    drawn = draw_once(specs, [hearts[seed] for seed, _, _ in grid])
    return _of(specs, [_measured(one.eight) for one in drawn])


def _measured(eight: npt.NDArray) -> dict[str, float]:
    """Measured at 100 Hz, as the real records are: finer sampling finds taller peaks."""
    low = resample_poly(np.asarray(eight, float), RATE, FS, axis=-1)
    return numbers_in(measure_eight(low, RATE))


def medians(people: People) -> dict[str, dict[str, float]]:
    """'female 60-74' -> number -> median."""
    band = np.array([band_of(age) for age in people.age])
    result = {}
    for sex, is_female in zip(SEXES, (0.0, 1.0), strict=True):
        for one in dict.fromkeys(sorted(band)):
            rows = (band == one) & (people.female == is_female)
            if rows.any():
                found = {name: values[rows] for name, values in people.numbers.items()}
                result[f"{sex} {one}"] = {"n": int(rows.sum())} | {
                    name: round(float(np.nanmedian(values)), 3)
                    for name, values in found.items()
                    if np.isfinite(values).any()
                }
    return result


def effects(people: People) -> dict[str, dict[str, dict[str, Any]]]:
    """Per number: women against men of one age, and ten years of age within a sex.

    Least squares of number = a + b female + c age; intervals by resampling clusters,
    None where there are too few.
    """
    design = np.column_stack([np.ones(len(people.age)), people.female, people.age / 10])
    clusters = np.unique(people.cluster)
    members = {one: np.flatnonzero(people.cluster == one) for one in clusters}
    rng = np.random.default_rng(0)
    samples = [
        np.concatenate([members[c] for c in rng.choice(clusters, len(clusters))])
        for _ in range(_BOOTSTRAPS if len(clusters) >= _LEAST_CLUSTERS else 0)
    ]
    result = {}
    for name, values in people.numbers.items():
        if np.isfinite(values).sum() < 6:
            continue
        whole = _fit(design, values, np.arange(len(values)))
        spread = [_fit(design, values, rows) for rows in samples]
        bounds = np.nanquantile(spread, [0.025, 0.975], axis=0) if spread else None
        result[name] = {
            label: {
                "effect": round(float(whole[i]), 3),
                "low": None if bounds is None else round(float(bounds[0, i]), 3),
                "high": None if bounds is None else round(float(bounds[1, i]), 3),
            }
            for label, i in (("women - men", 1), ("ten years", 2))
        }
    return result


def _fit(design: Array, values: Array, rows: npt.NDArray[np.int64]) -> Array:
    known = rows[np.isfinite(values[rows])]
    if len(known) < 4:
        return np.full(design.shape[1], np.nan)
    return np.asarray(np.linalg.lstsq(design[known], values[known], rcond=None)[0], np.float64)


def _verdict(real: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """Same direction? How large against real, where the real effect is not nothing."""
    result = {}
    for name in made:
        for label, effect in made[name].items():
            there = real[name][label]
            if there["low"] <= 0 <= there["high"]:
                continue
            low, high = effect["low"], effect["high"]
            overlap = None if low is None else low <= there["high"] and there["low"] <= high
            result[f"{name}, {label}"] = {
                "real": there["effect"],
                "made": effect["effect"],
                "ratio": round(effect["effect"] / there["effect"], 2),
                "same_direction": bool(effect["effect"] * there["effect"] > 0),
                "intervals_meet": overlap,
            }
    return result
