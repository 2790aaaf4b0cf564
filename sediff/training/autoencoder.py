"""Trains the autoencoder: 500 Hz loss where a record has 500 Hz, 100 Hz loss for all.

Run as `python -m sediff.training autoencoder`.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from sediff.diffusion.autoencoder import TAPS, Autoencoder, AutoencoderConfig
from sediff.training.loop import Run, autocast

CROP = 40  # tokens, 3.2 s: long enough for context, three times cheaper than the whole record
_HIGH_SHARE = 0.34  # of a batch that has 500 Hz; their share of the data is 0.14
_LATENT_NOISE = 0.05  # teaches the decoder to bear the small errors of the denoiser


def fit_decimator(low: npt.NDArray, high: npt.NDArray) -> npt.NDArray[np.float32]:
    """Least-squares FIR that turns 500 Hz into the data set's own 100 Hz.

    Args:
        low: (n, 8, T) uV at 100 Hz.
        high: (n, 8, 5 T) uV at 500 Hz, the same records.

    Returns:
        (TAPS,) filter centred on sample 5 k; its residual on PTB-XL is about 3 uV.
    """
    half = TAPS // 2
    rows, targets = [], []
    for k in range(10, low.shape[2] - 10, 25):
        rows.append(high[:, :, 5 * k - half : 5 * k + half + 1].reshape(-1, TAPS))
        targets.append(low[:, :, k].reshape(-1))
    design = np.concatenate(rows).astype(np.float64)
    taps, *_ = np.linalg.lstsq(design, np.concatenate(targets).astype(np.float64))
    return (taps / taps.sum()).astype(np.float32)


def batches(
    low: npt.NDArray, high: npt.NDArray, high_of: npt.NDArray, size: int, seed: int
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Endless (100 Hz crop, 500 Hz crop, has 500 Hz) batches; high_of[i] is -1 without 500 Hz."""
    rng = np.random.default_rng(seed)
    with_high = np.flatnonzero(high_of >= 0)
    while True:
        picks = np.where(
            rng.random(size) < _HIGH_SHARE,
            rng.choice(with_high, size),
            rng.integers(len(low), size=size),
        )
        crop = CROP * 8
        x = np.empty((size, 8, crop), np.float32)
        y = np.zeros((size, 8, crop * 5), np.float32)
        for i, pick in enumerate(picks):
            start = rng.integers(low.shape[2] - crop + 1)
            x[i] = low[pick, :, start : start + crop]
            if high_of[pick] >= 0:
                y[i] = high[high_of[pick], :, 5 * start : 5 * (start + crop)]
        has_high = torch.from_numpy(high_of[picks] >= 0)
        yield torch.from_numpy(x / 1000), torch.from_numpy(y / 1000), has_high


def distance(output: Tensor, target: Tensor) -> Tensor:
    """Per-record error of samples and of slopes: the slope term keeps QRS edges steep."""
    value = F.smooth_l1_loss(output, target, beta=0.02, reduction="none").mean((1, 2))
    slope = F.smooth_l1_loss(
        output.diff(dim=2), target.diff(dim=2), beta=0.02, reduction="none"
    ).mean((1, 2))
    return value + 2 * slope


def _loss(model: Autoencoder, x: Tensor, y: Tensor, has_high: Tensor) -> Tensor:
    latent = model.encode_raw(x)
    noisy = latent + _LATENT_NOISE * torch.randn_like(latent)
    output = model.decode_raw(noisy).float()
    edge = 8  # a crop's first and last samples lack context that whole records have
    low = distance(model.to_100hz(output)[..., edge:-edge], x[..., edge:-edge])
    wide = 5 * edge
    full = distance(output[..., wide:-wide], y[..., wide:-wide])
    latent = latent.float()
    # Keeps latents near unit scale so that the noise above means something.
    prior = 1e-4 * (latent.mean((0, 2)).square().mean() + F.relu(latent.abs() - 3).mean())
    return low.mean() + (full * has_high).sum() / has_high.sum().clamp(min=1) + prior


@torch.no_grad()
def fit_normalisation(model: Autoencoder, low: npt.NDArray, count: int = 2000) -> None:
    """Set the latent mean and standard deviation from `count` training records (n, 8, T) uV."""
    pick = np.linspace(0, len(low) - 1, count).astype(int)
    latents = []
    for part in np.array_split(pick, max(1, count // 50)):
        x = torch.from_numpy(low[part].astype(np.float32) / 1000)
        latents.append(model.encode_raw(x.to(model.mean.device)).cpu())
    whole = torch.cat(latents)
    model.mean.copy_(whole.mean((0, 2))[:, None])
    model.std.copy_(whole.std((0, 2))[:, None])


def train_autoencoder(
    low: npt.NDArray,
    high: npt.NDArray,
    high_of: npt.NDArray,
    folder: Path,
    minutes: float,
    config: AutoencoderConfig | None = None,
    batch: int = 48,
    rate: float = 1.5e-3,
    device: str = "cpu",
) -> Autoencoder:
    """Train for `minutes`, resuming from `folder`, and leave EMA weights in the result.

    Args:
        low: (n, 8, 1000) int16 uV at 100 Hz. high: (m, 8, 5000) int16 uV at 500 Hz.
        high_of: (n,) row in `high` of each record, -1 without.
    """
    net = Autoencoder(config or AutoencoderConfig())
    run = Run(folder / "autoencoder.pt", net, asdict(net.config), minutes, rate, device)
    if not run.resumed:
        some = np.flatnonzero(high_of >= 0)[:400]
        net.taps.copy_(torch.from_numpy(fit_decimator(low[some], high[high_of[some]])))
        run.ema.reset(net)
    stream = batches(low, high, high_of, batch, seed=run.step)
    while not run.over:
        x, y, has_high = (part.to(device) for part in next(stream))
        with autocast(device):
            loss = _loss(net, x, y, has_high)
        run.learn(loss)
        if run.step % 500 == 0 or run.over:
            run.save()
    run.ema.copy_to(net)
    fit_normalisation(net, low)
    return net.eval()
