"""Measurements as plain dictionaries for files and the command line."""

from typing import Any

from sediff.measure.values import Measurements, Value

_KEYS = {
    "heart_rate": "heart_rate",
    "pr": "pr_ms",
    "qrs": "qrs_ms",
    "qt": "qt_ms",
    "qtc": "qtc_ms",
    "axis": "axis_deg",
    "p": "p_mv",
    "t": "t_mv",
    "rr_sd": "rr_sd_ms",
}
_DIGITS = {"bpm": 1, "ms": 0, "deg": 0, "mV": 3}


def as_json(measurements: Measurements) -> dict[str, Any]:
    """Return {heart_rate, pr, ..., st: {lead: ...}, rhythm}: value, unit, status, reason each.

    Numbers are rounded to what they are worth: 0.1 bpm, 1 ms, 1 deg, 1 uV.
    """
    out: dict[str, Any] = {key: _plain(getattr(measurements, name)) for key, name in _KEYS.items()}
    out["st"] = {lead: _plain(value) for lead, value in measurements.st_mv.items()}
    out["rhythm"] = measurements.rhythm
    return out


def _plain(value: Value) -> dict[str, Any]:
    digits = _DIGITS.get(value.unit, 3)
    number = None if value.value is None else round(float(value.value), digits)
    return {"value": number, "unit": value.unit, "status": value.status, "reason": value.reason}
