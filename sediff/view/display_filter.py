"""Filters of the display: zero-phase, named on the sheet, and never applied to what is kept."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.view.look import Filter

Array = npt.NDArray[np.float64]
# Filter -> its edges in Hz: diagnostic and monitor quality (Kligfield et al., AHA/ACC/HRS 2007).
_EDGES_HZ: dict[str, tuple[float, float]] = {"0.05-150": (0.05, 150.0), "0.5-40": (0.5, 40.0)}
_MAINS_HZ = (50.0, 60.0)
_NOTCH_Q = 20.0
_LEAST_SAMPLES = 16


def for_display(ecg: Ecg, name: Filter) -> Ecg:
    """The ECG as the filter shows it; the given one stays as it is.

    The filter is linear and the same in every lead, so the lead identities still hold. Samples
    that are missing stay missing. An edge beyond half the sampling rate is left out: nothing
    is recorded there.
    """
    if name == "none" or ecg.signal.shape[1] < _LEAST_SAMPLES:
        return ecg
    return replace(ecg, signal=_filtered(ecg.signal.astype(np.float64), name, ecg.fs))


def _filtered(signal: Array, name: Filter, fs: float) -> npt.NDArray[np.float32]:
    from scipy.signal import sosfiltfilt  # not before somebody asks for a filter

    missing = ~np.isfinite(signal)
    whole = np.where(missing, 0.0, signal)
    sections = _sections(name, fs)
    # The slowest edge rings for seconds: the mirrored record is as long as it can be.
    padding = min(signal.shape[1] - 1, round(3 * fs))
    shown = sosfiltfilt(sections, whole, axis=-1, padtype="even", padlen=padding)
    return np.where(missing, np.nan, shown).astype(np.float32)


@lru_cache(maxsize=32)
def _sections(name: Filter, fs: float) -> Array:
    from scipy.signal import butter, iirnotch, tf2sos

    if name == "mains":
        notches = [tf2sos(*iirnotch(hz, _NOTCH_Q, fs=fs)) for hz in _MAINS_HZ if hz < fs / 2]
        return np.vstack(notches) if notches else np.array([[1.0, 0, 0, 1, 0, 0]])
    low, high = _EDGES_HZ[name]
    if high < fs / 2:
        return np.asarray(butter(2, (low, high), "bandpass", fs=fs, output="sos"))
    return np.asarray(butter(2, low, "highpass", fs=fs, output="sos"))
