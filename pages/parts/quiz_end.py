"""The end of a quiz: the score, every question with its answer, and what comes next."""

import streamlit as st

from pages.parts import quiz_scores
from pages.parts.quiz_run import Asked, Run, Source, leave
from pages.parts.quiz_start import start
from sediff.cases.quiz import option_name, points
from sediff.spec import Stated
from sediff.view.text import say
from sediff.view.words import quoted


def page(run: Run) -> None:
    """The score of this quiz and the ways on."""
    done = run.answered
    st.title(say("quiz.done"), anchor=False)
    if done:
        mean = sum(_score(one) for one in done) / len(done)
        right = sum(one.marked is not None and one.marked.right for one in done)
        st.markdown(say("quiz.done_told", mean=points(mean), right=right, n=len(done)))
    open_ones = (run.source.count or len(done)) - len(done)
    if open_ones > 0:
        st.caption(say("quiz.not_reached", n=open_ones))
    _ways_on(run)
    for number, one in enumerate(done, start=1):
        st.markdown(_line(number, one))
    quiz_scores.panel(run.source.owner, run.source.token or None)


def _score(one: Asked) -> float:
    return one.marked.score if one.marked else 0.0


def _line(number: int, one: Asked) -> str:
    lines = one.marked.of("correct", "partial", "missed") if one.marked else ()
    names = ", ".join(option_name(Stated(line.id, stage=line.stage)) for line in lines)
    given = quoted(one.answer) or say("quiz.no_answer")
    icon = ":green[:material/check_circle:]" if _score(one) > 0.99 else ":gray[:material/circle:]"
    score = points(_score(one))
    told = say("quiz.done_line", n=number, answer=quoted(names), given=given, score=score)
    return f"{icon} {told}"


def _ways_on(run: Run) -> None:
    again = _missed(run)
    with st.container(horizontal=True):
        if again is not None and st.button(
            say("quiz.again"), icon=":material/replay:", type="primary", key="quiz_again"
        ):
            start(again, run.settings, run.name)
        if st.button(say("quiz.another"), icon=":material/home:", key="quiz_another"):
            leave()
            st.rerun()


def _missed(run: Run) -> Source | None:
    """The questions of this quiz that were not fully right, as a new one."""
    source = run.source
    places = [i for i, one in enumerate(run.asked) if one.marked and not one.marked.right]
    if source.practice or not places:
        return None
    if source.token:
        return Source(
            source.owner, token=source.token, places=tuple(source.places[i] for i in places)
        )
    return Source(source.owner, ids=tuple(source.ids[i] for i in places))
