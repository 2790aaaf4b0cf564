"""The outside judge of the criteria: real ECGs against what PTB-XL's readers stated of them."""

from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.criteria import Subject, judge
from sediff.criteria.validate import judged
from sediff.evaluation.criteria_notes import FIRM, KIN, REMARKS, RHYTHM_CODES
from sediff.findings import Finding
from sediff.measure import measure_eight
from sediff.spec import Sex

LEAST = 30  # records with the statement, below which a share means nothing
Answers = dict[str, bool | None]
Codes = Mapping[str, float]  # SCP code -> likelihood in percent, 0 where the reader gave none


def criteria(arguments: Namespace) -> dict[str, Any]:
    """Sensitivity and specificity of each set of criteria against the statements of a fold.

    A record on which the measurement abstains counts as not met; how many did stands beside it.
    A finding with several codes is stated where all of them are. It is met where one of its forms
    is (WPW left or right): the codes tell no forms apart.

    Returns:
        {finding: {'codes', 'n', 'sensitivity', 'specificity', 'ppv', 'abstains', 'n_firm',
        'sensitivity_firm', 'specificity_apart', 'remark'}}; shares 0..1. 'firm': only statements
        with a likelihood of 80 % and more or without one. 'apart': only those records without
        the statement that carry no kindred one (`criteria_notes.KIN`), and for rhythms name one.
    """
    from sediff.training.ptbxl import data_root, load_metadata, load_signals

    folder = data_root(arguments.data)
    table = load_metadata(folder)
    signals = load_signals(folder, table, 100, arguments.work / "cache")
    fold = (table["strat_fold"] == arguments.fold).to_numpy()
    signals, table = signals[fold], table[fold]
    jobs = zip(signals, table["age"], table["sex_name"], strict=True)
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(_answers, jobs, chunksize=50))
    stated: list[Codes] = list(table["codes"])
    return {f.id: row for f in _asked() if (row := row_of(f, stated, rows)) is not None}


def _asked() -> list[Finding]:
    """The findings with criteria that some code of PTB-XL states."""
    return [finding for finding in judged() if finding.scp]


def _answers(job: tuple[npt.NDArray[np.int16], float, Sex]) -> Answers:
    """What the criteria of every finding say of one (8, T) record in uV at 100 Hz."""
    uv, age, sex = job
    measured = measure_eight(uv.astype(np.float32) / 1000, 100)
    subject = Subject(measured, age if np.isfinite(age) else None, sex)
    return {finding.id: met_in_any_form(finding, subject) for finding in _asked()}


def met_in_any_form(finding: Finding, subject: Subject) -> bool | None:
    """Whether one of the forms of a finding is met; None: cannot be told."""
    forms = [stage.id for stage in finding.stages] or [""]
    verdicts = [judge(finding.id, subject, form) for form in forms]
    answers = [None if verdict is None else verdict.met for verdict in verdicts]
    return True if True in answers else None if None in answers else False


def row_of(
    finding: Finding, stated: Sequence[Codes], rows: Iterable[Answers]
) -> dict[str, Any] | None:
    """The figures of one finding; None where fewer than 30 records state it.

    Args:
        finding: with SCP codes. stated: per record its codes. rows: per record the answers.
    """
    codes = set(finding.scp)
    said = np.array([codes <= one.keys() for one in stated])
    if said.sum() < LEAST:
        return None
    firm = said & np.array([_is_firm(codes, one) for one in stated])
    apart = ~said & np.array([_is_apart(finding, one) for one in stated])
    answers = [row[finding.id] for row in rows]
    met = np.array([answer is True for answer in answers])
    return {
        "codes": sorted(codes),
        "n": int(said.sum()),
        "sensitivity": _share(met[said]),
        "specificity": _share(~met[~said]),
        "ppv": _share(said[met]),
        "abstains": _share(np.array([answer is None for answer in answers])),
        "n_firm": int(firm.sum()),
        "sensitivity_firm": _share(met[firm]),
        "specificity_apart": _share(~met[apart]),
        "remark": REMARKS.get(finding.id, ""),
    }


def _is_firm(codes: set[str], stated: Codes) -> bool:
    likelihoods = [stated.get(code, 0.0) for code in codes]
    return all(value == 0 or value >= FIRM for value in likelihoods)


def _is_apart(finding: Finding, stated: Codes) -> bool:
    if finding.family == "rhythm" and not RHYTHM_CODES & stated.keys():
        return False
    return not KIN.get(finding.id, frozenset()) & stated.keys()


def _share(values: npt.NDArray[np.bool_]) -> float | None:
    return round(float(values.mean()), 3) if len(values) else None
