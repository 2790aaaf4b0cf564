"""Trains the beat decoder on real latents and the records behind them.

Run as `python -m sediff.training beats`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from scipy.signal import sosfiltfilt
from torch import Tensor

from sediff.diffusion.beats import (
    BeatDecoder,
    BeatDecoderConfig,
    draw_beats,
    leads_of,
    shape_loss,
    windows_of,
)
from sediff.training.loop import Run
from sediff.training.scaffold import HIGH_PASS

MOST = 24  # beats of a record that are used; a faster heart's others are like them
_LATENT_NOISE = 0.1  # the denoiser's estimates are not clean, and must be read too


def times_of(measured: Sequence[dict]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Measured records -> (n, MOST) R times in s and (n, MOST) whether there is such a beat."""
    r_s = np.zeros((len(measured), MOST), np.float32)
    there = np.zeros_like(r_s)
    for i, row in enumerate(measured):
        at = [beat["r_s"] for beat in row["beats"]][:MOST]
        r_s[i, : len(at)] = at
        there[i, : len(at)] = 1
    return r_s, there


def without_drift(uv: npt.NDArray) -> npt.NDArray[np.float32]:
    """(n, 8, T) uV -> mV after the 0.5 Hz high-pass that the fitted drafts were given too."""
    return sosfiltfilt(HIGH_PASS, uv.astype(np.float32) / 1000, axis=-1).astype(np.float32)


def beat_loss(
    model: BeatDecoder, latent: Tensor, ecg: Tensor, r_s: Tensor, there: Tensor
) -> Tensor:
    """Distance of the drawn beats from the record's, with a slight pull to small amplitudes."""
    beats = model(latent, r_s, there)
    drawn = windows_of(leads_of(draw_beats(beats, ecg.shape[2])), r_s)
    small = (beats.vec.square().mean((2, 3)) * there).sum() / there.sum().clamp(min=1)
    return shape_loss(drawn, windows_of(ecg, r_s), there) + 1e-4 * small


def train_beats(
    latent: npt.NDArray[np.float16],
    low: npt.NDArray[np.int16],
    measured: Sequence[dict],
    rows: npt.NDArray,
    folder: Path,
    minutes: float,
    batch: int = 48,
    device: str = "cpu",
) -> BeatDecoder:
    """Train on the records `rows` that have beats, resuming from `folder`.

    Args:
        latent: (n, L, 125) of unit variance. low: (n, 8, 1000) uV. measured: n records.
    """
    r_s, there = times_of(measured)
    rows = rows[there[rows].sum(1) >= 3]
    model = BeatDecoder(BeatDecoderConfig(latent=latent.shape[1]))
    run = Run(folder / "beats.pt", model, asdict(model.config), minutes, 2e-3, device)
    rng = np.random.default_rng(run.step)
    while not run.over:
        pick = rng.choice(rows, batch, replace=False)
        x = torch.from_numpy(latent[pick].astype(np.float32)).to(device)
        y, at, is_there = (
            torch.from_numpy(part).to(device)
            for part in (without_drift(low[pick]), r_s[pick], there[pick])
        )
        run.learn(beat_loss(model, x + _LATENT_NOISE * torch.randn_like(x), y, at, is_there))
        if run.step % 500 == 0 or run.over:
            run.save()
    run.ema.copy_to(model)
    return model.eval()
