"""What both trainers share: a run with its clock, moving average, precision and checkpoints."""

import math
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from sediff.errors import DataError

_WARM_UP = 200  # steps
_EMA_DECAY = 0.999  # averages about a thousand steps


def cosine_rate(peak: float, done: float, step: int) -> float:
    """Learning rate: linear warm-up over 200 steps, then a cosine to 3 % at `done` = 1."""
    warm = min(1.0, (step + 1) / _WARM_UP)
    return peak * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(done, 1.0))))


def autocast(device: str) -> AbstractContextManager:
    """bfloat16 where it pays: it halves a step on CPUs with AVX512-BF16 and on GPUs."""
    return torch.autocast(device_type=device.split(":")[0], dtype=torch.bfloat16)


class Ema:
    """Exponential moving average of weights: samples come from it, not from the raw weights."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.step = 0
        self.reset(model)

    def reset(self, model: nn.Module) -> None:
        """Start again from the model's weights."""
        self.shadow = {k: v.detach().clone().float() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """One step; early steps average less, so that the random start is forgotten."""
        self.step += 1
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        for name, value in model.state_dict().items():
            self.shadow[name].lerp_(value.detach().float().to(self.shadow[name].device), 1 - decay)

    def copy_to(self, model: nn.Module) -> None:
        """Put the average into the model."""
        model.load_state_dict(self.shadow)

    def state_dict(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"shadow": self.shadow, "step": self.step}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """From a checkpoint."""
        self.shadow, self.step = state["shadow"], state["step"]


def save_checkpoint(path: Path, **state: Any) -> None:
    """Write a checkpoint whole or not at all. Checkpoints never ship; weights do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    torch.save(state, unfinished)
    unfinished.rename(path)


def load_checkpoint(path: Path, config: dict[str, Any]) -> dict[str, Any] | None:
    """Read a checkpoint (tensors and plain values only), or None where there is none.

    Raises:
        DataError: it was made with other sizes.
    """
    if not path.is_file():
        return None
    state = torch.load(path, weights_only=True, map_location="cpu")
    if state["config"] != config:
        raise DataError(f"{path} was trained with {state['config']}: use another folder.")
    return state


class Run:
    """A training run that can stop at any checkpoint and go on in another process.

    Attributes:
        model: being trained. ema: its average. step, curve: how far it is.
        shown: smoothed training loss.
    """

    def __init__(
        self,
        path: Path,
        model: nn.Module,
        config: dict[str, Any],
        minutes: float,
        rate: float,
        device: str,
        steps: int | None = None,
    ) -> None:
        """Go on from the checkpoint `path` where there is one; `minutes` are those of all parts.

        `steps` instead of minutes makes runs comparable that differ in cost or company.
        """
        self.steps = steps
        self.path, self.config, self.rate, self.device = path, config, rate, device
        self.budget = minutes * 60
        self.step, self.curve, self.shown = 0, [], 0.0
        state = load_checkpoint(path, config)
        self.resumed = state is not None
        if state is not None:
            model.load_state_dict(state["model"])
        self.model = model.to(device)
        self.ema = Ema(self.model, _EMA_DECAY)
        self.optimiser = torch.optim.AdamW(
            model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01
        )
        before = 0.0
        if state is not None:
            self.ema.load_state_dict(state["ema"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.curve, before = state["step"], state["curve"], state["spent"]
        self._origin = time.monotonic() - before

    @property
    def spent(self) -> float:
        """Seconds of training in all, over all parts of the run."""
        return time.monotonic() - self._origin

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return self.done >= 1

    @property
    def done(self) -> float:
        """Share of the budget that is used up."""
        return self.step / self.steps if self.steps else self.spent / self.budget

    def learn(self, loss: Tensor) -> None:
        """One optimiser step down `loss`."""
        for group in self.optimiser.param_groups:
            group["lr"] = cosine_rate(self.rate, self.done, self.step)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.ema.update(self.model)
        self.step += 1
        value = loss.item()
        self.shown = value if not self.shown else 0.98 * self.shown + 0.02 * value
        if self.step % 100 == 0:
            print(f"step {self.step} {self.spent / 60:.1f} min loss {self.shown:.5f}", flush=True)

    def save(self) -> None:
        """Write the checkpoint."""
        save_checkpoint(
            self.path,
            model=self.model.state_dict(),
            ema=self.ema.state_dict(),
            optimiser=self.optimiser.state_dict(),
            config=self.config,
            spent=self.spent,
            step=self.step,
            curve=self.curve,
        )
