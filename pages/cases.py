"""Cases: the library of teaching cases, and one of them with its ECG."""

import streamlit as st

from pages.parts import cases_actions, cases_files, cases_list, cases_view
from pages.parts.cases_add import OPEN
from pages.parts.cases_told import show_told
from pages.parts.frame import through_app
from pages.parts.owner import owner
from sediff.cases.library import Library
from sediff.cases.shipped import shipped_cases
from sediff.errors import SediffError, WeightsError
from sediff.view.text import say
from sediff.view.words import quoted


def one(library: Library, link: str) -> None:
    """The case that the address names."""
    st.button(say("cases.back"), icon=":material/arrow_back:", on_click=_close)
    show_told()
    case, mine = library.open(link)
    if not (mine or case.shipped):
        st.info(say("cases.read_only"), icon=":material/visibility:")
    if mine and cases_actions.editing(case):
        cases_actions.edit_form(library, case)
        return
    answered = cases_view.first_look(case)
    cases_actions.bar(library, case, mine)
    if answered:
        cases_view.answer(case)


def every(library: Library) -> None:
    """The list, and what is done with the chosen ones."""
    st.caption(say("cases.intro"))
    show_told()
    _say_when_damaged()
    above = st.container()
    ids = cases_list.show(library)
    with above:
        cases_files.with_chosen(library, ids)
    cases_files.import_box()


def _say_when_damaged() -> None:
    try:
        shipped_cases()
    except WeightsError as error:
        st.warning(quoted(str(error)), icon=":material/warning:")


def _close() -> None:
    st.query_params.pop(cases_list.LINK, None)


def main() -> None:
    """Draw the list or the open case; whatever the library refuses is one sentence."""
    st.title(say("app.cases"), anchor=False)
    asked = st.session_state.pop(OPEN, None)
    if asked is not None:
        st.query_params[cases_list.LINK] = asked
    library = Library(owner())
    link = st.query_params.get(cases_list.LINK)
    try:
        if link:
            one(library, link)
        else:
            every(library)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")


through_app()
main()
