"""The organiser's side: set up a study, list one's own."""

import os
from pathlib import Path

import streamlit as st

from pages.parts import making
from pages.parts.frame import STUDY, address
from pages.parts.owner import one_user
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

OPEN = "reading_open"  # token of the study that is read in this tab
RESULTS = "reading_results"  # token of the study whose results are shown
FOLDER = "SEDIFF_REAL_ECGS"  # on a shared server: the operator's folder of real ECGs
_TOLD = "reading_told"
_SURE = "reading_sure"  # token of the study that is about to be deleted


def page(owner: str) -> None:
    """Both halves."""
    st.caption(say("reading.about"))
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(told)
    form, mine = st.columns(2, gap="large")
    with form:
        _form(owner)
    with mine:
        _mine(owner)


def back_button() -> None:
    """Leave a study or its results."""
    if st.button(say("reading.back"), icon=":material/arrow_back:", key="reading_back"):
        for key in (OPEN, RESULTS):
            st.session_state.pop(key, None)
        st.rerun()


def _form(owner: str) -> None:
    st.header(say("reading.new"), anchor=False)
    given = os.environ.get(FOLDER, "").strip()
    if not given and not one_user():  # nobody reads a server's disk from a browser
        st.info(say("reading.folder_none"))
        return
    name = st.text_input(
        say("reading.name"), placeholder=say("reading.name_hint"), max_chars=80, key="study_name"
    )
    if given:
        st.caption(say("reading.folder_fixed"))
    else:
        given = st.text_input(
            say("reading.folder"), help=say("reading.folder_help"), key="study_folder"
        ).strip()
    each = st.number_input(say("reading.each"), 2, 100, 20, key="study_each")
    seed = st.number_input(say("reading.seed"), 0, 2**31 - 1, 1, key="study_seed")
    if st.button(say("reading.make"), type="primary", key="study_make"):
        try:
            _make(owner, name, Path(given).expanduser(), int(each), int(seed))
        except SediffError as error:
            st.error(quoted(str(error)), icon=":material/error:")


def _make(owner: str, name: str, folder: Path, each: int, seed: int) -> None:
    from sediff.reading.store import keep
    from sediff.reading.study import make_study

    study = making.make(
        lambda step: make_study(name, folder, each, seed, step),
        key="study_cancel",
        text="reading.step",
    )
    keep(study, owner)
    st.session_state[_TOLD] = say("reading.made")
    st.rerun()


def _mine(owner: str) -> None:
    from sediff.reading.store import heads

    st.header(say("reading.mine"), anchor=False)
    found = heads(owner)
    if not found:
        st.caption(say("reading.none"))
    for one in found:
        with st.container(border=True):
            st.markdown(f"**{quoted(one.name)}**")
            st.caption(
                say("reading.head", items=one.items, readers=one.readers, made=one.made[:10])
            )
            st.caption(say("reading.link"), help=say("reading.link_help"))
            st.code(address(STUDY, one.token), language=None, wrap_lines=True)
            _buttons(one.token, owner)


def _buttons(token: str, owner: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, key, icon in (
            ("read_it", OPEN, ":material/visibility:"),
            ("results", RESULTS, ":material/query_stats:"),
            ("delete", _SURE, ":material/delete:"),
        ):
            if st.button(say(f"reading.{label}"), icon=icon, key=f"{label}_{token}"):
                st.session_state[key] = token
                st.rerun()
    if st.session_state.get(_SURE) == token:
        st.warning(say("reading.delete_sure"))
        if st.button(say("reading.delete_yes"), key=f"sure_{token}"):
            from sediff.reading.store import delete_study

            delete_study(token, owner)
            st.session_state.pop(_SURE)
            st.session_state[_TOLD] = say("reading.deleted")
            st.rerun()
