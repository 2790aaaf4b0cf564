"""`simulate`: from a case spec, or from the beats of a real record, to a drawn heart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS
from sediff.leads import DOWER
from sediff.simulator.cycle import fit_cycle, keep_apart
from sediff.simulator.dipole import Waves, draw, place
from sediff.simulator.ectopy import EctopicShape, atrial_factor, ventricular
from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.fwaves import f_waves, flutter_waves
from sediff.simulator.limits import Limits
from sediff.simulator.rhythm import Strip, flutter_ratio, strip
from sediff.simulator.shapes import ordered, shapes_of
from sediff.simulator.simulation import Beat, BeatKind, Simulation, Span
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
_SPIKE_MV = np.array([1.0, 1.2, 0.6])  # of a unipolar pacing pulse, along x, y, z
_QT_MEMORY_S = 40.0  # time constant of QT adaptation: 95 % of the way in 120 s
_BREATHING_DEG = np.array([1.5, 2.0, 2.0])  # largest turn about x, y, z


@dataclass(frozen=True)
class _Streams:
    """Independent random streams: drawing more from one changes nothing in another."""

    rhythm: np.random.Generator
    atria: np.random.Generator
    breathing: np.random.Generator
    ectopy: np.random.Generator

    @classmethod
    def of(cls, seed: int) -> "_Streams":
        return cls(*(np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(4)))


def simulate(
    spec: CaseSpec,
    *,
    beats: Sequence[Beat] | None = None,
    shapes: Sequence[str] | None = None,
    ectopic_shape: EctopicShape | None = None,
    seconds: float = 10,
    fs: int = FS,
) -> Simulation:
    """Draw the heart of a case.

    Args:
        spec: the case; equal specs give equal samples.
        beats: of a real record: waves are drawn at these beats, within their limits (`p` None:
            no P; `t` None: by the spec's QT). None: the rhythm engine decides.
        shapes: instead of those of the spec's findings.
        ectopic_shape: 'lbbb' or 'rbbb': the pattern of ventricular beats; None draws one.
        seconds: length of the record.
        fs: Hz.

    Returns:
        The simulation; `provenance['notes']` says where the asked numbers could not be met.

    Raises:
        RequestError: a finding or shape does not exist.
    """
    rng = _Streams.of(spec.seed)
    keys = shapes_of(spec) if shapes is None else ordered(shapes)
    flutter = "flutter" in keys
    ratio = flutter_ratio(spec.heart_rate) if flutter else None
    ask, notes = _ask(spec, keys, flutter, given=beats is not None)
    hearts = _Hearts(fit(ask), ventricular(ask, ectopic_shape, rng.ectopy))
    if beats is None:
        drawn = _timed(strip(spec, seconds, rng.rhythm, ratio), hearts)
    else:
        drawn = _completed(beats, hearts)
    samples = round(seconds * fs)
    dipole = _breathe(draw(_activity(drawn, hearts, rng.ectopy), samples, fs), fs, rng.breathing)
    rest = _atria(spec, drawn, ratio, samples, fs, rng.atria)
    if hearts.usual.heart.spike:
        rest = rest + _spikes(drawn, samples, fs)
    draft = DOWER @ dipole
    eight = (draft + DOWER @ rest).astype(np.float32)
    provenance = _provenance(spec, keys, hearts.usual, notes)
    return Simulation(drawn, eight, draft.astype(np.float32), fs, provenance)


@dataclass(frozen=True)
class _Hearts:
    usual: Fitted
    ectopic: Fitted

    def of(self, kind: BeatKind) -> Fitted:
        return self.ectopic if kind == "V" else self.usual


def _ask(
    spec: CaseSpec, keys: tuple[str, ...], flutter: bool, given: bool
) -> tuple[Ask, tuple[str, ...]]:
    """What the usual beat is fitted to; given beats may have P waves that the spec lacks."""
    pr, qt, notes = spec.pr_ms, spec.qt_ms, ()
    if given:
        pr = 160.0 if pr is None else pr
    elif spec.rhythm == "af" or flutter:
        pr = None
    if not given:
        pr, qt, notes = fit_cycle(pr, spec.qrs_ms, qt, 60_000 / spec.heart_rate)
    ask = Ask(
        spec.age, spec.sex, keys, spec.qrs_ms, qt, spec.axis_deg, pr,
        spec.p_mv, spec.t_mv, spec.st_mv, spec.waves,
    )  # fmt: skip
    return ask, notes


def _timed(rhythm: Strip, hearts: _Hearts) -> tuple[Beat, ...]:
    """Beats with limits; QT follows RR^(1/3) with a memory of `_QT_MEMORY_S`."""
    rr = np.diff(rhythm.r_s, prepend=2 * rhythm.r_s[0] - rhythm.r_s[1])
    mean, slow = float(rr.mean()), float(rr.mean())
    beats = []
    for r_s, kind, interval in zip(rhythm.r_s, rhythm.kinds, rr, strict=True):
        slow += (interval - slow) * (1 - np.exp(-interval / _QT_MEMORY_S))
        stretch = float(slow / mean) ** (1 / 3)
        beats.append(_beat(float(r_s), kind, hearts.of(kind), stretch))
    return keep_apart(beats)


def _beat(r_s: float, kind: BeatKind, fitted: Fitted, qt_stretch: float = 1.0) -> Beat:
    on, off = fitted.qrs_at
    qt = (fitted.t_at[1] - on) * qt_stretch
    k = (qt - (off - on)) / (fitted.t_at[1] - off)
    t = (r_s + (off + (fitted.t_at[0] - off) * k) / 1000, r_s + (on + qt) / 1000)
    p = _span(r_s, fitted.p_at) if fitted.p_at is not None and kind != "V" else None
    return Beat(r_s, kind, _span(r_s, fitted.qrs_at), p, t)


def _span(r_s: float, at: Limits) -> Span:
    return r_s + at[0] / 1000, r_s + at[1] / 1000


def _completed(beats: Sequence[Beat], hearts: _Hearts) -> tuple[Beat, ...]:
    """Given beats with every T; only a T that was filled in gives way to the next beat."""
    full = [_complete(beat, hearts) for beat in beats]
    apart = keep_apart(full, move_p=False)
    pairs = zip(beats, full, apart, strict=True)
    return tuple(own if beat.t is not None else fitting for beat, own, fitting in pairs)


def _complete(beat: Beat, hearts: _Hearts) -> Beat:
    """A given beat; a T that could not be told is put where the spec's QT has it."""
    if beat.t is not None:
        return beat
    fitted = hearts.of(beat.kind)
    start = beat.qrs[0] - fitted.qrs_at[0] / 1000
    on, off = _span(start, fitted.t_at)
    on = max(on, beat.qrs[1])
    return replace(beat, t=(on, max(off, on + 0.08)))


def _activity(beats: Sequence[Beat], hearts: _Hearts, rng: np.random.Generator) -> Waves:
    """All components of all beats, each wave mapped onto its beat's limits."""
    parts = []
    p_of_a = atrial_factor(rng)
    for kind in ("N", "A", "V"):
        chosen = [beat for beat in beats if beat.kind == kind]
        if not chosen:
            continue
        f = hearts.of(kind)
        parts.append(_onto(f.qrs, f.qrs_at, [b.qrs for b in chosen]))
        if f.p is not None and f.p_at is not None:
            p = f.p.scaled(p_of_a) if kind == "A" else f.p
            parts.append(_onto(p, f.p_at, [b.p for b in chosen if b.p]))
        parts.append(_onto(f.t, f.t_at, [b.t for b in chosen if b.t]))
        jt = [(b.qrs[1], b.t[1]) for b in chosen if b.t]
        if f.st.vec.any():
            parts.append(_onto(f.st, (f.qrs_at[1], f.t_at[1]), jt))
    empty = Waves(np.empty(0), np.empty(0), np.empty((0, 3)))
    return Waves.joined(empty, *parts)


def _onto(waves: Waves, at: Limits, spans: Sequence[Span]) -> Waves:
    """Copies of a wave with limits `at` (ms), stretched and moved onto the spans (s)."""
    onset = np.array([span[0] for span in spans])
    length = np.array([max(span[1] - span[0], 0.02) for span in spans])
    stretch = length * 1000 / (at[1] - at[0])
    return place(waves, onset - stretch * at[0] / 1000, stretch)


def _breathe(dipole: Array, fs: int, rng: np.random.Generator) -> Array:
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


def _atria(
    spec: CaseSpec,
    beats: Sequence[Beat],
    ratio: int | None,
    samples: int,
    fs: int,
    rng: np.random.Generator,
) -> Array:
    """(3, T) of fibrillating or fluttering atria, zero in sinus rhythm."""
    if ratio is not None and len(beats) > 1:
        return flutter_waves(np.array([b.r_s for b in beats]), ratio, samples, fs)
    if spec.rhythm == "af":
        return f_waves(samples, fs, rng)
    return np.zeros((3, samples))


def _spikes(beats: Sequence[Beat], samples: int, fs: int) -> Array:
    """(3, T) pacing pulses of 2 ms just before the QRS of the paced beats."""
    out = np.zeros((3, samples))
    width = max(1, round(0.002 * fs))
    for beat in beats:
        start = round((beat.qrs[0] - 0.002) * fs)
        if beat.kind != "V" and 0 <= start < samples:
            out[:, start : start + width] = _SPIKE_MV[:, None]
    return out


def _provenance(
    spec: CaseSpec, keys: tuple[str, ...], fitted: Fitted, notes: tuple[str, ...]
) -> Mapping[str, Any]:
    on, off = fitted.qrs_at
    missed = [f"{lead} {left:+.2f} mV" for lead, left in fitted.st_left if abs(left) >= 0.03]
    if missed:
        notes = (
            *notes,
            "One dipole cannot make all asked ST levels; missing: " + ", ".join(missed),
        )
    return {
        "drawn_by": "simulator",
        "seed": spec.seed,
        "shapes": keys,
        "pr_ms": None if fitted.p_at is None else round(on - fitted.p_at[0], 1),
        "qrs_ms": round(off - on, 1),
        "qt_ms": round(fitted.t_at[1] - on, 1),
        "st_left_mv": dict(fitted.st_left),
        "notes": notes,
    }
