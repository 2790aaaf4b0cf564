"""Links for students: a quiz as a copy under an opaque token, and the list of one's own."""

from urllib.parse import urlsplit

import streamlit as st

from pages.parts.frame import LINK, address
from pages.parts.quiz_draw import practice_cases
from pages.parts.quiz_run import Source
from sediff.cases.case import Case
from sediff.cases.quiz import points
from sediff.cases.quiz_settings import Settings
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

_NEW = "quiz_new_link"  # key in the session: token of the link that was just made
_HERE = ("localhost", "127.0.0.1", "::1")


def panel(source: Source, settings: Settings) -> None:
    """A form that makes a link of the settings above, and the links that there are."""
    st.header(say("quiz.links"), anchor=False)
    st.caption(say("quiz.links_note"))
    _form(source, settings)
    _list(source.owner)


def _form(source: Source, settings: Settings) -> None:
    with st.form("quiz_link_form"):
        name = st.text_input(
            say("quiz.link_name"),
            key="quiz_link_name",
            max_chars=80,
            placeholder=say("quiz.link_name_hint"),
            help=say("quiz.link_name_help"),
        )
        count = len(source.ids)
        if source.practice:
            count = int(st.number_input(say("quiz.link_count"), 1, 20, 10, key="quiz_link_count"))
        st.caption(say("quiz.link_of", n=count))
        pressed = st.form_submit_button(say("quiz.link_make"), icon=":material/link:")
    if pressed:
        _make(source, settings, name, count)


def _make(source: Source, settings: Settings, name: str, count: int) -> None:
    from sediff.cases.quiz_sets import make_set

    if not name.strip():
        st.warning(say("quiz.link_needs_name"), icon=":material/edit:")
        return
    try:
        made = make_set(source.owner, name, _cases(source, count), settings)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.session_state[_NEW] = made.token
    st.rerun()


def _cases(source: Source, count: int) -> list[Case]:
    from sediff.cases.library import Library

    if source.practice:
        return practice_cases(source, count)
    library = Library(source.owner)
    return [library.get(id) for id in source.ids]


def _list(owner: str) -> None:
    from sediff.cases.quiz_sets import sets_of
    from sediff.cases.scores import results_of

    try:
        sets = sets_of(owner)
        results = results_of([one.token for one in sets])
    except SediffError as error:
        st.warning(quoted(str(error)), icon=":material/warning:")
        return
    new = st.session_state.get(_NEW)
    if sets and st.context.url and urlsplit(st.context.url).hostname in _HERE:
        st.caption(say("quiz.link_local"))
    for one in sets:
        with st.container(border=True):
            told = results.get(one.token)
            st.markdown(f"**{quoted(one.name)}** · {say('quiz.link_size', n=one.questions)}")
            if told is not None:
                mean = points(told.mean)
                said = say("quiz.results", people=told.people, answers=told.answers, mean=mean)
                st.markdown(said)
            if one.token == new:
                st.markdown(f":green[:material/check:] {say('quiz.link_made')}")
            st.code(address(LINK, one.token), language=None, wrap_lines=True)
            _delete(owner, one.token, one.name)


def _delete(owner: str, token: str, name: str) -> None:
    """A button that asks once more: the link of a running quiz would end."""
    from sediff.cases.quiz_sets import delete_set

    with st.popover(say("quiz.link_delete"), icon=":material/delete:"):
        st.markdown(say("quiz.link_delete_sure", name=quoted(name)))
        if st.button(say("quiz.link_delete_yes"), key=f"quiz_delete_{token}"):
            try:
                delete_set(owner, token)
            except SediffError as error:
                st.error(quoted(str(error)), icon=":material/error:")
                return
            st.rerun()
