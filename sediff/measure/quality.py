"""What disturbs a recording: drift, muscle tremor, mains, electrodes without firm contact.

Bands after Kligfield et al. (AHA/ACCF/HRS standardisation, Part I, 2007): drift below 0.5 Hz,
muscle noise above 20 Hz. Works on the signal as it was recorded.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt

from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.measure.values import Quality

Array = npt.NDArray[np.float64]

_DRIFT_HZ, _SLOW_FS = 0.5, 10.0
_TREMOR_HZ, _TREMOR_WINDOW_S = 20.0, 0.06
_CALM_PC = 40  # QRS complexes take less than the rest of the windows
_MAINS_MIN_FS = 150.0
_MAINS_MV, _MAINS_FACTOR = 0.005, 4.0
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
_ABSURD_MV = 1000.0
_GONE_S, _GONE_SHARE = 1.5, 0.03


def quality_of(eight: npt.NDArray, fs: float, beats_s: Sequence[float] = ()) -> Quality:
    """Judge (8, T) leads in mV at `fs` Hz; not-a-number samples count as 0.

    `beats_s` are R peaks, s: what jumps there in one chest lead alone may be an odd beat.
    """
    x = np.nan_to_num(np.asarray(eight, dtype=np.float64), posinf=0, neginf=0)
    x = np.clip(x, -_ABSURD_MV, _ABSURD_MV)
    x = x - np.median(x, axis=1, keepdims=True)
    mains_mv, mains_hz = _mains(x, fs)
    return Quality(
        wander_mv=_wander(x, fs),
        tremor_mv=_tremor(x, fs, mains_hz),
        mains_mv=mains_mv,
        mains_hz=mains_hz,
        loose=_loose(x, fs, beats_s),
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
    t = np.arange(x.shape[1]) / fs
    window = np.hanning(x.shape[1])
    best = (0.0, 0)
    for hz in (50, 60):
        bins = np.exp(-2j * np.pi * np.outer((hz - 2.0, hz, hz + 2.0), t)) * window
        low, here, high = (np.abs(x @ bins.T) * 2 / window.sum()).T
        stands = here > np.maximum(_MAINS_MV, _MAINS_FACTOR * np.maximum(low, high))
        if stands.any() and here[stands].max() > best[0]:
            best = (float(here[stands].max()), hz)
    return best


def _line(x: Array, fs: float, hz: float) -> Array:
    """The sine of one frequency in (leads, T)."""
    t = np.arange(x.shape[1]) / fs
    waves = np.stack([np.sin(2 * np.pi * hz * t), np.cos(2 * np.pi * hz * t)], axis=1)
    return np.asarray(np.linalg.lstsq(waves, x.T, rcond=None)[0].T @ waves.T, dtype=np.float64)


def _loose(x: Array, fs: float, beats_s: Sequence[float]) -> tuple[str, ...]:
    """Leads that jump or are gone for a part of the record."""
    twelve = np.asarray(derive_twelve(x), dtype=np.float64)
    bad = _jumping(x, fs, beats_s) | _gone(twelve, fs)
    return tuple(name for name, is_bad in zip(LEADS, bad, strict=True) if is_bad)


def _jumping(x: Array, fs: float, beats_s: Sequence[float]) -> npt.NDArray[np.bool_]:
    """(12,) True for leads of an electrode whose potential jumps.

    The heart is near to a dipole; the jump of one electrode is not, and its pattern over the
    leads says which electrode it is.
    """
    off_dipole = np.eye(len(x)) - DOWER @ np.linalg.pinv(DOWER)
    steps = _steps(off_dipole @ x, fs)
    size = np.linalg.norm(steps, axis=0)
    marks = _marks(off_dipole)
    loud = np.flatnonzero(size > max(_STEP_MV, _AGAINST_BEATS * _usual(size, fs)))
    fits = np.abs(marks @ steps[:, loud]) / np.maximum(size[loud], 1e-9)
    if len(beats_s) and len(loud):
        near = np.abs(loud[:, None] / fs - np.asarray(beats_s)).min(axis=1) < _BEAT_S
        fits[_LIMBS:, near] = 0
    bad = np.zeros(len(LEADS), dtype=bool)
    if len(loud) and fits.max() > _PATTERN:
        for electrode in set(fits.argmax(axis=0)[fits.max(axis=0) > _PATTERN].tolist()):
            bad |= np.abs(derive_twelve(_PATTERNS[electrode][:, None])[:, 0]) > _TOUCHED
    return bad


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
    padded = np.pad(mean, ((0, 0), (shift, shift)), mode="edge")
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
