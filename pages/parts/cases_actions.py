"""The buttons of one case: edit, duplicate, delete, share, print, quiz, and the way to Generate."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.parts import cases_files
from pages.parts.cases_form import fields
from pages.parts.cases_list import LINK, known_tags
from pages.parts.cases_told import tell
from pages.parts.hand_over import to_generate
from sediff.cases.case import Case
from sediff.cases.library import Library
from sediff.cases.settings import request_of, spec_of
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

_EDITED = "cases_edited"  # key in the session: id of the case whose form is open
_TURN = "cases_edit_turn"  # a form that was left starts anew next time


def bar(library: Library, case: Case, mine: bool) -> None:
    """All of the buttons in a row."""
    link = st.query_params.get(LINK, case.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if mine:
            st.button(say("cases.edit"), icon=":material/edit:", on_click=_edit, args=(case.id,))
        st.button(
            say("cases.duplicate") if mine or case.shipped else say("cases.keep_copy"),
            icon=":material/content_copy:",
            on_click=_try,
            args=(_duplicate, library, case),
        )
        spec = spec_of(case)
        if (
            st.button(
                say("cases.open_generate"),
                icon=":material/ecg_heart:",
                help=say("cases.open_generate_help") if spec else say("cases.no_spec"),
                disabled=spec is None,
            )
            and spec is not None
        ):
            to_generate(request_of(spec), now=False)
        if mine or case.shipped:
            cases_files.quiz_button([case.id], say("cases.quiz_one"))
        cases_files.print_box(library, [link], "one")
        cases_files.export_button(library, [link], "one")
        if mine or case.shipped:
            _share_box(library, case)
        if mine:
            _delete_box(library, case)


def editing(case: Case) -> bool:
    """Whether the form of this case is open."""
    return st.session_state.get(_EDITED) == case.id


def edit_form(library: Library, case: Case) -> None:
    """The form with what the case says now; nothing is kept before Save is pressed."""
    st.header(say("cases.edit_heading"), anchor=False)
    key = f"cases_edit_{case.id}_{st.session_state.setdefault(_TURN, 0)}"
    given = case.to_row()
    with st.form(key, border=False):
        texts = fields(given, key, known_tags(library.search()))
        with st.container(horizontal=True):
            saved = st.form_submit_button(say("cases.save"), icon=":material/save:", type="primary")
            left = st.form_submit_button(say("cases.cancel"), icon=":material/close:")
    if left:
        _leave()
        st.rerun()
    if saved:
        try:
            library.save(replace(case, **texts))
        except SediffError as error:
            st.error(quoted(str(error)), icon=":material/error:")  # the form keeps what was typed
            return
        _leave()
        tell(say("cases.saved"))
        st.rerun()


def _share_box(library: Library, case: Case) -> None:
    with st.popover(say("cases.share"), icon=":material/link:"):
        if case.shipped:
            st.caption(say("cases.share_shipped"))
            st.code(_address(case.id), language=None, wrap_lines=True)
            return
        st.caption(say("cases.share_note"))
        if library.is_shared(case.id):
            st.code(_address(library.share(case.id)), language=None, wrap_lines=True)
            st.button(
                say("cases.share_end"),
                icon=":material/link_off:",
                on_click=_try,
                args=(_unshare, library, case),
            )
        else:
            st.button(
                say("cases.share_make"),
                icon=":material/add_link:",
                on_click=_try,
                args=(_share, library, case),
            )


def _delete_box(library: Library, case: Case) -> None:
    with st.popover(say("cases.delete"), icon=":material/delete:"):
        st.markdown(say("cases.delete_sure"))
        st.button(
            say("cases.delete_yes"),
            type="primary",
            icon=":material/delete_forever:",
            on_click=_try,
            args=(_delete, library, case),
        )


def _try(act: Callable[[Library, Case], None], library: Library, case: Case) -> None:
    """Do what a button says, before the page is drawn again; what fails is said there."""
    try:
        act(library, case)
    except SediffError as error:
        tell(quoted(str(error)), good=False)


def _edit(id: str) -> None:
    st.session_state[_EDITED] = id


def _leave() -> None:
    st.session_state[_EDITED] = None
    st.session_state[_TURN] += 1


def _duplicate(library: Library, case: Case) -> None:
    copy = library.keep_copy(case)
    st.query_params[LINK] = copy.id
    tell(say("cases.copied"))


def _delete(library: Library, case: Case) -> None:
    library.delete(case.id)
    st.query_params.pop(LINK, None)
    tell(say("cases.deleted"))


def _share(library: Library, case: Case) -> None:
    library.share(case.id)


def _unshare(library: Library, case: Case) -> None:
    library.unshare(case.id)
    tell(say("cases.link_ended"))


def _address(token: str) -> str:
    """The address that opens a case in any browser."""
    page = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{page}?{LINK}={token}"
