"""What this heart did: the dipole waves that the beat decoder reads from a finished ECG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from sediff.assets import ASSETS
from sediff.beat import Beat, Span, usual_beats
from sediff.diffusion.autoencoder import (
    RATE_IN,
    RATE_OUT,
    TOKEN,
    Autoencoder,
    AutoencoderConfig,
)
from sediff.diffusion.beats import (
    AFTER,
    BEFORE,
    WAVES,
    BeatDecoder,
    BeatDecoderConfig,
    Beats,
    at_times,
)
from sediff.diffusion.bundle import config_of, load_weights
from sediff.ecg import FS, Ecg
from sediff.leads import DOWER

Array = npt.NDArray[np.float64]
STEP_MS = 2.0  # of the loop
FEWEST = 3  # beats of one kind
_GROUPS = {"P": ("P",), "QRS": ("Q", "R", "S"), "ST": ("ST",), "T": ("T",)}
# The decoder is some 0.05 mV off in small waves: what is shorter than twice that, or whose
# projection on a plane is, may point anywhere.
LEAST_MV = 0.1


@dataclass(frozen=True)
class HeartWave:
    """One wave of the typical beat, as a dipole.

    Attributes:
        name: 'P', 'QRS', 'ST' or 'T'. peak_mv: greatest length of its vector. at_ms: when,
            against R.
        vector: (x, y, z) mV at that time: left, down, backwards.
        frontal_deg: direction in the frontal plane, 0 left, 90 down; None where its projection
            is shorter than `LEAST_MV`.
        horizontal_deg: direction in the horizontal plane, 0 left, 90 forwards; None likewise.
    """

    name: str
    peak_mv: float
    at_ms: float
    vector: tuple[float, float, float]
    frontal_deg: int | None
    horizontal_deg: int | None

    @property
    def clear(self) -> bool:
        """Whether it is large enough for its size and time to mean anything."""
        return self.peak_mv >= LEAST_MV


@dataclass(frozen=True)
class Loop:
    """The way of one wave's vector: (T,) ms against R, and (T, 3) mV left, down, backwards."""

    t_ms: Array
    vector: Array


@dataclass(frozen=True)
class Heart:
    """The typical beat of an ECG as the simulator's equations would draw it.

    Attributes:
        waves: in time order, those that were measured in this ECG.
        loops: wave -> its loop, within the measured limits of the wave.
        beats: how many it is the median of. kind: which, as in `Beat`.
        correlation: of the redrawn beat with the median beat of this ECG, all eight leads.
        rms_mv: root mean square of what is left between the two.
    """

    waves: tuple[HeartWave, ...]
    loops: dict[str, Loop]
    beats: int
    kind: str
    correlation: float
    rms_mv: float

    def wave(self, name: str) -> HeartWave | None:
        """The wave of that name, None where this ECG has none."""
        return next((wave for wave in self.waves if wave.name == name), None)


@lru_cache(maxsize=1)
def load_beat_decoder(folder: Path = ASSETS) -> tuple[Autoencoder, BeatDecoder]:
    """The shipped encoder and beat decoder, without the rest of the generator.

    Raises:
        WeightsError: a file is missing or damaged.
    """
    seen, read = load_weights("autoencoder", folder), load_weights("beats", folder)
    coder = Autoencoder(AutoencoderConfig(**config_of(folder / "autoencoder.safetensors")))
    coder.load_state_dict(seen)
    model = BeatDecoder(BeatDecoderConfig(**config_of(folder / "beats.safetensors")))
    model.load_state_dict(read)
    return coder.eval(), model.eval()


def heart_of(ecg: Ecg, beats: Sequence[Beat]) -> Heart | None:
    """Read the typical beat of an ECG at 500 Hz.

    Args:
        beats: as measured; those of the most frequent kind and form are read.

    Returns:
        None where fewer than `FEWEST` beats of one kind were measured.

    Raises:
        WeightsError: the weights are missing or damaged.
    """
    usual = usual_beats(beats)
    if len(usual) < FEWEST or ecg.fs != FS:
        return None
    t_ms = np.arange(-10.0 * BEFORE, 10.0 * AFTER, STEP_MS)
    paths = _decoded(ecg, usual, t_ms)
    limits = _limits(usual)
    loops = {}
    for name, (on, off) in limits.items():
        inside = (t_ms >= on) & (t_ms <= off)
        if inside.any():
            loops[name] = Loop(t_ms[inside], paths[name][inside])
    waves = tuple(_wave(name, loop) for name, loop in loops.items())
    shown = {name: loop for name, loop in loops.items() if name != "ST"}  # it closes no loop
    first, last = min(on for on, _ in limits.values()), max(off for _, off in limits.values())
    fit = _fit(ecg, usual, t_ms, np.sum(list(paths.values()), axis=0), (first, last))
    return Heart(waves, shown, len(usual), usual[0].kind, *fit)


@torch.no_grad()
def _decoded(ecg: Ecg, beats: Sequence[Beat], t_ms: Array) -> dict[str, Array]:
    """Wave -> the (T, 3) median over beats of its dipole in mV."""
    coder, model = load_beat_decoder()
    whole = TOKEN * RATE_OUT // RATE_IN  # the encoder takes whole tokens
    samples = ecg.signal.shape[1] // whole * whole
    eight = torch.from_numpy(np.ascontiguousarray(ecg.eight[:, :samples], np.float32))[None]
    r_s = torch.tensor([[beat.r_s for beat in beats]], dtype=torch.float32)
    found = model(coder.encode(coder.to_100hz(eight)), r_s, torch.ones_like(r_s))
    times = torch.from_numpy(t_ms.astype(np.float32)).expand(1, len(beats), -1)
    return {
        name: np.median(at_times(_part(found, members), times)[0].numpy(), axis=0).astype(float)
        for name, members in _GROUPS.items()
    }


def _part(found: Beats, members: tuple[str, ...]) -> Beats:
    """The same beats with the components of some waves only."""
    chosen = torch.tensor([wave in members for wave in WAVES])
    t_ms, w_ms, vec = (part[:, :, chosen] for part in (found.t_ms, found.w_ms, found.vec))
    return replace(found, t_ms=t_ms, w_ms=w_ms, vec=vec)


def _limits(beats: Sequence[Beat]) -> dict[str, Span]:
    """Wave -> its median limits in ms against R; a wave that most beats lack is left out."""
    spans = {
        "P": [(beat.p, beat.r_s) for beat in beats],
        "QRS": [(beat.qrs, beat.r_s) for beat in beats],
        "ST": [((beat.qrs[1], beat.t[1]) if beat.t else None, beat.r_s) for beat in beats],
        "T": [(beat.t, beat.r_s) for beat in beats],
    }
    found: dict[str, Span] = {}
    for name, each in spans.items():
        known = [(span[0] - r_s, span[1] - r_s) for span, r_s in each if span is not None]
        if 2 * len(known) > len(beats):
            on, off = np.median(np.array(known), axis=0) * 1000
            found[name] = (float(on), float(off))
    return found


def _wave(name: str, loop: Loop) -> HeartWave:
    size = np.linalg.norm(loop.vector, axis=1)
    i = int(size.argmax())
    x, y, z = (float(value) for value in loop.vector[i])
    return HeartWave(
        name,
        round(float(size[i]), 3),
        float(loop.t_ms[i]),
        (x, y, z),
        _direction(x, y),
        _direction(x, -z),  # z runs backwards, and the angle forwards
    )


def _direction(x: float, other: float) -> int | None:
    clear = math.hypot(x, other) >= LEAST_MV
    return round(math.degrees(math.atan2(other, x))) if clear else None


def _fit(
    ecg: Ecg, beats: Sequence[Beat], t_ms: Array, dipole: Array, limits: Span
) -> tuple[float, float]:
    """Correlation and rms in mV of the redrawn beat with the median beat, levels apart."""
    inside = (t_ms >= limits[0]) & (t_ms <= limits[1])
    t_s, dipole = t_ms[inside] / 1000, dipole[inside]
    clock = np.arange(ecg.signal.shape[1]) / ecg.fs
    whole = [b for b in beats if b.r_s + t_s[0] >= 0 and b.r_s + t_s[-1] <= clock[-1]] or beats
    cut = [[np.interp(b.r_s + t_s, clock, lead) for lead in ecg.eight] for b in whole]
    real, drawn = np.median(cut, axis=0), DOWER @ dipole.T
    real, drawn = (part - part.mean(axis=1, keepdims=True) for part in (real, drawn))
    power = float(np.linalg.norm(real) * np.linalg.norm(drawn))
    correlation = float((real * drawn).sum()) / max(power, 1e-9)
    return round(correlation, 3), round(float(np.sqrt(((real - drawn) ** 2).mean())), 3)
