"""Wave limits of the median beat, all leads together: what QRS, P and T have in common.

Slopes decide: a wave begins and ends where the slope falls under a share of its steepest part.
The shares were set on LUDB (cardiologists' limits) and stay the same for every record.
"""

from dataclasses import dataclass

import numpy as np

from sediff.edges import hold_edges
from sediff.measure.signals import RATE, Array

PRE, POST = round(0.6 * RATE), round(0.76 * RATE)  # samples of the window before and after R
MS = 1000 / RATE  # ms a sample


@dataclass(frozen=True)
class Limits:
    """Wave limits in samples from R of the median beat, None where not found."""

    qrs: tuple[int, int] | None
    p: tuple[int, int] | None = None
    t: tuple[int, int] | None = None
    t_spread: float = 0.0  # samples between a strict and a lenient T end


def median_beat(eight: Array, at: Array) -> tuple[Array, Array]:
    """Cut (8, N) mV around the R peaks `at` and return (8, W) median and (n, 8, W) beats.

    Beats whose window leaves the record are used only when fewer than three others exist.
    """
    # The peak of a beat that the record cuts off may lie a sample beyond its end.
    centres = np.clip(np.rint(at).astype(int), 0, eight.shape[1])
    whole = (centres >= PRE) & (centres + POST <= eight.shape[1])
    if whole.sum() < 3:
        whole[:] = True
    padded = hold_edges(eight, PRE, POST)
    beats = np.stack([padded[:, c : c + PRE + POST] for c in centres[whole]])
    return np.median(beats, axis=0), beats


def level(x: Array) -> Array:
    """Take the line between the two ends off (..., w)."""
    ends = np.mean(x[..., :5], axis=-1), np.mean(x[..., -5:], axis=-1)
    ramp = np.linspace(0, 1, x.shape[-1])
    return x - ends[0][..., None] - (ends[1] - ends[0])[..., None] * ramp


def falls(x: Array, under: float) -> int | None:
    """Return the first index of (n,) that lies under a level, None if none does."""
    hits = np.flatnonzero(x < under)
    return int(hits[0]) if len(hits) else None
