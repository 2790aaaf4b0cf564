"""Many requests at once: lines of a file, each made or told why not; one npz for all."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS, SECONDS, SYNTHETIC_MARK
from sediff.errors import Cancelled, DataError, RequestError, SediffError
from sediff.leads import LEADS
from sediff.pipeline import Generated
from sediff.spec import Request

BATCH = 16  # ECGs at once: larger batches gain nothing on two cores and show progress less often
Make = Callable[[Sequence[Request]], list[Generated]]


@dataclass(frozen=True)
class Line:
    """One line of a request file: a request, or why there is none.

    Attributes:
        number: from 1, as an editor shows it.
        text: the line as it stands.
    """

    number: int
    text: str
    request: Request | None
    problem: str = ""


def read_requests(path: Path) -> list[Line]:
    """Read a JSON-lines file; empty lines are passed over.

    Raises:
        DataError: the file cannot be read.
    """
    try:
        texts = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeError) as error:
        raise DataError(f"{path} cannot be read as UTF-8 text with one request a line.") from error
    return [_line(i, text) for i, text in enumerate(texts, 1) if text.strip()]


def _line(number: int, text: str) -> Line:
    try:
        row = json.loads(text)
        if not isinstance(row, dict) or not isinstance(row.get("report"), str):
            raise RequestError("A request must be a JSON object with the text of a report.")
        return Line(number, text.strip(), Request.from_mapping(row))
    except RequestError as error:
        return Line(number, text.strip(), None, str(error))
    except (ValueError, RecursionError):
        return Line(number, text.strip(), None, "This is not JSON: write one object a line.")


@dataclass(frozen=True)
class Outcome:
    """What became of one line: an ECG, or a sentence on why there is none."""

    line: Line
    made: Generated | None
    problem: str = ""


def outcomes(lines: Sequence[Line], make: Make, size: int = BATCH) -> Iterator[Outcome]:
    """Make every request, those with findings that exclude each other too, in their order.

    Args:
        make: turns requests into ECGs. size: how many it gets at once.
    """
    for start in range(0, len(lines), size):
        part = lines[start : start + size]
        requests = [line.request for line in part if line.request is not None]
        results = iter(_make(requests, make))
        for line in part:
            if line.request is None:
                yield Outcome(line, None, line.problem)
                continue
            result = next(results)
            if isinstance(result, Generated):
                yield Outcome(line, result)
            else:
                yield Outcome(line, None, result)


def _make(requests: list[Request], make: Make) -> list[Generated] | list[Generated | str]:
    """One batch; if it fails, each request by itself: one cannot spoil the others."""
    if not requests:
        return []
    try:
        return list(make(requests))
    except RequestError:
        results: list[Generated | str] = []
        for request in requests:
            try:
                results += make([request])
            except Cancelled:
                raise
            except SediffError as error:
                results.append(str(error))
        return results


def run(
    lines: Sequence[Line],
    make: Make,
    on_done: Callable[[int, int], None],
    on_problem: Callable[[int, str], None],
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.bool_], list[str]]:
    """Make every request, as arrays.

    Args:
        make: turns requests into ECGs. on_done: called with (done, all) after each batch.
        on_problem: called with (line number, sentence) for each line that gives no ECG.

    Returns:
        (n, 12, 5000) int16 uV, (n,) ok, n sentences on conflicts ('' without one); a line
        without an ECG keeps its row as zeros.
    """
    told = [""] * len(lines)
    ecg_uv = np.zeros((len(lines), len(LEADS), FS * SECONDS), np.int16)
    ok = np.zeros(len(lines), bool)
    for i, one in enumerate(outcomes(lines, make)):
        if one.made is not None:
            ecg_uv[i], ok[i] = one.made.ecg.uv, True
            told[i] = " ".join(one.made.spec.conflicts)
        else:
            on_problem(one.line.number, one.problem)
        if (i + 1) % BATCH == 0 or i + 1 == len(lines):
            on_done(i + 1, len(lines))
    return ecg_uv, ok, told


def write_npz(
    target: Path,
    lines: Sequence[Line],
    ecg_uv: npt.NDArray,
    ok: npt.NDArray,
    told: Sequence[str],
) -> Path:
    """Write the archive whole or not at all; raises `DataError` where it cannot be written."""
    target = target if target.suffix == ".npz" else target.with_name(target.name + ".npz")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".batch-") as folder:
            unfinished = Path(folder) / "batch.npz"
            np.savez_compressed(
                unfinished,
                ecg_uv=ecg_uv,
                fs=np.array(FS),
                leads=np.array(LEADS),
                requests=np.array([line.text for line in lines]),
                ok=ok,
                conflicts=np.array(told),
                mark=np.array(SYNTHETIC_MARK),
            )
            unfinished.replace(target)
    except OSError as error:
        raise DataError(f"{target} cannot be written: {error.strerror}.") from error
    return target
