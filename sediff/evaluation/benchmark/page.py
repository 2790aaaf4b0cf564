"""Writes the report: benchmark.json, benchmark.md and the pictures, all of them or none."""

import json
import math
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import DataError
from sediff.evaluation.benchmark.failures import Failure
from sediff.evaluation.benchmark.pictures import Picture
from sediff.evaluation.benchmark.table import Number, Row, written
from sediff.view.picture import png
from sediff.view.words import sentence_case

VERSION = 1
JSON, MARKDOWN = "benchmark.json", "benchmark.md"
_DPI = 110


@dataclass(frozen=True)
class Part:
    """One section: its rows and pictures, or why it is missing."""

    key: str
    title: str
    intro: str = ""
    missing: str = ""
    rows: Sequence[Row] = ()
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True)
class Report:
    """Everything that is written; `about` as JSON, `ablation` as training left it."""

    about: Mapping[str, Any]
    parts: Sequence[Part]
    findings: Sequence[Mapping[str, Any]] = ()
    failures: Sequence[Failure] = ()
    ablation: Mapping[str, Any] | None = field(default=None)


def write_report(report: Report, folder: Path) -> Path:
    """Write all files into `folder`, the JSON last; of an unfinished report nothing stays.

    Raises:
        DataError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".benchmark-") as name:
            unfinished = Path(name)
            files = _write_pictures(report, unfinished)
            (unfinished / MARKDOWN).write_text(markdown(report), encoding="utf-8")
            text = json.dumps(as_json(report), indent=1, ensure_ascii=False, allow_nan=False)
            (unfinished / JSON).write_text(text + "\n", encoding="utf-8")
            _clear(folder)
            for file in (*files, MARKDOWN, JSON):
                shutil.move(unfinished / file, folder / file)
    except OSError as error:
        raise DataError(f"The report {folder} cannot be written: {error.strerror}.") from error
    return folder / MARKDOWN


def as_json(report: Report) -> dict[str, Any]:
    """The whole report without the pictures' bytes."""
    return {
        "version": VERSION,
        "mark": SYNTHETIC_MARK,
        "about": dict(report.about),
        "parts": [
            {
                "key": part.key,
                "title": part.title,
                "intro": part.intro,
                "missing": part.missing,
                "rows": [row.plain() for row in part.rows],
                "pictures": [picture.plain() for picture in part.pictures],
            }
            for part in report.parts
        ],
        "findings": list(report.findings),
        "failures": [_failure(i, one) for i, one in enumerate(report.failures, 1)],
        "ablation": report.ablation,
    }


def markdown(report: Report) -> str:
    """The page."""
    about = report.about
    lines = [f"# Benchmark, {about.get('split', '')}", "", f"**{SYNTHETIC_MARK}**", ""]
    lines += [f"`{about['command']}`", ""] if about.get("command") else []
    lines += [f"- {sentence_case(note)}" for note in about.get("notes", ())] + [""]
    lines += _bars(report.parts)
    for part in report.parts:
        lines += ["", f"## {part.title}", ""]
        lines += [part.intro, ""] if part.intro else []
        lines += [f"Not measured: {part.missing}", ""] if part.missing else []
        lines += _table(part.rows)
        for picture in part.pictures:
            lines += ["", f"![{picture.alt}]({picture.file})"]
    lines += _findings(report.findings)
    lines += ["", "## What fails", ""]
    lines += ["Nothing that was looked for failed.", ""] if not report.failures else []
    for i, one in enumerate(report.failures, 1):
        told = _failure(i, one)
        lines += [f"- {told['sentence']}"]
        lines += ["", f"  ![{told['alt']}]({told['file']})", ""] if told["file"] else []
    lines += _ablation(report.ablation)
    return "\n".join(lines).rstrip() + "\n"


def _bars(parts: Sequence[Part]) -> list[str]:
    """What was asked of the model, met and missed, before any detail."""
    judged = [row for part in parts for row in part.rows if row.verdict in ("met", "missed")]
    open_ones = [row for p in parts for row in p.rows if row.bar and row.verdict == "not measured"]
    missed = [row for row in judged if row.verdict == "missed"]
    lines = [f"Bars: {len(judged) - len(missed)} met, {len(missed)} missed."]
    lines += [""] if missed else []
    lines += [
        f"- Missed: {row.figure}: {_told(row, row.ours)}, asked {row.bar_text()}." for row in missed
    ]
    lines += [f"- Not measured: {row.figure}." for row in open_ones]
    return lines


def _table(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    numbers = [pair for row in rows for pair in row.baselines.items()]
    names = list(dict.fromkeys(name for name, number in numbers if number.value is not None))
    absent = {name: number.note for name, number in numbers if name not in names}
    heads = ["Figure", "Ours", "Seeds", "Real ECGs", *names, "Bar", "Verdict"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = [row.figure, _told(row, row.ours), _seeds(row), _told(row, row.floor)]
        cells += [_told(row, row.baselines.get(name)) for name in names]
        lines.append("| " + " | ".join([*cells, row.bar_text() or "–", row.verdict]) + " |")
    return [*lines, *_floors(rows), *(f"- {name}: {why}." for name, why in absent.items())]


def _floors(rows: Sequence[Row]) -> list[str]:
    """What the column of real ECGs holds, since it differs from row to row."""
    notes: dict[str, list[str]] = {}
    for row in rows:
        if row.floor is not None and row.floor.note:
            notes.setdefault(row.floor.note, []).append(row.figure)
    return ["", *(f"- Real ECGs, {note}: {'; '.join(rows)}." for note, rows in notes.items())]


def _seeds(row: Row) -> str:
    """The lowest and the highest figure of one sampling seed."""
    seeds = [seed for seed in (row.ours.seeds if row.ours else ()) if math.isfinite(seed)]
    if len(seeds) < 2:
        return "–"
    unit = "%" if row.unit == "share" else row.unit
    low, high = (row.written(end).removesuffix(unit).rstrip() for end in (min(seeds), max(seeds)))
    return f"{low} to {high}"


def _told(row: Row, number: Number | None) -> str:
    """Value and interval."""
    if number is None:
        return "–"
    if number.value is None:
        return number.note or "–"
    text = row.written(number.value)
    if number.low is not None and number.high is not None:
        low = written(number.low, "", row.digits)
        high = written(number.high, "", row.digits)
        if row.unit == "share":
            low, high = (row.written(end).removesuffix(" %") for end in (number.low, number.high))
        text += f" ({low} to {high})"
    return text


def _findings(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    if not findings:
        return []
    heads = [
        "Finding",
        "ECGs",
        "Training ECGs",
        "AUROC real",
        "AUROC ours",
        "Difference",
        "Verdict",
    ]
    lines = [
        "",
        "### Every finding",
        "",
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
    ]
    for row in findings:
        gap = row["difference"]
        ends = f" ({gap['low']:+.3f} to {gap['high']:+.3f})" if gap["low"] is not None else ""
        lines.append(
            f"| {row['name']} | {row['n']} | {row['training']} | {row['real']:.3f} "
            f"| {row['generated']:.3f} | {gap['value']:+.3f}{ends} | {row['verdict']} |"
        )
    return lines


_ABLATED = {
    "heart_rate_error_bpm": "HR error, bpm",
    "fid_ratio": "FID over floor",
    "precision": "Precision",
    "recall": "Recall",
    "read_back": "Read-back",
    "train_on_synthetic": "Train on synthetic",
}  # fmt: skip


def _ablation(ablation: Mapping[str, Any] | None) -> list[str]:
    """The table of `python -m sediff.evaluation ablation`; as JSON where it has another form."""
    if not ablation:
        return []
    rows = ablation.get("rows")
    if not isinstance(rows, Mapping):
        return ["", "## Ablation", "", "```json", json.dumps(ablation, indent=1), "```"]
    lines = ["", "## Ablation", "", str(ablation.get("about", "")), ""]
    lines.append(f"| Variant | {' | '.join(_ABLATED.values())} |")
    lines.append("|---" * (len(_ABLATED) + 1) + "|")
    for row in rows.values():
        cells = " | ".join(str(row.get(name, "–")) for name in _ABLATED)
        lines.append(f"| {row.get('label', '')} | {cells} |")
    first = next(iter(rows.values()), {})
    lines.append(
        f"\nReal ECGs: read-back {first.get('read_back_real')}, "
        f"trained on real {first.get('train_on_real')}."
    )
    return lines


def _failure(i: int, one: Failure) -> dict[str, Any]:
    alt = f"Synthetic 12-lead ECG on paper. {one.sentence} {SYNTHETIC_MARK}."
    file = f"failure-{i}.png" if one.ecg is not None else ""
    return {"sentence": one.sentence, "file": file, "alt": alt if file else ""}


def _write_pictures(report: Report, folder: Path) -> list[str]:
    files = []
    for picture in (picture for part in report.parts for picture in part.pictures):
        (folder / picture.file).write_bytes(picture.data)
        files.append(picture.file)
    for i, one in enumerate(report.failures, 1):
        if one.ecg is not None:
            file = _failure(i, one)["file"]
            (folder / file).write_bytes(png(one.ecg, heading=one.heading, dpi=_DPI))
            files.append(file)
    return files


def _clear(folder: Path) -> None:
    """Take away the pictures that the report before names, so that none of them lies on."""
    try:
        before = json.loads((folder / JSON).read_text(encoding="utf-8"))
        named = [p["file"] for part in before["parts"] for p in part["pictures"]]
        named += [one["file"] for one in before["failures"] if one["file"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for file in named:
        (folder / Path(str(file)).name).unlink(missing_ok=True)
