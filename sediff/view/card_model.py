"""What the shipped files say of the model: parts, split, training, findings; needs no torch."""

import json
import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sediff.assets import ASSETS
from sediff.findings import FINDINGS
from sediff.sources import source_of
from sediff.view.card_words import number, tell, title, words
from sediff.view.text import say
from sediff.view.words import forms_of, sentence_case

Manifest = Mapping[str, Any]
# What has words of its own in the table of texts; other names are told as they stand.
_PARTS = ("text_encoder", "denoiser", "autoencoder", "beats", "judge")
_SPLIT = ("train", "held", "test")
_NOT_A_LOSS = ("step", "records", "minutes")
_CONDITIONS = ("experience", "text", "concepts", "draft", "marks")
_LOSSES = ("held", "held_as_asked", "train")
Made = Literal["learned", "drawn", "computed"]


@dataclass(frozen=True)
class Part:
    """One file of weights: name, what it does, numbers it holds, bytes and sizes in its header."""

    name: str
    does: str
    parameters: int | None
    bytes: int
    sizes: str


@dataclass(frozen=True)
class Form:
    """One finding at one stage; n: real training ECGs. words: all that it is found by."""

    name: str
    n: int
    made: Made
    family: str
    words: str


@dataclass(frozen=True)
class Run:
    """One training run: ECGs shown (with repeats) and the loss at each look.

    Attributes:
        losses: by name, as in the manifest.
    """

    records: tuple[float, ...]
    minutes: float | None
    losses: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Curve:
    """The runs of one part, oldest first."""

    title: str
    runs: tuple[Run, ...]


def parts(manifest: Manifest, folder: Path = ASSETS) -> list[Part]:
    """The weight files that the manifest names, largest first."""
    found = []
    for file, about in manifest.get("files", {}).items():
        if file.endswith(".safetensors"):
            stem = Path(file).stem
            does = say(f"card.does_{stem}") if stem in _PARTS else ""
            header = _header(folder / file)
            found.append(
                Part(part_name(stem), does, _parameters(header), about["bytes"], _sizes(header))
            )
    return sorted(found, key=lambda part: -part.bytes)


def part_name(stem: str) -> str:
    """What a part of the model is called: 'Denoiser'."""
    return say(f"card.part_{stem}") if stem in _PARTS else title(stem)


def loss_name(name: str) -> str:
    """Whose loss a curve shows: 'held-out patients'."""
    return say(f"card.loss_{name}") if name in _LOSSES else words(name)


def made_word(made: Made) -> str:
    """How a finding comes into an ECG: 'drawn by the simulator'."""
    return say(f"card.made_{made}")


def split_rows(manifest: Manifest) -> list[tuple[str, str]]:
    """Which folds serve for what, as the manifest says."""
    return [
        (say(f"card.split_{name}") if name in _SPLIT else title(name), sentence_case(str(text)))
        for name, text in manifest.get("split", {}).items()
    ]


def curves(manifest: Manifest) -> list[Curve]:
    """Every training curve of the manifest, the denoiser's first."""
    runs = [*manifest.get("earlier_curves", []), manifest.get("curve")]
    found = [
        Curve(part_name("denoiser"), tuple(_run(points) for points in runs if _is_curve(points)))
    ]
    for name, points in manifest.items():
        if name.endswith("_curve") and _is_curve(points):
            part = name.removesuffix("_curve")
            found.append(Curve(part_name(part), (_run(points),)))
    return [curve for curve in found if curve.runs]


def curve_words(curve: Curve) -> str:
    """What a curve shows: per run, how long it took and where its loss went."""
    which = "of" if len(curve.runs) > 1 else "one"
    told = [_run_words(which, place, run) for place, run in enumerate(curve.runs, 1)]
    return ". ".join(told) + "."


def _run_words(which: str, place: int, run: Run) -> str:
    told = ", ".join(
        say("card.run_loss", name=loss_name(name), first=f"{seen[0]:.3f}", last=f"{seen[-1]:.3f}")
        for name, seen in run.losses.items()
    )
    timed = "_timed" if run.minutes else ""
    return say(
        f"card.run_{which}{timed}",
        place=place,
        shown=f"{run.records[-1]:,.0f}",
        minutes=f"{run.minutes or 0:.0f}",
        losses=told,
    )


def form_rows() -> list[Form]:
    """One row a finding and stage that can be drawn: where it comes from, most ECGs first."""
    rows = []
    for finding in FINDINGS.values():
        if finding.drawable and not finding.vague:
            stages = [stage.id for stage in finding.stages] or [""]
            for form, stage in zip(forms_of(finding), stages, strict=True):
                source = source_of(finding.id, stage)
                made: Made = "learned" if source.source == "learned" else "drawn"
                said = " ".join((*form.phrases, *finding.phrases, *finding.scp)).casefold()
                rows.append(
                    Form(
                        sentence_case(form.name),
                        source.n,
                        "computed" if finding.technique else made,
                        sentence_case(finding.family),
                        said,
                    )
                )
    return sorted(rows, key=lambda row: (-row.n, row.name))


def worth_rows(manifest: Manifest) -> list[tuple[str, str, str]]:
    """What the denoiser loses without each condition: (left out, held-out loss, change)."""
    found = manifest.get("figures", {}).get("worth", {})
    losses = {name: number(value) for name, value in found.items()}
    whole = losses.get("nothing")
    return [
        (
            sentence_case(", ".join(map(_condition, str(name).split()))),
            tell(loss, 4),
            "" if not whole or name == "nothing" else f"{100 * (loss / whole - 1):+.1f} %",
        )
        for name, loss in losses.items()
        if loss is not None
    ]


def _condition(name: str) -> str:
    return say(f"card.condition_{name}") if name in _CONDITIONS else name


def megabytes(size: float) -> str:
    """A file's size: '5.5 MB'."""
    return say("card.megabytes", size=f"{size / 1e6:.1f}")


def millions(count: int | None) -> str:
    """A count of parameters: '7.3 M'."""
    return (
        say("card.unknown") if count is None else say("card.millions", count=f"{count / 1e6:.1f}")
    )


def _is_curve(points: object) -> bool:
    return isinstance(points, list) and any(isinstance(point, dict) for point in points)


def _run(points: list[dict[str, Any]]) -> Run:
    shown = [number(p.get("records", p.get("step"))) or 0.0 for p in points]
    names = [name for name in points[0] if name not in _NOT_A_LOSS]
    losses = {
        name: tuple(float(p[name]) for p in points)
        for name in sorted(names, key=lambda name: name != "held")
        if all(number(p.get(name)) is not None for p in points)
    }
    return Run(tuple(shown), number(points[-1].get("minutes")), losses)


def _header(path: Path) -> dict[str, Any]:
    """The JSON at the head of a safetensors file; {} where there is none."""
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            return json.loads(file.read(size)) if size < 10_000_000 else {}
    except (OSError, ValueError, struct.error):
        return {}


def _parameters(header: Mapping[str, Any]) -> int | None:
    shapes = [one["shape"] for name, one in header.items() if name != "__metadata__"]
    return sum(math.prod(shape) for shape in shapes) if shapes else None


def _sizes(header: Mapping[str, Any]) -> str:
    config = header.get("__metadata__", {}).get("config")
    return "; ".join(_size_words(json.loads(config))) if config else ""


def _size_words(config: Mapping[str, Any]) -> Iterator[str]:
    for name, value in config.items():
        if value:
            yield f"{words(name)} {tell(value)}"
