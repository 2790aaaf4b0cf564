"""Rectified flow (Liu 2022; Lipman 2023): the loss and the sampler, on one page.

x_t = (1 - t) noise + t latent; the denoiser learns the velocity latent - noise.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sediff.diffusion.conditions import Conditions
from sediff.diffusion.denoiser import Denoiser

Velocity = Callable[[Tensor, Tensor, Conditions], Tensor]


def flow_loss(
    model: Velocity, latent: Tensor, c: Conditions, generator: torch.Generator | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Mean squared error of the velocity at logit-normal times (Esser 2024).

    Args:
        latent: (B, L, N) of unit variance.

    Returns:
        (B,) loss of each record, (B, L, N) the latent that the model expects, (B,) the times.
    """
    noise = torch.randn(latent.shape, generator=generator, device=latent.device)
    u = torch.randn(len(latent), generator=generator, device=latent.device)
    t = torch.sigmoid(u)
    at = t[:, None, None]
    mixed = (1 - at) * noise + at * latent
    predicted = model(mixed, t, c).float()
    loss = (predicted - (latent - noise)).square().mean((1, 2))
    return loss, mixed + (1 - at) * predicted, t


def noise_for(seeds: list[int], channels: int, tokens: int) -> Tensor:
    """(B, channels, tokens) noise from one CPU generator a request.

    The noise of a request is the same whatever stands beside it in the batch, on every device.
    """
    rows = [
        torch.randn(channels, tokens, generator=torch.Generator().manual_seed(seed))
        for seed in seeds
    ]
    return torch.stack(rows)


def schedule(steps: int) -> np.ndarray:
    """(steps + 1,) float64 times from 0, the noise, to 1, the latent."""
    return np.linspace(0, 1, steps + 1)


@dataclass(frozen=True)
class Start:
    """Where the flow of each record begins.

    Attributes:
        latent: (B, L, N) of the simulation. at: (B,) 0: pure noise, towards 1: the simulation.
    """

    latent: Tensor
    at: Tensor


@torch.no_grad()
def sample(
    model: Denoiser,
    c: Conditions,
    noise: Tensor,
    steps: int,
    guidance: float,
    on_step: Callable[[int, int], None] | None = None,
    start: Start | None = None,
    guided: tuple[float, float] = (0.0, 1.0),
) -> Tensor:
    """Integrate the flow from noise to latent by the two-step Adams-Bashforth rule.

    The path is so straight that one evaluation a step, with the last one remembered, is as near
    to the exact path as Heun's two. The first step is Euler's.

    Args:
        c: conditions of the batch. noise: (B, L, N).
        steps: intervals, each with one evaluation.
        guidance: 1 follows the conditions as learned; above 1 pushes away from what the model
            would draw knowing only the simulation (Ho & Salimans 2022).
        on_step: called with (done, steps) before each step; what it raises stops the sampling.
        start: the noised simulation to begin with (Meng 2022, SDEdit); None: pure noise.
        guided: share of the way, from and up to, where guidance acts (Kynkaanniemi 2024); each
            step outside costs half.

    Returns:
        (B, L, N) latent.
    """
    both = Conditions.stack([c, c.without_words()]) if guidance != 1 else c

    def velocity(x: Tensor, t: Tensor, way: float) -> Tensor:
        if guidance == 1 or not guided[0] <= way < guided[1]:
            return model(x, t, c)
        told, untold = model(x.repeat(2, 1, 1), t.repeat(2), both).chunk(2)
        return untold + guidance * (told - untold)

    first = noise.new_zeros(len(noise)) if start is None else start.at
    x = noise
    if start is not None:
        x = _mix(1 - first, noise) + _mix(first, start.latent)
    times = schedule(steps)
    before = None
    for i in range(steps):
        if on_step is not None:
            on_step(i, steps)
        now, then = (first + (1 - first) * float(times[k]) for k in (i, i + 1))
        slope = velocity(x, now, float(times[i]))
        ahead = slope if before is None else 1.5 * slope - 0.5 * before
        x, before = x + _mix(then - now, ahead), slope
    if on_step is not None:
        on_step(steps, steps)
    return x


def _mix(share: Tensor, x: Tensor) -> Tensor:
    return share[:, None, None] * x
