"""What one beat of a heart looks like, before it is fitted to the asked numbers: the `Heart`.

The normal QRS is that of Sameni et al. 2007 (radians turned into ms at RR = 1 s) with less
force forwards and more backwards, so that R passes S between V3 and V4, and less late force
upwards, so that the axis is 30 and not 10 degrees. P and T are redrawn on two and three
Gaussians: with the published ones the T of V2-V3 reaches 1.2 mV and the P of II is hardly seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from sediff.simulator.dipole import Waves
from sediff.spec import Sex

Vector = tuple[float, float, float]  # x left, y down, z back; mV
JT_MS = 310.0  # at which the times of T and of what follows the J point are written down


class Row(NamedTuple):
    """One Gaussian of the dipole: its wave, centre and width in ms, and x, y, z in mV."""

    wave: str
    t_ms: float
    w_ms: float
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0


@dataclass(frozen=True)
class Heart:
    """One beat as dipole components, and the criteria that must hold after it is fitted.

    Attributes:
        qrs: components labelled Q (early), R (main), S (late) and B (late, of a blocked right
            bundle: the axis does not turn them), around the R peak.
        p: components labelled P, around the P wave's own middle.
        t: T direction and size: x, y, z at the T peak.
        st: dipole 60 ms after the J point beyond what a normal beat has there.
        t_width: factor on the duration of T.
        t_rows: T as components of its own around its peak, ms at JT = 310 ms, instead of `t`
            (biphasic, symmetric, peaked T waves); () where `t` says enough.
        late: components after the J point, ms from it at JT = 310 ms: J waves, epsilon waves,
            coved or saddled ST, U waves (beyond 310 ms). They move no limit of QRS or T.
        t_locked: whether the direction of T is the finding; else T turns a little with the QRS.
        one_focus: whether one ventricular focus activates it: all its forces turn alike.
        sokolow_mv: S of V1 + R of V5 that the QRS must reach, None if free.
        limb_mv: largest peak-to-peak QRS of a limb lead, None if free; chest leads twice that.
        p_mv: P peak that lead II must reach, None if free.
    """

    qrs: tuple[Row, ...]
    p: tuple[Row, ...]
    t: Vector
    st: Vector = (0.0, 0.0, 0.0)
    t_width: float = 1.0
    t_rows: tuple[Row, ...] = ()
    late: tuple[Row, ...] = ()
    t_locked: bool = False
    one_focus: bool = False
    sokolow_mv: float | None = None
    limb_mv: float | None = None
    p_mv: float | None = None

    def plus(self, *rows: Row) -> Self:
        """With further QRS components."""
        return replace(self, qrs=(*self.qrs, *rows))

    def after(self, *rows: Row) -> Self:
        """With further components after the J point."""
        return replace(self, late=(*self.late, *rows))

    def without(self, waves: str) -> Self:
        """Without the QRS components of these waves ('QS': without Q and S)."""
        return replace(self, qrs=tuple(row for row in self.qrs if row.wave not in waves))

    def times(self, waves: str, x: float, y: float, z: float) -> Self:
        """With the QRS components of these waves multiplied per axis."""
        rows = (
            row._replace(x=row.x * x, y=row.y * y, z=row.z * z) if row.wave in waves else row
            for row in self.qrs
        )
        return replace(self, qrs=tuple(rows))

    def with_st(self, st: Vector, t_share: float) -> Self:
        """With an injury vector added to ST and a share of it to T."""
        return replace(self, st=add(self.st, st), t=add(self.t, scale(st, t_share)))


def add(a: Vector, b: Vector) -> Vector:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def scale(a: Vector, factor: float) -> Vector:
    """A vector times a number."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


# Sameni et al. 2007, ms at RR = 1 s. Left out: the broad early z component (it lifts PR) and the
# late ones at 2.9 rad (a U wave, which would hide the end of T).
_NORMAL_QRS = (
    Row("Q", -30.2, 7.2, x=-0.13),
    Row("Q", -23.9, 7.2, z=-0.27),
    Row("R", -17.5, 8.8, y=0.32),
    Row("R", -11.1, 6.0, x=0.85),
    Row("R", -1.6, 5.9, y=0.62),
    Row("R", 0.0, 5.3, x=1.11),
    Row("R", 9.5, 4.8, x=0.75),
    Row("S", 12.0, 7.5, y=-0.20),
    Row("S", 11.5, 9.5, z=0.84),
    Row("S", 35.0, 6.0, x=0.06),
)
# Right atrium first and forwards, left atrium 34 ms later and backwards: V1 is biphasic.
_NORMAL_P = (
    Row("P", -17.0, 16.0, 0.025, 0.085, -0.050),
    Row("P", 17.0, 17.0, 0.060, 0.065, 0.035),
)
_NORMAL_T = (0.36, 0.175, -0.21)


def normal_heart(age: float, sex: Sex) -> Heart:
    """The beat of a healthy person: lower with age and in women, whose T of V2-V3 is smaller."""
    voltage = (1.0 if sex == "male" else 0.87) * float(np.interp(age, (20, 45, 90), (1.1, 1, 0.86)))
    repol = float(np.interp(age, (20, 45, 90), (1.12, 1.0, 0.8)))
    t_sex = (1.0, 1.0, 1.0) if sex == "male" else (0.80, 0.95, 0.60)
    heart = Heart(_NORMAL_QRS, _NORMAL_P, _times(_NORMAL_T, t_sex, repol))
    return heart.times("QRS", voltage, voltage, voltage)


def _times(a: Vector, b: Vector, factor: float) -> Vector:
    return (a[0] * b[0] * factor, a[1] * b[1] * factor, a[2] * b[2] * factor)


def as_waves(rows: Iterable[Row]) -> Waves:
    """Rows as arrays."""
    table = np.array([row[1:] for row in rows], dtype=np.float64).reshape(-1, 5)
    return Waves(table[:, 0], table[:, 1], table[:, 2:])


# T: a slow rise and a faster fall, ms before and after its peak (share of the amplitude).
_T_FORM = ((-72.0, 40.0, 0.20), (-34.0, 33.0, 0.36), (0.0, 26.0, 0.70))
_T_LEAD_MS = np.array([0.0, 3.0, -8.0])  # z peaks a little earlier than x and y


def t_waves(t: Vector) -> Waves:
    """The T wave of a direction, around its own peak, for a JT interval of 310 ms."""
    parts = []
    for axis in range(3):
        vec = np.zeros((len(_T_FORM), 3))
        vec[:, axis] = [share * t[axis] for _, _, share in _T_FORM]
        parts.append(
            Waves(
                np.array([at + _T_LEAD_MS[axis] for at, _, _ in _T_FORM]),
                np.array([width for _, width, _ in _T_FORM]),
                vec,
            )
        )
    return Waves.joined(*parts)


_ST_T = np.array([-14.0, -3, 12, 32, 58, 95, 135, 180, 230, 280])  # ms after J, for JT = 310 ms
_ST_W = np.array([7.0, 8, 11, 15, 20, 25, 30, 32, 34, 34])
# Injured muscle has its own level before the last of the ventricle is activated: at J, where
# criteria read it, ST has arrived and no step is left that would be taken for the QRS.
_ST_RISE_MS, _ST_STEEP_MS = -18.0, 3.5


def _st_weights() -> npt.NDArray[np.float64]:
    """Gaussian weights of an ST segment: sigmoid just before J, level, fading through T."""
    t = np.arange(-80.0, 420.0, 2.0)
    fade = np.clip((t - 90) / 230, 0, 1)
    target = (1 - fade**2 * (3 - 2 * fade)) / (1 + np.exp(-(t - _ST_RISE_MS) / _ST_STEEP_MS))
    basis = np.exp(-0.5 * ((t[:, None] - _ST_T) / _ST_W) ** 2)
    ridge = 1e-3 * np.eye(len(_ST_T))  # without it neighbours fight with opposite signs
    return np.asarray(np.linalg.solve(basis.T @ basis + ridge, basis.T @ target), np.float64)


_ST_WEIGHTS = _st_weights()


def st_waves(jt_ms: float, at_ms: float) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray]:
    """Times after J (ms), widths (ms) and weights of an ST segment that is 1 at J + `at_ms`."""
    k = jt_ms / JT_MS
    t, w = _ST_T * k, _ST_W * k
    level = float(np.exp(-0.5 * ((at_ms - t) / w) ** 2) @ _ST_WEIGHTS)
    return t, w, _ST_WEIGHTS / level
