"""CSV: a line of lead names, then one sample of each a line; '#' lines may tell rate and unit."""

import io
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sediff.errors import DataError
from sediff.imports.opened import Opened, text_of
from sediff.measure.signals import MAX_FS, MAX_S
from sediff.measure.twelve import check_length, lead_name, twelve_of

_MAX_LINES = int(MAX_S * MAX_FS) + 200  # samples, heading and remarks
_MAX_COLUMNS = 64
_RATE = re.compile(
    r"(?:sampling[ _]?(?:rate|frequency)|\bfs)\s*(?:\(hz\))?\s*[:=]\s*([0-9.]{1,12})", re.I
)
_UNIT = re.compile(r"\bunits?\s*[:=]\s*([a-zµμ]{1,10})", re.I)
_COLUMN = re.compile(r"^(.*?)\s*(?:[\[(]\s*([a-zµμ]{1,3})\s*[\])]|_([munµμ]?v|m?s))?$", re.I)
_TIMES = ("time", "t", "seconds", "sec")
_AGE = re.compile(r"^#\s*age:\s*(\d{1,3}(?:\.\d+)?) years", re.M)
_SEX = re.compile(r"^#\s*sex:\s*(female|male)\s*$", re.M)


def read_csv(path: Path) -> Opened:
    """Read columns of leads in mV, or in the unit that a heading ('V1_uV', 'I (uV)') or a line
    '# unit: uV' names. The rate comes from '# sampling rate: 500 Hz' or a column of times.

    Raises:
        DataError: one sentence on what is wrong with it.
    """
    text = text_of(path)
    lines = text.splitlines()
    if len(lines) > _MAX_LINES:
        raise DataError(f"{path.name} has more lines than an ECG of {MAX_S:.0f} seconds.")
    remarks = "\n".join(line for line in lines if line.startswith("#"))
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    if len(body) < 2:
        raise DataError(f"{path.name} has no samples below a line of lead names.")
    mark = max(",;\t", key=body[0].count)
    heads = [_head(cell) for cell in body[0].split(mark)]
    if not any(lead_name(name) for name, _ in heads):
        raise DataError(
            f"{path.name} does not name its leads: write I, II, V1 .. V6 above the columns."
        )
    if len(heads) > _MAX_COLUMNS:
        raise DataError(f"{path.name} has more than {_MAX_COLUMNS} columns.")
    columns = _numbers(path.name, body, mark, len(heads))
    rate = _rate(path.name, remarks, heads, columns)
    check_length(path.name, rate, columns.shape[1])
    said = _UNIT.search(remarks)
    usual = said[1] if said else "mV"
    units = [unit or usual for _, unit in heads]
    ecg = twelve_of(path.name, [name for name, _ in heads], units, list(columns), rate)
    age, sex = _AGE.search(remarks), _SEX.search(remarks)
    return Opened(
        ecg, path.name, "csv", None, float(age[1]) if age else None, sex[1] if sex else None
    )


def _head(cell: str) -> tuple[str, str]:
    """(name, unit or '') of a column: 'V1_uV', 'V1 (uV)', 'time_s'."""
    match = _COLUMN.match(cell.strip().strip('"').strip()[:60])
    return (match[1], match[2] or match[3] or "") if match else ("", "")


def _numbers(name: str, body: list[str], mark: str, count: int) -> npt.NDArray[np.float64]:
    """(columns, samples) of the lines below the heading."""
    import pandas as pd

    uneven = f"{name} has cells that are not numbers, or lines of different lengths."
    if any(line.count(mark) != count - 1 for line in body):
        raise DataError(uneven)
    try:
        table = pd.read_csv(
            io.StringIO("\n".join(body[1:])),
            sep=mark,
            header=None,
            names=list(range(count)),
            index_col=False,
            decimal="," if mark == ";" and "," in body[1] else ".",
            dtype=np.float64,
        )
    except (ValueError, OverflowError, pd.errors.ParserError) as error:
        raise DataError(uneven) from error
    return table.to_numpy(dtype=np.float64).T


def _rate(
    name: str, remarks: str, heads: list[tuple[str, str]], columns: npt.NDArray[np.float64]
) -> float:
    """Sampling rate in Hz as the remarks tell it, else from the column of times."""
    said = _RATE.search(remarks)
    timed = next((i for i, (head, _) in enumerate(heads) if head.lower() in _TIMES), None)
    if said:
        try:
            return float(said[1])
        except ValueError as error:
            raise DataError(f"The sampling rate of {name} is not a number.") from error
    if timed is None:
        raise DataError(
            f"{name} does not tell its sampling rate: add a column time_s, or a line "
            "'# sampling rate: 500 Hz'."
        )
    times = columns[timed] / (1000 if heads[timed][1].lower() == "ms" else 1)
    return _rate_of_times(name, times)


def _rate_of_times(name: str, times: npt.NDArray[np.float64]) -> float:
    """Rate in Hz of evenly spaced times in s, which may be rounded to a part of a sample."""
    span = float(times[-1] - times[0]) if len(times) > 1 else 0.0
    if not np.isfinite(times).all() or span <= 0:
        raise DataError(f"The times of {name} do not rise.")
    step = span / (len(times) - 1)
    even = times[0] + step * np.arange(len(times))
    if np.abs(times - even).max() > 0.6 * step:
        raise DataError(f"The times of {name} are not evenly spaced.")
    rate = 1 / step
    return float(round(rate)) if abs(rate - round(rate)) < 1e-3 * rate else rate
