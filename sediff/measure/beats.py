"""Sorts beats by shape and puts the same fiducial point on each, to a fraction of a sample."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.edges import hold_edges
from sediff.measure.signals import RATE, Array

_HALF_S = 0.10  # half of the window that is compared between beats
_SLACK_S = 0.05  # how far a beat may move to fit
_ALIKE = 0.85  # correlation of beats of one shape
_COARSE = 4  # the clustering looks at every fourth sample
_SEEDS = 24
_MAX_GROUPS = 4
_QRS_POWER = 0.95  # of the squared speed: what comes later is ST, which may stand above all of QRS


@dataclass(frozen=True)
class Group:
    """Beats of one shape.

    Attributes:
        index: (n,) which beats of the record.
        at: (n,) their R peaks as fractional samples at `RATE`.
        fit: (n,) correlation with the template.
    """

    index: npt.NDArray[np.int64]
    at: Array
    fit: Array


def group_beats(eight: Array, peaks: npt.NDArray[np.int64]) -> list[Group]:
    """Sort detected peaks (n,) of (leads, N) mV into shapes, the most frequent first."""
    half, slack = round(_HALF_S * RATE), round(_SLACK_S * RATE)
    reach = half + slack
    padded = hold_edges(eight, 2 * reach, 2 * reach)
    cuts = np.stack([padded[:, p + reach : p + 3 * reach + 1] for p in peaks])
    alike = _likeness(cuts[:, :, ::_COARSE], slack // _COARSE)
    groups, left = [], np.ones(len(peaks), dtype=bool)
    while left.any():
        counts = (alike[:, left] > _ALIKE).sum(axis=1)
        member = left & (alike[int(np.argmax(counts))] > _ALIKE)
        if len(groups) == _MAX_GROUPS - 1 or not member.any():
            member = left.copy()
        index = np.flatnonzero(member)
        groups.append(_aligned(padded, peaks[index], index, half, slack))
        left &= ~member
    return sorted(groups, key=lambda g: -len(g.index))


def _likeness(cuts: Array, slack: int) -> Array:
    """Return the (seeds, beats) best correlation of each beat with some seed beats."""
    n = len(cuts)
    seeds = np.unique(np.linspace(0, n - 1, min(n, _SEEDS)).astype(int))
    core = cuts[seeds, :, slack:-slack]
    return best_fit(core, cuts)[0]


def best_fit(core: Array, cuts: Array) -> tuple[Array, npt.NDArray[np.int64], Array]:
    """Correlate templates with beats at every lag.

    Args:
        core: (s, leads, w) templates.
        cuts: (n, leads, w + 2 slack) beats.

    Returns:
        (s, n) best correlation, (s, n) its lag from the first, (s, n, lags) all of them.
    """
    width = core.shape[2]
    core = core - core.mean(axis=2, keepdims=True)
    core = core / np.maximum(np.linalg.norm(core, axis=(1, 2), keepdims=True), 1e-9)
    # The template has no mean, so the mean of the window need not be taken off the product.
    lags = cuts.shape[2] - width + 1
    moved = np.zeros((*cuts.shape[1:], len(core), lags))
    for k in range(lags):
        moved[:, k : k + width, :, k] = core.transpose(1, 2, 0)
    dots = cuts.reshape(len(cuts), -1) @ moved.reshape(-1, len(core) * lags)
    dots = dots.reshape(len(cuts), len(core), lags).transpose(1, 0, 2)
    power = _sums(cuts**2, width) - _sums(cuts, width) ** 2 / width
    all_fits = dots / np.sqrt(np.maximum(power.sum(axis=1), 1e-12))[None]
    return all_fits.max(axis=2), all_fits.argmax(axis=2), all_fits


def _sums(x: Array, width: int) -> Array:
    """Sums of (..., w) over every window of `width` samples, (..., w - width + 1)."""
    total = np.cumsum(np.concatenate([np.zeros_like(x[..., :1]), x], axis=-1), axis=-1)
    return total[..., width:] - total[..., :-width]


def _aligned(padded: Array, peaks: npt.NDArray, index: npt.NDArray, half: int, slack: int) -> Group:
    at = peaks.copy()
    fit, shift = np.ones(len(at)), np.zeros(len(at))
    for _ in range(3):
        cuts = _cut(padded, at, half, slack)
        template = np.median(cuts[:, :, slack:-slack], axis=0)
        best, lag, fits = best_fit(template[None], cuts)
        fit, shift = best[0], _vertex(fits[0], lag[0])
        moved = np.clip(at + lag[0] - slack, peaks - slack, peaks + slack)
        if (moved == at).all():
            break
        at = moved
    centre = _r_point(np.median(_cut(padded, at, half, 0), axis=0))
    return Group(index, at + shift + centre, fit)


def _cut(padded: Array, at: npt.NDArray, half: int, slack: int) -> Array:
    # `padded` carries 2 (half + slack) samples before the first one.
    margin = 2 * (round(_HALF_S * RATE) + round(_SLACK_S * RATE))
    reach = half + slack
    return np.stack([padded[:, p + margin - reach : p + margin + reach + 1] for p in at])


def _vertex(fits: Array, lag: npt.NDArray) -> Array:
    """Return the offset of the parabola's vertex from the best lag, (n,) in samples."""
    inner = np.clip(lag, 1, fits.shape[1] - 2)
    rows = np.arange(len(fits))
    before, here, after = (fits[rows, inner + k] for k in (-1, 0, 1))
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / np.where(np.abs(bend) < 1e-12, -1e-12, bend)
    return np.where(lag == inner, np.clip(shift, -0.5, 0.5), 0.0)


def _r_point(template: Array) -> float:
    """Return where the spatial magnitude of a (leads, w) template peaks, from its middle.

    Only until the QRS has done most of its way: a high ST segment is no R.
    """
    middle = template.shape[1] // 2
    level = template - np.median(template, axis=1, keepdims=True)
    size = np.sqrt((level**2).sum(axis=0))
    done = np.cumsum((np.gradient(template, axis=1) ** 2).sum(axis=0))
    size[done > _QRS_POWER * done[-1]] = 0.0
    return float(np.argmax(size) - middle)
