"""Names the kind of each beat and the rhythm, in plain words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from sediff.measure.beats import Group
from sediff.measure.signals import RATE, Array
from sediff.simulator.simulation import BeatKind

# p: a P wave before every QRS. none: no wave there. loose: waves not tied to the QRS, or more
# than one a beat. merged: a wave that cannot be told from the T wave before it.
AtrialState = Literal["p", "none", "loose", "merged"]

_EARLY = 0.85  # of the usual interval
_REGULAR = 0.08  # intervals this near to the usual one are alike
# Standard deviation over mean of the coupling intervals, and of the pauses, of bigeminy.
_PAIRED, _PAIRED_THROUGHOUT = 0.06, 0.12
_WIDE_MS, _WIDE_EARLY_MS = 110.0, 100.0
_WIDER_MS = 16.0
_UNEVEN = 0.06  # median step between neighbouring intervals, as a share of the interval

_ATRIA = {
    "p": ", P before every QRS",
    "none": ", no P waves",
    "loose": ", atrial waves not tied to the QRS",
    "merged": "",
}


def main_group(groups: list[Group], widths: list[float]) -> int:
    """Choose the dominant shape: the most frequent, or a nearly as frequent narrower one.

    In bigeminy every second beat is ectopic, so numbers alone do not tell.
    """
    best = 0
    for i, group in enumerate(groups):
        frequent = len(group.index) >= 0.6 * len(groups[0].index)
        if frequent and widths[i] + _WIDER_MS < widths[best]:
            best = i
    return best


def is_ventricular(width: float, main_width: float, early: bool) -> bool:
    """True if a differently shaped beat is wide enough (ms) to come from the ventricles.

    A premature one needs less proof; one whose limits cannot be seen (width 0) runs into the
    waves around it, which narrow beats do not.
    """
    if early:
        return width == 0 or width >= max(_WIDE_EARLY_MS, main_width + _WIDER_MS / 2)
    return width >= max(_WIDE_MS, main_width + _WIDER_MS)


def early_beats(at: Array) -> npt.NDArray[np.bool_]:
    """Return (n,) True where a beat comes clearly before its turn in an otherwise even rhythm."""
    early = np.zeros(len(at), dtype=bool)
    rr = np.diff(at)
    if len(rr) < 4:
        return early
    # In bigeminy half of the intervals are short: there the median is no usual interval.
    if (pairs := paired_beats(at)).any():
        return pairs
    usual = float(np.median(rr))
    # In an even rhythm most intervals agree; without one no beat can be called early.
    if np.mean(np.abs(rr - usual) < _REGULAR * usual) < 0.5:
        return early
    for i, here in enumerate(rr):
        before = rr[i - 1] if i else rr[1]
        # A sinus arrhythmia shortens over several beats, an ectopic beat from one to the next.
        early[i + 1] = here < _EARLY * usual and here < (_EARLY + 0.03) * before
    return early


def paired_beats(at: Array) -> npt.NDArray[np.bool_]:
    """Return (n,) True for the beats that end the short intervals of bigeminy or trigeminy.

    Each is shorter than its neighbours; they agree with each other, and so do the pauses. Where
    every second or every third interval is short throughout, which chance hardly makes, they may
    agree less.
    """
    rr = np.diff(at)
    early = np.zeros(len(at), dtype=bool)
    around = np.concatenate([[np.inf], rr, [np.inf]])
    short = rr < _EARLY * np.minimum(around[:-2], around[2:])
    inner = rr[1:-1][short[1:-1]]
    after = rr[2:][short[1:-1]]
    if len(inner) < 2 or short.sum() < 3:
        return early
    steps = np.diff(np.flatnonzero(short[1:-1]))
    throughout = len(inner) >= 3 and steps.min() == steps.max() <= 3
    spread = _PAIRED_THROUGHOUT if throughout else _PAIRED
    if max(float(np.std(x) / np.mean(x)) for x in (inner, after)) < spread:
        # At the edges of the record only one neighbour is known: there the length must agree.
        early[1:] = short & (np.abs(rr - inner.mean()) < 0.2 * inner.mean())
    return early


def plain_intervals(at: Array, kinds: Sequence[BeatKind], skip: str) -> Array:
    """Return the intervals (samples) between neighbouring beats of none of the kinds `skip`."""
    keep = [a not in skip and b not in skip for a, b in pairwise(kinds)]
    return np.diff(at)[np.array(keep, dtype=bool)]


def is_irregular(rr: Array) -> bool:
    """True if (n,) RR intervals vary without a pattern, as in atrial fibrillation."""
    if len(rr) < 3:
        return False
    steps = np.abs(np.diff(rr)) / np.median(rr)
    return float(np.median(steps)) > _UNEVEN and float(np.std(rr) / np.mean(rr)) > _UNEVEN


def describe(kinds: Sequence[BeatKind], rr: Array, atria: AtrialState) -> str:
    """Return the rhythm as one short phrase.

    Args:
        kinds: 'N', 'A' or 'V' per beat.
        rr: (n,) intervals between plain beats in samples.
        atria: what stands before the QRS.
    """
    irregular = is_irregular(rr)
    if irregular and atria in ("none", "loose"):
        text = "irregularly irregular, no P waves"
    else:
        text = ("irregular" if irregular else "regular") + _ATRIA[atria]
    names = {"V": "premature wide beats", "A": "premature narrow beats"}
    extra = [name for kind, name in names.items() if kind in kinds]
    return f"{text}, with {' and '.join(extra)}" if extra else text


def seconds(samples: float) -> float:
    """Turn samples at the working rate into seconds."""
    return float(samples) / RATE
