"""Notes of one's own: where they are kept, and the view to write, delete, export, import them."""

import os
from pathlib import Path

import streamlit as st

from pages.parts.experience_notes import show_note
from pages.parts.owner import one_user
from sediff.cases.place import HOME, home
from sediff.errors import RequestError
from sediff.experience.library import LONGEST, SHORTEST
from sediff.experience.own import DEFAULT_SOURCE, MAX_SOURCE, OwnSnippets
from sediff.experience.snippet import ASPECTS, Snippet
from sediff.findings import FINDINGS
from sediff.view.experience import ASPECT_NAMES
from sediff.view.words import quoted, sentence_case

_FILE = "own_notes.json"
_STORE, _TOLD = "own_store", "own_told"
_TURN, _FILE_TURN = "own_turn", "own_file_turn"  # new keys empty the form and the uploader


def own_notes() -> tuple[Snippet, ...]:
    """The user's notes; () where they cannot be read, which the editor says."""
    try:
        return _store().list()
    except RequestError:
        return ()


def editor() -> None:
    """The whole view."""
    try:
        store = _store()
    except RequestError as error:
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
    """The file of the notes; None on a shared server, where they belong to one session."""
    return home() / _FILE if _home_is_named() or one_user() else None


def _home_is_named() -> bool:
    return bool(os.environ.get(HOME, "").strip())


def _where() -> str:
    path = own_path()
    if path is None:
        return (
            ":material/warning: Kept in this browser tab only: they are gone when it is closed or "
            "reloaded, so export them before. Nobody else sees them."
        )
    if _home_is_named():
        return (
            f"Kept in {quoted(str(path))} on the computer that runs this app: all who use the app "
            "there share them."
        )
    return f"Kept on this computer, in {quoted(str(path))}. Nobody else sees them."


def _tell() -> None:
    """What the last press did, once."""
    told = st.session_state.pop(_TOLD, None)
    if told is not None:
        good, sentence = told
        (st.success if good else st.error)(quoted(sentence))


def _form(store: OwnSnippets) -> None:
    st.markdown("**Write a note**")
    turn = st.session_state.setdefault(_TURN, 0)
    names = {f.id: sentence_case(f.name) for f in FINDINGS.values() if not f.vague}
    with st.form(f"own_form_{turn}", border=False):
        finding = st.selectbox(
            "Finding",
            sorted(names, key=lambda id: names[id].casefold()),
            index=None,
            format_func=lambda id: names[id],
            key=f"own_finding_{turn}",
            placeholder="Choose one",
        )
        aspect = st.selectbox(
            "Kind of note", ASPECTS, format_func=lambda a: ASPECT_NAMES[a], key=f"own_aspect_{turn}"
        )
        text = st.text_area(
            f"Note ({SHORTEST} to {LONGEST} characters, nothing that tells of a patient)",
            max_chars=LONGEST,
            height=140,
            key=f"own_text_{turn}",
            placeholder="What should one know of it?",
        )
        source = st.text_input(
            "Who says so", DEFAULT_SOURCE, max_chars=MAX_SOURCE, key=f"own_source_{turn}"
        )
        if not st.form_submit_button("Keep this note", icon=":material/add:", type="primary"):
            return
    if finding is None:
        st.error("Choose the finding that the note is about.", icon=":material/error:")
        return
    try:
        store.add(finding, text, source.strip() or DEFAULT_SOURCE, aspect)
    except RequestError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.session_state[_TURN] = turn + 1
    _say(True, "The note is kept. The search finds it from now on.")
    st.rerun()


def _kept(store: OwnSnippets) -> None:
    notes = store.list()
    st.markdown(f"**Your notes ({len(notes)})**")
    if not notes:
        st.caption("None yet. They stand beside those of the library wherever these are shown.")
    for note in notes:
        with st.container(border=True):
            st.markdown(f"**{quoted(sentence_case(FINDINGS[note.finding].name))}**")
            show_note(note)
            st.button(
                "Delete",
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
        _say(False, str(error))


def _files(store: OwnSnippets) -> None:
    if store.list():
        st.download_button(
            "Export all as one file",
            data=store.export,
            file_name="sediff-notes.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    turn = st.session_state.setdefault(_FILE_TURN, 0)
    st.file_uploader(
        "Import a file that was exported here",
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
        _say(False, str(error))
        return
    noun = "note was" if n == 1 else "notes were"
    _say(True, f"{n} {noun} added." if n else "All notes of this file are here already.")


def _say(good: bool, sentence: str) -> None:
    st.session_state[_TOLD] = (good, sentence)
