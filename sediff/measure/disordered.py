"""Measurements of a record whose rhythm leaves no dominant beat: VF, asystole, torsades."""

from dataclasses import replace

import numpy as np

from sediff.measure.atria import lone_waves
from sediff.measure.disorder import events_of, power_95_hz
from sediff.measure.intervals import nothing
from sediff.measure.limits import median_beat
from sediff.measure.qrs_limits import find_qrs
from sediff.measure.reading import Reading
from sediff.measure.signals import RATE, Array, Prepared
from sediff.measure.spikes import assign
from sediff.measure.t_limits import find_t
from sediff.measure.values import Measurements, PWave, Rhythm, Value
from sediff.simulator.simulation import Beat, Span

_WHY = {
    "vf": "The ventricles fibrillate: there are no beats to measure.",
    "asystole": "There are too few beats to measure.",
    "polymorphic_ventricular": "The beats change their form all the time.",
}
_QRS_S = 0.08  # half of a QRS whose limits cannot be seen
_MARGIN_S = 0.05


def disordered(
    rhythm: Rhythm, prepared: Prepared, reading: Reading | None, pulses_s: Array
) -> Measurements:
    """What can be said: the rhythm, its beats where there are some, their rate; nothing else."""
    found = nothing(_WHY[rhythm.name])
    none = np.zeros(0)
    rhythm = replace(rhythm, power_95_hz=power_95_hz(prepared), spikes=assign(pulses_s, none, none))
    beats: list[Beat] = []
    if rhythm.name == "asystole":
        beats = _agonal(prepared)
        rhythm = replace(rhythm, p_waves=_standing_p(prepared, beats))
        rhythm = replace(rhythm, atria="p" if rhythm.p_waves else "none")
    elif rhythm.name == "polymorphic_ventricular" and reading is not None:
        beats = _around_run(prepared, reading, rhythm.runs[0])
    rr = np.diff([beat.r_s for beat in beats if beat.kind == "V"])
    rate = Value(60 / float(np.mean(rr)), "bpm") if len(rr) else found.heart_rate
    text = rhythm.name.replace("_", " ")
    return replace(found, heart_rate=rate, rhythm=text, rhythm_seen=rhythm, beats=tuple(beats))


def _agonal(prepared: Prepared) -> list[Beat]:
    """The few wide beats of a dying heart."""
    beats: list[Beat] = []
    for on, off in events_of(prepared):
        if not beats or on - beats[-1].qrs[1] > 0.4:  # else it is the T wave of the last one
            beats.append(Beat((on + off) / 2, "V", (on, off)))
    return beats


def _standing_p(prepared: Prepared, beats: list[Beat]) -> tuple[PWave, ...]:
    """P waves that no QRS follows."""
    if beats:
        return ()
    waves = lone_waves(prepared)
    if len(waves) < 3:
        return ()
    every = zip(waves.on(), waves.off(), strict=True)
    return tuple(PWave(float(on), float(off), conducted=False) for on, off in every)


def _around_run(prepared: Prepared, reading: Reading, run: Span) -> list[Beat]:
    """Beats of the run are ventricular; those before and after it keep their QRS and T."""
    at = reading.at / RATE
    inside = (at > run[0] - _MARGIN_S) & (at < run[1] + _MARGIN_S)
    limits = _limits(prepared, reading.at[~inside])
    beats = []
    for r_s, is_inside in zip(at, inside, strict=True):
        if is_inside or limits is None:
            beats.append(Beat(r_s, "V", (r_s - _QRS_S, r_s + _QRS_S)))
            continue
        qrs, t = limits
        beats.append(Beat(r_s, "N", _moved(r_s, qrs), None, _moved(r_s, t) if t else None))
    return beats


def _moved(r_s: float, limits: tuple[int, int]) -> Span:
    """Limits in samples from R as seconds."""
    return r_s + limits[0] / RATE, r_s + limits[1] / RATE


def _limits(prepared: Prepared, at: Array) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """QRS and T of the median of these beats, samples from R; None where they show no QRS."""
    if not len(at):
        return None
    median = median_beat(prepared.eight, at)[0]
    rr = float(np.median(np.diff(at))) if len(at) > 1 else float(RATE)
    qrs = find_qrs(median, rr)
    if qrs is None:
        return None
    t = find_t(median, qrs, rr)
    return qrs, t[:2] if t else None
