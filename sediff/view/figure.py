"""The ECG on paper as an interactive plotly figure, one axes pair in hundredths of a mm."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.calipers import Caliper, legs, read_out, shown_in, x_of
from sediff.view.display_filter import for_display
from sediff.view.highlight import Span, boxes
from sediff.view.look import Look
from sediff.view.palette import COLOURS, Colours
from sediff.view.paper import (
    RIGHT_MM,
    Paper,
    Strip,
    label_mm,
    lay_out,
    pulse_mm,
    strip_mm,
)
from sediff.view.sheet import (
    PX_PER_MM,
    TOUCH_PX_PER_MM,
    UNITS_PER_MM,
    note,
    packed,
    sheet_layout,
)
from sediff.view.sheet_words import alt_text, scale_line
from sediff.view.text import say

__all__ = [
    "UNITS_PER_MM", "alt_text", "blank_figure", "build_figure", "note", "packed", "sheet_layout"
]  # fmt: skip

Highlight = tuple[Collection[str], Sequence[Span]]
_HOVER_SAMPLES = 32_000  # with more, what hovering tells would double the weight

_PAPER = COLOURS["paper"]
SHEET, INK, MARK_INK, FINE, BOLD = (
    _PAPER.sheet, _PAPER.ink, _PAPER.mark, _PAPER.fine, _PAPER.bold
)  # fmt: skip


def build_figure(
    ecg: Ecg,
    look: Look | None = None,
    heading: str = "",
    touch: bool = False,
    shown: Highlight | None = None,
    mark: str = SYNTHETIC_MARK,
    caliper: Caliper | None = None,
    march: bool = False,
    measuring: bool = False,
) -> go.Figure:
    """Draw the ECG on paper.

    Args:
        ecg: what to draw; the display filter of `look` is applied here.
        look: layout, speed, gain and the rest.
        heading: one line above the traces, such as age, sex and seed.
        touch: a finger scrolls the page instead of moving the sheet.
        shown: (leads, spans in s) to highlight; no leads means all of them.
        mark: what the ECG is not for.
        caliper: an interval to draw. march: repeat it to both sides.
        measuring: dragging draws a rectangle to measure instead of moving the sheet.

    Returns:
        A figure whose x and y are millimetres x `UNITS_PER_MM` on the sheet. Hovering a trace
        tells lead, time and voltage. Millimetres stay square at any size and zoom.
    """
    chosen = look or Look()
    ecg = for_display(ecg, chosen.filter)
    paper, colours = lay_out(ecg, chosen), COLOURS[chosen.palette]
    shapes = _highlights(ecg, paper, shown, colours) if shown else []
    notes = [*_notes(paper, colours, heading), *_marks(mark, colours, touch)]
    if caliper:
        shapes += [_line(line, colours.caliper) for line in legs(paper, caliper, march)]
        notes += _caliper_notes(ecg, paper, caliper, colours)
    layout = _layout(paper, colours, TOUCH_PX_PER_MM if touch else PX_PER_MM)
    layout["dragmode"] = "select" if measuring else False if touch else "pan"
    data = [_trace(ecg, paper, strip, colours) for strip in paper.strips]
    data.append(_ink(_pulses(paper), colours, "calibration"))
    data.append(_ink(_separators(paper), colours, "separators"))
    return go.Figure({"data": data, "layout": layout | {"shapes": shapes, "annotations": notes}})


def blank_figure(text: str, look: Look | None = None) -> go.Figure:
    """An empty sheet of the usual size with a text in its middle, however narrow it is shown."""
    look = look or Look()
    paper, colours = lay_out(Ecg(np.zeros((12, 5000), np.float32)), look), COLOURS[look.palette]
    hint = note(0, 0, text.replace("\n", "<br>"), colours, size=17, xanchor="center")
    hint |= {"xref": "paper", "x": 0.5, "yref": "paper", "y": 0.5}
    layout = _layout(paper, colours) | {"annotations": [hint]}
    return go.Figure({"data": [], "layout": layout})


def _layout(paper: Paper, colours: Colours, px_per_mm: float = PX_PER_MM) -> dict[str, Any]:
    # The zoom is kept as long as a place on the sheet means the same.
    revision = f"{paper.look.layout} {paper.look.speed:g}"
    return sheet_layout(paper.width_mm, paper.height_mm, colours, revision, px_per_mm)


def _trace(ecg: Ecg, paper: Paper, strip: Strip, colours: Colours) -> dict[str, Any]:
    x, y = strip_mm(ecg, paper, strip)
    line = {
        "type": "scatter",
        "x0": float(x[0]) * UNITS_PER_MM,
        "dx": paper.look.speed / paper.fs * UNITS_PER_MM,
        "y": packed(y * UNITS_PER_MM),
        "name": strip.label,
        "mode": "lines",
        "line": {"color": colours.ink, "width": 1.15},
        "hovertemplate": f"<b>{strip.label}</b><extra></extra>",
    }
    if sum(one.stop - one.start for one in paper.strips) <= _HOVER_SAMPLES:
        ms = np.arange(strip.start, strip.stop) * (1000 / ecg.fs)
        uv = strip.sign * ecg.lead(strip.lead)[strip.start : strip.stop] * 1000.0
        line["customdata"] = packed(np.column_stack([ms, uv]))
        line["hovertemplate"] = (
            f"<b>{strip.label}</b>  %{{customdata[0]}} ms  %{{customdata[1]:+}} µV<extra></extra>"
        )
    return line


Points = tuple[list[float | None], list[float | None]]


def _pulses(paper: Paper) -> Points:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for baseline in paper.baselines_mm:
        x, y = pulse_mm(paper, baseline)
        xs += [*x, None]
        ys += [*y, None]
    return xs, ys


def _separators(paper: Paper) -> Points:
    """Short double strokes above and below the baseline, as printers draw them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x, y in paper.separators():
        xs += [x, x, None, x, x, None]
        ys += [y + 3, y + 6, None, y - 6, y - 3, None]
    return xs, ys


def _ink(points: Points, colours: Colours, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [*_units(points[0])],
        "y": [*_units(points[1])],
        "mode": "lines",
        "line": {"color": colours.ink, "width": 1.2},
        "name": name,
        "hoverinfo": "skip",
    }


def _units(mm: Iterable[float | None]) -> Iterable[float | None]:
    return (None if value is None else round(value * UNITS_PER_MM, 3) for value in mm)


def _highlights(ecg: Ecg, paper: Paper, shown: Highlight, colours: Colours) -> list[dict[str, Any]]:
    fill = f"rgba({','.join(map(str, colours.highlight))})"
    return [
        {"type": "rect", "layer": "below", "fillcolor": fill, "line": {"width": 0}, **_place(box)}
        for box in boxes(ecg, paper, *shown)
    ]


def _line(line: tuple[float, float, float, float], color: str) -> dict[str, Any]:
    return {"type": "line", "line": {"color": color, "width": 1.6}, **_place(line)}


def _place(box: tuple[float, float, float, float]) -> dict[str, float | None]:
    return dict(zip(("x0", "y0", "x1", "y1"), _units(box), strict=True))


def _notes(paper: Paper, colours: Colours, heading: str) -> list[dict[str, Any]]:
    """Lead names, heading and scale."""
    notes = [
        note(*label_mm(strip), f"<b>{strip.label}</b>", colours, size=13) for strip in paper.strips
    ]
    if heading:
        notes.append(note(3, paper.height_mm - 8.5, heading, colours, size=13))
    right = paper.width_mm - RIGHT_MM
    notes.append(note(right, 3, scale_line(paper.look), colours, size=12, xanchor="right"))
    return notes


def _marks(mark: str, colours: Colours, touch: bool) -> list[dict[str, Any]]:
    """What the ECG is not for, twice, at the edges of whatever part of the sheet is seen."""
    red = {"color": colours.mark, "size": 13}
    seen = {"xref": "paper", "yref": "paper"}
    # In the middle on a desktop: the buttons of the chart stand at the right.
    top = {"x": 1, "xanchor": "right"} if touch else {"x": 0.5, "xanchor": "center"}
    bottom = {"x": 0, "xanchor": "left", "y": 0, "xshift": 8, "yshift": 8}
    return [
        note(0, 0, f"<b>{mark}</b>", colours, **red)
        | seen | top | {"y": 1, "yanchor": "top", "yshift": -10},
        note(0, 0, mark, colours, color=colours.mark, size=12) | seen | bottom,
    ]  # fmt: skip


def _caliper_notes(
    ecg: Ecg, paper: Paper, caliper: Caliper, colours: Colours
) -> list[dict[str, Any]]:
    """What lies between the legs, over the bar of every strip that shows them."""
    read = read_out(ecg, caliper)
    if read.bpm is None:
        return []
    text = say("trace.caliper_ms_bpm", ms=read.ms, bpm=read.bpm)
    return [
        note(
            x_of(paper, strip, (caliper.start + caliper.end) // 2), strip.y_mm + 8.5,
            f"<b>{text}</b>", colours, size=13, color=colours.caliper, xanchor="center",
        ) | {"bgcolor": colours.see_through(0.85)}
        for strip in shown_in(paper, caliper)
    ]  # fmt: skip
