"""One cycle of a regular rhythm, from QRS to QRS: flutter waves locked to it, P waves on T."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks, peak_widths

from sediff.leads import DOWER
from sediff.measure.limits import PRE
from sediff.measure.reading import Reading
from sediff.measure.signals import RATE, Array, Prepared

_EDGE = 6  # samples around the QRS
_SHORT_S = 0.2  # no heart beats faster
_HARMONICS = 9
# A wave k times a cycle stands out of its neighbours by this: 1.5-2 in flutter, at most 1.1
# without it, because T and P fall off smoothly (PTB-XL, folds 1-8).
_STANDS_OUT = {2: 1.32, 3: 1.4, 4: 1.4, 5: 1.4, 6: 1.4}
_ONE_AXIS = 1.35  # one axis alone must stand out by so much more
_FLUTTER_BPM = (190.0, 380.0)
_LEAST_MV = 0.025
_BUMP_MV, _BUMP_SHARE = 0.03, 0.12
_BUMP_S = 0.11  # a P wave is narrower than this at half of its height
_P_PLACE_S = (0.03, 0.24)  # before the QRS onset
_SMOOTH_S = 0.012
_ST_S, _RISE_S, _DIP_MV = 0.06, 0.12, 0.01
_TOGETHER_S = 0.04  # peaks of one P wave lie this near to each other in all leads


@dataclass(frozen=True)
class Cycle:
    """The median beat as one closed cycle.

    Attributes:
        xyz: (3, n) mV from QRS onset to QRS onset; a straight line through the QRS.
        rate: cycles a minute. qrs: samples that the QRS takes at the start.
    """

    xyz: Array
    rate: float
    qrs: int


def cycle_of(prepared: Prepared, reading: Reading) -> Cycle | None:
    """The cycle of the dominant beat; None where it is longer than the median beat's window."""
    xyz = np.linalg.pinv(DOWER[prepared.good]) @ reading.median[prepared.good]
    n = round(float(np.median(np.diff(reading.at))))
    on, off = reading.limits.qrs or (-25, 30)
    first = PRE + on - _EDGE
    half = max(n // 2, n - first)
    if n < _SHORT_S * RATE or first + half > xyz.shape[1]:
        return None
    late = xyz[:, first - (n - half) : first]
    turn = np.concatenate([xyz[:, first : first + half], late], axis=1)
    width = off - on + 2 * _EDGE
    ramp = np.linspace(0, 1, width + 1)
    turn[:, : width + 1] = turn[:, [-1]] * (1 - ramp) + turn[:, [width]] * ramp
    return Cycle(turn, 60 * RATE / n, width)


def locked_ratio(cycle: Cycle) -> int:
    """How many flutter waves come in each cycle, 0 if none stand out.

    Their rate is the one harmonic that does not follow the smooth fall of T and P: of all axes
    together, or downwards alone, where typical flutter waves are largest.
    """
    axes = np.abs(np.fft.rfft(cycle.xyz, axis=1)[:, : _HARMONICS + 1]) * 2 / cycle.xyz.shape[1]
    whole = np.sqrt((axes**2).sum(axis=0))
    best, ratio = 1.0, 0
    for k, least in _STANDS_OUT.items():
        if not _FLUTTER_BPM[0] <= k * cycle.rate <= _FLUTTER_BPM[1]:
            continue
        out = max(_outstanding(whole, k) / least, _outstanding(axes[1], k) / (least * _ONE_AXIS))
        if out > best:
            best, ratio = out, k
    return ratio


def _outstanding(size: Array, k: int) -> float:
    """Harmonic k against its neighbours, 0 where it is too small to be a wave."""
    return float(size[k] / np.sqrt(size[k - 1] * size[k + 1])) if size[k] > _LEAST_MV else 0.0


@dataclass(frozen=True)
class Bump:
    """A P wave on the slope of T: `before_s` from its peak to the QRS onset, `up` its sign in II.

    `leads` counts how many of I, II, V1, V2 and V5 show it.
    """

    before_s: float
    up: int
    leads: int


def bump_before_qrs(cycle: Cycle) -> Bump | None:
    """A narrow wave of its own between T and QRS in two leads or more."""
    leads = DOWER[[0, 1, 2, 3, 6]] @ gaussian_filter1d(cycle.xyz, _SMOOTH_S * RATE, axis=1)
    seen = [peak for i, lead in enumerate(leads) if (peak := _strongest(lead, cycle.qrs, i))]
    if len(seen) < 2:
        return None
    place = float(np.median([p[1] for p in seen]))
    near = [p for p in seen if abs(p[1] - place) < _TOGETHER_S]
    if len(near) < 2:
        return None
    middle = leads.shape[1] - round(place * RATE)
    width = round(_BUMP_S / 2 * RATE)
    foot = leads[1, max(0, middle - width)], leads[1, min(leads.shape[1] - 1, middle + width)]
    return Bump(place, 1 if leads[1, middle] > float(np.mean(foot)) else -1, len(near))


def _strongest(lead: Array, qrs: int, index: int) -> tuple[int, float] | None:
    """(lead, s before the QRS) of the last separate peak of either sign, None without one."""
    tall = max(_BUMP_MV, _BUMP_SHARE * float(np.ptp(lead)))
    found = [(index, at) for side in (1, -1) if (at := _peak(side * lead[qrs:], tall)) is not None]
    return min(found, key=lambda f: f[1]) if found else None


def _peak(lead: Array, tall: float) -> float | None:
    """How long before the end of (m,) its last peak is that is narrow and apart from T, s."""
    peaks, _ = find_peaks(lead, prominence=tall)
    if not len(peaks):
        return None
    widths = peak_widths(lead, peaks)[0] / RATE
    before = (len(lead) - peaks) / RATE
    late = (before > _P_PLACE_S[0]) & (before < _P_PLACE_S[1]) & (widths < _BUMP_S)
    if not late.any() or not _separate(lead, int(peaks[late][-1])):
        return None
    return float(before[late][-1])


def _separate(lead: Array, peak: int) -> bool:
    """True if (m,) falls from the T wave before it rises to the peak."""
    valley = int(np.argmin(lead[:peak])) if peak > 5 else 0
    apart = valley > _ST_S * RATE and peak - valley < _RISE_S * RATE
    return apart and float(lead[:valley].max()) > lead[valley] + _DIP_MV


def is_wave(wave: Array) -> bool:
    """True if a (3, w) stretch has a peak of its own; the slope of a T wave has none."""
    level = wave - np.linspace(wave[:, 0], wave[:, -1], wave.shape[1], axis=1)
    axis = np.linalg.svd(level, full_matrices=False)[0][:, 0]
    along, own = axis @ wave, axis @ level
    if abs(own.min()) > own.max():
        along, own = -along, -own
    top = int(np.argmax(along[1:-1])) + 1
    rise = along[top] - along[: top + 1].min()
    fall = along[top] - along[top:].min()
    return bool(min(rise, fall) > 0.25 * own.max())
