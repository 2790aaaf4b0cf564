"""The autoencoder: 8 leads at 100 Hz -> 125 tokens -> 8 leads at 500 Hz.

It reads 100 Hz because every training record has it, and writes 500 Hz because a part of them
does. Fully convolutional: any whole number of 80 ms tokens works.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sediff.diffusion.finish import GRAIN, Finish

RATE_IN = 100  # Hz
RATE_OUT = 500  # Hz
TOKEN = 8  # samples at 100 Hz, 80 ms: the longest that keeps P, QRS and T in different tokens
TAPS = 45  # of the anti-alias filter between the two rates
SCALE = 4.0  # 1 mV becomes 4: brings typical samples near unit variance


@dataclass(frozen=True)
class AutoencoderConfig:
    """Sizes: `latent` numbers a token; `widths` channels at 125, 500, 1000 and 5000 steps.

    `finish`: channels of the last network, which puts back what 100 Hz cannot hold; 0 without it.
    """

    latent: int = 24
    widths: tuple[int, int, int, int] = (224, 112, 64, 32)
    depths: tuple[int, int, int, int] = (3, 2, 2, 2)
    finish: int = 0


class Residual(nn.Module):
    """Two convolutions around which the signal passes unchanged at the start of training."""

    def __init__(self, width: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv1d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """(B, width, T) -> (B, width, T)."""
        return x + self.second(F.silu(self.first(F.silu(x))))


class Upsample(nn.Module):
    """Sub-pixel upsampling (Shi et al., CVPR 2016): no holes, no seams at token borders."""

    def __init__(self, width_in: int, width_out: int, factor: int) -> None:
        super().__init__()
        self.factor = factor
        self.conv = nn.Conv1d(width_in, width_out * factor, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, width_in, T) -> (B, width_out, T * factor)."""
        y = self.conv(x)
        b, c, t = y.shape
        y = y.view(b, c // self.factor, self.factor, t).transpose(2, 3)
        return y.reshape(b, c // self.factor, t * self.factor)


def _stack(width: int, depth: int) -> list[nn.Module]:
    return [Residual(width, dilation=2**i) for i in range(depth)]


class Autoencoder(nn.Module):
    """Encodes 100 Hz, decodes 500 Hz; latents are normalised to zero mean, unit variance."""

    mean: Tensor
    std: Tensor
    taps: Tensor

    def __init__(self, config: AutoencoderConfig) -> None:
        super().__init__()
        self.config = config
        w125, w500, w1000, w5000 = config.widths
        d125, d500, d1000, d5000 = config.depths
        self.encoder = nn.Sequential(
            nn.Conv1d(8, w1000, 7, padding=3),
            *_stack(w1000, d1000),
            nn.Conv1d(w1000, w500, 2, stride=2),
            *_stack(w500, d500),
            nn.Conv1d(w500, w125, 4, stride=4),
            *_stack(w125, d125),
            nn.Conv1d(w125, config.latent, 3, padding=1),
        )
        self.decoder = nn.Sequential(
            nn.Conv1d(config.latent, w125, 3, padding=1),
            *_stack(w125, d125),
            Upsample(w125, w500, 4),
            *_stack(w500, d500),
            Upsample(w500, w1000, 2),
            *_stack(w1000, d1000),
            Upsample(w1000, w5000, 5),
            *_stack(w5000, d5000),
            nn.Conv1d(w5000, 8, 5, padding=2),
        )
        self.finish = Finish(config.finish) if config.finish else None
        self.register_buffer("mean", torch.zeros(config.latent, 1))
        self.register_buffer("std", torch.ones(config.latent, 1))
        # Fitted on records that have both rates; see `sediff.training.autoencoder`.
        self.register_buffer("taps", torch.zeros(TAPS))

    def encode_raw(self, ecg: Tensor) -> Tensor:
        """(B, 8, T) mV at 100 Hz -> (B, latent, T / 8), before normalisation."""
        return self.encoder(ecg * SCALE)

    def decode_raw(self, latent: Tensor, grain: Tensor | None = None) -> Tensor:
        """(B, latent, N) before normalisation -> (B, 8, 40 N) mV at 500 Hz."""
        ecg = self.decoder(latent)
        if self.finish is not None:
            if grain is None:
                grain = ecg.new_zeros(len(ecg), GRAIN, ecg.shape[2])
            ecg = ecg + self.finish(ecg, grain)
        return ecg / SCALE

    def encode(self, ecg: Tensor) -> Tensor:
        """(B, 8, T) mV at 100 Hz -> (B, latent, T / 8) of unit variance."""
        return (self.encode_raw(ecg) - self.mean) / self.std

    def decode(self, latent: Tensor, grain: Tensor | None = None) -> Tensor:
        """(B, latent, N) of unit variance -> (B, 8, 40 N) mV at 500 Hz.

        Args:
            grain: (B, GRAIN, 40 N) standard normal noise from which the finish draws what no
                latent holds; None: none, the smoothest ECG.
        """
        return self.decode_raw(latent * self.std + self.mean, grain)

    def to_100hz(self, ecg: Tensor) -> Tensor:
        """(B, C, 5 T) at 500 Hz -> (B, C, T) at 100 Hz, as PTB-XL itself was reduced."""
        b, c, t = ecg.shape
        half = TAPS // 2
        padded = F.pad(ecg.reshape(b * c, 1, t), (half, half), mode="replicate")
        low = F.conv1d(padded, self.taps.view(1, 1, -1).to(ecg.dtype), stride=5)
        return low.reshape(b, c, -1)
