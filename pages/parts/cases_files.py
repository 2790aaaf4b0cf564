"""What leaves and enters the library: hand-outs, bundles, export, import; and the way to a quiz."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.parts.cases_told import tell
from pages.parts.trace import current_look
from sediff.cases.case import Case
from sediff.cases.library import Library
from sediff.cases.limits import MAX_FILE, MOST_BUNDLED, MOST_EXPORTED, MOST_PRINTED
from sediff.errors import SediffError
from sediff.export import PAGES
from sediff.view.look import Look
from sediff.view.text import say
from sediff.view.words import quoted

QUIZ = "quiz_cases"  # key in the session: ids of the cases that the Quiz page takes
_TURN = "cases_file_turn"  # a new key empties the uploader


def with_chosen(library: Library, ids: Sequence[str]) -> None:
    """Everything that is done with several cases at once."""
    if not ids:
        st.caption(say("cases.with_chosen_none"))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{say('cases.with_chosen', n=len(ids))}**", width="content")
        quiz_button(ids, say("cases.quiz"))
        print_box(library, ids, "chosen")
        export_button(library, ids, "chosen")


def quiz_button(ids: Sequence[str], label: str) -> None:
    """Hand the cases to the Quiz page."""
    if st.button(label, icon=":material/quiz:", key=f"cases_quiz_{len(ids)}"):
        st.session_state[QUIZ] = list(ids)
        st.switch_page("pages/quiz.py")


def print_box(library: Library, ids: Sequence[str], key: str) -> None:
    """Paper, answers, and the files; they are made when their button is pressed."""
    with st.popover(say("cases.print"), icon=":material/print:"):
        paper = st.segmented_control(
            say("cases.paper"),
            PAGES,
            default=PAGES[0],
            required=True,
            key=f"cases_paper_{key}",
            persist_state="session",
        )
        answers = st.toggle(
            say("cases.answers"), key=f"cases_answers_{key}", help=say("cases.answers_help")
        )
        look = current_look()
        if len(ids) > MOST_PRINTED:
            st.caption(say("cases.print_most", n=MOST_PRINTED))
            return
        st.download_button(
            say("cases.print_now"),
            data=partial(_handout, library, tuple(ids), answers, paper, look),
            file_name="ecg-cases-answers.pdf" if answers else "ecg-cases.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            type="primary",
            on_click="ignore",
            key=f"cases_print_{key}",
        )
        st.caption(say("cases.print_note"))
        _bundle_button(library, ids, key, paper, look)


def export_button(library: Library, ids: Sequence[str], key: str) -> None:
    """All of the cases as one file, as many as 'Import' reads."""
    if len(ids) > MOST_EXPORTED:
        st.caption(say("cases.export_most", n=MOST_EXPORTED))
        return
    st.download_button(
        say("cases.export"),
        data=partial(_export, library, tuple(ids)),
        file_name="sediff-cases.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key=f"cases_export_{key}",
        help=say("cases.export_help"),
    )


def import_box() -> None:
    """The uploader; what is read is checked as a whole before anything is kept."""
    with st.expander(say("cases.import"), icon=":material/upload_file:"):
        turn = st.session_state.setdefault(_TURN, 0)
        st.file_uploader(
            say("cases.import_label"),
            type="json",
            key=f"cases_file_{turn}",
            max_upload_size=MAX_FILE // 1_000_000,
            on_change=_import,
            args=(f"cases_file_{turn}",),
        )
        st.caption(say("cases.import_note"))


def _bundle_button(library: Library, ids: Sequence[str], key: str, paper: str, look: Look) -> None:
    if len(ids) > MOST_BUNDLED:
        st.caption(say("cases.bundle_most", n=MOST_BUNDLED))
        return
    st.download_button(
        say("cases.bundle"),
        data=partial(_bundle, library, tuple(ids), paper, look),
        file_name="ecg-cases.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        key=f"cases_bundle_{key}",
        help=say("cases.bundle_help"),
    )


def _cases(library: Library, ids: Sequence[str]) -> list[Case]:
    return [library.open(id)[0] for id in ids]


def _handout(library: Library, ids: Sequence[str], answers: bool, paper: str, look: Look) -> bytes:
    from sediff.cases.handout import handout  # matplotlib: not before it is asked for

    return handout(_cases(library, ids), answers, paper, look)


def _bundle(library: Library, ids: Sequence[str], paper: str, look: Look) -> bytes:
    from sediff.cases.bundle import bundle

    return bundle(_cases(library, ids), paper, look)


def _export(library: Library, ids: Sequence[str]) -> bytes:
    from sediff.cases.exchange import to_file

    return to_file(_cases(library, ids))


def _import(key: str) -> None:
    from pages.parts.owner import owner
    from sediff.cases.exchange import from_file

    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_TURN] += 1  # the file is read once
    try:
        n = Library(owner()).add_all(from_file(file.getvalue()))
    except SediffError as error:
        tell(quoted(str(error)), good=False)
        return
    told = {0: "imported_none", 1: "imported_one"}.get(n, "imported")
    tell(say(f"cases.{told}", n=n))
