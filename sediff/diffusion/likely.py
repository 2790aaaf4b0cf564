"""What a report leaves unsaid: the statements that go with its words, learned from real reports.

Reports name what they name in their own way, and the cardiologists' statements behind them say
more: a 'left bundle branch block' that is stated a septal infarct too, 'voltage criteria' that end
as hypertrophy. A small network reads how likely each statement is with such words.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from sediff.diffusion.conditions import TEXT


@dataclass(frozen=True)
class LikelyConfig:
    """Sizes: `concepts` SCP statements, a text embedding of `text`, `hidden` units."""

    concepts: int
    text: int = TEXT
    hidden: int = 256


class Likely(nn.Module):
    """Report and what the reader finds in it -> how likely each statement goes with them."""

    def __init__(self, config: LikelyConfig) -> None:
        super().__init__()
        self.config = config
        self.layers = nn.Sequential(
            nn.Linear(config.text + config.concepts, config.hidden),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(config.hidden, config.concepts),
        )

    def logits(self, text: Tensor, read: Tensor) -> Tensor:
        """(B, 384) unit vectors and (B, C) certainty of what is read -> (B, C) logits."""
        scaled = text * self.config.text**0.5 / 2  # unit vectors: else the words count for little
        return self.layers(torch.cat([scaled, read], 1))

    @torch.no_grad()
    def forward(self, text: Tensor, read: Tensor) -> Tensor:
        """The same -> (B, C) likelihood 0..1 of each statement."""
        return torch.sigmoid(self.logits(text, read))


def together(read: Tensor, likely: Tensor, denied: Tensor) -> Tensor:
    """What is stated as it is stated, what is denied not at all, the rest as likely as it is.

    Args:
        read, likely: (B, C) certainty and likelihood. denied: (B, C) 1 where it is denied.
    """
    return torch.where(read > 0, torch.maximum(read, likely), likely * (1 - denied))
