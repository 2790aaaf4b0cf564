"""Trains the decoder on, with its finish: whole records to their ends, and true 500 Hz.

Run as `python -m sediff.training finish`. The encoder stays as it is, and with it the latents
that the denoiser knows.
"""

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.signal import firwin
from torch import Tensor, nn
from torch.nn import functional as F

from sediff.diffusion.autoencoder import RATE_IN, RATE_OUT, Autoencoder
from sediff.diffusion.finish import GRAIN
from sediff.training.autoencoder import batches, distance
from sediff.training.loop import Run, autocast

WIDTH = 32  # channels of the finish
_RATE = 6e-4
_LATENT_NOISE = 0.03  # of unit variance: the small errors of the denoiser
BAND = (40.0, 150.0)  # Hz: what 100 Hz loses, and an electrocardiograph keeps
LOW_BAND = (20.0, 45.0)  # Hz: what every record has, and a mean of all possible grains has not
_WINDOW_S = 0.1  # the QRS and the stillness beside it stay apart
_QUIET = 1e-6  # mV^2: below 1 uV nobody sees the grain
# Weights of the power terms: large enough to matter, too small to bend the ECG.
_POWER, _WHOLE_POWER = 0.006, 0.2


def with_finish(base: Autoencoder, width: int = WIDTH) -> Autoencoder:
    """The same autoencoder with a finish that does nothing yet, where it has none."""
    made = Autoencoder(replace(base.config, finish=base.config.finish or width))
    made.load_state_dict(made.state_dict() | base.state_dict())
    return made


def band_power(ecg: Tensor, taps: Tensor, fs: int) -> Tensor:
    """(B, 8, T) mV -> (B, 8, windows) mV^2 in the band of `taps`, windows lapping by half."""
    b, leads, samples = ecg.shape
    band = F.conv1d(ecg.reshape(b * leads, 1, samples), taps)
    window = round(_WINDOW_S * fs)
    return F.avg_pool1d(band.square(), window, window // 2).view(b, leads, -1)


def band_taps(band: tuple[float, float], fs: int, taps: int) -> Tensor:
    """(1, 1, taps) filter of a band in Hz."""
    made = np.asarray(firwin(taps, band, pass_zero=False, fs=fs), np.float32)
    return torch.from_numpy(made)[None, None]


def finish_loss(output: Tensor, target: Tensor, taps: Tensor, fs: int) -> Tensor:
    """(B,) samples, slopes and the power of a band: in every 100 ms, and of each lead.

    The power terms ask for as much as is there: the mean of all possible flanks, which a loss of
    samples alone would give, is flatter than any of them.
    """
    got, wanted = (band_power(x, taps, fs) + _QUIET for x in (output, target))
    in_place = (got.log() - wanted.log()).abs().mean((1, 2))
    whole = (got.mean(2).log() - wanted.mean(2).log()).abs().mean(1)  # nearly all of it the QRS'
    return distance(output, target) + _POWER * in_place + _WHOLE_POWER * whole


def train_finish(
    base: Autoencoder,
    low: npt.NDArray[np.int16],
    high: npt.NDArray[np.int16],
    high_of: npt.NDArray[np.int64],
    folder: Path,
    minutes: float,
    batch: int = 32,
    device: str = "cpu",
) -> Autoencoder:
    """Train decoder and finish behind a trained encoder.

    Every crop stands for a whole record: its ends count, as those of a generated ECG will.

    Args:
        low, high, high_of: as `train_autoencoder` takes them. minutes: in all, resuming.
    """
    model = with_finish(base).to(device)
    assert model.finish is not None
    parts = nn.ModuleDict({"decoder": model.decoder, "finish": model.finish})
    run = Run(folder / "finish.pt", parts, asdict(model.config), minutes, _RATE, device)
    taps = band_taps(BAND, RATE_OUT, 101).to(device)
    low_taps = band_taps(LOW_BAND, RATE_IN, 41).to(device)
    stream = batches(low, high, high_of, batch, seed=run.step)
    while not run.over:
        x, y, has_high = (part.to(device) for part in next(stream))
        with autocast(device):
            with torch.no_grad():
                latent = model.encode_raw(x)
                latent = latent + _LATENT_NOISE * model.std * torch.randn_like(latent)
            grain = torch.randn(len(x), GRAIN, y.shape[2], device=device)
            output = model.decode_raw(latent, grain)
        output = output.float()
        low_loss = finish_loss(model.to_100hz(output), x, low_taps, RATE_IN)
        wide = finish_loss(output, y, taps, RATE_OUT) * has_high
        run.learn(low_loss.mean() + wide.sum() / has_high.sum().clamp(min=1))
        if run.step % 250 == 0 or run.over:
            run.save()
    run.ema.copy_to(parts)
    return model.eval()
