"""The way of the heart's vector through one simulated beat, and what it does to the leads."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat, Span
from sediff.leads import DOWER, derive_twelve
from sediff.simulator.simulation import Simulation

Array = npt.NDArray[np.float64]
_ST_AT_S = 0.06  # after the J point
_INVERSE = np.linalg.pinv(DOWER)  # exact here: the eight leads were made from three


@dataclass(frozen=True)
class WaveLoop:
    """One wave of one beat.

    Attributes:
        t_ms: (T,) times against R. vector: (T, 3) x left, y down, z back, mV.
    """

    t_ms: Array
    vector: Array


def whole_beats(simulation: Simulation) -> tuple[Beat, ...]:
    """The beats that lie within the record from P (or QRS) to the end of T."""
    seconds = simulation.draft.shape[1] / simulation.fs
    return tuple(
        beat
        for beat in simulation.beats
        if beat.t is not None and _begin(beat) >= 0 and beat.t[1] < seconds
    )


def typical_beat(simulation: Simulation) -> Beat | None:
    """The first whole beat, of the usual kind where there is one; None without any."""
    beats = whole_beats(simulation)
    return next((beat for beat in beats if beat.form == "usual"), beats[0] if beats else None)


def loops_of(simulation: Simulation, beat: Beat) -> Mapping[str, WaveLoop]:
    """P, QRS and T (from the J point on) of one beat, as the drawn dipole has them.

    The level just before the P wave (or the QRS) is the zero of all three, so that an injury
    current leaves the QRS loop open.
    """
    spans = {"P": beat.p, "QRS": beat.qrs, "T": (beat.qrs[1], beat.t[1]) if beat.t else None}
    dipole = _INVERSE @ simulation.draft.astype(np.float64)
    rest = dipole[:, _index(_begin(beat), simulation)]
    loops = {}
    for wave, span in spans.items():
        if span is not None:
            at = np.arange(_index(span[0], simulation), _index(span[1], simulation) + 1)
            t_ms = (at / simulation.fs - beat.r_s) * 1000
            loops[wave] = WaveLoop(t_ms, (dipole[:, at] - rest[:, None]).T)
    return loops


def st_levels(simulation: Simulation) -> Array:
    """(12,) ST level 60 ms after J against the QRS onset in the typical beat, mV; else zeros."""
    beat = typical_beat(simulation)
    if beat is None:
        return np.zeros(12)
    leads = derive_twelve(simulation.draft.astype(np.float64))
    onset, after = _index(beat.qrs[0], simulation), _index(beat.qrs[1] + _ST_AT_S, simulation)
    return leads[:, after] - leads[:, onset]


def peak_ii(simulation: Simulation, span: Span | None) -> float | None:
    """Signed peak of lead II within a span, against its begin, mV; None without one."""
    if span is None:
        return None
    lead = simulation.draft[1, _index(span[0], simulation) : _index(span[1], simulation) + 1]
    lead = lead.astype(np.float64) - float(lead[0])
    return float(lead[np.abs(lead).argmax()])


def _begin(beat: Beat) -> float:
    return beat.p[0] if beat.p else beat.qrs[0]


def _index(seconds: float, simulation: Simulation) -> int:
    last = simulation.draft.shape[1] - 1
    return int(np.clip(round(seconds * simulation.fs), 0, last))
