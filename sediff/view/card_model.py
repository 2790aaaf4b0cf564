"""What the shipped files say of the model: parts, split, training, findings; needs no torch."""

import json
import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sediff.assets import ASSETS
from sediff.findings import FINDINGS
from sediff.sources import source_of
from sediff.view.card_words import number, tell, title, words
from sediff.view.words import forms_of, sentence_case

Manifest = Mapping[str, Any]
_PARTS = {
    "text_encoder": ("Text encoder", "reads the report and the notes of practice"),
    "denoiser": ("Denoiser", "turns noise into a latent ECG, told report, patient and simulation"),
    "autoencoder": ("Autoencoder", "latent numbers to eight leads at 500 Hz, and back"),
    "beats": ("Beat decoder", "reads P, QRS, ST and T of every beat as one dipole from a latent"),
    "judge": ("Judge", "a separate classifier that the benchmark judges with; makes no ECG"),
}
_SPLIT = {"train": "Training", "held": "Choice of the checkpoint", "test": "Test"}
_NOT_A_LOSS = ("step", "records", "minutes")
_CONDITIONS: Mapping[str, str] = {
    "experience": "notes of practice",
    "text": "report",
    "concepts": "findings as codes",
    "draft": "simulated waves",
    "marks": "times of the beats",
}
_LOSSES = {"held": "held-out patients", "train": "training patients"}


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
    made: str
    family: str
    words: str


@dataclass(frozen=True)
class Run:
    """One training run: ECGs shown (with repeats) and, by name, the loss at each look."""

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
            name, does = _PARTS.get(stem, (title(stem), ""))
            header = _header(folder / file)
            found.append(Part(name, does, _parameters(header), about["bytes"], _sizes(header)))
    return sorted(found, key=lambda part: -part.bytes)


def split_rows(manifest: Manifest) -> list[tuple[str, str]]:
    """Which folds serve for what, as the manifest says."""
    return [
        (_SPLIT.get(name, title(name)), sentence_case(str(text)))
        for name, text in manifest.get("split", {}).items()
    ]


def curves(manifest: Manifest) -> list[Curve]:
    """Every training curve of the manifest, the denoiser's first."""
    runs = [*manifest.get("earlier_curves", []), manifest.get("curve")]
    found = [Curve("Denoiser", tuple(_run(points) for points in runs if _is_curve(points)))]
    for name, points in manifest.items():
        if name.endswith("_curve") and _is_curve(points):
            part = name.removesuffix("_curve")
            found.append(Curve(_PARTS.get(part, (title(part), ""))[0], (_run(points),)))
    return [curve for curve in found if curve.runs]


def curve_words(curve: Curve) -> str:
    """What a curve shows: per run, how long it took and where its loss went."""
    told = []
    for place, run in enumerate(curve.runs, 1):
        which = f"Run {place}" if len(curve.runs) > 1 else "The run"
        time = f", {run.minutes:.0f} minutes" if run.minutes else ""
        told.append(
            f"{which}: {run.records[-1]:,.0f} ECGs shown{time}; "
            + ", ".join(
                f"loss on {name} from {losses[0]:.3f} to {losses[-1]:.3f}"
                for name, losses in run.losses.items()
            )
        )
    return ". ".join(told) + "."


def form_rows() -> list[Form]:
    """One row a finding and stage that can be drawn: where it comes from, most ECGs first."""
    rows = []
    for finding in FINDINGS.values():
        if finding.drawable and not finding.vague:
            stages = [stage.id for stage in finding.stages] or [""]
            for form, stage in zip(forms_of(finding), stages, strict=True):
                source = source_of(finding.id, stage)
                made = "learned" if source.source == "learned" else "drawn by the simulator"
                said = " ".join((*form.phrases, *finding.phrases, *finding.scp)).casefold()
                rows.append(
                    Form(
                        sentence_case(form.name),
                        source.n,
                        "computed on the signal" if finding.technique else made,
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
            sentence_case(", ".join(_CONDITIONS.get(one, one) for one in str(name).split())),
            tell(loss, 4),
            "" if not whole or name == "nothing" else f"{100 * (loss / whole - 1):+.1f} %",
        )
        for name, loss in losses.items()
        if loss is not None
    ]


def megabytes(size: float) -> str:
    """A file's size: '5.5 MB'."""
    return f"{size / 1e6:.1f} MB"


def millions(count: int | None) -> str:
    """A count of parameters: '7.3 M'."""
    return "not known" if count is None else f"{count / 1e6:.1f} M"


def _is_curve(points: object) -> bool:
    return isinstance(points, list) and any(isinstance(point, dict) for point in points)


def _run(points: list[dict[str, Any]]) -> Run:
    shown = [number(p.get("records", p.get("step"))) or 0.0 for p in points]
    names = [name for name in points[0] if name not in _NOT_A_LOSS]
    losses = {
        _LOSSES.get(name, words(name)): tuple(float(p[name]) for p in points)
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
