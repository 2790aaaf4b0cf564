"""Trains the denoiser on latents, with the conditions dropped and disturbed as use will have them.

Run as `python -m sediff.training denoiser`.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from sediff.diffusion.conditions import NUMBERS, Conditions
from sediff.diffusion.denoiser import Denoiser, DenoiserConfig
from sediff.diffusion.flow import flow_loss
from sediff.training.asked import Asked
from sediff.training.constraints import Constraints, Told
from sediff.training.loop import Run, autocast

_NAMES = list(NUMBERS)
_ADHERENCE = _NAMES.index("adherence")
# What a request leaves open unless the user asks for it; dropped together in half of the steps.
_SELDOM_ASKED = [i for i, n in enumerate(_NAMES) if n.startswith("st_") or n in ("p_mv", "t_mv")]
_ALONE = 0.2  # of the records: the report alone tells the findings
_AS_ASKED = 0.6  # of the records: told as the app would tell them
_HELD_BATCHES = 12  # of 48: enough to see the curve, cheap enough to look often


@dataclass(frozen=True)
class Scaffolds:
    """All that the denoiser is trained on; row i is record i.

    Attributes:
        latent: (n, L, 125) float16. texts: (k, n, 384) float16, k wordings of each report.
        experience: (n, 384) float16, what is known of ECGs like it, itself left out.
        concepts: (n, C) float32 certainty. numbers: (n, N) float32 standardised, nan unknown.
        drafts: (2, n, 8, 1000) int16 uV: fitted, simulated. marks: (n, 7, 1000) int8 in 1/100.
        powers: (2, n, 3): record . record, record . draft, draft . draft, after high-pass.
        has_beats: (n,) whether beats could be measured.
        r_s, there: (n, K) times of the beats in s, and whether there is such a beat.
        asked: what the app would make of each report.
    """

    latent: npt.NDArray[np.float16]
    texts: npt.NDArray[np.float16]
    experience: npt.NDArray[np.float16]
    concepts: npt.NDArray[np.float32]
    numbers: npt.NDArray[np.float32]
    drafts: npt.NDArray[np.int16]
    marks: npt.NDArray[np.int8]
    powers: npt.NDArray[np.float32]
    has_beats: npt.NDArray[np.bool_]
    r_s: npt.NDArray[np.float32]
    there: npt.NDArray[np.float32]
    asked: Asked


def _adherence(powers: npt.NDArray, gain: npt.NDArray) -> npt.NDArray:
    """How far `gain` * draft explains the record: 1 - residual / total power, 0..1."""
    record, cross, draft = powers.T
    left = record - 2 * gain * cross + gain**2 * draft
    return np.clip(1 - left / np.maximum(record, 1e-9), 0, 1)


def _told_of(
    s: Scaffolds, rows: npt.NDArray, which: npt.NDArray, use: npt.NDArray
) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray, npt.NDArray]:
    """Drafts, powers, concepts and experience of the rows: as asked where `use`, else as stated."""
    told = s.drafts[which, rows], s.powers[which, rows], s.concepts[rows], s.experience[rows]
    a = s.asked
    for mine, asked in zip(told, (a.drafts, a.powers, a.concepts, a.experience), strict=True):
        mine[use] = asked[rows[use]]
    return told


def draw_batch(
    s: Scaffolds,
    rows: npt.NDArray,
    rng: np.random.Generator,
    alone: float = 0.0,
    as_asked: float = 0.0,
) -> tuple:
    """Latents and disturbed conditions of some records.

    Half of the drafts are what the simulator draws from the record's own CaseSpec; the others are
    fitted to it and then scaled. Adherence is told as it then truly is.

    Args:
        alone: share of the records of which the report alone tells the findings.
        as_asked: share that are told as the app would tell them: the report itself, and findings,
            experience and simulation as they follow from what the reader finds in it.

    Returns:
        ((B, L, 125) latent, Conditions).
    """
    n = len(rows)
    which = (rng.random(n) < 0.5).astype(int)
    use = rng.random(n) < as_asked if as_asked else np.zeros(n, bool)
    which[use] = 1
    drafts, powers, concepts, experience = _told_of(s, rows, which, use)
    gain = np.where(which == 0, np.exp(0.2 * rng.standard_normal(n)), 1.0)
    there = s.has_beats[rows]
    marks_known = there & (rng.random(n) > 0.07)
    draft_known = marks_known & (rng.random(n) > 0.12)
    adherence = _adherence(powers, gain) * draft_known
    values = s.numbers[rows].copy()
    centre, scale = NUMBERS["adherence"]
    values[:, _ADHERENCE] = (adherence - centre) / scale
    known = np.isfinite(values) & (rng.random(values.shape) > 0.2)
    known[:, _ADHERENCE] = draft_known | (rng.random(n) < 0.5)
    known[np.ix_(np.flatnonzero(rng.random(n) < 0.5), np.array(_SELDOM_ASKED))] = False
    concepts = concepts * (rng.random(concepts.shape) > 0.15)
    stated = experience.any(axis=1)  # a report that states nothing has no experience
    words = rng.random(n) > 0.1  # the others are the reference of guidance
    wording = np.where(use, 0, rng.integers(len(s.texts), size=n))  # 0: the report itself
    text_known = words & (rng.random(n) > 0.2)
    experience_known = words & stated & (rng.random(n) > 0.25)
    concepts_known = words & (rng.random(n) > 0.15)
    if alone:  # else the list says all that the text would have to say, and it learns nothing
        lone = words & (rng.random(n) < alone)
        bare = lone & (rng.random(n) < 0.5)
        text_known |= lone
        experience_known &= ~lone
        concepts_known &= ~lone
        draft_known &= ~bare
        known[:, _ADHERENCE] &= ~bare
    conditions = _tensors(
        text=s.texts[wording, rows],
        text_known=text_known,
        experience=experience,
        experience_known=experience_known,
        concepts=concepts,
        concepts_known=concepts_known,
        numbers=np.nan_to_num(values),
        numbers_known=known & words[:, None],
        draft=drafts * (gain / 1000)[:, None, None],
        draft_known=draft_known,
        marks=s.marks[rows] / np.float32(100),
        marks_known=marks_known,
    )
    return torch.from_numpy(s.latent[rows].astype(np.float32)), conditions


def beats_of(s: Scaffolds, rows: npt.NDArray, device: str) -> Told:
    """Where the beats of some records are."""
    return Told(*(torch.from_numpy(part[rows]).to(device) for part in (s.r_s, s.there)))


def _tensors(**arrays: npt.NDArray) -> Conditions:
    return Conditions(**{k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items()})


def held_loss(
    model: Denoiser,
    s: Scaffolds,
    rows: npt.NDArray,
    device: str,
    told: Callable[[Conditions], Conditions] = lambda c: c,
    as_asked: float = 0.0,
) -> float:
    """Flow loss on held records with the same noise, times and drops at every call.

    Args:
        as_asked: as in `draw_batch`; 0 compares with older curves.
        told: what the model may see of a batch: to see what each condition is worth.
    """
    rng = np.random.default_rng(1)
    # On the CPU whatever the device: the curve must not change with the machine.
    losses = []
    for batch in np.array_split(rows[: 48 * _HELD_BATCHES], _HELD_BATCHES):
        latent, c = draw_batch(s, batch, rng, as_asked=as_asked)
        c = told(c)
        generator = torch.Generator(device).manual_seed(int(batch[0]))
        with torch.no_grad(), autocast(device):
            losses.append(flow_loss(model, latent.to(device), c.to(device), generator)[0].mean())
    return float(torch.stack(losses).mean())


def train_denoiser(
    s: Scaffolds,
    train: npt.NDArray,
    held: npt.NDArray,
    folder: Path,
    minutes: float,
    config: DenoiserConfig,
    rate: float,
    batch: int = 48,
    device: str = "cpu",
    start: dict[str, Tensor] | None = None,
    on_held: Callable[[Denoiser], object] | None = None,
    constraints: Constraints | None = None,
    told: Callable[[Conditions], Conditions] = lambda c: c,
    steps: int | None = None,
) -> Denoiser:
    """Train until `minutes` have been spent in all, resuming from `folder`.

    Args:
        train, held: row numbers. start: weights to begin from where there is no checkpoint.
        on_held: called with the averaged model at every point of the curve.
        constraints: added to the loss; None: none. told: what the model may see of a batch.
        steps: budget instead of `minutes`.

    Returns:
        The model with averaged weights. The curve is in `folder`/denoiser_curve.json.
    """
    model = Denoiser(config)
    if start is not None:
        model.load_state_dict(model.state_dict() | start)  # parts that are new begin at zero
    run = Run(folder / "denoiser.pt", model, asdict(config), minutes, rate, device, steps)
    averaged = Denoiser(config).to(device).eval()
    rng = np.random.default_rng(run.step)
    while not run.over:
        rows = rng.choice(train, batch, replace=False)
        latent, c = draw_batch(s, rows, rng, _ALONE, _AS_ASKED)
        latent = latent.to(device)
        with autocast(device):
            losses, guess, t = flow_loss(model, latent, told(c).to(device))
            loss = losses.mean()
            if constraints is not None:
                loss = loss + constraints(guess, latent, t, beats_of(s, rows, device))
        run.learn(loss)
        if run.step % 500 == 0 or run.over:
            run.ema.copy_to(averaged)
            run.curve.append(_look(run, averaged, s, held, batch, told))
            run.save()
            (folder / "denoiser_curve.json").write_text(json.dumps(run.curve, indent=1))
            if on_held is not None:
                on_held(averaged)
    run.ema.copy_to(averaged)
    return averaged


def _look(
    run: Run,
    model: Denoiser,
    s: Scaffolds,
    held: npt.NDArray,
    batch: int,
    told: Callable[[Conditions], Conditions],
) -> dict:
    """One point of the curve."""
    point = {
        "step": run.step,
        "records": run.step * batch,
        "minutes": round(run.spent / 60, 1),
        "train": round(run.shown, 5),
        "held": round(held_loss(model, s, held, run.device, told), 5),
        "held_as_asked": round(held_loss(model, s, held, run.device, told, 1.0), 5),
    }
    print("held", json.dumps(point), flush=True)
    return point
