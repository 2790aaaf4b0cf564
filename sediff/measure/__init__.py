"""Measures an ECG from its signal alone; every value may abstain."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.leads import EIGHT
from sediff.measure.course import rhythm_of
from sediff.measure.disorder import disorder_of, power_95_hz
from sediff.measure.disordered import disordered
from sediff.measure.files import read_ecg
from sediff.measure.intervals import nothing, values_of
from sediff.measure.json_form import as_json
from sediff.measure.odd_leads import odd_leads
from sediff.measure.quality import quality_of
from sediff.measure.reading import read
from sediff.measure.signals import enough, prepare, unfit, without_leads
from sediff.measure.spikes import MIN_FS, can_be_told, find_pulses, without_pulses
from sediff.measure.values import Measurements, Value

__all__ = ["Measurements", "Value", "as_json", "measure", "measure_eight", "read_ecg"]

_JUMPS = "The lead jumps again and again: its electrode is loose."
_NO_PULSES = f"Pacing pulses cannot be seen below {MIN_FS:.0f} samples a second."


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
    eight = np.asarray(eight, dtype=np.float64)
    found = _measured(eight, fs)
    quality = quality_of(eight, fs, [beat.r_s for beat in found.beats])
    if broken := set(quality.broken) & set(EIGHT) - set(found.lead_faults):
        found = _measured(eight, fs, dict.fromkeys(sorted(broken), _JUMPS))
    rhythm = found.rhythm_seen
    if not can_be_told(fs):
        rhythm = replace(rhythm, spikes_doubt=_NO_PULSES)
    return replace(found, rhythm_seen=rhythm, quality=quality)


def _measured(
    eight: npt.NDArray, fs: float, faults: Mapping[str, str] = MappingProxyType({})
) -> Measurements:
    """Measure what is there; `faults` says per lead of the eight why it is not to be read."""
    pulses = find_pulses(eight, fs)
    prepared = prepare(without_pulses(eight, fs, pulses), fs)
    prepared = without_leads(prepared, faults)
    prepared = without_leads(prepared, odd_leads(prepared))
    if not enough(prepared):
        return nothing("Too few leads carry a signal: " + next(iter(prepared.faults.values())))
    reading = read(prepared)
    disorder = disorder_of(prepared, reading)
    if disorder is not None:
        return disordered(disorder, prepared, reading, pulses)
    if reading is None:
        return nothing("Fewer than three beats were found.")
    rhythm, reading = rhythm_of(prepared, reading, pulses)
    rhythm = replace(rhythm, power_95_hz=power_95_hz(prepared))
    return replace(values_of(reading, prepared.faults), rhythm_seen=rhythm)
