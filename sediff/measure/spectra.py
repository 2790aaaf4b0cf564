"""Flutter and fibrillation: how steadily the atria swing between the QRS complexes.

Flutter waves keep one rate of 240-350 a minute (slower under drugs) to a few per cent; f waves
have 4-9 Hz and wander (Bollmann et al., Europace 2006; ESC guideline on SVT, 2019).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.measure.residual import SLOW, Residual
from sediff.measure.signals import Array

_LINE_HZ, _FINE_HZ = np.arange(3.2, 6.01, 0.1), np.array([-0.06, -0.03, 0.03, 0.06])
_AROUND = np.linspace(-1, 1, 7)
_LEAST_CLEAR_S = 1.5
_SHORT_S = 0.08  # shorter stretches between T and QRS say nothing
_MIDDLE_S = 0.12  # T ends later than it seems
_F_HZ = (3.5, 10.0)


@dataclass(frozen=True)
class Line:
    """The swing that explains most: `hz`, `share` of the variance explained, height `mv`."""

    hz: float
    share: float
    mv: float


def steady_swing(rest: Residual, near: tuple[float, float] | None = None) -> Line | None:
    """Fit a wave of one rate and its octave to all that lies between T and QRS.

    Level and slope of each stretch are free. None where too little of the record is clear.

    Args:
        rest: the record without ventricles.
        near: a rate and how far from it to look, Hz; None: all rates of flutter.
    """
    parts = _stretches(rest.clear)
    if sum(b - a for a, b in parts) < _LEAST_CLEAR_S * SLOW:
        return None
    y = np.concatenate([_flat(rest.whole[:, a:b].T) for a, b in parts])
    times = [np.arange(a, b) / SLOW for a, b in parts]
    if near is not None:
        return _best(y, times, near[0] + near[1] * _AROUND)
    rough = _best(y, times, _LINE_HZ)
    return _best(y, times, np.append(rough.hz + _FINE_HZ, rough.hz))


def _best(y: Array, times: list[Array], rates: Array) -> Line:
    """The wave of one of these rates (R,) that fits (m, 3) best."""
    # (R, m, 4): all rates are solved at once.
    waves = np.concatenate([_flat(_waves(t, rates)) for t in times]).transpose(1, 0, 2)
    turned = waves.transpose(0, 2, 1)
    power, both = turned @ waves, turned @ y
    turn = np.linalg.solve(power + 1e-9 * np.eye(4), both)
    total = max(float((y**2).sum()), 1e-12)
    explained = (turn * (2 * both - power @ turn)).sum(axis=(1, 2))
    i = int(np.argmax(explained))
    hz = float(rates[i])
    full = _waves(np.arange(0, 1 / hz, 1 / SLOW), rates[i : i + 1])[:, 0] @ turn[i]
    share = 1 - (float((y**2).sum()) - float(explained[i])) / total
    return Line(hz, share, float(np.linalg.norm(np.ptp(full, axis=0))))


def _waves(t: Array, rates: Array) -> Array:
    """(m, R, 4) sine and cosine of each rate and of its octave at the times (m,) in s."""
    angle = 2 * np.pi * np.outer(t, rates)
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.stack([sine, cosine, 2 * sine * cosine, 1 - 2 * sine**2], axis=2)


def _flat(x: Array) -> Array:
    """Take level and slope off (m, ...)."""
    ramp = np.linspace(-1, 1, len(x))
    ramp = ramp / np.linalg.norm(ramp)
    x = x - x.mean(axis=0)
    return x - np.multiply.outer(ramp, np.tensordot(ramp, x, 1))


def _stretches(clear: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], clear.view(np.int8), [0]])))
    parts = zip(edges[::2], edges[1::2], strict=True)
    return [(int(a), int(b)) for a, b in parts if b - a > _SHORT_S * SLOW]


def fibrillation_hz(rest: Residual) -> tuple[float, float]:
    """Main frequency of f waves in Hz, and the share of 3.5-10 Hz power within 1 Hz of it."""
    x = rest.xyz - rest.xyz.mean(axis=1, keepdims=True)
    power = (np.abs(np.fft.rfft(x * np.hanning(x.shape[1]), 4096, axis=1)) ** 2).sum(axis=0)
    hz = np.fft.rfftfreq(4096, 1 / SLOW)
    band = (hz >= _F_HZ[0]) & (hz <= _F_HZ[1])
    smooth = np.convolve(power, np.ones(15) / 15, mode="same") * band
    top = float(hz[int(np.argmax(smooth))])
    near = band & (np.abs(hz - top) < 1.0)
    return top, float(power[near].sum() / max(power[band].sum(), 1e-12))


def ripple_mv(rest: Residual) -> float:
    """Rms of the middle of the stretches between T and QRS, mV over the three axes; 0 without."""
    edge = round(_MIDDLE_S * SLOW)
    parts = [(a + edge, b - edge // 2) for a, b in _stretches(rest.clear)]
    middles = [_flat(rest.whole[:, a:b].T) for a, b in parts if b - a > edge]
    if not middles:
        return 0.0
    return float(np.median([np.sqrt((m**2).sum(axis=1).mean()) for m in middles]))
