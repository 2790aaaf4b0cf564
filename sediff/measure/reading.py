"""From prepared leads to what was seen: beats, their kinds, the median beat and its limits."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sediff.measure.beats import Group, group_beats
from sediff.measure.detect import envelope, find_beats, qrs_band, shared, sharpness
from sediff.measure.drift import levelled
from sediff.measure.limits import MS, PRE, Limits, level, median_beat
from sediff.measure.p_limits import PWave, find_p
from sediff.measure.qrs_limits import LENIENT, find_qrs
from sediff.measure.rhythm import (
    AtrialState,
    early_beats,
    is_irregular,
    is_ventricular,
    main_group,
    paired_beats,
    plain_intervals,
    seconds,
)
from sediff.measure.signals import RATE, Array, Prepared
from sediff.measure.single_p import have_p
from sediff.measure.t_limits import find_t
from sediff.simulator.simulation import Beat, BeatKind

# Median correlation of single P waves with their median: 0.86 and more in 98 of 100 sinus
# records, under 0.55 in most of atrial fibrillation (PTB-XL, fold 8).
_P_ALIKE, _P_ALIKE_IRREGULAR = 0.6, 0.8
_P_MV = 0.02
_P_MAX_IRREGULAR = round(0.165 * RATE)  # wider ones in an irregular rhythm are F waves
_P_REST = 0.6
_FIT = 0.75  # correlation with the template above which a beat has its shape
_SHORT_T_S = 0.04
_CLEAR_T = 30.0  # samples of doubt about the end of a single T wave
_EDGE = round(0.08 * RATE)
_TORN = round(0.2 * RATE)  # a beat this near to the edge that does not fit was cut
_TORN_MOVE = round(0.03 * RATE)  # or that had to be moved so far to fit


@dataclass(frozen=True)
class Reading:
    """What was seen in one record.

    Attributes:
        at: (n,) R peaks in samples at the working rate, in time order.
        kinds: 'N', 'A' or 'V' per beat.
        share: share of the beats that have the dominant shape.
        quiet: share of the time in which the QRS envelope is low.
        median: (8, W) dominant beat in mV, 0.5-40 Hz.
        wide: the same up to 100 Hz without drift, levelled at the QRS onset (without
            limits: as `median`).
        noise: mV, standard error of the median beat outside the waves.
        limits: its wave limits.
        spans: wave limits per beat.
        atria: what stands before the QRS.
        rr: intervals between plain beats in samples.
        member: (n,) shape of each beat: an index of `shapes` and `medians`.
        main: the dominant shape.
        fit: (n,) correlation of each beat with the median of its shape.
        shapes: QRS limits per shape. medians: (8, W) median beat per shape.
    """

    at: Array
    kinds: list[BeatKind]
    share: float
    quiet: float
    median: Array
    wide: Array
    noise: float
    limits: Limits
    spans: list[Limits]
    atria: AtrialState
    rr: Array
    member: npt.NDArray[np.int64]
    main: int
    fit: Array
    shapes: list[tuple[int, int] | None]
    medians: list[Array]

    @property
    def beats(self) -> tuple[Beat, ...]:
        """Every beat with its own wave limits in seconds."""
        forms = ["usual" if g == self.main else f"form {g}" for g in self.member]
        every = zip(self.at, self.kinds, self.spans, forms, strict=True)
        found = [_beat(*one) for one in every if one[2].qrs is not None]
        return tuple(_apart(found))


@dataclass(frozen=True)
class _Sorted:
    """Beats in time order with their group and fit; per group QRS limits and median beat."""

    at: Array
    member: npt.NDArray[np.int64]
    fit: Array
    main: int
    shapes: list[tuple[int, int] | None]
    medians: list[Array]

    def width(self, i: int) -> float:
        shape = self.shapes[i]
        return (shape[1] - shape[0]) * MS if shape else 0.0


def read(prepared: Prepared) -> Reading | None:
    """Find, sort and delineate the beats; None where fewer than three are found."""
    band = qrs_band(prepared.used)
    shape = envelope(band)
    peaks = find_beats(shape, sharpness(prepared.used))
    peaks = peaks[shared(band, peaks)]
    if len(peaks) < 3:
        return None
    groups = _drop_torn(group_beats(prepared.used, peaks), peaks, prepared.eight.shape[1])
    if sum(len(g.at) for g in groups) < 3:
        return None
    found = _sorted(prepared, groups)
    early = early_beats(found.at)
    wide = _wide(found, early)
    kinds: list[BeatKind] = ["V" if w else "N" for w in wide]
    early &= ~wide
    chosen = _typical(found, early, kinds)
    median, beats = median_beat(prepared.eight, found.at[chosen])
    room = np.append(np.diff(found.at), np.inf)[chosen]
    rr = plain_intervals(found.at, kinds, "V")
    rr = rr if len(rr) >= 2 else np.diff(found.at)
    limits, atria = _limits(median, beats, rr, float(np.percentile(room[np.isfinite(room)], 25)))
    # In fibrillation no beat is premature, unless the beats come in pairs.
    if not (is_irregular(rr) and atria != "p") or paired_beats(found.at).any():
        kinds = ["A" if e else k for k, e in zip(kinds, early, strict=True)]
    return Reading(
        at=found.at,
        kinds=kinds,
        share=float(np.mean((found.member == found.main) & (found.fit > _FIT))),
        quiet=float(np.mean(shape < 0.35 * np.median(shape[peaks]))),
        median=median,
        wide=_wide_beat(prepared.wide, found.at[chosen], limits, median),
        noise=_noise(median, beats),
        limits=limits,
        spans=_with_p(_spans(limits, found, kinds), prepared.eight, found.at, median, limits),
        atria=atria,
        rr=plain_intervals(found.at, kinds, "VA"),
        member=found.member,
        main=found.main,
        fit=found.fit,
        shapes=found.shapes,
        medians=found.medians,
    )


def _sorted(prepared: Prepared, groups: list[Group]) -> _Sorted:
    medians = [median_beat(prepared.eight, g.at)[0] for g in groups]
    every = np.diff(np.sort(np.concatenate([g.at for g in groups])))
    shapes = [find_qrs(m, float(np.median(every))) for m in medians]
    main = main_group(groups, [(s[1] - s[0]) * MS if s else 1e9 for s in shapes])
    at = np.concatenate([g.at for g in groups])
    member = np.concatenate([np.full(len(g.at), i) for i, g in enumerate(groups)])
    order = np.argsort(at)
    fit = np.concatenate([g.fit for g in groups])
    return _Sorted(at[order], member[order], fit[order], main, shapes, medians)


def _typical(
    found: _Sorted, early: npt.NDArray[np.bool_], kinds: list[BeatKind]
) -> npt.NDArray[np.bool_]:
    """Return (n,) True for beats of the dominant shape, on time, and with an undisturbed T."""
    main = found.member == found.main
    disturbed = np.append((np.array(kinds) == "V")[1:] | early[1:], False)
    for chosen in (main & ~early & ~disturbed, main & ~early):
        if chosen.sum() >= 3:
            return chosen
    return main


def _wide(found: _Sorted, early: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return (n,) True for beats of another, wide shape."""
    ventricular = [
        i != found.main
        and is_ventricular(
            found.width(i), found.width(found.main), bool(early[found.member == i].mean() > 0.5)
        )
        for i in range(len(found.shapes))
    ]
    return np.array(ventricular)[found.member]


def _drop_torn(groups: list[Group], peaks: npt.NDArray[np.int64], length: int) -> list[Group]:
    """Drop odd shapes at the very edges: beats cut by the start or the end of the record."""
    kept = []
    for i, group in enumerate(groups):
        at = peaks[group.index]
        near = np.min([group.at, at, length - group.at, length - at], axis=0)
        moved = group.at - at
        odd = (group.fit < _FIT) | (np.abs(moved - np.median(moved)) > _TORN_MOVE)
        inside = near > np.where(odd, _TORN, _EDGE if i else -np.inf)
        if inside.any():
            kept.append(Group(group.index[inside], group.at[inside], group.fit[inside]))
    return kept


def _limits(median: Array, beats: Array, rr: Array, room: float) -> tuple[Limits, AtrialState]:
    irregular = is_irregular(rr)
    qrs = find_qrs(median, room)
    if qrs is None:
        return Limits(None), "merged"
    # `room` is to the next beat of any kind: what follows that is no T wave.
    t = find_t(median, qrs, room)
    t_off = t[1] if t and t[2] < 99 else None
    p = find_p(median, qrs[0], t_off, float(np.median(rr)))
    atria = _atria(median, beats, p, irregular)
    span = (p.on, p.off) if p and atria == "p" else None
    return Limits(qrs, span, t[:2] if t else None, t[2] if t else 0.0), atria


def _atria(median: Array, beats: Array, p: PWave | None, irregular: bool) -> AtrialState:
    """Decide whether the wave before the QRS is there on every beat, and is a P wave."""
    if p is None:
        return "none" if irregular else "merged"
    span = slice(PRE + p.on, PRE + p.off + 1)
    wave = level(median[:, span])
    if np.abs(wave).max() < _P_MV:
        return "none" if irregular or _noise(median, beats) < _P_MV / 3 else "merged"
    single = level(beats[:, :, span])
    dots = (single * wave).sum(axis=(1, 2))
    sizes = np.linalg.norm(single, axis=(1, 2)) * np.linalg.norm(wave)
    alike = float(np.median(dots / np.maximum(sizes, 1e-9)))
    if alike < (_P_ALIKE_IRREGULAR if irregular else _P_ALIKE):
        return "none" if irregular else "loose"
    if not p.likely or (irregular and p.off - p.on > _P_MAX_IRREGULAR):
        return "merged"
    if p.rest > _P_REST:
        return "none" if irregular else "loose"
    return "p"


def _noise(median: Array, beats: Array) -> float:
    """Standard error in mV of the median beat, from what differs between beats within 10 ms.

    f waves and drift differ between beats too, but slowly, and leave the QRS limits alone.
    """
    rest = beats[:, :, : PRE - 50] - median[:, : PRE - 50]
    fast = rest[:, :, 5:] - rest[:, :, :-5]
    return 1.48 / np.sqrt(2) * float(np.median(np.abs(fast))) / np.sqrt(len(beats))


def _wide_beat(wide: Array, at: Array, limits: Limits, median: Array) -> Array:
    """Median beat of the (8, N) unfiltered signal, drift taken off at the QRS onsets."""
    if limits.qrs is None:
        return median
    return median_beat(levelled(wide, at + limits.qrs[0]), at)[0]


def _spans(limits: Limits, found: _Sorted, kinds: list[BeatKind]) -> list[Limits]:
    """Give each beat the limits of the median beat; other shapes get their own QRS, V its own T."""
    rr = np.diff(found.at)
    following = np.append(rr, np.median(rr))
    own: dict[int, Limits] = {found.main: limits}
    for i, (median, qrs) in enumerate(zip(found.medians, found.shapes, strict=True)):
        if i != found.main:
            room = float(np.median(following[found.member == i]))
            qrs = qrs or find_qrs(median, float(np.median(rr)), LENIENT)
            t = find_t(median, qrs, min(room, float(np.median(rr)))) if qrs else None
            clear = t is not None and t[2] <= _CLEAR_T
            own[i] = Limits(qrs or limits.qrs, None, t[:2] if t and clear else None)
    return [
        own[g] if kind == "V" else replace(limits, qrs=own[g].qrs)
        for g, kind in zip(found.member, kinds, strict=True)
    ]


def _with_p(
    spans: list[Limits], eight: Array, at: Array, median: Array, limits: Limits
) -> list[Limits]:
    """Take P off the beats that do not show it or whose P lies before the record."""
    if limits.p is None:
        return spans
    seen = have_p(eight, at, median, limits.p) & (at + limits.p[0] >= 0)
    return [s if ok else replace(s, p=None) for s, ok in zip(spans, seen, strict=True)]


def _apart(beats: list[Beat]) -> list[Beat]:
    """Cut T where the next QRS begins, and drop a P wave that would lie in the QRS before it."""
    for i, (beat, following) in enumerate(pairwise(beats)):
        if beat.t and beat.t[1] > following.qrs[0]:
            kept = following.qrs[0] - beat.t[0] > _SHORT_T_S
            beats[i] = replace(beat, t=(beat.t[0], following.qrs[0]) if kept else None)
        if following.p and following.p[0] < beat.qrs[1]:
            beats[i + 1] = replace(following, p=None)
    return beats


def _beat(at: float, kind: BeatKind, span: Limits, form: str) -> Beat:
    def move(pair: tuple[int, int]) -> tuple[float, float]:
        return seconds(at + pair[0]), seconds(at + pair[1])

    qrs = span.qrs or (0, 0)
    p, t = (move(pair) if pair else None for pair in (None if kind == "V" else span.p, span.t))
    return Beat(seconds(at), kind, move(qrs), p, t, form)
