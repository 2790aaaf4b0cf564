"""The start of a quiz: which cases, how many, in what time, and how they are answered."""

import secrets

import numpy as np
import streamlit as st

from pages.parts import quiz_links, quiz_scores
from pages.parts.cases_words import FAMILIES, LEVELS, family_name, level_label
from pages.parts.quiz_run import Source, begin
from sediff.cases.case import CaseHead
from sediff.cases.quiz import chosen, practice_families
from sediff.cases.quiz_settings import MOST_QUESTIONS, SECONDS, Form, Settings, Timing
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

CHOSEN = "quiz_cases"  # key in the session: ids that the Cases page hands over
GO = "quiz_go"  # key in the session: the quiz that was begun may ask its first question
_SOURCES = {
    "chosen": "quiz.source_chosen",
    "mixed": "quiz.source_mixed",
    "family": "quiz.source_family",
    "difficulty": "quiz.source_difficulty",
    "practice": "quiz.source_practice",
}
_FORMS: dict[Form, str] = {"text": "quiz.form_text", "choice": "quiz.form_choice"}
_TIMINGS: dict[Timing, str] = {
    "none": "quiz.timing_none",
    "each": "quiz.timing_each",
    "whole": "quiz.timing_whole",
}
_USUAL = 10  # questions
_WIDTH = 320  # px of a field; less on a narrower screen


def page(owner: str) -> None:
    """The start page of somebody who learns or teaches."""
    st.title(say("quiz.title"), anchor=False)
    st.markdown(say("quiz.intro"))
    heads = _heads(owner)
    left, right = st.columns((3, 2), gap="large")
    with left:
        st.header(say("quiz.new"), anchor=False)
        source = _source(owner, heads)
        settings = settings_of()
        if st.button(
            say("quiz.start"),
            type="primary",
            icon=":material/play_arrow:",
            key="quiz_start",
            disabled=not (source.practice or source.ids),
        ):
            start(source, settings)
    with right:
        quiz_scores.panel(owner)
    quiz_links.panel(source, settings)


def start(source: Source, settings: Settings, name: str = "") -> None:
    """Begin a quiz and draw the page anew."""
    begin(source, settings, name)
    st.session_state[GO] = True
    st.rerun()


def _heads(owner: str) -> list[CaseHead]:
    """All cases that can be asked; a sentence where the library cannot be read."""
    from sediff.cases.library import Library

    try:
        return [head for head in Library(owner).search() if head.findings]
    except SediffError as error:
        st.warning(quoted(str(error)), icon=":material/warning:")
        return []


def _source(owner: str, heads: list[CaseHead]) -> Source:
    """Which cases, and how many of them in which order."""
    handed = set(st.session_state.get(CHOSEN) or ())
    there: list[str] = [head.id for head in heads if head.id in handed]
    names = [name for name in _SOURCES if name != "chosen" or there]
    names = names if heads else ["practice"]
    if st.session_state.get("quiz_source") not in names:
        st.session_state["quiz_source"] = names[0]
    kind = st.radio(
        say("quiz.source"),
        names,
        key="quiz_source",
        format_func=lambda name: _source_name(name, len(there)),
    )
    if kind == "practice":
        return _practice(owner)
    return Source(
        owner,
        ids=_drawn(there if kind == "chosen" else _fitting(kind, heads), whole=kind == "chosen"),
    )


def _source_name(name: str, handed: int) -> str:
    if name == "chosen" and handed == 1:
        return say("quiz.source_chosen_one")
    return say(_SOURCES[name], n=handed)


def _fitting(kind: str, heads: list[CaseHead]) -> list[str]:
    """Ids of a family or a difficulty, or of all."""
    if kind == "family":
        families = [one for one in FAMILIES if any(head.family == one for head in heads)]
        family = st.selectbox(
            say("quiz.family"), families, format_func=family_name, key="quiz_family", width=_WIDTH
        )
        return [head.id for head in heads if head.family == family]
    if kind == "difficulty":
        level = st.segmented_control(
            say("quiz.difficulty"),
            LEVELS,
            default=LEVELS[0],
            required=True,
            format_func=level_label,
            key="quiz_difficulty",
        )
        return [head.id for head in heads if head.difficulty == level]
    return [head.id for head in heads]


def _drawn(ids: list[str], whole: bool) -> tuple[str, ...]:
    """As many as asked, in an order that is random for every quiz but steady on this page."""
    if not ids:
        st.caption(say("quiz.none_there"))
        return ()
    if len(ids) == 1:
        return tuple(ids)
    most = min(len(ids), MOST_QUESTIONS)
    count = int(
        st.number_input(
            say("quiz.count", n=len(ids)),
            1,
            most,
            most if whole else min(_USUAL, most),
            key=f"quiz_count_{whole}_{most}",
            width=_WIDTH,
        )
    )
    return tuple(chosen(ids, count, np.random.default_rng(secrets.randbelow(2**31))))


def _practice(owner: str) -> Source:
    st.caption(say("quiz.practice_note"))
    family = st.selectbox(
        say("quiz.family"),
        [None, *(one for one in FAMILIES if one in practice_families())],
        format_func=lambda one: family_name(one) if one else say("quiz.all_families"),
        key="quiz_practice_family",
        width=_WIDTH,
    )
    model = st.toggle(say("quiz.model"), value=True, key="quiz_model", help=say("quiz.model_help"))
    return Source(owner, practice=True, family=family, model=model)


def settings_of() -> Settings:
    """How the questions are asked."""
    form: Form = st.segmented_control(
        say("quiz.form"),
        list(_FORMS),
        default="text",
        required=True,
        format_func=lambda one: say(_FORMS[one]),
        key="quiz_form",
        persist_state="session",
    )
    timing: Timing = st.segmented_control(
        say("quiz.timing"),
        list(_TIMINGS),
        default="none",
        required=True,
        format_func=lambda one: say(_TIMINGS[one]),
        key="quiz_timing",
        persist_state="session",
    )
    if timing == "each":
        low, high = SECONDS["each"]
        seconds = st.number_input(
            say("quiz.seconds"), low, high, 60, 10, key="quiz_seconds", width=_WIDTH
        )
        return Settings(form, timing, int(seconds))
    if timing == "whole":
        minutes = st.number_input(say("quiz.minutes"), 1, 120, 10, key="quiz_minutes", width=_WIDTH)
        return Settings(form, timing, 60 * int(minutes))
    return Settings(form)
