"""The same sheet by matplotlib, as PNG and SVG of its true size; needs no browser."""

import io

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.display_filter import for_display
from sediff.view.look import Look
from sediff.view.palette import COLOURS, Colours
from sediff.view.paper import RIGHT_MM, Paper, label_mm, lay_out, pulse_mm, strip_mm
from sediff.view.sheet_words import page_line, scale_line

# Set once, not for each picture: a context of settings is shared by all threads. Words stay
# words in the files, and the same sheet gives the same bytes.
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "sediff", "pdf.fonttype": 42})

_MM_PER_INCH = 25.4


def draw(
    ecg: Ecg, look: Look | None = None, heading: str = "", mark: str = SYNTHETIC_MARK
) -> Figure:
    """Draw the ECG on paper as a figure of its true size in millimetres."""
    paper = lay_out(for_display(ecg, (look or Look()).filter), look)
    figure = new_figure(paper.width_mm, paper.height_mm)
    draw_on(figure, ecg, paper, 0, 0, heading, mark)
    return figure


def new_figure(width_mm: float, height_mm: float) -> Figure:
    """An empty white page of that size."""
    # No pyplot: it is not safe in threads.
    figure = Figure(figsize=(width_mm / _MM_PER_INCH, height_mm / _MM_PER_INCH), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def draw_on(
    figure: Figure,
    ecg: Ecg,
    paper: Paper,
    left_mm: float,
    bottom_mm: float,
    heading: str = "",
    mark: str = SYNTHETIC_MARK,
) -> None:
    """Draw a sheet on a page, true to scale.

    Args:
        figure: the page, of its true size.
        ecg: as recorded; the display filter of `paper.look` is applied here.
        paper: from `sediff.view.paper.lay_out` or `pages_of`.
        left_mm, bottom_mm: the sheet's lower left corner from that of the page.
        heading: one line on top of the sheet.
        mark: what the ECG is not for.
    """
    shown, colours = for_display(ecg, paper.look.filter), COLOURS[paper.look.palette]
    width, height = (inches * _MM_PER_INCH for inches in figure.get_size_inches())
    place = (left_mm / width, bottom_mm / height, paper.width_mm / width, paper.height_mm / height)
    axes = figure.add_axes(place)
    axes.set(xlim=(0, paper.width_mm), ylim=(0, paper.height_mm), xticks=[], yticks=[])
    axes.set_facecolor(colours.sheet)
    for spine in axes.spines.values():
        spine.set(color=colours.bold, linewidth=0.55)
    axes.add_collection(_grid(paper, 1, colours.fine, 0.35))
    axes.add_collection(_grid(paper, 5, colours.bold, 0.55))
    axes.add_collection(
        LineCollection(
            _lines(shown, paper), colors=colours.ink, linewidths=0.75, joinstyle="round", zorder=2
        )
    )
    _write(axes, paper, colours, heading, mark)


def png(
    ecg: Ecg,
    look: Look | None = None,
    heading: str = "",
    mark: str = SYNTHETIC_MARK,
    dpi: int = 150,
) -> bytes:
    """The sheet as a PNG file whose metadata carry the mark as well."""
    buffer = io.BytesIO()
    draw(ecg, look, heading, mark).savefig(
        buffer, format="png", dpi=dpi, metadata={"Comment": mark, "Software": None}
    )
    return buffer.getvalue()


def svg(ecg: Ecg, look: Look | None = None, heading: str = "", mark: str = SYNTHETIC_MARK) -> bytes:
    """The sheet as an SVG file of its true size, with the mark as text and in its metadata."""
    buffer = io.BytesIO()
    said = {"Title": mark, "Description": mark, "Date": None, "Creator": "SE-Diff Studio"}
    draw(ecg, look, heading, mark).savefig(buffer, format="svg", metadata=said)
    return buffer.getvalue()


def _lines(ecg: Ecg, paper: Paper) -> list:
    lines = [np.column_stack(strip_mm(ecg, paper, strip)) for strip in paper.strips]
    lines += [np.column_stack(pulse_mm(paper, baseline)) for baseline in paper.baselines_mm]
    for x, y in paper.separators():
        lines += [np.array([[x, y + 3], [x, y + 6]]), np.array([[x, y - 6], [x, y - 3]])]
    return lines


def _grid(paper: Paper, step: int, color: str, width: float) -> LineCollection:
    columns = np.arange(0, paper.width_mm + 0.1, step)
    rows = np.arange(0, paper.height_mm + 0.1, step)
    lines = [[(x, 0), (x, paper.height_mm)] for x in columns]
    lines += [[(0, y), (paper.width_mm, y)] for y in rows]
    return LineCollection(lines, colors=color, linewidths=width, zorder=1)


def _write(axes, paper: Paper, colours: Colours, heading: str, mark: str) -> None:
    """Lead names, heading, scale and the mark; text of a user is never read as mathematics."""
    back = {"facecolor": colours.sheet, "alpha": 0.5, "pad": 0.8, "edgecolor": "none"}
    plain = {"color": colours.ink, "bbox": back, "parse_math": False, "zorder": 3}
    for strip in paper.strips:
        axes.text(*label_mm(strip), strip.label, size=8, weight="bold", **plain)
    right, top = paper.width_mm - RIGHT_MM, paper.height_mm - 7
    line = "   ".join(part for part in (heading, page_line(paper)) if part)
    axes.text(3, top, line, size=8, **plain)
    axes.text(right, 4, scale_line(paper.look), size=7.5, ha="right", **plain)
    marked = plain | {"color": colours.mark, "size": 7.5}
    axes.text(right, top, mark, ha="right", weight="bold", **marked)
    axes.text(3, 4, mark, **marked)
