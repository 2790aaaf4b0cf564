"""Rectified flow (Liu 2022; Lipman 2023): the loss and the sampler, on one page.

x_t = (1 - t) noise + t latent; the denoiser learns the velocity latent - noise.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from sediff.diffusion.conditions import Conditions
from sediff.diffusion.denoiser import Denoiser

Velocity = Callable[[Tensor, Tensor, Conditions], Tensor]


def flow_loss(
    model: Velocity, latent: Tensor, c: Conditions, generator: torch.Generator | None = None
) -> Tensor:
    """Mean squared error of the velocity at logit-normal times (Esser 2024).

    Args:
        latent: (B, L, N) of unit variance.

    Returns:
        (B,) loss of each record.
    """
    noise = torch.randn(latent.shape, generator=generator, device=latent.device)
    u = torch.randn(len(latent), generator=generator, device=latent.device)
    t = torch.sigmoid(u)
    at = t[:, None, None]
    predicted = model((1 - at) * noise + at * latent, t, c)
    return (predicted.float() - (latent - noise)).square().mean((1, 2))


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


@torch.no_grad()
def sample(
    model: Denoiser,
    c: Conditions,
    noise: Tensor,
    steps: int,
    guidance: float,
    on_step: Callable[[int, int], None] | None = None,
) -> Tensor:
    """Integrate the flow from noise to latent by Heun's rule with an Euler last step.

    Args:
        c: conditions of the batch. noise: (B, L, N).
        steps: intervals; Heun evaluates twice in each but the last.
        guidance: 1 follows the conditions as learned; above 1 pushes away from what the model
            would draw knowing only the simulation (Ho & Salimans 2022).
        on_step: called with (done, steps) before each step; what it raises stops the sampling.

    Returns:
        (B, L, N) latent.
    """
    free = c.without_words()
    both = Conditions.stack([c, free]) if guidance != 1 else c

    def velocity(x: Tensor, t: float) -> Tensor:
        if guidance == 1:
            return model(x, x.new_full((len(x),), t), both)
        told, untold = model(x.repeat(2, 1, 1), x.new_full((2 * len(x),), t), both).chunk(2)
        return untold + guidance * (told - untold)

    times = schedule(steps)
    x = noise
    for i in range(steps):
        if on_step is not None:
            on_step(i, steps)
        now, then = float(times[i]), float(times[i + 1])
        slope = velocity(x, now)
        guess = x + (then - now) * slope
        if i < steps - 1:
            guess = x + (then - now) * 0.5 * (slope + velocity(guess, then))
        x = guess
    if on_step is not None:
        on_step(steps, steps)
    return x
