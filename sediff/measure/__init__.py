"""Measures an ECG from its signal alone; every value may abstain."""

import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.measure.files import read_ecg
from sediff.measure.intervals import nothing, values_of
from sediff.measure.json_form import as_json
from sediff.measure.reading import read
from sediff.measure.signals import enough, prepare, unfit
from sediff.measure.values import Measurements, Value

__all__ = ["Measurements", "Value", "as_json", "measure", "measure_eight", "read_ecg"]


def measure(ecg: Ecg) -> Measurements:
    """Measure a 12-lead ECG of 3-60 s at 100-2000 Hz, all leads together.

    Never raises on a bad signal: the values then abstain and say why.
    """
    return measure_eight(ecg.eight, ecg.fs)


def measure_eight(eight: npt.NDArray, fs: float) -> Measurements:
    """Measure (8, T) independent leads in mV (order of `sediff.leads.EIGHT`) at `fs` Hz."""
    fault = unfit(eight, fs)
    if fault:
        return nothing(fault)
    prepared = prepare(eight, fs)
    if not enough(prepared):
        return nothing("Too few leads carry a signal: " + next(iter(prepared.faults.values())))
    reading = read(prepared)
    if reading is None:
        return nothing("Fewer than three beats were found.")
    return values_of(reading, prepared.faults)
