"""The ECG on paper with its own controls: every page shows its traces through this."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from pages.parts import trace_calipers, trace_look, trace_monitor, trace_zoom
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.figure import UNITS_PER_MM, alt_text, build_figure
from sediff.view.highlight import Span
from sediff.view.look import Look
from sediff.view.sheet import TOUCH_PX_PER_MM
from sediff.view.text import say

__all__ = ["current_look", "trace"]

Shown = tuple[Collection[str], Sequence[Span]]
current_look = trace_look.current_look
_STYLE = Path(__file__).with_suffix(".css")
_SHEET_S = 10.0  # what one sheet shows
_LONG_S = 12.0  # a longer record is shown in parts
_CONFIG = {
    "displaylogo": False,
    "toImageButtonOptions": {"filename": "ecg", "scale": 2},
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtonsToRemove": ["lasso2d", "autoScale2d", "resetScale2d"],
}


@dataclass(frozen=True)
class _Scene:
    """Everything that one sheet shows."""

    ecg: Ecg
    key: str
    look: Look
    heading: str
    alt: str
    shown: Shown | None
    mark: str


def trace(
    ecg: Ecg,
    key: str,
    *,
    heading: str = "",
    alt: str = "",
    shown: Shown | None = None,
    mark: str = SYNTHETIC_MARK,
    controls: bool = True,
    look: Look | None = None,
    tools: bool | None = None,
) -> Look:
    """Draw the ECG, its controls (layout, speed, gain, order, filter, palette) and its tools.

    Args:
        key: of the chart and, with its prefix, of the controls; one a page and trace. Letters,
            digits and '_'.
        heading: line on top of the sheet; it must not tell the answer of a quiz.
        alt: text for those who cannot see it; '' says lead count, length and look alone.
        shown: (leads, spans in s) to highlight.
        mark: printed on the sheet.
        controls: whether the user may change how it looks.
        look: to start from; None: the user's last choice in this session.
        tools: calipers and monitor; None: as `controls`.

    Returns:
        How it is looked at, for prints of the same sheet.
    """
    st.html(_STYLE)
    chosen = trace_look.choose(key, look) if controls else look or current_look()
    scene = _Scene(ecg, key, chosen, heading, alt, shown, mark)
    if ecg.seconds > _LONG_S:
        scene = _part(scene)
    _sheet(scene, controls if tools is None else tools)
    return chosen


@st.fragment
def _sheet(scene: _Scene, tools: bool) -> None:
    """The paper and its tools; they run alone when a caliper moves, without the page."""
    place = st.container(key=trace_zoom.sheet_key(scene.key))
    measured = _tools(scene) if tools else trace_calipers.Calipers()
    touch = "Mobi" in (st.context.headers.get("User-Agent") or "")
    figure: Any = build_figure(
        scene.ecg, scene.look, scene.heading, touch, scene.shown, scene.mark,
        measured.caliper, measured.march, measuring=measured.caliper is not None,
    )  # fmt: skip
    width_mm = figure.layout.xaxis.range[1] / UNITS_PER_MM
    trace_zoom.keep(scene.key, figure)
    with place:
        st.html(_width_style(scene.key, width_mm))
        st.plotly_chart(
            figure,
            width="stretch",
            height=int(figure.layout.height),
            theme=None,
            key=scene.key,
            alt=scene.alt or alt_text(scene.ecg, scene.look, mark=scene.mark),
            on_select=lambda: trace_calipers.dragged(scene.ecg, scene.key, scene.look),
            selection_mode="box",
            config=_CONFIG,
        )
    trace_zoom.listen(scene.key)


def _width_style(key: str, width_mm: float) -> str:
    """As wide as its millimetres, and never so narrow that they cannot be read."""
    box = f".st-key-{trace_zoom.sheet_key(key)}"
    least = round(width_mm * TOUCH_PX_PER_MM)
    return (
        f"<style>{box} {{max-width: {width_mm:.1f}mm}} {box} > div {{min-width: {least}px}}</style>"
    )


def _tools(scene: _Scene) -> trace_calipers.Calipers:
    """Calipers, monitor, and back to the whole sheet."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        measuring = trace_calipers.switch(scene.key)
        sweeping = trace_monitor.switch(scene.key)
        trace_zoom.reset_button(scene.key)
    measured = trace_calipers.Calipers()
    if measuring:
        measured = trace_calipers.measure(scene.ecg, scene.key, scene.look)
    if sweeping:
        trace_monitor.monitor(scene.ecg, scene.key, scene.look, scene.mark)
    return measured


def _part(scene: _Scene) -> _Scene:
    """Ten seconds of a longer record, chosen by a slider, with their time on the sheet."""
    ecg = scene.ecg
    start = st.slider(
        say("trace.from_second"), 0.0, ecg.seconds - _SHEET_S, 0.0, 1.0, key=f"{scene.key}_from"
    )
    a = round(start * ecg.fs)
    part = replace(ecg, signal=ecg.signal[:, a : a + round(_SHEET_S * ecg.fs)])
    told = say("trace.part", start=start, end=start + _SHEET_S)
    shown = scene.shown
    if shown:
        shown = shown[0], [(first - start, last - start) for first, last in shown[1]]
    heading = "   ".join(words for words in (scene.heading, told) if words)
    return replace(scene, ecg=part, shown=shown, heading=heading)
