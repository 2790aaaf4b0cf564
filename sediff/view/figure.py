"""The ECG on paper as an interactive plotly figure, one axes pair in millimetres."""

from collections.abc import Collection, Sequence

import numpy as np
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.highlight import Span, boxes
from sediff.view.paper import (
    LEFT_MM,
    RIGHT_MM,
    SPEED_AND_GAIN,
    Layout,
    Paper,
    Strip,
    label_mm,
    lay_out,
    pulse_mm,
    strip_mm,
)

SHEET = "#fffaf8"
INK = "#1f2328"
MARK_INK = "#9f1d2b"
HIGHLIGHT = "rgba(255,196,0,0.38)"
FINE = "#fbe9e6"  # 1 mm
BOLD = "#f0b8b3"  # 5 mm
PX_PER_MM = 3.7
Highlight = tuple[Collection[str], Sequence[Span]]
_FONT = "'Source Sans', 'Source Sans Pro', sans-serif"
_LABEL_BACK = "rgba(255,250,248,0.6)"


def build_figure(
    ecg: Ecg,
    layout: Layout = "3x4",
    heading: str = "",
    touch: bool = False,
    shown: Highlight | None = None,
) -> go.Figure:
    """Draw the ECG on paper.

    Args:
        ecg: what to draw.
        layout: key of `sediff.view.paper.LAYOUTS`.
        heading: one line above the traces, such as age, sex and seed.
        touch: a finger scrolls the page instead of moving the sheet.
        shown: (leads, spans in s) to highlight; no leads means all of them.

    Returns:
        A figure whose x and y are millimetres on the sheet. Hovering a trace shows lead,
        time in s and mV. Millimetres stay square at any size and zoom.

    Raises:
        RequestError: there is no such layout.
    """
    paper = lay_out(ecg, layout)
    figure = go.Figure()
    for strip in paper.strips:
        figure.add_trace(_trace(ecg, strip))
    figure.add_trace(_ink(_pulses(paper), 1.2, "calibration"))
    figure.add_trace(_ink(_separators(paper), 1.2, "separators"))
    for x0, y0, x1, y1 in boxes(ecg, paper, *shown) if shown else ():
        figure.add_shape(
            type="rect", x0=x0, y0=y0, x1=x1, y1=y1, layer="below",
            fillcolor=HIGHLIGHT, line={"width": 0},
        )  # fmt: skip
    _write(figure, paper, heading)
    _style(figure, paper, touch)
    return figure


def blank_figure(text: str) -> go.Figure:
    """An empty sheet of the usual size with one line of text in its middle."""
    paper = lay_out(Ecg(np.zeros((12, 5000), np.float32)))
    figure = go.Figure()
    middle = (LEFT_MM + (paper.width_mm - LEFT_MM - RIGHT_MM) / 2, paper.height_mm / 2)
    _note(figure, *middle, text, size=17, color="#6b5a58", back=SHEET, xanchor="center")
    _style(figure, paper, touch=True)
    return figure


def alt_text(ecg: Ecg, layout: Layout, summary: str = "") -> str:
    """One sentence that tells what the picture shows to those who cannot see it."""
    shape = {"3x4": "3 by 4 with a rhythm strip of lead II", "6x2": "6 by 2", "12x1": "12 by 1"}
    text = f"Synthetic 12-lead ECG on paper, {ecg.seconds:g} seconds, {shape[layout]}"
    return f"{text}: {summary}." if summary else f"{text}."


def _trace(ecg: Ecg, strip: Strip) -> go.Scatter:
    x, y = strip_mm(ecg, strip)
    seconds = np.arange(strip.start, strip.stop) / ecg.fs
    mv = ecg.lead(strip.lead)[strip.start : strip.stop]
    return go.Scatter(
        x0=x[0],
        dx=x[1] - x[0],
        y=y.astype(np.float32),
        customdata=np.column_stack([seconds, mv]).astype(np.float32),
        name=strip.lead,
        mode="lines",
        line={"color": INK, "width": 1.15},
        hovertemplate=f"<b>{strip.lead}</b>  %{{customdata[0]:.3f}} s  "
        "%{customdata[1]:+.3f} mV<extra></extra>",
    )


Points = tuple[list[float | None], list[float | None]]


def _pulses(paper: Paper) -> Points:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for baseline in paper.baselines_mm:
        x, y = pulse_mm(baseline)
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


def _ink(points: Points, width: float, name: str) -> go.Scatter:
    return go.Scatter(
        x=points[0],
        y=points[1],
        mode="lines",
        line={"color": INK, "width": width},
        name=name,
        hoverinfo="skip",
    )


def _write(figure: go.Figure, paper: Paper, heading: str) -> None:
    """Lead names, heading, speed and gain, and the mark at the top and at the bottom."""
    for strip in paper.strips:
        x, y = label_mm(strip)
        _note(figure, x, y, f"<b>{strip.lead}</b>", size=13, back=_LABEL_BACK)
    right, top = paper.width_mm - RIGHT_MM, paper.height_mm - 8.5
    mark = f"<b>{SYNTHETIC_MARK}</b>"
    if heading:
        _note(figure, 3, top, heading, size=13, back=_LABEL_BACK)
    _note(figure, right, top, mark, size=13, color=MARK_INK, back=_LABEL_BACK, xanchor="right")
    # Left as well as right: a phone shows one half of the sheet at a time.
    _note(figure, 3, 3, SPEED_AND_GAIN, size=12, back=_LABEL_BACK)
    _note(figure, 42, 3, SYNTHETIC_MARK, size=12, color=MARK_INK, back=_LABEL_BACK)


def _note(
    figure: go.Figure,
    x: float,
    y: float,
    text: str,
    *,
    size: int,
    color: str = INK,
    back: str = "rgba(0,0,0,0)",
    xanchor: str = "left",
) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xanchor=xanchor,
        yanchor="bottom",
        font={"size": size, "color": color, "family": _FONT},
        bgcolor=back,
        borderpad=1,
    )


def _style(figure: go.Figure, paper: Paper, touch: bool) -> None:
    """Square millimetres and the grid: drawn by the axes, so it weighs nothing to send."""
    axis = {
        "showgrid": True,
        "dtick": 5,
        "tick0": 0,
        "gridcolor": BOLD,
        "gridwidth": 1,
        "minor": {"dtick": 1, "tick0": 0, "showgrid": True, "gridcolor": FINE, "gridwidth": 1},
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
        # 'range' lets the sheet grow into spare room, 'domain' would leave a white frame.
        "constrain": "range",
    }
    figure.update_xaxes(**axis, range=[0, paper.width_mm])
    figure.update_yaxes(**axis, range=[0, paper.height_mm], scaleanchor="x", scaleratio=1)
    figure.update_layout(
        height=round(paper.height_mm * PX_PER_MM),
        margin={"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        paper_bgcolor=SHEET,
        plot_bgcolor=SHEET,
        showlegend=False,
        hovermode="closest",
        hoverlabel={"bgcolor": "#ffffff", "font": {"size": 13, "color": INK, "family": _FONT}},
        dragmode=False if touch else "pan",
        # The zoom is kept while the page is drawn anew. A new ECG starts with the whole sheet:
        # Streamlit replaces a chart whose data have changed.
        uirevision=paper.layout,
    )
