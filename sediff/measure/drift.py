"""Takes drift off without touching ST: a smooth curve through the levels at the QRS onsets.

A high-pass filter moves the ST segment of tall or wide beats; this does not (Meyer & Keiser,
Comput Biomed Res 1977;10:459-470, with an Akima curve, which does not overshoot).
"""

import numpy as np
from scipy.interpolate import Akima1DInterpolator

from sediff.measure.signals import Array

_WIDTH = 6  # samples before the onset that are averaged


def levelled(wide: Array, onsets: Array) -> Array:
    """Subtract from (8, N) mV the curve through its level at the QRS onsets (n,), in samples.

    Before the first onset and after the last the level is held.
    """
    at = np.unique(np.clip(np.rint(onsets).astype(int), _WIDTH, wide.shape[1] - 1))
    knots = np.stack([wide[:, i - _WIDTH : i + 1].mean(axis=1) for i in at], axis=1)
    middle = at - _WIDTH / 2
    if len(at) < 3:
        return wide - knots.mean(axis=1, keepdims=True)
    t = np.clip(np.arange(wide.shape[1]), middle[0], middle[-1])
    return wide - Akima1DInterpolator(middle, knots, axis=1, method="makima")(t)
