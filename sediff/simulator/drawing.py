"""Beats with wave limits -> the dipole: waves, respiration and pacing pulses."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat, Span
from sediff.simulator.dipole import Waves, place
from sediff.simulator.limits import Limits
from sediff.simulator.placing import Hearts, lone_span, p_form
from sediff.simulator.strip import SINUS, Event, Pulse, Strip

Array = npt.NDArray[np.float64]
_PULSE_MV = {"V": np.array([1.0, 1.2, 0.6]), "A": np.array([0.35, 0.6, -0.1])}  # along x, y, z
_PULSE_S = 0.002
_PULSE_AHEAD_S = 0.004  # of the wave that it starts
_BREATHING_DEG = np.array([1.5, 2.0, 2.0])  # largest turn about x, y, z


def waves_of(beats: Sequence[Beat], strip: Strip, hearts: Hearts) -> Waves:
    """All components of all beats, each wave mapped onto its beat's limits.

    Args:
        beats: those of `strip.events`, or of a real record where it has none.
    """
    sizes = [event.beat.size for event in strip.events] or [1.0] * len(beats)
    foci = [event.beat.focus for event in strip.events] or [SINUS] * len(beats)
    parts = [Waves(np.empty(0), np.empty(0), np.empty((0, 3)))]
    parts += _ventricles(beats, sizes, hearts)
    p_spans = [(focus, beat.p) for focus, beat in zip(foci, beats, strict=True) if beat.p]
    p_spans += [(p.focus, lone_span(p, strip, hearts.usual)) for p in strip.lone_p]
    for focus, group in groupby(sorted(p_spans), key=lambda pair: pair[0]):
        form = p_form(focus, strip, hearts.usual)
        if form is not None:
            parts.append(_onto(*form, [span for _, span in group]))
    return Waves.joined(*parts)


def _ventricles(beats: Sequence[Beat], sizes: Sequence[float], hearts: Hearts) -> list[Waves]:
    """QRS, ST and T, those of one look together: one pass over arrays instead of one a beat."""
    parts = []
    looks = [(beat.form, size) for beat, size in zip(beats, sizes, strict=True)]
    for form, size in sorted(set(looks)):
        f = hearts.forms[form]
        chosen = [beat for beat, look in zip(beats, looks, strict=True) if look == (form, size)]
        jt = [(b.qrs[1], b.t[1]) for b in chosen if b.t]
        group = [_onto(f.qrs, f.qrs_at, [b.qrs for b in chosen])]
        group.append(_onto(f.t, f.t_at, [b.t for b in chosen if b.t]))
        if f.st.vec.any():
            group.append(_onto(f.st, (f.qrs_at[1], f.t_at[1]), jt))
        parts += [waves.scaled(size) for waves in group]
    return parts


def _onto(waves: Waves, at: Limits, spans: Sequence[Span]) -> Waves:
    """Copies of a wave with limits `at` (ms), stretched and moved onto the spans (s)."""
    onset = np.array([span[0] for span in spans])
    length = np.array([max(span[1] - span[0], 0.02) for span in spans])
    stretch = length * 1000 / (at[1] - at[0])
    return place(waves, onset - stretch * at[0] / 1000, stretch)


def breathe(dipole: Array, fs: int, rng: np.random.Generator) -> Array:
    """Turn the (3, T) dipole by a few degrees and a few per cent with respiration."""
    rate = rng.uniform(0.2, 0.3)
    phase = rng.uniform(0, 2 * np.pi, 4)
    size = rng.uniform(0.5, 1.0, 4)
    t = np.arange(dipole.shape[1]) / fs
    swing = size[:, None] * np.sin(2 * np.pi * rate * t + phase[:, None])
    a, b, c = np.radians(_BREATHING_DEG)[:, None] * swing[:3]
    x, y, z = dipole * (1 + 0.03 * swing[3])
    y, z = y * np.cos(a) - z * np.sin(a), y * np.sin(a) + z * np.cos(a)
    x, z = x * np.cos(b) + z * np.sin(b), z * np.cos(b) - x * np.sin(b)
    x, y = x * np.cos(c) - y * np.sin(c), x * np.sin(c) + y * np.cos(c)
    return np.stack([x, y, z])


def capturing(beats: Sequence[Beat], events: Sequence[Event]) -> Iterator[Pulse]:
    """The pulses that start a P wave or a QRS."""
    for beat, event in zip(beats, events, strict=False):
        if "A" in event.beat.paced and beat.p is not None:
            yield Pulse(beat.p[0] - _PULSE_AHEAD_S, "A")
        if "V" in event.beat.paced:
            yield Pulse(beat.qrs[0] - _PULSE_AHEAD_S, "V")


def pulse_dipole(pulses: Sequence[Pulse], samples: int, fs: int) -> Array:
    """(3, T) pacing pulses of 2 ms."""
    out = np.zeros((3, samples))
    width = max(1, round(_PULSE_S * fs))
    for pulse in pulses:
        start = round(pulse.at_s * fs)
        if 0 <= start < samples:
            out[:, start : start + width] = _PULSE_MV[pulse.chamber][:, None]
    return out
