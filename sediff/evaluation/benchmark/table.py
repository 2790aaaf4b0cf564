"""The form of every figure: a number with its interval, a row with floor, baselines and bar."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

REPEATS = 500  # of the bootstrap: its 95 % limits move by about a tenth of their width
GROUPS = 20  # of the jackknife
Floats = npt.NDArray[np.float64]
Verdict = Literal["met", "missed", "no bar", "not measured"]


@dataclass(frozen=True)
class Number:
    """One figure; `low` and `high` are the 95 % interval over requests.

    Attributes:
        seeds: the figure of each sampling seed. note: what it is, or why there is none.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    seeds: tuple[float, ...] = ()
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON: not-a-number becomes null."""
        return {
            "value": _known(self.value),
            "low": _known(self.low),
            "high": _known(self.high),
            "seeds": [_known(seed) for seed in self.seeds],
            "note": self.note,
        }


@dataclass(frozen=True)
class Bar:
    """What a figure must reach; 'within': on either side of 0, 'surely above': whole interval."""

    way: Literal["at most", "at least", "within", "surely above"]
    limit: float

    def reached(self, number: Number) -> bool:
        """Whether a figure reaches it; the limit itself does."""
        value = math.nan if number.value is None else number.value
        if self.way == "surely above":
            return number.low is not None and number.low > self.limit
        if self.way == "within":
            return abs(value) <= self.limit
        return value <= self.limit if self.way == "at most" else value >= self.limit


@dataclass(frozen=True)
class Row:
    """One line of a table.

    Attributes:
        unit: 'bpm', 'ms', 'dB' ...; 'share' for 0..1, '' for a bare number.
        digits: behind the point. floor: the same figure of real ECGs.
        baselines: name of the source -> its figure.
    """

    key: str
    figure: str
    unit: str
    digits: int
    ours: Number | None
    floor: Number | None = None
    baselines: Mapping[str, Number] = field(default_factory=dict)
    bar: Bar | None = None

    @property
    def verdict(self) -> Verdict:
        """Judged by the figure itself, not by the kind end of its interval."""
        if self.ours is None or _known(self.ours.value) is None:
            return "not measured"
        if self.bar is None:
            return "no bar"
        return "met" if self.bar.reached(self.ours) else "missed"

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "key": self.key,
            "figure": self.figure,
            "unit": self.unit,
            "digits": self.digits,
            "ours": None if self.ours is None else self.ours.plain(),
            "floor": None if self.floor is None else self.floor.plain(),
            "baselines": {name: number.plain() for name, number in self.baselines.items()},
            "bar": self.bar_text(),
            "verdict": self.verdict,
        }

    def bar_text(self) -> str:
        """The bar in words, '' without one."""
        if self.bar is None:
            return ""
        share = self.unit == "share"
        limit = f"{100 * self.bar.limit:g} %" if share else f"{self.bar.limit:g} {self.unit}"
        return f"{self.bar.way} {limit}".rstrip()

    def written(self, value: float | None) -> str:
        """A value of this row with its unit."""
        return written(value, self.unit, self.digits)


def written(value: float | None, unit: str, digits: int) -> str:
    """A value with its unit; shares as percent, a missing one as a dash."""
    if value is None or not math.isfinite(value):
        return "–"
    if unit == "share":
        return f"{100 * value:.{max(digits - 2, 0)}f} %"
    return f"{value:.{digits}f} {unit}".rstrip()


def number_of(columns: Sequence[npt.NDArray], figure: Callable[[Floats], float]) -> Number:
    """A figure over requests, with its interval and its spread over seeds.

    Args:
        columns: per seed the (n,) values of the same n requests, NaN where there is none.
        figure: turns the known values of one seed into a number.

    Returns:
        The mean over seeds; a request is drawn again or left out for all seeds together, since
        the ECGs of one request are no independent evidence. No value where nothing is known.
    """
    stack = np.stack([np.asarray(column, np.float64) for column in columns])
    seeds = tuple(_figure(row, figure) for row in stack)
    if not np.isfinite(seeds).any():
        return Number(note="nothing could be measured")
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(REPEATS):
        chosen = stack[:, rng.integers(stack.shape[1], size=stack.shape[1])]
        drawn.append(_mean([_figure(row, figure) for row in chosen]))
    low, high = limits(drawn)
    return Number(_mean(seeds), low, high, seeds)


def number_of_sets(
    sets: int, n: int, figure: Callable[[int, npt.NDArray[np.int64]], float]
) -> Number:
    """The same for distances of a whole sample: `figure(set, rows)` over the chosen rows.

    A request drawn twice makes a sample less like any other, so that the bootstrap would move
    every distance away from 0: the interval is the jackknife's over groups of requests.

    Args:
        sets: how many seeds there are. n: ECGs in each.
    """
    everyone = np.arange(n)
    seeds = tuple(figure(i, everyone) for i in range(sets))
    value = _mean(seeds)
    groups = np.array_split(np.random.default_rng(0).permutation(n), min(GROUPS, n))
    left_out = [
        _mean([figure(i, np.setdiff1d(everyone, group)) for i in range(sets)]) for group in groups
    ]
    if not math.isfinite(value):
        return Number(note="nothing could be measured")
    if len(groups) < 2 or not np.isfinite(left_out).all():
        return Number(value, seeds=seeds)
    error = float(np.std(left_out)) * math.sqrt(len(groups) - 1)
    reach = float(student.ppf(0.975, len(groups) - 1)) * error
    return Number(value, max(value - reach, 0.0), value + reach, seeds)


def limits(drawn: Sequence[float]) -> tuple[float | None, float | None]:
    """The 2.5th and the 97.5th percentile of what the bootstrap drew, None without any."""
    known = np.array([value for value in drawn if math.isfinite(value)])
    if not len(known):
        return None, None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def _figure(row: Floats, figure: Callable[[Floats], float]) -> float:
    known = row[np.isfinite(row)]
    return float(figure(known)) if len(known) else math.nan


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return float(np.mean(known)) if known else math.nan


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), 6)
