"""Simulator-consistent constraints: what the denoiser expects must be an ECG that a heart makes.

At low noise the denoiser's guess of the latent is decoded, its beats are read as dipole waves, and
both are held to the simulator's equations and to the record behind the latent. All of it carries
gradient into the denoiser, through decoder and beat decoder, which stay as they are. The published
code of SE-Diff (arXiv 2511.09895) computes its loss without gradient; `gradient` False does so.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from sediff.diffusion.autoencoder import RATE_IN, RATE_OUT, TOKEN, Autoencoder
from sediff.diffusion.beats import AFTER, BEFORE, WAVES, BeatDecoder, Beats, slope_at
from sediff.leads import DOWER, INVERSE_DOWER

LEAST_T = 0.6  # flow time from which a guess is an ECG and not a mean of many
MOST_ROWS, CROP = 8, 50  # records of a batch, and tokens of each: decoding is the costly part
_UP = RATE_OUT // RATE_IN
_SLOPE_MV_S = 20.0  # scale of the Euler residual
_POSITION_MS = 20.0
_ROOM = 1.1  # times the record's own amplitude
_QUIET = 1e-5  # mV^2
_MARGIN_S = 0.15  # a beat nearer to the end of a crop is not whole


@dataclass(frozen=True)
class Told:
    """What the constraints know of a batch: R times (B, K) s, and whether there is such a beat."""

    r_s: Tensor
    there: Tensor


@dataclass(frozen=True)
class Constraints:
    """The frozen parts and the weight of the whole term.

    Attributes:
        gradient: False: the published form, of value but without effect.
    """

    autoencoder: Autoencoder
    beats: BeatDecoder
    weight: float = 0.05
    gradient: bool = True

    def __call__(self, guess: Tensor, latent: Tensor, t: Tensor, told: Told) -> Tensor:
        """The weighted loss of a batch, a scalar.

        Args:
            guess, latent: (B, L, N) of unit variance: expected by the denoiser, and true.
            t: (B,) flow times; records below `LEAST_T` or with fewer than two beats are left out.
        """
        usable = (t >= LEAST_T) & (told.there.sum(1) >= 2)
        rows = torch.nonzero(usable)[:MOST_ROWS, 0]
        if not len(rows):
            return guess.new_zeros(())
        first = int(torch.randint(latent.shape[2] - CROP + 1, ()))
        crop = slice(first, first + CROP)
        near = _cropped(Told(told.r_s[rows], told.there[rows]), first)
        with torch.set_grad_enabled(self.gradient):
            terms = self.terms(guess[rows, :, crop], latent[rows, :, crop], near)
            return self.weight * torch.stack(list(terms.values())).sum()

    def terms(self, guess: Tensor, latent: Tensor, told: Told) -> dict[str, Tensor]:
        """Each constraint by name, of the order of 1 for a poor guess."""
        with torch.no_grad():
            true = self.autoencoder.decode(latent)
            true_beats = self.beats(latent, told.r_s, told.there)
        ecg = self.autoencoder.decode(guess)
        beats = self.beats(guess, told.r_s, told.there)
        share = told.there.sum(1, keepdim=True).clamp(min=1)

        def over_beats(value: Tensor) -> Tensor:
            return ((value * told.there) / share).sum(1).mean()

        return {
            "beat_times": over_beats(_apart(beats, true_beats, "QRS")),
            "wave_positions": over_beats(
                _apart(beats, true_beats, "P") + _apart(beats, true_beats, "T")
            ),
            "wave_shapes": over_beats(
                F.relu(euler_residual(ecg, beats) - euler_residual(true, true_beats))
            ),
            "inter_lead": _inter_lead(ecg, true),
            "amplitude": _bounds(ecg, true),
        }


def _cropped(told: Told, first: int) -> Told:
    """The beats that lie inside a crop, on its own clock."""
    r_s = told.r_s - first * TOKEN / RATE_IN
    inside = (r_s > _MARGIN_S) & (r_s < CROP * TOKEN / RATE_IN - _MARGIN_S)
    return Told(r_s * inside, told.there * inside)


def _centre(beats: Beats, wave: str) -> tuple[Tensor, Tensor]:
    """(B, K) middle of a wave in ms weighted by area, and its area in mV ms."""
    chosen = [i for i, name in enumerate(WAVES) if name in wave]
    size = beats.vec[:, :, chosen].norm(dim=-1) * beats.w_ms[:, :, chosen]
    whole = size.sum(-1)
    return (size * beats.t_ms[:, :, chosen]).sum(-1) / (whole + 0.1), whole


def _apart(beats: Beats, true: Beats, wave: str) -> Tensor:
    """(B, K) distance of a wave from its place, counting as far as the wave is there at all."""
    at, _ = _centre(beats, wave)
    wanted, size = _centre(true, wave)
    return F.smooth_l1_loss(at, wanted, reduction="none") / _POSITION_MS * size / (size + 2.0)


def euler_residual(ecg: Tensor, beats: Beats) -> Tensor:
    """How far the dipole of an ECG leaves the simulator's ODE, by Euler steps of 2 ms.

    Args:
        ecg: (B, 8, T) mV at 500 Hz.

    Returns:
        (B, K) mean absolute residual around each beat, in 20 mV/s.
    """
    inverse = torch.as_tensor(INVERSE_DOWER, dtype=ecg.dtype, device=ecg.device)
    dipole = inverse @ ecg
    rate = F.avg_pool1d(dipole.diff(dim=2) * RATE_OUT, 5, 1, padding=2)  # noise is not the heart's
    centre = (beats.r_s * RATE_OUT).round().long()
    index = centre[..., None] + torch.arange(-BEFORE * _UP, AFTER * _UP, 2, device=ecg.device)
    inside = (index >= 0) & (index < rate.shape[2])
    # A step from sample i to i + 1 has its middle half a sample later.
    t_ms = ((index + 0.5) / RATE_OUT - beats.r_s[..., None]) * 1000
    b, k, steps = index.shape
    flat = index.clamp(0, rate.shape[2] - 1).view(b, 1, -1).expand(-1, 3, -1)
    seen = rate.gather(2, flat).view(b, 3, k, steps).permute(0, 2, 3, 1)
    left = (seen - slope_at(beats, t_ms)).abs().mean(-1) * inside
    return left.sum(-1) / inside.sum(-1).clamp(min=1) / _SLOPE_MV_S


def _inter_lead(ecg: Tensor, true: Tensor) -> Tensor:
    """Log ratio of what no dipole explains: leads must neither drift apart nor be copies."""
    back = torch.as_tensor(DOWER @ INVERSE_DOWER, dtype=ecg.dtype, device=ecg.device)

    def beside(x: Tensor) -> Tensor:
        left = x - back @ x
        return (left.var(dim=2) + _QUIET).log()

    return F.smooth_l1_loss(beside(ecg), beside(true))


def _bounds(ecg: Tensor, true: Tensor) -> Tensor:
    """mV beyond the record's own amplitude with some room, per lead."""
    top = true.abs().amax(dim=2, keepdim=True) * _ROOM
    return F.relu(ecg.abs() - top).amax(dim=2).mean()
