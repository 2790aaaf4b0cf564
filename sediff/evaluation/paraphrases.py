"""Do two wordings of one report give the same ECG, and different reports different ones?"""

import itertools
import json
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS
from sediff.errors import SediffError
from sediff.evaluation.drawn import Array, Drawn, draw_once
from sediff.findings import expand
from sediff.plan import plan
from sediff.report import read
from sediff.spec import CaseSpec, Request

WORDINGS = Path(__file__).with_name("wordings.json")  # content -> wordings, written by hand
_PERSON: Mapping[str, Any] = {"age": 60.0, "sex": "male"}
_SEED, _OTHER_SEED = 3, 4
_DRAWN = 3  # wordings of each content that are drawn: the plain one and the two furthest from it
_WINDOW_S = (-0.25, 0.45)  # around R: P to T
_NUMBERS = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "rr_sd_ms")

# Two reports, a number, and its sign in the first minus the second: where or how a finding is, of
# which the list of findings may know nothing.
_DETAILS = (
    ("Sinus rhythm, T inversion in V1 to V4", "Sinus rhythm, T inversion in I and aVL", "t_V3", -1),
    ("Sinus rhythm, T inversion in V1 to V4", "Sinus rhythm, T inversion in I and aVL", "t_I", 1),
    ("Sinus rhythm, ST depression in V5", "Sinus rhythm, ST depression in III", "st_V5", -1),
    ("Sinus rhythm, ST depression in V5", "Sinus rhythm, ST depression in III", "st_III", 1),
    ("Sinus rhythm, slow R progression in V1 to V4", "Sinus rhythm, tall R in V2", "r_V3", -1),
)  # fmt: skip
_DETAIL_SEEDS = range(3)
_LEAST_FOR_DETAILS = 20  # ECGs: smaller figures leave the details out

Scores = Callable[[npt.NDArray], npt.NDArray]


def paraphrases(arguments: Namespace) -> dict[str, Any]:
    """What is understood of every wording, and how near the ECGs of some of them are.

    `count` / 5 contents are drawn: three wordings, the first with another seed, and the first
    with its words untold, so that the list of findings speaks alone.
    """
    contents = load_wordings()
    chosen = list(contents)[: max(arguments.count // (_DRAWN + 2), 2)]
    return {
        "contents": len(contents),
        "wordings": sum(map(len, contents.values())),
        "understood": understood(contents),
        "drawn": _nearness({name: contents[name] for name in chosen}),
        "words alone, case held": _details() if arguments.count >= _LEAST_FOR_DETAILS else [],
    }


def load_wordings() -> dict[str, list[str]]:
    """Content -> its wordings, the plainest first."""
    return json.loads(WORDINGS.read_text(encoding="utf-8"))


def understood(contents: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Are all wordings of a content read and planned alike, and no two contents?"""
    unlike, other_numbers = [], []
    for name, wordings in contents.items():
        first = _states(wordings[0])
        numbers = _planned(wordings[0])
        for wording in wordings[1:]:
            if _states(wording) != first:
                unlike.append(_difference(name, first, wording))
            elif _planned(wording) != numbers:
                other_numbers.append(f"{name}: {wording}")
    firsts = {name: _states(wordings[0]) for name, wordings in contents.items()}
    twins = [f"{a} = {b}" for a, b in itertools.combinations(firsts, 2) if firsts[a] == firsts[b]]
    asked = sum(len(wordings) - 1 for wordings in contents.values())
    return {
        "same_findings": round(1 - len(unlike) / asked, 3),
        "same_numbers_where_same_findings": round(
            1 - len(other_numbers) / max(asked - len(unlike), 1), 3
        ),
        "unlike": unlike,
        "other_numbers": other_numbers,
        "contents_read_alike": twins,
        "nothing_understood": [n for n, states in firsts.items() if not states],
    }


def _states(wording: str) -> frozenset[tuple[str, str, float]]:
    """Finding, stage and amount that a wording states, with what they imply."""
    stated = expand(read(wording).findings)
    return frozenset((one.id, one.stage, one.amount) for one in stated)


def _difference(name: str, first: frozenset, wording: str) -> dict[str, Any]:
    here = _states(wording)
    return {
        "content": name,
        "wording": wording,
        "missing": sorted("@".join(one[:2]).strip("@") for one in first - here),
        "more": sorted("@".join(one[:2]).strip("@") for one in here - first),
        "unknown": list(read(wording).unknown),
    }


def _case(wording: str, seed: int = _SEED) -> CaseSpec:
    return plan(Request(wording, seed=seed, **_PERSON))


def _planned(wording: str) -> tuple[float | None, ...]:
    spec = _case(wording)
    return tuple(getattr(spec, name) for name in _NUMBERS)


def _nearness(contents: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Distances between ECGs: of one content, of another seed, of another content, untold."""
    some = {name: _far_apart(wordings) for name, wordings in contents.items()}
    cases = [_case(wording) for wordings in some.values() for wording in wordings]
    firsts = [wordings[0] for wordings in some.values()]
    cases += [_case(wording, _OTHER_SEED) for wording in firsts]
    # The plan keeps the findings; without its words the model knows them from the list alone.
    cases += [replace(_case(wording), report="") for wording in firsts]
    made = draw_once(cases)
    n = len(some)
    told, others = made[: n * _DRAWN], made[n * _DRAWN :]
    groups = [told[i * _DRAWN : (i + 1) * _DRAWN] for i in range(n)]
    pairs = {
        "same content, other words": [pair for group in groups for pair in _pairs(group)],
        "same words, other seed": list(zip(told[::_DRAWN], others[:n], strict=True)),
        "other content, same seed": list(itertools.combinations(told[::_DRAWN], 2)),
        "words told or not": list(zip(told[::_DRAWN], others[n:], strict=True)),
    }
    scores = _judge()
    result = {name: _compared(some_pairs, scores) for name, some_pairs in pairs.items()}
    result["contents"] = {
        name: {
            "other_words_mv": _median([beat_distance(a, b) for a, b in _pairs(group)]),
            "untold_mv": round(beat_distance(group[0], untold), 4),
            "drawn_again": [one.again for one in group],
        }
        for name, group, untold in zip(some, groups, others[n:], strict=True)
    }
    return result


def _details() -> list[dict[str, Any]]:
    """Do words that the findings do not hold change the ECG the way they say?

    The second report's ECG is drawn from the first one's case, so that the words alone differ.
    """
    cases, rows = [], []
    for first, second in dict.fromkeys(row[:2] for row in _DETAILS):
        told = [_case(first, seed) for seed in _DETAIL_SEEDS]
        cases += [*told, *(replace(case, report=second) for case in told)]
    made = draw_once(cases)
    n = len(_DETAIL_SEEDS)
    order = list(dict.fromkeys(row[:2] for row in _DETAILS))
    for first, second, name, sign in _DETAILS:
        at = 2 * n * order.index((first, second))
        pairs = zip(made[at : at + n], made[at + n : at + 2 * n], strict=True)
        found = [
            a.numbers[name] - b.numbers[name]
            for a, b in pairs
            if name in a.numbers and name in b.numbers
        ]
        rows.append(
            {
                "first": first,
                "second": second,
                "same_findings": _states(first) == _states(second),
                "number": name,
                "expected_sign": sign,
                "difference": _median(found) if found else None,
                "right_sign": round(float(np.mean(np.sign(found) == sign)), 2) if found else None,
            }
        )
    return rows


def _pairs(group: Sequence[Drawn]) -> list[tuple[Drawn, Drawn]]:
    return list(itertools.combinations(group, 2))


def _far_apart(wordings: Sequence[str]) -> list[str]:
    """The plain wording and the two others that share fewest words with it."""
    plain = set(wordings[0].lower().split())
    shared = {w: len(plain & set(w.lower().split())) / len(w.split()) for w in wordings[1:]}
    return [wordings[0], *sorted(wordings[1:], key=lambda w: shared[w])[: _DRAWN - 1]]


def median_beat(one: Drawn) -> Array:
    """(8, 350) mV: the median of the usual beats from P to T, each lead about its median."""
    a, b = (round(edge * FS) for edge in _WINDOW_S)
    at = [round(beat.r_s * FS) for beat in one.simulation.beats if beat.kind != "V"]
    cut = [
        one.eight[:, r + a : r + b] for r in at if r + a >= 0 and r + b <= one.eight.shape[1]
    ] or [np.zeros((8, b - a))]
    beat = np.median(np.stack(cut), axis=0)
    return np.asarray(beat - np.median(beat, axis=1, keepdims=True), np.float64)


def beat_distance(a: Drawn, b: Drawn) -> float:
    """rms of the difference of their median beats, mV."""
    return float(np.sqrt(np.mean(np.square(median_beat(a) - median_beat(b)))))


def _compared(pairs: Sequence[tuple[Drawn, Drawn]], scores: Scores | None) -> dict[str, Any]:
    apart = [beat_distance(a, b) for a, b in pairs]
    result: dict[str, Any] = {
        "pairs": len(pairs),
        "beat_rms_mv": _median(apart),
        "beat_rms_mv_90": round(float(np.quantile(apart, 0.9)), 4),
    }
    same_beats = [(a, b) for a, b in pairs if a.simulation.beats == b.simulation.beats]
    result["same_simulation"] = round(len(same_beats) / len(pairs), 2)
    if scores is not None:
        first, second = (scores(_low([pair[i] for pair in pairs])) for i in (0, 1))
        result["judge_difference"] = _median(np.abs(first - second).mean(axis=1))
        result["judge_largest"] = _median(np.abs(first - second).max(axis=1))
    return result


def _low(made: Sequence[Drawn]) -> npt.NDArray[np.float32]:
    """(n, 8, 1000) mV at 100 Hz, as the judge reads them."""
    from scipy.signal import resample_poly

    eight = np.stack([one.eight for one in made]).astype(float)
    return resample_poly(eight, 1, 5, axis=-1).astype(np.float32)


def _judge() -> Scores | None:
    """The benchmark's classifier, where it is trained."""
    try:
        from sediff.evaluation.benchmark.judge import load_judge

        return load_judge().scores
    except (ImportError, SediffError):
        return None


def _median(values: Sequence[float] | npt.NDArray) -> float:
    return round(float(np.median(values)), 4)
