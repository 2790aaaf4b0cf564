"""Fitted beats of the usual adult, and the readings that a textbook criterion needs."""

from dataclasses import replace

import numpy as np

from sediff.ecg import Ecg
from sediff.leads import LEADS
from sediff.simulator import simulate
from sediff.simulator.fit import DOWER12, Ask, Fitted, fit
from sediff.spec import CaseSpec

ADULT = CaseSpec(
    report="", age=55, sex="male", heart_rate=70, qrs_ms=92, qt_ms=390, axis_deg=40, pr_ms=160
)
# What usually goes with a shape; the rest as in `ADULT`.
TYPICAL = {
    "lbbb": {"qrs_ms": 150, "axis_deg": -10, "qt_ms": 430},
    "rbbb": {"qrs_ms": 140, "qt_ms": 420},
    "irbbb": {"qrs_ms": 108},
    "lafb": {"axis_deg": -55, "qrs_ms": 104},
    "lpfb": {"axis_deg": 110, "qrs_ms": 104},
    "rvh": {"axis_deg": 110},
    "wpw_left": {"pr_ms": 100, "qrs_ms": 138, "axis_deg": 75},
    "wpw_right": {"pr_ms": 100, "qrs_ms": 138, "axis_deg": -20},
    "paced": {"qrs_ms": 160, "axis_deg": -70, "qt_ms": 440},
    "inferior_mi": {"axis_deg": 10},
    "lvh": {"axis_deg": 15},
    "lvh_strain": {"axis_deg": 10},
}


def beat_of(*shapes: str, **numbers) -> Fitted:
    """The fitted beat of the usual adult with these shapes."""
    typical = {k: v for shape in shapes for k, v in TYPICAL.get(shape, {}).items()}
    spec = replace(ADULT, **{**typical, **numbers})
    return fit(
        Ask(
            spec.age, spec.sex, shapes, spec.qrs_ms, spec.qt_ms, spec.axis_deg, spec.pr_ms,
            spec.p_mv, spec.t_mv, spec.st_mv, spec.waves,
        )
    )  # fmt: skip


class Leads:
    """Twelve leads of one fitted beat at 1 kHz, with the readings a criterion needs."""

    def __init__(self, fitted: Fitted):
        self.beat = fitted
        self.t = np.arange(-400.0, 700.0)
        self.signal = DOWER12 @ fitted.all_waves().at(self.t)

    def part(self, lead: str, at: tuple[float, float]) -> np.ndarray:
        inside = (self.t >= at[0]) & (self.t <= at[1])
        return self.signal[LEADS.index(lead), inside]

    def qrs(self, lead: str) -> np.ndarray:
        return self.part(lead, self.beat.qrs_at)

    def r(self, lead: str) -> float:
        return float(self.qrs(lead).max())

    def s(self, lead: str) -> float:
        return float(-self.qrs(lead).min())

    def q(self, lead: str) -> tuple[float, float]:
        """Depth (mV) and duration (ms) of the first downward deflection, 0 if R comes first."""
        wave = self.qrs(lead)
        out = np.flatnonzero(np.abs(wave) > 0.04)
        if len(out) == 0 or wave[out[0]] > 0:
            return 0.0, 0.0
        up = np.flatnonzero(wave[out[0] :] > 0)
        end = out[0] + (up[0] if len(up) else len(wave) - out[0])
        return float(-wave[:end].min()), float(end - out[0])

    def wave_t(self, lead: str) -> float:
        wave = self.part(lead, (self.beat.t_at[0] + 25, self.beat.t_at[1]))
        return float(wave[np.abs(wave).argmax()])

    def wave_p(self, lead: str) -> float:
        assert self.beat.p_at is not None
        wave = self.part(lead, self.beat.p_at)
        return float(wave[np.abs(wave).argmax()])

    def st(self, lead: str) -> float:
        j = self.beat.qrs_at[1] + 60
        return float(self.part(lead, (j, j + 0.999))[0])


def leads_of(*shapes: str, **numbers) -> Leads:
    return Leads(beat_of(*shapes, **numbers))


def inside(simulation) -> np.ndarray:
    r = np.array([beat.r_s for beat in simulation.beats])
    return r[(r >= 0) & (r < simulation.eight.shape[1] / simulation.fs)]


def drawn(spec: CaseSpec, scale: float = 1.0) -> Ecg:
    """A simulated ECG, larger or smaller than the heart would make it."""
    return Ecg.from_eight(scale * simulate(spec).eight)
