"""`simulate`: from a case spec, or from the beats of a real record, to a drawn heart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS
from sediff.leads import DOWER
from sediff.simulator.cycle import fit_cycle, keep_apart
from sediff.simulator.dipole import Waves, draw, place
from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.limits import Limits, p_limits
from sediff.simulator.rhythms import course_of
from sediff.simulator.rhythms.extrasystoles import V_FORM
from sediff.simulator.rhythms.forms import EctopicShape, ventricular
from sediff.simulator.shapes import Graded, ordered, shapes_of
from sediff.simulator.simulation import Beat, Simulation, Span
from sediff.simulator.strip import SINUS, USUAL, Context, Event, LoneP, Pulse, Strip
from sediff.simulator.technique import apply as record
from sediff.simulator.timing import timed
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
_PULSE_MV = {"V": np.array([1.0, 1.2, 0.6]), "A": np.array([0.35, 0.6, -0.1])}  # along x, y, z
_PULSE_S = 0.002
_PULSE_AHEAD_S = 0.004  # of the wave that it starts
_QT_MEMORY_S = 40.0  # time constant of QT adaptation: 95 % of the way in 120 s
_BREATHING_DEG = np.array([1.5, 2.0, 2.0])  # largest turn about x, y, z
_SOME_PR_MS = 160.0  # P waves without a PR of their own are fitted as if they had this one


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
        ectopic_shape: 'lbbb' or 'rbbb': the pattern of given ventricular beats; None draws one.
        seconds: length of the record.
        fs: Hz.

    Returns:
        The simulation; `provenance['notes']` says where the asked numbers could not be met.

    Raises:
        RequestError: a finding, shape or rhythm does not exist.
    """
    rng = _Streams.of(spec.seed)
    keys = shapes_of(spec) if shapes is None else ordered(shapes)
    ask, notes = _ask(spec, keys, given=beats is not None)
    if beats is None:
        context = Context(
            spec, spec.pr_ms and ask.pr_ms, ask.qrs_ms, ask.qt_ms, seconds,
            rng.rhythm, rng.atria, rng.ectopy, fit(ask).qrs_at[0],
        )  # fmt: skip
        course = course_of(context)
        strip = course.finish(timed(course, context.mean_s, seconds, rng.rhythm.random()))
        hearts = _Hearts.of_strip(ask, strip)
        drawn, events = _placed(strip, hearts)
    else:
        strip, events = Strip(), ()
        hearts = _Hearts({USUAL: fit(ask), V_FORM: ventricular(ask, ectopic_shape, rng.ectopy)})
        drawn = _completed(beats, hearts)
    samples = round(seconds * fs)
    waves = _activity(drawn, events, strip, hearts)
    draft = _breathe(draw(waves, samples, fs), fs, rng.breathing)
    beside = np.zeros((3, samples)) if strip.activity is None else strip.activity(samples, fs)
    if strip.activity_in_draft:
        draft, beside = draft + beside, np.zeros((3, samples))
    at = sorted((*strip.pulses, *_capturing(drawn, events)), key=lambda pulse: pulse.at_s)
    pulses = DOWER @ _pulses(at, samples, fs)
    lone = tuple(_lone_span(p, strip, hearts.usual) for p in strip.lone_p)
    shown = DOWER @ draft
    bare = shown + DOWER @ beside
    return Simulation(
        beats=drawn,
        eight=record(bare + pulses, fs, spec.technique, spec.seed),
        bare=bare.astype(np.float32),
        draft=shown.astype(np.float32),
        pulses=pulses.astype(np.float32),
        lone_p=lone,
        pulses_s=tuple(pulse.at_s for pulse in at),
        fs=fs,
        provenance=_provenance(spec, keys, hearts.usual, (*notes, *strip.notes)),
    )


@dataclass(frozen=True)
class _Hearts:
    """The fitted beat of every form."""

    forms: Mapping[str, Fitted]

    @classmethod
    def of_strip(cls, ask: Ask, strip: Strip) -> "_Hearts":
        return cls({USUAL: fit(ask)} | {key: form(ask) for key, form in strip.forms.items()})

    @property
    def usual(self) -> Fitted:
        return self.forms[USUAL]


def _ask(spec: CaseSpec, keys: tuple[Graded, ...], given: bool) -> tuple[Ask, tuple[str, ...]]:
    """What the usual beat is fitted to; P waves may come where no PR is asked (AV block)."""
    pr, qt, notes = spec.pr_ms, spec.qt_ms, ()
    if not given:
        pr, qt, notes = fit_cycle(pr, spec.qrs_ms, qt, 60_000 / spec.heart_rate)
    ask = Ask(
        spec.age, spec.sex, keys, spec.qrs_ms, qt, spec.axis_deg,
        _SOME_PR_MS if pr is None and (given or spec.pr_ms is None) else pr,
        spec.p_mv, spec.t_mv, spec.st_mv, spec.waves,
    )  # fmt: skip
    return ask, notes


def _placed(strip: Strip, hearts: _Hearts) -> tuple[tuple[Beat, ...], tuple[Event, ...]]:
    """Beats with limits; QT follows RR^(1/3) with a memory of `_QT_MEMORY_S`."""
    events = strip.events
    if not events:
        return (), ()
    times = np.array([event.r_s for event in events])
    rr = np.diff(times, prepend=2 * times[0] - times[min(1, len(times) - 1)])
    rr[0] = rr[0] if len(times) > 1 else 1.0
    mean, slow = float(rr.mean()), float(rr.mean())
    beats = []
    for event, interval in zip(events, rr, strict=True):
        slow += (interval - slow) * (1 - np.exp(-interval / _QT_MEMORY_S))
        stretch = float(slow / mean) ** (1 / 3)
        beats.append(_beat(event, hearts.forms[event.beat.form], hearts.usual, stretch))
    return _apart(beats, events), events


def _apart(beats: Sequence[Beat], events: Sequence[Event]) -> tuple[Beat, ...]:
    """Beats that leave each other room; a firm P stays where the atria put it, even on a T.

    A beat that comes on the T wave before it leaves that T as it is.
    """
    movable = [
        replace(beat, p=None) if event.beat.firm_p else beat
        for beat, event in zip(beats, events, strict=True)
    ]
    whole_t = [*(event.beat.on_t for event in events[1:]), False]
    return tuple(
        replace(
            apart,
            p=beat.p if event.beat.firm_p else apart.p,
            t=beat.t if whole else apart.t,
        )
        for apart, beat, event, whole in zip(
            keep_apart(movable), beats, events, whole_t, strict=True
        )
    )


def _beat(event: Event, fitted: Fitted, usual: Fitted, qt_stretch: float) -> Beat:
    r_s, planned = event.r_s, event.beat
    on, off = fitted.qrs_at
    qt = (fitted.t_at[1] - on) * qt_stretch
    k = (qt - (off - on)) / (fitted.t_at[1] - off)
    t = (r_s + (off + (fitted.t_at[0] - off) * k) / 1000, r_s + (on + qt) / 1000)
    p = None
    if planned.pr_ms is not None and usual.p_at is not None:
        start = r_s + (on - planned.pr_ms) / 1000
        width = min(usual.p_at[1] - usual.p_at[0], 0.85 * planned.pr_ms) / 1000
        p = (start, start + width)
    return Beat(r_s, planned.kind, _span(r_s, fitted.qrs_at), p, t, planned.form)


def _lone_span(p: LoneP, strip: Strip, usual: Fitted) -> Span:
    form = _p_form(p.focus, strip, usual)
    return p.on_s, p.on_s + (0.1 if form is None else (form[1][1] - form[1][0]) / 1000)


def _p_form(key: str, strip: Strip, usual: Fitted) -> tuple[Waves, Limits] | None:
    """The P wave of a focus and its limits in ms; None where the heart has no P."""
    focus = strip.foci.get(key, (1.0, 1.0, 1.0))
    if usual.p is None or usual.p_at is None:
        return None
    if isinstance(focus, Waves):
        return focus, p_limits(focus)[:2]
    return usual.p.scaled(np.array(focus)), usual.p_at


def _span(r_s: float, at: Limits) -> Span:
    return r_s + at[0] / 1000, r_s + at[1] / 1000


def _completed(beats: Sequence[Beat], hearts: _Hearts) -> tuple[Beat, ...]:
    """Given beats with every T; only a T that was filled in gives way to the next beat.

    Beats of real records name their kind, not their form.
    """
    named = [replace(b, form=V_FORM if b.kind == "V" else USUAL) for b in beats]
    full = [_complete(beat, hearts) for beat in named]
    apart = keep_apart(full, move_p=False)
    return tuple(
        own if own.t is not None else fitting for own, fitting in zip(named, apart, strict=True)
    )


def _complete(beat: Beat, hearts: _Hearts) -> Beat:
    """A given beat; a T that could not be told is put where the spec's QT has it."""
    if beat.t is not None:
        return beat
    fitted = hearts.forms[beat.form]
    start = beat.qrs[0] - fitted.qrs_at[0] / 1000
    on, off = _span(start, fitted.t_at)
    on = max(on, beat.qrs[1])
    return replace(beat, t=(on, max(off, on + 0.08)))


def _activity(
    beats: Sequence[Beat], events: Sequence[Event], strip: Strip, hearts: _Hearts
) -> Waves:
    """All components of all beats, each wave mapped onto its beat's limits."""
    sizes = [event.beat.size for event in events] or [1.0] * len(beats)
    foci = [event.beat.focus for event in events] or [SINUS] * len(beats)
    parts = [Waves(np.empty(0), np.empty(0), np.empty((0, 3)))]
    parts += _ventricles(beats, sizes, hearts)
    p_spans = [(focus, beat.p) for focus, beat in zip(foci, beats, strict=True) if beat.p]
    p_spans += [(p.focus, _lone_span(p, strip, hearts.usual)) for p in strip.lone_p]
    for focus, group in groupby(sorted(p_spans), key=lambda pair: pair[0]):
        form = _p_form(focus, strip, hearts.usual)
        if form is not None:
            parts.append(_onto(*form, [span for _, span in group]))
    return Waves.joined(*parts)


def _ventricles(beats: Sequence[Beat], sizes: Sequence[float], hearts: _Hearts) -> list[Waves]:
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


def _capturing(beats: Sequence[Beat], events: Sequence[Event]) -> Iterator[Pulse]:
    """The pulses that start a P wave or a QRS."""
    for beat, event in zip(beats, events, strict=False):
        if "A" in event.beat.paced and beat.p is not None:
            yield Pulse(beat.p[0] - _PULSE_AHEAD_S, "A")
        if "V" in event.beat.paced:
            yield Pulse(beat.qrs[0] - _PULSE_AHEAD_S, "V")


def _pulses(pulses: Sequence[Pulse], samples: int, fs: int) -> Array:
    """(3, T) pacing pulses of 2 ms."""
    out = np.zeros((3, samples))
    width = max(1, round(_PULSE_S * fs))
    for pulse in pulses:
        start = round(pulse.at_s * fs)
        if 0 <= start < samples:
            out[:, start : start + width] = _PULSE_MV[pulse.chamber][:, None]
    return out


def _provenance(
    spec: CaseSpec, keys: tuple[Graded, ...], fitted: Fitted, notes: tuple[str, ...]
) -> Mapping[str, Any]:
    on, off = fitted.qrs_at
    p_at = fitted.p_at if spec.pr_ms is not None else None
    pr = None if p_at is None else round(on - p_at[0], 1)
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
        "pr_ms": pr,
        "qrs_ms": round(off - on, 1),
        "qt_ms": round(fitted.t_at[1] - on, 1),
        "st_left_mv": dict(fitted.st_left),
        "technique": spec.technique,
        "notes": notes,
    }
