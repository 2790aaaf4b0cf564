"""Turns what was seen into values, each with the right to abstain."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sediff.leads import EIGHT, LEADS, derive_twelve
from sediff.measure.limits import MS, NO_END, PRE
from sediff.measure.reading import Reading
from sediff.measure.rhythm import describe, is_irregular
from sediff.measure.signals import RATE, Array
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
}
# Which of the eight each of the twelve is made of.
_SOURCES = {name: (name,) for name in EIGHT} | dict.fromkeys(LEADS[2:6], ("I", "II"))
_RATES = (20.0, 300.0)
# Share of beats of one shape below which they may be noise; stricter where no QRS stands out.
_SHARE, _SHARE_UNBOUNDED = 0.4, 0.8
_QUIET = 0.4  # share of the time that must be quiet where no QRS stands out
# Above this share of the QRS the limits move by more than 15 ms (white noise added to LUDB);
# 99 of 100 records of PTB-XL lie below 0.0025.
_NOISE_SHARE = 0.009
_SMALL_MV = 0.3
_BURIED_S = 0.38
_T_MV = 0.06
_QTC_MS = (280.0, 720.0)
_T_SPREAD = 30.0  # samples


def unsure(unit: str, reason: str) -> Value:
    """A value that abstains because the signal does not allow it."""
    return Value(None, unit, "unsure", reason)


def nothing(reason: str) -> Measurements:
    """Measurements of a signal in which nothing can be measured."""
    values: dict[str, Any] = {name: unsure(unit, reason) for name, unit in _UNITS.items()}
    st = {name: unsure("mV", reason) for name in LEADS}
    return Measurements(**values, st_mv=st, rhythm="cannot be told", beats=())


def values_of(reading: Reading, faults: Mapping[str, str]) -> Measurements:
    """Measurements from a reading; `faults` says per lead of the eight why it is unusable."""
    poor = _poor(reading)
    rr = np.diff(reading.at) * MS
    rate = 60000 / float(rr.mean())
    if not _RATES[0] <= rate <= _RATES[1]:
        return nothing("The rate is outside 20 to 300 bpm, which no heart holds.")
    rhythm = describe(reading.kinds, reading.rr, "merged" if poor else reading.atria)
    qt, qtc = _qt_pair(reading, poor)
    signs = poor or _upside_down(reading)
    return Measurements(
        heart_rate=_guarded(rate, "bpm", _unsteady(reading)),
        pr_ms=_pr(reading, poor),
        qrs_ms=_qrs(reading, poor),
        qt_ms=qt,
        qtc_ms=qtc,
        axis_deg=_axis(reading, signs, faults),
        p_mv=_p_peak(reading, signs, faults),
        t_mv=_t_peak(reading, signs, faults),
        st_mv={name: _st(reading, name, signs, faults) for name in LEADS},
        rr_sd_ms=_guarded(float(rr.std()), "ms", _unsteady(reading)),
        rhythm="cannot be told" if _unsteady(reading) else rhythm,
        beats=reading.beats,
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


def _buried(reading: Reading) -> str:
    """Fast beats begin within the T wave before them: the level at their onset means nothing."""
    early = float(np.percentile(reading.rr, 25)) if len(reading.rr) else RATE
    fast = early < _BURIED_S * RATE
    return "At this rate the QRS begins within the T wave before it." if fast else ""


def _qrs(reading: Reading, poor: str) -> Value:
    on, off = reading.limits.qrs or (0, 0)
    doubt = poor or (_buried(reading) if is_irregular(reading.rr) else "")
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


def _qt_pair(reading: Reading, poor: str) -> tuple[Value, Value]:
    """QT and its correction, Fridericia 1920: QT / RR^(1/3), RR in seconds."""
    doubt = poor or _t_doubt(reading)
    if doubt or reading.limits.t is None or reading.limits.qrs is None:
        return unsure("ms", doubt), unsure("ms", doubt)
    qt = (reading.limits.t[1] - reading.limits.qrs[0]) * MS
    qtc = qt / (float(np.diff(reading.at).mean()) * MS / 1000) ** (1 / 3)
    if not _QTC_MS[0] <= qtc <= _QTC_MS[1]:
        far = unsure("ms", "The end found for the T wave is too far from any usual QT.")
        return far, far
    return Value(qt, "ms"), Value(qtc, "ms")


def _upside_down(reading: Reading) -> str:
    """P and QRS negative in I, II, V5 and V6 at once: no heart does that, swapped signs do."""
    if reading.limits.p is None or reading.limits.qrs is None:
        return ""
    for on, off in (reading.limits.p, reading.limits.qrs):
        span = slice(PRE + on, PRE + off + 1)
        if any(_lead(reading, name)[span].sum() >= 0 for name in ("I", "II", "V5", "V6")):
            return ""
    return "P and QRS are upside down in I, II, V5 and V6, so the polarity may be wrong."


def _lead_fault(name: str, faults: Mapping[str, str]) -> str:
    bad = [source for source in _SOURCES[name] if source in faults]
    return f"Lead {bad[0]} cannot be used: {faults[bad[0]]}" if bad else ""


def _lead(reading: Reading, name: str) -> Array:
    """One lead (W,) of the median beat in mV against its level at the QRS onset."""
    wave = derive_twelve(reading.median)[LEADS.index(name)]
    on = PRE + (reading.limits.qrs or (0, 0))[0]
    return wave - wave[on - 4 : on + 1].mean()


def _axis(reading: Reading, poor: str, faults: Mapping[str, str]) -> Value:
    """Net QRS area of I and aVF; aVF is 2/sqrt(3) smaller than a limb lead (Goldberger)."""
    doubt = poor or _lead_fault("aVF", faults)
    if is_irregular(reading.rr):
        doubt = doubt or _buried(reading)
    if doubt or reading.limits.qrs is None:
        return unsure("deg", doubt)
    span = slice(PRE + reading.limits.qrs[0], PRE + reading.limits.qrs[1] + 1)
    one, foot = (_lead(reading, name)[span] for name in ("I", "aVF"))
    x, y = float(one.sum()), float(foot.sum()) * 2 / np.sqrt(3)
    if np.hypot(x, y) < 0.1 * float(np.hypot(np.abs(one).sum(), np.abs(foot).sum())):
        return unsure("deg", "The QRS areas cancel in the frontal plane, so it has no axis.")
    return Value(float(np.degrees(np.arctan2(y, x))), "deg")


def _p_peak(reading: Reading, poor: str, faults: Mapping[str, str]) -> Value:
    doubt = poor or _lead_fault("II", faults)
    if reading.atria == "none" and not doubt:
        return Value(None, "mV", "absent", "There is no P wave before the QRS.")
    if doubt or reading.limits.p is None:
        return unsure("mV", doubt or "No P wave can be told from the rest.")
    on, off = reading.limits.p
    wave = _lead(reading, "II")[PRE + on : PRE + off + 1]
    wave = wave - np.linspace(wave[0], wave[-1], len(wave))
    return Value(float(wave[np.argmax(np.abs(wave))]), "mV")


def _t_peak(reading: Reading, poor: str, faults: Mapping[str, str]) -> Value:
    doubt = poor or _lead_fault("II", faults)
    if doubt or reading.limits.t is None:
        return unsure("mV", doubt or "No end of the T wave can be seen.")
    wave = _lead(reading, "II")[PRE + reading.limits.t[0] : PRE + reading.limits.t[1] + 1]
    return Value(float(wave[np.argmax(np.abs(wave))]), "mV")


def _st(reading: Reading, name: str, poor: str, faults: Mapping[str, str]) -> Value:
    doubt = poor or _lead_fault(name, faults) or _buried(reading)
    if doubt or reading.limits.qrs is None:
        return unsure("mV", doubt)
    point = PRE + reading.limits.qrs[1] + round(0.06 * RATE)
    return Value(float(_lead(reading, name)[point - 2 : point + 3].mean()), "mV")
