"""Notes of one's own: where they are kept, and the view to write, delete, export, import them."""

import os
from pathlib import Path

import streamlit as st

from pages.parts.experience_notes import show_note
from pages.parts.owner import one_user, owner
from sediff.cases.place import HOME, home
from sediff.errors import RequestError, SediffError
from sediff.experience.library import LONGEST, SHORTEST
from sediff.experience.own import DEFAULT_SOURCE, MAX_SOURCE, OwnSnippets
from sediff.experience.snippet import ASPECTS, Snippet
from sediff.findings import FINDINGS
from sediff.view.experience import aspect_name
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_FILE = "own_notes.json"
_FOLDER = "own_notes"  # on a shared server: a file of each browser
_STORE, _TOLD = "own_store", "own_told"
_TURN, _FILE_TURN = "own_turn", "own_file_turn"  # new keys empty the form and the uploader


def own_notes() -> tuple[Snippet, ...]:
    """The user's notes; () where they cannot be read, which the editor says."""
    try:
        return _store().list()
    except SediffError:
        return ()


def editor() -> None:
    """The whole view."""
    try:
        store = _store()
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.caption(_where())
    _tell()
    form, kept = st.columns(2, gap="large")
    with form:
        _form(store)
    with kept:
        _kept(store)
        _files(store)


def _store() -> OwnSnippets:
    path = own_path()
    if path is not None:
        return OwnSnippets(path)  # read anew each time: another tab may have written it
    if _STORE not in st.session_state:
        st.session_state[_STORE] = OwnSnippets()
    return st.session_state[_STORE]


def own_path() -> Path | None:
    """The file of this visitor's notes; None where they belong to the session alone.

    On a shared server with a folder of its own, each browser has a file, named by its secret.
    """
    if one_user():
        return home() / _FILE
    return home() / _FOLDER / f"{owner()}.json" if _home_is_named() else None


def _home_is_named() -> bool:
    return bool(os.environ.get(HOME, "").strip())


def _where() -> str:
    path = own_path()
    if path is None:
        return f":material/warning: {say('experience.kept_in_tab')}"
    if path.parent == home():
        return say("experience.kept_here", path=quoted(str(path)))
    return say("experience.kept_on_server")  # the file's name is a secret


def _tell() -> None:
    """What the last press did, once."""
    told = st.session_state.pop(_TOLD, None)
    if told is not None:
        good, sentence = told
        (st.success if good else st.error)(quoted(sentence))


def _form(store: OwnSnippets) -> None:
    st.header(say("experience.write"), anchor=False)
    turn = st.session_state.setdefault(_TURN, 0)
    names = {f.id: sentence_case(f.name) for f in FINDINGS.values() if not f.vague}
    with st.form(f"own_form_{turn}", border=False):
        finding = st.selectbox(
            say("experience.finding"),
            sorted(names, key=lambda id: names[id].casefold()),
            index=None,
            format_func=lambda id: names[id],
            key=f"own_finding_{turn}",
            placeholder=say("experience.choose_one"),
        )
        aspect = st.selectbox(
            say("experience.aspect"), ASPECTS, format_func=aspect_name, key=f"own_aspect_{turn}"
        )
        text = st.text_area(
            say("experience.note", shortest=SHORTEST, longest=LONGEST),
            max_chars=LONGEST,
            height=140,
            key=f"own_text_{turn}",
            placeholder=say("experience.note_hint"),
        )
        source = st.text_input(
            say("experience.source"),
            DEFAULT_SOURCE,
            max_chars=MAX_SOURCE,
            key=f"own_source_{turn}",
        )
        if not st.form_submit_button(say("experience.keep"), icon=":material/add:", type="primary"):
            return
    if finding is None:
        st.error(say("experience.finding_missing"), icon=":material/error:")
        return
    try:
        store.add(finding, text, source.strip() or DEFAULT_SOURCE, aspect)
    except RequestError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.session_state[_TURN] = turn + 1
    _then(True, say("experience.kept"))
    st.rerun()


def _kept(store: OwnSnippets) -> None:
    notes = store.list()
    st.header(say("experience.yours", n=len(notes)), anchor=False)
    if not notes:
        st.caption(say("experience.yours_none"))
    for note in notes:
        with st.container(border=True):
            st.markdown(f"**{quoted(sentence_case(FINDINGS[note.finding].name))}**")
            show_note(note)
            st.button(
                say("experience.delete"),
                key=f"delete_{note.id}",
                icon=":material/delete:",
                type="tertiary",
                on_click=_delete,
                args=(note.id,),
            )


def _delete(id: str) -> None:
    try:
        _store().remove(id)
    except RequestError as error:
        _then(False, str(error))


def _files(store: OwnSnippets) -> None:
    if store.list():
        st.download_button(
            say("experience.export"),
            data=store.export,
            file_name="sediff-notes.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    turn = st.session_state.setdefault(_FILE_TURN, 0)
    st.file_uploader(
        say("experience.import"),
        type="json",
        key=f"own_file_{turn}",
        max_upload_size=1,
        on_change=_import,
        args=(f"own_file_{turn}",),
    )


def _import(key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_FILE_TURN] += 1  # the file is read once
    try:
        n = _store().import_file(file.getvalue())
    except RequestError as error:
        _then(False, str(error))
        return
    key = {0: "experience.added_none", 1: "experience.added_one"}.get(n, "experience.added")
    _then(True, say(key, n=n))


def _then(good: bool, sentence: str) -> None:
    st.session_state[_TOLD] = (good, sentence)
