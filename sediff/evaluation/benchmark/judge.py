"""The judge: an encoder and classifier trained on real ECGs only, which the benchmark asks.

It shares no weights and no words with the generator: its own 1-D residual network, and its own
text tower of hashed words. Trained by `python -m sediff.training judge`.
"""

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.signal import butter, sosfiltfilt
from torch import Tensor, nn
from torch.nn import functional as F

from sediff.assets import ASSETS
from sediff.errors import DataError

RATE, SAMPLES, LEADS = 100, 1000, 8  # Hz, samples, leads I II V1..V6
CROP = 800  # samples of a training crop: shifts the beats, and leaves the rhythm its length
_HIGH_PASS = butter(2, 0.5, "high", fs=RATE, output="sos")
_BATCH = 256
_REMEMBERED = 32  # sets of ECGs: features are asked for scores and for vectors too
_NO_WORDS = re.compile("unbest(ä|ae)tigter bericht|trace only")
_WORD = re.compile(r"[^\W\d_]+\d*")  # 'v3' is a word, '4.46' (of the device's software) is none

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class JudgeConfig:
    """Sizes of the judge.

    Attributes:
        codes: SCP statements it classifies. numbers: measurements it learned to read off.
        widths: channels a stage. features, joint: sizes of its two vectors.
        buckets: rows of the word table.
    """

    codes: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    widths: tuple[int, ...] = (48, 64, 96, 160, 224)
    features: int = 256
    joint: int = 128
    buckets: int = 8192


def high_passed(ecg: npt.NDArray) -> Array:
    """(n, 8, 1000) mV -> the same without drift below 0.5 Hz, all that is done to an ECG.

    Raises:
        DataError: the shape is another, or a value is not finite.
    """
    if ecg.ndim != 3 or ecg.shape[1:] != (LEADS, SAMPLES):
        raise DataError(
            f"The judge takes ECGs of 8 leads and 10 s at 100 Hz, (n, 8, 1000), not {ecg.shape}: "
            "resample them first."
        )
    result = np.empty(ecg.shape, np.float32)
    for start in range(0, len(ecg), 1000):  # the filter works in float64: not all at once
        result[start : start + 1000] = sosfiltfilt(
            _HIGH_PASS, ecg[start : start + 1000].astype(np.float64), axis=-1
        )
    if not np.isfinite(result).all():
        raise DataError("An ECG for the judge holds values that are not finite: leave it out.")
    return result


def words_of(report: str) -> tuple[str, ...]:
    """The words of a report in lower case, without numbers and what every device prints."""
    return tuple(_WORD.findall(_NO_WORDS.sub(" ", report.lower())))


def buckets_of(words: Sequence[str], buckets: int) -> list[int]:
    """Rows of the word table for words and for pairs of neighbours."""
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return [zlib.crc32(word.encode()) % buckets for word in (*words, *pairs)]


class _Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Conv1d(width, width, 5, padding=2, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Conv1d(width, width, 5, padding=2, bias=False),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x)


class Trunk(nn.Module):
    """1-D residual network: (B, 8, T) mV -> (B, outputs)."""

    def __init__(self, widths: Sequence[int], outputs: int) -> None:
        super().__init__()
        # The judge's 48 channels hold all that 4 samples of 8 leads do: the stride loses nothing.
        stem = nn.Conv1d(LEADS, widths[0], 15, stride=4, padding=7)
        stages: list[nn.Module] = [stem, _Block(widths[0])]
        for before, width in pairwise(widths):
            stages += [nn.Conv1d(before, width, 2, stride=2), _Block(width)]
        self.stages = nn.Sequential(*stages, nn.BatchNorm1d(widths[-1]), nn.ReLU())
        self.project = nn.Linear(2 * widths[-1], outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Mean tells how often a thing is seen, maximum whether it is seen at all."""
        x = self.stages(x).float()
        return self.project(torch.cat([x.mean(2), x.amax(2)], dim=1))


class _TextTower(nn.Module):
    def __init__(self, buckets: int, joint: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(buckets, joint, mode="mean")
        self.layers = nn.Sequential(nn.Linear(joint, joint), nn.GELU(), nn.Linear(joint, joint))

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        device = self.table.weight.device
        counts = torch.tensor([0] + [len(row) for row in rows[:-1]])
        flat = torch.tensor([i for row in rows for i in row], dtype=torch.long)
        return self.layers(self.table(flat.to(device), counts.cumsum(0).to(device)))


class JudgeNetwork(nn.Module):
    """Trunk, heads and text tower."""

    def __init__(self, config: JudgeConfig) -> None:
        super().__init__()
        self.config = config
        self.trunk = Trunk(config.widths, config.features)
        self.labels = nn.Linear(config.features, len(config.codes))
        self.numbers = nn.Linear(config.features, len(config.numbers))
        self.joint = nn.Linear(config.features, config.joint)
        self.text = _TextTower(config.buckets, config.joint)
        self.sharpness = nn.Parameter(torch.tensor(2.3))  # log of 1 / temperature

    def ecg_vectors(self, features: Tensor) -> Tensor:
        """(B, features) -> (B, joint) of unit length."""
        return F.normalize(self.joint(features).float(), dim=1)

    def text_vectors(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Rows of the word table of each report -> (B, joint) of unit length."""
        return F.normalize(self.text(rows).float(), dim=1)


@torch.no_grad()
def _joined(network: Callable[[Tensor], Tensor], ecg: npt.NDArray) -> Array:
    """What a network says of (n, 8, 1000) mV, a batch at a time so that thousands fit."""
    blocks = (ecg[start : start + _BATCH] for start in range(0, max(len(ecg), 1), _BATCH))
    return np.concatenate([network(torch.from_numpy(high_passed(b))).numpy() for b in blocks])


def _key(ecg: npt.NDArray) -> bytes:
    return hashlib.blake2b(f"{ecg.shape} {ecg.dtype}".encode() + ecg.tobytes()).digest()


class Judge:
    """The trained judge; float32 numpy in and out, any number of ECGs.

    Attributes:
        codes: SCP statements in the order of `scores`.

    ECGs are (n, 8, 1000) mV at 100 Hz, leads I II V1..V6; another shape raises DataError.
    """

    def __init__(self, network: JudgeNetwork, device: str = "cpu") -> None:
        self.network = network.to(device).eval()
        self.device = device
        self.codes: tuple[str, ...] = network.config.codes
        self._seen: OrderedDict[bytes, Array] = OrderedDict()

    def features(self, ecg: npt.NDArray) -> Array:
        """(n, 256): for distances between sets of ECGs; the last few sets are remembered."""
        key = _key(ecg)
        if key not in self._seen:
            self._seen[key] = _joined(lambda x: self.network.trunk(x.to(self.device)).cpu(), ecg)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return self._seen[key].copy()

    @torch.no_grad()
    def _head(self, head: Callable[[Tensor], Tensor], ecg: npt.NDArray) -> Array:
        return head(torch.from_numpy(self.features(ecg)).to(self.device)).cpu().numpy()

    def scores(self, ecg: npt.NDArray) -> Array:
        """(n, len(codes)) probability of each statement."""
        return self._head(lambda features: self.network.labels(features).sigmoid(), ecg)

    def ecg_vectors(self, ecg: npt.NDArray) -> Array:
        """(n, 128) of unit length, in the space of `text_vectors`."""
        return self._head(self.network.ecg_vectors, ecg)

    @torch.no_grad()
    def text_vectors(self, reports: Sequence[str]) -> Array:
        """(n, 128) of unit length; all reports without a word share one vector."""
        if not reports:
            return np.empty((0, self.network.config.joint), np.float32)
        buckets = self.network.config.buckets
        rows = [buckets_of(words_of(report), buckets) for report in reports]
        return self.network.text_vectors(rows).cpu().numpy()


def load_judge(folder: Path = ASSETS, device: str = "cpu") -> Judge:
    """The shipped judge.

    Raises:
        WeightsError: its weights are missing, damaged, or not those of the manifest.
    """
    from sediff.diffusion.bundle import config_of, load_weights

    weights = load_weights("judge", folder)
    network = JudgeNetwork(JudgeConfig(**config_of(folder / "judge.safetensors")))
    network.load_state_dict(weights)
    return Judge(network, device)


def initialise(network: nn.Module, seed: int) -> None:
    """Give every weight its random start from a generator of its own."""
    generator = torch.Generator().manual_seed(seed)  # the global one is everybody's
    for part in network.modules():
        if isinstance(part, nn.Conv1d | nn.Linear):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu", generator=generator)
            if part.bias is not None:
                nn.init.zeros_(part.bias)
        elif isinstance(part, nn.EmbeddingBag):
            nn.init.normal_(part.weight, generator=generator)


def crops(ecg: npt.NDArray, rows: npt.NDArray, rng: np.random.Generator) -> Array:
    """Random (len(rows), 8, CROP) crops of filtered ECGs, each lead's gain within 10 %."""
    starts = rng.integers(ecg.shape[2] - CROP + 1, size=len(rows))
    made = np.stack([ecg[r, :, s : s + CROP] for r, s in zip(rows, starts, strict=True)])
    gain = rng.uniform(0.9, 1.1, (len(rows), LEADS, 1))
    return (made * gain).astype(np.float32)


_SMALL = (24, 32, 48, 64, 96)  # a fifth of the judge's weights
_FIT_BATCH, _FIT_RATE = 32, 3e-3  # small batches: a few hundred ECGs make steps too


def _fit_steps(
    network: nn.Module, ecg: Array, labels: Array, steps: int, rng: np.random.Generator
) -> None:
    optimiser = torch.optim.AdamW(network.parameters(), lr=_FIT_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _FIT_RATE, total_steps=steps + 1)
    order = np.empty(0, np.int64)
    for _ in range(steps):
        while len(order) < _FIT_BATCH:  # whole epochs, and batches of one size
            order = np.concatenate([order, rng.permutation(len(ecg))])
        rows, order = order[:_FIT_BATCH], order[_FIT_BATCH:]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(torch.from_numpy(crops(ecg, rows, rng)))
        loss = F.binary_cross_entropy_with_logits(logits.float(), torch.from_numpy(labels[rows]))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()


def fit_classifier(
    ecg: npt.NDArray, labels: npt.NDArray, epochs: int, seed: int
) -> Callable[[npt.NDArray], Array]:
    """Train a small classifier of the judge's design from nothing: for train-on-synthetic tests.

    Args:
        ecg: (n, 8, 1000) mV at 100 Hz. labels: (n, C) of 0 and 1.
        epochs: passes over the ECGs. seed: of start and order; same seed, same classifier.

    Returns:
        A function of (n, 8, 1000) mV that gives (n, C) probabilities.

    Raises:
        DataError: no ECGs, another shape, or not one row of labels an ECG.
    """
    if not len(ecg) or labels.ndim != 2 or len(labels) != len(ecg):
        raise DataError("A classifier needs ECGs and one row of labels for each of them.")
    targets = labels.astype(np.float32)
    network = Trunk(_SMALL, labels.shape[1])
    initialise(network, seed)
    rates = torch.from_numpy(targets.mean(axis=0).clip(1e-3, 1 - 1e-3))
    nn.init.zeros_(network.project.weight)  # it begins with how often each label is true
    network.project.bias.data.copy_(rates.logit())
    steps = max(1, epochs * len(ecg) // _FIT_BATCH)
    network.train()
    _fit_steps(network, high_passed(ecg), targets, steps, np.random.default_rng(seed))
    network.eval()

    return lambda some: _joined(lambda x: network(x).sigmoid(), some)
