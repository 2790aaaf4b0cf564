"""What the denoiser is told: text, concepts, numbers, and the simulation as time-aligned channels.

Training and use build these by the same functions, so that what was learned is what is asked.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from sediff.beat import Beat, Span
from sediff.leads import LEADS
from sediff.spec import CaseSpec

RATE = 100  # Hz of the channels
TEXT = 384  # numbers in a text embedding
MARKS = ("P", "QRS", "T", "V", "R")  # masks of waves, of ventricular beats, ticks at R
CHANNELS = 8 + len(MARKS) + 2  # draft, marks, cosine and sine of the phase between R peaks

# name -> (centre, scale): near zero mean and unit variance over PTB-XL.
NUMBERS: Mapping[str, tuple[float, float]] = {
    "age": (60, 17),
    "sex": (0.5, 0.5),  # 0 male, 1 female, as in PTB-XL
    "heart_rate": (72, 18),
    "pr_ms": (160, 30),
    "qrs_ms": (95, 18),
    "qt_ms": (390, 40),
    "axis_cos": (0.5, 0.5),
    "axis_sin": (0.3, 0.6),
    "p_mv": (0.1, 0.05),
    "t_mv": (0.2, 0.15),
    "rr_sd_ms": (40, 60),
    "noise": (-2.65, 0.2),  # log10 of the rms noise above 35 Hz in mV
    "wander": (-1.49, 0.4),  # log10 of the rms baseline wander below 0.5 Hz in mV
    "adherence": (0.5, 0.3),
    **{f"st_{lead}": (0.0, 0.06) for lead in LEADS},
}
_NAMES = tuple(NUMBERS)
_TICK_S = 0.012  # standard deviation of the tick at R: about one sample


@dataclass(frozen=True)
class Conditions:
    """A batch of conditions; a `*_known` of 0 means 'not told'.

    Attributes:
        text: (B, 384) embedding. text_known: (B,).
        experience: (B, 384) embedding of the composed experience report. experience_known: (B,).
        concepts: (B, C) certainty 0..1 of each SCP statement. concepts_known: (B,).
        numbers: (B, N) standardised. numbers_known: (B, N).
        draft: (B, 8, T) mV at 100 Hz. draft_known: (B,).
        marks: (B, 7, T) masks and phase at 100 Hz. marks_known: (B,).
    """

    text: Tensor
    text_known: Tensor
    experience: Tensor
    experience_known: Tensor
    concepts: Tensor
    concepts_known: Tensor
    numbers: Tensor
    numbers_known: Tensor
    draft: Tensor
    draft_known: Tensor
    marks: Tensor
    marks_known: Tensor

    def without_words(self) -> Self:
        """The same, told nothing but the simulation's channels: the reference for guidance."""
        return self.without(("text", "experience", "concepts", "numbers"))

    def without(self, names: Sequence[str]) -> Self:
        """The same, not told some parts: names of fields such as 'text' or 'draft'."""
        flags = {f"{name}_known": getattr(self, f"{name}_known") for name in names}
        return replace(self, **{name: torch.zeros_like(flag) for name, flag in flags.items()})

    def with_numbers(self, names: Collection[str]) -> Self:
        """The same, told no other numbers than these of `NUMBERS`."""
        kept = torch.tensor([float(name in names) for name in _NAMES])
        return replace(self, numbers_known=self.numbers_known * kept)

    def to(self, device: str | torch.device) -> Self:
        """The same on another device."""
        return replace(self, **{f.name: getattr(self, f.name).to(device) for f in fields(self)})

    @classmethod
    def stack(cls, parts: Sequence[Self]) -> Self:
        """Join batches into one."""
        return cls(**{f.name: torch.cat([getattr(p, f.name) for p in parts]) for f in fields(cls)})


def numbers_of(spec: CaseSpec) -> dict[str, float]:
    """The numbers that a case spec tells the denoiser, in the units of `Request`."""
    axis = math.radians(spec.axis_deg)
    given: dict[str, float | None] = {
        "age": spec.age,
        "sex": float(spec.sex == "female"),
        "heart_rate": spec.heart_rate,
        "pr_ms": spec.pr_ms,
        "qrs_ms": spec.qrs_ms,
        "qt_ms": spec.qt_ms,
        "axis_cos": math.cos(axis),
        "axis_sin": math.sin(axis),
        "p_mv": spec.p_mv if spec.pr_ms is not None else None,
        "t_mv": spec.t_mv,
        "adherence": spec.adherence,
        **{f"st_{lead}": level for lead, level in spec.st_mv},
    }
    lacking = {*spec.lacks, *(("axis_cos", "axis_sin") if "axis_deg" in spec.lacks else ())}
    return {k: value for k, value in given.items() if value is not None and k not in lacking}


def standardise(numbers: Mapping[str, float]) -> tuple[npt.NDArray, npt.NDArray]:
    """Named numbers -> ((N,) standardised values, (N,) known flags), float32.

    Values are clipped to 6 scales: beyond that the denoiser has seen nothing.
    """
    values = np.zeros(len(_NAMES), np.float32)
    known = np.zeros(len(_NAMES), np.float32)
    for i, name in enumerate(_NAMES):
        value = numbers.get(name)
        if value is not None and math.isfinite(value):
            centre, scale = NUMBERS[name]
            values[i] = np.clip((value - centre) / scale, -6, 6)
            known[i] = 1
    return values, known


def draw_marks(
    beats: Sequence[Beat], samples: int = 1000, lone_p: Sequence[Span] = ()
) -> npt.NDArray[np.float32]:
    """Beats and P waves without a beat -> (5, samples) masks at 100 Hz, in the order of `MARKS`.

    A mask's edge sample holds the covered fraction, so that limits between samples are kept.
    """
    marks = np.zeros((len(MARKS), samples), np.float32)
    time = np.arange(samples) / RATE

    def mark(row: int, span: Span | None) -> None:
        if span is not None:
            covered = np.minimum(span[1], time + 1 / RATE) - np.maximum(span[0], time)
            marks[row] = np.maximum(marks[row], np.clip(covered * RATE, 0, 1))

    for span in lone_p:
        mark(0, span)
    for beat in beats:
        # ST and T as one span: where ST ends and T begins nobody can tell, in any ECG.
        st_t = (beat.qrs[1], beat.t[1]) if beat.t else None
        spans = [beat.p, beat.qrs, st_t, beat.qrs if beat.kind == "V" else None]
        for row, span in enumerate(spans):
            mark(row, span)
        tick = np.exp(-0.5 * ((time - beat.r_s) / _TICK_S) ** 2)
        marks[4] = np.maximum(marks[4], tick)
    return marks


def draw_phase(r_times: npt.NDArray, samples: int = 1000) -> npt.NDArray[np.float32]:
    """R times in s -> (2, samples) cosine and sine of the phase that turns once from R to R."""
    time = np.arange(samples) / RATE
    if len(r_times) < 2:
        return np.zeros((2, samples), np.float32)
    gap = float(np.median(np.diff(r_times)))
    padded = np.concatenate([[r_times[0] - gap], r_times, [r_times[-1] + gap]])
    phase = 2 * np.pi * np.interp(time, padded, np.arange(len(padded)))
    outside = (time < padded[0]) | (time > padded[-1])
    wave = np.stack([np.cos(phase), np.sin(phase)])
    wave[:, outside] = 0
    return wave.astype(np.float32)


def one_condition(
    text: npt.NDArray | None,
    concepts: Mapping[str, float] | None,
    codes: Sequence[str],
    numbers: Mapping[str, float],
    draft: npt.NDArray | None,
    beats: Sequence[Beat],
    lone_p: Sequence[Span] = (),
    experience: npt.NDArray | None = None,
) -> Conditions:
    """Build a batch of one.

    Args:
        text: (384,) embedding or None.
        concepts: SCP code -> certainty, None where the report names no finding.
        codes: order of the concept axis.
        numbers: see `numbers_of`.
        draft: (8, T) mV at 100 Hz or None.
        beats: beats of the simulation; T is taken from the draft, 1000 without one.
        lone_p: its P waves without a beat.
        experience: (384,) embedding of what is known of such ECGs, or None.
    """
    samples = 1000 if draft is None else draft.shape[1]
    values, known = standardise(numbers)
    stated = [(concepts or {}).get(code, 0.0) for code in codes]
    marks = np.concatenate(
        [draw_marks(beats, samples, lone_p), draw_phase(np.array([b.r_s for b in beats]), samples)]
    )

    def batch(array: npt.NDArray) -> Tensor:
        return torch.from_numpy(np.asarray(array, np.float32))[None]

    def flag(there: bool) -> Tensor:
        return torch.tensor([float(there)])

    return Conditions(
        text=batch(np.zeros(TEXT) if text is None else text),
        text_known=flag(text is not None),
        experience=batch(np.zeros(TEXT) if experience is None else experience),
        experience_known=flag(experience is not None),
        concepts=batch(np.array(stated)),
        concepts_known=flag(concepts is not None),
        numbers=batch(values),
        numbers_known=batch(known),
        draft=batch(np.zeros((8, samples)) if draft is None else draft),
        draft_known=flag(draft is not None),
        marks=batch(marks),
        marks_known=flag(bool(beats)),
    )
