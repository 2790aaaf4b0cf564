"""Measured against simulated truth: every finding that can be drawn, from 30 to 220 bpm.

The truth is that of the drawn beats themselves: their limits, their mean rate, and the axis of
the areas between their limits, not the numbers that were asked for.
"""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from sediff.beat import Beat
from sediff.findings.registry import FINDINGS
from sediff.leads import LEADS, derive_twelve
from sediff.measure import Measurements, measure
from sediff.plan import plan
from sediff.simulator.engine import simulate
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec, Request

RATES = (30.0, 220.0)  # bpm
NAMES = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")
BARS = {"heart_rate": 1.0, "pr_ms": 8.0, "qrs_ms": 6.0, "qt_ms": 12.0, "axis_deg": 5.0}
_MOST_FORM = 0.5  # share of the beats that must have the usual form to speak of one QRS

Row = dict[str, float | None]


def truth(arguments: argparse.Namespace) -> Mapping[str, Any]:
    """Median error and share that abstains per number, over `arguments.count` drawn cases."""
    rows = [row for spec in cases(arguments.count) if (row := errors(spec)) is not None]
    table = {name: _summary([row[name] for row in rows if name in row], name) for name in NAMES}
    return {"cases": len(rows), "rates": RATES, "numbers": table}


def cases(count: int) -> Iterator[CaseSpec]:
    """Specs of every drawable finding in turn; where it leaves the rate open, any from `RATES`."""
    drawable = [f for f in FINDINGS.values() if f.drawable and not f.vague]
    rng = np.random.default_rng(0)
    for seed in range(count):
        finding = drawable[seed % len(drawable)]
        open_rate = "heart_rate" not in finding.typical and "heart_rate" not in finding.lacks
        # Every rate is as likely as every other on a logarithmic scale.
        rate = float(np.exp(rng.uniform(*np.log(RATES)))) if open_rate else None
        yield plan(Request(report=finding.name, heart_rate=rate, seed=seed))


def errors(spec: CaseSpec) -> Row | None:
    """Measured minus true per number of one case, None where it abstains.

    A number that the case has not (no PR without P waves) is not in the row.

    Returns:
        None where nothing is conducted.
    """
    drawn = simulate(spec)
    true = true_numbers(drawn)
    if not true:
        return None
    found = measure(drawn.to_ecg())
    return {name: _error(found, name, value) for name, value in true.items()}


def true_numbers(drawn: Simulation) -> dict[str, float]:
    """Numbers of the beats within the record; {} without two conducted beats of one form."""
    seconds = drawn.eight.shape[1] / drawn.fs
    beats = [b for b in drawn.beats if b.qrs[0] >= 0 and b.qrs[1] <= seconds]
    usual = [b for b in beats if b.kind == "N" and b.form == "usual"]
    if len(beats) < 3 or len(usual) < max(2, _MOST_FORM * len(beats)):
        return {}
    times = [b.r_s for b in beats]
    numbers = {"heart_rate": 60 / float(np.mean(np.diff(times)))}
    pr = [b.qrs[0] - b.p[0] for b in usual if b.p]
    if len(pr) == len(usual):
        numbers["pr_ms"] = 1000 * float(np.median(pr))
    numbers["qrs_ms"] = 1000 * float(np.median([b.qrs[1] - b.qrs[0] for b in usual]))
    numbers["qt_ms"] = 1000 * float(np.median([b.t[1] - b.qrs[0] for b in usual if b.t]))
    numbers["axis_deg"] = float(np.median([_axis(drawn, b) for b in usual]))
    return numbers


def _axis(drawn: Simulation, beat: Beat) -> float:
    start, stop = (round(t * drawn.fs) for t in beat.qrs)
    rows = [LEADS.index("I"), LEADS.index("aVF")]
    pair = derive_twelve(drawn.draft[:, start : stop + 1])[rows]
    x, y = (pair - pair[:, :1]).sum(axis=1)
    return float(np.degrees(np.arctan2(2 * y / np.sqrt(3), x)))


def _error(found: Measurements, name: str, true: float) -> float | None:
    value = getattr(found, name).value
    if value is None:
        return None
    off = value - true
    return (off + 180) % 360 - 180 if name == "axis_deg" else off


def _summary(found: list[float | None], name: str) -> Mapping[str, float]:
    given = np.abs([value for value in found if value is not None])
    if not len(given):
        return {"cases": len(found), "abstains": 1.0}
    return {
        "cases": len(found),
        "abstains": round(1 - len(given) / len(found), 3),
        "median_error": round(float(np.median(given)), 2),
        "p90_error": round(float(np.percentile(given, 90)), 2),
        "within_bar": round(float(np.mean(given <= BARS[name])), 3),
        "bar": BARS[name],
    }
