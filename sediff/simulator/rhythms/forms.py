"""Forms of QRS and T: ectopic, conducted, fused and turned beats."""

from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from sediff.simulator.dipole import Waves
from sediff.simulator.fit import Ask, Fitted, fit, fit_heart
from sediff.simulator.limits import qrs_limits
from sediff.simulator.shapes import heart_for
from sediff.simulator.shapes.ventricular import VENTRICULAR
from sediff.simulator.waves import Heart, Row

EctopicShape = Literal["lbbb", "rbbb"]

# Three Gaussians per axis at -16, 0, 16 ms (-0.1, 0, 0.1 rad), then stretched to 138-185 ms.
# 'lbbb': from the right ventricle, forces left and back. 'rbbb': from the left, right and forwards.
_VENTRICULAR = {
    "lbbb": ((0.50, 0.75, 0.75), (0.45, 0.80, 0.45), (0.25, 0.85, 0.70)),
    "rbbb": ((-0.15, -0.45, -0.60), (-0.45, -0.90, -0.60), (-0.55, -0.70, -0.60)),
}
_AT_MS = (-16.0, 0.0, 16.0)
_W_MS = (9.0, 9.0, 11.0)
_LEAST_UP = 0.4  # a focus midway makes beats that lead II, the rhythm strip, cannot see


def ventricular(ask: Ask, shape: EctopicShape | None, rng: np.random.Generator) -> Fitted:
    """The ventricular ectopic beat of a case: wide, no P, T against the QRS.

    Args:
        ask: what the usual beat is fitted to.
        shape: its pattern; None draws one.
        rng: the stream of ectopy alone.
    """
    kind: EctopicShape = "lbbb" if rng.random() < 0.6 else "rbbb"
    qrs_ms = round(float(rng.uniform(138, 168)))
    size = round(float(rng.uniform(0.85, 1.15)), 2)
    up = float(rng.uniform(-1.0, 1.0))
    up = round(up if up < -_LEAST_UP else _LEAST_UP + (1 - _LEAST_UP) * abs(up), 2)
    return _fitted(ask.age, ask.sex, ask.qrs_ms, ask.qt_ms, shape or kind, qrs_ms, size, up)


@lru_cache(maxsize=256)
def _fitted(age, sex, usual_qrs, usual_qt, shape, qrs_ms, size, up) -> Fitted:
    wide = max(qrs_ms, usual_qrs, min(usual_qrs + 35, 185))
    qt = usual_qt + 0.7 * (wide - usual_qrs)
    base = heart_for(age, sex, ())
    return fit_heart(_heart(base, shape, size, up), Ask(age, sex, (), wide, qt, None, None))


def _heart(base: Heart, shape: str, size: float, up: float) -> Heart:
    """A beat of one ectopic focus; `up` -1..1 moves it from the apex to the base."""
    x, y, z = np.array(_VENTRICULAR[shape]) * size
    y = y * up
    rows = tuple(
        Row("R", t, w, *v) for t, w, v in zip(_AT_MS, _W_MS, zip(x, y, z, strict=True), strict=True)
    )
    main = np.array([x.sum(), y.sum(), z.sum()])
    t = -0.21 * main
    return replace(base, qrs=rows, t=tuple(t), st=tuple(0.3 * t), t_locked=True)


def conducted(
    ask: Ask, *, qrs_ms: float = 92.0, qt_ms: float = 380.0, shapes: tuple[str, ...] = ()
) -> Fitted:
    """The beat of this heart that the sinus node makes, where the usual one is ventricular.

    Args:
        ask: what the usual beat is fitted to.
        qrs_ms, qt_ms: of the conducted beat.
        shapes: to add.
    """
    own = tuple(s for s in ask.shapes if (s if isinstance(s, str) else s[0]) not in VENTRICULAR)
    return fit(
        replace(ask, shapes=(*own, *shapes), qrs_ms=qrs_ms, qt_ms=qt_ms, axis_deg=45.0, waves=())
    )


def fusion(ask: Ask) -> Fitted:
    """Half of the ventricles activated by the ectopic focus, half by the sinus node."""
    ectopic, own = fit(ask), conducted(ask, qrs_ms=0.62 * ask.qrs_ms, qt_ms=ask.qt_ms)
    qrs = Waves.joined(ectopic.qrs.scaled(0.45), own.qrs.scaled(0.6))
    return replace(ectopic, qrs=qrs, qrs_at=qrs_limits(qrs)[:2], t=ectopic.t.scaled(0.5), st=own.st)


def turned(fitted: Fitted, turn: npt.NDArray[np.float64]) -> Fitted:
    """The same beat with its forces turned; limits lie on the magnitude and stay.

    Args:
        turn: (3, 3) rotation.
    """
    return replace(
        fitted,
        qrs=replace(fitted.qrs, vec=fitted.qrs.vec @ turn.T),
        t=replace(fitted.t, vec=fitted.t.vec @ turn.T),
        st=replace(fitted.st, vec=fitted.st.vec @ turn.T),
    )


def rotation(axis: npt.NDArray[np.float64], angle: float) -> npt.NDArray[np.float64]:
    """(3, 3) rotation by an angle in rad about a (3,) axis (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
