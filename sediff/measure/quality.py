"""What disturbs a recording: drift, muscle tremor, mains; `contact` finds loose electrodes.

Bands after Kligfield et al. (AHA/ACCF/HRS standardisation, Part I, 2007): drift below 0.5 Hz,
muscle noise above 20 Hz. Works on the signal as it was recorded.
"""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt

from sediff.measure.contact import contact_of
from sediff.measure.signals import line_heights
from sediff.measure.values import Quality

Array = npt.NDArray[np.float64]

_DRIFT_HZ, _SLOW_FS = 0.5, 10.0
_TREMOR_HZ, _TREMOR_WINDOW_S = 20.0, 0.06
_CALM_PC = 40  # QRS complexes take less than the rest of the windows
_MAINS_MIN_FS = 150.0
_MAINS_MV, _MAINS_FACTOR = 0.005, 4.0
_ABSURD_MV = 1000.0


def quality_of(
    eight: npt.NDArray,
    fs: float,
    beats_s: Sequence[float] = (),
    suspect: Collection[str] = (),
) -> Quality:
    """Judge (8, T) leads in mV at `fs` Hz; not-a-number samples count as 0.

    `beats_s` are R peaks, s: what jumps there in one chest lead alone may be an odd beat. In leads
    that are `suspect` for another reason one jump is enough to call them loose.
    """
    x = np.nan_to_num(np.asarray(eight, dtype=np.float64), posinf=0, neginf=0)
    x = np.clip(x, -_ABSURD_MV, _ABSURD_MV)
    x = x - np.median(x, axis=1, keepdims=True)
    mains_mv, mains_hz = _mains(x, fs)
    contact = contact_of(x, fs, beats_s, suspect)
    return Quality(
        wander_mv=_wander(x, fs),
        tremor_mv=_tremor(x, fs, mains_hz),
        mains_mv=mains_mv,
        mains_hz=mains_hz,
        loose=contact.loose,
        broken=contact.broken,
    )


def _wander(x: Array, fs: float) -> float:
    """Rms below 0.5 Hz, median of the leads, mV."""
    step = max(1, round(fs / _SLOW_FS))
    blocks = x[:, : x.shape[1] // step * step].reshape(len(x), -1, step).mean(axis=2)
    sos = butter(2, _DRIFT_HZ, "lowpass", fs=fs / step, output="sos")
    slow = sosfiltfilt(sos, blocks, axis=1, padlen=min(blocks.shape[1] - 1, 20))
    return float(np.median(slow.std(axis=1)))


def _tremor(x: Array, fs: float, mains_hz: int) -> float:
    """Rms above 20 Hz without mains in the calmer windows, median of the leads, mV."""
    sos = butter(4, _TREMOR_HZ, "highpass", fs=fs, output="sos")
    fast = sosfiltfilt(sos, x, axis=1)
    if mains_hz:
        fast = fast - _line(fast, fs, mains_hz)
    power = uniform_filter1d(fast**2, max(1, round(_TREMOR_WINDOW_S * fs)), axis=1)
    return float(np.median(np.sqrt(np.percentile(np.maximum(power, 0), _CALM_PC, axis=1))))


def _mains(x: Array, fs: float) -> tuple[float, int]:
    """Amplitude in mV of the largest lead at 50 or 60 Hz, and which; (0, 0) without."""
    if fs < _MAINS_MIN_FS:
        return 0.0, 0
    best = (0.0, 0)
    for hz in (50, 60):
        low, here, high = line_heights(x, fs, hz)
        stands = here > np.maximum(_MAINS_MV, _MAINS_FACTOR * np.maximum(low, high))
        if stands.any() and here[stands].max() > best[0]:
            best = (float(here[stands].max()), hz)
    return best


def _line(x: Array, fs: float, hz: float) -> Array:
    """The sine of one frequency in (leads, T)."""
    t = np.arange(x.shape[1]) / fs
    waves = np.stack([np.sin(2 * np.pi * hz * t), np.cos(2 * np.pi * hz * t)], axis=1)
    return np.asarray(np.linalg.lstsq(waves, x.T, rcond=None)[0].T @ waves.T, dtype=np.float64)
