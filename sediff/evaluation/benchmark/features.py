"""How near are generated ECGs to real ones, in the features of the judge?

Frechet distance (FID, Heusel 2017; extrapolated to infinite samples as by Chong & Forsyth 2020),
kernel distance (KID, Binkowski 2018), precision and recall (Kynkaanniemi 2019), density and
coverage (Naeem 2020), and the agreement of an ECG with its report. All of them depend on the size
of the samples, so all samples have one size and a floor, real against real, stands beside them.

An interval holds 95 %: a jackknife that leaves out a twentieth of the requests at a time. The
bootstrap would draw an ECG twice, and twins bias each of these figures.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist
from scipy.stats import t as student

from sediff.errors import DataError

if TYPE_CHECKING:
    from sediff.evaluation.benchmark.judge import Judge

Floats = npt.NDArray
DISTRIBUTION = ("fid", "kid", "precision", "recall", "density", "coverage")
_ALIGNED = ("alignment", "alignment_above_chance", "r_at_1", "r_at_5")
_SHARES = {"precision", "recall", "coverage", "r_at_1", "r_at_5"}  # density may pass 1
_K, _GROUPS, _SMALLEST, _BATCH, _SHUFFLES = 5, 20, 10, 100, 10
_BARS: tuple[tuple[str, "Side", float], ...] = (
    ("fid_ratio", "at most", 3.0),
    ("precision", "at least", 0.92),
    ("recall", "at least", 0.92),
    ("coverage", "at least", 0.92),
)
_NOTES = (
    "FID falls towards its true value as samples grow, and its ratio to the floor rises: compare "
    "ratios of one sample size. No covariance is shrunk: generated and floor carry one bias.",
    "Generated ECGs answer requests of the reference, the floor is of other patients: a perfect "
    "generator may lie a little below the floor.",
    "Retrieval ranks the reports of 100 ECGs; the same words count as right, ties as wrong.",
)
Side = Literal["at least", "at most"]


class Figure(TypedDict):
    """A mean over seeds, each seed, their least and largest, and the 95 % interval."""

    value: float
    seeds: list[float]
    range: list[float]
    interval: list[float] | None


class Bar(TypedDict):
    """A figure against its bar; `clear` where the interval lies wholly on the same side."""

    figure: str
    value: float
    bar: str
    met: bool
    clear: bool | None
    floor: NotRequired[float]


def figure_of(seeds: Sequence[float], interval: Sequence[float] | None = None) -> Figure:
    """Bring the values of one figure over seeds together."""
    values = [float(value) for value in seeds]
    known = interval is not None and bool(np.isfinite(interval).all())
    ends = [float(end) for end in interval] if interval is not None and known else None
    mean, spread = float(np.mean(values)), [min(values), max(values)]
    return {"value": mean, "seeds": values, "range": spread, "interval": ends}


def bar_of(name: str, figure: Figure, side: Side, limit: float) -> Bar:
    """Hold a figure against 'at least' or 'at most' a limit."""
    sign, value, clear = (1.0 if side == "at least" else -1.0), figure["value"], None
    met = sign * (value - limit) >= 0
    if figure["interval"] is not None:
        clear = all((sign * (end - limit) >= 0) == met for end in figure["interval"])
    words = f"{side} {limit:g}"
    return {"figure": name, "value": value, "bar": words, "met": met, "clear": clear}


def fid(a: Floats, b: Floats) -> float:
    """Frechet distance of Gaussians fitted to (n, d) and (m, d) features; never negative.

    Only symmetric matrices are decomposed, so that covariances of fewer records than features
    (rank-deficient) do no harm.
    """
    a, b = _sound(a), _sound(b)
    values, axes = np.linalg.eigh(np.atleast_2d(np.cov(a, rowvar=False)))
    root = (axes * np.sqrt(np.clip(values, 0, None))) @ axes.T
    other = np.atleast_2d(np.cov(b, rowvar=False))
    shared = np.sqrt(np.clip(np.linalg.eigvalsh(root @ other @ root), 0, None)).sum()
    apart = ((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum()
    return max(0.0, float(apart + values.sum() + np.trace(other) - 2 * shared))


def fid_inf(a: Floats, b: Floats, steps: int = 8, repeats: int = 3) -> float:
    """FID of endless samples: a line in 1/n through the FID of parts; it may be negative."""
    rng, least = np.random.default_rng(0), min(len(a), len(b))
    sizes = np.repeat(np.linspace(max(3, least // 2), least, steps).astype(int), repeats)
    found = [fid(rng.permutation(a)[:size], rng.permutation(b)[:size]) for size in sizes]
    return float(np.polyfit(1 / sizes, found, 1)[1])


def kid(a: Floats, b: Floats) -> float:
    """Unbiased squared kernel distance, kernel (x.y / d + 1)^3; about 0 for equal sources."""
    a, b = _sound(a), _sound(b)
    return _kid(_kernel(a, a), _kernel(b, b), _kernel(a, b))


def _kernel(a: Floats, b: Floats) -> Floats:
    return (a @ b.T / a.shape[1] + 1) ** 3


def _kid(aa: Floats, bb: Floats, ab: Floats) -> float:
    n, m = ab.shape
    within = (aa.sum() - np.trace(aa)) / (n * (n - 1)) + (bb.sum() - np.trace(bb)) / (m * (m - 1))
    return float(within - 2 * ab.mean())


def prdc(real: Floats, fake: Floats, k: int = _K) -> dict[str, float]:
    """Precision, recall, density and coverage of (m, d) fake in (n, d) real features."""
    apart = _all_distances(_sound(real), _sound(fake))
    return dict(zip(DISTRIBUTION[2:], _prdc(*apart, k), strict=True))


def _prdc(rr: Floats, ff: Floats, rf: Floats, k: int) -> tuple[float, float, float, float]:
    around_real = np.partition(rr, k, axis=1)[:, k]  # the nearest of all is the record itself
    around_fake = np.partition(ff, k, axis=1)[:, k]
    inside = rf <= around_real[:, None]
    return (
        float(inside.any(axis=0).mean()),
        float((rf <= around_fake).any(axis=1).mean()),
        float(inside.sum() / (k * rf.shape[1])),
        float((rf.min(axis=1) <= around_real).mean()),
    )


def _all_distances(real: Floats, fake: Floats) -> tuple[Floats, Floats, Floats]:
    return cdist(real, real), cdist(fake, fake), cdist(real, fake)


def _sound(x: Floats) -> Floats:
    x = np.asarray(x, dtype=np.float64)
    if not np.isfinite(x).all():
        raise DataError("The judge gave features that are no numbers: train it again.")
    return x


def alignment(ecg: Floats, text: Floats, reports: Sequence[str]) -> dict[str, float]:
    """Mean cosine of pairs, the same above other reports, and retrieval of the report.

    Args:
        ecg: (n, v) unit vectors. text: (n, v) unit vectors, row i of the report of ECG i.
        reports: (n) what tells whether two reports are the same.
    """
    rows = alignment_rows(ecg, text, reports).mean(axis=0)
    return {name: float(value) for name, value in zip(_ALIGNED, rows, strict=True)}


def alignment_rows(ecg: Floats, text: Floats, reports: Sequence[str]) -> Floats:
    """Return (n, 4), by ECG: cosine, cosine above other reports, and shares of hits at 1, 5."""
    cosines = np.asarray(ecg, dtype=np.float64) @ np.asarray(text, dtype=np.float64).T
    _, number = np.unique(np.asarray(reports, dtype=str), return_inverse=True)
    same = number[:, None] == number
    others = np.where(same, 0, cosines).sum(axis=1) / np.maximum((~same).sum(axis=1), 1)
    pair = np.diag(cosines)
    return np.column_stack([pair, pair - others, *_hits(cosines, same).T])


def _hits(cosines: Floats, same: npt.NDArray[np.bool_]) -> Floats:
    n, rng = len(cosines), np.random.default_rng(0)
    hits, asked, size = np.zeros((n, 2)), np.zeros((n, 1)), min(_BATCH, n)
    for _ in range(_SHUFFLES):
        order = rng.permutation(n)
        for start in range(0, n, size):
            rows = order[min(start, n - size) :][:size]  # the last batch is a full one as well
            score, right = cosines[np.ix_(rows, rows)], same[np.ix_(rows, rows)]
            best = np.where(right, score, -np.inf).max(axis=1, keepdims=True)
            before = ((score >= best) & ~right).sum(axis=1)
            hits[rows] += np.column_stack([before < 1, before < 5])
            asked[rows] += 1
    return hits / asked


def feature_figures(
    judge: "Judge",
    reference: Floats,
    floor: Floats,
    sets: Mapping[str, Sequence[Floats]],
    reports: Sequence[str],
) -> dict[str, Any]:
    """All feature figures of some sets of ECGs, with the floor and the bars.

    Args:
        judge: sees the ECGs. reference: (n, 8, 1000) mV, real. floor: as many other real ones.
        sets: name to an array like `reference` a seed; row i answers the request of row i.
        reports: (n) of the reference.

    Raises:
        DataError: the samples differ in size or are too small.
    """
    _of_one_size(reference, floor, sets, reports)
    keeps = _keeps(len(reference))
    real, text = judge.features(reference), judge.text_vectors(reports)
    other = judge.features(floor)
    base = _distribution(real, other, keeps)[None]
    paired = _aligned(judge.ecg_vectors(reference), text, reports, keeps)[None]
    found = {}
    for name, seeds in sets.items():
        seen = [judge.features(one) for one in seeds]
        made = np.stack([_distribution(real, one, keeps) for one in seen])
        spoken = [_aligned(judge.ecg_vectors(one), text, reports, keeps) for one in seeds]
        found[name] = _set_figures(made, base, np.stack(spoken), paired)
        found[name]["fid_inf"] = figure_of([fid_inf(real, one) for one in seen])
    bottom = _figures(base, DISTRIBUTION) | {"fid_ratio": figure_of([1.0])}
    bottom["fid_inf"] = figure_of([fid_inf(real, other)])
    return {
        "sample": len(reference),
        "notes": list(_NOTES),
        "floor": bottom,
        "real": _figures(paired, _ALIGNED),
        "sets": found,
        "bars": {name: _bars(figures, bottom) for name, figures in found.items()},
    }


def _of_one_size(
    reference: Floats, floor: Floats, sets: Mapping[str, Sequence[Floats]], reports: Sequence[str]
) -> None:
    arrays = [one for seeds in sets.values() for one in seeds]
    sizes = {len(reference), len(floor), len(reports), *map(len, arrays)}
    if len(sizes) > 1:
        raise DataError(f"Samples must have one size, not {sorted(sizes)}: cut them alike.")
    if sizes.pop() < _SMALLEST:
        raise DataError(f"Too few ECGs to compare: ask for at least {_SMALLEST}.")


def _keeps(n: int) -> list[npt.NDArray[np.int64]]:
    """All rows, then all but each of the jackknife's groups."""
    order = np.random.default_rng(0).permutation(n)
    groups = np.array_split(order, min(_GROUPS, n))
    return [np.arange(n), *(np.setdiff1d(np.arange(n), group) for group in groups)]


def _distribution(real: Floats, fake: Floats, keeps: Sequence[npt.NDArray]) -> Floats:
    """Return (keeps, 6), the figures of DISTRIBUTION."""
    real, fake = _sound(real), _sound(fake)
    apart = _all_distances(real, fake)
    kernel = _kernel(real, real), _kernel(fake, fake), _kernel(real, fake)
    rows = []
    for keep in keeps:
        near, alike = ([part[np.ix_(keep, keep)] for part in parts] for parts in (apart, kernel))
        rows.append([fid(real[keep], fake[keep]), _kid(*alike), *_prdc(*near, k=_K)])
    return np.array(rows)


def _aligned(ecg: Floats, text: Floats, reports: Sequence[str], keeps: Sequence) -> Floats:
    rows = alignment_rows(ecg, text, reports)
    return np.stack([rows[keep].mean(axis=0) for keep in keeps])


def _set_figures(made: Floats, base: Floats, spoken: Floats, paired: Floats) -> dict[str, Figure]:
    ratio = made[..., :1] / np.maximum(base[..., :1], 1e-12)
    share = spoken[..., :2] / paired[..., :2]
    return (
        _figures(made, DISTRIBUTION)
        | _figures(ratio, ("fid_ratio",))
        | _figures(spoken, _ALIGNED)
        | _figures(share, ("alignment_ratio", "alignment_ratio_above_chance"))
    )


def _figures(table: Floats, names: Sequence[str]) -> dict[str, Figure]:
    """Figures from (seeds, keeps, figures): first with every record, then the jackknife's."""
    return {
        name: figure_of(table[:, 0, i].tolist(), _interval(table[:, :, i].mean(axis=0), name))
        for i, name in enumerate(names)
    }


def _interval(values: Floats, name: str) -> tuple[float, float]:
    """The jackknife's 95 % interval around values[0]."""
    left_out = values[1:]
    error = left_out.std() * np.sqrt(len(left_out) - 1)
    reach = float(student.ppf(0.975, len(left_out) - 1) * error)
    low, high = float(values[0]) - reach, float(values[0]) + reach
    return (max(low, 0.0), min(high, 1.0)) if name in _SHARES else (low, high)


def _bars(figures: Mapping[str, Figure], floor: Mapping[str, Figure]) -> list[Bar]:
    return [
        {**bar_of(name, figures[name], side, limit), "floor": floor[name]["value"]}
        for name, side, limit in _BARS
    ]
