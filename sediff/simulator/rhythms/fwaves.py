"""What fibrillating and fluttering atria add to the dipole."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
_AMPLITUDE_UV = ((15, 45), (15, 40), (25, 70))  # x, y, z


def f_waves(samples: int, fs: int, rng: np.random.Generator) -> Array:
    """f waves of atrial fibrillation: a 3-harmonic sawtooth whose frequency wanders.

    F 3-7 Hz, frequency deviation 0.25 Hz, modulation 0.2 Hz, peak amplitudes x 15-45, y 15-40,
    z 25-70 uV (Bachi et al., IEEE TBME 2023).

    Args:
        samples: length T.
        fs: Hz.
        rng: the stream of f waves alone.

    Returns:
        (3, T) dipole in mV.
    """
    t = np.arange(samples) / fs
    out = np.empty((3, samples))
    main = rng.uniform(4.0, 7.0)  # 3-4 Hz would be read as flutter
    for axis, (low, high) in enumerate(_AMPLITUDE_UV):
        size = rng.uniform(low, high) / 1000
        turn, swell, start = rng.uniform(0, 2 * np.pi, 3)
        phase = 2 * np.pi * main * t + 0.25 / 0.2 * np.sin(2 * np.pi * 0.2 * t + turn) + start
        envelope = 1 + 0.3 * np.sin(2 * np.pi * 0.2 * t + swell)
        out[axis] = size * envelope * _sawtooth(phase)
    return out


def flutter_waves(r_s: Array, ratio: int, samples: int, fs: int) -> Array:
    """Typical flutter: a regular sawtooth, `ratio` atrial waves to each QRS, locked to it.

    Negative in II, III and aVF with a slow fall and a quick rise, positive in V1.

    Args:
        r_s: R peaks in s that cover the record.
        ratio: atrial waves per ventricular beat.
        samples: length T.
        fs: Hz.

    Returns:
        (3, T) dipole in mV.
    """
    t = np.arange(samples) / fs
    turns = ratio * np.interp(t, r_s, np.arange(len(r_s), dtype=float))
    wave = _sawtooth(2 * np.pi * turns)
    return np.array([[-0.02], [-0.17], [-0.08]]) * -wave * np.array([[1.0], [1.0], [-1.0]])


def _sawtooth(phase: Array) -> Array:
    """Three harmonics of a sawtooth, peak about 1."""
    return (np.sin(phase) + np.sin(2 * phase) / 2 + np.sin(3 * phase) / 3) / 1.5
