"""Reads requests from a table: CSV with the columns of a request, one ECG a line."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sediff.batch import Line
from sediff.errors import DataError, RequestError
from sediff.spec import LIMITS, Request

# Of a table, in the order of its template; all but the report may be left out.
COLUMNS = (
    "report", "age", "sex", "heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv",
    "st_mv", "adherence", "seed",
)  # fmt: skip
MAX_ROWS = 1000
MAX_TABLE = 5_000_000  # bytes
_EXAMPLES = (
    {"report": "Sinus rhythm, left bundle branch block", "age": "66", "sex": "female"},
    {"report": "Atrial fibrillation, old inferior infarct", "heart_rate": "118", "seed": "7"},
    {"report": "Normal ECG", "age": "30", "sex": "male", "st_mv": "V2=0.1 V3=0.1"},
)


@dataclass(frozen=True)
class Table:
    """A table of requests.

    Attributes:
        lines: one a row, each a request or why it is none; `number` as an editor shows it.
        ignored: columns that mean nothing here.
    """

    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = ()


def template() -> str:
    """A table to begin with: the heading and three examples."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(map(str, COLUMNS)), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return out.getvalue()


def read_table(path: Path, most: int = MAX_ROWS) -> Table:
    """Read a table from a file; raises `DataError` as `table_of`."""
    try:
        if path.stat().st_size > MAX_TABLE:
            raise DataError(f"{path.name} is too large: at most {most} rows can be made at once.")
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"There is no table {path.name} that can be read.") from error
    return table_of(data, most)


def table_of(data: bytes | str, most: int = MAX_ROWS) -> Table:
    """Read a table; commas, semicolons or tabs part its cells.

    An empty seed is the number of the row, so that equal reports give different ECGs.

    Raises:
        DataError: not a table, without a column 'report', or too long.
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise DataError("The table is not UTF-8 text: save it as CSV UTF-8.") from error
    text = text.lstrip("\r\n")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return _table(rows, mark, most)
    except csv.Error as error:
        raise DataError("The table cannot be read: save it as CSV with one row an ECG.") from error


def _table(rows, mark: str, most: int) -> Table:  # type: ignore[no-untyped-def]
    heads = [_column(cell) for cell in next(rows, [])]
    if "report" not in heads:
        raise DataError("The table needs a heading with a column 'report': take the template.")
    twice = {head for head in heads if head in COLUMNS and heads.count(head) > 1}
    if twice:
        raise DataError(f"The table has the column '{min(twice)}' twice.")
    lines: list[Line] = []
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(lines) == most:
            raise DataError(f"The table has more than {most} rows: split it.")
        lines.append(_line(rows.line_num, len(lines) + 1, heads, cells, mark))
    if not lines:
        raise DataError("The table has no row below its heading.")
    return Table(tuple(lines), tuple(head for head in heads if head and head not in COLUMNS))


def _column(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_")[:60]


def _line(number: int, row: int, heads: list[str], cells: list[str], mark: str) -> Line:
    text = mark.join(cells)
    if len(cells) > len(heads):
        return Line(number, text, None, "The row has more cells than the heading: quote the text.")
    given = {
        head: cell.strip()
        for head, cell in zip(heads, cells, strict=False)
        if head in COLUMNS and cell.strip()
    }
    try:
        return Line(number, text, _request(given, row, mark))
    except RequestError as error:
        return Line(number, text, None, str(error))


def _request(given: Mapping[str, str], row: int, mark: str) -> Request:
    values: dict[str, object] = {"report": given.get("report", ""), "seed": row}
    if not values["report"]:
        raise RequestError("The row has no report.")
    for name, cell in given.items():
        if name in LIMITS:
            values[name] = _number(name, cell, mark)
        elif name == "seed":
            values[name] = int(cell) if cell.isascii() and cell.isdecimal() else cell
        elif name == "sex":
            values[name] = cell.lower()
        elif name == "st_mv":
            values[name] = ",".join(cell.replace(";", " ").replace(",", " ").split())
    return Request.from_mapping(values)


def _number(name: str, cell: str, mark: str) -> float:
    try:
        return float(cell.replace(",", ".") if mark == ";" else cell)  # as spreadsheets abroad do
    except ValueError as error:
        raise RequestError(f"The cell {name} must be a number, not {cell[:40]!r}.") from error
