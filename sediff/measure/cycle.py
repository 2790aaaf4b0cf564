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
# Tall P waves a half or a third of a cycle from T reach 2.0 in all axes and 3 downwards.
_FAR_OUT, _FAR_DOWN = 2.0, 4.0
_FLUTTER_BPM = (190.0, 380.0)
_LEAST_MV = 0.025
_BUMP_MV, _BUMP_SHARE = 0.03, 0.12
_BUMP_S = 0.11  # a P wave is narrower than this at half of its height
_P_PLACE_S = (0.03, 0.24)  # before the QRS onset
_SMOOTH_S = 0.012
_RP_S = (0.09, 0.20)  # QRS onset to the peak of a retrograde P in the ST segment
_OVER_ONSET = 0.3  # of its own size
_SIGN_LEADS = (0, 1)  # I and II
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
    axes = _harmonics(cycle)
    whole = np.sqrt((axes**2).sum(axis=0))
    best, ratio = 1.0, 0
    for k, least in _STANDS_OUT.items():
        if not _FLUTTER_BPM[0] <= k * cycle.rate <= _FLUTTER_BPM[1]:
            continue
        out = max(_outstanding(whole, k) / least, _outstanding(axes[1], k) / (least * _ONE_AXIS))
        if out > best:
            best, ratio = out, k
    return ratio


def stands_far_out(cycle: Cycle, k: int) -> bool:
    """Whether harmonic k stands out as only a wave does that goes on through QRS and T."""
    axes = _harmonics(cycle)
    whole = np.sqrt((axes**2).sum(axis=0))
    return _outstanding(whole, k) > _FAR_OUT or _outstanding(axes[1], k) > _FAR_DOWN


def _harmonics(cycle: Cycle) -> Array:
    """(3, 1 + `_HARMONICS`) mV: size of each harmonic of the cycle along the three axes."""
    whole = np.abs(np.fft.rfft(cycle.xyz, axis=1))
    return whole[:, : _HARMONICS + 1] * 2 / cycle.xyz.shape[1]


def _outstanding(size: Array, k: int) -> float:
    """Harmonic k against its neighbours, 0 where it is too small to be a wave."""
    return float(size[k] / np.sqrt(size[k - 1] * size[k + 1])) if size[k] > _LEAST_MV else 0.0


@dataclass(frozen=True)
class Bump:
    """A P wave on ST or T of the cycle, in two leads or more.

    Attributes:
        after_s: from the QRS onset to its peak. before_s: from its peak to the next QRS onset.
        up: -1 where it is negative in I or II, else 1.
    """

    after_s: float
    before_s: float
    up: int


@dataclass(frozen=True)
class _Peak:
    """A wave in one lead: sample from the QRS onset, sign, prominence in mV, width in s."""

    at: int
    side: int
    tall: float
    width: float


def bump_before_qrs(cycle: Cycle) -> Bump | None:
    """A narrow wave between T and QRS, smaller than the T wave before it."""
    n = cycle.xyz.shape[1]
    seen: dict[int, _Peak] = {}
    for i, (lead, peaks) in enumerate(_peaks(cycle)):
        late = [p for p in peaks if _P_PLACE_S[0] < (n - p.at) / RATE < _P_PLACE_S[1]]
        # The dip between T and an upright P is no wave: it does not reach below the QRS onset.
        late = [p for p in late if p.side * (lead[p.at] - lead[-1]) > _OVER_ONSET * p.tall]
        if late and any(q.tall > late[-1].tall for q in peaks if q.at < late[-1].at):
            seen[i] = late[-1]
    return _bump(seen, n)


def bump_after_qrs(cycle: Cycle) -> Bump | None:
    """A narrow wave in the ST segment, smaller than the T wave after it: a retrograde P."""
    seen: dict[int, _Peak] = {}
    before_t = False
    for i, (_, peaks) in enumerate(_peaks(cycle)):
        early = [p for p in peaks if _RP_S[0] < p.at / RATE < _RP_S[1]]
        if early:
            seen[i] = early[0]
            before_t |= any(q.tall > early[0].tall for q in peaks if q.at > early[0].at)
    return _bump(seen, cycle.xyz.shape[1]) if before_t else None


def _peaks(cycle: Cycle) -> list[tuple[Array, list[_Peak]]]:
    """I, II, V1, V2 and V5 of the cycle in mV, and the waves of each in time order."""
    leads = DOWER[[0, 1, 2, 3, 6]] @ gaussian_filter1d(cycle.xyz, _SMOOTH_S * RATE, axis=1)
    found = []
    for lead in leads:
        least = max(_BUMP_MV, _BUMP_SHARE * float(np.ptp(lead)))
        peaks = []
        for side in (1, -1):
            at, info = find_peaks(side * lead[cycle.qrs :], prominence=least)
            widths = peak_widths(side * lead[cycle.qrs :], at)[0] / RATE
            every = zip(at, info["prominences"], widths, strict=True)
            peaks += [_Peak(int(a) + cycle.qrs, side, float(t), float(w)) for a, t, w in every]
        found.append((lead, sorted(peaks, key=lambda p: p.at)))
    return found


def _bump(seen: dict[int, _Peak], n: int) -> Bump | None:
    """One P wave out of what single leads show."""
    seen = {i: p for i, p in seen.items() if p.width < _BUMP_S}
    if len(seen) < 2:
        return None
    place = float(np.median([p.at for p in seen.values()]))
    near = {i: p for i, p in seen.items() if abs(p.at - place) < _TOGETHER_S * RATE}
    if len(near) < 2:
        return None
    # The right chest leads may show either sign; a sinus P is upright in I and II.
    up = min((near[lead].side for lead in _SIGN_LEADS if lead in near), default=1)
    return Bump(place / RATE, (n - place) / RATE, up)


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
