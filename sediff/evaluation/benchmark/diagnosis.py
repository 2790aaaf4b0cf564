"""Does a generated ECG show the findings that were asked for, as far as a classifier can tell?

Read-back: a classifier trained on real ECGs, and on nothing of the generator, tells each finding
in generated ECGs as well as in the real ones behind the same requests. Train on synthetic, test on
real (TSTR, Esteban 2017): a fresh classifier learns from generated ECGs and reads real ones.

Intervals hold 95 %: requests, or test records, are drawn again with replacement, the same ones for
all that is compared. AUROC by ranks (Mann-Whitney), ties count half.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from sediff.errors import DataError
from sediff.evaluation.benchmark.features import Bar, Figure, bar_of, figure_of

if TYPE_CHECKING:
    from sediff.evaluation.benchmark.judge import Judge

Floats = npt.NDArray
Sample = tuple[Floats, Floats]  # (n, 8, 1000) mV and (n, C) 0/1
Fit = Callable[..., Callable[[Floats], Floats]]  # (ecg, labels, epochs=, seed=) -> scores of ECGs

_LEAST, _KNOWN, _RARE, _DRAWS = 10, 200, 0.02, 500
_MACRO_GAP, _CODE_GAP, _TSTR = 0.02, 0.03, 0.96
_READ_NOTES = (
    "A finding counts as asked for where the record behind the request carries its statement; a "
    "statement that its typed report leaves out can only be guessed, and lowers the figure. Asked "
    "by name, a request types the statements themselves.",
    f"Findings with fewer than {_LEAST} ECGs in the sample are left out.",
)
_TRAIN_NOTES = (
    "All classifiers see about equally many ECGs in training (passes), so that more records are "
    "not longer training; they are drawn from the same start for each seed.",
    f"Rare: under {_RARE:.0%} of the real training records.",
    "Real and synthetic: beside one ECG for each request three more for those with a rare finding. "
    "Real repeated: the same, with the real ECGs themselves in the place of the synthetic ones.",
)


def aurocs(labels: Floats, scores: Floats) -> Floats:
    """Area under the ROC curve by column, (C,), from (n, C) each; NaN where one class is empty."""
    labels = np.asarray(labels) > 0
    ill, well = labels.sum(axis=0), (~labels).sum(axis=0)
    ranks = np.where(labels, rankdata(scores, axis=0), 0).sum(axis=0)
    pairs = np.where(ill * well == 0, np.nan, ill * well)
    return (ranks - ill * (ill + 1) / 2) / pairs


def draws_of(n: int, draws: int = _DRAWS) -> Floats:
    """How often each of n records is in each bootstrap draw, (draws, n) float32."""
    rng = np.random.default_rng(0)
    return rng.multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float32)


def drawn_auroc(labels: Floats, scores: Floats, draws: Floats) -> Floats:
    """AUROC in every bootstrap draw, (draws,), from (n,) labels and scores.

    The comparison of each pair is made once, and weighed by how often a draw holds both.
    """
    ill = np.asarray(labels) > 0
    steps = np.sign(scores[ill][:, None] - scores[~ill]).astype(np.float32)
    with_ill, with_well = draws[:, ill], draws[:, ~ill]
    won = ((with_ill @ (steps + 1) / 2) * with_well).sum(axis=1, dtype=np.float64)
    pairs = with_ill.sum(axis=1, dtype=np.float64) * with_well.sum(axis=1, dtype=np.float64)
    return np.where(pairs > 0, won / np.maximum(pairs, 1), np.nan)


def interval_of(drawn: Floats) -> tuple[float, float]:
    """The middle 95 % of (draws,) bootstrap values, those without a value left out."""
    if not np.isfinite(drawn).any():
        return float("nan"), float("nan")
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def read_back(
    judge: "Judge",
    labels: Floats,
    real: Floats,
    generated: Sequence[Floats],
    known: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """AUROC of each finding on generated ECGs against the real ones behind the requests.

    Args:
        judge: trained on real ECGs. labels: (n, C) 0/1 in the order of `judge.codes`.
        real: (n, 8, 1000) mV. generated: as many a seed, row i for the request of row i.
        known: how many real ECGs there are of a code; the sample's where None.

    Raises:
        DataError: shapes that do not belong together, or no finding that is frequent enough.
    """
    labels = _zero_one(labels, len(real), len(judge.codes))
    if {len(one) for one in generated} != {len(real)}:
        raise DataError("Read-back needs one generated ECG a request and seed: cut them alike.")
    use = _frequent(labels)
    draws = draws_of(len(real))
    truth = labels[:, use]
    codes = [judge.codes[i] for i in use]
    before = _Read(truth, judge.scores(real)[:, use], draws)
    after = [_Read(truth, judge.scores(one)[:, use], draws) for one in generated]
    counts = truth.sum(axis=0).astype(int)
    found = {}
    for i, code in enumerate(codes):
        real_ecgs = int(counts[i]) if known is None else int(known.get(code, 0))
        row = _pair(before.of(i), [one.of(i) for one in after])
        below = real_ecgs >= _KNOWN and row["difference"]["value"] < -_CODE_GAP
        found[code] = {"positives": int(counts[i]), "real_ecgs": real_ecgs, **row, "below": below}
    macro = _pair(before.macro(), [one.macro() for one in after])
    return {
        "sample": len(real),
        "notes": list(_READ_NOTES),
        "codes": found,
        "macro": {**macro, "codes": len(codes)},
        "bars": _read_bars(macro["difference"], found),
    }


class _Read:
    """AUROCs of one set of scores: every column, whole and drawn again."""

    def __init__(self, labels: Floats, scores: Floats, draws: Floats):
        self.whole = aurocs(labels, scores)
        columns = [drawn_auroc(labels[:, i], scores[:, i], draws) for i in range(labels.shape[1])]
        self.drawn = np.stack(columns)

    def of(self, i: int) -> tuple[float, Floats]:
        return float(self.whole[i]), self.drawn[i]

    def macro(self, use: Sequence[int] | slice = slice(None)) -> tuple[float, Floats]:
        """Mean over columns; a draw without a case of a finding counts with the others."""
        part = self.drawn[use]
        known = np.isfinite(part)
        total = np.where(known, part, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return float(np.mean(self.whole[use])), total


def _pair(real: tuple[float, Floats], made: Sequence[tuple[float, Floats]]) -> dict[str, Any]:
    """Real and generated AUROC with their paired difference."""
    drawn = np.mean([one[1] for one in made], axis=0)
    values = [one[0] for one in made]
    return {
        "real": real[0],
        "generated": figure_of(values, interval_of(drawn)),
        "difference": figure_of([v - real[0] for v in values], interval_of(drawn - real[1])),
    }


def _read_bars(difference: Figure, found: Mapping[str, dict[str, Any]]) -> list[Bar]:
    size = abs(difference["value"])
    inside = None
    if difference["interval"] is not None:
        low, high = difference["interval"]
        sure = low >= -_MACRO_GAP and high <= _MACRO_GAP
        inside = sure if size <= _MACRO_GAP else high < -_MACRO_GAP or low > _MACRO_GAP
    below = [code for code, row in found.items() if row["below"]]
    worst = {"seeds": [], "range": [], "interval": None, "value": float(len(below))}
    return [
        {
            "figure": "mean AUROC from real",
            "value": difference["value"],
            "bar": f"within {_MACRO_GAP:g}",
            "met": size <= _MACRO_GAP,
            "clear": inside,
        },
        bar_of(f"findings more than {_CODE_GAP:g} below real", Figure(**worst), "at most", 0),
    ]


def rare_rows(labels: Floats) -> npt.NDArray[np.int64]:
    """Rows of (n, C) labels that carry a finding of fewer than 2 % of them."""
    counts = (np.asarray(labels) > 0).sum(axis=0)
    rare = (counts > 0) & (counts < _RARE * len(labels))
    return np.flatnonzero((np.asarray(labels)[:, rare] > 0).any(axis=1))


def train_on_synthetic(
    real_train: Sample,
    synthetic_train: Sample,
    test: Sample,
    epochs: int,
    seeds: Sequence[int],
    codes: Sequence[str],
    fit: Fit | None = None,
    further: tuple[Sample, Sample] | None = None,
) -> dict[str, Any]:
    """Macro AUROC on real test ECGs after training on real, on synthetic and on both.

    Args:
        real_train: (n, 8, 1000) mV and (n, C) 0/1. synthetic_train, test: the same of their own.
        epochs: over the real records; an even number halves well.
        seeds: of the training. codes: (C) names of the columns.
        fit: trains a classifier; that of the judge where None.
        further: synthetic ECGs that join 'both', and the real ones behind the same requests: a
            fourth classifier sees the real ones as often, so that what repeating alone would
            give stands beside the gain.

    Raises:
        DataError: shapes that do not belong together, or no finding that is frequent enough.
    """
    if fit is None:
        from sediff.evaluation.benchmark.judge import fit_classifier

        fit = fit_classifier
    real, synthetic, (ecg, labels) = (
        (np.asarray(x, dtype=np.float32), _zero_one(y, len(x), len(codes)))
        for x, y in (real_train, synthetic_train, test)
    )
    arms = _arms(real, synthetic, further)
    turns = {name: max(1, round(epochs * len(real[0]) / len(arm[0]))) for name, arm in arms.items()}
    counts = real[1].sum(axis=0).astype(int)
    use = [i for i in _frequent(labels) if 0 < counts[i] < len(real[1])]
    if not use:
        raise DataError("No finding of the test is in the training records: train on more.")
    draws = draws_of(len(ecg))
    read = {
        name: [
            _Read(labels[:, use], fit(*arm, epochs=turns[name], seed=seed)(ecg)[:, use], draws)
            for seed in seeds
        ]
        for name, arm in arms.items()
    }
    rare = [k for k, i in enumerate(use) if counts[i] < _RARE * len(real[1])]
    groups = {"all": _group(read, range(len(use))), "rare": _group(read, rare) if rare else None}
    return {
        "records": {name: len(arm[0]) for name, arm in arms.items()} | {"test": len(ecg)},
        "epochs": turns,
        "passes": {name: turns[name] * len(arm[0]) for name, arm in arms.items()},
        **groups,
        "codes": {
            codes[i]: {
                "train": int(counts[i]),
                "test": int(labels[:, i].sum()),
                "rare": k in rare,
                **{name: float(np.mean([one.whole[k] for one in read[name]])) for name in arms},
            }
            for k, i in enumerate(use)
        },
        "notes": list(_TRAIN_NOTES),
        "bars": _train_bars(groups),
    }


def _arms(
    real: Sample, synthetic: Sample, further: tuple[Sample, Sample] | None
) -> dict[str, Sample]:
    """What each classifier is trained on."""
    arms = {"real": real, "synthetic": synthetic, "both": _joined(real, synthetic)}
    if further is not None:
        arms["both"] = _joined(arms["both"], further[0])
        arms["repeated"] = _joined(real, real, further[1])
    return arms


def _joined(*parts: Sample) -> Sample:
    ecg, labels = zip(*parts, strict=True)
    return np.concatenate(ecg).astype(np.float32), np.concatenate(labels)


def _group(read: Mapping[str, Sequence[_Read]], use: Sequence[int]) -> dict[str, Any]:
    """The three arms over some codes, and synthetic and both against real, seed by seed."""
    at = list(use)
    arms = {name: [one.macro(at) for one in reads] for name, reads in read.items()}
    drawn = {name: np.mean([one[1] for one in arm], axis=0) for name, arm in arms.items()}
    whole = {name: np.array([one[0] for one in arm]) for name, arm in arms.items()}
    pairs: dict[str, Callable[[dict[str, Floats]], Floats]] = {
        "ratio": lambda x: x["synthetic"] / x["real"],
        "ratio_above_chance": lambda x: (x["synthetic"] - 0.5) / np.maximum(x["real"] - 0.5, 1e-3),
        "gain": lambda x: x["both"] - x["real"],
    }
    if "repeated" in read:
        pairs["repeated_gain"] = lambda x: x["repeated"] - x["real"]
    return (
        {"codes": len(at)}
        | {name: figure_of(whole[name].tolist(), interval_of(drawn[name])) for name in arms}
        | {name: figure_of(f(whole).tolist(), interval_of(f(drawn))) for name, f in pairs.items()}
    )


def _train_bars(groups: Mapping[str, dict[str, Any] | None]) -> list[Bar]:
    """TSTR, and what synthetic ECGs add for rare findings: only a sure gain is one."""
    bars = [bar_of("TSTR, share of real", (groups["all"] or {})["ratio"], "at least", _TSTR)]
    if (rare := groups["rare"]) is not None:
        gain = bar_of("real + synthetic above real, rare findings", rare["gain"], "at least", 0)
        gain["bar"], gain["met"] = "interval above 0", gain["met"] and bool(gain["clear"])
        bars.append(gain)
    return bars


def _zero_one(labels: Floats, n: int, codes: int) -> Floats:
    labels = np.asarray(labels)
    if labels.shape != (n, codes):
        raise DataError(f"Labels must be ({n}, {codes}), not {labels.shape}: one row an ECG.")
    return (labels > 0).astype(np.int8)


def _frequent(labels: Floats) -> list[int]:
    counts = labels.sum(axis=0, dtype=int)
    use = np.flatnonzero((counts >= _LEAST) & (len(labels) - counts >= _LEAST))
    if not len(use):
        raise DataError(f"No finding has {_LEAST} ECGs in the sample: take more ECGs.")
    return use.tolist()
