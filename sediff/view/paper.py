"""ECG paper in millimetres: where each strip of signal lies, whatever draws it.

Origin at the lower left corner of the sheet, x to the right and y upwards, both in mm.
One second is `Look.speed` mm and one millivolt `Look.gain` mm, always.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.edges import hold_edges
from sediff.leads import CHEST, LEADS
from sediff.view.look import LAYOUTS, Layout, Look

__all__ = ["LAYOUTS", "Layout", "Paper", "Strip", "lay_out", "pages_of", "strip_mm"]

MM_PER_S = 25.0  # the usual speed
MM_PER_MV = 10.0  # the usual gain

LEFT_MM = 20.0  # room for the calibration pulse
RIGHT_MM = 5.0
TOP_MM = 15.0  # room for the heading
BOTTOM_MM = 10.0  # room for speed, gain and the mark
_LEAST_WIDTH_MM = 180.0  # heading and mark stand side by side, however short the record
_PULSE_X_MM = 5.0
_PULSE_S = 0.2
_PULSE_MV = 1.0
_GRID: dict[Layout, tuple[int, int]] = {"6x2": (6, 2), "12x1": (12, 1), "strip": (0, 1)}
_RHYTHM_ROWS: dict[Layout, int] = {"3x4+1": 1, "3x4+3": 3, "strip": 1}
_RHYTHM_LEADS = ("II", "V1", "V5")  # what carts print; the chosen lead comes first
_SPACING_MM: dict[Layout, float] = {"6x2": 20.0, "12x1": 15.0}
_CLEAR_MM = 3.0  # least distance between the extremes of neighbouring strips
_REACH_MM = 45.0  # a larger spike may cross its neighbour; the sheet must end somewhere
_LARGE_MM = 5.0  # distance of the thick lines; every baseline lies on one
_CABRERA = ("aVL", "I", "aVR", "II", "aVF", "III")  # with aVR turned over


@dataclass(frozen=True)
class Strip:
    """One lead over one stretch of time.

    Attributes:
        lead: name, one of `LEADS`.
        start, stop: sample range of the record, stop excluded.
        x_mm: place of the first sample. y_mm: place of 0 mV.
        row, column: place in the grid, from the upper left.
        sign: -1 where the lead is turned over (aVR in the order of Cabrera).
    """

    lead: str
    start: int
    stop: int
    x_mm: float
    y_mm: float
    row: int
    column: int
    sign: int = 1

    @property
    def label(self) -> str:
        """The name as printed: '-aVR' for a lead that is turned over."""
        return f"-{self.lead}" if self.sign < 0 else self.lead


@dataclass(frozen=True)
class Paper:
    """A sheet with its strips.

    Attributes:
        look: layout, speed, gain and the rest.
        width_mm, height_mm: of the whole sheet.
        strips: from the upper left, row by row.
        baselines_mm: y of 0 mV of each row, from the top.
        fs: sampling rate of the record in Hz.
        page, pages: of how many this one is, from 1.
    """

    look: Look
    width_mm: float
    height_mm: float
    strips: tuple[Strip, ...]
    baselines_mm: tuple[float, ...]
    fs: int
    page: int = 1
    pages: int = 1

    def separators(self) -> tuple[tuple[float, float], ...]:
        """(x, y) in mm of every border between two strips of one row."""
        return tuple((strip.x_mm, strip.y_mm) for strip in self.strips if strip.x_mm > LEFT_MM)

    def end_mm(self, strip: Strip) -> float:
        """x where a strip ends."""
        return strip.x_mm + (strip.stop - strip.start) / self.fs * self.look.speed


def lay_out(ecg: Ecg, look: Look | None = None) -> Paper:
    """Place the leads on one sheet; rows move apart when voltages are large.

    Columns in sequence show the next part of the same record each, so the second column of
    '3x4' starts at 2.5 s and a rhythm strip below runs through all four.
    """
    look = look or Look()
    return _place(ecg, look, _cells(ecg, look))


def pages_of(ecg: Ecg, look: Look, width_mm: float, height_mm: float) -> list[Paper]:
    """The same sheet on as many pages as a printer's page of that size needs; never scaled.

    Pages follow time first (cut between columns where that is possible) and then the rows.
    """
    cells = _cells(ecg, look)
    room = math.floor((width_mm - LEFT_MM - RIGHT_MM) / _LARGE_MM) * _LARGE_MM
    papers = [
        _place(ecg, look, part)
        for piece in _cut(cells, look.speed / ecg.fs, max(room, _LARGE_MM))
        for part in _rows_that_fit(ecg, look, piece, height_mm)
    ]
    n = len(papers)
    return [replace(paper, page=i + 1, pages=n) for i, paper in enumerate(papers)]


def strip_mm(
    ecg: Ecg, paper: Paper, strip: Strip
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The (T,) x and (T,) y of one strip's trace in mm."""
    mv = ecg.lead(strip.lead)[strip.start : strip.stop].astype(np.float64)
    x = strip.x_mm + np.arange(mv.size, dtype=np.float64) * (paper.look.speed / paper.fs)
    return x, strip.y_mm + strip.sign * mv * paper.look.gain


def pulse_mm(paper: Paper, baseline_mm: float) -> tuple[list[float], list[float]]:
    """The calibration pulse of one row, 1 mV for 200 ms, as x and y in mm."""
    left = _PULSE_X_MM
    right = left + _PULSE_S * paper.look.speed
    top = baseline_mm + _PULSE_MV * paper.look.gain
    x = [left - 2, left, left, right, right, right + 2]
    y = [baseline_mm, baseline_mm, top, top, baseline_mm, baseline_mm]
    return x, y


def label_mm(strip: Strip) -> tuple[float, float]:
    """Lower left corner of a strip's lead name, in mm."""
    return strip.x_mm + 1.0, strip.y_mm + 6.0


def _order(cabrera: bool) -> tuple[str, ...]:
    return (*_CABRERA, *CHEST) if cabrera else LEADS


def _cells(ecg: Ecg, look: Look) -> list[Strip]:
    """Every strip with its time and its x; y comes when the rows are placed."""
    samples, per_sample = ecg.signal.shape[1], look.speed / ecg.fs
    rows, columns = _GRID.get(look.layout, (3, 4))
    edges = [round(samples * c / columns) for c in range(columns + 1)]
    order = _order(look.cabrera)
    cells: list[Strip] = []
    for row in range(rows):
        for column in range(columns):
            a, b = edges[column], edges[column + 1]
            start = 0 if look.simultaneous else a
            x = LEFT_MM + a * per_sample
            lead = order[column * rows + row]
            cells.append(Strip(lead, start, start + b - a, x, 0.0, row, column))
    for i, lead in enumerate(_rhythm_leads(look)):
        cells.append(Strip(lead, 0, samples, LEFT_MM, 0.0, rows + i, 0))
    turned = look.cabrera
    return [replace(cell, sign=-1) if turned and cell.lead == "aVR" else cell for cell in cells]


def _rhythm_leads(look: Look) -> list[str]:
    others = [lead for lead in _RHYTHM_LEADS if lead != look.rhythm_lead]
    return [look.rhythm_lead, *others][: _RHYTHM_ROWS.get(look.layout, 0)]


def _place(ecg: Ecg, look: Look, cells: Sequence[Strip]) -> Paper:
    """Give every row its baseline; `cells` may be any rows and any stretch of the sheet."""
    numbers = sorted({cell.row for cell in cells})
    cells = [replace(cell, row=numbers.index(cell.row)) for cell in cells]
    gaps = _gaps(ecg, look, cells)
    height = TOP_MM + sum(gaps) + BOTTOM_MM
    baselines = tuple(float(y) for y in height - TOP_MM - np.cumsum(gaps[:-1]))
    strips = tuple(replace(cell, y_mm=baselines[cell.row]) for cell in cells)
    end = max(cell.x_mm + (cell.stop - cell.start) / ecg.fs * look.speed for cell in cells)
    width = max(end + RIGHT_MM, _LEAST_WIDTH_MM)
    return Paper(look, width, height, strips, baselines, ecg.fs)


def _cut(cells: Sequence[Strip], mm_per_sample: float, room_mm: float) -> list[list[Strip]]:
    """Split strips into pieces of at most `room_mm` of trace, each starting at `LEFT_MM`."""
    borders = sorted({round((cell.x_mm - LEFT_MM) / mm_per_sample) for cell in cells})
    last = max(round((c.x_mm - LEFT_MM) / mm_per_sample) + c.stop - c.start for c in cells)
    room = max(1, round(room_mm / mm_per_sample))
    pieces, a = [], 0
    while a < last:
        near = [x for x in borders if a < x <= a + room and last > a + room]
        even = a + math.ceil((last - a) / math.ceil((last - a) / room))
        b = max(near, default=even)
        pieces.append([part for cell in cells if (part := _part(cell, a, b, mm_per_sample))])
        a = b
    return pieces


def _part(cell: Strip, a: int, b: int, mm_per_sample: float) -> Strip | None:
    """What of a strip lies between two places of the sheet, counted in samples from `LEFT_MM`."""
    at = round((cell.x_mm - LEFT_MM) / mm_per_sample)
    first, last = max(at, a), min(at + cell.stop - cell.start, b)
    if first >= last:
        return None
    start = cell.start + first - at
    x = LEFT_MM + (first - a) * mm_per_sample
    return replace(cell, start=start, stop=start + last - first, x_mm=x)


def _rows_that_fit(
    ecg: Ecg, look: Look, cells: Sequence[Strip], height_mm: float
) -> list[list[Strip]]:
    """Rows in groups that fit a page, as even as they can be.

    A row that is taller than the page stands alone.
    """
    rows = [[c for c in cells if c.row == row] for row in sorted({cell.row for cell in cells})]

    def fits(group: list[list[Strip]]) -> bool:
        return _place(ecg, look, list(chain(*group))).height_mm <= height_mm

    groups: list[list[list[Strip]]] = []
    for row in rows:
        if groups and fits([*groups[-1], row]):
            groups[-1].append(row)
        else:
            groups.append([row])
    size = math.ceil(len(rows) / len(groups))
    even = [rows[i : i + size] for i in range(0, len(rows), size)]
    return [list(chain(*group)) for group in (even if all(map(fits, even)) else groups)]


def _gaps(ecg: Ecg, look: Look, cells: Sequence[Strip]) -> list[float]:
    """Distances in mm: heading to first row, row to row, last row to footer.

    Two strips matter to each other only where one is above the other, so the envelope of each
    row over the sheet is compared with that of the next one.
    """
    rows, least_mm = 1 + max(cell.row for cell in cells), _SPACING_MM.get(look.layout, 25.0)
    trace = _rows_mm(ecg, look, cells, rows)
    up, down = _envelope(trace, ecg.fs), _envelope(-trace, ecg.fs)
    needs = [least_mm / 2 + 2.5, *[least_mm] * (rows - 1), least_mm / 2]
    needs[0] = max(needs[0], float(up[0].max(initial=0)))
    for row in range(rows - 1):
        closest = float((down[row] + up[row + 1]).max(initial=0))
        needs[row + 1] = max(least_mm, closest + _CLEAR_MM)
    needs[-1] = max(needs[-1], float(down[-1].max(initial=0)))
    return [math.ceil(need / _LARGE_MM) * _LARGE_MM for need in needs]


def _rows_mm(ecg: Ecg, look: Look, cells: Sequence[Strip], rows: int) -> npt.NDArray:
    """(rows, T) height of the trace over its baseline, by place on the sheet."""
    at = [round((cell.x_mm - LEFT_MM) / look.speed * ecg.fs) for cell in cells]
    width = max(x + cell.stop - cell.start for x, cell in zip(at, cells, strict=True))
    trace = np.zeros((rows, width))
    for x, cell in zip(at, cells, strict=True):
        mm = np.nan_to_num(ecg.lead(cell.lead)[cell.start : cell.stop]) * look.gain * cell.sign
        trace[cell.row, x : x + mm.size] = np.clip(mm, -_REACH_MM, _REACH_MM)
    return trace


def _envelope(trace: npt.NDArray, fs: int) -> npt.NDArray:
    """Running maximum of (R, T) some 50 ms around: leads peak at different moments of a beat."""
    reach = max(1, fs // 20)
    blocks = math.ceil(trace.shape[1] / reach)
    padded = hold_edges(trace, 0, blocks * reach - trace.shape[1])
    peaks = padded.reshape(trace.shape[0], blocks, reach).max(axis=2)
    near = hold_edges(peaks, 1, 1)
    return np.maximum(np.maximum(near[:, :-2], near[:, 1:-1]), near[:, 2:])
