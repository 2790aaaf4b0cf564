"""Editing: same seed, one parameter moved. Is it followed, and does nothing else change?

Two ways side by side: the heart that was drawn, moved as the app does it, and a second draw of
the model from the same noise.
"""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sediff.ecg import FS
from sediff.evaluation.beat_parts import (
    PARTS,
    beat_parts,
    beat_times_ms,
    likeness,
    nearness,
    rms_mv,
)
from sediff.evaluation.drawn import Drawn, as_drawn, difference, draw_once, numbers_in
from sediff.evaluation.edit_cases import BASES, EDITS, Edit
from sediff.measure import measure_eight
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.editing import carried_over
from sediff.spec import CaseSpec, Request

ADHERENCES = (0.0, 0.5, 1.0)
_OTHERS = (
    "heart_rate", "rr_sd_ms", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv", "qrs_mv",
    "st_V2",
)  # fmt: skip
# The least change that counts, where the halves of one ECG agree better than a reader can see.
_LEAST = {
    "heart_rate": 0.5, "rr_sd_ms": 3, "pr_ms": 6, "qrs_ms": 6, "qt_ms": 8, "axis_deg": 4,
    "p_mv": 0.02, "t_mv": 0.03, "qrs_mv": 0.04, "st_V2": 0.03,
}  # fmt: skip


def edits(arguments: Namespace) -> dict[str, Any]:
    """Response, side effects and adherence over the first `count` of the bases."""
    requests = BASES[: arguments.count]
    bases = draw_once([plan(request) for request in requests])
    noise = _noise(bases)
    table = {}
    for label, edit in EDITS.items():
        print(label, flush=True)
        asked = [(base, edit.change(base)) for base in bases]
        rows = [
            (base, plan(replace(request, **change)))
            for request, (base, change) in zip(requests, asked, strict=True)
            if change
        ]
        anew = draw_once([spec for _, spec in rows])
        table[label] = {
            "moved": _seen(edit, [(base, _moved(base, spec)) for base, spec in rows], noise),
            "drawn anew": _seen(
                edit, [(base, one) for (base, _), one in zip(rows, anew, strict=True)], noise
            ),
        }
    return {
        "bases": len(bases),
        "noise": {name: round(value, 3) for name, value in noise.items()},
        "edits": table,
        "halves of one ECG": _halves(bases),
        "adherence": _adherence(requests, bases),
    }


def _moved(base: Drawn, spec: CaseSpec) -> Drawn | None:
    """As the app edits: the base's heart with what the simulation changes, without the model."""
    simulation = simulate(spec)
    heart = carried_over(base.eight, base.simulation, simulation)
    return None if heart is None else as_drawn(spec, simulation, heart)


def _seen(
    edit: Edit, found: Sequence[tuple[Drawn, Drawn | None]], noise: dict[str, float]
) -> dict[str, Any]:
    """One way to edit: the response, what else changed, and the beats."""
    pairs = [(base, one) for base, one in found if one is not None]
    return _followed(edit, pairs) | {
        "not_possible": len(found) - len(pairs),
        "others": _others(edit, pairs, noise),
        "beat": _beat(edit, pairs),
        "criteria_differ": [a.spec.report for a, b in pairs if a.again != b.again],
    }


def _noise(bases: Sequence[Drawn]) -> dict[str, float]:
    """Change of a number that says nothing: 2 sd of the difference of two measured ECGs.

    From the two halves of every base; a whole record has half the variance of each.
    """
    gaps: dict[str, list[float]] = {name: [] for name in _OTHERS}
    for base in bases:
        first, second = (numbers_in(measure_eight(half, FS)) for half in _cut(base))
        for name, list_ in gaps.items():
            if name in first and name in second and name not in ("heart_rate", "rr_sd_ms"):
                list_.append(difference(name, second[name], first[name]))
    spread = {name: 1.48 * float(np.median(np.abs(g))) if g else 0.0 for name, g in gaps.items()}
    return {name: max(2 * sd / np.sqrt(2), _LEAST[name]) for name, sd in spread.items()}


def _cut(one: Drawn):
    middle = one.eight.shape[1] // 2
    return one.eight[:, :middle], one.eight[:, middle:]


def _followed(edit: Edit, pairs: Sequence[tuple[Drawn, Drawn]]) -> dict[str, Any]:
    """Slope of the measured on the asked change, through 0, and the share of right signs."""
    changes = []
    for before, after in pairs:
        asked = _asked(edit.reads, before, after)
        if asked is not None and edit.reads in before.numbers and edit.reads in after.numbers:
            got = difference(edit.reads, after.numbers[edit.reads], before.numbers[edit.reads])
            changes.append((asked, got))
    if not changes:
        return {"n": 0}
    asked, got = np.array(changes).T
    return {
        "n": len(changes),
        "asked_median": round(float(np.median(asked)), 3),
        "got_median": round(float(np.median(got)), 3),
        "slope": round(float(asked @ got / (asked @ asked)), 3),
        "slopes": np.round(np.quantile(got / asked, [0, 0.25, 0.5, 0.75, 1]), 2).tolist(),
        "right_sign": round(float(np.mean(np.sign(asked) == np.sign(got))), 3),
    }


def _asked(name: str, before: Drawn, after: Drawn) -> float | None:
    """The asked change: of the case where it has the number, else of the simulation."""
    a, b = (getattr(one.spec, name, None) for one in (before, after))
    if a is None or b is None:
        a, b = (one.simulated.get(name) for one in (before, after))
    return None if a is None or b is None else difference(name, b, a) or None


def _others(
    edit: Edit, pairs: Sequence[tuple[Drawn, Drawn]], noise: dict[str, float]
) -> dict[str, Any]:
    """What else changed: median size, and the share beyond noise, also against the simulation."""
    result = {}
    for name in _OTHERS:
        if name == edit.reads:
            continue
        rows = [(a, b) for a, b in pairs if name in a.numbers and name in b.numbers]
        lost = sum((name in a.numbers) != (name in b.numbers) for a, b in pairs)
        if not rows:
            continue
        got = np.array([difference(name, b.numbers[name], a.numbers[name]) for a, b in rows])
        meant = np.array([_meant(name, a, b) for a, b in rows])
        result[name] = {
            "median_size": round(float(np.median(np.abs(got))), 3),
            "median": round(float(np.median(got)), 3),
            "beyond": round(float(np.mean(np.abs(got) > noise[name])), 2),
            "meant": round(float(np.median(meant)), 3),
            "beyond_what_is_meant": round(float(np.mean(np.abs(got - meant) > noise[name])), 2),
            "measurable_in_one_only": lost,
        }
    return result


def _meant(name: str, before: Drawn, after: Drawn) -> float:
    """What the simulation changes: a faster heart has a shorter QT."""
    a, b = (one.simulated.get(name) for one in (before, after))
    return 0.0 if a is None or b is None else difference(name, b, a)


def _beat(edit: Edit, pairs: Sequence[tuple[Drawn, Drawn]]) -> dict[str, Any]:
    """The parts of the beat that were not to change, and the times of the beats."""
    found: dict[str, list[tuple[float, float]]] = {part: [] for part in PARTS}
    for before, after in pairs:
        a, b = (beat_parts(one.eight, one.simulation.beats, before.spec) for one in (before, after))
        for part in a.keys() & b.keys():
            found[part].append((likeness(a[part], b[part]), rms_mv(a[part] - b[part])))
    result: dict[str, Any] = {
        part: {"touched": part in edit.touched} | _spread(values)
        for part, values in found.items()
        if values
    }
    shifts = [beat_times_ms(a, b) for a, b in pairs]
    result["beats_at_the_same_times"] = round(float(np.mean([s is not None for s in shifts])), 2)
    known = [s for s in shifts if s is not None]
    result["largest_shift_ms"] = round(max(known), 1) if known else None
    return result


def _spread(values: Sequence[tuple[float, float]]) -> dict[str, Any]:
    like, apart = np.array(values).T
    return {
        "correlation": round(float(np.median(like)), 3),
        "worst": round(float(like.min()), 3),
        "rms_mv": round(float(np.median(apart)), 4),
    }


def _halves(bases: Sequence[Drawn]) -> dict[str, Any]:
    """The yardstick: the same parts in the first and the second half of one ECG."""
    found: dict[str, list[tuple[float, float]]] = {part: [] for part in PARTS}
    for base in bases:
        beats = base.simulation.beats
        early = beat_parts(base.eight, [b for b in beats if b.r_s < 5], base.spec)
        late = beat_parts(base.eight, [b for b in beats if b.r_s >= 5], base.spec)
        for part in early.keys() & late.keys():
            x, y = early[part], late[part]
            found[part].append((likeness(x, y), rms_mv(x - y)))
    return {part: _spread(values) for part, values in found.items() if values}


def _adherence(requests: Sequence[Request], bases: Sequence[Drawn]) -> dict[str, Any]:
    """Every number asked: how near it is met, and how near the simulation, by adherence."""
    told = [replace(r, **_all_asked(base.spec)) for r, base in zip(requests, bases, strict=True)]
    result = {}
    for level in ADHERENCES:
        made = draw_once([plan(replace(request, adherence=level)) for request in told])
        near = np.array([nearness(one.eight, one.simulation.bare) for one in made])
        result[f"{level:g}"] = {
            name: _missed(name, made) for name in _OTHERS if name != "rr_sd_ms"
        } | {
            "rms_to_simulation_mv": round(float(np.median(near[:, 0])), 3),
            "correlation_to_simulation": round(float(np.median(near[:, 1])), 3),
        }
    return result


def _all_asked(spec: CaseSpec) -> dict[str, Any]:
    """The case's numbers as fields, with P, T and ST beside what is usual."""
    names = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")
    asked: dict[str, Any] = {name: getattr(spec, name) for name in names if name not in spec.lacks}
    asked |= {"p_mv": None if "p_mv" in spec.lacks else 0.18, "t_mv": 0.35}
    return asked | {"st_mv": (("V2", 0.15),)}


def _missed(name: str, made: Sequence[Drawn]) -> dict[str, float] | None:
    """Median size and direction of measured minus asked; of QRS height minus the simulation's."""
    errors = []
    for one in made:
        asked = dict(one.spec.st_mv).get("V2") if name == "st_V2" else getattr(one.spec, name, None)
        if name == "qrs_mv":
            asked = one.simulated.get(name)
        if asked is not None and name in one.numbers and name not in one.spec.lacks:
            errors.append(difference(name, one.numbers[name], asked))
    if not errors:
        return None
    return {
        "size": round(float(np.median(np.abs(errors))), 3),
        "direction": round(float(np.median(errors)), 3),
        "n": len(errors),
    }
