"""Asked against measured, line by line; nothing missed is hidden."""

from dataclasses import dataclass
from typing import Literal

from sediff.measure.values import Measurements, Value
from sediff.spec import CaseSpec


@dataclass(frozen=True)
class Row:
    """One line of asked against measured.

    Attributes:
        status: 'met', 'missed', 'unsure' (the measurement abstains) or 'not asked'.
        text: why, in words; '' where the numbers speak.
    """

    name: str
    asked: float | None
    measured: float | None
    unit: str
    status: Literal["met", "missed", "unsure", "not asked"]
    text: str = ""


# name, attribute, tolerance: what a reader would call the same.
_COMPARED = (
    ("Heart rate", "heart_rate", 2.0),
    ("PR", "pr_ms", 20.0),
    ("QRS", "qrs_ms", 15.0),
    ("QT", "qt_ms", 30.0),
    ("Axis", "axis_deg", 20.0),
    ("P in II", "p_mv", 0.05),
    ("T in II", "t_mv", 0.1),
)
_ST_TOLERANCE = 0.1  # mV: one small square


def compare(spec: CaseSpec, measured: Measurements) -> list[Row]:
    """One row for every number of the case that can be measured."""
    rows = [
        _row(
            label,
            None if name in spec.lacks else getattr(spec, name),
            getattr(measured, name),
            tolerance,
            "planned" if spec.origin(name) in ("population", "finding") else "asked",
        )
        for label, name, tolerance in _COMPARED
    ]
    rows += [
        _row(f"ST in {lead}", level, measured.st_mv[lead], _ST_TOLERANCE, "asked")
        for lead, level in spec.st_mv
    ]
    return rows


def _row(label: str, asked: float | None, found: Value, tolerance: float, word: str) -> Row:
    if asked is None:
        return Row(label, None, found.value, found.unit, "not asked", found.reason)
    if found.value is None:
        return Row(label, asked, None, found.unit, "unsure", found.reason)
    off = abs(found.value - asked)
    if found.unit == "deg":
        off = min(off, 360 - off)
    status = "met" if off <= tolerance else "missed"
    unit = "degrees" if found.unit == "deg" else found.unit
    distance = f"{off:.2f}" if unit == "mV" else f"{off:.0f}"
    text = "" if status == "met" else f"{distance} {unit} from what was {word}"
    return Row(label, asked, found.value, found.unit, status, text)
