"""'Add to cases': keeps a generated ECG with the texts of a teaching case."""

import hashlib
from typing import Any

import streamlit as st

from pages.parts.cases_form import fields
from pages.parts.cases_words import form_name, patient_of
from sediff.cases.case import MAX_TITLE, Case, from_generated
from sediff.errors import SediffError, WeightsError
from sediff.findings import FINDINGS
from sediff.generated import Generated
from sediff.view.text import say
from sediff.view.words import quoted

OPEN = "cases_open"  # key in the session: the Cases page opens this case
_SAVED, _TURN = "cases_added", "cases_add_turn"
_POINTS_OF_ONE, _MOST_POINTS = 2, 5


def add_box(generated: Generated) -> None:
    """A fold with the form of a new case, filled in as far as the ECG tells."""
    with st.expander(say("cases.add"), icon=":material/library_add:"):
        saved = st.session_state.get(_SAVED)
        if saved is not None and saved[0] == _stamp(generated):
            _done(saved[1], saved[2])
        else:
            _form(generated)


def draft(generated: Generated) -> dict[str, Any]:
    """What the form holds at first: attributes of `Case`; the history tells no finding."""
    case = from_generated(generated, "draft")
    who = patient_of(case.age, case.sex)
    names = [form_name(one) for one in case.findings]
    told = ", ".join(
        [names[0], *(name[:1].lower() + name[1:] for name in names[1:])] if names else []
    )
    history = say("cases.draft_history", who=who) if who else say("cases.draft_history_unknown")
    return {
        "title": (told or say("cases.draft_title", who=who))[:MAX_TITLE],
        "history": history,
        "question": say("cases.draft_question"),
        "answer": f"{told}." if told else say("cases.draft_normal"),
        "teaching": _points(case),
        "findings": case.findings,
        "tags": (),
        "difficulty": 1,
    }


def _form(generated: Generated) -> None:
    st.caption(say("cases.add_note"))
    first = draft(generated)
    turn = st.session_state.setdefault(_TURN, 0)
    # The same texts keep their place while sliders move the ECG; others start anew.
    key = f"cases_add_{turn}_{_short_hash(repr(first).encode())}"
    with st.form(key, border=False):
        texts = fields(first, key)
        pressed = st.form_submit_button(
            say("cases.add_save"), icon=":material/library_add:", type="primary"
        )
    if pressed:
        _save(generated, texts)


def _save(generated: Generated, texts: dict[str, Any]) -> None:
    from pages.parts.owner import owner
    from sediff.cases.library import Library

    title = texts.pop("title")
    try:
        case = Library(owner()).save(from_generated(generated, title, **texts))
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")  # the form keeps what was typed
        return
    st.session_state[_SAVED] = (_stamp(generated), case.id, case.title)
    st.session_state[_TURN] += 1
    st.rerun()


def _done(id: str, title: str) -> None:
    st.success(say("cases.added", title=quoted(title)), icon=":material/check:")
    if st.button(say("cases.added_open"), icon=":material/open_in_new:", key="cases_added_open"):
        st.session_state[OPEN] = id
        st.switch_page("pages/cases.py")


def _points(case: Case) -> tuple[str, ...]:
    """The first notes of practice on each finding, with their sources."""
    from sediff.experience.library import shipped_library
    from sediff.view.experience import notes_for, short_and_long

    try:
        notes = shipped_library().snippets
    except WeightsError:
        return ()
    points: list[str] = []
    for form in case.findings:
        id, _, stage = form.partition(":")
        found = notes_for(FINDINGS[id], notes, stage, case.age, case.sex)
        for note in short_and_long(found)[0][:_POINTS_OF_ONE]:
            points.append(say("cases.draft_point", text=note.text, source=note.source.citation))
    return tuple(points[:_MOST_POINTS])


def _stamp(generated: Generated) -> str:
    return _short_hash(generated.ecg.uv.tobytes())


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
