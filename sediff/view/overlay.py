"""Two ECGs on each other: typical beats of the twelve leads, or one lead over the whole strip."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.explore.beats import AFTER_S, BEFORE_S, Typical
from sediff.leads import LEADS
from sediff.view.look import Look
from sediff.view.multiples import (
    BOTTOM_MM,
    LEFT_MM,
    PX_PER_MM,
    TOP_MM,
    line,
    pulses,
    sheet_notes,
)
from sediff.view.palette import COLOURS, Colours
from sediff.view.sheet import UNITS_PER_MM, note, sheet_layout

DASH = "4px,2.5px"  # of B: told from A without colour
_ROWS, _COLUMNS = 3, 4
_KEY_MM = 10.0  # room for the line that tells A from B
_CLEAR_MM = 5.0
_LEAST_MM = 20.0
_LARGE_MM = 5.0


def beats_figure(
    a: Typical,
    b: Typical,
    names: tuple[str, str],
    look: Look | None = None,
    mark: str = SYNTHETIC_MARK,
    columns: int = _COLUMNS,
) -> go.Figure:
    """The typical beats of two ECGs, R over R, in all twelve leads.

    Args:
        names: of A and B, harmless text.
        columns: of leads: 4 as on a print, fewer on a narrow screen.
    """
    look = look or Look(speed=50.0)
    colours = COLOURS[look.palette]
    cell = _large((BEFORE_S + AFTER_S) * look.speed + _CLEAR_MM)
    rows = len(LEADS) // columns
    down = _rows_mm(a.mv, b.mv, look, rows)
    width = LEFT_MM + columns * cell
    height = TOP_MM + _KEY_MM + down[-1] + BOTTOM_MM
    data, notes = [], sheet_notes(width, height, look, colours, mark)
    for k, lead in enumerate(LEADS):
        column, row = divmod(k, rows)
        x, y = LEFT_MM + column * cell, height - TOP_MM - _KEY_MM - down[row]
        notes.append(note(x, y + 4, f"<b>{lead}</b>", colours, size=13))
        data += _two(x, y, a.mv[k], b.mv[k], _rates(a, b), look, colours, lead)
    data.append(pulses([height - TOP_MM - _KEY_MM - at for at in down[:-1]], look, colours))
    data += _key(height, colours)
    notes += _key_notes(height, names, colours)
    layout = sheet_layout(width, height, colours, f"beats {look.speed:g} {columns}", PX_PER_MM)
    return go.Figure({"data": data, "layout": layout | {"annotations": notes}})


def strips_figure(
    a: Ecg,
    b: Ecg,
    starts: tuple[float, float],
    lead: str,
    names: tuple[str, str],
    look: Look | None = None,
    mark: str = SYNTHETIC_MARK,
) -> go.Figure:
    """One lead of two ECGs over the whole record, the first usual beats R over R.

    Args:
        starts: s of A and of B that stand at the left edge.
    """
    look = look or Look()
    colours = COLOURS[look.palette]
    first, second = _from(a, starts[0], lead), _from(b, starts[1], lead)
    seconds = max(len(first) / a.fs, len(second) / b.fs)
    down = _rows_mm(first[None], second[None], look, 1)
    width = _large(LEFT_MM + seconds * look.speed + _CLEAR_MM)
    height = TOP_MM + _KEY_MM + down[-1] + BOTTOM_MM
    y = height - TOP_MM - _KEY_MM - down[0]
    data = _two(LEFT_MM, y, first, second, (a.fs, b.fs), look, colours, lead)
    notes = sheet_notes(width, height, look, colours, mark)
    notes.append(note(LEFT_MM, y + 6, f"<b>{lead}</b>", colours, size=13))
    notes += _key_notes(height, names, colours)
    data += [pulses([y], look, colours), *_key(height, colours)]
    layout = sheet_layout(width, height, colours, f"strips {look.speed:g}", PX_PER_MM)
    return go.Figure({"data": data, "layout": layout | {"annotations": notes}})


def _from(ecg: Ecg, start: float, lead: str) -> npt.NDArray[np.float64]:
    return np.nan_to_num(ecg.lead(lead)[round(start * ecg.fs) :]).astype(np.float64)


def _rates(a: Typical, b: Typical) -> tuple[int, int]:
    first, second = (round(1 / (one.t_s[1] - one.t_s[0])) for one in (a, b))
    return first, second


def _two(
    x: float,
    y: float,
    a: npt.NDArray,
    b: npt.NDArray,
    rates: Sequence[int],
    look: Look,
    colours: Colours,
    lead: str,
) -> list[dict[str, Any]]:
    """A solid in ink, B dashed in the colour of calipers and a little wider."""
    return [
        line(x, y, a, rates[0], look, colours.ink, f"{lead} A"),
        line(x, y, b, rates[1], look, colours.caliper, f"{lead} B", DASH, 1.7),
    ]


def _rows_mm(a: npt.NDArray, b: npt.NDArray, look: Look, rows: int) -> tuple[float, ...]:
    """From the upper edge down to 0 mV of each row of leads, and to the end of the last."""
    found: list[float] = []
    at, below = 0.0, 0.0
    for row in range(rows):
        both = np.concatenate([a[row::rows].ravel(), b[row::rows].ravel()]) * look.gain
        up, down = (min(max(float(v), _LEAST_MM / 2), 40.0) for v in (both.max(), -both.min()))
        at = _large(at + below + up + _CLEAR_MM / 2)
        found.append(at)
        below = down + _CLEAR_MM / 2
    return (*found, _large(at + below))


def _large(mm: float) -> float:
    return float(np.ceil(mm / _LARGE_MM) * _LARGE_MM)


def _key(height: float, colours: Colours) -> list[dict[str, Any]]:
    """Two short lines that show how A and B are drawn."""
    x = [3 * UNITS_PER_MM, 15 * UNITS_PER_MM]
    found = []
    for k, (color, dash) in enumerate(((colours.ink, "solid"), (colours.caliper, DASH))):
        y = (height - TOP_MM - 1.5 - 4.5 * k) * UNITS_PER_MM
        style = {"color": color, "width": 2, "dash": dash}
        key = {"type": "scatter", "x": x, "y": [y, y], "mode": "lines", "line": style}
        found.append(key | {"name": "AB"[k], "hoverinfo": "skip"})
    return found


def _key_notes(height: float, names: Sequence[str], colours: Colours) -> list[dict[str, Any]]:
    inks = (colours.ink, colours.caliper)
    return [
        note(17, height - TOP_MM - 4.2 - 4.5 * k, f"<b>{'AB'[k]}</b>  {name}", colours, size=13,
             color=inks[k])
        for k, name in enumerate(names)
    ]  # fmt: skip
