"""Leads that do not belong to the others: loose, noisy, or of another moment than the rest.

The heart is near to a dipole, so that each lead is nearly a weighted sum of the others (Dower et
al., Clin Cardiol 1980;3:87-95); what an electrode without contact adds is not. The limits are far
beyond what 99 of 100 records without a note on noise have (PTB-XL, folds 1-8).
"""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from sediff.leads import EIGHT
from sediff.measure.signals import RATE, Array, Prepared

UNLIKE = "The lead does not fit to what the other leads show."
OUT_OF_TIME = "The lead does not show the beats of the other leads."

_STEP = 5  # 100 Hz are enough: the signal ends at 40 Hz
_UNEXPLAINED = {
    "I": 0.35, "II": 0.5, "V1": 0.3, "V2": 0.22, "V3": 0.12, "V4": 0.12, "V5": 0.12, "V6": 0.18,
}  # fmt: skip
_REST_MV = 0.02  # rms of what is not explained; less does no harm
_AGAINST_REST = 1.5  # of the same in the middle lead: noise of all leads makes none of them odd
_IN_TIME = 0.5  # correlation of steepness over time with that of the other leads
_LIKE_REST = 0.6  # and that of most other leads with each other, else there is no common beat
_CALM, _CALM_TIME = 0.35, 0.75  # of the steepest; share of the time below it
_ENVELOPE_S = 0.07
_LEAST_LEFT = 4
_BLOCK_S, _KEPT = 1.25, 0.7  # a lead that is bad for less of the record has a sound usual beat
_TINY = 1e-5  # of the power of a lead: keeps an exact dipole invertible


def odd_leads(prepared: Prepared) -> dict[str, str]:
    """Say per lead of the eight why it does not belong to the others; {} where all do.

    Never names so many leads that fewer than four are left: then nothing says who is wrong.
    """
    slow = prepared.eight[:, ::_STEP]
    slow = slow - slow.mean(axis=1, keepdims=True)
    left = np.flatnonzero(prepared.good).tolist()
    found: dict[str, str] = {}
    while len(left) >= _LEAST_LEFT:
        worst = _out_of_time(slow[left])
        sentence = OUT_OF_TIME
        if worst is None:
            worst, sentence = _unlike(slow[left], [EIGHT[i] for i in left]), UNLIKE
        if worst is None:
            return found
        if len(left) == _LEAST_LEFT:
            break
        found[EIGHT[left.pop(worst)]] = sentence
    return {}


def unexplained(x: Array) -> Array:
    """Share of the power of each of (leads, M) that a weighted sum of the others leaves, (leads,).

    One over the diagonal of the inverse correlation matrix, as in the variance inflation factor
    of regression (Marquardt, Technometrics 1970;12:591-612).
    """
    size = np.sqrt((x**2).mean(axis=1)) + 1e-9
    scaled = x / size[:, None]
    likeness = scaled @ scaled.T / x.shape[1] + _TINY * np.eye(len(x))
    return np.asarray(1 / np.diag(np.linalg.inv(likeness)), dtype=np.float64)


def _unlike(x: Array, names: list[str]) -> int | None:
    """Index of the lead that the others explain worst, None where all are explained."""
    rest = unexplained(x)
    limits = np.array([_UNEXPLAINED[name] for name in names])
    sizes = np.sqrt(rest * (x**2).mean(axis=1))
    least = max(_REST_MV, _AGAINST_REST * float(np.median(sizes)))
    for i in np.argsort(-rest / limits):
        if rest[i] <= limits[i]:
            return None
        share, size = _lasting(x, int(i))
        if share > limits[i] and size > least:
            return int(i)
    return None


def _lasting(x: Array, i: int) -> tuple[float, float]:
    """Unexplained share and rms in mV of lead `i` without the stretches that are worst."""
    others = np.delete(x, i, axis=0)
    width = round(_BLOCK_S * RATE / _STEP)
    end = x.shape[1] // width * width
    power = ((x[i] - _weights(others, x[i]) @ others) ** 2)[:end].reshape(-1, width).sum(axis=1)
    kept = np.repeat(power <= np.quantile(power, _KEPT), width)
    others, own = others[:, :end][:, kept], x[i, :end][kept]
    left = own - _weights(others, own) @ others
    return float(left.var() / max(own.var(), 1e-12)), float(left.std())


def _weights(others: Array, own: Array) -> Array:
    """Least-squares weights (leads - 1,) of the other leads for one."""
    power = others @ others.T
    held = power + _TINY * np.trace(power) / len(power) * np.eye(len(power))
    return np.linalg.solve(held, others @ own)


def _out_of_time(x: Array) -> int | None:
    """Index of the lead whose steep parts are not where those of most others are, or None."""
    steep = _steepness(x)
    every = steep @ steep.T
    np.fill_diagonal(every, np.nan)
    fit: npt.NDArray = np.nanmedian(every, axis=1)
    worst = int(np.argmin(fit))
    together = float(np.median(fit)) > _LIKE_REST and _has_beats(steep)
    return worst if together and fit[worst] < _IN_TIME else None


def _has_beats(steep: Array) -> bool:
    """True if most of the time is calm: fibrillation turns from lead to lead."""
    whole = np.median(steep, axis=0)
    low, high = whole.min(), np.percentile(whole, 98)
    return float((whole < low + _CALM * (high - low)).mean()) > _CALM_TIME


def _steepness(x: Array) -> Array:
    """(leads, M - 1) smoothed absolute slope, without mean, of length one.

    What is steeper than the steepest of half of all seconds counts no more than that.
    """
    slopes = np.abs(np.diff(x, axis=1))
    second = RATE // _STEP
    blocks = slopes[:, : slopes.shape[1] // second * second].reshape(len(x), -1, second)
    slopes = np.minimum(slopes, np.median(blocks.max(axis=2), axis=1)[:, None])
    smooth = uniform_filter1d(slopes, round(_ENVELOPE_S * second), axis=1)
    smooth = smooth - smooth.mean(axis=1, keepdims=True)
    return smooth / np.maximum(np.linalg.norm(smooth, axis=1, keepdims=True), 1e-12)
