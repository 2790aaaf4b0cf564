"""P waves of other foci than the sinus node: their dipole, x left, y down, z back, mV."""

import numpy as np

from sediff.simulator.dipole import Waves

Factors = tuple[float, float, float]  # on the usual P, along x, y, z


def low() -> Waves:
    """The P of a focus at the coronary sinus: the atria are activated upwards.

    Negative in II, III and aVF, positive in aVL, flat or positive in V1 (Kistler et al., J Am
    Coll Cardiol 2006;48:1010).
    """
    return _wave((-16.0, 16.0), 16.0, (0.03, -0.10, -0.04))


def left() -> Waves:
    """The P of a focus in a left pulmonary vein: away from I and aVL, upright in V1 and II."""
    return _wave((-18.0, 18.0), 17.0, (-0.07, 0.10, -0.07))


def several() -> tuple[Waves, ...]:
    """Four P waves of as many foci: usual, tall and peaked, inverted, and notched in II."""
    return (
        _wave((-17.0, 17.0), 16.5, (0.04, 0.08, -0.01)),
        _wave((-6.0, 6.0), 13.0, (0.02, 0.13, -0.08)),
        _wave((-16.0, 16.0), 15.0, (0.02, -0.11, -0.05)),
        _wave((-24.0, 24.0), 15.0, (0.07, 0.11, 0.07)),
    )


def retrograde(width_ms: float = 12.0) -> Waves:
    """The P of atria that are activated from the AV junction: narrow, upwards and forwards.

    Negative by some 0.2 mV in II, III and aVF, positive by 0.1 mV in V1 and aVR: both halves of the
    atria start together, so it is shorter than a sinus P.

    Args:
        width_ms: of its two Gaussians; the wave lasts some six times as long.
    """
    apart = 0.8 * width_ms
    return _wave((-apart, apart), width_ms, (-0.02, -0.115, -0.09))


def eccentric(width_ms: float = 12.0) -> Waves:
    """The P of atria that are activated over a left lateral accessory pathway.

    As `retrograde`, and from left to right: negative in I and aVL as well.
    """
    apart = 0.8 * width_ms
    return _wave((-apart, apart), width_ms, (-0.07, -0.105, -0.085))


def _wave(at_ms: tuple[float, ...], width_ms: float, peak: tuple[float, float, float]) -> Waves:
    count = len(at_ms)
    return Waves(np.array(at_ms), np.full(count, width_ms), np.tile(np.array(peak), (count, 1)))


def anywhere(rng: np.random.Generator) -> Factors:
    """Factors on the usual P wave that make one of some other focus."""
    x, y, z = rng.uniform(0.4, 1.0), rng.uniform(-0.6, 0.6), rng.uniform(0.6, 1.6)
    return float(x), float(y), float(z)


def between(a: Factors, b: Factors, share: float) -> Factors:
    """Factors on the way from one focus to another, `share` 0..1."""
    x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return x, y, z
