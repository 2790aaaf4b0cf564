"""Per lead of the dominant beat: P, Q, R, S, R', S', J, ST, T and U as `LeadWaves`."""

from collections.abc import Mapping

import numpy as np

from sediff.leads import EIGHT, LEADS, derive_twelve
from sediff.measure.limits import PRE, Limits
from sediff.measure.reading import Reading
from sediff.measure.repolarisation import PParts, p_of, t_of, u_of
from sediff.measure.signals import RATE, Array
from sediff.measure.values import LeadWaves
from sediff.measure.ventricles import qrs_of

# Which of the eight each of the twelve is made of.
_SOURCES = {name: (name,) for name in EIGHT} | dict.fromkeys(LEADS[2:6], ("I", "II"))
_ST60, _ST80 = round(0.06 * RATE), round(0.08 * RATE)
_T_ROOM = round(0.04 * RATE)  # between the end of T and the next P or QRS


def twelve_of(reading: Reading) -> Array:
    """The dominant beat (12, W) in mV, each lead against its level at the QRS onset."""
    on = PRE + (reading.limits.qrs or (0, 0))[0]
    twelve = derive_twelve(reading.wide)
    return twelve - twelve[:, on - 4 : on + 1].mean(axis=1, keepdims=True)


def lead_fault(name: str, faults: Mapping[str, str]) -> str:
    """Say why one of the twelve cannot be used, '' if it can; `faults` is per lead of the eight."""
    bad = [source for source in _SOURCES[name] if source in faults]
    if not bad:
        return ""
    return f"Lead {bad[0]} cannot be used: {faults[bad[0]]}"


def lead_faults(faults: Mapping[str, str], poor: str) -> dict[str, str]:
    """Per lead of the twelve why it is not read; `poor` holds for all of them."""
    sentences = {name: poor or lead_fault(name, faults) for name in LEADS}
    return {name: sentence for name, sentence in sentences.items() if sentence}


def lead_waves(
    reading: Reading, twelve: Array, not_read: Mapping[str, str]
) -> dict[str, LeadWaves]:
    """Read every lead of (12, W) that is not in `not_read`; none without QRS limits."""
    if reading.limits.qrs is None:
        return {}
    return {
        name: _one(name, lead, reading)
        for name, lead in zip(LEADS, twelve, strict=True)
        if name not in not_read
    }


def _one(name: str, lead: Array, reading: Reading) -> LeadWaves:
    limits = reading.limits
    assert limits.qrs is not None
    on, off = PRE + limits.qrs[0], PRE + limits.qrs[1]
    after = _next_wave(limits, reading)
    t_off = min(PRE + limits.t[1], after) if limits.t else after
    p = PParts()
    if limits.p is not None:
        p = p_of(lead, PRE + limits.p[0], PRE + limits.p[1], on, reading.noise)
    found = qrs_of(lead, on, off, reading.noise)
    t = t_of(lead, off, t_off, reading.noise)
    at = {key: _at(lead, off + step) for key, step in (("j", 0), ("st60", _ST60), ("st80", _ST80))}
    return LeadWaves(
        name,
        j_mv=at["j"],
        st60_mv=at["st60"],
        st80_mv=at["st80"],
        u_mv=u_of(lead, t_off, after, reading.noise) if limits.t else 0.0,
        **vars(p),
        **vars(found),
        **vars(t),
    )


def _next_wave(limits: Limits, reading: Reading) -> int:
    """Sample of the dominant beat at which the next P or QRS may begin."""
    rr = float(np.median(np.diff(reading.at)))
    first = limits.p or limits.qrs or (0, 0)
    return min(round(PRE + rr + first[0]) - _T_ROOM // 2, reading.wide.shape[1])


def _at(lead: Array, sample: int) -> float:
    """Level in mV around a sample, over 10 ms."""
    return float(np.mean(lead[sample - 2 : sample + 3]))
