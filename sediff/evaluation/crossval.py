"""Cross-validation by record of the few thresholds that were set on LUDB.

Each fifth of the records is judged with the thresholds that do best on the other four.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from sediff.evaluation.ludb import Record
from sediff.measure.qrs_limits import RULE as QRS_RULE
from sediff.measure.qrs_limits import QrsRule, find_qrs
from sediff.measure.reading import Reading, read
from sediff.measure.signals import RATE, prepare
from sediff.measure.t_limits import NO_END, TRule, find_t
from sediff.measure.t_limits import RULE as T_RULE

FOLDS = 5
_QRS_GRID = [
    replace(QRS_RULE, share=share, floor=floor, on_rank=on, off_rank=off)
    for share, floor, on, off in product((0.04, 0.05, 0.06), (0.003, 0.004), (2, 3), (2, 3))
]
_T_GRID = [
    replace(T_RULE, share=share, hz=hz) for share, hz in product((0.08, 0.1, 0.12, 0.15), (12, 15))
]
_BIAS = 0.3  # how much a mean error counts against the sd when thresholds are chosen
_MATCH_S = 0.15
_CLEAR = 30.0  # samples of doubt


@dataclass(frozen=True)
class _Case:
    """One record read once; errors in ms per rule, of the beats of the dominant shape."""

    qrs: dict[QrsRule, tuple[list[float], list[float]]]
    t: dict[TRule, list[float]]


def cross_validate(records: Sequence[Record]) -> list[str]:
    """Lines of text: held-out mean and sd in ms per limit, and what each fold chose."""
    cases = [case for record in records if (case := _case(record)) is not None]
    held: dict[str, list[float]] = {"QRS onset": [], "QRS offset": [], "T offset": []}
    lines = []
    for fold in range(FOLDS):
        rest = [case for i, case in enumerate(cases) if i % FOLDS != fold]
        qrs = min(_QRS_GRID, key=lambda rule: _qrs_cost(rest, rule))
        t = min(_T_GRID, key=lambda rule: _cost(e for case in rest for e in case.t[rule]))
        for case in cases[fold::FOLDS]:
            held["QRS onset"] += case.qrs[qrs][0]
            held["QRS offset"] += case.qrs[qrs][1]
            held["T offset"] += case.t[t]
        lines.append(f"  fold {fold + 1}: {_words(qrs)}; T share {t.share:g} at {t.hz:g} Hz")
    return [f"{FOLDS} folds of records, beats of the dominant shape, held out:"] + [
        f"  {name:12s} mean {np.mean(values):6.1f}  sd {np.std(values):5.1f}  n {len(values)}"
        for name, values in held.items()
    ] + ["chosen:", *lines, f"  in use: {_words(QRS_RULE)}; T share {T_RULE.share:g}"]  # fmt: skip


def _words(rule: QrsRule) -> str:
    return (
        f"QRS share {rule.share:g}, floor {rule.floor:g}, ranks {rule.on_rank} and {rule.off_rank}"
    )


def _qrs_cost(cases: Sequence[_Case], rule: QrsRule) -> float:
    return sum(_cost(e for case in cases for e in case.qrs[rule][side]) for side in (0, 1))


def _cost(errors: Iterable[float]) -> float:
    values = np.array(list(errors))
    return float(values.std() + _BIAS * abs(values.mean()))


def _case(record: Record) -> _Case | None:
    reading = read(prepare(record.eight, RATE))
    if reading is None or reading.limits.qrs is None:
        return None
    room = float(np.percentile(np.diff(reading.at), 25))
    qrs_errors, t_errors = {}, {}
    for rule in _QRS_GRID:
        found = find_qrs(reading.median, room, rule) or reading.limits.qrs
        qrs_errors[rule] = (_errors(record, reading, found[0], "on"),
                            _errors(record, reading, found[1], "off"))  # fmt: skip
    for rule in _T_GRID:
        found = find_t(reading.median, reading.limits.qrs, room, rule)
        clear = found is not None and found[2] < min(NO_END, _CLEAR)
        t_errors[rule] = _errors(record, reading, found[1], "t") if found and clear else []
    return _Case(qrs_errors, t_errors)


def _errors(record: Record, reading: Reading, at: int, which: str) -> list[float]:
    """Ms from the marked limit to `at` samples after R, over the beats of the dominant shape."""
    out = []
    for beat in record.beats:
        marks = {"on": beat.qrs[0], "off": beat.qrs[1], "t": beat.t[1] if beat.t else None}
        nearest = int(np.argmin(np.abs(reading.at / RATE - beat.r_s)))
        r_s = float(reading.at[nearest]) / RATE
        mark = marks[which]
        if mark is None or abs(r_s - beat.r_s) > _MATCH_S:
            continue
        if reading.member[nearest] == reading.main:
            out.append(1000 * (r_s + at / RATE - mark))
    return out
