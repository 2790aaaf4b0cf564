"""The form of a P wave, and how well a form fits a record at each place."""

from dataclasses import dataclass

import numpy as np

from sediff.edges import hold_edges
from sediff.measure.residual import SLOW
from sediff.measure.signals import Array

HALF = round(0.10 * SLOW)  # half of the window in which waves are compared
_SUPPORT = 0.12  # of its peak: where a form ends
_SHORT_S, _LONG_S = 0.04, 0.19


@dataclass(frozen=True)
class Form:
    """One form of P wave at `SLOW` Hz.

    Attributes:
        wave: (3, w) mV without level and slope, as it is compared.
        drawn: (3, w) mV against the line between its ends. middle: index of its centre.
    """

    wave: Array
    drawn: Array
    middle: int

    @property
    def before_s(self) -> float:
        """From its onset to its centre."""
        return self.middle / SLOW

    @property
    def after_s(self) -> float:
        """From its centre to its end."""
        return (self.wave.shape[1] - 1 - self.middle) / SLOW


def form_of(wave: Array) -> Form:
    """The form that a (3, w) stretch of a record in mV at `SLOW` Hz shows."""
    level = levelled(wave)
    size = np.sqrt((level**2).sum(axis=0))
    middle = round(float((size * np.arange(len(size))).sum() / max(size.sum(), 1e-9)))
    return Form(_detrended(wave), level, middle)


def supported(wave: Array) -> Form | None:
    """The part of a (3, w) window that belongs to its wave; None where that is no P wave."""
    size = np.sqrt((wave**2).sum(axis=0))
    top = HALF // 2 + int(np.argmax(size[HALF // 2 : -HALF // 2]))
    low = np.flatnonzero(size < _SUPPORT * size[top])
    before, after = low[low < top], low[low > top]
    start = int(before[-1]) if len(before) else 0
    stop = int(after[0]) if len(after) else len(size) - 1
    if not _SHORT_S <= (stop - start) / SLOW <= _LONG_S:
        return None
    return form_of(wave[:, start : stop + 1])


def alike(one: Form, other: Form) -> float:
    """Largest correlation of two forms when one is moved over the other."""
    width = other.wave.shape[1]
    around = np.zeros((len(one.wave), width // 2))
    padded = np.concatenate([around, one.wave, around], axis=1)
    return float(fits(padded, other)[0].max())


def fits(xyz: Array, form: Form) -> tuple[Array, Array]:
    """Correlation and relative size (M,) of a form centred at each sample of (3, M).

    Level and slope of the window do not count: the form has neither.
    """
    width = form.wave.shape[1]
    padded = hold_edges(xyz, form.middle, width - 1 - form.middle)
    windows = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)
    dots = np.einsum("cmw,cw->m", windows, form.wave)
    power = (windows**2).sum(axis=2)
    for basis in _line(width):
        power = power - (windows @ basis) ** 2
    own = float((form.wave**2).sum())
    return dots / np.sqrt(np.maximum(power.sum(axis=0), 1e-9) * own), dots / own


def _line(width: int) -> Array:
    """(2, w) orthonormal level and slope."""
    slope = np.linspace(-1, 1, width)
    return np.stack([np.full(width, width**-0.5), slope / np.linalg.norm(slope)])


def _detrended(wave: Array) -> Array:
    basis = _line(wave.shape[1])
    return wave - (wave @ basis.T) @ basis


def levelled(wave: Array) -> Array:
    """Take the line between the two ends off (3, w)."""
    ramp = np.linspace(0, 1, wave.shape[1])
    first, last = wave[:, :2].mean(axis=1, keepdims=True), wave[:, -2:].mean(axis=1, keepdims=True)
    return wave - first - (last - first) * ramp
