"""Axes and levels of the dominant beat, each with the right to abstain."""

from collections.abc import Mapping

import numpy as np

from sediff.leads import LEADS
from sediff.measure.lead_waves import lead_fault
from sediff.measure.limits import PRE, level
from sediff.measure.reading import Reading
from sediff.measure.rhythm import is_irregular
from sediff.measure.signals import RATE, Array
from sediff.measure.values import Value

_BURIED_S = 0.38
_CANCELS = 0.1  # an axis needs this share of the areas to be left
_SMALL_MV = 0.04  # P or T below this in I and aVF has no axis
_I, _II, _AVF = (LEADS.index(name) for name in ("I", "II", "aVF"))
_NO_P = "There is no P wave before the QRS."
_P_UNTOLD = "No P wave can be told from the rest."
_NO_T = "No end of the T wave can be seen."


def unsure(unit: str, reason: str) -> Value:
    """A value that abstains because the signal does not allow it."""
    return Value(None, unit, "unsure", reason)


def buried(reading: Reading) -> str:
    """Fast beats begin within the T wave before them: the level at their onset means nothing."""
    early = float(np.percentile(reading.rr, 25)) if len(reading.rr) else RATE
    fast = early < _BURIED_S * RATE
    return "At this rate the QRS begins within the T wave before it." if fast else ""


def qrs_axis(reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str]) -> Value:
    """Axis of the net QRS area of I and aVF in degrees, 0 to the left and 90 downwards."""
    doubt = doubt or lead_fault("aVF", faults)
    if is_irregular(reading.rr):
        doubt = doubt or buried(reading)
    if doubt or reading.limits.qrs is None:
        return unsure("deg", doubt)
    on, off = reading.limits.qrs
    return _axis(twelve[[_I, _AVF], PRE + on : PRE + off + 1], "QRS")


def p_axis(reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str]) -> Value:
    """Axis of the net P area against the line between its ends."""
    doubt = doubt or lead_fault("aVF", faults)
    if reading.atria == "none" and not doubt:
        return Value(None, "deg", "absent", _NO_P)
    if doubt or reading.limits.p is None:
        return unsure("deg", doubt or _P_UNTOLD)
    on, off = reading.limits.p
    return _axis(level(twelve[[_I, _AVF], PRE + on : PRE + off + 1]), "P", _SMALL_MV)


def t_axis(reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str]) -> Value:
    """Axis of the net area between T onset and T offset against the level at the QRS onset."""
    doubt = doubt or lead_fault("aVF", faults)
    if doubt or reading.limits.t is None:
        return unsure("deg", doubt or _NO_T)
    on, off = reading.limits.t
    return _axis(twelve[[_I, _AVF], PRE + on : PRE + off + 1], "T", _SMALL_MV)


def _axis(pair: Array, wave: str, small_mv: float = 0.0) -> Value:
    """Axis of the areas of (2, w) I and aVF; aVF is 2/sqrt(3) smaller than a limb lead."""
    x, y = pair.sum(axis=1) * (1, 2 / np.sqrt(3))
    if np.abs(pair).max() < small_mv:
        return unsure("deg", f"The {wave} is too flat in the limb leads to have an axis.")
    if np.hypot(x, y) < _CANCELS * float(np.hypot(*np.abs(pair).sum(axis=1))):
        return unsure("deg", f"The {wave} areas cancel in the frontal plane, so it has no axis.")
    return Value(float(np.degrees(np.arctan2(y, x))), "deg")


def p_peak(reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str]) -> Value:
    """Signed peak of P in lead II against the line between its ends, mV."""
    doubt = doubt or lead_fault("II", faults)
    if reading.atria == "none" and not doubt:
        return Value(None, "mV", "absent", _NO_P)
    if doubt or reading.limits.p is None:
        return unsure("mV", doubt or _P_UNTOLD)
    on, off = reading.limits.p
    wave = twelve[_II, PRE + on : PRE + off + 1]
    wave = wave - np.linspace(wave[0], wave[-1], len(wave))
    return Value(float(wave[np.argmax(np.abs(wave))]), "mV")


def t_peak(reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str]) -> Value:
    """Signed peak of T in lead II against the level at the QRS onset, mV."""
    doubt = doubt or lead_fault("II", faults)
    if doubt or reading.limits.t is None:
        return unsure("mV", doubt or _NO_T)
    wave = twelve[_II, PRE + reading.limits.t[0] : PRE + reading.limits.t[1] + 1]
    return Value(float(wave[np.argmax(np.abs(wave))]), "mV")


def st_levels(
    reading: Reading, twelve: Array, doubt: str, faults: Mapping[str, str], after_ms: float
) -> dict[str, Value]:
    """Per lead the level `after_ms` after the J point against the QRS onset, mV."""
    doubt = doubt or buried(reading)
    if reading.limits.qrs is None:
        return {name: unsure("mV", doubt) for name in LEADS}
    point = PRE + reading.limits.qrs[1] + round(after_ms * RATE / 1000)
    levels = twelve[:, point - 2 : point + 3].mean(axis=1)
    doubts = {name: doubt or lead_fault(name, faults) for name in LEADS}
    return {
        name: unsure("mV", doubts[name]) if doubts[name] else Value(float(mv), "mV")
        for name, mv in zip(LEADS, levels, strict=True)
    }
