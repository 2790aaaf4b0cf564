"""Brings any 8-lead signal to the working form: 500 Hz, no drift, no mains; judges each lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, iirnotch, resample_poly, sosfiltfilt, tf2sos

from sediff.leads import EIGHT

RATE = 500  # Hz, the working rate: one sample is 2 ms
MIN_FS, MAX_FS = 100, 2000  # Hz
MIN_S, MAX_S = 3.0, 60.0

_DRIFT_HZ = 0.5
# Below the Nyquist frequency of 100 Hz files, so that both rates see the same QRS.
_SMOOTH_HZ = 40.0
_WIDE_HZ = 100.0
_MAINS_HZ, _NOTCH_Q = (50.0, 60.0), 8.0
# Mains is a line of this height that stands out of what lies aside of it.
_MAINS_MV, _MAINS_FACTOR, _ASIDE_HZ = 0.005, 3.0, 2.0
_FLAT_MV = 0.02
_HUGE_MV = 12.0
_FLAT_RUN_S = 2.5  # a slow heart is silent for two seconds
# All leads flat together is a pause of a heart without noise; so long at the end is a cut cable.
_PAUSE_SHARE, _PAUSE_EDGE_S = 0.9, 4.0
_CLIP_SHARE, _CLIP_NEAR, _CLIP_MV = 0.005, 0.02, 0.25
_MIN_LEADS = 3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prepared:
    """A signal ready to be measured.

    Attributes:
        eight: (8, N) float64 mV at `RATE`, 0.5-40 Hz; unusable leads are 0.
        wide: the same up to 100 Hz, with its drift: what amplitudes are read from.
        good: (8,) bool, False where a lead is flat, saturated or not a number.
        faults: one sentence per unusable lead, by lead name.
    """

    eight: Array
    wide: Array
    good: npt.NDArray[np.bool_]
    faults: dict[str, str]

    @property
    def used(self) -> Array:
        """The (n good, N) usable leads in mV."""
        return self.eight[self.good]


@lru_cache(maxsize=32)
def _band(kind: str, low: float, high: float) -> Array:
    if kind == "mains":
        return np.vstack([tf2sos(*iirnotch(hz, _NOTCH_Q, fs=RATE)) for hz in _MAINS_HZ])
    edges = {"bandpass": [low, high], "highpass": low, "lowpass": high}[kind]
    return np.asarray(butter(2, edges, kind, fs=RATE, output="sos"))


def filtered(x: Array, kind: str, low: float = 0.0, high: float = 0.0) -> Array:
    """Zero-phase filter of (leads, N) at `RATE`: second-order Butterworth, or the mains notches.

    Args:
        x: (leads, N) signals.
        kind: 'bandpass', 'highpass', 'lowpass' or 'mains'.
        low: lower edge in Hz. high: upper edge in Hz.
    """
    padding = min(x.shape[-1] - 1, RATE)
    out = sosfiltfilt(_band(kind, low, high), x, axis=-1, padtype="even", padlen=padding)
    return np.asarray(out)


def unfit(eight: npt.NDArray, fs: float) -> str:
    """Say in one sentence why this array cannot be measured at all, '' if it can."""
    if eight.ndim != 2 or eight.shape[0] != len(EIGHT):
        return "The signal does not have eight leads."
    if not MIN_FS <= fs <= MAX_FS:
        return f"The sampling rate is outside {MIN_FS} to {MAX_FS} Hz."
    if eight.shape[1] < MIN_S * fs - 1:
        return f"The signal is shorter than {MIN_S:.0f} seconds."
    if eight.shape[1] > MAX_S * fs + 1:
        return f"The signal is longer than {MAX_S:.0f} seconds."
    return ""


def prepare(eight: npt.NDArray, fs: float) -> Prepared:
    """Resample (8, T) mV to the working rate, remove drift and mains, judge the leads."""
    x = np.asarray(eight, dtype=np.float64)
    together = (np.diff(x, axis=1) == 0).all(axis=0)
    faults = {
        name: fault
        for name, lead in zip(EIGHT, x, strict=True)
        if (fault := _fault(lead, fs, together))
    }
    good = np.array([name not in faults for name in EIGHT])
    # The first sample is taken off so that the resampler sees no step at the edge.
    safe = np.where(good[:, None], np.nan_to_num(x, posinf=0, neginf=0), 0.0)
    safe = safe - np.median(safe, axis=1, keepdims=True)
    whole = _resampled(safe, fs)
    working = filtered(filtered(whole, "highpass", low=_DRIFT_HZ), "mains")
    wide = filtered(_without_mains(whole), "lowpass", high=_WIDE_HZ)
    return Prepared(filtered(working, "lowpass", high=_SMOOTH_HZ), wide, good, faults)


def without_leads(prepared: Prepared, faults: Mapping[str, str]) -> Prepared:
    """The same without these leads of the eight; `faults` says why."""
    if not faults:
        return prepared
    good = np.array([name not in {**prepared.faults, **faults} for name in EIGHT])
    return Prepared(
        np.where(good[:, None], prepared.eight, 0.0),
        np.where(good[:, None], prepared.wide, 0.0),
        good,
        {**prepared.faults, **faults},
    )


def line_heights(x: Array, fs: float, hz: float) -> Array:
    """(3, leads) mV: height of the lines below, at and above `hz` in (leads, T), 2 Hz apart."""
    bins = _line_bins(x.shape[1], fs, hz)
    return np.hypot(*(x @ bins).T.reshape(2, 3, len(x)))


@lru_cache(maxsize=8)
def _line_bins(samples: int, fs: float, hz: float) -> Array:
    """(T, 6) windowed cosines and sines whose products with a signal are amplitudes."""
    window = np.hanning(samples)
    near = np.outer(np.arange(samples) / fs, (hz - _ASIDE_HZ, hz, hz + _ASIDE_HZ))
    waves = np.concatenate([np.cos(2 * np.pi * near), np.sin(2 * np.pi * near)], axis=1)
    return waves * (2 * window / window.sum())[:, None]


def _without_mains(x: Array) -> Array:
    """Take mains out of (leads, N) only where there is some: the notches ring after a QRS."""
    for hz in _MAINS_HZ:
        low, here, high = line_heights(x, RATE, hz).max(axis=1)
        if here > max(_MAINS_MV, _MAINS_FACTOR * max(low, high)):
            return filtered(x, "mains")
    return x


def enough(prepared: Prepared) -> bool:
    """True if enough leads are usable to measure anything."""
    return int(prepared.good.sum()) >= _MIN_LEADS


def _resampled(x: Array, fs: float) -> Array:
    whole = round(fs)
    if whole == RATE:
        return x
    step = gcd(whole, RATE)
    return resample_poly(x, RATE // step, whole // step, axis=-1, padtype="line")


def _fault(lead: Array, fs: float, together: npt.NDArray[np.bool_]) -> str:
    """Say why one lead (T,) in mV cannot be used, '' if it can.

    `together` (T - 1,) says where all leads stand still at once.
    """
    if not np.isfinite(lead).all():
        return "The lead has samples that are not numbers."
    spread = float(np.ptp(lead))
    if spread < _FLAT_MV:
        return "The lead is flat."
    start, stop = _longest_span(np.diff(lead) == 0)
    if stop - start > _FLAT_RUN_S * fs and not _is_pause(start, stop, fs, together):
        return "The lead is flat for seconds."
    if np.ptp(np.percentile(lead, [0.5, 99.5])) > _HUGE_MV:
        return f"The lead swings over more than {_HUGE_MV:.0f} mV, which no heart does."
    if _is_clipped(lead, spread):
        return "The lead is saturated."
    return ""


def _is_clipped(lead: Array, spread: float) -> bool:
    """True if (T,) mV stops at its extremes: many samples there and few just short of them.

    A smooth peak has as many samples just below its top as on it.
    """
    for edge in (lead.max(), lead.min()):
        at_edge = lead == edge
        near = int((np.abs(lead - edge) < _CLIP_NEAR * spread).sum() - at_edge.sum())
        many = at_edge.mean() > _CLIP_SHARE and _longest_run(at_edge) > 2
        if abs(edge) > _CLIP_MV and many and at_edge.sum() > 2 * near:
            return True
    return False


def _is_pause(start: int, stop: int, fs: float, together: npt.NDArray[np.bool_]) -> bool:
    """True if all leads are still in these samples, between beats or shortly at an edge."""
    inside = start > 0 and stop < len(together)
    short = stop - start < _PAUSE_EDGE_S * fs
    return bool(together[start:stop].mean() > _PAUSE_SHARE) and (inside or short)


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    start, stop = _longest_span(flags)
    return stop - start


def _longest_span(flags: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and stop of the longest run of True in (n,), (0, 0) without one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.view(np.int8), [0]])))
    if not len(edges):
        return 0, 0
    best = int(np.argmax(edges[1::2] - edges[::2]))
    return int(edges[2 * best]), int(edges[2 * best + 1])
