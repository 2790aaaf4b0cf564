"""ECG paper in millimetres: where each strip of signal lies, whatever draws it.

Origin at the lower left corner of the sheet, x to the right and y upwards, both in mm.
25 mm are one second and 10 mm are one millivolt, always.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.edges import hold_edges
from sediff.errors import RequestError
from sediff.leads import LEADS

MM_PER_S = 25.0
MM_PER_MV = 10.0
SPEED_AND_GAIN = "25 mm/s   10 mm/mV"

Layout = Literal["3x4", "6x2", "12x1"]
LAYOUTS: dict[Layout, str] = {
    "3x4": "3 × 4 with rhythm strip",
    "6x2": "6 × 2",
    "12x1": "12 × 1",
}

LEFT_MM = 20.0  # room for the calibration pulse
RIGHT_MM = 5.0
TOP_MM = 15.0  # room for the heading
BOTTOM_MM = 10.0  # room for speed, gain and the mark
_PULSE_X_MM = 5.0
_PULSE_MM = 5.0  # 200 ms
_SPACING_MM: dict[Layout, float] = {"3x4": 25.0, "6x2": 20.0, "12x1": 15.0}
_CLEAR_MM = 3.0  # least distance between the extremes of neighbouring strips
_REACH_MM = 45.0  # a spike beyond 4.5 mV may cross its neighbour; the sheet must end somewhere
_LARGE_MM = 5.0  # distance of the thick lines; every baseline lies on one


@dataclass(frozen=True)
class Strip:
    """One lead over one stretch of time.

    Attributes:
        lead: name, one of `LEADS`.
        start, stop: sample range of the record, stop excluded.
        x_mm: place of the first sample. y_mm: place of 0 mV.
        row, column: place in the grid, from the upper left.
    """

    lead: str
    start: int
    stop: int
    x_mm: float
    y_mm: float
    row: int
    column: int


@dataclass(frozen=True)
class Paper:
    """A sheet with its strips.

    Attributes:
        layout: key of `LAYOUTS`.
        width_mm, height_mm: of the whole sheet.
        strips: from the upper left, row by row.
        baselines_mm: y of 0 mV of each row, from the top.
        fs: sampling rate of the record in Hz.
    """

    layout: Layout
    width_mm: float
    height_mm: float
    strips: tuple[Strip, ...]
    baselines_mm: tuple[float, ...]
    fs: int

    def separators(self) -> tuple[tuple[float, float], ...]:
        """(x, y) in mm of every border between two strips of one row."""
        return tuple((strip.x_mm, strip.y_mm) for strip in self.strips if strip.column > 0)


def lay_out(ecg: Ecg, layout: Layout = "3x4") -> Paper:
    """Place the twelve leads on a sheet; rows move apart when voltages are large.

    Columns are simultaneous: each shows the next part of the same record, so the second
    column of '3x4' starts at 2.5 s and the rhythm strip below runs through all four.

    Raises:
        RequestError: there is no such layout.
    """
    if layout not in LAYOUTS:
        raise RequestError(f"There is no layout {layout!r}: use one of {', '.join(LAYOUTS)}.")
    cells = _cells(layout, ecg.signal.shape[1])
    gaps = _gaps(ecg, cells, _SPACING_MM[layout])
    height = TOP_MM + sum(gaps) + BOTTOM_MM
    baselines = tuple(float(y) for y in height - TOP_MM - np.cumsum(gaps[:-1]))
    strips = tuple(
        Strip(lead, a, b, LEFT_MM + a / ecg.fs * MM_PER_S, baselines[row], row, column)
        for lead, a, b, row, column in cells
    )
    width = LEFT_MM + ecg.seconds * MM_PER_S + RIGHT_MM
    return Paper(layout, width, height, strips, baselines, ecg.fs)


def strip_mm(ecg: Ecg, strip: Strip) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The (T,) x and (T,) y of one strip's trace in mm."""
    mv = ecg.lead(strip.lead)[strip.start : strip.stop].astype(np.float64)
    x = strip.x_mm + np.arange(mv.size, dtype=np.float64) * (MM_PER_S / ecg.fs)
    return x, strip.y_mm + mv * MM_PER_MV


def pulse_mm(baseline_mm: float) -> tuple[list[float], list[float]]:
    """The calibration pulse of one row, 1 mV for 200 ms, as x and y in mm."""
    left, right = _PULSE_X_MM, _PULSE_X_MM + _PULSE_MM
    top = baseline_mm + MM_PER_MV
    x = [left - 2, left, left, right, right, right + 2]
    y = [baseline_mm, baseline_mm, top, top, baseline_mm, baseline_mm]
    return x, y


def label_mm(strip: Strip) -> tuple[float, float]:
    """Lower left corner of a strip's lead name, in mm."""
    return strip.x_mm + 1.0, strip.y_mm + 6.0


Cell = tuple[str, int, int, int, int]  # lead, start, stop, row, column


def _cells(layout: Layout, samples: int) -> list[Cell]:
    rows, columns = {"3x4": (3, 4), "6x2": (6, 2), "12x1": (12, 1)}[layout]
    edges = [round(samples * c / columns) for c in range(columns + 1)]
    cells = [
        (LEADS[column * rows + row], edges[column], edges[column + 1], row, column)
        for row in range(rows)
        for column in range(columns)
    ]
    if layout == "3x4":
        cells.append(("II", 0, samples, rows, 0))
    return cells


def _gaps(ecg: Ecg, cells: list[Cell], least_mm: float) -> list[float]:
    """Distances in mm: heading to first row, row to row, last row to footer.

    Two strips matter to each other only where they share time, so the envelope of each row
    over time is compared with that of the next one.
    """
    rows = 1 + max(cell[3] for cell in cells)
    signal_mm = np.clip(np.nan_to_num(ecg.signal) * MM_PER_MV, -_REACH_MM, _REACH_MM)
    trace = np.zeros((rows, ecg.signal.shape[1]))
    for lead, start, stop, row, _ in cells:
        trace[row, start:stop] = signal_mm[LEADS.index(lead), start:stop]
    up, down = _envelope(trace, ecg.fs), _envelope(-trace, ecg.fs)
    needs = [least_mm / 2 + 2.5, *[least_mm] * (rows - 1), least_mm / 2]
    needs[0] = max(needs[0], float(up[0].max(initial=0)))
    for row in range(rows - 1):
        closest = float((down[row] + up[row + 1]).max(initial=0))
        needs[row + 1] = max(least_mm, closest + _CLEAR_MM)
    needs[-1] = max(needs[-1], float(down[-1].max(initial=0)))
    return [math.ceil(need / _LARGE_MM) * _LARGE_MM for need in needs]


def _envelope(trace: npt.NDArray, fs: int) -> npt.NDArray:
    """Running maximum of (R, T) some 50 ms around: leads peak at different moments of a beat."""
    reach = max(1, fs // 20)
    blocks = math.ceil(trace.shape[1] / reach)
    padded = hold_edges(trace, 0, blocks * reach - trace.shape[1])
    peaks = padded.reshape(trace.shape[0], blocks, reach).max(axis=2)
    near = hold_edges(peaks, 1, 1)
    return np.maximum(np.maximum(near[:, :-2], near[:, 1:-1]), near[:, 2:])
