"""Finds the P waves one by one over the whole record, tied to a QRS or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from sediff.edges import hold_edges
from sediff.leads import DOWER
from sediff.measure.cycle import is_wave
from sediff.measure.limits import PRE
from sediff.measure.reading import Reading
from sediff.measure.residual import SLOW, STEP, Residual
from sediff.measure.signals import Array, Prepared
from sediff.measure.wave_forms import HALF, Form, alike, fits, form_of, levelled, supported
from sediff.simulator.simulation import BeatKind

_NARROW_S, _WIDE_S = 0.022, 0.075  # difference of Gaussians that lets waves of 60-140 ms pass
_APART_S = 0.16  # P waves come at most 375 times a minute
_LEAST_MV = 0.012  # of the filtered wave, over the three axes
_OVER_NOISE = 3.0
_LITTLE_CLEAR = 0.15  # of the time: in fast broad rhythms P waves lie on ST and T
_ALIKE = 0.8  # correlation of P waves of one form
_MATCH, _MATCH_T = 0.75, 0.85  # correlation with the form in the open, and within ST and T
_SIZES = (0.5, 2.0)
_FRONT_S = (0.05, 0.30)  # before the QRS: where waves of other forms are sought
_OUTSTANDING = 1.6  # times the bumps elsewhere
_SAME = 0.5  # waves of one form differ by less, as a share of their size
_NOISE_MARGIN = 2.0
_DRIFT_S, _P_REACH_S = 0.12, 0.08
_F_TOP = 1.33  # 90th percentile of the bumps of f waves over their 75th
_QUIET_SHARE = 0.25  # of the record: less is mostly ends of waves
_CUT_SHARE = 0.65
_OTHERS_SHARE = 0.6  # of the beats must have a P wave in the end


@dataclass(frozen=True)
class Waves:
    """Atrial waves in time order.

    Attributes:
        at: (k,) centres in s. shape: (k,) index of `forms`, 0 the usual one.
        size: (k,) as a share of their form. fit: (k,) correlation with it.
        clear: (k,) True outside QRS, ST and T.
        forms: what they look like.
    """

    at: Array
    shape: npt.NDArray[np.int64]
    size: Array
    fit: Array
    clear: npt.NDArray[np.bool_]
    forms: tuple[Form, ...] = ()

    def __len__(self) -> int:
        return len(self.at)

    def on(self) -> Array:
        """(k,) onsets in s."""
        return self.at - np.array([self.forms[g].before_s for g in self.shape])

    def off(self) -> Array:
        """(k,) ends in s."""
        return self.at + np.array([self.forms[g].after_s for g in self.shape])


NONE = Waves(
    np.zeros(0), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, np.bool_)
)  # fmt: skip


def find_waves(prepared: Prepared, reading: Reading, rest: Residual) -> Waves:
    """Search the record for the P wave of the median beat, or for the bump that recurs most."""
    peaks, heights, noise = _bumps(rest)
    usual = _before_qrs(prepared, reading)
    loud = peaks[(heights > _OVER_NOISE * noise)]
    if usual is None:
        open_to_see = rest.clear if rest.clear.mean() > _LITTLE_CLEAR else rest.seen
        usual = _recurring(rest, loud[open_to_see[loud]])
    found = NONE if usual is None else _matched(rest, usual)
    found = _with_others(rest, found, peaks, heights, reading.kinds)
    return _sorted_by_form(rest, found)


def _with_others(
    rest: Residual,
    found: Waves,
    peaks: npt.NDArray[np.int64],
    heights: Array,
    kinds: Sequence[BeatKind],
) -> Waves:
    """Add waves of another form where a QRS has no usual P wave in front.

    f waves stand before every QRS too, so the bumps there must stand out of all others.
    """
    lone, low = [], _elsewhere(rest, found)
    for kind, (on, _) in zip(kinds, rest.qrs, strict=True):
        if kind == "V" or any((found.at > on - _FRONT_S[1]) & (found.at < on - _FRONT_S[0])):
            continue
        near = (peaks / SLOW > on - _FRONT_S[1]) & (peaks / SLOW < on - _FRONT_S[0])
        near &= heights > _OUTSTANDING * low
        if near.any():
            lone.append(int(peaks[near][np.argmax(heights[near])]))
    if not lone or len(found) + len(lone) < _OTHERS_SHARE * len(rest.qrs):
        return found  # too few beats would have a P wave even so
    forms, shape = list(found.forms), []
    for at in lone:
        form = _around(rest, at)
        like = [alike(form, other) for other in forms]
        if like and max(like) > _ALIKE:
            shape.append(int(np.argmax(like)))
        else:
            shape.append(len(forms))
            forms.append(form)
    at = np.concatenate([found.at, np.array(lone) / SLOW])
    order = np.argsort(at)
    ones = np.ones(len(lone))
    return Waves(
        at[order],
        np.concatenate([found.shape, np.array(shape, dtype=np.int64)])[order],
        np.concatenate([found.size, ones])[order],
        np.concatenate([found.fit, ones])[order],
        np.concatenate([found.clear, rest.clear[lone]])[order],
        tuple(forms),
    )


def _sorted_by_form(rest: Residual, found: Waves) -> Waves:
    """Give each wave the number of its form, sizes and noise considered; 0 is the usual one."""
    if len(found) < 3:
        return found
    cuts = _cuts(rest, found)
    flat = cuts.reshape(len(cuts), -1)
    noise = _NOISE_MARGIN * flat.shape[1] * _ripple(rest, found)
    groups: list[list[int]] = []
    for i, wave in enumerate(flat):
        means = [flat[g].mean(axis=0) for g in groups]
        off = [
            ((wave - m) ** 2).sum() / (_SAME**2 * max((wave**2).sum(), (m**2).sum()) + noise)
            for m in means
        ]
        if off and min(off) < 1:
            groups[int(np.argmin(off))].append(i)
        else:
            groups.append([i])
    shape = np.zeros(len(found), dtype=np.int64)
    groups.sort(key=len, reverse=True)
    for number, group in enumerate(groups):
        shape[group] = number
    # The form that was searched for has better limits than windows of one width.
    usual = [int(np.bincount(found.shape[group]).argmax()) for group in groups]
    forms = tuple(found.forms[number] for number in usual)
    return replace(found, shape=shape, forms=forms)


def _cuts(rest: Residual, found: Waves) -> Array:
    """(k, 3, w) levelled windows of one width around all waves."""
    half = round(HALF * _CUT_SHARE)
    padded = hold_edges(rest.xyz, half, half)
    places = np.rint(found.at * SLOW).astype(int)
    return np.stack([levelled(padded[:, p : p + 2 * half + 1]) for p in places])


def _ripple(rest: Residual, found: Waves) -> float:
    """Variance in mV^2 of one axis where neither QRS, ST, T nor a P wave was found.

    Where P and T leave little such time, the ends of waves reach into it: then the calmest
    quarter of the rest stands for it where that is calmer.
    """
    fast = rest.xyz - gaussian_filter1d(rest.xyz, _DRIFT_S * SLOW, axis=1)
    times = np.arange(fast.shape[1]) / SLOW
    quiet = rest.clear.copy()
    for at in found.at:
        quiet &= np.abs(times - at) > _P_REACH_S
    local = gaussian_filter1d((fast**2).mean(axis=0), 0.03 * SLOW)
    calm = float(np.percentile(local[rest.seen], 25))
    if quiet.sum() <= SLOW / 2:
        return calm
    between = float(fast[:, quiet].var())
    return between if quiet.mean() > _QUIET_SHARE else min(between, calm)


def _elsewhere(rest: Residual, found: Waves) -> float:
    """How high bumps are where no P wave is expected, mV.

    A third more than the upper quartile: the 90th percentile of f waves, without the one P wave
    that may lie there all the same.
    """
    away = rest.seen.copy()
    times = np.arange(len(away)) / SLOW
    for on, _ in rest.qrs:
        away &= ~((times > on - _FRONT_S[1] - 0.06) & (times < on))
    for at in found.at:
        away &= np.abs(times - at) > 0.1
    size = bump_size(rest)
    return _F_TOP * float(np.percentile(size[away], 75)) if away.sum() > SLOW / 4 else np.inf


def _around(rest: Residual, at: int) -> Form:
    padded = hold_edges(rest.xyz, HALF, HALF)
    return supported(levelled(padded[:, at : at + 2 * HALF + 1])) or form_of(
        padded[:, at + HALF // 2 : at + 3 * HALF // 2 + 1]
    )


def lone_waves(prepared: Prepared) -> Waves:
    """P waves of a record in which there is no QRS."""
    whole = (np.linalg.pinv(DOWER[prepared.good]) @ prepared.used)[:, ::STEP]
    smooth = gaussian_filter1d(whole, 0.008 * SLOW, axis=1)
    free = np.ones(whole.shape[1], dtype=bool)
    rest = Residual(smooth, free, free, smooth, np.zeros((0, 2)), np.zeros(0))
    peaks, heights, noise = _bumps(rest)
    usual = _recurring(rest, peaks[heights > _OVER_NOISE * noise])
    return NONE if usual is None else _matched(rest, usual)


def _bumps(rest: Residual) -> tuple[npt.NDArray[np.int64], Array, float]:
    """Samples of P-like bumps outside the QRS, their height in mV, and the level of noise."""
    size = bump_size(rest)
    noise = float(np.median(size[rest.clear])) if rest.clear.sum() > SLOW else 0.0
    peaks, found = find_peaks(size, height=_LEAST_MV, distance=round(_APART_S * SLOW))
    return peaks, found["peak_heights"], noise


def bump_size(rest: Residual) -> Array:
    """(M,) mV: how much of a wave of 60-140 ms stands at each sample, 0 within QRS complexes."""
    bumps = gaussian_filter1d(rest.xyz, _NARROW_S * SLOW, axis=1)
    bumps -= gaussian_filter1d(rest.xyz, _WIDE_S * SLOW, axis=1)
    return np.sqrt((bumps**2).sum(axis=0)) * rest.seen


def _before_qrs(prepared: Prepared, reading: Reading) -> Form | None:
    """The P wave of the median beat; None without one."""
    p = reading.limits.p
    if p is None or reading.atria != "p":
        return None
    xyz = np.linalg.pinv(DOWER[prepared.good]) @ reading.median[prepared.good]
    smooth = gaussian_filter1d(xyz, 0.008 * SLOW * STEP, axis=1)
    wave = smooth[:, PRE + p[0] : PRE + p[1] + 1]
    return form_of(wave[:, ::STEP]) if is_wave(wave) else None


def _recurring(rest: Residual, peaks: npt.NDArray[np.int64]) -> Form | None:
    """The average of the largest cluster of bumps that look alike; None below three of them."""
    if len(peaks) < 3:
        return None
    padded = hold_edges(rest.xyz, 2 * HALF, 2 * HALF)
    cuts = np.stack([levelled(padded[:, p + HALF : p + 3 * HALF + 1]) for p in peaks])
    flat = cuts.reshape(len(cuts), -1)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    alike = flat @ flat.T > _ALIKE
    best = int(np.argmax(alike.sum(axis=1)))
    if alike[best].sum() < 3:
        return None
    return supported(np.median(cuts[alike[best]], axis=0))


def _matched(rest: Residual, form: Form) -> Waves:
    """All places where the form fits, the best first, none nearer than `_APART_S` to another."""
    fit, size = fits(rest.xyz, form)
    least = np.where(rest.clear, _MATCH, _MATCH_T)
    good = rest.seen & (fit > least) & (size > _SIZES[0]) & (size < _SIZES[1])
    score = np.where(good, fit * np.minimum(size, 1.0), 0.0)
    peaks, _ = find_peaks(np.pad(score, 1), height=0.1, distance=round(_APART_S * SLOW))
    peaks = peaks - 1
    shape = np.zeros(len(peaks), dtype=np.int64)
    return Waves(peaks / SLOW, shape, size[peaks], fit[peaks], rest.clear[peaks], (form,))
