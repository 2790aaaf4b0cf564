"""Measures an ECG from its signal alone; every value may abstain."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.leads import EIGHT
from sediff.measure.contact import loose_limbs, without_electrodes
from sediff.measure.course import rhythm_of
from sediff.measure.disorder import disorder_of, power_95_hz
from sediff.measure.disordered import disordered
from sediff.measure.files import read_ecg
from sediff.measure.intervals import nothing, values_of
from sediff.measure.json_form import as_json
from sediff.measure.odd_leads import odd_leads
from sediff.measure.quality import quality_of
from sediff.measure.reading import read
from sediff.measure.signals import Prepared, enough, prepare, unfit, without_leads
from sediff.measure.spikes import MIN_FS, can_be_told, find_pulses, without_pulses
from sediff.measure.values import Measurements, Quality, Value

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
    pulses = find_pulses(eight, fs)
    eight = without_pulses(eight, fs, pulses)
    found, quality = _judged(eight, fs, pulses)
    rhythm = found.rhythm_seen
    if not can_be_told(fs):
        rhythm = replace(rhythm, spikes_doubt=_NO_PULSES)
    return replace(found, rhythm_seen=rhythm, quality=quality)


def _judged(eight: npt.NDArray, fs: float, pulses: npt.NDArray) -> tuple[Measurements, Quality]:
    """Measure, and once more where a loose electrode may have made beats or moved a lead."""
    prepared = prepare(eight, fs)
    prepared = without_leads(prepared, _odd(prepared))
    found = _measured(prepared, pulses)
    quality = _quality(eight, fs, found)
    if not quality.loose:
        return found, quality
    # What is taken off all leads must not come from one that is unusable for another reason.
    if prepared.good.all() and (limbs := loose_limbs(eight, fs, _times(found))):
        cleaned = prepare(without_electrodes(eight, limbs), fs)
        prepared = replace(prepared, eight=cleaned.eight)
        found = _measured(prepared, pulses)
        quality = _quality(eight, fs, found)
    if broken := set(quality.broken) & set(EIGHT) - set(found.lead_faults):
        found = _measured(without_leads(prepared, dict.fromkeys(sorted(broken), _JUMPS)), pulses)
    return found, quality


def _odd(prepared: Prepared) -> dict[str, str]:
    """Leads that do not belong to the others, none where all leads together show disorder.

    The axis of torsades turns all the time, so that no lead follows from the others there.
    """
    odd = odd_leads(prepared)
    return {} if odd and disorder_of(prepared, read(prepared)) is not None else odd


def _quality(eight: npt.NDArray, fs: float, found: Measurements) -> Quality:
    return quality_of(eight, fs, _times(found), found.lead_faults)


def _times(found: Measurements) -> list[float]:
    return [beat.r_s for beat in found.beats]


def _measured(prepared: Prepared, pulses: npt.NDArray) -> Measurements:
    """Measure prepared leads; `pulses` are the times in s of pacing pulses taken out of them."""
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
