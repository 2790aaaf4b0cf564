"""One generated heart, one number moved: what the simulation changes is carried over.

Time is warped piece by piece, from the limits of P, QRS and T in the old simulation to those in
the new one; then the difference of the two simulations is added. Nothing is drawn anew. The
difference is that of P, QRS and T: f waves keep no step with the beats and stay as they were.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat
from sediff.simulator.simulation import Simulation

Array = npt.NDArray[np.float64]
_AROUND_S = (0.3, 0.5)  # before and after R: what of a beat must lie inside the record
_FADE_S = 0.06  # where a beat from elsewhere in the record is joined
_SAME_S = 1e-3


def carried_over(
    heart: npt.NDArray, old: Simulation, new: Simulation
) -> npt.NDArray[np.float32] | None:
    """The heart as the new simulation has it.

    Args:
        heart: (8, T) mV, generated from `old`, before pacing pulses and recording faults.
        old, new: simulations of one seed whose cases differ in numbers and waves alone.

    Returns:
        (8, T) float32 mV; None where the beats of the two cannot be matched: draw it anew.
    """
    sources = matched(old, new)
    if sources is None:
        return None
    signals = np.stack([np.asarray(heart, float), np.asarray(old.draft, float)])
    whole, drawn = _warped(signals, old, new, sources)
    return (whole + new.draft - drawn).astype(np.float32)


def matched(old: Simulation, new: Simulation) -> list[int] | None:
    """For each new beat the old beat that it is made of; None where there is none of its form."""
    if not old.beats or not new.beats:
        return None
    if _same_times(old.beats, new.beats):
        return list(range(len(new.beats)))
    if old.lone_p or new.lone_p:  # P waves in a time of their own
        return None
    before, after = _AROUND_S
    seconds = old.draft.shape[1] / old.fs
    inside = [i for i, b in enumerate(old.beats) if before <= b.r_s <= seconds - after]
    sources: list[int] = []
    for k, beat in enumerate(new.beats):
        like = [i for i in inside if _alike(beat, old.beats[i])]
        if not like:
            return None
        wanted = k if k in like else sources[-1] + 1 if sources else like[0]
        sources.append(wanted if wanted in like else like[0])
    return sources


def _alike(a: Beat, b: Beat) -> bool:
    """Of one form, with the same waves."""
    return (a.kind, a.form, a.p is None, a.t is None) == (b.kind, b.form, b.p is None, b.t is None)


def _same_times(a: Sequence[Beat], b: Sequence[Beat]) -> bool:
    return len(a) == len(b) and all(abs(x.r_s - y.r_s) < _SAME_S for x, y in zip(a, b, strict=True))


def _warped(signals: Array, old: Simulation, new: Simulation, sources: list[int]) -> Array:
    """(2, 8, T) at the new times: runs of neighbouring beats, faded into each other."""
    samples, fs = signals.shape[2], old.fs
    time = np.arange(samples) / fs
    total, weights = np.zeros(signals.shape), np.zeros(samples)
    for first, last in _runs(sources):
        begin = _between(new.beats, first - 1)
        end = _between(new.beats, last)
        rise = np.clip((time - begin) / _FADE_S + 0.5, 0, 1)
        weight = rise * np.clip((end - time) / _FADE_S + 0.5, 0, 1)
        rows = np.flatnonzero(weight)
        if not len(rows):
            continue
        edges = [
            (begin - _FADE_S / 2, _between(old.beats, sources[first] - 1)),
            (end + _FADE_S / 2, _between(old.beats, sources[last])),
        ]
        beats = [(new.beats[k], old.beats[sources[k]]) for k in range(first, last + 1)]
        at = np.clip(_clock(time[rows], beats, edges), 0, (samples - 1) / fs)
        for part, signal in zip(total, signals, strict=True):
            for lead, row in zip(part, signal, strict=True):
                lead[rows] += weight[rows] * np.interp(at, time, row)
        weights[rows] += weight[rows]
    return total / np.maximum(weights, 1e-9)


def _runs(sources: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each stretch in which neighbours come from neighbours."""
    cuts = [k for k in range(1, len(sources)) if sources[k] != sources[k - 1] + 1]
    edges = [0, *cuts, len(sources)]
    return [(a, b - 1) for a, b in itertools.pairwise(edges)]


def _between(beats: Sequence[Beat], k: int) -> float:
    """Middle of the pause after beat k, from its T to the next P or QRS; infinite at the ends."""
    if k < 0 or k >= len(beats) - 1:
        return -np.inf if k < 0 else np.inf
    here, after = beats[k], beats[k + 1]
    return ((here.t or here.qrs)[1] + (after.p or after.qrs)[0]) / 2


def _clock(
    time: Array, beats: Sequence[tuple[Beat, Beat]], edges: Sequence[tuple[float, float]]
) -> Array:
    """New times -> old times: limits onto limits, and at the same pace before and after.

    Args:
        beats: (new, old). edges: further (new, old) times, where the pauses around are joined:
            without them the next beat of the old record would follow.
    """
    pairs = [pair for pair in edges if np.isfinite(pair).all()]
    for new, old in beats:
        for x, y in ((new.p, old.p), (new.qrs, old.qrs)):
            if x is not None and y is not None:
                pairs += zip(x, y, strict=True)
        if new.t is not None and old.t is not None:
            pairs.append((new.t[1], old.t[1]))  # ST and T are one wave
    x, y = np.array(sorted(pairs)).T
    y = np.maximum.accumulate(y)
    keep = np.append(True, np.diff(x) > 1e-4)
    x, y = x[keep], y[keep]
    return np.interp(time, x, y) + np.minimum(time - x[0], 0) + np.maximum(time - x[-1], 0)
