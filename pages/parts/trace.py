"""The ECG on paper with its own controls: every page shows its traces through this."""

from collections.abc import Collection, Sequence

import streamlit as st

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.figure import build_figure
from sediff.view.highlight import Span
from sediff.view.look import Look

Shown = tuple[Collection[str], Sequence[Span]]


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
) -> Look:
    """Draw the ECG and its controls (layout, speed, gain, order, filter, palette, calipers).

    Args:
        key: of the chart and, with its prefix, of the controls; one a page and trace.
        heading: line on top of the sheet; it must not tell the answer of a quiz.
        alt: text for those who cannot see it; '' says lead count and length alone.
        shown: (leads, spans in s) to highlight.
        mark: printed on the sheet.
        controls: whether the user may change how it looks.
        look: to start from; None: the user's last choice in this session.

    Returns:
        How it is looked at, for prints of the same sheet.
    """
    chosen = look or Look()
    figure = build_figure(ecg, "3x4", heading, False, shown)
    st.plotly_chart(figure, width="stretch", theme=None, key=key, alt=alt or "12-lead ECG")
    return chosen
