"""A ruler for a single noise-free beat: what criteria are given where no measuring may err.

It reads the waves of a fitted beat at its true limits, so a test that fails condemns the drawing
or the criterion and not the detector.
"""

from itertools import pairwise

import numpy as np

from sediff.criteria import Subject
from sediff.leads import LEADS
from sediff.measure.values import LeadWaves, Measurements, Rhythm, Value
from sediff.plan import plan
from sediff.simulator.engine import _ask
from sediff.simulator.fit import DOWER12, Fitted, fit
from sediff.simulator.shapes import shapes_of
from sediff.spec import CaseSpec, Request

_FLOOR_MV = 0.03  # smaller deflections of the QRS are no waves


def subject_of(report: str, seed: int = 0, **asked) -> Subject:
    """The case that a report becomes, its beat measured at its true limits."""
    spec = plan(Request(report=report, seed=seed, **asked))
    return Subject(measure_beat(fit(_ask(spec, shapes_of(spec), given=False)[0]), spec),
                   spec.age, spec.sex)  # fmt: skip


def measure_beat(beat: Fitted, spec: CaseSpec) -> Measurements:
    """Every number of a fitted beat that criteria of one beat ask for."""
    t = np.arange(-400.0, 800.0)
    signal = DOWER12 @ beat.all_waves().at(t)
    waves = {lead: _lead(lead, t, signal[i], beat) for i, lead in enumerate(LEADS)}

    def known(value: float, unit: str) -> Value:
        return Value(float(value), unit)

    qt = beat.t_at[1] - beat.qrs_at[0]
    rr = 60 / spec.heart_rate
    return Measurements(
        known(spec.heart_rate, "bpm"), known(spec.pr_ms or 0, "ms"),
        known(beat.qrs_at[1] - beat.qrs_at[0], "ms"), known(qt, "ms"),
        known(qt / rr ** (1 / 3), "ms"), known(spec.axis_deg, "deg"),
        known(waves["II"].p_mv, "mV"), known(waves["II"].t_mv, "mV"),
        {lead: known(w.st60_mv, "mV") for lead, w in waves.items()}, known(20, "ms"), "", (),
        st_j_mv={lead: known(w.j_mv, "mV") for lead, w in waves.items()}, leads=waves,
        rhythm_seen=Rhythm("sinus", regular=True, atria="p"),
    )  # fmt: skip


def _lead(name: str, t: np.ndarray, v: np.ndarray, beat: Fitted) -> LeadWaves:
    on, off = beat.qrs_at
    v = v - np.interp(on, t, v)
    q, r, s, r2, s2 = _qrs_waves(t[(t >= on) & (t <= off)], v[(t >= on) & (t <= off)])
    after = (t >= off + 60) & (t <= beat.t_at[1] + 10)
    tt, tv = t[after], v[after]
    high, low = max(float(tv.max()), 0.0), min(float(tv.min()), 0.0)
    top = tv[np.abs(tv).argmax()]
    peak = int(np.abs(tv).argmax())
    half = np.flatnonzero(np.abs(tv - 0) >= abs(top) / 2)
    left, right = tt[half[0]], tt[half[-1]]
    both = high > 0.05 and low < -0.05
    return LeadWaves(
        name, q_mv=q[0], q_ms=q[1], r_mv=r[0], r_ms=r[1], s_mv=s[0], s_ms=s[1], r2_mv=r2[0],
        r2_ms=r2[1], s2_mv=s2[0],
        net_mv=float(v[(t >= on) & (t <= off)].max() + v[(t >= on) & (t <= off)].min()),
        j_mv=float(np.interp(off, t, v)), st60_mv=float(np.interp(off + 60, t, v)),
        st80_mv=float(np.interp(off + 80, t, v)), t_mv=float(top), t_pos_mv=high, t_neg_mv=low,
        t_first=(1 if tv.argmax() < tv.argmin() else -1) if both else 0,
        t_width_ms=float(right - left), t_peak_ms=float(tt[peak] - off),
        t_symmetry=float((right - tt[peak]) / max(tt[peak] - left, 1.0)),
    )  # fmt: skip


def _qrs_waves(t: np.ndarray, v: np.ndarray) -> list[tuple[float, float]]:
    """(mV, ms) of Q, R, S, R', S': stretches of one sign that rise above the floor."""
    parts: list[tuple[float, float]] = []
    edges = [0, *(np.flatnonzero(np.diff(np.sign(v)) != 0) + 1), len(v)]
    for a, b in pairwise(edges):
        piece = v[a:b]
        size = float(piece[np.abs(piece).argmax()]) if len(piece) else 0.0
        if abs(size) < _FLOOR_MV:
            continue
        width = float((np.abs(piece) > 0.1 * abs(size)).sum())
        if parts and np.sign(parts[-1][0]) == np.sign(size):
            parts[-1] = (max(parts[-1][0], size, key=abs), parts[-1][1] + width)
        else:
            parts.append((size, width))
    if parts and parts[0][0] > 0:
        parts.insert(0, (0.0, 0.0))
    none = (0.0, 0.0)
    return (parts + [none] * 5)[:5]
