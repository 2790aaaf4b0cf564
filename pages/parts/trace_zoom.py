"""Keeps zoom and place of a sheet while its ECG changes.

Streamlit gives a chart with new data a new place in the page, so what its browser part knows of
the zoom is lost. A script tells the server of every zoom; the next sheet is drawn there.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import plotly.graph_objects as go
import streamlit as st
from streamlit.components.v2 import component

from sediff.view.text import say

_SCRIPT = Path(__file__).with_suffix(".js")


def sheet_key(key: str) -> str:
    """Key of the container that holds the sheet."""
    return f"{key}_trace_sheet"


def keep(key: str, figure: go.Figure) -> None:
    """Give the sheet the place that the last one of this key was looked at.

    The same sheet keeps the place that it was first drawn with: the browser has moved it since,
    and drawing it anew would only make it flicker. Keys have moved nothing in the browser, so
    each press (a new turn) draws it anew.
    """
    told, layout = _told(key) or {}, cast(Any, figure.layout)
    layout.meta = [st.session_state.get(f"{key}_resets", 0), told.get("turn", 0)]
    sheet, drawn = _print(figure), st.session_state.get(f"{key}_drawn")
    if drawn is None or drawn[0] != sheet:
        drawn = (sheet, _zoom_of(key, layout.uirevision))
        st.session_state[f"{key}_drawn"] = drawn
    place = drawn[1]
    if place:
        layout.xaxis.range, layout.yaxis.range = place["x"], place["y"]


def listen(key: str) -> None:
    """The script that tells of every zoom; it shows nothing."""
    _component()(
        key=f"{key}_zoom",
        data={"chart": key, "sheet": sheet_key(key), "label": say("trace.sheet_keys")},
        on_zoom_change=_noted,
        height="content",
    )


def reset_button(key: str) -> None:
    """Back to the whole sheet."""
    st.button(
        say("trace.whole_sheet"),
        icon=":material/fit_screen:",
        help=say("trace.whole_sheet_help"),
        key=f"{key}_whole",
        on_click=_reset,
        args=(key,),
        type="tertiary",
    )


def _reset(key: str) -> None:
    st.session_state[f"{key}_drawn"] = None
    st.session_state[f"{key}_resets"] = st.session_state.get(f"{key}_resets", 0) + 1
    st.session_state[f"{key}_forget"] = _told(key)


def _zoom_of(key: str, revision: str) -> dict[str, Any] | None:
    """What the browser told last, where it still means the same place."""
    zoom = _told(key)
    if not zoom or zoom == st.session_state.get(f"{key}_forget"):
        return None
    return zoom if zoom.get("sheet") == revision else None


def _told(key: str) -> dict[str, Any] | None:
    """The last word of the script; None where there is none, or none that makes sense."""
    state = st.session_state.get(f"{key}_zoom")
    zoom = state.get("zoom") if state else None
    if not isinstance(zoom, Mapping):
        return None
    good = not zoom.get("sheet") or all(_is_range(zoom.get(axis)) for axis in "xy")
    return dict(zoom) if good else None


def _is_range(value: Any) -> bool:
    numbers = isinstance(value, list | tuple) and len(value) == 2
    return numbers and all(isinstance(x, int | float) and math.isfinite(x) for x in value)


def _noted() -> None:
    """Streamlit wants a callback for a state that a script sets."""


def _print(figure: go.Figure) -> str:
    return blake2b(str(figure.to_json()).encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _component() -> Any:
    return component("sediff_trace_zoom", js=_SCRIPT.read_text(encoding="utf-8"))
