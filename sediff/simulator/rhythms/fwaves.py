"""What fibrillating and fluttering atria add to the dipole."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
# Peak, along x, y, z: Bachi et al., IEEE TBME 2023, measured 15-45, 15-40, 25-70 uV; the upper
# half of it, so that V1 shows f waves of a millimetre as in a textbook.
_AMPLITUDE_UV = ((20, 45), (25, 45), (60, 90))
_WANDER_HZ = 0.35  # sd of the random part of the frequency
_WANDER_S = 0.5  # how long it lasts


def f_waves(samples: int, fs: int, rng: np.random.Generator) -> Array:
    """f waves of atrial fibrillation: a 3-harmonic sawtooth whose frequency wanders.

    F 3-7 Hz, frequency deviation 0.25 Hz, modulation 0.2 Hz (Bachi et al., IEEE TBME 2023), and
    random wandering of frequency and size, which tells f waves from the strict clock of flutter.

    Args:
        samples: length T.
        fs: Hz.
        rng: the stream of f waves alone.

    Returns:
        (3, T) dipole in mV.
    """
    t = np.arange(samples) / fs
    out = np.empty((3, samples))
    main = rng.uniform(5.0, 7.0)  # 3-5 Hz would be read as flutter
    for axis, (low, high) in enumerate(_AMPLITUDE_UV):
        size = rng.uniform(low, high) / 1000
        turn, swell, start = rng.uniform(0, 2 * np.pi, 3)
        drift = 2 * np.pi * np.cumsum(_WANDER_HZ * _slow_noise(t, rng)) / fs
        phase = 2 * np.pi * main * t + 0.25 / 0.2 * np.sin(2 * np.pi * 0.2 * t + turn) + start
        envelope = 1 + 0.2 * np.sin(2 * np.pi * 0.2 * t + swell) + 0.2 * _slow_noise(t, rng)
        out[axis] = size * np.clip(envelope, 0.4, 1.4) * _sawtooth(phase + drift)
        if axis == 2:  # left and back together, so that V1 shows them best and V4 least
            out[0] = out[2] * np.ptp(out[0]) / np.ptp(out[2])
    return out


def flutter_waves(turns: Array) -> Array:
    """Typical counterclockwise flutter, strictly regular and without an isoelectric line.

    II, III and aVF: a slow fall, then a sharp negative wave and a quick rise. V1: one upright
    wave a cycle, at the time of the sharp negative one (Cosio, Arrhythm Electrophysiol Rev 2017).

    Args:
        turns: (T,) how many flutter cycles have passed at each sample.

    Returns:
        (3, T) dipole in mV.
    """
    phase = 2 * np.pi * turns
    inferior = _sawtooth(phase)  # a quick rise at 0, then a slow fall
    upright = np.exp(3.0 * (np.cos(phase + 0.6) - 1))  # a hump of a third of the cycle
    upright -= upright.mean() if len(upright) else 0.0
    return np.stack([-0.02 * inferior, 0.17 * inferior, -0.20 * upright + 0.02 * inferior])


def _slow_noise(t: Array, rng: np.random.Generator) -> Array:
    """(T,) smooth noise of sd about 1, correlated over `_WANDER_S`."""
    knots = np.arange(0.0, t[-1] + 2 * _WANDER_S, _WANDER_S) if len(t) else np.zeros(1)
    return np.interp(t, knots, rng.standard_normal(len(knots)))


def _sawtooth(phase: Array) -> Array:
    """Three harmonics of a sawtooth, peak about 1: a quick rise at phase 0, then a slow fall."""
    return (np.sin(phase) + np.sin(2 * phase) / 2 + np.sin(3 * phase) / 3) / 1.5
