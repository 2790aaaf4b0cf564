"""Finds the QRS complexes of all leads together, from 25 to 220 beats per minute."""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d
from scipy.signal import find_peaks

from sediff.measure.signals import RATE, Array, filtered
from sediff.measure.t_peaks import are_t_waves

_QRS_HZ = (3.0, 25.0)  # the band in which a QRS stands out of P, T and muscle noise
_SHARP_HZ = (15.0, 40.0)
_ENVELOPE_S = 0.07
_REFRACTORY_S = 0.22
# A lead shows a beat with this share of its usual steepness; real beats, premature ones too, are
# shown by 4 of 8 leads and more, jumps of electrodes by one or two (PTB-XL, folds 1-8).
_SHOWS, _SHOWS_S, _SHOWN_BY = 0.25, 0.06, 0.3


def qrs_band(eight: Array) -> Array:
    """Return what the (leads, N) usable leads have in the band of the QRS."""
    return filtered(eight, "bandpass", *_QRS_HZ)


def envelope(band: Array) -> Array:
    """Return the (N,) QRS envelope of (leads, N) in the band of the QRS.

    The geometric mean of slope and size: a T wave has size without slope, muscle noise slope
    without size, and a wide ectopic beat enough of both.
    """
    return np.sqrt(_together(np.abs(np.gradient(band, axis=1))) * _together(np.abs(band)))


def shared(band: Array, peaks: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return (n,) True for peaks that several leads show: a jump of one or two is no beat."""
    slopes = np.abs(np.diff(band, axis=1))
    level = _SHOWS * _window_level(slopes)
    reach = round(_SHOWS_S * RATE)
    shows = [(slopes[:, max(0, p - reach) : p + reach].max(axis=1) > level).mean() for p in peaks]
    return np.array(shows, dtype=np.float64) > _SHOWN_BY


def _together(x: Array) -> Array:
    """Bring (leads, N) magnitudes together to (N,).

    Each lead counts by its own typical QRS, and the extremes over leads are dropped at every
    sample, so that one loose electrode neither makes nor hides a beat.
    """
    x = x / np.maximum(_window_level(x)[:, None], 1e-9)
    if len(x) >= 5:
        x = np.sort(x, axis=0)[1:-1]
    return uniform_filter1d(np.sqrt(np.mean(x**2, axis=0)), round(_ENVELOPE_S * RATE))


def find_beats(shape: Array, sharp: Array) -> npt.NDArray[np.int64]:
    """Return the sample numbers of the QRS complexes.

    Args:
        shape: (N,) envelope. sharp: (N,) as `sharpness` gives it.
    """
    level = float(_window_level(shape[None])[0])
    if level <= 0:
        return np.zeros(0, dtype=np.int64)
    peaks, _ = find_peaks(shape, distance=round(_REFRACTORY_S * RATE), height=0.08 * level)
    peaks = peaks[~are_t_waves(peaks, shape, sharp)]
    heights = shape[peaks]
    return peaks[heights > _threshold(heights, level)]


def sharpness(eight: Array) -> Array:
    """Return what is fast in the (leads, N) usable leads, (N,): a QRS has much of it, T little."""
    return _together(np.abs(filtered(eight, "bandpass", *_SHARP_HZ)))


def _window_level(x: Array) -> Array:
    """Median over 2.4-s windows of the maximum of each row of (rows, N)."""
    width = round(2.4 * RATE)
    starts = np.linspace(0, x.shape[1] - width, max(2, 2 * x.shape[1] // width)).astype(int)
    return np.median([x[:, s : s + width].max(axis=1) for s in starts], axis=0)


def _threshold(heights: Array, level: float) -> float:
    """Put the threshold into the widest gap between the heights of waves and of beats."""
    steps = np.sort(heights[(heights > 0.15 * level) & (heights < 0.75 * level)]) / level
    steps = np.concatenate([[0.15], steps, [0.75]])
    middles = np.sqrt(steps[1:] * steps[:-1])
    # Gaps near 0.35 of the level are believed more than those at the ends.
    width = np.log(steps[1:] / steps[:-1]) * np.exp(-((np.log(middles / 0.35) / 0.8) ** 2))
    return float(middles[np.argmax(width)]) * level
