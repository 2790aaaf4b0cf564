"""The cardiac dipole as a sum of Gaussians: in closed form, and as the integrated ODE.

Model (Sameni, Clifford, Jutten, Shamsollahi, EURASIP JASP 2007:43407, after McSharry et al.,
IEEE TBME 2003;50:289-294), for each of the axes c = x, y, z:

    c(theta) = sum_i alpha_i exp(-dtheta_i^2 / 2 b_i^2)
    c'       = -sum_i (alpha_i omega / b_i^2) dtheta_i exp(-dtheta_i^2 / 2 b_i^2)

A wave is kept in milliseconds, theta_i = omega t_i and b_i = omega w_i, so that a longer RR
interval moves waves apart and stretches none of them. The leak -(z - z0) of the 2003 paper is
left out: it bends the ST segment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
REACH = 5.5  # a Gaussian is cut at this many widths: there it is 3e-7 of its peak
_BINS_S = (0.012, 0.030, np.inf)  # widths drawn together, so that no window is far too long


@dataclass(frozen=True)
class Waves:
    """Gaussian dipole components around one reference time.

    Attributes:
        t_ms: (N,) centres against the reference (the R peak), ms.
        w_ms: (N,) widths (standard deviations), ms.
        vec: (N, 3) amplitudes along x, y, z, mV.
    """

    t_ms: Array
    w_ms: Array
    vec: Array

    def at(self, t_ms: Array) -> Array:
        """The (3, T) dipole in mV at (T,) times in ms."""
        u = (t_ms[:, None] - self.t_ms) / self.w_ms
        return (np.exp(-0.5 * u * u) @ self.vec).T

    def area(self) -> Array:
        """The (3,) time integral in mV ms: alpha w sqrt(2 pi) for each Gaussian."""
        return np.sqrt(2 * np.pi) * (self.w_ms @ self.vec)

    def scaled(self, factor: Array | float) -> Self:
        """The same waves times a number, or (3,) numbers for x, y, z."""
        return type(self)(self.t_ms, self.w_ms, self.vec * factor)

    def mapped(self, stretch: float, shift_ms: float = 0.0) -> Self:
        """The waves after t -> stretch * t + shift."""
        return type(self)(self.t_ms * stretch + shift_ms, self.w_ms * stretch, self.vec)

    @classmethod
    def joined(cls, *parts: Self) -> Self:
        """All components of several sets of waves."""
        return cls(
            np.concatenate([p.t_ms for p in parts]),
            np.concatenate([p.w_ms for p in parts]),
            np.concatenate([p.vec for p in parts]),
        )


def place(waves: Waves, origin_s: Array, stretch: Array) -> Waves:
    """Repeat waves at (B,) reference times, each copy stretched about its reference.

    Args:
        waves: N components.
        origin_s: where the reference time 0 ms of each copy lies, s.
        stretch: factor on the times and widths of each copy.

    Returns:
        B * N components, in ms from the first sample.
    """
    t_ms = origin_s[:, None] * 1000 + stretch[:, None] * waves.t_ms
    w_ms = stretch[:, None] * waves.w_ms
    return Waves(t_ms.ravel(), w_ms.ravel(), np.tile(waves.vec, (len(origin_s), 1)))


def draw(waves: Waves, samples: int, fs: int) -> Array:
    """The closed form on a sampling grid, each Gaussian only where it is not negligible.

    Args:
        waves: components in ms from the first sample.
        samples: length T.
        fs: Hz.

    Returns:
        (3, T) dipole in mV.
    """
    out = np.zeros((3, samples))
    centre, width = waves.t_ms / 1000, waves.w_ms / 1000
    inside = (centre > -REACH * width) & (centre < samples / fs + REACH * width)
    low = 0.0
    for high in _BINS_S:
        chosen = inside & (width > low) & (width <= high)
        if chosen.any():
            _add(out, centre[chosen], width[chosen], waves.vec[chosen], fs)
        low = high
    return out


def _add(out: Array, centre: Array, width: Array, vec: Array, fs: int) -> None:
    reach = int(np.ceil(REACH * width.max() * fs))
    index = np.rint(centre * fs).astype(int)[:, None] + np.arange(-reach, reach + 1)
    u = (index / fs - centre[:, None]) / width[:, None]
    value = np.exp(-0.5 * u * u)
    samples = out.shape[1]
    slot = np.clip(index + 1, 0, samples + 1).ravel()  # the first and last slot catch the outside
    for axis in range(3):
        weight = (value * vec[:, axis, None]).ravel()
        out[axis] += np.bincount(slot, weight, samples + 2)[1:-1]


def limit_cycle(waves: Waves, rr_s: float) -> tuple[Callable[[float, Array], Array], Array]:
    """The dipole ODE with McSharry's oscillator as its clock.

    The state is (p, q, x, y, z): (p, q) runs on the unit circle, theta = atan2(q, p), and the
    dipole follows c' above. R is at theta = 0.

    Args:
        waves: one beat.
        rr_s: constant RR interval, s.

    Returns:
        The right-hand side f(t, state), and the state at t = 0 (an R peak).
    """
    omega = 2 * np.pi / rr_s
    theta_i, b = omega * waves.t_ms / 1000, omega * waves.w_ms / 1000
    gain = waves.vec.T * (omega / b**2)

    def slope(_: float, state: Array) -> Array:
        p, q = state[:2]
        pull = 1 - np.hypot(p, q)
        dtheta = np.mod(np.arctan2(q, p) - theta_i + np.pi, 2 * np.pi) - np.pi
        dc = -gain @ (dtheta * np.exp(-(dtheta**2) / (2 * b**2)))
        return np.array([pull * p - omega * q, pull * q + omega * p, *dc])

    start = np.mod(-theta_i + np.pi, 2 * np.pi) - np.pi
    level = np.exp(-(start**2) / (2 * b**2)) @ waves.vec
    return slope, np.array([1.0, 0.0, *level])


def integrate(waves: Waves, rr_s: float, t_s: Array, tolerance: float = 1e-9) -> Array:
    """Integrate the dipole ODE with an adaptive 8th-order method (DOP853).

    Args:
        waves: one beat.
        rr_s: constant RR interval, s.
        t_s: (T,) increasing times from an R peak on, the first of them 0.
        tolerance: relative and absolute (mV) error per step.

    Returns:
        (3, T) dipole in mV.
    """
    from scipy.integrate import solve_ivp  # a third of a second to import, not used to draw

    slope, start = limit_cycle(waves, rr_s)
    longest = waves.w_ms.min() / 1000  # a longer step could jump over the narrowest wave
    found = solve_ivp(
        slope,
        (0.0, float(t_s[-1])),
        start,
        method="DOP853",
        t_eval=t_s,
        rtol=tolerance,
        atol=tolerance,
        max_step=longest,
    )
    return found.y[2:]


def integrate_rk4(waves: Waves, rr_s: float, step_s: float, steps: int) -> Array:
    """Integrate the dipole ODE with the classical fixed-step Runge-Kutta method (4th order).

    Returns:
        (3, steps + 1) dipole in mV at 0, step, 2 step ...
    """
    slope, state = limit_cycle(waves, rr_s)
    path = [state]
    for _ in range(steps):
        k1 = slope(0.0, state)
        k2 = slope(0.0, state + step_s / 2 * k1)
        k3 = slope(0.0, state + step_s / 2 * k2)
        k4 = slope(0.0, state + step_s * k3)
        state = state + step_s / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        path.append(state)
    return np.array(path).T[2:]
