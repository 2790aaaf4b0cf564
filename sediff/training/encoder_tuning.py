"""Fine-tunes the sentence encoder on ECG language: `python -m sediff.training tune`.

General encoders call left and right bundle branch block the same thing (cosine .90-.98). Pairs
that say the same are drawn together, everything else in the batch apart, and a batch holds the
look-alikes (van den Oord 2018; multiple negatives: Henderson 2017).
"""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional as F

from sediff.assets import ASSETS, write_manifest
from sediff.diffusion.text import FOLDER, TextEncoder
from sediff.experience.library import shipped_library
from sediff.experience.vectors import encode_all
from sediff.findings import expand
from sediff.report import compose, compose_german
from sediff.spec import Stated
from sediff.training.loop import autocast
from sediff.training.phrases import Form, Saying, all_forms, draw_pairs, misspell
from sediff.training.prepare import stated_of

_SCALE = 20.0  # of cosines before the softmax, as in sentence-transformers
_NEIGHBOURS = 12
_PARTS = 4  # of a batch, by length
_WARM_UP = 30  # steps; then the rate falls in a line, as usual for fine-tuning
_REPORTS = 0.3  # share of a batch that pairs a real report with a composed one

Pairs = list[tuple[Saying, Saying]]
Asked = list[tuple[str, int]]


def closure(states: frozenset[str]) -> frozenset[str]:
    """Stated keys with their finding as a whole and what they imply."""
    result = set(states)
    for key in states:
        finding, _, stage = key.partition("@")
        result |= {one.id for one in expand((Stated(finding, stage=stage),))}
    return frozenset(result)


def contrast(first: Tensor, second: Tensor, related: Tensor) -> Tensor:
    """Symmetric multiple-negatives loss.

    Args:
        first, second: (B, 384) unit vectors of pairs. related: (B, B) pairs of rows that state
            parts of one another: neither drawn together nor apart.
    """
    scores = first @ second.T * _SCALE
    own = torch.eye(len(scores), dtype=torch.bool)
    scores = scores.masked_fill(related & ~own, -1e4)
    goal = torch.arange(len(scores))
    return (F.cross_entropy(scores, goal) + F.cross_entropy(scores.T, goal)) / 2


def related_of(pairs: Pairs) -> Tensor:
    """(B, B) whether what two rows state contains one another."""
    sets = [closure(a.states) for a, _ in pairs]
    return torch.tensor([[a <= b or b <= a for b in sets] for a in sets])


def nearest(encoder: TextEncoder, forms: Sequence[Form]) -> list[list[int]]:
    """For each form the rows of those that the encoder finds most like it by name."""
    vectors = encoder.embed([form.names[0] for form in forms])
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -1)
    return [[int(i) for i in row] for row in np.argsort(-scores, axis=1)[:, :_NEIGHBOURS]]


def top1(encoder: TextEncoder, forms: Sequence[Form], asked: Asked) -> float:
    """Share of (wording, row of its form) whose nearest form by any of its names is right."""
    texts = [(name, i) for i, form in enumerate(forms) for name in form.names]
    vectors = encode_all(encoder, [text for text, _ in texts])
    rows = np.array([i for _, i in texts])
    found = rows[np.argmax(encode_all(encoder, [text for text, _ in asked]) @ vectors.T, axis=1)]
    plain = [form.key.partition("@")[0] for form in forms]
    right = [plain[a] == plain[b] for a, (_, b) in zip(found, asked, strict=True)]
    return float(np.mean(right))


def lessons_of(finding: str) -> tuple[str, ...]:
    """Sentences of the library about a finding, and how lay people put it."""
    library = shipped_library()
    texts = [s.text for s in library.of(finding) if s.aspect in ("look", "criteria", "mechanism")]
    lay = library.lay.get(finding, ())
    return (*texts, *lay, *lay, *lay)  # a query is more often a few words than a paragraph


def report_pairs(table: pd.DataFrame) -> Callable[[int, np.random.Generator], Pairs]:
    """Pairs of real reports, two thirds German, and what composes their statements anew."""
    kept = [
        (text, stated)
        for text, codes in zip(table["report"], table["codes"], strict=True)
        if text.strip() and "trace only" not in text and (stated := stated_of(codes))
    ]

    def pairs(n: int, rng: np.random.Generator) -> Pairs:
        result = []
        for i in rng.integers(len(kept), size=n):
            text, stated = kept[i]
            states = frozenset(one.id for one in stated)
            write = compose_german if rng.random() < 0.4 else compose
            result.append((Saying(text, states), Saying(write(stated, rng), states)))
        return result

    return pairs


def held_wordings(forms: Sequence[Form], share: float = 0.1) -> tuple[list[Form], Asked]:
    """Take a share of the further names out of training, to judge by: forms left, (name, row)."""
    rng = np.random.default_rng(5)
    left, asked = [], []
    for row, form in enumerate(forms):
        out = {name for name in form.names[1:] if len(form.names) > 2 and rng.random() < share}
        asked += [(name, row) for name in sorted(out)]
        left.append(replace(form, names=tuple(n for n in form.names if n not in out)))
    return left, asked


def tune_for_ecg(
    encoder: TextEncoder, table: pd.DataFrame, minutes: float, work: Path
) -> TextEncoder:
    """Fine-tune on vocabulary, library and the reports of `table`.

    Leaves `work`/encoder and `work`/figures/text_encoder.json.
    """
    forms, asked = held_wordings(all_forms(lessons_of))
    rng = np.random.default_rng(7)
    misspelt = [(misspell(form.names[0], rng), i) for i, form in enumerate(forms)]

    def judged() -> dict[str, float]:
        return {
            "held_wordings": round(top1(encoder, forms, asked), 4),
            "misspelt_names": round(top1(encoder, forms, misspelt), 4),
        }

    before = judged()
    print("before", before, flush=True)
    tune(
        encoder,
        forms,
        report_pairs(table),
        minutes,
        save=lambda: save_encoder(encoder, work / "encoder"),
    )
    result = {"n": [len(asked), len(misspelt)], "before": before, "after": judged()}
    print(result, flush=True)
    (work / "figures").mkdir(parents=True, exist_ok=True)
    (work / "figures" / "text_encoder.json").write_text(json.dumps(result, indent=1))
    return encoder


def save_encoder(encoder: TextEncoder, target: Path) -> None:
    """Write a folder that `TextEncoder` reads: half-precision weights, tokenizer, manifest."""
    shutil.copytree(ASSETS / FOLDER, target / FOLDER, dirs_exist_ok=True)
    tensors = {k: v.detach().half().contiguous() for k, v in encoder.model.state_dict().items()}
    save_file(tensors, target / f"{FOLDER}.safetensors")
    write_manifest(target, {})


def _by_length(encoder: TextEncoder, texts: list[str]) -> Tensor:
    """Vectors of texts; those of like length together, since a batch is as long as its longest."""
    parts = np.array_split(np.argsort([len(text) for text in texts]), _PARTS)
    with autocast("cpu"):
        vectors = torch.cat([encoder.vectors([texts[i] for i in part]) for part in parts])
    return vectors[torch.from_numpy(np.argsort(np.concatenate(parts)))]


def tune(
    encoder: TextEncoder,
    forms: Sequence[Form],
    reports: Callable[[int, np.random.Generator], Pairs],
    minutes: float,
    batch: int = 64,
    rate: float = 1e-4,
    seed: int = 0,
    save: Callable[[], object] = lambda: None,
) -> TextEncoder:
    """Fine-tune in place for `minutes`.

    Args:
        forms: of the vocabulary. reports: (n, generator) -> n pairs of real and composed reports.
        save: called every 300 steps and at the end.
    """
    rng, began = np.random.default_rng(seed), time.monotonic()
    encoder.model.set_attn_implementation("eager")  # for short texts on a CPU twice as fast
    neighbours = nearest(encoder, forms)
    optimiser = torch.optim.AdamW(encoder.model.parameters(), lr=rate, weight_decay=0.01)
    step, shown = 0, 0.0
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        real = int(batch * _REPORTS)
        pairs = draw_pairs(forms, neighbours, batch - real, rng) + reports(real, rng)
        encoder.model.train()
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / _WARM_UP) * (1 - done)
        both = _by_length(encoder, [a.text for a, _ in pairs] + [b.text for _, b in pairs])
        loss = contrast(both[: len(pairs)], both[len(pairs) :], related_of(pairs))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.model.parameters(), 1.0)
        optimiser.step()
        step, shown = step + 1, loss.item() if not step else 0.98 * shown + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} {done * minutes:.1f} min loss {shown:.4f}", flush=True)
        if step % 300 == 0:
            save()
    encoder.model.eval()
    save()
    return encoder
