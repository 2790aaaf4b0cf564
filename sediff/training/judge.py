"""Trains the benchmark's judge on real ECGs: statements, measurements and reports at once.

Run as `python -m sediff.training judge`. The measurements make its features see sizes, intervals
and noise as well, which statements alone would let it forget.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import rankdata
from torch import Tensor
from torch.nn import functional as F

from sediff.evaluation.benchmark.judge import (
    CROP,
    LEADS,
    Judge,
    JudgeConfig,
    JudgeNetwork,
    buckets_of,
    crops,
    high_passed,
    initialise,
    words_of,
)
from sediff.training.inputs import Data
from sediff.training.loop import Run, autocast

_AT_LEAST = 50  # training records that a statement needs
_ANGLES = ("axis_deg", "p_axis_deg", "t_axis_deg")
_BATCH, _RATE = 96, 2e-3
_LABELS, _WORDS, _NUMBERS = 10.0, 0.3, 0.5  # weights of the losses: brings them near one size
_LOOKS = 5  # times the held records are asked
_NOISE_MV = 0.01
_FORGET = 0.2  # share of words left out of a report, lest whole reports be learned by heart


@dataclass(frozen=True)
class Judged:
    """The records of one part, ready for training.

    Attributes:
        ecg: (n, 8, 1000) mV, filtered or not as the user says.
        labels: (n, C) of 0 and 1. numbers: (n, K) standardised, nan where not measured.
        reports: as in the data.
    """

    ecg: npt.NDArray[np.float32]
    labels: npt.NDArray[np.float32]
    numbers: npt.NDArray[np.float32]
    reports: tuple[str, ...]


def frequent_codes(stated: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """The statements of at least 50 records, in alphabetical order."""
    counts = Counter(code for codes in stated for code in codes)
    return tuple(sorted(code for code, count in counts.items() if count >= _AT_LEAST))


def label_matrix(
    stated: Sequence[Mapping[str, float]], codes: Sequence[str]
) -> npt.NDArray[np.float32]:
    """(n, C): 1 where a record states the code, however likely, as in PTB-XL's benchmark."""
    return np.array([[code in one for code in codes] for one in stated], np.float32)


def number_matrix(measured: Sequence[dict]) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Names and (n, K) of all measured numbers, nan where not measurable; angles as two."""
    rows = []
    for record in measured:
        row = {k: v for k, v in record["numbers"].items() if k not in _ANGLES}
        for name in _ANGLES:
            if name in record["numbers"]:
                angle = np.deg2rad(record["numbers"][name])
                row |= {f"{name}_cos": np.cos(angle), f"{name}_sin": np.sin(angle)}
        if "rr_sd_ms" in row:  # spans three decades
            row["rr_sd_ms"] = np.log(row["rr_sd_ms"] + 3)
        rows.append(row)
    names = tuple(sorted({name for row in rows for name in row}))
    return names, np.array([[row.get(name, np.nan) for name in names] for row in rows], np.float32)


def standardise(values: npt.NDArray, training: npt.NDArray) -> npt.NDArray[np.float32]:
    """Values (n, K) in standard deviations from the mean of the `training` rows, within 4."""
    mean, spread = np.nanmean(values[training], axis=0), np.nanstd(values[training], axis=0)
    return np.clip((values - mean) / (spread + 1e-6), -4, 4).astype(np.float32)


def prepare(data: Data, measured: Sequence[dict]) -> tuple[JudgeConfig, dict[str, Judged]]:
    """What the judge is to say, and the clean records of 'train', 'held' and 'test'.

    They come in an order of their own, so that neighbours have nothing in common.
    """
    rng = np.random.default_rng(0)
    rows = {
        name: rng.permutation(np.flatnonzero((data.part == name) & data.clean))
        for name in ("train", "held", "test")
    }
    stated = data.table["codes"].tolist()
    codes = frequent_codes([stated[row] for row in rows["train"]])
    names, values = number_matrix(measured)
    values = standardise(values, rows["train"])
    reports = data.table["report"].tolist()
    parts = {
        name: Judged(
            np.divide(data.low[chosen], 1000, dtype=np.float32),
            label_matrix([stated[row] for row in chosen], codes),
            values[chosen],
            tuple(reports[row] for row in chosen),
        )
        for name, chosen in rows.items()
    }
    return JudgeConfig(codes=codes, numbers=names), parts


def auroc(labels: npt.NDArray, scores: npt.NDArray) -> npt.NDArray[np.float64]:
    """(C,) area under the ROC curve of each column, nan where only one class is there."""
    ranks = rankdata(scores, axis=0)
    positive = labels.sum(axis=0)
    negative = len(labels) - positive
    with np.errstate(invalid="ignore", divide="ignore"):
        above = (ranks * labels).sum(axis=0) - positive * (positive + 1) / 2
        return np.where((positive > 0) & (negative > 0), above / (positive * negative), np.nan)


def retrieval(judge: Judge, ecg: npt.NDArray, reports: Sequence[str], of: int = 100) -> list[float]:
    """R@1 and R@5: how often an ECG's report is among the nearest 1 and 5 of `of` reports.

    A report of the very same words counts as right.
    """
    of = min(of, len(reports))
    words = [words_of(report) for report in reports]
    likeness = judge.ecg_vectors(ecg) @ judge.text_vectors(reports).T
    hits = []
    for start in range(0, len(ecg) - of + 1, of):
        block = likeness[start : start + of, start : start + of]
        for i, row in enumerate(block):
            nearest = np.argsort(-row, kind="stable")[:5]
            hits.append([words[start + j] == words[start + i] for j in nearest])
    return [float(np.mean([any(hit[:k]) for hit in hits])) for k in (1, 5)]


def figures_of(judge: Judge, part: Judged) -> dict[str, float]:
    """What the judge is worth on records that it did not learn from, (n, 8, 1000) mV."""
    found = auroc(part.labels, judge.scores(part.ecg))
    enough = part.labels.sum(axis=0) >= 5  # an area from fewer says little
    first, fifth = retrieval(judge, part.ecg, part.reports)
    return {
        "records": len(part.ecg),
        "macro_auroc": round(float(np.nanmean(found)), 4),
        "statements": int(np.isfinite(found).sum()),
        "macro_auroc_5_or_more": round(float(np.nanmean(found[enough])), 4),
        "r_at_1_of_100": round(first, 4),
        "r_at_5_of_100": round(fifth, 4),
    }


def _contrast(model: JudgeNetwork, features: Tensor, reports: Sequence[Sequence[str]]) -> Tensor:
    """InfoNCE both ways; records of the very same words are right for each other."""
    buckets = model.config.buckets
    text = model.text_vectors([buckets_of(words, buckets) for words in reports])
    logits = model.ecg_vectors(features) @ text.T * model.sharpness.clamp(max=4).exp()
    number = {words: i for i, words in enumerate(reports)}
    of = torch.tensor([number[words] for words in reports], device=logits.device)
    same = (of[:, None] == of[None, :]).float()
    target = same / same.sum(1, keepdim=True)
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def _forgetful(words: tuple[str, ...], rng: np.random.Generator) -> tuple[str, ...]:
    kept = rng.random(len(words)) >= _FORGET
    return tuple(word for word, keep in zip(words, kept, strict=True) if keep) or words


def _noisy(ecg: npt.NDArray, numbers: npt.NDArray, noise: int, rng: np.random.Generator) -> None:
    """Add noise to half of the ECGs; how much noise they hold is then not asked of them."""
    some = np.flatnonzero(rng.random(len(ecg)) < 0.5)
    level = rng.uniform(0, _NOISE_MV, (len(some), LEADS, 1))
    ecg[some] += (rng.standard_normal((len(some), LEADS, CROP)) * level).astype(np.float32)
    if noise >= 0:
        numbers[some, noise] = np.nan


def _loss(
    model: JudgeNetwork, part: Judged, words: Sequence[tuple[str, ...]],
    rows: npt.NDArray, rng: np.random.Generator, device: str,
) -> Tensor:  # fmt: skip
    ecg, numbers = crops(part.ecg, rows, rng), part.numbers[rows]
    names = model.config.numbers
    _noisy(ecg, numbers, names.index("noise") if "noise" in names else -1, rng)
    with autocast(device):
        features = model.trunk(torch.from_numpy(ecg).to(device))
    features = features.float()
    seen = F.dropout(features, 0.2)
    labels = torch.from_numpy(part.labels[rows]).to(device)
    target = torch.from_numpy(numbers).to(device)
    known = target.isfinite()
    error = F.smooth_l1_loss(model.numbers(features), target.nan_to_num(), reduction="none")
    return (
        _LABELS * F.binary_cross_entropy_with_logits(model.labels(seen), labels)
        + _NUMBERS * (error * known).sum() / known.sum().clamp(min=1)
        + _WORDS * _contrast(model, seen, [_forgetful(words[row], rng) for row in rows])
    )


def train_judge(
    train: Judged,
    held: Judged,
    config: JudgeConfig,
    folder: Path,
    minutes: float,
    on_best: Callable[[JudgeNetwork], object],
    device: str = "cpu",
) -> None:
    """Train for `minutes`, resuming from `folder`.

    Args:
        train, held: ECGs as recorded; the held ones choose among the averaged weights.
        on_best: called with the network at every look at which it is the best so far.
    """
    model = JudgeNetwork(config)
    initialise(model, seed=0)
    filtered = Judged(high_passed(train.ecg), train.labels, train.numbers, train.reports)
    run = Run(folder / "judge.pt", model, asdict(config), minutes, _RATE, device)
    words = [words_of(report) for report in train.reports]
    rng = np.random.default_rng(run.step)
    shadow = JudgeNetwork(config)
    best = max((look["macro_auroc"] for look in run.curve), default=0.0)
    looks = len(run.curve)
    while not run.over:
        model.train()
        rows = rng.integers(len(words), size=_BATCH)
        run.learn(_loss(model, filtered, words, rows, rng, device))
        if run.over or run.spent >= run.budget * (looks + 1) / _LOOKS:
            looks += 1
            run.ema.copy_to(shadow)
            figures = figures_of(Judge(shadow, device), held)
            run.curve.append({"step": run.step, **figures})
            print(run.curve[-1], flush=True)
            if figures["macro_auroc"] > best:
                best = figures["macro_auroc"]
                on_best(shadow)
            run.save()
