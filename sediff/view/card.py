"""The benchmark's report as the model card shows it, in words.

`python -m sediff evaluate` writes the report; a copy lies in `assets/model_card`. Nothing in it is
required, and what this module does not know is kept as plain rows.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sediff.assets import ASSETS
from sediff.errors import DataError
from sediff.findings import by_scp
from sediff.view.card_words import centre, flat, interval, tell, title
from sediff.view.text import say
from sediff.view.words import sentence_case

FOLDER = ASSETS / "model_card"
FILE = "benchmark.json"
COMMAND = "python -m sediff evaluate --split fold9 --out REPORT_DIR"
OURS, FLOOR = "ours", "floor"
SOURCES: Mapping[str, str] = {
    OURS: "card.source_ours",
    FLOOR: "card.source_floor",
    "ours, drawn again": "card.source_again",
    "ours, asked by name": "card.source_named",
    "simulator": "card.source_simulator",
    "nearest": "card.source_nearest",
    "no-simulation": "card.source_without",
    "diffusets-style": "card.source_diffusets",
}
Verdict = Literal["met", "missed", "no bar", "not measured"]
VERDICTS: Mapping[Verdict, str] = {
    "met": "card.verdict_met",
    "missed": "card.verdict_missed",
    "not measured": "card.verdict_none",
}
_VERDICTS: Mapping[str, Verdict] = {"met": "met", "missed": "missed", "no bar": "no bar"}
_ROW_FIELDS = ("key", "figure", "unit", "digits", OURS, FLOOR, "baselines", "bar", "verdict")
_PART_FIELDS = ("key", "title", "intro", "missing", "rows", "pictures")
_PICTURES = (".svg", ".png")


@dataclass(frozen=True)
class Row:
    """One figure of the benchmark.

    Attributes:
        values: source ('ours', 'floor', 'simulator' ...) -> the value in words.
        bar: what it must reach, '' without; `verdict`: whether it does.
        notes: what else the report says of it.
    """

    figure: str
    values: Mapping[str, str]
    bar: str = ""
    verdict: Verdict = "no bar"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A file beside the report, with its title and what it shows in words."""

    path: Path
    title: str
    alt: str


@dataclass(frozen=True)
class Part:
    """One part of the benchmark; `missing` says why it has no rows, '' where it has."""

    title: str
    intro: str = ""
    missing: str = ""
    rows: tuple[Row, ...] = ()
    pictures: tuple[Picture, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReadBack:
    """How well a classifier trained on real ECGs tells one finding: AUROC, real and generated.

    Attributes:
        n: ECGs of the sample that state it. training: real ECGs that the generator learned from.
    """

    name: str
    n: int | None
    training: int | None
    real: float | None
    generated: float | None
    difference: str = ""
    verdict: Verdict = "no bar"


@dataclass(frozen=True)
class Failure:
    """One example of what goes wrong."""

    sentence: str
    picture: Picture | None = None


@dataclass(frozen=True)
class Benchmark:
    """The whole report.

    Attributes:
        about: what was measured, as (name, value). weights: weight file -> sha256 measured.
        others: heading -> plain rows of what this module does not know.
    """

    about: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    findings: tuple[ReadBack, ...] = ()
    failures: tuple[Failure, ...] = ()
    ablation: object = None
    others: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def rows(self, verdict: Verdict) -> tuple[Row, ...]:
        """All rows with a bar and that verdict."""
        rows = (row for part in self.parts for row in part.rows)
        return tuple(row for row in rows if row.bar and row.verdict == verdict)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that has a value somewhere, in order of appearance."""
        rows = (row for part in self.parts for row in part.rows)
        return tuple(dict.fromkeys(name for row in rows for name in row.values))


def read_benchmark(folder: Path = FOLDER) -> Benchmark | None:
    """Read the report of a folder; None where there is none.

    Raises:
        DataError: the file is no report.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    if not isinstance(data, dict):
        raise _damaged(path)
    return _benchmark(data, folder)


def source_label(name: str) -> str:
    """What a source of ECGs is called on the page."""
    return say(SOURCES[name]) if name in SOURCES else title(name)


def verdict_word(verdict: Verdict) -> str:
    """Whether a bar was met, in words; '' where there is no bar."""
    return say(VERDICTS[verdict]) if verdict in VERDICTS else ""


def other_weights(benchmark: Benchmark, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Weight files that ship now and are not the ones that were measured."""
    shipped = {Path(name).stem: one["sha256"] for name, one in manifest.get("files", {}).items()}
    return tuple(
        name
        for name, sha in benchmark.weights.items()
        if not shipped.get(Path(name).stem, sha).startswith(sha)
    )


def _damaged(path: Path) -> DataError:
    return DataError(f"The benchmark {path} is damaged: write it again with {COMMAND}.")


def _benchmark(data: Mapping[str, Any], folder: Path) -> Benchmark:
    about = _mapping(data.get("about"))
    weights = {name: str(sha) for name, sha in _mapping(about.get("weights")).items() if sha}
    said = {k: v for k, v in about.items() if k not in ("weights", "notes")}
    known = ("version", "mark", "about", "parts", "findings", "failures", "ablation")
    return Benchmark(
        about=tuple(row for key, value in said.items() for row in flat({key: value})),
        notes=tuple(str(note) for note in _list(about.get("notes"))),
        weights=weights,
        parts=tuple(_part(one, folder) for one in _mappings(data.get("parts"))),
        findings=tuple(_read_back(one) for one in _mappings(data.get("findings"))),
        failures=tuple(_failure(one, folder) for one in _mappings(data.get("failures"))),
        ablation=data.get("ablation"),
        others={title(key): tuple(flat(data[key])) for key in data if key not in known},
    )


def _part(data: Mapping[str, Any], folder: Path) -> Part:
    pictures = (_picture(one, folder) for one in _mappings(data.get("pictures")))
    rest = {key: value for key, value in data.items() if key not in _PART_FIELDS}
    return Part(
        title=str(data.get("title") or title(data.get("key", ""))),
        intro=str(data.get("intro") or ""),
        missing=str(data.get("missing") or ""),
        rows=tuple(_row(one) for one in _mappings(data.get("rows"))),
        pictures=tuple(one for one in pictures if one),
        others=tuple(flat(rest)),
    )


def _row(data: Mapping[str, Any]) -> Row:
    unit, digits = str(data.get("unit") or ""), data.get("digits")
    shown = unit if unit != "share" else ""
    found = {OURS: data.get(OURS), FLOOR: data.get(FLOOR), **_mapping(data.get("baselines"))}
    figure = str(data.get("figure") or title(data.get("key", "")))
    rest = {key: value for key, value in data.items() if key not in _ROW_FIELDS}
    return Row(
        figure=f"{figure} ({shown})" if shown else figure,
        values={name: _value(value, unit, digits) for name, value in found.items()},
        bar=str(data.get("bar") or ""),
        verdict=_verdict(data),
        notes=(*_remarks(found), *(f"{name}: {value}" for name, value in flat(rest))),
    )


def _value(value: Any, unit: str, digits: Any) -> str:
    """A measured value in words; a share as percent."""
    if unit != "share" or centre(value) is None:
        return tell(value, digits)
    around, places = interval(value), digits - 2 if isinstance(digits, int) else 0
    whole = {"value": 100 * (centre(value) or 0.0)}
    if around:
        whole |= {"low": 100 * around[0], "high": 100 * around[1]}
    number, bracket, rest = tell(whole, max(places, 0)).partition(" (")
    return f"{number} %{bracket}{rest}"


def _remarks(found: Mapping[str, Any]) -> Iterable[str]:
    """What the report says beside a value; where there is none, this stands in its place."""
    for name, value in found.items():
        seeds, note = _list(_mapping(value).get("seeds")), _mapping(value).get("note")
        if name == OURS and len(seeds) > 1:
            yield say("card.seeds", n=len(seeds), values=", ".join(map(tell, seeds)))
        if note and centre(value) is not None:
            yield f"{source_label(name)}: {note}"


def _verdict(data: Mapping[str, Any]) -> Verdict:
    return _VERDICTS.get(str(data.get("verdict") or "no bar"), "not measured")


def _read_back(data: Mapping[str, Any]) -> ReadBack:
    code = str(data.get("code", ""))
    stating = by_scp(code)
    name = str(data.get("name") or (stating[0].name if stating else code))
    return ReadBack(
        name=sentence_case(name),
        n=_count(data.get("n")),
        training=_count(data.get("training")),
        real=centre(data.get("real")),
        generated=centre(data.get("generated")),
        difference=tell(data.get("difference"), 3),
        verdict=_verdict(data),
    )


def _count(value: object) -> int | None:
    found = centre(value)
    return None if found is None else int(found)


def _failure(data: Mapping[str, Any], folder: Path) -> Failure:
    rest = {k: v for k, v in data.items() if k not in ("sentence", "file", "alt", "title")}
    said = [str(data["sentence"])] if data.get("sentence") else []
    told = "; ".join(f"{name}: {value}" for name, value in flat(rest))
    sentence = " ".join([*said, *([f"({told})"] if told else [])])
    return Failure(
        sentence, _picture({"alt": say("card.example_alt", sentence=sentence), **data}, folder)
    )


def _picture(data: Mapping[str, Any], folder: Path) -> Picture | None:
    """A picture directly in the folder; None for anything else."""
    path = folder / Path(str(data.get("file") or "-")).name  # never outside of the folder
    if path.suffix not in _PICTURES or not path.is_file():
        return None
    said = str(data.get("title") or title(path.stem))
    return Picture(path, said, str(data.get("alt") or said))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> Iterable[Mapping[str, Any]]:
    return (one for one in _list(value) if isinstance(one, dict))
