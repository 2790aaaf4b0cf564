"""The honest section: what fails most, with an example of each on paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sediff.ecg import Ecg
from sediff.evaluation.benchmark.sets import EcgSet
from sediff.evaluation.benchmark.signal import SURE
from sediff.findings import FINDINGS
from sediff.view.words import sentence_case

_LEAST = 5  # ECGs with the finding, below which a share means nothing
_SHOWN = 4  # findings with an example
_FAR_BPM = 5.0
_HEADING = 130  # characters that fit beside the mark


@dataclass(frozen=True)
class Failure:
    """One thing that fails, in a sentence, with the ECG that shows it."""

    sentence: str
    heading: str = ""
    ecg: Ecg | None = None


def failures(sets: Sequence[EcgSet], findings: Sequence[dict[str, Any]]) -> list[Failure]:
    """What fails most among our ECGs.

    Args:
        sets: one a seed, one draw an ECG. findings: rows of `judged.findings_of`, may be empty.

    Returns:
        Findings whose criteria are missed most often, heart rates that are far off, and findings
        that the judge reads worse than on real ECGs.
    """
    return [*_criteria(sets), *_rates(sets), *_read_back(findings)]


def missed_by_finding(sets: Sequence[EcgSet]) -> dict[str, tuple[int, int]]:
    """Finding -> (ECGs that do not show it by its criteria, ECGs that state it for sure)."""
    stated: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for one in sets:
        for i in range(len(one)):
            for id, met in _sure_verdicts(one, i):
                stated[id] += 1
                missed[id] += not met
    return {id: (missed[id], n) for id, n in stated.items()}


def _criteria(sets: Sequence[EcgSet]) -> list[Failure]:
    counts = missed_by_finding(sets)
    often = {id: pair for id, pair in counts.items() if pair[1] >= _LEAST and pair[0]}
    worst = sorted(often, key=lambda id: often[id][0] / often[id][1], reverse=True)[:_SHOWN]
    result = []
    for id in worst:
        lost, n = often[id]
        one, i = next(
            (one, i)
            for one in sets
            for i in range(len(one))
            if (id, False) in _sure_verdicts(one, i)
        )
        checks = ", ".join(one.readings[i]["verdicts"][id]["failed"][:4])
        name = sentence_case(FINDINGS[id].name)
        result.append(
            Failure(
                f"{name}: {lost} of {n} ECGs do not meet its criteria in one draw; "
                f"of this one: {checks}.",
                _heading(one, i),
                _ecg(one, i),
            )
        )
    return result


def _rates(sets: Sequence[EcgSet]) -> list[Failure]:
    """How often the heart rate is far from the plan, with the worst one."""
    off: dict[tuple[int, int], float] = {}
    for k, one in enumerate(sets):
        apart = np.abs(one.ruler("heart_rate") - one.planned("heart_rate"))
        off.update({(k, int(i)): float(apart[i]) for i in np.flatnonzero(apart > _FAR_BPM)})
    if not off:
        return []
    k, i = max(off, key=lambda key: off[key])
    one = sets[k]
    asked, found = one.planned("heart_rate")[i], one.ruler("heart_rate")[i]
    total = sum(map(len, sets))
    sentence = (
        f"Heart rate: {len(off)} of {total} ECGs, whatever their rhythm, are more than "
        f"{_FAR_BPM:g} bpm off; here {found:.0f} bpm where {asked:.0f} were planned."
    )
    return [Failure(sentence, _heading(one, i), _ecg(one, i))]


def _read_back(findings: Sequence[dict[str, Any]]) -> list[Failure]:
    bad = [row for row in findings if row["verdict"] == "missed"]
    return [
        Failure(
            f"{sentence_case(row['name'])}: the judge reads it back with an AUROC of "
            f"{row['generated']:.3f}, from real ECGs with {row['real']:.3f}."
        )
        for row in bad
    ]


def _sure_verdicts(one: EcgSet, i: int) -> list[tuple[str, bool]]:
    sure = {stated.id for stated in one.specs[i].findings if stated.certainty >= SURE}
    verdicts = one.readings[i].get("verdicts", {})
    return [(id, v["met"] is True) for id, v in verdicts.items() if id in sure]


def _ecg(one: EcgSet, i: int) -> Ecg:
    uv, fs = one.uv(i)
    return Ecg.from_eight(uv / 1000, fs)


def _heading(one: EcgSet, i: int) -> str:
    spec = one.specs[i]
    who = f"{spec.age:.0f} y, {spec.sex}, {spec.heart_rate:.0f} bpm planned, seed {spec.seed}"
    report = " ".join(spec.report.split())
    return f"{report[: _HEADING - len(who)]}   {who}"
