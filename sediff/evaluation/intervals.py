"""Do generated ECGs of a finding measure like real ones? Wasserstein distance per number.

The request holds what a user would type: the findings, age and sex, no number. What is left open
comes from experience, or, to compare, from everyone of that age and sex with no experience told.
"""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import wasserstein_distance

from sediff.batch import BATCH
from sediff.findings import FINDINGS
from sediff.measure import measure_eight
from sediff.measure.values import Measurements
from sediff.pipeline import start_of
from sediff.plan import plan
from sediff.report import describe
from sediff.simulator import simulate
from sediff.spec import Request
from sediff.training.counts import stating
from sediff.training.prepare import stated_of
from sediff.training.ptbxl import data_root, load_metadata, read_eight

# Of every family what at least 30 ECGs of a fold state, the commonest forms of one heart first.
_ASKED = (
    "normal_ecg", "sinus_tachycardia", "sinus_bradycardia", "atrial_fibrillation",
    "first_degree_av_block", "lbbb", "rbbb", "irbbb", "lafb", "ivcd", "lvh", "inferior_mi",
    "anteroseptal_mi", "ischaemia_anterolateral", "pvc",
)  # fmt: skip
_NUMBERS = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg")
Numbers = dict[str, npt.NDArray[np.float64]]


def intervals(arguments: Namespace) -> dict[str, Any]:
    """Distance of generated from real numbers per finding, with and without experience.

    `arguments.count` ECGs a finding at most; a real floor is the distance between two random
    halves of the real ECGs. In units of the number; `mean_ratio` over all to the spread of real.
    """
    root = data_root(arguments.data)
    table = load_metadata(root)
    adults = (table["strat_fold"] == arguments.fold) & (table["age"] >= 18)
    fold = pd.DataFrame(table.loc[adults])
    states = stating(fold)
    rows: dict[str, Any] = {}
    for id in _ASKED:
        stating_it = pd.DataFrame(fold.loc[states[id]])
        chosen = stating_it.sample(frac=1, random_state=1).head(arguments.count)
        signals = [read_eight(root / str(name)) / 1000 for name in chosen["filename_lr"]]
        real = _numbers([measure_eight(x.astype(np.float32), 100) for x in signals])
        columns = zip(chosen["codes"], chosen["age"], chosen["sex_name"], strict=True)
        requests = [
            Request(describe(stated_of(codes)), age=min(float(age), 100.0), sex=sex, seed=i)
            for i, (codes, age, sex) in enumerate(columns)
        ]
        made = {told: _numbers(_generated(requests, told)) for told in (True, False)}
        rows[id] = {"n": len(chosen)} | {
            name: _compared(real[name], made[True][name], made[False][name]) for name in _NUMBERS
        }
        print(FINDINGS[id].name, rows[id], flush=True)
    return {"findings": rows, "mean_ratio": _means(rows)}


def _generated(requests: Sequence[Request], experience: bool) -> list[Measurements]:
    """One draw of each, measured; with or without experience, both in the plan and as told."""
    from sediff.diffusion.generator import DEFAULT_STEPS, shared_generator

    result = []
    for at in range(0, len(requests), BATCH):
        specs = [plan(request, experience) for request in requests[at : at + BATCH]]
        starts = [start_of(spec) for spec in specs]
        signals = shared_generator().draw(
            specs, [simulate(spec) for spec in specs], DEFAULT_STEPS, start=starts,
            told=None if experience else lambda c: c.without(("experience",)),
        )  # fmt: skip
        result += [measure_eight(eight, 500) for eight in signals]
    return result


def _numbers(measured: Sequence[Measurements]) -> Numbers:
    values = {name: [getattr(m, name).value for m in measured] for name in _NUMBERS}
    return {
        name: np.array([v for v in column if v is not None], float)
        for name, column in values.items()
    }


def _compared(
    real: npt.NDArray[np.float64], told: npt.NDArray[np.float64], untold: npt.NDArray[np.float64]
) -> dict[str, float] | None:
    """Distances in the number's unit; None where fewer than ten of either could be measured."""
    if min(len(real), len(told), len(untold)) < 10:
        return None
    rng = np.random.default_rng(0)
    floor = []
    for _ in range(20):
        halves = np.array_split(rng.permutation(real), 2)
        floor.append(wasserstein_distance(*halves))
    return {
        "with": round(float(wasserstein_distance(real, told)), 2),
        "without": round(float(wasserstein_distance(real, untold)), 2),
        "floor": round(float(np.mean(floor)), 2),
        "spread": round(float(real.std()), 2),
    }


def _means(rows: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Distance over the spread of real ECGs, mean over the findings, per number and in all."""
    result = {}
    for name in (*_NUMBERS, "all"):
        found = [
            row[one]
            for row in rows.values()
            for one in (_NUMBERS if name == "all" else (name,))
            if row[one] is not None
        ]
        result[name] = {
            way: round(float(np.mean([f[way] / f["spread"] for f in found])), 3)
            for way in ("with", "without", "floor")
        }
    return result
