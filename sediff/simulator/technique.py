"""What recording does to a finished ECG: exchanged or misplaced electrodes, noise, bad contact.

Everything works on the eight independent leads, so it can be put on a simulated, a generated or
a real ECG. Noise is made at the electrodes and then combined to leads, as in an
electrocardiograph: a tremor of the left arm is seen in I, III and aVL, not in II.

What each exchange does: Kligfield et al., Circulation 2007;115:1306-1324 (AHA/ACCF/HRS
standardisation, part I); Batchvarov, Malik, Camm, Europace 2007;9:1081-1090.
"""

from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
# (8, T) mV, sampling rate, its own random stream -> (8, T) mV
Technique = Callable[[Array, int, np.random.Generator], Array]

TECHNIQUES: dict[str, Technique] = {}  # in the order in which they are applied
LIMBS = ("RA", "LA", "LL")
ELECTRODES = (*LIMBS, "V1", "V2", "V3", "V4", "V5", "V6")
_LEG = 0.02  # share of lead II by which the right leg differs from the left
# An electrode two intercostal spaces too high looks down on the heart: its lead turns towards
# aVR, and it is nearer to the outflow tract, which is activated last (shown by the slope).
_HIGH = {2: (0.45, 0.70, 0.012), 3: (0.40, 0.80, 0.009)}  # row -> own lead, aVR, s of slope
_SLOPE_S = 0.006


def apply(eight: npt.NDArray, fs: int, keys: Sequence[str], seed: int) -> npt.NDArray[np.float32]:
    """Record an ECG with these faults.

    Args:
        eight: (8, T) mV, leads as in `sediff.leads.EIGHT`; it is not changed.
        fs: Hz.
        keys: of `TECHNIQUES`; their order does not matter.
        seed: of the case; each fault has a random stream of its own.

    Returns:
        (8, T) float32 mV.

    Raises:
        KeyError: there is no such fault.
    """
    if unknown := set(keys) - TECHNIQUES.keys():
        raise KeyError(f"There is no recording fault {min(unknown)!r}.")
    out = np.asarray(eight, np.float64)
    for key, technique in TECHNIQUES.items():
        if key in keys:
            out = technique(out, fs, np.random.default_rng([seed, crc32(key.encode())]))
    return out.astype(np.float32)


def _technique(key: str) -> Callable[[Technique], Technique]:
    def register(function: Technique) -> Technique:
        TECHNIQUES[key] = function
        return function

    return register


def _high(eight: Array, fs: int, _: np.random.Generator) -> Array:
    """V1 and V2 in the second intercostal space: P and T inverted, r'."""
    out = eight.copy()
    avr = -(eight[0] + eight[1]) / 2
    step = max(1, round(_SLOPE_S * fs))
    for row, (own, share, ahead) in _HIGH.items():
        seen = own * eight[row] + share * avr
        padded = np.pad(seen, step, mode="edge")
        slope = (padded[2 * step :] - padded[: -2 * step]) * fs / (2 * step)
        out[row] = seen + ahead * slope
    return out


TECHNIQUES["high_v1_v2"] = _high


def _chest_order(*order: int) -> Technique:
    """Chest cables in another order; row 2 is V1."""
    return lambda eight, _fs, _rng: eight[[0, 1, *order]]


TECHNIQUES["swap_v1_v2"] = _chest_order(3, 2, 4, 5, 6, 7)
TECHNIQUES["swap_v1_v3"] = _chest_order(4, 3, 2, 5, 6, 7)
TECHNIQUES["swap_v2_v3"] = _chest_order(2, 4, 3, 5, 6, 7)
TECHNIQUES["swap_v3_v4"] = _chest_order(2, 3, 5, 4, 6, 7)
TECHNIQUES["chest_reversed"] = _chest_order(7, 6, 5, 4, 3, 2)


@_technique("la_ra")
def arms(eight: Array, _fs: int, _rng: np.random.Generator) -> Array:
    """Arms exchanged: I upside down, II and III exchanged, aVR and aVL exchanged."""
    one, two = eight[:2]
    return np.stack([-one, two - one, *eight[2:]])


@_technique("la_ll")
def left_arm_leg(eight: Array, _fs: int, _rng: np.random.Generator) -> Array:
    """Left arm and left leg exchanged: I and II exchanged, III upside down."""
    one, two = eight[:2]
    return np.stack([two, one, *eight[2:]])


@_technique("ra_ll")
def right_arm_left_leg(eight: Array, _fs: int, _rng: np.random.Generator) -> Array:
    """Right arm and left leg exchanged: II upside down, I and III exchanged and upside down."""
    one, two = eight[:2]
    return np.stack([one - two, -two, *eight[2:]])


@_technique("ra_rl")
def right_arm_leg(eight: Array, _fs: int, _rng: np.random.Generator) -> Array:
    """Right arm and right leg exchanged: II nearly flat; Wilson's terminal moves to the legs."""
    one, two = eight[:2]
    return np.stack([one - two, _LEG * two, *(eight[2:] - two / 3)])


@_technique("la_rl")
def left_arm_right_leg(eight: Array, _fs: int, _rng: np.random.Generator) -> Array:
    """Left arm and right leg exchanged: III nearly flat; Wilson's terminal moves to the legs."""
    one, two = eight[:2]
    return np.stack([two * (1 - _LEG), two, *(eight[2:] - (two - one) / 3)])


@_technique("wander")
def wander(eight: Array, fs: int, rng: np.random.Generator) -> Array:
    """Baseline wander: breathing and sweating move each electrode's potential, 0.08-0.45 Hz."""
    t = np.arange(eight.shape[1]) / fs
    rates = rng.uniform(0.08, 0.45, 3)

    def drift() -> Array:
        phases, sizes = rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.08, 0.22, 3)
        return sizes @ np.sin(2 * np.pi * rates[:, None] * t + phases[:, None])

    return eight + _leads({name: drift() for name in ELECTRODES})


@_technique("tremor")
def tremor(eight: Array, fs: int, rng: np.random.Generator) -> Array:
    """Muscle tremor: bursts of noise above 20 Hz, stronger on arms and legs than on the chest."""
    samples = eight.shape[1]
    swell = 1 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.2, 0.6) * np.arange(samples) / fs)

    def burst(rms: float) -> Array:
        return rms * swell * _band_noise(samples, fs, 20.0, 120.0, rng)

    return eight + _leads({name: burst(0.06 if name in LIMBS else 0.045) for name in ELECTRODES})


def _mains(hertz: int) -> Technique:
    def mains(eight: Array, fs: int, rng: np.random.Generator) -> Array:
        """Mains hum with a weak third harmonic; nothing where the record cannot hold it."""
        turns = 2 * np.pi * hertz * np.arange(eight.shape[1]) / fs

        def hum() -> Array:
            size, phase = rng.uniform(0.04, 0.12), rng.uniform(0, 2 * np.pi)
            wave = np.sin(turns + phase) if hertz < fs / 2 else np.zeros_like(turns)
            third = 0.1 * np.sin(3 * (turns + phase)) if 3 * hertz < fs / 2 else 0.0
            return size * (wave + third)

        return eight + _leads({name: hum() for name in ELECTRODES})

    return mains


TECHNIQUES["mains_50"] = _mains(50)
TECHNIQUES["mains_60"] = _mains(60)


def _loose(names: Sequence[str]) -> Technique:
    def loose(eight: Array, fs: int, rng: np.random.Generator) -> Array:
        """One electrode without firm contact: jumps that decay, and noise after each."""
        name = names[int(rng.integers(len(names)))]
        return eight + _leads({name: _jumps(eight.shape[1], fs, rng)})

    return loose


TECHNIQUES["loose_limb"] = _loose(("RA", "LA"))
TECHNIQUES["loose_chest"] = _loose(("V1", "V2", "V3", "V4", "V5", "V6"))


def _jumps(samples: int, fs: int, rng: np.random.Generator) -> Array:
    """(T,) mV of an electrode that loses contact three to five times."""
    t = np.arange(samples) / fs
    out = np.zeros(samples)
    count = int(rng.integers(3, 6))
    for i in range(count):
        start = (i + rng.uniform(0.1, 0.9)) * samples / fs / count
        size = rng.uniform(1.0, 2.5) * rng.choice([-1, 1])
        after = np.where(t >= start, np.exp(-(t - start).clip(0) / rng.uniform(0.15, 0.5)), 0.0)
        out += size * after * (1 + 0.15 * rng.standard_normal(samples))
    return out


def _band_noise(samples: int, fs: int, low: float, high: float, rng: np.random.Generator) -> Array:
    """(T,) Gaussian noise of rms 1 between two frequencies in Hz (and below fs / 2)."""
    f = np.fft.rfftfreq(samples, 1 / fs)
    gain = ((f >= low) & (f <= high)) / np.sqrt(np.maximum(f, low) / low)
    noise = np.fft.irfft(np.fft.rfft(rng.standard_normal(samples)) * gain, samples)
    return noise / max(float(noise.std()), 1e-9)


def _leads(potentials: Mapping[str, Array]) -> Array:
    """(8, T) leads of (T,) potentials at electrodes; those not named are at rest."""
    rest = np.zeros_like(next(iter(potentials.values())))
    ra, la, ll = (potentials.get(name, rest) for name in LIMBS)
    wilson = (ra + la + ll) / 3
    chest = [potentials.get(name, rest) - wilson for name in ELECTRODES[3:]]
    return np.stack([la - ra, ll - ra, *chest])
