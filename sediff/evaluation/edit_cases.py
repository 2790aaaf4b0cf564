"""The requests whose ECGs are edited, and the edits: one parameter, a clinically usual step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sediff.evaluation.drawn import Drawn
from sediff.spec import LIMITS, Request, WaveChange

BASES = (
    Request("Sinus rhythm, normal ECG", age=55, sex="male", seed=11),
    Request("Sinus rhythm, inferior infarct, age undetermined", age=66, sex="male", seed=6),
    Request("Sinus rhythm, left bundle branch block", age=70, sex="male", seed=4),
    Request("Sinus bradycardia, otherwise normal ECG", age=34, sex="male", seed=8),
    Request("Atrial fibrillation", age=72, sex="female", seed=5),
    Request("LVH with strain", age=62, sex="female", seed=14),
    Request("Normal ECG", age=29, sex="female", seed=21),
    Request("Sinus rhythm, complete right bundle branch block", age=74, sex="female", seed=22),
    Request("Sinus tachycardia", age=45, sex="female", seed=9),
    Request("First-degree AV block, low voltage", age=79, sex="male", seed=23),
    Request("Sinus rhythm, nonspecific T wave changes", age=58, sex="female", seed=24),
    Request(
        "Left anterior fascicular block, old anteroseptal infarct", age=68, sex="male", seed=25
    ),
)


@dataclass(frozen=True)
class Edit:
    """One parameter moved by a clinically usual step.

    Attributes:
        reads: the number that must follow. step: of a field; its sign turns where the field ends.
        touched: parts of the beat that it may change.
        change: attributes of the request from the base's case, {} where it does not exist.
    """

    reads: str
    touched: tuple[str, ...]
    change: Callable[[Drawn], dict[str, Any]]


def _moved(name: str, step: float) -> Callable[[Drawn], dict[str, Any]]:
    """Move a number of the case, back where forth is not possible."""

    def change(base: Drawn) -> dict[str, Any]:
        value = getattr(base.spec, name)
        if value is None or name in base.spec.lacks:
            return {}
        low, high, _ = LIMITS[name]
        there = value + step if low <= value + step <= high else value - step
        return {name: round(there, 1)}

    return change


def _wave(name: str, step: float) -> Callable[[Drawn], dict[str, Any]]:
    """Move a wave in lead II from where the simulation draws it."""

    def change(base: Drawn) -> dict[str, Any]:
        drawn = base.simulated.get(name)
        if drawn is None or name in base.spec.lacks:
            return {}
        return {name: round(drawn + step, 3)}

    return change


def _st(base: Drawn) -> dict[str, Any]:
    return {"st_mv": (("V2", round(base.simulated.get("st_V2", 0.0) + 0.2, 3)),)}


EDITS: dict[str, Edit] = {
    "PR +40 ms": Edit("pr_ms", ("p",), _moved("pr_ms", 40)),
    "QRS +24 ms": Edit("qrs_ms", ("qrs", "st_t"), _moved("qrs_ms", 24)),
    "QT +40 ms": Edit("qt_ms", ("st_t",), _moved("qt_ms", 40)),
    "rate +15": Edit("heart_rate", ("st_t",), _moved("heart_rate", 15)),
    "axis -40": Edit("axis_deg", ("qrs", "st_t"), _moved("axis_deg", -40)),
    "P +0.1 mV": Edit("p_mv", ("p",), _wave("p_mv", 0.1)),
    "T +0.2 mV": Edit("t_mv", ("st_t",), _wave("t_mv", 0.2)),
    "QRS x1.3": Edit(
        "qrs_mv", ("qrs",), lambda _: {"waves": tuple(WaveChange(w, 1.3) for w in "QRS")}
    ),
    "ST V2 +0.2 mV": Edit("st_V2", ("st_t",), _st),
}  # fmt: skip
