"""The same sheet as a PNG picture by matplotlib, true to scale; needs no browser."""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.figure import BOLD, FINE, INK, MARK_INK, SHEET
from sediff.view.paper import (
    RIGHT_MM,
    SPEED_AND_GAIN,
    Layout,
    Paper,
    label_mm,
    lay_out,
    pulse_mm,
    strip_mm,
)

_MM_PER_INCH = 25.4


def draw(ecg: Ecg, layout: Layout = "3x4", heading: str = "") -> Figure:
    """Draw the ECG on paper as a figure of its true size in millimetres.

    Raises:
        RequestError: there is no such layout.
    """
    paper = lay_out(ecg, layout)
    size = (paper.width_mm / _MM_PER_INCH, paper.height_mm / _MM_PER_INCH)
    figure = Figure(figsize=size, facecolor=SHEET)  # no pyplot: it is not safe in threads
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, paper.width_mm), ylim=(0, paper.height_mm))
    axes.add_collection(_grid(paper, 1, FINE, 0.35))
    axes.add_collection(_grid(paper, 5, BOLD, 0.55))
    lines = [np.column_stack(strip_mm(ecg, strip)) for strip in paper.strips]
    lines += [np.column_stack(pulse_mm(baseline)) for baseline in paper.baselines_mm]
    for x, y in paper.separators():
        lines += [np.array([[x, y + 3], [x, y + 6]]), np.array([[x, y - 6], [x, y - 3]])]
    axes.add_collection(LineCollection(lines, colors=INK, linewidths=0.75, joinstyle="round"))
    _write(axes, paper, heading)
    return figure


def png(ecg: Ecg, layout: Layout = "3x4", heading: str = "", dpi: int = 150) -> bytes:
    """The sheet as a PNG file whose metadata carry the mark as well.

    Raises:
        RequestError: there is no such layout.
    """
    buffer = io.BytesIO()
    figure = draw(ecg, layout, heading)
    figure.savefig(buffer, format="png", dpi=dpi, metadata={"Comment": SYNTHETIC_MARK})
    return buffer.getvalue()


def _grid(paper: Paper, step: int, color: str, width: float) -> LineCollection:
    columns = np.arange(0, paper.width_mm + 0.1, step)
    rows = np.arange(0, paper.height_mm + 0.1, step)
    lines = [[(x, 0), (x, paper.height_mm)] for x in columns]
    lines += [[(0, y), (paper.width_mm, y)] for y in rows]
    return LineCollection(lines, colors=color, linewidths=width)


def _write(axes, paper: Paper, heading: str) -> None:
    back = {"facecolor": SHEET, "alpha": 0.72, "pad": 0.8, "edgecolor": "none"}
    for strip in paper.strips:
        x, y = label_mm(strip)
        axes.text(x, y, strip.lead, size=8, weight="bold", color=INK, bbox=back)
    right, top = paper.width_mm - RIGHT_MM, paper.height_mm - 7
    axes.text(3, top, heading, size=8, color=INK, bbox=back)
    axes.text(3, 4, SPEED_AND_GAIN, size=7.5, color=INK, bbox=back)
    for y, weight in ((top, "bold"), (4, "normal")):
        axes.text(
            right, y, SYNTHETIC_MARK, size=7.5, weight=weight, color=MARK_INK, ha="right", bbox=back
        )
