"""A batch as files: each ECG in every format, and a manifest of what was asked and made.

`manifest.json` holds all of it, `manifest.csv` one row an ECG for a spreadsheet. Equal tables give
equal bytes.
"""

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sediff.batch import BATCH, Line, Make, Outcome, outcomes
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import DataError
from sediff.export import check_formats, export, zipped
from sediff.generated import Generated
from sediff.spreadsheet import harmless
from sediff.view.look import Look

MANIFEST = "manifest"
_HEAD = ("row", "line", "report", "age", "sex", "seed", "how", "files", "sha256")
_TAIL = ("criteria", "look_alikes", "conflicts", "error", "mark")


def write_batch(
    lines: Sequence[Line],
    make: Make,
    folder: Path,
    formats: Sequence[str],
    *,
    on_done: Callable[[int, int], None] = lambda done, of: None,
    size: int = BATCH,
    look: Look | None = None,
    page: str = "A4",
) -> dict[str, Any]:
    """Make every line and write `ecg-0001` ... and the manifest to `folder`.

    A line that cannot be made is told in the manifest, and the rest goes on. When the work is
    stopped, the ECGs that are finished stay whole and the manifest lists them; nothing
    half-written is left.

    Args:
        on_done: called with (done, all) after each ECG; what it raises stops the work.
        size: how many requests `make` gets at once.
        look, page: of pictures, as in `sediff.export.export`.

    Returns:
        The manifest.

    Raises:
        RequestError: an unknown format. DataError: the folder cannot be written.
    """
    check_formats(formats)
    rows: list[dict[str, Any]] = []
    try:
        for one in outcomes(lines, make, size):
            files = []
            if one.made is not None:
                stem = f"ecg-{len(rows) + 1:04d}"
                files = export(one.made.ecg, one.made.spec, folder, stem, formats, look, page)
            rows.append(_row(len(rows) + 1, one, files))
            on_done(len(rows), len(lines))
    finally:  # also when the work is stopped
        manifest = _manifest(rows, len(lines), formats)
        if rows:
            _write(folder, manifest)
    return manifest


def zip_of_batch(
    lines: Sequence[Line], make: Make, formats: Sequence[str], **how: Any
) -> tuple[bytes, dict[str, Any]]:
    """The same as one ZIP archive, with its manifest; `how` as in `write_batch`."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = write_batch(lines, make, Path(folder), formats, **how)
        return zipped(sorted(Path(folder).iterdir())), manifest


def _row(number: int, one: Outcome, files: Sequence[Path]) -> dict[str, Any]:
    row: dict[str, Any] = {"row": number, "line": one.line.number, "given": one.line.text}
    row["files"] = [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in files
    ]
    row["error"] = one.problem
    return row | (_told(one.made) if one.made is not None else {})


def _told(made: Generated) -> dict[str, Any]:
    return {
        "how": made.ecg.provenance["how"],
        "seed": made.spec.seed,
        "spec": json.loads(made.spec.to_json()),
        "asked": [asdict(row) for row in made.compared()],
        "criteria": [asdict(verdict) for verdict in made.verdicts],
        "look_alikes": [verdict.name for verdict in made.mimicked],
        "findings": [vars(source) for source in made.findings],
        "conflicts": list(made.spec.conflicts),
        "notes": list(made.notes),
        "weights": made.ecg.provenance["weights"],
    }


def _manifest(rows: list[dict[str, Any]], asked: int, formats: Sequence[str]) -> dict[str, Any]:
    made = sum(bool(row["files"]) for row in rows)
    return {
        "mark": SYNTHETIC_MARK,
        "program": "SE-Diff Studio",
        "formats": list(dict.fromkeys(formats)),
        "asked": asked,
        "made": made,
        "failed": len(rows) - made,
        "complete": len(rows) == asked,
        "rows": rows,
    }


def _write(folder: Path, manifest: dict[str, Any]) -> None:
    """Both manifests, each whole or not at all."""
    texts = {
        f"{MANIFEST}.json": json.dumps(manifest, ensure_ascii=False, indent=1, default=str) + "\n",
        f"{MANIFEST}.csv": manifest_csv(manifest["rows"]),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".batch-") as temporary:
            for name, text in texts.items():
                (path := Path(temporary) / name).write_text(text, encoding="utf-8", newline="")
                os.replace(path, folder / name)
    except OSError as error:
        raise DataError(f"The manifest cannot be written to {folder}: {error.strerror}.") from error


def manifest_csv(rows: Sequence[dict[str, Any]]) -> str:
    """The manifest as a table: what was asked and measured in columns of their own."""
    flat = [_flat(row) for row in rows]
    numbers = dict.fromkeys(name for row in flat for name in row if name not in (*_HEAD, *_TAIL))
    out = io.StringIO()
    writer = csv.DictWriter(out, (*_HEAD, *numbers, *_TAIL), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in flat)
    return out.getvalue()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    spec = row.get("spec", {})
    flat = {
        "row": row["row"],
        "line": row["line"],
        "report": spec.get("report", row["given"]),
        "age": spec.get("age", ""),
        "sex": spec.get("sex", ""),
        "seed": row.get("seed", ""),
        "how": row.get("how", ""),
        "files": " ".join(file["name"] for file in row["files"]),
        "sha256": " ".join(file["sha256"] for file in row["files"]),
        "criteria": "; ".join(_verdict(verdict) for verdict in row.get("criteria", ())),
        "look_alikes": "; ".join(row.get("look_alikes", ())),
        "conflicts": " ".join(row.get("conflicts", ())),
        "error": row["error"],
        "mark": SYNTHETIC_MARK,
    }
    for asked in row.get("asked", ()):
        name = f"{asked['name']} ({asked['unit']})"
        flat[f"{name} asked"] = asked["asked"]
        flat[f"{name} measured"] = asked["measured"]
        flat[f"{name} result"] = asked["status"]
    return flat


def _verdict(verdict: dict[str, Any]) -> str:
    told = {True: "met", False: "not met", None: "unsure"}[verdict["met"]]
    return f"{verdict['name']}: {told}"


def _cell(value: Any) -> Any:
    """A number as it is worth; text that a spreadsheet would take for a formula, as text."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value
