"""Electrodes without firm contact: leads that jump again and again, or are gone for a while."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from sediff.edges import hold_edges
from sediff.leads import DOWER, LEADS, derive_twelve

Array = npt.NDArray[np.float64]

_STEP_S, _GAP_S = 0.09, 0.01  # what is compared before and after a jump
_STEP_MV, _AGAINST_BEATS = 0.4, 1.3  # of a jump that no single dipole makes
_PATTERN = 0.93  # likeness of a jump over the leads with that of one electrode
_BEAT_S, _LIMBS = 0.15, 3
_TOUCHED = 0.4  # a limb electrode moves its limb leads by 1 or 1/2, chest leads by 1/3
# Of the eight leads, what a potential of 1 mV at RA, LA, LL, V1 .. V6 makes.
_PATTERNS = np.vstack(
    [
        [-1, -1, *[-1 / 3] * 6],
        [1, 0, *[-1 / 3] * 6],
        [0, 1, *[-1 / 3] * 6],
        np.eye(8)[2:],
    ]
)
_EDGE_S, _APART_S = 0.3, 0.7
_LOOSE = 2  # jumps: one alone happens in 4 of 100 good records
_GONE_S, _GONE_SHARE = 1.5, 0.03


@dataclass(frozen=True)
class Contact:
    """Leads (of the twelve) of loose electrodes; `broken`: those that jump apart from the
    beats, so that it is not the heart that jumps."""

    loose: tuple[str, ...]
    broken: tuple[str, ...]


def contact_of(
    x: Array, fs: float, beats_s: Sequence[float], suspect: Collection[str] = ()
) -> Contact:
    """Look at (8, T) mV at `fs` Hz.

    What jumps at `beats_s` in one lead may be an odd beat. In leads (of the eight) that are
    `suspect` for another reason one jump is enough.
    """
    jumps, apart = _jumps(x, fs, beats_s)
    jumps[_LIMBS:] += np.array([jumps[_LIMBS + i] and f"V{i + 1}" in suspect for i in range(6)])
    gone = _gone(np.asarray(derive_twelve(x), dtype=np.float64), fs)
    return Contact(_names(_touched(jumps >= _LOOSE) | gone), _names(_touched(apart >= _LOOSE)))


def loose_limbs(x: Array, fs: float, beats_s: Sequence[float]) -> list[int]:
    """Which of the electrodes RA, LA, LL (0, 1, 2) jump in (8, T) mV at `fs` Hz."""
    jumps, _ = _jumps(x, fs, beats_s)
    return np.flatnonzero(jumps[:_LIMBS] >= _LOOSE).tolist()


def without_electrodes(x: Array, which: Sequence[int]) -> Array:
    """(8, T) mV without what these electrodes may have added to a dipole.

    Their potential cancels whatever it is, at the price of what the heart itself has of the same
    pattern: good to find beats in, not to read amplitudes from.
    """
    off_dipole = np.eye(len(x)) - DOWER @ np.linalg.pinv(DOWER)
    patterns = _PATTERNS[list(which)].T
    return x - patterns @ (np.linalg.pinv(off_dipole @ patterns) @ (off_dipole @ x))


def _names(bad: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(name for name, is_bad in zip(LEADS, bad, strict=True) if is_bad)


def _touched(electrodes: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """(12,) True for the leads that one of these (9,) electrodes moves much."""
    moved = np.abs(derive_twelve(_PATTERNS[electrodes][:, :, None])[:, :, 0]) > _TOUCHED
    return np.asarray(moved.any(axis=0))


def _jumps(
    x: Array, fs: float, beats_s: Sequence[float]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(9,) how often the potential of each electrode jumps, and how often apart from the beats.

    The heart is near to a dipole; the jump of one electrode is not, and its pattern over the
    leads says which electrode it is.
    """
    off_dipole = np.eye(len(x)) - DOWER @ np.linalg.pinv(DOWER)
    steps = _steps(off_dipole @ x, fs)
    size = np.linalg.norm(steps, axis=0)
    loud = np.flatnonzero(size > max(_STEP_MV, _AGAINST_BEATS * _usual(size, fs)))
    edge = _EDGE_S * fs  # recordings often begin and end with a jump
    loud = loud[(loud > edge) & (loud < x.shape[1] - edge)]
    fits = np.abs(_marks(off_dipole) @ steps[:, loud]) / np.maximum(size[loud], 1e-9)
    near = np.zeros(len(loud), dtype=bool)
    if len(beats_s):
        near = np.abs(loud[:, None] / fs - np.asarray(beats_s)).min(axis=1, initial=9) < _BEAT_S
        fits[_LIMBS:, near] = 0  # a jump of a limb electrode may have been taken for a beat
    best = fits.argmax(axis=0) if len(loud) else np.zeros(0, dtype=np.int64)
    sure = fits.max(axis=0, initial=0) > _PATTERN
    every = [sure & (best == i) for i in range(len(_PATTERNS))]
    jumps = np.array([_events(loud[one], fs) for one in every])
    return jumps, np.array([_events(loud[one & ~near], fs) for one in every])


def _events(at: npt.NDArray[np.int64], fs: float) -> int:
    """How many separate events these samples are."""
    return int(len(at) > 0) + int((np.diff(at) > _APART_S * fs).sum())


def _marks(off_dipole: Array) -> Array:
    """(9, 8) unit patterns of one electrode that no dipole makes."""
    marks = _PATTERNS @ off_dipole
    size = np.sqrt((marks**2).sum(axis=1, keepdims=True))
    return np.asarray(marks / size, dtype=np.float64)


def _usual(size: Array, fs: float) -> float:
    """What the beats make: median over windows of 1 s of the largest value."""
    width = round(fs)
    if len(size) < 2 * width:
        return float(size.max())
    return float(np.median(size[: len(size) // width * width].reshape(-1, width).max(axis=1)))


def _steps(x: Array, fs: float) -> Array:
    """(leads, T) mean of what follows each sample less the mean of what goes before it."""
    width, gap = max(2, round(_STEP_S * fs)), max(1, round(_GAP_S * fs))
    mean = uniform_filter1d(x, width, axis=1, mode="nearest")
    shift = gap + width // 2
    padded = hold_edges(mean, shift, shift)
    return padded[:, 2 * shift :] - padded[:, : -2 * shift]


def _gone(twelve: Array, fs: float) -> npt.NDArray[np.bool_]:
    """(12,) True for leads that are still for a while in which the others are not."""
    width = round(_GONE_S * fs)
    if twelve.shape[1] < 2 * width:
        return np.zeros(len(LEADS), dtype=bool)
    starts = range(0, twelve.shape[1] - width + 1, width // 2)
    spread = np.stack([np.ptp(twelve[:, s : s + width], axis=1) for s in starts], axis=1)
    usual = np.median(spread, axis=1, keepdims=True)
    still = spread < _GONE_SHARE * np.maximum(usual, 1e-6)
    others = np.median(spread / np.maximum(usual, 1e-6), axis=0) > 0.3
    return np.asarray((still & others).any(axis=1))
