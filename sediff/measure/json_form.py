"""Measurements as plain dictionaries for files and the command line."""

from dataclasses import asdict
from typing import Any

from sediff.measure.values import Measurements, Value
from sediff.simulator.simulation import Beat

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
    "qtc_bazett": "qtc_bazett_ms",
    "qtc_framingham": "qtc_framingham_ms",
    "qtc_hodges": "qtc_hodges_ms",
    "p_duration": "p_ms",
    "p_axis": "p_axis_deg",
    "t_axis": "t_axis_deg",
}
_DIGITS = {"bpm": 1, "ms": 0, "deg": 0, "mV": 3}


def as_json(measurements: Measurements) -> dict[str, Any]:
    """Return {heart_rate, pr, ..., st: {lead: ...}, rhythm}: value, unit, status, reason each.

    `leads` holds the waves of every lead that can be used (see `LeadWaves`), `lead_faults` why
    the others cannot, `rhythm_class` and `quality` what was seen of the rhythm and of what
    disturbs the recording. Numbers are rounded to what they are worth: 0.1 bpm, 1 ms, 1 deg,
    1 uV.
    """
    out: dict[str, Any] = {key: _plain(getattr(measurements, name)) for key, name in _KEYS.items()}
    out["st"] = {lead: _plain(value) for lead, value in measurements.st_mv.items()}
    out["st_j"] = {lead: _plain(value) for lead, value in measurements.st_j_mv.items()}
    out["rhythm"] = measurements.rhythm
    seen = measurements.rhythm_seen
    out["rhythm_class"] = {"value": None if seen.name == "unsure" else seen.name}
    out["rhythm_class"] |= {"reason": seen.reason, "atria": seen.atria, "regular": seen.regular}
    out["quality"] = {key: _short(value) for key, value in asdict(measurements.quality).items()}
    out["leads"] = {
        lead: {key: _short(value) for key, value in asdict(waves).items() if key != "lead"}
        for lead, waves in measurements.leads.items()
    }
    out["lead_faults"] = dict(measurements.lead_faults)
    return out


def beats_json(measurements: Measurements) -> list[dict[str, Any]]:
    """Return every beat as {kind, r_ms, p_on_ms, ..., t_off_ms}.

    Whole ms from the first sample of the record; null where there is no such wave, and for the
    end of a T wave that cannot be told. Limits of a beat that the record cuts off can lie
    outside of it.
    """
    t_known = measurements.qt_ms.status == "ok"
    return [_beat(beat, t_known or beat.kind == "V") for beat in measurements.beats]


def _beat(beat: Beat, t_known: bool) -> dict[str, Any]:
    p_on, p_off = beat.p or (None, None)
    t_off = beat.t[1] if beat.t and t_known else None
    times = {"r": beat.r_s, "p_on": p_on, "p_off": p_off}
    times |= {"qrs_on": beat.qrs[0], "qrs_off": beat.qrs[1], "t_off": t_off}
    ms = {f"{key}_ms": None if s is None else round(1000 * s) for key, s in times.items()}
    return {"kind": beat.kind, **ms}


def _short(value: Any) -> Any:
    """Round what is a number in mV or ms and make the rest plain."""
    if isinstance(value, float):
        return round(value, 3)
    return list(value) if isinstance(value, tuple) else value


def _plain(value: Value) -> dict[str, Any]:
    digits = _DIGITS.get(value.unit, 3)
    number = None if value.value is None else round(float(value.value), digits)
    return {"value": number, "unit": value.unit, "status": value.status, "reason": value.reason}
