"""Figures of the signal: what was asked against what the ruler reads, and how like real it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.evaluation.benchmark.cases import INTERVALS, Case
from sediff.evaluation.benchmark.likeness import likeness_rows
from sediff.evaluation.benchmark.sets import EcgSet, identity_errors
from sediff.evaluation.benchmark.sources import OURS
from sediff.evaluation.benchmark.table import Bar, Floats, Number, Row, number_of

_LABELS = {"pr_ms": "PR", "qrs_ms": "QRS", "qt_ms": "QT", "axis_deg": "Axis"}
_BARS_MS = {"pr_ms": 10.0, "qrs_ms": 6.0, "qt_ms": 12.0}
SURE = 0.8  # certainty from which a finding must be seen
_NOT_ASKED = Number(note="not asked for intervals")
Values = Callable[[EcgSet], Floats]


@dataclass(frozen=True)
class Drawn:
    """Everything that the figures are read from.

    Attributes:
        cases: what is asked. sets: source -> one set a seed, row i for case i. intervals: the
        same, asked with PR .. axis too. real: the records of the cases. floor: real records of
        the fold before, as many where there are so many. missing: source -> why there is none.
        twice: (number -> (m, 2)) real records measured at 100 and at 500 Hz.
    """

    cases: Sequence[Case]
    sets: Mapping[str, Sequence[EcgSet]]
    intervals: Mapping[str, Sequence[EcgSet]]
    real: EcgSet
    floor: EcgSet
    missing: Mapping[str, str]
    twice: Mapping[str, Floats]

    def asked(self, name: str) -> Floats:
        """(n,) the asked number, NaN where none was asked."""
        requests = [case.request(intervals=True) for case in self.cases]
        values = [getattr(request, name) for request in requests]
        return np.array([np.nan if v is None else v for v in values], np.float64)

    @property
    def steady(self) -> npt.NDArray[np.bool_]:
        """(n,) neither fibrillation nor ectopy nor anything else without one rate."""
        return np.array([case.steady for case in self.cases])


def signal_rows(drawn: Drawn) -> list[Row]:
    """Every figure of the signal."""
    return [
        *rate_rows(drawn),
        *interval_rows(drawn),
        *criteria_rows(drawn),
        *likeness_rows(drawn.sets, drawn.real, drawn.floor, drawn.missing),
        identity_row(drawn),
    ]


def rate_rows(drawn: Drawn) -> list[Row]:
    """Heart rate against asked: the steady ones with their bars, then all."""
    asked = drawn.asked("heart_rate")
    steady = np.where(drawn.steady, asked, np.nan)

    def error(target: Floats) -> Values:
        return lambda one: np.abs(one.ruler("heart_rate") - target)

    def read(one: EcgSet) -> Floats:
        known = np.isfinite(one.ruler("heart_rate")).astype(float)
        return np.where(np.isfinite(steady), known, np.nan)

    own = _repeated(drawn, "heart_rate")
    off, off_all = error(steady), error(asked)
    plain = "Heart rate, no AF or ectopy: "
    return [
        _row(drawn, "hr_mean_error", plain + "mean error", "bpm", 2, off, np.mean,
             Bar("at most", 1), _floor(own, np.mean)),
        _row(drawn, "hr_median_error", plain + "median error", "bpm", 2, off, np.median,
             floor=_floor(own, np.median)),
        _row(drawn, "hr_within_5", plain + "within 5 bpm", "share", 3, off, within(5),
             Bar("at least", 0.98), _floor(own, within(5))),
        _row(drawn, "hr_within_10", plain + "within 10 bpm", "share", 3, off, within(10),
             floor=_floor(own, within(10))),
        _row(drawn, "hr_measurable", plain + "can be measured", "share", 3, read, np.mean,
             Bar("at least", 0.98), _real_floor(drawn, read)),
        _row(drawn, "hr_mean_error_all", "Heart rate, all requests: mean error", "bpm", 2,
             off_all, np.mean, floor=_floor(own, np.mean)),
        _row(drawn, "hr_within_5_all", "Heart rate, all requests: within 5 bpm", "share", 3,
             off_all, within(5), floor=_floor(own, within(5))),
    ]  # fmt: skip


def interval_rows(drawn: Drawn) -> list[Row]:
    """PR, QRS, QT and axis: asked for by number, and planned where they were left open."""
    rows = []
    for name in INTERVALS:
        unit = "°" if name == "axis_deg" else "ms"
        label, asked = _LABELS[name], drawn.asked(name)
        bar = Bar("at most", _BARS_MS[name]) if name in _BARS_MS else None
        floor = _floor(_repeated(drawn, name), np.median)

        def off(one: EcgSet, name: str = name, asked: Floats = asked) -> Floats:
            there = np.isfinite(one.planned(name))  # no PR in fibrillation, whatever was asked
            return np.where(there, _apart(one.ruler(name), asked, name), np.nan)

        def read(one: EcgSet, name: str = name, asked: Floats = asked) -> Floats:
            there = np.isfinite(one.planned(name)) & np.isfinite(asked)
            return np.where(there, np.isfinite(one.ruler(name)), np.nan).astype(float)

        def off_plan(one: EcgSet, name: str = name) -> Floats:
            return _apart(one.ruler(name), one.planned(name), name)

        rows += [
            _row(drawn, f"{name}_error", f"{label} asked by number: median error", unit, 1, off,
                 np.median, bar, floor, asked_by_number=True),
            _row(drawn, f"{name}_measurable", f"{label} asked by number: can be measured",
                 "share", 3, read, np.mean, asked_by_number=True),
            _row(drawn, f"{name}_plan_error", f"{label} left open: median error against the plan",
                 unit, 1, off_plan, np.median, floor=floor),
        ]  # fmt: skip
    return rows


def criteria_rows(drawn: Drawn) -> list[Row]:
    """Whether the ECG shows by published criteria what its report states."""

    def met(one: EcgSet) -> Floats:
        return np.array([_shows(one, i) for i in range(len(one))], np.float64)

    return [
        _row(drawn, "criteria_met", "Stated findings meet their criteria, no look-alike does",
             "share", 3, met, np.mean, floor=_real_floor(drawn, met)),
    ]  # fmt: skip


def identity_row(drawn: Drawn) -> Row:
    """Einthoven's and Goldberger's equations in the exported samples."""
    return _row(
        drawn, "identity_error", "Lead identities: largest error", "µV", 1, identity_errors, np.max,
        Bar("at most", 1), Number(0.0, note="by definition: four leads are computed"),
    )  # fmt: skip


def within(limit: float) -> Callable[[Floats], float]:
    """Share of errors up to `limit`."""
    return lambda errors: float((errors <= limit).mean())


def _row(
    drawn: Drawn,
    key: str,
    figure: str,
    unit: str,
    digits: int,
    values: Values,
    reduce: Callable[[Floats], float],
    bar: Bar | None = None,
    floor: Number | None = None,
    asked_by_number: bool = False,
) -> Row:
    sets = drawn.intervals if asked_by_number else drawn.sets
    found = {
        name: number_of([values(one) for one in of_seeds], lambda x: float(reduce(x)))
        for name, of_seeds in sets.items()
    }
    others = {name: number for name, number in found.items() if name != OURS}
    if asked_by_number:
        others |= {name: _NOT_ASKED for name in drawn.sets if name not in found}
    others |= {name: Number(note=why) for name, why in drawn.missing.items()}
    return Row(key, figure, unit, digits, found.get(OURS), floor, others, bar)


def _shows(one: EcgSet, i: int) -> float:
    """1 or 0 for the ECG, NaN where no stated finding has criteria."""
    sure = {stated.id for stated in one.specs[i].findings if stated.certainty >= SURE}
    reading = one.readings[i]
    verdicts = [v["met"] for id, v in reading["verdicts"].items() if id in sure]
    if not verdicts:
        return np.nan
    return float(all(verdict is True for verdict in verdicts) and not reading["mimicked"])


def _apart(found: Floats, asked: Floats, name: str) -> Floats:
    """Absolute difference; angles the short way round."""
    apart = np.abs(found - asked)
    return np.minimum(apart, 360 - apart) if name == "axis_deg" else apart


def _repeated(drawn: Drawn, name: str) -> Floats:
    """Differences of one real record measured at 100 and at 500 Hz: the ruler's own error."""
    pairs = drawn.twice.get(name, np.empty((0, 2)))
    return _apart(pairs[:, 0], pairs[:, 1], name)


def _floor(errors: Floats, reduce: Callable[[Floats], float]) -> Number | None:
    if not np.isfinite(errors).any():
        return None
    number = number_of([errors], lambda x: float(reduce(x)))
    return Number(number.value, number.low, number.high, note="real records, 100 Hz against 500 Hz")


def _real_floor(drawn: Drawn, values: Values) -> Number:
    number = number_of([values(drawn.real)], lambda x: float(np.mean(x)))
    return Number(number.value, number.low, number.high, note="the real records of the requests")
