"""Batches in the shell: a JSON line each into one npz, or a table into a folder of files."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from sediff.batch import Line, Make, read_requests, run, write_npz
from sediff.errors import RequestError

_AT_ONCE = 4  # ECGs of a table: a stop loses no more than these


def requests(source: Path, out: Path | None, make: Make) -> int:
    """Make a file of requests into one npz; returns 1 where a line gave no ECG.

    Raises:
        RequestError: no target. DataError: a file cannot be read or written.
    """
    if out is None:
        raise RequestError("Say where the ECGs go with --out FILE.npz.")
    lines = read_requests(source)
    problems: list[int] = []

    def problem(number: int, sentence: str) -> None:
        problems.append(number)
        _tell(number, sentence)

    ecg_uv, ok, told = run(lines, make, _progress, problem)
    target = write_npz(out, lines, ecg_uv, ok, told)
    for line, conflict in zip(lines, told, strict=True):
        if conflict:
            _tell(line.number, f"{conflict} Made all the same.")
    print(json.dumps({"file": str(target), "made": int(ok.sum()), "failed": len(problems)}))
    return 1 if problems else 0


def table(
    source: Path, out: Path | None, make: Make, formats: Sequence[str], page: str = "A4"
) -> int:
    """Make a table into a folder of files and a manifest; returns 1 where a row gave no ECG.

    Raises:
        RequestError: no target. DataError: a file cannot be read or written.
    """
    from sediff.batch_files import MANIFEST, write_batch
    from sediff.batch_table import read_table

    if out is None:
        raise RequestError("Say where the ECGs go with --out FOLDER.")
    read = read_table(source)
    if read.ignored:
        print(f"These columns mean nothing here: {', '.join(read.ignored)}.", file=sys.stderr)
    made = write_batch(read.lines, make, out, formats, on_done=_progress, size=_AT_ONCE, page=page)
    _tell_rows(read.lines, made["rows"])
    print(
        json.dumps(
            {
                "manifest": str(out / f"{MANIFEST}.json"),
                "made": made["made"],
                "failed": made["failed"],
            }
        )
    )
    return 1 if made["failed"] else 0


def _tell_rows(lines: Sequence[Line], rows: Sequence[dict]) -> None:
    for line, row in zip(lines, rows, strict=True):
        if row["error"]:
            _tell(line.number, row["error"])
        for conflict in row.get("conflicts", ()):
            _tell(line.number, f"{conflict} Made all the same.")


def _tell(number: int, sentence: str) -> None:
    print(f"Line {number}: {sentence}", file=sys.stderr)


def _progress(done: int, of: int) -> None:
    print(f"{done} of {of}", file=sys.stderr, flush=True)
