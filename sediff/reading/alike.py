"""Makes real and synthetic ECGs alike in everything that is no heart: rate, filter, resolution."""

from fractions import Fraction

import numpy as np
from scipy.signal import butter, resample_poly, sosfiltfilt

from sediff.ecg import HIDDEN_MARK, SECONDS, Ecg
from sediff.errors import DataError

BAND_HZ = (0.5, 40.0)  # what every recorder and every archive keeps
STEP_UV = 5  # as coarse as the coarsest of common recorders
FILTER_WORDS = "0.5-40 Hz"


def alike(ecg: Ecg, fs: int) -> Ecg:
    """The first ten seconds at `fs` Hz, 0.5-40 Hz, in steps of 5 uV; its provenance tells nothing.

    Raises:
        DataError: the record is shorter than ten seconds.
    """
    if ecg.seconds < SECONDS - 0.01:
        raise DataError(f"An ECG of {ecg.seconds:.1f} s is too short: {SECONDS} s are needed.")
    ratio = Fraction(int(fs), int(ecg.fs))
    eight = ecg.eight.astype(np.float64)
    if ratio != 1:
        eight = resample_poly(eight, ratio.numerator, ratio.denominator, axis=1, padtype="line")
    band = butter(2, BAND_HZ, "band", fs=fs, output="sos")
    clean = sosfiltfilt(band, eight, axis=1)[:, : fs * SECONDS]
    steps = np.rint(clean * 1000 / STEP_UV) * STEP_UV / 1000
    return Ecg.from_eight(steps, fs, {"mark": HIDDEN_MARK})
