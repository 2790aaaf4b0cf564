"""Fit a heart to the asked numbers: PR, QRS, QT, axis, P and T in lead II, ST per lead.

Times scale linearly and areas of Gaussians are known in closed form, so one look at a
millisecond grid per wave is enough and nothing is searched but one angle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.simulator.dipole import Waves
from sediff.simulator.limits import Limits, p_limits, qrs_limits, t_limits
from sediff.simulator.shapes import Graded, heart_for
from sediff.simulator.waves import JT_MS, Heart, as_waves, st_waves, t_waves
from sediff.spec import Sex, WaveChange

Array = npt.NDArray[np.float64]

DOWER12: Array = derive_twelve(DOWER)  # (12, 3)
_I, _II, _AVF = (LEADS.index(name) for name in ("I", "II", "aVF"))
_V1, _V5 = LEADS.index("V1"), LEADS.index("V5")
_LIMB, _CHEST = DOWER12[:6], DOWER12[6:]
ST_AT_MS = 60.0
_MAX_GROWTH = 1.7  # of a QRS towards its voltage criterion: some asked axes contradict it
_ST_RIDGE = 2e-3  # mV^2: leads that were not asked stay where the least dipole leaves them
# T is scaled by this much at most; what is then missing in II is added along that lead. Where the
# direction of T is the finding (LBBB), its other leads must neither grow wild nor flip.
_T_FACTORS = {False: (-4.0, 4.0), True: (0.5, 1.3)}
_FAN_FROM, _FAN = 40.0, 1.3  # degrees of turn to the right; share of what is beyond them
_FAN_MS = 12.0  # from the R peak, where the fan is fully open
_T_FOLLOWS = 0.3  # share of the QRS rotation that T takes part in


@dataclass(frozen=True)
class Ask:
    """The numbers a beat is fitted to; units as in `CaseSpec`. Hashable: it is the cache key."""

    age: float
    sex: Sex
    shapes: tuple[str | Graded, ...]
    qrs_ms: float
    qt_ms: float
    axis_deg: float | None
    pr_ms: float | None
    p_mv: float | None = None
    t_mv: float | None = None
    st_mv: tuple[tuple[str, float], ...] = ()
    waves: tuple[WaveChange, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """One beat as asked; times in ms against the R peak (the largest QRS vector).

    Attributes:
        p, qrs, t, st: the waves; p None without a P wave.
        p_at, qrs_at, t_at: their limits.
        st_left: (lead, mV): asked ST level minus what three dipole components could reach.
        heart: the shape it was made from.
    """

    p: Waves | None
    qrs: Waves
    t: Waves
    st: Waves
    p_at: Limits | None
    qrs_at: Limits
    t_at: Limits
    st_left: tuple[tuple[str, float], ...]
    heart: Heart

    def all_waves(self) -> Waves:
        """Every component of the beat."""
        parts = [self.qrs, self.t, self.st]
        return Waves.joined(*parts, *([self.p] if self.p is not None else []))


@lru_cache(maxsize=512)
def fit(ask: Ask) -> Fitted:
    """Fit the heart of a person with these shapes; see `fit_heart`."""
    return fit_heart(heart_for(ask.age, ask.sex, ask.shapes), ask)


def fit_heart(heart: Heart, ask: Ask) -> Fitted:
    """Fit a heart to the asked numbers.

    Args:
        heart: the shape.
        ask: what must hold.

    Returns:
        The beat; its limits are the truth that measurements are compared with.
    """
    qrs, turn = turn_axis(heart, ask.axis_deg)
    qrs = _meet_voltage(_meet_duration(qrs, ask.qrs_ms), heart)
    qrs_at = qrs_limits(qrs)[:2]
    p = _place_p(heart, ask, qrs_at[0]) if ask.pr_ms is not None else None
    t = _place_t(heart, ask, qrs_at, turn)
    t, st, left = _meet_levels(heart, ask, qrs_at, t, [qrs] if p is None else [qrs, p])
    t = t.mapped(1.0, qrs_at[0] + ask.qt_ms - t_limits(t)[1])
    fitted = Fitted(
        p, qrs, t, st,
        None if p is None else p_limits(p)[:2],
        qrs_at, t_limits(t)[:2], left, heart,
    )  # fmt: skip
    return _with_changes(fitted, ask.waves) if ask.waves else fitted


def turn_axis(heart: Heart, axis_deg: float | None) -> tuple[Waves, float]:
    """Turn main and late forces in the frontal plane until the net axis is the asked one.

    The early forces stay (septal activation and infarct Q waves do not follow the axis), and so
    do the late ones of a blocked bundle ('B'): the right ventricle lies where it lies.

    Returns:
        The QRS, and the angle it was turned by in degrees.
    """
    qrs = as_waves(heart.qrs)
    if axis_deg is None:
        return qrs, 0.0
    moving = np.array([row.wave in "RS" for row in heart.qrs])
    part = np.sqrt(2 * np.pi) * qrs.w_ms[:, None] * qrs.vec
    still = part[~moving].sum(axis=0)
    at = np.zeros(moving.sum()) if heart.one_focus else qrs.t_ms[moving]
    angle = 0.0
    # A turn costs less than what it gains on its way, but no heart is turned upside down.
    for step, reach, cost in ((2.0, 180.0, 0.3), (0.01, 2.0, 0.0)):
        turns = angle + np.arange(-reach, reach + step / 2, step)
        axes = _axes(still, _turned(part[moving], at, turns).sum(axis=1))
        miss = np.abs(_wrap(axes - axis_deg))
        angle = float(turns[(miss + cost * np.abs(turns)).argmin()])
    vec = qrs.vec.copy()
    vec[moving] = _turned(vec[moving], at, np.array([angle]))[0]
    return Waves(qrs.t_ms, qrs.w_ms, vec), angle


def _turned(vec: Array, t_ms: Array, turns: Array) -> Array:
    """(N, M, 3) forces (M, 3) at (M,) ms after each of (N,) turns in the frontal plane.

    Far to the right the early forces turn less and the late ones more: a heart whose axis points
    right still begins to the left, with an R and a deeper S in V5 and V6, not a QS.
    """
    fan = _FAN * np.maximum(turns - _FAN_FROM, 0.0)[:, None]
    angles = np.radians(turns[:, None] + fan * np.clip(t_ms / _FAN_MS, -1.0, 1.0))
    c, s = np.cos(angles), np.sin(angles)
    x, y = c * vec[:, 0] - s * vec[:, 1], s * vec[:, 0] + c * vec[:, 1]
    return np.stack([x, y, np.broadcast_to(vec[:, 2], x.shape)], axis=-1)


def _axes(still: Array, moved: Array) -> Array:
    """Axes in degrees of areas (3,) + (N, 3)."""
    i, avf = DOWER12[[_I, _AVF]] @ (still + moved).T
    return np.degrees(np.arctan2(2 * avf / np.sqrt(3), i))


def _wrap(degrees: Array) -> Array:
    return (degrees + 180) % 360 - 180


def rotation_z(degrees: float) -> Array:
    """(3, 3) rotation in the frontal plane, from left (x) towards down (y)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _meet_duration(qrs: Waves, qrs_ms: float) -> Waves:
    on, off, peak = qrs_limits(qrs)
    k = qrs_ms / (off - on)
    return qrs.mapped(k, -peak * k)


def _meet_voltage(qrs: Waves, heart: Heart) -> Waves:
    """Scale the QRS up to the shape's Sokolow-Lyon sum, or down to its limb-lead limit."""
    if heart.sokolow_mv is None and heart.limb_mv is None:
        return qrs
    t = np.arange(qrs.t_ms.min() - 30, qrs.t_ms.max() + 30)
    leads = DOWER12 @ qrs.at(t)
    if heart.sokolow_mv is not None:
        total = -leads[_V1].min() + leads[_V5].max()
        qrs = qrs.scaled(float(np.clip(heart.sokolow_mv / max(total, 0.5), 1.0, _MAX_GROWTH)))
    if heart.limb_mv is not None:
        tall = np.ptp(leads, axis=1)
        qrs = qrs.scaled(heart.limb_mv / max(tall[:6].max(), tall[6:].max() / 2))
    return qrs


def _place_p(heart: Heart, ask: Ask, qrs_on: float) -> Waves | None:
    """The P wave with its onset PR before the QRS, within PR, and its asked peak in II."""
    assert ask.pr_ms is not None
    if ask.p_mv == 0:
        return None
    p = as_waves(heart.p)
    on, off, _ = p_limits(p)
    k = min(1.0, 0.85 * ask.pr_ms / (off - on))
    p = p.mapped(k, qrs_on - ask.pr_ms - on * k)
    wanted = heart.p_mv if ask.p_mv is None else ask.p_mv
    return p if wanted is None else p.scaled(wanted / _peak_ii(p))


def _place_t(heart: Heart, ask: Ask, qrs_at: Limits, turn: float) -> Waves:
    """The T wave with its offset QT after the QRS onset; wider for longer JT."""
    follow = 0.0 if heart.t_locked else float(np.clip(_T_FOLLOWS * turn, -40, 40))
    if heart.t_rows:
        form = as_waves(heart.t_rows)
    else:
        direction = rotation_z(follow) @ np.array(heart.t)
        form = t_waves((float(direction[0]), float(direction[1]), float(direction[2])))
    _, off, _ = t_limits(form)
    jt = ask.qt_ms - (qrs_at[1] - qrs_at[0])
    k = float(np.clip(jt / JT_MS, 0.2, 2.0)) ** 0.85 * heart.t_width
    return form.mapped(k, qrs_at[0] + ask.qt_ms - off * k)


def _peak_ii(waves: Waves) -> float:
    """Signed peak in lead II, mV; never exactly 0."""
    t = np.arange(waves.t_ms.min() - 40, waves.t_ms.max() + 40, 2.0)
    lead = DOWER12[_II] @ waves.at(t)
    peak = float(lead[np.abs(lead).argmax()])
    return peak if abs(peak) > 1e-6 else 1e-6


def _meet_levels(
    heart: Heart, ask: Ask, qrs_at: Limits, t: Waves, others: Sequence[Waves]
) -> tuple[Waves, Waves, tuple[tuple[str, float], ...]]:
    """Scale T and solve the ST dipole together: each adds a little where the other is measured."""
    jt = max(ask.qt_ms - (qrs_at[1] - qrs_at[0]), 40.0)
    st_at_ms = min(ST_AT_MS, 0.4 * jt)  # at 200 bpm J + 60 ms is the T wave already
    after, width, weight = st_waves(jt, st_at_ms)

    late = as_waves(heart.late).mapped(jt / JT_MS, qrs_at[1])

    def st_of(vector: Array) -> Waves:
        level = Waves(qrs_at[1] + after, width, weight[:, None] * vector)
        return Waves.joined(level, late)

    vector = np.array(heart.st)
    shape_t = t
    for _ in range(3 if ask.st_mv and ask.t_mv is not None else 1):
        if ask.t_mv is not None:
            t = _meet_t(heart, shape_t, ask.t_mv, st_of(vector))
        if ask.st_mv:
            without = Waves.joined(t, st_of(np.zeros(3)), *others)
            vector = _solve_st(ask.st_mv, qrs_at, st_at_ms, without, st_of)
    left = ()
    if ask.st_mv:
        now = _st_levels(qrs_at, st_at_ms, Waves.joined(t, st_of(vector), *others))
        left = tuple((lead, float(v - now[LEADS.index(lead)])) for lead, v in ask.st_mv)
    return t, st_of(vector), left


def _meet_t(heart: Heart, t: Waves, t_mv: float, st: Waves) -> Waves:
    """T whose peak in II, with the ST segment under it, is the asked one."""
    _, _, peak = t_limits(t)
    own = _peak_ii(t)
    wanted = t_mv - float((DOWER12[_II] @ st.at(np.array([peak])))[0])
    factor = float(np.clip(wanted / own, *_T_FACTORS[heart.t_locked]))
    t = t.scaled(factor)
    missing = wanted - own * factor
    if abs(missing) < 1e-3:
        return t
    along = DOWER12[_II] / (DOWER12[_II] @ DOWER12[_II])
    form = t_waves((1.0, 1.0, 1.0))  # its timing; the direction is the lead's own
    k = t.w_ms[0] / form.w_ms[0]
    extra = form.mapped(k, t.t_ms[0] - form.t_ms[0] * k).scaled(along)
    return Waves.joined(t, extra.scaled(missing / _peak_ii(extra)))


def _st_levels(qrs_at: Limits, st_at_ms: float, waves: Waves) -> Array:
    """(12,) level at J + 60 ms against the QRS onset, mV."""
    level = waves.at(np.array([qrs_at[0], qrs_at[1] + st_at_ms]))
    return DOWER12 @ (level[:, 1] - level[:, 0])


def _solve_st(asked, qrs_at: Limits, st_at_ms: float, without: Waves, st_of) -> Array:
    """The ST dipole that brings the asked leads to their levels, in ridge least squares."""
    rows = [LEADS.index(lead) for lead, _ in asked]
    need = np.array([level for _, level in asked]) - _st_levels(qrs_at, st_at_ms, without)[rows]
    ends = np.array([qrs_at[0], qrs_at[1] + st_at_ms])
    unit = (st_of(np.ones(3)).at(ends) - st_of(np.zeros(3)).at(ends))[0]
    m = DOWER12[rows] * (unit[1] - unit[0])
    return np.linalg.solve(m.T @ m + _ST_RIDGE * np.eye(3), m.T @ need)


def _with_changes(fitted: Fitted, changes: Iterable[WaveChange]) -> Fitted:
    """The user's own changes of single waves, after the fit; limits are marked anew."""
    labels = np.array(["S" if row.wave == "B" else row.wave for row in fitted.heart.qrs])
    for change in changes:
        if change.wave == "P" and fitted.p is not None:
            p = _changed(fitted.p, np.full(len(fitted.p.t_ms), True), change)
            gone = change.amplitude == 0
            fitted = replace(fitted, p=None if gone else p)
        elif change.wave == "T":
            t = _changed(fitted.t, np.full(len(fitted.t.t_ms), True), change)
            fitted = replace(fitted, t=t)
        elif change.wave in "QRS":
            fitted = replace(fitted, qrs=_changed(fitted.qrs, labels == change.wave, change))
    p_at = None if fitted.p is None else p_limits(fitted.p)[:2]
    qrs_at, t_at = qrs_limits(fitted.qrs)[:2], t_limits(fitted.t)[:2]
    return replace(fitted, p_at=p_at, qrs_at=qrs_at, t_at=t_at)


def _changed(waves: Waves, chosen: npt.NDArray[np.bool_], change: WaveChange) -> Waves:
    """Amplitude, width about the wave's own middle, and shift of the chosen components."""
    if not chosen.any():
        return waves
    size = np.abs(waves.vec).sum(axis=1) * chosen
    middle = float((size * waves.t_ms).sum() / max(size.sum(), 1e-12))
    moved = middle + (waves.t_ms - middle) * change.width + change.shift_ms
    return Waves(
        np.where(chosen, moved, waves.t_ms),
        np.where(chosen, waves.w_ms * change.width, waves.w_ms),
        np.where(chosen[:, None], waves.vec * change.amplitude, waves.vec),
    )
