"""Everything that an instructor needs of some cases, as one ZIP archive."""

import csv
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sediff.cases.case import Case
from sediff.cases.exchange import FILE_NAME, to_file
from sediff.cases.handout import handout
from sediff.cases.limits import MOST_BUNDLED
from sediff.cases.settings import spec_of
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from sediff.export import export, zip_of
from sediff.spreadsheet import harmless
from sediff.view.look import Look
from sediff.view.text import say

FORMATS = ("wfdb", "csv", "json")
OnStep = Callable[[int, int], None]
_COLUMNS = (
    "case", "id", "title", "family", "difficulty", "age", "sex", "findings", "tags", "history",
    "question", "answer", "files", "mark",
)  # fmt: skip


def bundle(
    cases: Sequence[Case],
    paper: str = "A4",
    look: Look | None = None,
    on_step: OnStep | None = None,
) -> bytes:
    """A ZIP archive; equal cases give equal bytes.

    It holds `handout.pdf` for students, `handout-with-answers.pdf`, `sediff-cases.json` to import
    them elsewhere, `index.csv`, and every ECG as `FORMATS` in `ecgs/`. Names of files tell nothing.

    Args:
        on_step: called with (done, all); may raise to stop.

    Raises:
        RequestError: no case, or too many.
    """
    if not cases:
        raise RequestError("Choose at least one case for the bundle.")
    if len(cases) > MOST_BUNDLED:
        raise RequestError(f"Choose at most {MOST_BUNDLED} cases for one bundle.")
    files: dict[str, bytes] = {"README.txt": _read_me().encode()}
    steps = len(cases) + 2
    for k, answers in enumerate((False, True)):
        name = "handout-with-answers.pdf" if answers else "handout.pdf"
        files[name] = handout(cases, answers, paper, look)
        _tell(on_step, k + 1, steps)
    written: list[int] = []
    for number, case in enumerate(cases, start=1):
        ecgs = _ecg_files(number, case)
        files |= ecgs
        written.append(len(ecgs))
        _tell(on_step, number + 2, steps)
    files[FILE_NAME] = to_file(cases)
    files["index.csv"] = _index(cases, written)
    return zip_of(files.items())


def _tell(on_step: OnStep | None, done: int, of: int) -> None:
    if on_step is not None:
        on_step(done, of)


def _ecg_files(number: int, case: Case) -> dict[str, bytes]:
    """The ECG in every format; none where its settings, which the files tell, are not kept."""
    spec = spec_of(case)
    if spec is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        paths = export(case.ecg, spec, Path(folder), f"case-{number:02d}", FORMATS)
        return {f"ecgs/{path.name}": path.read_bytes() for path in paths}


def _index(cases: Sequence[Case], written: Sequence[int]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for number, (case, n) in enumerate(zip(cases, written, strict=True), start=1):
        texts = (
            f"case-{number:02d}", case.id, case.title, case.family, case.difficulty, case.age,
            case.sex, "; ".join(case.findings), "; ".join(case.tags), case.history, case.question,
            case.answer, n, SYNTHETIC_MARK,
        )  # fmt: skip
        writer.writerow([harmless(one) if isinstance(one, str) else one for one in texts])
    return buffer.getvalue().encode("utf-8-sig")  # so that spreadsheets read umlauts


def _read_me() -> str:
    return f"{SYNTHETIC_MARK}\n\n{say('cases.bundle_readme')}\n"
