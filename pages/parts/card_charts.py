"""Charts of the model card, each with the sentence that tells it."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from sediff.view.card import ReadBack
from sediff.view.card_model import Curve, loss_name
from sediff.view.text import say
from sediff.view.words import quoted

_INK, _OTHER = "#a3283b", "#5b6470"  # both 4.5 to 1 and more on white
# Ink, dash and symbol of a loss: no colour alone.
_LOSSES = {"held": (_INK, "solid", "circle"), "held_as_asked": (_INK, "dash", "diamond")}
_OTHER_LOSS = (_OTHER, "dot", "square-open")
_FONT = "'Source Sans', 'Source Sans Pro', sans-serif"
_ROW_PX, _FRAME_PX = 40, 96  # two lines of a name
_NAME = 24  # letters of a line: leaves a phone room for the points
_CONFIG = {"displayModeBar": False, "scrollZoom": False}


def show(figure: go.Figure, told: str, key: str) -> None:
    """A chart, and below it in words what it shows."""
    st.plotly_chart(figure, width="stretch", theme=None, key=key, alt=told, config=_CONFIG)
    st.caption(quoted(told))


def curve_chart(curve: Curve) -> go.Figure:
    """Loss against ECGs shown; runs follow one another with a gap between them."""
    figure, before, told = go.Figure(), 0.0, set[str]()
    hover = say("card.curve_hover", loss="%{y:.3f}", records="%{x:,.0f}")
    for place, run in enumerate(curve.runs, 1):
        for name, losses in run.losses.items():
            ink, dash, symbol = _LOSSES.get(name, _OTHER_LOSS)
            figure.add_trace(
                go.Scatter(
                    x=[before + records for records in run.records],
                    y=list(losses),
                    name=loss_name(name),
                    legendgroup=name,
                    showlegend=name not in told,
                    mode="lines+markers",
                    line={"color": ink, "dash": dash},
                    marker={"symbol": symbol, "size": 7},
                    hovertemplate=f"{hover}<extra>{say('card.run_hover', place=place)}</extra>",
                )
            )
            told.add(name)
        before += run.records[-1]
    _style(figure, height=330)
    figure.update_xaxes(title={"text": say("card.curve_axis")}, tickformat=",.2s", nticks=6)
    figure.update_yaxes(title={"text": say("card.loss")}, tickformat=".2f")
    figure.update_layout(legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    return figure


def read_back_chart(findings: Sequence[ReadBack]) -> go.Figure:
    """One line a finding from its AUROC on real ECGs to that on generated ones."""
    known = [one for one in findings if one.real is not None and one.generated is not None]
    figure = go.Figure()
    names = ["<br>".join(wrap(one.name, _NAME)) for one in known]
    for name, one in zip(names, known, strict=True):
        figure.add_trace(
            go.Scatter(
                x=[one.real, one.generated], y=[name, name], mode="lines", showlegend=False,
                line={"color": "#c9bfbb", "width": 2}, hoverinfo="skip",
            )
        )  # fmt: skip
    for label, values, ink, symbol in (
        (say("card.read_back_real"), [one.real for one in known], _OTHER, "circle-open"),
        (say("card.read_back_generated"), [one.generated for one in known], _INK, "diamond"),
    ):
        marker: dict[str, Any] = {"color": ink, "symbol": symbol, "size": 10, "line": {"width": 2}}
        figure.add_trace(
            go.Scatter(
                x=values, y=names, mode="markers", name=label, marker=marker,
                hovertemplate=f"%{{y}}<br>{label}: %{{x:.3f}}<extra></extra>",
            )
        )  # fmt: skip
    _style(figure, height=_FRAME_PX + _ROW_PX * len(known))
    figure.update_xaxes(
        title={"text": say("card.read_back_axis")}, tickformat=".2f", tickangle=0, nticks=5
    )
    figure.update_yaxes(range=[len(known) - 0.4, -0.6], tickfont={"size": 13})
    figure.update_layout(legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0})
    return figure


def read_back_words(findings: Sequence[ReadBack]) -> str:
    """The chart in words: how many findings, and the largest losses."""
    known = [
        (one.real - one.generated, one)
        for one in findings
        if one.real is not None and one.generated is not None
    ]
    if not known:
        return say("card.read_back_none")
    worst = sorted(known, key=lambda pair: -pair[0])[:3]
    told = "; ".join(
        say(
            "card.read_back_one",
            name=one.name,
            generated=f"{one.generated:.3f}",
            real=f"{one.real:.3f}",
        )
        for _, one in worst
    )
    return say("card.read_back_words", n=len(known), worst=told)


def _style(figure: go.Figure, height: int) -> None:
    font = {"size": 14}
    figure.update_xaxes(gridcolor="#e6dfdc", zeroline=False, tickfont=font, title={"font": font})
    figure.update_yaxes(
        gridcolor="#f1ecea", zeroline=False, tickfont=font, title={"font": font}, automargin=True
    )
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 36, "b": 56},
        dragmode=False,
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        font={"family": _FONT, "color": "#1f2328", "size": 14},
    )
