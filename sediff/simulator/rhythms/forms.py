"""Forms of beats that start elsewhere: ectopic ventricular beats and ectopic P waves."""

from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit_heart
from sediff.simulator.shapes import heart_for
from sediff.simulator.waves import Heart, Row

EctopicShape = Literal["lbbb", "rbbb"]

# Three Gaussians per axis at -16, 0, 16 ms (-0.1, 0, 0.1 rad), then stretched to 130-170 ms.
# 'lbbb': from the right ventricle, forces left and back. 'rbbb': from the left, right and forwards.
_VENTRICULAR = {
    "lbbb": ((0.50, 0.75, 0.75), (0.45, 0.80, 0.45), (0.25, 0.85, 0.70)),
    "rbbb": ((-0.15, -0.45, -0.60), (-0.45, -0.90, -0.60), (-0.55, -0.70, -0.60)),
}
_AT_MS = (-16.0, 0.0, 16.0)
_W_MS = (9.0, 9.0, 11.0)


def ventricular(ask: Ask, shape: EctopicShape | None, rng: np.random.Generator) -> Fitted:
    """The ventricular ectopic beat of a case: wide, no P, T against the QRS.

    Args:
        ask: what the usual beat is fitted to.
        shape: its pattern; None draws one.
        rng: the stream of ectopy alone.
    """
    kind: EctopicShape = "lbbb" if rng.random() < 0.6 else "rbbb"
    qrs_ms = round(float(rng.uniform(130, 165)))
    size = round(float(rng.uniform(0.85, 1.15)), 2)
    up = round(float(rng.uniform(-1.0, 1.0)), 2)
    return _fitted(ask.age, ask.sex, ask.qrs_ms, ask.qt_ms, shape or kind, qrs_ms, size, up)


@lru_cache(maxsize=256)
def _fitted(age, sex, usual_qrs, usual_qt, shape, qrs_ms, size, up) -> Fitted:
    wide = max(qrs_ms, usual_qrs, min(usual_qrs + 25, 180))
    qt = usual_qt + 0.7 * (wide - usual_qrs)
    base = heart_for(age, sex, ())
    return fit_heart(_heart(base, shape, size, up), Ask(age, sex, (), wide, qt, None, None))


def _heart(base: Heart, shape: str, size: float, up: float) -> Heart:
    """A beat of one ectopic focus; `up` -1..1 moves it from the base to the apex."""
    x, y, z = np.array(_VENTRICULAR[shape]) * size
    y = y * up
    rows = tuple(
        Row("R", t, w, *v) for t, w, v in zip(_AT_MS, _W_MS, zip(x, y, z, strict=True), strict=True)
    )
    main = np.array([x.sum(), y.sum(), z.sum()])
    t = -0.21 * main
    return replace(base, qrs=rows, t=tuple(t), st=tuple(0.3 * t), t_locked=True)


def atrial_focus(rng: np.random.Generator) -> tuple[float, float, float]:
    """Factors on x, y, z of the usual P wave that make one from another focus."""
    return (
        float(rng.uniform(0.4, 1.0)),
        float(rng.uniform(-0.6, 0.6)),
        float(rng.uniform(0.6, 1.6)),
    )
