"""Small multiples on ECG paper: many ECGs, a few leads, one scale, square millimetres."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.look import Look
from sediff.view.palette import COLOURS, Colours
from sediff.view.sheet import UNITS_PER_MM, note, packed, sheet_layout
from sediff.view.text import say

PX_PER_MM = 4.4  # larger than the sheet of twelve leads: a class looks on
LEFT_MM = 20.0  # room for the calibration pulse
TOP_MM, BOTTOM_MM = 10.0, 10.0  # room for the mark, and for the scale
TITLE_MM = 15.0  # room over each panel for what was asked and what was measured
_GAP_MM = 5.0
_LEAST_MM = 40.0  # of a panel's width
_LETTER_MM = 1.75  # of a title, about
_LEAST_LEAD_MM = 10.0
_REACH_MM = 40.0  # larger waves are cut off: the sheet must end somewhere
_LARGE_MM = 5.0
_PULSE_S, _PULSE_X_MM = 0.2, 4.0


@dataclass(frozen=True)
class Panel:
    """One ECG among several.

    Attributes:
        title, note: the two lines over it. span: s from the first sample.
    """

    title: str
    ecg: Ecg
    span: tuple[float, float]
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """Where the panels stand, mm from the lower left corner.

    Attributes:
        columns, rows: of panels. width_mm, height_mm: of the sheet.
        panel_mm: distance of two panels. row_mm: of two rows.
        leads_mm: from the upper edge of a row to 0 mV of each lead.
    """

    columns: int
    rows: int
    width_mm: float
    height_mm: float
    panel_mm: float
    row_mm: float
    leads_mm: tuple[float, ...]

    def place(self, k: int, lead: int) -> tuple[float, float]:
        """The first sample of a lead of panel k at 0 mV."""
        row, column = divmod(k, self.columns)
        top = self.height_mm - TOP_MM - row * self.row_mm
        return LEFT_MM + column * self.panel_mm, top - self.leads_mm[lead]

    def title(self, k: int) -> tuple[float, float]:
        """Lower left corner of the first line over panel k."""
        row, column = divmod(k, self.columns)
        top = self.height_mm - TOP_MM - row * self.row_mm
        return LEFT_MM + column * self.panel_mm, top - 6.5


def grid(panels: Sequence[Panel], leads: Sequence[str], look: Look, width_mm: float) -> Grid:
    """Place panels on a sheet about `width_mm` wide; every panel has the same size and scale."""
    seconds = max(end - start for start, end in (panel.span for panel in panels))
    letters = max(max(len(panel.title), len(panel.note)) for panel in panels)
    panel = _large(max(seconds * look.speed, _LEAST_MM, letters * _LETTER_MM) + _GAP_MM)
    most = max(1, int((width_mm - LEFT_MM) // panel))
    rows = math.ceil(len(panels) / most)
    columns = math.ceil(len(panels) / rows)
    down = baselines(panels, leads, look)
    row = down[-1]
    return Grid(
        columns, rows, LEFT_MM + columns * panel, TOP_MM + rows * row + BOTTOM_MM, panel, row,
        down[:-1],
    )  # fmt: skip


def _large(mm: float) -> float:
    return math.ceil(mm / _LARGE_MM) * _LARGE_MM


def baselines(panels: Sequence[Panel], leads: Sequence[str], look: Look) -> tuple[float, ...]:
    """From the upper edge of a row down to each lead's 0 mV, and to the row's end."""
    up = {lead: _reach(panels, lead, look, 1) for lead in leads}
    down = {lead: _reach(panels, lead, look, -1) for lead in leads}
    found: list[float] = []
    at, below = TITLE_MM, 0.0
    for lead in leads:
        at = _large(at + below + max(up[lead], _LEAST_LEAD_MM / 2))
        found.append(at)
        below = max(down[lead], _LEAST_LEAD_MM / 2) + 2.0
    return (*found, _large(at + below))


def _reach(panels: Sequence[Panel], lead: str, look: Look, sign: int) -> float:
    highest = max(float((sign * _cut(panel, lead)).max(initial=0)) for panel in panels)
    return min(highest * look.gain, _REACH_MM)


def _cut(panel: Panel, lead: str) -> npt.NDArray[np.float64]:
    first, last = (round(t * panel.ecg.fs) for t in panel.span)
    return np.nan_to_num(panel.ecg.lead(lead)[max(first, 0) : last]).astype(np.float64)


def multiples(
    panels: Sequence[Panel],
    leads: Sequence[str],
    look: Look | None = None,
    width_mm: float = 300.0,
    mark: str = SYNTHETIC_MARK,
) -> go.Figure:
    """Draw panels on one sheet of ECG paper.

    Args:
        panels: at least one. leads: of each, from the top.
        look: speed, gain and colours.
        width_mm: about how wide the sheet may be: more panels go into further rows.

    Returns:
        A figure whose x and y are millimetres x `UNITS_PER_MM`; millimetres are square.
    """
    look = look or Look()
    colours, places = COLOURS[look.palette], grid(panels, leads, look, width_mm)
    data = [
        line(*places.place(k, n), _cut(panel, lead), panel.ecg.fs, look, colours.ink, lead)
        for k, panel in enumerate(panels)
        for n, lead in enumerate(leads)
    ]
    rows = range(0, len(panels), places.columns)
    data.append(pulses([places.place(k, 0)[1] for k in rows], look, colours))
    notes = sheet_notes(places.width_mm, places.height_mm, look, colours, mark)
    for k, panel in enumerate(panels):
        x, y = places.title(k)
        notes.append(note(x, y, f"<b>{panel.title}</b>", colours, size=14))
        notes += [note(x, y - 5, panel.note, colours, size=13)] if panel.note else []
        for n, lead in enumerate(leads):
            x, y = places.place(k, n)
            notes.append(note(x - 0.5, y + 2.5, lead, colours, size=11))
    revision = f"{len(panels)} {leads} {look.speed:g}"
    layout = sheet_layout(places.width_mm, places.height_mm, colours, revision, PX_PER_MM)
    return go.Figure({"data": data, "layout": layout | {"annotations": notes}})


def line(
    x_mm: float,
    y_mm: float,
    mv: npt.NDArray,
    fs: int,
    look: Look,
    color: str,
    name: str,
    dash: str = "solid",
    width: float = 1.2,
) -> dict[str, Any]:
    """A trace whose first sample stands at (x_mm, y_mm + its voltage)."""
    y = y_mm + np.clip(mv * look.gain, -_REACH_MM, _REACH_MM)
    return {
        "type": "scatter",
        "x0": x_mm * UNITS_PER_MM,
        "dx": look.speed / fs * UNITS_PER_MM,
        "y": packed(y * UNITS_PER_MM),
        "name": name,
        "mode": "lines",
        "line": {"color": color, "width": width, "dash": dash},
        "hovertemplate": f"<b>{name}</b><extra></extra>",
    }


def pulses(baselines_mm: Iterable[float], look: Look, colours: Colours) -> dict[str, Any]:
    """The calibration pulse, 1 mV for 200 ms, at the left of each row."""
    a, b = _PULSE_X_MM, _PULSE_X_MM + _PULSE_S * look.speed
    xs: list[float | None] = []
    ys: list[float | None] = []
    for y in baselines_mm:
        top = y + look.gain
        xs += [x * UNITS_PER_MM for x in (a - 2, a, a, b, b, b + 2)] + [None]
        ys += [v * UNITS_PER_MM for v in (y, y, top, top, y, y)] + [None]
    return {
        "type": "scatter", "x": xs, "y": ys, "mode": "lines", "name": "calibration",
        "line": {"color": colours.ink, "width": 1.2}, "hoverinfo": "skip",
    }  # fmt: skip


def sheet_notes(
    width_mm: float, height_mm: float, look: Look, colours: Colours, mark: str
) -> list[dict[str, Any]]:
    """What every sheet says: what it is not for, and its scale."""
    scale = say("trace.scale", speed=look.speed, gain=look.gain)
    return [
        note(3, height_mm - 7.5, f"<b>{mark}</b>", colours, size=13, color=colours.mark),
        note(3, 2, scale, colours, size=12),
    ]
