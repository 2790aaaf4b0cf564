"""Asking for a little more or less than wanted, so that the measured number is the wanted one.

A drawn heart misses its plan by a few milliseconds; a number that the user set is corrected by
what was measured (a secant step). Numbers that nobody asked for stay as the model drew them.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sediff.measure.values import Measurements
from sediff.spec import LIMITS, ST_LIMIT_MV, CaseSpec, Request

# name -> (error that nobody sees, error beyond which the ruler rather than the heart is off)
_ERRORS = {
    "heart_rate": (0.5, 10.0), "pr_ms": (4.0, 60.0), "qrs_ms": (3.0, 40.0), "qt_ms": (6.0, 80.0),
    "axis_deg": (4.0, 60.0), "p_mv": (0.015, 0.15), "t_mv": (0.03, 0.4),
}  # fmt: skip
_ST_ERRORS = (0.02, 0.25)
_RESPONSES = (0.6, 2.5)  # a secant outside would throw the next try far off


@dataclass(frozen=True)
class Shot:
    """What was aimed at, and what it measured."""

    aim: Request | CaseSpec
    measured: Measurements


def aimed(request: Request, first: Shot, last: Shot) -> Request | None:
    """The request whose ECG should measure as `request` asks; None where the last one does.

    Args:
        first: the heart as drawn. last: the latest try; how far the measured numbers moved from
            the one to the other says how far the next one must.
    """
    aims: dict[str, Any] = {}
    for name, (least, most) in _ERRORS.items():
        value = getattr(last.measured, name).value
        error = _error(name, getattr(request, name), value)
        if least < abs(error) <= most:
            low, high, _ = LIMITS[name]
            wanted = getattr(last.aim, name) + error / _response(name, first, last)
            aims[name] = (
                _turned(wanted) if name == "axis_deg" else float(np.clip(wanted, low, high))
            )
    before = dict(last.aim.st_mv)
    levels = []
    for lead, level in request.st_mv:
        error = _error("st_mv", level, last.measured.st_mv[lead].value)
        off = _ST_ERRORS[0] < abs(error) <= _ST_ERRORS[1]
        wanted = before.get(lead, level) + off * error
        levels.append((lead, float(np.clip(wanted, -ST_LIMIT_MV, ST_LIMIT_MV))))
    if levels and tuple(levels) != last.aim.st_mv:
        aims["st_mv"] = tuple(levels)
    known = {
        name: getattr(last.aim, name) for name in _ERRORS if getattr(request, name) is not None
    }
    return replace(request, **{**known, "st_mv": tuple(levels), **aims}) if aims else None


def _response(name: str, first: Shot, last: Shot) -> float:
    """Measured change for each unit of aimed change; 1 where too little has moved to tell."""
    start, end = getattr(first.aim, name), getattr(last.aim, name)
    then, now = getattr(first.measured, name).value, getattr(last.measured, name).value
    if None in (start, end, then, now) or abs(_error(name, end, start)) < 2 * _ERRORS[name][0]:
        return 1.0
    return float(np.clip(_error(name, now, then) / _error(name, end, start), *_RESPONSES))


def missed(request: Request, measured: Measurements) -> float:
    """How far all that was set is missed, each error in units of what nobody sees."""
    total = 0.0
    for name, (least, most) in _ERRORS.items():
        value = getattr(measured, name).value
        if getattr(request, name) is not None:
            error = most if value is None else abs(_error(name, getattr(request, name), value))
            total += min(error, most) / least
    for lead, level in request.st_mv:
        value = measured.st_mv[lead].value
        total += (_ST_ERRORS[1] if value is None else abs(level - value)) / _ST_ERRORS[0]
    return total


def _error(name: str, asked: float | None, value: float | None) -> float:
    if asked is None or value is None:
        return 0.0
    return _turned(asked - value) if name == "axis_deg" else asked - value


def _turned(degrees: float) -> float:
    """An angle between -180 and 180 degrees."""
    return (degrees + 180) % 360 - 180
