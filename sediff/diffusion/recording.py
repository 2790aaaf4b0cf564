"""How noisy a recording is: drawn from what real resting ECGs are, unless the user says more."""

import numpy as np

# Quantiles over the training folds of PTB-XL, log10 of mV (`quality` in `training/scaffold.py`):
# rms noise above 35 Hz and rms wander below 0.5 Hz.
_SHARES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
_NOISE = (-2.874, -2.812, -2.748, -2.66, -2.543, -2.402, -2.191)
_WANDER = (-2.163, -2.011, -1.794, -1.457, -1.243, -1.042)
_STREAM = 3  # of the seed's luck; the plan and the rhythm draw from others


def recording_of(seed: int) -> dict[str, float]:
    """Noise and wander of the recording with this seed, as `NUMBERS` has them.

    The tenth of real recordings that wander most is left out: a technician would have taken those
    again. Even much noise above 35 Hz is a few uV, so that only the worst fiftieth is.
    """
    luck = np.random.default_rng([seed, _STREAM]).random(2)

    def value(share: float, values: tuple[float, ...]) -> float:
        first, last = _SHARES[0], _SHARES[len(values) - 1]
        return float(np.interp(first + share * (last - first), _SHARES[: len(values)], values))

    return {"noise": value(luck[0], _NOISE), "wander": value(luck[1], _WANDER)}
