"""The finish behind the decoder: what an ECG at 100 Hz cannot hold.

Steep QRS flanks, and the fine grain of a recording, which is drawn from noise.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

GRAIN = 8  # channels of noise that the finish may draw from
_APART = 0x5EED5EED  # the flow takes its noise from the seed itself


class Finish(nn.Module):
    """A residual network at 500 Hz: (B, 8, T) and (B, GRAIN, T) noise -> (B, 8, T) to add."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv1d(8 + GRAIN, width, 9, padding=4)
        self.middle = nn.ModuleList(
            nn.Conv1d(width, width, 5, padding=2 * step, dilation=step) for step in (1, 3, 6)
        )
        self.last = nn.Conv1d(width, 8, 5, padding=2)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, grain: Tensor) -> Tensor:
        """See the class; `x` is in units of the decoder."""
        y = self.first(torch.cat([x, grain], 1))
        for layer in self.middle:
            y = y + layer(F.silu(y))
        return self.last(F.silu(y))


def grain_for(seeds: list[int], samples: int) -> Tensor:
    """(B, GRAIN, samples) noise from one CPU generator a request, apart from that of the flow."""
    rows = [
        torch.randn(GRAIN, samples, generator=torch.Generator().manual_seed(seed ^ _APART))
        for seed in seeds
    ]
    return torch.stack(rows)
