"""The beat decoder: latent and beat times -> the dipole parameters of every beat.

The parameters are those of the simulator's own equations (`sediff.simulator.dipole`): for each
Gaussian of a beat its centre and width in milliseconds and its amplitudes along x, y, z. Dower's
matrix projects the drawn dipole to the leads. SE-Diff (arXiv 2511.09895) decodes samples of a
beat; parameters say what the heart did, and can be changed.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sediff.diffusion.autoencoder import RATE_IN, TOKEN, Residual
from sediff.leads import DOWER

# Gaussians of a beat: wave, centre and width in ms against R, as they begin before training, and
# how far training may move the centre. Three for the QRS of any axis, more for its notches.
COMPONENTS = (
    ("P", -165.0, 20.0, 90.0),
    ("P", -135.0, 20.0, 90.0),
    ("Q", -34.0, 9.0, 35.0),
    ("Q", -20.0, 7.0, 30.0),
    ("R", -8.0, 7.0, 30.0),
    ("R", 4.0, 8.0, 30.0),
    ("S", 18.0, 8.0, 35.0),
    ("S", 34.0, 10.0, 45.0),
    ("S", 55.0, 14.0, 60.0),
    ("ST", 110.0, 40.0, 90.0),
    ("T", 190.0, 45.0, 160.0),
    ("T", 250.0, 40.0, 180.0),
    ("T", 300.0, 35.0, 200.0),
)
WAVES = tuple(row[0] for row in COMPONENTS)
BEFORE, AFTER = 32, 60  # samples at 100 Hz of a drawn beat around R: -320 to +600 ms
_LOOK = (-4, 8)  # tokens around R that a beat is read from
_NARROWEST_MS = 3.0
_P_SAMPLES, _P_COUNTS = (6, 27), 4.0  # -260 to -50 ms: a P of 0.1 mV counts beside an R of 1 mV


@dataclass(frozen=True)
class BeatDecoderConfig:
    """Sizes: `latent` numbers a token in; `width` channels, `depth` residual blocks."""

    latent: int = 24
    width: int = 128
    depth: int = 4


@dataclass(frozen=True)
class Beats:
    """Dipole waves of B records with up to K beats each, N components a beat.

    Attributes:
        r_s: (B, K) times of R, s. there: (B, K) 1 where a beat is, 0 where the row is shorter.
        t_ms, w_ms: (B, K, N) centres against R and widths. vec: (B, K, N, 3) amplitudes, mV.
    """

    r_s: Tensor
    there: Tensor
    t_ms: Tensor
    w_ms: Tensor
    vec: Tensor


class BeatDecoder(nn.Module):
    """Reads every beat's waves from the tokens around its R."""

    start: Tensor
    reach: Tensor

    def __init__(self, config: BeatDecoderConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.trunk = nn.Sequential(
            nn.Conv1d(config.latent, width, 3, padding=1),
            *(Residual(width, dilation=1 + i % 2) for i in range(config.depth)),
        )
        look = _LOOK[1] - _LOOK[0]
        self.read = nn.Sequential(
            nn.Linear(look * width + 2, 2 * width),
            nn.SiLU(),
            nn.Linear(2 * width, 2 * width),
            nn.SiLU(),
            nn.Linear(2 * width, 5 * len(COMPONENTS)),
        )
        rows = torch.tensor([row[1:] for row in COMPONENTS])
        self.register_buffer("start", rows[:, :2].clone(), persistent=False)
        self.register_buffer("reach", rows[:, 2].clone(), persistent=False)

    def forward(self, latent: Tensor, r_s: Tensor, there: Tensor) -> Beats:
        """latent (B, L, 125) of unit variance, R times (B, K) s, (B, K) whether -> `Beats`."""
        tokens = self.trunk(latent).transpose(1, 2)
        place = r_s * RATE_IN / TOKEN
        first = place.floor().long()
        steps = torch.arange(*_LOOK, device=latent.device)
        index = (first[..., None] + steps).clamp(0, tokens.shape[1] - 1)
        b, k, _ = index.shape
        near = tokens.gather(1, index.view(b, -1, 1).expand(-1, -1, tokens.shape[2]))
        phase = 2 * torch.pi * (place - first)[..., None]
        y = self.read(torch.cat([near.view(b, k, -1), phase.cos(), phase.sin()], -1))
        t, w, vec = y.float().view(b, k, len(COMPONENTS), 5).split([1, 1, 3], -1)
        t_ms = self.start[:, 0] + self.reach * t[..., 0].tanh()
        w_ms = _NARROWEST_MS + (self.start[:, 1] - _NARROWEST_MS) * w[..., 0].clamp(-3, 2).exp()
        return Beats(r_s, there, t_ms, w_ms, 0.3 * vec)


def draw_beats(beats: Beats, samples: int) -> Tensor:
    """The dipole of whole records at 100 Hz: (B, 3, samples) mV, every beat in its own window."""
    b = len(beats.t_ms)
    centre = (beats.r_s * RATE_IN).round().long()
    index = centre[..., None] + torch.arange(-BEFORE, AFTER, device=centre.device)
    t_ms = (index / RATE_IN - beats.r_s[..., None]) * 1000
    value = at_times(beats, t_ms)
    slot = (index + 1).clamp(0, samples + 1).view(b, 1, -1).expand(-1, 3, -1)
    out = value.new_zeros(b, 3, samples + 2)  # the first and last slot catch the outside
    flat = (value * beats.there[..., None, None]).permute(0, 3, 1, 2).reshape(b, 3, -1)
    return out.scatter_add(2, slot, flat)[..., 1:-1]


def at_times(beats: Beats, t_ms: Tensor) -> Tensor:
    """The dipole (B, K, T, 3) in mV of each beat alone at (B, K, T) times in ms against its R."""
    u = (t_ms[..., None] - beats.t_ms[:, :, None]) / beats.w_ms[:, :, None]
    return (-0.5 * u * u).exp() @ beats.vec


def slope_at(beats: Beats, t_ms: Tensor) -> Tensor:
    """The right-hand side of the simulator's ODE, (B, K, T, 3) mV a second.

    c' = -sum alpha omega / b^2 dtheta exp(-dtheta^2 / 2 b^2), in milliseconds instead of angles
    (Sameni et al., EURASIP JASP 2007:43407).
    """
    width = beats.w_ms[:, :, None]
    u = (t_ms[..., None] - beats.t_ms[:, :, None]) / width
    return -(u / width * (-0.5 * u * u).exp()) @ beats.vec * 1000


def leads_of(dipole: Tensor) -> Tensor:
    """(B, 3, T) dipole -> (B, 8, T) mV in I, II, V1..V6 by Dower's matrix."""
    dower = torch.as_tensor(DOWER, dtype=dipole.dtype, device=dipole.device)
    return dower @ dipole


def windows_of(ecg: Tensor, r_s: Tensor) -> Tensor:
    """Cut (B, C, T) at 100 Hz into (B, K, C, BEFORE + AFTER) around each R; ends are held."""
    b, channels, samples = ecg.shape
    centre = (r_s * RATE_IN).round().long()
    index = centre[..., None] + torch.arange(-BEFORE, AFTER, device=ecg.device)
    index = index.clamp(0, samples - 1).view(b, 1, -1).expand(-1, channels, -1)
    cut = ecg.gather(2, index).view(b, channels, r_s.shape[1], BEFORE + AFTER)
    return cut.transpose(1, 2)


def shape_loss(drawn: Tensor, real: Tensor, there: Tensor) -> Tensor:
    """Distance of drawn and real beats (B, K, C, T), levels apart; mean over beats that are."""
    left = drawn - real
    left = left - left.mean(-1, keepdim=True)  # wander is not the beat's
    distance = F.smooth_l1_loss(left, torch.zeros_like(left), beta=0.02, reduction="none")
    first, last = _P_SAMPLES
    distance = torch.cat(
        [distance[..., :first], _P_COUNTS * distance[..., first:last], distance[..., last:]], -1
    )
    return (distance.mean((2, 3)) * there).sum() / there.sum().clamp(min=1)
