"""`simulate`: from a case spec, or from the beats of a real record, to a drawn heart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat
from sediff.ecg import FS
from sediff.leads import DOWER
from sediff.simulator.cycle import fit_cycle
from sediff.simulator.dipole import draw
from sediff.simulator.drawing import breathe, capturing, pulse_dipole, waves_of
from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.placing import Hearts, completed, lone_span, placed
from sediff.simulator.rhythms import course_of
from sediff.simulator.rhythms.extra_beats import V_FORM
from sediff.simulator.rhythms.forms import EctopicShape, ventricular
from sediff.simulator.shapes import Graded, ordered, shapes_of
from sediff.simulator.simulation import Simulation
from sediff.simulator.strip import USUAL, Context, Strip
from sediff.simulator.technique import apply as record
from sediff.simulator.timing import timed
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
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
        strip = _planned(spec, ask, seconds, rng)
        hearts = Hearts.of_strip(ask, strip)
        drawn = placed(strip, hearts)
    else:
        strip = Strip()
        hearts = Hearts({USUAL: fit(ask), V_FORM: ventricular(ask, ectopic_shape, rng.ectopy)})
        drawn = completed(beats, hearts)
    samples = round(seconds * fs)
    at = sorted((*strip.pulses, *capturing(drawn, strip.events)), key=lambda pulse: pulse.at_s)
    pulses = DOWER @ pulse_dipole(at, samples, fs)
    waves = breathe(draw(waves_of(drawn, strip, hearts), samples, fs), fs, rng.breathing)
    shown, bare = _leads(waves, strip, fs)
    return Simulation(
        beats=drawn,
        eight=record(bare + pulses, fs, spec.technique, spec.seed),
        bare=bare.astype(np.float32),
        draft=shown.astype(np.float32),
        pulses=pulses.astype(np.float32),
        lone_p=tuple(lone_span(p, strip, hearts.usual) for p in strip.lone_p),
        pulses_s=tuple(pulse.at_s for pulse in at),
        fs=fs,
        provenance=_provenance(spec, keys, hearts.usual, (*notes, *strip.notes)),
    )


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


def _planned(spec: CaseSpec, ask: Ask, seconds: float, rng: _Streams) -> Strip:
    """The strip that the rhythm engine makes of a case."""
    context = Context(
        spec, spec.pr_ms and ask.pr_ms, ask.qrs_ms, ask.qt_ms, seconds,
        rng.rhythm, rng.atria, rng.ectopy, fit(ask).qrs_at[0],
    )  # fmt: skip
    course = course_of(context)
    return course.finish(timed(course, context.mean_s, seconds, rng.rhythm.random()))


def _leads(waves: Array, strip: Strip, fs: int) -> tuple[Array, Array]:
    """(8, T) of what the model is shown and of the whole heart, from the (3, T) waves in mV."""
    shown = DOWER @ waves
    if strip.activity is None:
        return shown, shown
    beside = strip.activity(waves.shape[1], fs)
    if strip.activity_in_draft:
        shown = DOWER @ (waves + beside)
        return shown, shown
    return shown, shown + DOWER @ beside


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
