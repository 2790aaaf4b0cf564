"""What the autoencoder and the beat decoder keep of real ECGs."""

from argparse import Namespace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy.signal import butter, resample_poly, sosfiltfilt

from sediff.diffusion.autoencoder import Autoencoder
from sediff.diffusion.finish import grain_for
from sediff.training.inputs import Data, load_autoencoder, load_data, newest

_PASS = butter(2, (0.5, 40), "bandpass", fs=100, output="sos")
_HIGH_BAND = butter(4, (40, 150), "bandpass", fs=500, output="sos")


def reconstruction(arguments: Namespace) -> dict[str, Any]:
    """Fold records through the autoencoder: error at 100 Hz, truth of 500 Hz, QRS amplitude."""
    data = load_data(arguments.data, arguments.work, arguments.fold)
    model = load_autoencoder(newest(arguments.work, "autoencoder"))
    rows = np.flatnonzero((data.part == "test") & data.clean)
    rng = np.random.default_rng(0)
    some = rng.permutation(rows)[: arguments.count]
    both = rng.permutation(rows[data.high_of[rows] >= 0])[: arguments.count]
    return {"at_100_hz": _low(model, data, some), "at_500_hz": _high(model, data, both)}


@torch.no_grad()
def through(model: Autoencoder, low: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
    """(n, 8, T) uV at 100 Hz -> (n, 8, 5 T) mV at 500 Hz, encoded and decoded."""
    parts = []
    for start in range(0, len(low), 25):
        x = torch.from_numpy(low[start : start + 25].astype(np.float32) / 1000)
        grain = grain_for(list(range(start, start + len(x))), 5 * x.shape[2])
        parts.append(model.decode(model.encode(x), grain).numpy())
    return np.concatenate(parts)


def _low(model: Autoencoder, data: Data, rows: npt.NDArray) -> dict[str, Any]:
    real = data.low[rows].astype(np.float32) / 1000
    with torch.no_grad():
        back = model.to_100hz(torch.from_numpy(through(model, data.low[rows]))).numpy()
    error = sosfiltfilt(_PASS, back - real, axis=-1)
    rms = np.sqrt((error**2).mean((1, 2)))
    kept = np.ptp(sosfiltfilt(_PASS, back), axis=-1) / np.ptp(sosfiltfilt(_PASS, real), axis=-1)
    return {
        "records": len(rows),
        "rms_mv_median": float(np.median(rms)),
        "rms_mv_quartiles": [round(float(q), 4) for q in np.percentile(rms, [25, 75])],
        "qrs_amplitude_kept_median": float(np.median(kept)),
        "qrs_amplitude_within_5_percent": float((abs(kept - 1) <= 0.05).mean()),
    }


def _high(model: Autoencoder, data: Data, rows: npt.NDArray) -> dict[str, Any]:
    real = data.high[data.high_of[rows]].astype(np.float32) / 1000
    interpolated = resample_poly(data.low[rows].astype(np.float32) / 1000, 5, 1, axis=-1)
    result: dict[str, Any] = {"records": len(rows)}
    for name, made in (("ours", through(model, data.low[rows])), ("interpolated", interpolated)):
        result[name] = {
            "power_40_150_hz_ratio": _middle(_power(made) / _power(real)),
            "steepest_slope_ratio": _middle(_slope(made) / _slope(real)),
        }
    return result


def _power(ecg: npt.NDArray) -> npt.NDArray:
    return (sosfiltfilt(_HIGH_BAND, ecg, axis=-1) ** 2).mean((1, 2))


def _slope(ecg: npt.NDArray) -> npt.NDArray:
    """(n,) steepest slope of the steepest lead."""
    return np.abs(np.diff(ecg, axis=-1)).max((1, 2))


def _middle(ratio: npt.NDArray) -> dict[str, Any]:
    low, middle, high = np.percentile(ratio, [25, 50, 75])
    return {
        "median": round(float(middle), 3),
        "quartiles": [round(float(q), 3) for q in (low, high)],
    }
