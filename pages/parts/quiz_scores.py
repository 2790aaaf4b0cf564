"""Scores over time and by family: kept on this computer, shown to whoever earned them."""

import plotly.graph_objects as go
import streamlit as st

from pages.parts.cases_words import family_name
from sediff.cases.quiz import points
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

_COLOUR = "#a3283b"
_INK = "#1f2328"
_WIDTH = 560  # px of a chart; less on a narrower screen
_LEAST = 2  # answers that make a course


def panel(owner: str, quiz: str | None = None) -> None:
    """Charts of the scores, their file, and a way to forget them.

    Args:
        quiz: token of the set that alone counts; None: all.
    """
    from sediff.cases.scores import Scores, by_family, running_mean, to_csv

    st.header(say("quiz.scores"), anchor=False)
    try:
        rows = Scores(owner).rows(quiz)
    except SediffError as error:
        st.warning(quoted(str(error)), icon=":material/warning:")
        return
    if not rows:
        st.caption(say("quiz.no_scores"))
        return
    mean = sum(row.score for row in rows) / len(rows)
    st.markdown(say("quiz.scores_told", n=len(rows), mean=points(mean)))
    families = {family_name(name): pair for name, pair in by_family(rows).items()}
    _bars(families)
    if len(rows) >= _LEAST:
        _course(running_mean(rows))
    with st.container(horizontal=True):
        st.download_button(
            say("quiz.export"),
            to_csv(rows),
            file_name="quiz-scores.csv",
            mime="text/csv",
            icon=":material/download:",
            key="quiz_export",
            on_click="ignore",
        )
        with st.popover(say("quiz.reset"), icon=":material/delete:"):
            st.markdown(say("quiz.reset_sure", n=len(rows)))
            st.button(say("quiz.reset_yes"), key="quiz_reset", on_click=_reset, args=(owner, quiz))


def _reset(owner: str, quiz: str | None) -> None:
    from sediff.cases.scores import Scores

    try:
        Scores(owner).reset(quiz)
    except SediffError as error:
        st.toast(quoted(str(error)), icon=":material/error:")


def _bars(families: dict[str, tuple[float, int]]) -> None:
    """One bar a family, with its value in words at its end."""
    names = list(families)[::-1]
    values = [families[name][0] for name in names]
    told = [say("quiz.bar", mean=points(families[n][0]), n=families[n][1]) for n in names]
    figure = go.Figure(
        go.Bar(
            x=[100 * value for value in values],
            y=names,
            orientation="h",
            text=told,
            textposition="auto",
            insidetextanchor="start",
            marker_color=_COLOUR,
            width=0.7,
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(range=[0, 104], dtick=50, ticksuffix=" %", automargin=True)
    words = "; ".join(f"{n}: {t}" for n, t in zip(names[::-1], told[::-1], strict=True))
    _show(figure, 60 + 34 * len(names), say("quiz.bars_alt", words=words), "quiz_bars")


def _course(means: list[float]) -> None:
    """The mean of the last ten answers, answer by answer."""
    numbers = list(range(1, len(means) + 1))
    y = [100 * mean for mean in means]
    figure = go.Figure(
        go.Scatter(x=numbers, y=y, mode="lines+markers", line_color=_COLOUR, marker_size=5)
    )
    figure.update_yaxes(range=[-4, 104], ticksuffix=" %")
    figure.update_xaxes(title=say("quiz.course_x"), rangemode="tozero")
    st.caption(say("quiz.course"))
    alt = say("quiz.course_alt", n=len(means), first=points(means[0]), last=points(means[-1]))
    _show(figure, 220, alt, "quiz_course")


def _show(figure: go.Figure, height: int, alt: str, key: str) -> None:
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        height=height,
        font_color=_INK,
        plot_bgcolor="white",
        paper_bgcolor="white",
        showlegend=False,
    )
    figure.update_yaxes(automargin=True)
    config = {"displayModeBar": False, "staticPlot": True}
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config=config, width=_WIDTH)
