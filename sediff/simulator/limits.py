"""Where a simulated wave begins and ends: defined once, the truth of every measurement.

Limits are marked on the spatial magnitude |(x, y, z)| of the wave alone, at a share of its peak,
so that a change of amplitude moves no interval. The shares are those with which the limits agree
to a few milliseconds with a reader that was set on cardiologists' annotations: QRS 1.2 % (some
0.02 mV), P 6 %, the slow start of T 10 % (where the steepest tangent of a Gaussian flank meets
the baseline), its end 2.5 %, because readers mark it where T has reached the baseline.
"""

import numpy as np

from sediff.simulator.dipole import Array, Waves

Limits = tuple[float, float]  # onset, offset in ms against R

QRS_SHARE, P_SHARE = 0.012, 0.06
T_SHARES = (0.10, 0.025)


def qrs_limits(waves: Waves) -> tuple[float, float, float]:
    """Onset, offset and peak of a QRS in ms."""
    return limits(waves, QRS_SHARE, QRS_SHARE)


def p_limits(waves: Waves) -> tuple[float, float, float]:
    """Onset, offset and peak of a P wave in ms."""
    return limits(waves, P_SHARE, P_SHARE)


def t_limits(waves: Waves) -> tuple[float, float, float]:
    """Onset, offset and peak of a T wave in ms."""
    return limits(waves, *T_SHARES)


def limits(waves: Waves, on_share: float, off_share: float) -> tuple[float, float, float]:
    """Onset, offset and peak of |(x, y, z)| in ms, interpolated on a 1 ms grid.

    Args:
        waves: one wave.
        on_share, off_share: of the peak magnitude that mark onset and offset.
    """
    reach = 4.0 * waves.w_ms
    low, high = float((waves.t_ms - reach).min()), float((waves.t_ms + reach).max())
    t = np.arange(low, high + 1.0)
    size = np.sqrt((waves.at(t) ** 2).sum(axis=0))
    top = size.max()
    if top < 1e-9:  # a wave that was taken away has no limits; a point keeps the arithmetic going
        middle = (low + high) / 2
        return middle - 1.0, middle + 1.0, middle
    first = int(np.flatnonzero(size >= on_share * top)[0])
    last = int(np.flatnonzero(size >= off_share * top)[-1])
    on = _crossing(t, size, max(first - 1, 0), on_share * top)
    off = _crossing(t, size, min(last, len(t) - 2), off_share * top)
    return on, off, float(t[size.argmax()])


def _crossing(t: Array, size: Array, i: int, level: float) -> float:
    step = size[i + 1] - size[i]
    return float(t[i] + np.clip((level - size[i]) / step if step else 0.0, 0, 1))
