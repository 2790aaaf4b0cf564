"""How noisy a recording is: drawn from what real resting ECGs are, unless the user says more."""

import numpy as np

# Quantiles over the training folds of PTB-XL, log10 of mV (`quality` in `training/scaffold.py`):
# rms noise above 35 Hz and rms wander below 0.5 Hz.
_SHARES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9)
_NOISE = (-2.874, -2.811, -2.746, -2.658, -2.539, -2.396)
_WANDER = (-2.158, -1.999, -1.754, -1.442, -1.235, -1.034)
_STREAM = 3  # of the seed's luck; the plan and the rhythm draw from others


def recording_of(seed: int) -> dict[str, float]:
    """Noise and wander of the recording with this seed, as `NUMBERS` has them.

    The worst tenth of real recordings is left out: a technician would have taken those again.
    """
    luck = np.random.default_rng([seed, _STREAM]).uniform(_SHARES[0], _SHARES[-1], 2)
    return {
        "noise": float(np.interp(luck[0], _SHARES, _NOISE)),
        "wander": float(np.interp(luck[1], _SHARES, _WANDER)),
    }
