"""Turns what was seen into values, each with the right to abstain."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sediff.leads import LEADS
from sediff.measure.lead_waves import lead_faults, lead_waves, twelve_of
from sediff.measure.levels import (
    buried,
    p_axis,
    p_peak,
    qrs_axis,
    st_levels,
    t_axis,
    t_peak,
    unsure,
)
from sediff.measure.limits import MS, PRE
from sediff.measure.reading import Reading
from sediff.measure.rhythm import describe, is_irregular
from sediff.measure.signals import RATE, Array
from sediff.measure.t_limits import NO_END
from sediff.measure.values import Measurements, Value

_UNITS = {
    "heart_rate": "bpm",
    "pr_ms": "ms",
    "qrs_ms": "ms",
    "qt_ms": "ms",
    "qtc_ms": "ms",
    "axis_deg": "deg",
    "p_mv": "mV",
    "t_mv": "mV",
    "rr_sd_ms": "ms",
    "qtc_bazett_ms": "ms",
    "qtc_framingham_ms": "ms",
    "qtc_hodges_ms": "ms",
    "p_ms": "ms",
    "p_axis_deg": "deg",
    "t_axis_deg": "deg",
}
_RATES = (20.0, 300.0)
# Share of beats of one shape below which they may be noise; stricter where no QRS stands out.
_SHARE, _SHARE_UNBOUNDED = 0.4, 0.8
_QUIET = 0.15  # share of the time that must be quiet where no QRS stands out
# Above this share of the QRS the limits move by more than 15 ms (white noise added to LUDB);
# 99 of 100 records of PTB-XL lie below 0.0025.
_NOISE_SHARE = 0.009
_SMALL_MV = 0.3
_T_MV = 0.06
_QTC_MS = (280.0, 720.0)
_T_SPREAD = 30.0  # samples


def nothing(reason: str) -> Measurements:
    """Measurements of a signal in which nothing can be measured."""
    values: dict[str, Any] = {name: unsure(unit, reason) for name, unit in _UNITS.items()}
    st = {name: unsure("mV", reason) for name in LEADS}
    return Measurements(
        **values,
        st_mv=st,
        st_j_mv=st,
        rhythm="cannot be told",
        beats=(),
        lead_faults=dict.fromkeys(LEADS, reason),
    )


def values_of(reading: Reading, faults: Mapping[str, str]) -> Measurements:
    """Measurements from a reading; `faults` says per lead of the eight why it is unusable."""
    poor = _poor(reading)
    rr = np.diff(reading.at) * MS
    rate = 60000 / float(rr.mean())
    if not _RATES[0] <= rate <= _RATES[1]:
        return nothing("The rate is outside 20 to 300 bpm, which no heart holds.")
    rhythm = describe(reading.kinds, reading.rr, "merged" if poor else reading.atria)
    twelve = twelve_of(reading)
    signs = poor or _upside_down(reading, twelve)
    not_read = lead_faults(faults, signs)
    known = (reading, twelve, signs, faults)
    return Measurements(
        heart_rate=_guarded(rate, "bpm", _unsteady(reading)),
        pr_ms=_pr(reading, poor),
        qrs_ms=_qrs(reading, poor),
        axis_deg=qrs_axis(*known),
        p_mv=p_peak(*known),
        t_mv=t_peak(*known),
        st_mv=st_levels(*known, after_ms=60.0),
        rr_sd_ms=_guarded(float(rr.std()), "ms", _unsteady(reading)),
        rhythm="cannot be told" if _unsteady(reading) else rhythm,
        beats=reading.beats,
        p_ms=_p_duration(reading, poor),
        p_axis_deg=p_axis(*known),
        t_axis_deg=t_axis(*known),
        st_j_mv=st_levels(*known, after_ms=0.0),
        leads=lead_waves(reading, twelve, not_read),
        lead_faults=not_read,
        **_qt_values(reading, poor),
    )


def _guarded(value: float, unit: str, reason: str) -> Value:
    return unsure(unit, reason) if reason else Value(value, unit)


def _poor(reading: Reading) -> str:
    if unsteady := _unsteady(reading):
        return unsteady
    if reading.limits.qrs is None:
        return "The leads do not show one QRS of a width that a heart can make."
    on, off = reading.limits.qrs
    height = float(np.ptp(reading.median[:, PRE + on : PRE + off + 1], axis=1).max())
    if height < _SMALL_MV:
        return f"The QRS is smaller than {_SMALL_MV} mV in every lead."
    if reading.noise > _NOISE_SHARE * height:
        return "The noise is too high to see the limits of the waves."
    return ""


def _unsteady(reading: Reading) -> str:
    bounded = reading.limits.qrs is not None
    if reading.share < (_SHARE if bounded else _SHARE_UNBOUNDED):
        return "The beats have too little in common to be counted."
    if not bounded and reading.quiet < _QUIET:
        return "No beats stand out of what lies between them."
    return ""


def _qrs(reading: Reading, poor: str) -> Value:
    on, off = reading.limits.qrs or (0, 0)
    doubt = poor or (buried(reading) if is_irregular(reading.rr) else "")
    return _guarded((off - on) * MS, "ms", doubt)


def _pr(reading: Reading, poor: str) -> Value:
    if poor:
        return unsure("ms", poor)
    limits = reading.limits
    if reading.atria == "none":
        return Value(None, "ms", "absent", "There is no P wave before the QRS.")
    if reading.atria == "loose":
        return unsure("ms", "The waves before the QRS are not one P wave a beat.")
    if limits.p is None or limits.qrs is None:
        return unsure("ms", "No P wave stands out of the T wave before it.")
    return Value((limits.qrs[0] - limits.p[0]) * MS, "ms")


def _p_duration(reading: Reading, poor: str) -> Value:
    pr = _pr(reading, poor)
    if pr.value is None or reading.limits.p is None:
        return pr
    return Value((reading.limits.p[1] - reading.limits.p[0]) * MS, "ms")


def _t_doubt(reading: Reading) -> str:
    limits = reading.limits
    if limits.t is None or limits.qrs is None:
        return "No end of the T wave can be seen."
    wave = reading.median[:, PRE + limits.t[0] : PRE + limits.t[1] + 1]
    if np.ptp(wave, axis=1).max() < max(_T_MV, 4 * reading.noise):
        return "The T wave is too flat."
    if limits.t_spread >= NO_END:
        return "No end of the T wave can be seen."
    if limits.t_spread > _T_SPREAD:
        return "The T wave ends too gradually to say where."
    next_p = float(np.median(np.diff(reading.at))) + (limits.p[0] if limits.p else limits.qrs[0])
    if limits.t[1] > next_p:
        return "The T wave runs into the next P wave."
    return ""


def _qt_values(reading: Reading, poor: str) -> dict[str, Any]:
    """QT and its corrections by name, or why there are none."""
    doubt = poor or _t_doubt(reading)
    names = ("qt_ms", "qtc_ms", *(f"qtc_{key}_ms" for key in ("bazett", "framingham", "hodges")))
    if doubt or reading.limits.t is None or reading.limits.qrs is None:
        return dict.fromkeys(names, unsure("ms", doubt))
    qt = (reading.limits.t[1] - reading.limits.qrs[0]) * MS
    numbers = (qt, *corrected(qt, float(np.diff(reading.at).mean()) / RATE))
    if not _QTC_MS[0] <= numbers[1] <= _QTC_MS[1]:
        far = unsure("ms", "The end found for the T wave is too far from any usual QT.")
        return dict.fromkeys(names, far)
    return {name: Value(number, "ms") for name, number in zip(names, numbers, strict=True)}


def corrected(qt: float, rr: float) -> tuple[float, float, float, float]:
    """QTc in ms by Fridericia, Bazett, Framingham and Hodges from QT in ms and RR in s.

    Fridericia 1920: QT / RR^(1/3). Bazett 1920: QT / RR^(1/2). Framingham (Sagie et al., Am J
    Cardiol 1992;70:797-801): QT + 154 (1 - RR). Hodges et al., JACC 1983;1:694: QT + 1.75
    (rate - 60).
    """
    return qt / rr ** (1 / 3), qt / rr**0.5, qt + 154 * (1 - rr), qt + 1.75 * (60 / rr - 60)


def _upside_down(reading: Reading, twelve: Array) -> str:
    """P and QRS negative in I, II, V5 and V6 at once: no heart does that, swapped signs do."""
    if reading.limits.p is None or reading.limits.qrs is None:
        return ""
    rows = [LEADS.index(name) for name in ("I", "II", "V5", "V6")]
    for on, off in (reading.limits.p, reading.limits.qrs):
        if (twelve[rows, PRE + on : PRE + off + 1].sum(axis=1) >= 0).any():
            return ""
    return "P and QRS are upside down in I, II, V5 and V6, so the polarity may be wrong."
