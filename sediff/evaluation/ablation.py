"""The ablation table: what each part of the model is worth, all trained for one small budget."""

import json
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from sediff.errors import WeightsError
from sediff.evaluation.benchmark.cases import (
    Case,
    cases_of,
    floor_rows,
    fold_rows,
    real_low,
    train_rows,
)
from sediff.evaluation.benchmark.diagnosis import read_back, train_on_synthetic
from sediff.evaluation.benchmark.features import feature_figures
from sediff.evaluation.benchmark.judge import Judge, load_judge
from sediff.evaluation.benchmark.sets import EcgSet, Store
from sediff.evaluation.benchmark.sources import small
from sediff.evaluation.variants import variant_file
from sediff.training.ablation import VARIANTS
from sediff.training.inputs import Data, load_data, measured_of, taps_of

_TRAINING = 2  # synthetic training ECGs for each evaluated one
_EPOCHS = 8
_FIGURES = ("fid_ratio", "precision", "recall", "coverage")


def ablation(arguments: Namespace) -> dict[str, Any]:
    """One row of figures for each variant that was trained; `count` requests of the fold.

    Raises:
        WeightsError: no variant was trained.
    """
    trained = [name for name in VARIANTS if variant_file(arguments.work, name).is_file()]
    if not trained:
        raise WeightsError("No variant is there: run python -m sediff.training ablation first.")
    data = load_data(arguments.data, arguments.work, arguments.fold)
    judge = load_judge()
    rows = fold_rows(data, arguments.fold, arguments.count)
    others = floor_rows(data, arguments.fold, len(rows))
    rows = rows[: len(others)]
    cases = _cases(arguments, data, rows)
    learned = _cases(arguments, data, train_rows(data, _TRAINING * len(rows)))
    table = {}
    for name in trained:
        folder = arguments.work / "ablation" / name / "sets"
        store = Store(folder, taps_of(data))
        make = partial(small, work=arguments.work, variant=name)
        made = store.make("fold", 0, [c.request() for c in cases], make, _quiet)
        requests = [c.request() for c in learned]
        synthetic = store.make("training", 0, requests, make, _quiet, measure=False)
        table[name] = {"label": VARIANTS[name].label} | _row(
            judge, data, rows, others, cases, made, learned, synthetic
        )
        print(name, table[name], flush=True)
    if "none" in table and "published" not in table:
        # Its gradient is zero, so that nothing but the noise of the training could differ.
        same = {"label": f"{VARIANTS['published'].label}: the same as without"}
        table = {"none": table["none"], "published": table["none"] | same} | table
    return {"about": _about(arguments.work, trained, len(rows)), "rows": table}


def _about(work: Path, trained: Sequence[str], count: int) -> str:
    """What the table compares, in one paragraph."""
    curve = json.loads((work / "ablation" / trained[0] / "denoiser_curve.json").read_text())
    return (
        f"Every variant is a small denoiser trained from nothing for {curve[-1]['step']} steps "
        f"({curve[-1]['records']:,} records); {count} requests, one draw, classifiers trained on "
        f"{_TRAINING * count} ECGs. At this size differences below .03 are noise."
    )


def _cases(arguments: Namespace, data: Data, rows: Any) -> list[Case]:
    measured = measured_of(arguments, data)
    return cases_of(data, rows, [measured[row]["numbers"] for row in rows])


def _quiet(_: int) -> None:
    pass


def _row(
    judge: Judge,
    data: Data,
    rows: Any,
    others: Any,
    cases: Sequence[Case],
    made: EcgSet,
    learned: Sequence[Case],
    synthetic: EcgSet,
) -> dict[str, Any]:
    real, floor = real_low(data, rows), real_low(data, others)
    reports = [case.report for case in cases]
    found = feature_figures(judge, real, floor, {"it": [made.low]}, reports)["sets"]["it"]
    labels = np.stack([case.labels(judge.codes) for case in cases])
    back = read_back(judge, labels, real, [made.low])["macro"]
    taught = np.stack([case.labels(judge.codes) for case in learned])
    same = real_low(data, np.array([case.row for case in learned]))
    trained = train_on_synthetic(
        (same, taught), (synthetic.low, taught), (real, labels), _EPOCHS, (0, 1), judge.codes
    )
    steady = np.array([case.steady for case in cases])
    errors = np.abs(made.ruler("heart_rate") - made.planned("heart_rate"))[steady]
    seen = np.isfinite(errors)
    return {
        "heart_rate_error_bpm": round(float(errors[seen].mean()), 3) if seen.any() else None,
        "heart_rate_measurable": round(float(seen.mean()), 3),
        **{name: round(found[name]["value"], 3) for name in _FIGURES},
        "read_back": round(back["generated"]["value"], 4),
        "read_back_real": round(back["real"], 4),
        "train_on_synthetic": round(trained["all"]["synthetic"]["value"], 4),
        "train_on_real": round(trained["all"]["real"]["value"], 4),
    }
