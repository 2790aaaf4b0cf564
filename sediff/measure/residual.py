"""What is left of the record when QRS and T are taken off: the atria and noise."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

from sediff.leads import DOWER
from sediff.measure.limits import PRE
from sediff.measure.reading import Reading
from sediff.measure.signals import RATE, Array, Prepared

STEP = 4  # the atria are searched at 125 Hz
SLOW = RATE / STEP  # Hz
_QRS = (-0.05, 0.06)  # s from R where the limits of a QRS cannot be seen
_QRS_EDGE_S = 0.012
_T_EDGE_S = 0.02
_QT = 0.42, 0.56  # of the square root of RR in s: assumed, and longest believed
_RIDGE = 0.05  # how strongly the fitted turn of the heart is held at none
_SMOOTH_S = 0.008


@dataclass(frozen=True)
class Residual:
    """The record without ventricles, at `SLOW` Hz.

    Attributes:
        xyz: (3, M) mV, left, down, back; straight lines through every QRS.
        seen: (M,) False within a QRS. clear: (M,) False within QRS, ST and T too.
        whole: (3, M) mV as recorded, T waves included.
        qrs: (n, 2) QRS limits of the beats in s. t_off: (n,) ends of their T in s.
    """

    xyz: Array
    seen: npt.NDArray[np.bool_]
    clear: npt.NDArray[np.bool_]
    whole: Array
    qrs: Array
    t_off: Array


def residual_of(prepared: Prepared, reading: Reading) -> Residual:
    """Subtract from each beat the median QRS-T of its shape, turned to fit it.

    Breathing turns and stretches the heart: the median of all beats is brought onto each by a
    3 x 3 matrix fitted by ridge regression.
    """
    to_xyz = np.linalg.pinv(DOWER[prepared.good])
    xyz = to_xyz @ prepared.used
    whole = xyz.copy()
    medians = [to_xyz @ median[prepared.good] for median in reading.medians]
    count = np.bincount(reading.member, minlength=len(medians))
    at = np.rint(reading.at).astype(int)
    qrs, ends = _limits(reading, at)
    seen, clear = np.ones(xyz.shape[1], dtype=bool), np.ones(xyz.shape[1], dtype=bool)
    for i, centre in enumerate(at):
        start, stop = max(0, qrs[i, 0]), min(xyz.shape[1], ends[i])
        clear[start:stop] = False
        if count[reading.member[i]] >= 3:
            _subtract(xyz, medians[reading.member[i]], centre, start, stop)
        else:
            seen[start:stop] = False
    edge = round(_QRS_EDGE_S * RATE)
    for on, off in qrs:
        a, b = max(0, on - edge), min(xyz.shape[1] - 1, off + edge)
        seen[a : b + 1] = False
        _bridge(xyz, a, b)
        _bridge(whole, a, b)
    smooth = [gaussian_filter1d(x, _SMOOTH_S * RATE, axis=1)[:, ::STEP] for x in (xyz, whole)]
    return Residual(smooth[0], seen[::STEP], clear[::STEP], smooth[1], qrs / RATE, ends / RATE)


def _limits(reading: Reading, at: npt.NDArray) -> tuple[npt.NDArray, npt.NDArray]:
    """QRS limits (n, 2) and ends of T (n,) in samples; T ends where the next QRS begins."""
    unknown = (round(_QRS[0] * RATE), round(_QRS[1] * RATE))
    shapes = [shape or unknown for shape in reading.shapes]
    shapes[reading.main] = reading.limits.qrs or unknown
    qrs = at[:, None] + np.array([shapes[g] for g in reading.member])
    rr = np.diff(at, append=at[-1] + np.median(np.diff(at)))
    root = np.sqrt(np.median(rr) / RATE) * RATE
    own = reading.limits.t
    believed = own is not None and own[1] - shapes[reading.main][0] < _QT[1] * root
    ends = []
    for i, g in enumerate(reading.member):
        end = qrs[i, 0] + round(_QT[0] * root)
        if believed and own is not None:
            end = at[i] + own[1] + max(0, shapes[g][1] - shapes[reading.main][1])
        ends.append(max(end + round(_T_EDGE_S * RATE), qrs[i, 1]))
    ends = np.array(ends)
    following = qrs[1:, 0]
    if reading.limits.p is not None and reading.atria == "p":  # P is not to be taken off with T
        ours = reading.member[1:] == reading.main
        following = np.where(ours, at[1:] + reading.limits.p[0], following)
    ends[:-1] = np.maximum(np.minimum(ends[:-1], following), qrs[:-1, 1])
    return qrs, ends


def _subtract(xyz: Array, median: Array, centre: int, start: int, stop: int) -> None:
    """Take the fitted (3, W) median beat off xyz[:, start:stop], in place."""
    first, last = start - centre + PRE, stop - centre + PRE
    first, last = max(0, first), min(median.shape[1], last)
    if last - first < 20:
        return
    span = slice(centre - PRE + first, centre - PRE + last)
    wave = _levelled(median[:, first:last])
    here = _levelled(xyz[:, span])
    power = wave @ wave.T
    hold = _RIDGE * np.trace(power) / 3 * np.eye(3)
    turn = (here @ wave.T + hold) @ np.linalg.inv(power + hold)
    xyz[:, span] -= turn @ wave


def _levelled(x: Array) -> Array:
    """Take the line between the two ends off (3, w)."""
    ramp = np.linspace(0, 1, x.shape[1])
    first, last = x[:, :6].mean(axis=1, keepdims=True), x[:, -6:].mean(axis=1, keepdims=True)
    return x - first - (last - first) * ramp


def _bridge(x: Array, a: int, b: int) -> None:
    """Put a straight line between samples a and b of (3, N), in place."""
    ramp = np.linspace(0, 1, b - a + 1)
    x[:, a : b + 1] = x[:, [a]] * (1 - ramp) + x[:, [b]] * ramp
