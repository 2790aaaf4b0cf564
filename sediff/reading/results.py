"""What a study has shown: how often readers were right, by how much they agree, how sure that is.

Shares carry Wilson's interval (Wilson 1927). Ratings of one reader hang together, as do those of
one ECG, so the pooled share is also given with a bootstrap over readers and ECGs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest, norm

from sediff.findings import FINDINGS
from sediff.reading.ratings import Rating
from sediff.reading.study import REAL, SYNTHETIC, Item
from sediff.report import read

Interval = tuple[float, float]
_LEVEL, _DRAWS = 0.95, 1000


@dataclass(frozen=True)
class Share:
    """`right` of `of`, with Wilson's 95 % interval; `p` against 50 % (exact binomial test)."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval, None of nothing."""
        if not self.of:
            return None
        z = norm.ppf(0.5 + _LEVEL / 2)
        p, n = self.right / self.of, self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))

    @property
    def p(self) -> float | None:
        """Of an exact two-sided binomial test against guessing."""
        return float(binomtest(self.right, self.of, 0.5).pvalue) if self.of else None


@dataclass(frozen=True)
class Results:
    """All figures of a study.

    Attributes:
        told: origins told rightly, all readers together; `told_wide`: its bootstrap interval.
        real: real ECGs called real. synthetic: synthetic ones called synthetic.
        readers: reader -> (role, origins told rightly).
        area: area under the ROC curve of the scores, 0.5 is guessing; with its interval.
        kappa: Fleiss' kappa of the origin, None with one reader; with its interval.
        named: kind -> stated findings that readers named.
        seconds: median time for one ECG.
    """

    told: Share
    told_wide: Interval | None
    real: Share
    synthetic: Share
    readers: Mapping[str, tuple[str, Share]]
    area: float | None
    area_interval: Interval | None
    kappa: float | None
    kappa_interval: Interval | None
    named: Mapping[str, Share]
    seconds: float | None


def results(items: Sequence[Item], ratings: Sequence[Rating], seed: int = 0) -> Results:
    """Put ratings and truth together; ratings of unknown items are left out."""
    kinds = {item.id: item.kind for item in items}
    known = [one for one in ratings if one.item in kinds]
    rng = np.random.default_rng(seed)

    def right(one: Rating) -> bool:
        return one.synthetic == (kinds[one.item] == SYNTHETIC)

    votes = votes_of(known)
    by_reader: dict[str, list[Rating]] = defaultdict(list)
    for one in known:
        by_reader[one.reader].append(one)
    return Results(
        told=_share(known, right),
        told_wide=_bootstrap(known, lambda some: _share(some, right).value, rng),
        real=_share([one for one in known if kinds[one.item] == REAL], right),
        synthetic=_share([one for one in known if kinds[one.item] == SYNTHETIC], right),
        readers={
            reader: (some[-1].role, _share(some, right)) for reader, some in by_reader.items()
        },
        area=area(known, kinds),
        area_interval=_bootstrap(known, lambda some: area(some, kinds), rng),
        kappa=fleiss_kappa(votes),
        kappa_interval=_interval(
            fleiss_kappa(votes[rng.integers(len(votes), size=len(votes))])
            for _ in range(_DRAWS if len(votes) > 1 else 0)
        ),
        named=_named(items, known),
        seconds=float(np.median([one.seconds for one in known])) if known else None,
    )


def area(ratings: Sequence[Rating], kinds: Mapping[str, str]) -> float | None:
    """Area under the ROC curve (Mann and Whitney 1947): 0.5 where readers only guess."""
    real = np.array([one.score for one in ratings if kinds[one.item] == REAL])
    made = np.array([one.score for one in ratings if kinds[one.item] == SYNTHETIC])
    if not real.size or not made.size:
        return None
    apart = made[:, None] - real[None]
    return float(((apart > 0) + 0.5 * (apart == 0)).mean())


def votes_of(ratings: Sequence[Rating]) -> npt.NDArray[np.float64]:
    """(n, 2) readers who called each ECG real or synthetic; ECGs with one reader are left out."""
    votes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in ratings:
        votes[one.item][one.synthetic] += 1
    return np.array([row for row in votes.values() if sum(row) >= 2], float).reshape(-1, 2)


def fleiss_kappa(votes: npt.NDArray[np.float64]) -> float | None:
    """Agreement beyond chance (Fleiss 1971) of (n, k) votes; readers need not be the same.

    None where there are none, or where all said the same of all.
    """
    if not len(votes):
        return None
    n = votes.sum(axis=1)
    seen = float((((votes**2).sum(axis=1) - n) / (n * (n - 1))).mean())
    chance = float(((votes.sum(axis=0) / votes.sum()) ** 2).sum())
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _share(ratings: Sequence[Rating], right: Callable[[Rating], bool]) -> Share:
    return Share(sum(map(right, ratings)), len(ratings))


def _named(items: Sequence[Item], ratings: Sequence[Rating]) -> dict[str, Share]:
    """Per kind: of the findings that the ECGs should show, those that readers named."""
    counts = {kind: [0, 0] for kind in (REAL, SYNTHETIC)}
    by_id = {item.id: item for item in items}
    for one in ratings:
        item = by_id[one.item]
        wanted = {id for id in item.findings if id in FINDINGS and not FINDINGS[id].vague}
        if wanted and one.says.strip():
            said = {stated.id for stated in read(one.says).findings}
            said |= {implied for id in said for implied in FINDINGS[id].implies}
            counts[item.kind][0] += len(wanted & said)
            counts[item.kind][1] += len(wanted)
    return {kind: Share(*pair) for kind, pair in counts.items()}


def _bootstrap(
    ratings: Sequence[Rating],
    figure: Callable[[Sequence[Rating]], float | None],
    rng: np.random.Generator,
) -> Interval | None:
    """95 % interval by drawing readers and ECGs with replacement (Davison and Hinkley 1997)."""
    readers = sorted({one.reader for one in ratings})
    items = sorted({one.item for one in ratings})
    if len(items) < 2:
        return None
    reader_at = np.array([readers.index(one.reader) for one in ratings])
    item_at = np.array([items.index(one.item) for one in ratings])

    def draw() -> float | None:
        often = _often(len(items), rng)[item_at] * _often(len(readers), rng)[reader_at]
        return figure([one for one, n in zip(ratings, often, strict=True) for _ in range(n)])

    return _interval(draw() for _ in range(_DRAWS if len(ratings) <= 500 else _DRAWS // 5))


def _often(n: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """How often each of `n` is drawn in `n` draws with replacement."""
    return rng.multinomial(n, np.full(n, 1 / n))


def _interval(values: Iterable[float | None]) -> Interval | None:
    """The middle 95 % of what is there; None of too few."""
    found = [value for value in values if value is not None]
    if len(found) < _DRAWS // 10:
        return None
    low, high = np.percentile(found, [50 - 50 * _LEVEL, 50 + 50 * _LEVEL])
    return float(low), float(high)
