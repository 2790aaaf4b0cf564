"""How P waves and QRS complexes belong together: PR by beat, dropped beats, dissociation."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sediff.measure.atria import Waves
from sediff.measure.signals import Array

PR_S = (0.07, 0.48)  # onset to onset; shorter ones are retrograde or a coincidence
_ALIKE_S = 0.03  # PR intervals this near to each other are one
PAUSE = 1.4  # of PP: a dropped beat makes at least this
_STEP_S = 0.012  # PR may fall by this between beats of a Wenckebach cycle: reading error
_RESET_S = 0.03  # and is shorter by this after the pause
_ONE_TO_ONE = 0.4  # share of intervals with one P wave, in Wenckebach 3:2 half of them
_MOST_BEATS = 0.7  # have a P wave in front of them where the atria drive the ventricles
_LATTICE = 0.13  # of the PP interval: P waves that keep time lie this near to it
_LEAST_PP_S, _MOST_HIDDEN = 0.24, 3  # shortest PP; how many intervals a gap may hold

Pattern = Literal["constant", "growing", "varying", ""]


@dataclass(frozen=True)
class Links:
    """P waves against QRS complexes.

    Attributes:
        pr: (n,) s, PR of each beat, nan without a P wave in front.
        wave: (n,) index of that P wave, -1 without.
        between: (n - 1,) how many P waves start between the onset of a QRS and of the next.
        pattern: of PR.
        steady: whether the P waves keep time by themselves; pp_s: their interval.
    """

    pr: Array
    wave: npt.NDArray[np.int64]
    between: npt.NDArray[np.int64]
    pattern: Pattern
    steady: bool
    pp_s: float

    @property
    def share(self) -> float:
        """Share of beats with a P wave in front."""
        return float(np.mean(np.isfinite(self.pr))) if len(self.pr) else 0.0


def link(waves: Waves, qrs_on: Array, plain: npt.NDArray[np.bool_]) -> Links:
    """Give each QRS (n,) the last P wave before it; `plain` beats decide on the pattern."""
    on = waves.on() if len(waves) else np.zeros(0)
    pr, wave = np.full(len(qrs_on), np.nan), np.full(len(qrs_on), -1)
    for i, start in enumerate(qrs_on):
        before = np.flatnonzero((on < start - PR_S[0]) & (on > start - PR_S[1]))
        if i:
            before = before[waves.at[before] > qrs_on[i - 1]]
        if len(before):
            wave[i] = before[-1]
            pr[i] = start - on[before[-1]]
    between = np.diff(np.searchsorted(on, qrs_on - PR_S[0]))
    pp_s, steady = _beat_of(waves.at)
    rr, one = np.diff(qrs_on), between == 1
    steady_pr = _pattern(pr, plain, np.zeros_like(one)) == "constant"
    steady_pr &= float(np.isfinite(pr).mean()) >= _MOST_BEATS
    if steady_pr and one.mean() >= _ONE_TO_ONE:  # stray finds between the beats do not count
        pp_s = float(np.median(rr[one]))
    dropped = (between >= 2) & (rr > PAUSE * pp_s)
    return Links(pr, wave, between, _pattern(pr, plain, dropped), steady, pp_s)


def _pattern(pr: Array, plain: npt.NDArray[np.bool_], dropped: npt.NDArray[np.bool_]) -> Pattern:
    known = pr[plain & np.isfinite(pr)]
    if len(known) < 2:
        return ""
    if _grows(pr, dropped):
        return "growing"
    middle = float(np.median(known))
    near = np.abs(known - middle) < _ALIKE_S
    return "constant" if near.mean() >= 0.75 else "varying"


def _grows(pr: Array, dropped: npt.NDArray[np.bool_]) -> bool:
    """True if PR grows up to most dropped beats and is shorter after them (Wenckebach)."""
    grown = sum(_grows_before(pr, dropped, int(i)) for i in np.flatnonzero(dropped))
    return grown > 0 and grown > 0.6 * int(dropped.sum())


def _grows_before(pr: Array, dropped: npt.NDArray[np.bool_], last: int) -> bool:
    """Whether PR grows up to beat `last`, after which a P wave is blocked."""
    first = last
    while first > 0 and not dropped[first - 1]:
        first -= 1
    values = pr[first : last + 1]
    values = values[np.isfinite(values)]
    if not len(values) or not values[-1] - pr[last + 1] > _RESET_S:
        return False
    return len(values) < 2 or float(np.diff(values).min()) > -_STEP_S


def _beat_of(at: Array) -> tuple[float, bool]:
    """PP interval in s, and whether the (k,) times keep it.

    P waves hidden in a QRS double or treble a gap: of the intervals of which three quarters of
    the gaps are multiples, the longest is taken.
    """
    if len(at) < 3:
        return float("nan"), False
    gaps = np.diff(at)
    usual = float(np.median(gaps))
    best, best_score = usual, 0.0
    for trial in np.unique(np.concatenate([gaps, gaps / 2])):
        if trial < max(_LEAST_PP_S, usual / _MOST_HIDDEN):
            continue
        turns = np.rint(gaps / trial)
        off = np.abs(gaps - turns * trial) / trial
        good = (off < _LATTICE) & (turns > 0) & (turns <= _MOST_HIDDEN)
        # Every interval is a multiple of a short enough one: long ones are preferred.
        score = float(good.mean()) - 0.1 * float(np.maximum(turns - 1, 0).mean())
        if score > best_score and good.any():
            best, best_score = float(gaps[good].sum() / turns[good].sum()), score
    turns = np.maximum(np.rint(gaps / best), 1)
    off = np.abs(gaps - turns * best) / best
    return best, bool((off < _LATTICE).mean() >= 0.75)
