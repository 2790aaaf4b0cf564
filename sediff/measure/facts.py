"""What the naming of a rhythm looks at, gathered once per record."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sediff.leads import DOWER
from sediff.measure.atria import Waves, find_waves
from sediff.measure.cycle import Cycle, cycle_of
from sediff.measure.limits import MS, PRE, level
from sediff.measure.links import PAUSE, Links, link
from sediff.measure.reading import Reading
from sediff.measure.residual import Residual, residual_of
from sediff.measure.rhythm import is_irregular, plain_intervals
from sediff.measure.signals import RATE, Prepared
from sediff.simulator.simulation import BeatKind

WIDE_MS = 120.0
_BUSY = 0.5  # of the time quiet: less has no room between QRS and T, as in broad tachycardia
EVEN = 0.06  # standard deviation of RR over its mean below which a rhythm is regular
TIED, TIED_SEEN = 0.7, 0.55  # share of beats with a P wave of the same PR
PP_S = (0.33, 2.5)  # of atria that beat by themselves
_EARLY_P = 0.8  # of PP: an earlier P wave that is blocked is a premature one
_PR_LEAST_S = 0.07
_FEW = 0.5  # P waves a beat: bigeminy hides every second one at most


@dataclass(frozen=True)
class Facts:
    """One record as the rhythm classes see it.

    Attributes:
        reading, rest, waves, links, cycle: as found. kinds: per beat.
        plain: (n,) beats that are neither ventricular nor premature.
        rate: bpm. width_ms: of the dominant QRS, 0 where it cannot be told.
        spread: standard deviation of the plain RR over their mean.
        drops: (n - 1,) blocked P waves on time in each RR interval.
    """

    reading: Reading
    rest: Residual
    waves: Waves
    links: Links
    cycle: Cycle | None
    kinds: list[BeatKind]
    plain: npt.NDArray[np.bool_]
    rate: float
    width_ms: float
    spread: float
    drops: npt.NDArray[np.int64]

    @property
    def even(self) -> bool:
        """RR intervals agree."""
        return self.spread < EVEN

    @property
    def wide(self) -> bool:
        """The QRS is broad, or so broad that its end cannot be told."""
        return self.width_ms >= WIDE_MS or self.busy

    @property
    def busy(self) -> bool:
        """No quiet time between beats that are all alike."""
        return self.reading.quiet < _BUSY

    @property
    def tied(self) -> bool:
        """Most plain beats have a P wave at one PR."""
        known = np.isfinite(self.links.pr[self.plain])
        # What the median beat shows needs fewer single beats to confirm it.
        least = TIED_SEEN if self.reading.atria == "p" else TIED
        return self.links.pattern == "constant" and float(known.mean()) >= least

    @property
    def own_time(self) -> bool:
        """The P waves keep a time of their own."""
        return len(self.waves) >= 4 and self.links.steady and PP_S[0] < self.links.pp_s < PP_S[1]

    @property
    def p_leads(self) -> tuple[float, float]:
        """Mean height of the usual P wave in I and II, mV: measured, or made from its dipole."""
        p = self.reading.limits.p
        if p is not None and self.reading.atria == "p":
            wave = level(self.reading.median[:2, PRE + p[0] : PRE + p[1] + 1])
        else:
            wave = DOWER[:2] @ self.waves.forms[0].drawn
        one, two = wave.mean(axis=1)
        return float(one), float(two)


def facts_of(prepared: Prepared, reading: Reading) -> Facts:
    """Gather the facts of a record that has beats."""
    rest = residual_of(prepared, reading)
    waves = find_waves(prepared, reading, rest)
    reading = _without_chance_pairs(reading, waves)
    kinds = list(reading.kinds)
    plain = np.array([kind == "N" for kind in kinds])
    plain = plain if plain.any() else np.ones(len(kinds), dtype=bool)
    links = link(waves, rest.qrs[:, 0], plain)
    rr = reading.rr if len(reading.rr) >= 2 else np.diff(reading.at)
    qrs = reading.limits.qrs
    return Facts(
        reading, rest, waves, links, cycle_of(prepared, reading), kinds, plain,
        rate=60 * RATE / float(np.diff(reading.at).mean()),
        width_ms=(qrs[1] - qrs[0]) * MS if qrs else 0.0,
        spread=float(rr.std() / rr.mean()),
        drops=_drops(waves, links, rest),
    )  # fmt: skip


def _without_chance_pairs(reading: Reading, waves: Waves) -> Reading:
    """The reading without premature narrow beats where nothing shows the atria but irregular RR.

    Fibrillation makes pairs by chance; without P waves they are no bigeminy.
    """
    if reading.atria == "p" or len(waves) >= _FEW * len(reading.kinds):
        return reading
    kinds: list[BeatKind] = ["N" if kind == "A" else kind for kind in reading.kinds]
    rr = plain_intervals(reading.at, kinds, "V")
    return replace(reading, kinds=kinds, rr=rr) if is_irregular(rr) else reading


def _drops(waves: Waves, links: Links, rest: Residual) -> npt.NDArray[np.int64]:
    """(n - 1,) blocked P waves on time in each RR interval that is long enough for a drop."""
    out = np.zeros(len(links.between), dtype=np.int64)
    rr = np.diff(rest.qrs[:, 0])
    on = waves.on()
    for i, count in enumerate(links.between):
        if count < 2 or not rr[i] > PAUSE * links.pp_s:
            continue
        first, last = rest.qrs[i, 0] - _PR_LEAST_S, rest.qrs[i + 1, 0] - _PR_LEAST_S
        blocked = np.flatnonzero((on > first) & (on < last))[:-1]
        before = np.array([waves.at[k] - waves.at[k - 1] if k else np.inf for k in blocked])
        out[i] = int(np.sum(before > _EARLY_P * links.pp_s))
    return out
