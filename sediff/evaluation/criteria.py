"""The outside judge of the criteria: real ECGs against what PTB-XL's readers stated of them."""

from argparse import Namespace
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.criteria import Subject, judge
from sediff.criteria.validate import judged
from sediff.findings import Finding
from sediff.measure import measure_eight
from sediff.spec import Sex

LEAST = 30  # records with the statement, below which a share means nothing
Answers = dict[str, bool | None]


def criteria(arguments: Namespace) -> dict[str, Any]:
    """Sensitivity and specificity of each set of criteria against the statements of a fold.

    A record on which the measurement abstains counts as not met; how many did stands beside it.
    A finding with several codes is stated where all of them are.

    Returns:
        {finding: {'codes', 'n', 'sensitivity', 'specificity', 'ppv', 'abstains'}}; shares 0..1.
    """
    from sediff.training.ptbxl import data_root, load_metadata, load_signals

    folder = data_root(arguments.data)
    table = load_metadata(folder)
    signals = load_signals(folder, table, 100, arguments.work / "cache")
    fold = (table["strat_fold"] == arguments.fold).to_numpy()
    signals, table = signals[fold], table[fold]
    asked = [f for f in judged() if _usual(f).scp]
    jobs = zip(signals, table["age"], table["sex_name"], strict=True)
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(_answers, jobs, chunksize=50))
    stated = [set(codes) for codes in table["codes"]]
    return {f.id: row for f in asked if (row := _row(f, stated, rows)) is not None}


def _usual(finding: Finding) -> Finding:
    return finding.at("") if finding.stages else finding


def _answers(job: tuple[npt.NDArray[np.int16], float, Sex]) -> Answers:
    """What the criteria of every finding say of one (8, T) record in uV at 100 Hz."""
    uv, age, sex = job
    measured = measure_eight(uv.astype(np.float32) / 1000, 100)
    subject = Subject(measured, age if np.isfinite(age) else None, sex)
    answers: Answers = {}
    for finding in judged():
        if _usual(finding).scp:
            verdict = judge(finding.id, subject)
            answers[finding.id] = None if verdict is None else verdict.met
    return answers


def _row(finding: Finding, stated: list[set[str]], rows: Iterable[Answers]) -> dict | None:
    codes = set(_usual(finding).scp)
    said = np.array([codes <= one for one in stated])
    answers = [row[finding.id] for row in rows]
    met = np.array([answer is True for answer in answers])
    if said.sum() < LEAST:
        return None
    return {
        "codes": sorted(codes),
        "n": int(said.sum()),
        "sensitivity": round(float(met[said].mean()), 3),
        "specificity": round(float(1 - met[~said].mean()), 3),
        "ppv": round(float(said[met].mean()), 3) if met.any() else None,
        "abstains": round(float(np.mean([answer is None for answer in answers])), 3),
    }
