"""The reader's side: one ECG after the other, in an order of this reader's own."""

import time

import streamlit as st

from pages.parts.reading_studies import back_button
from pages.parts.trace import trace
from sediff.ecg import HIDDEN_MARK
from sediff.errors import DataError
from sediff.view.look import Look
from sediff.view.text import say
from sediff.view.words import quoted

_ROLE, _BEGUN, _SHOWN, _LOST = "reading_role", "reading_begun", "reading_shown", "reading_lost"


def page(token: str, reader: str, may_leave: bool) -> None:
    """What is next for this reader.

    Raises:
        SediffError: no such study, or the database cannot be used.
    """
    from sediff.reading.store import head, order_for

    study = head(token)
    lost = st.session_state.setdefault(_LOST, set())
    left = [id for id in order_for(token, reader) if id not in lost]
    st.header(quoted(study.name), anchor=False)
    if not left:
        st.success(say("reading.done"))
    elif st.session_state.get(_BEGUN) != token:
        _welcome(token, len(left))
    else:
        _one(token, reader, left[0], study.items - len(left) + 1, study.items)
    if may_leave:
        back_button()


def _welcome(token: str, n: int) -> None:
    st.write(say("reading.welcome", n=n))
    role = st.text_input(
        say("reading.role"), placeholder=say("reading.role_hint"), max_chars=80, key="role_typed"
    )
    if st.button(say("reading.begin"), type="primary", key="reading_begin"):
        st.session_state[_BEGUN], st.session_state[_ROLE] = token, role
        st.rerun()


def _one(token: str, reader: str, id: str, number: int, of: int) -> None:
    from sediff.reading.store import shown

    st.progress(number / of, text=say("reading.number", n=number, of=of))
    try:
        ecg, item = shown(token, id)
    except DataError:
        _gone(id)
        return
    since = st.session_state.get(_SHOWN)
    if since is None or since[0] != id:
        st.session_state[_SHOWN] = since = (id, time.monotonic())
    trace(
        ecg,
        "reading_trace",
        heading=_patient(item.age, item.sex),
        alt=say("reading.alt"),
        mark=HIDDEN_MARK,
        look=Look(),
    )
    _answer(token, reader, id, since[1])


def _patient(age: float | None, sex: str | None) -> str:
    if age is None or sex not in ("female", "male"):
        return say("reading.patient_none")
    return say("reading.patient", age=f"{age:.0f}", sex=say(f"reading.{sex}"))


def _answer(token: str, reader: str, id: str, since: float) -> None:
    from sediff.reading.ratings import MAX_SAYS, SCORES, Rating
    from sediff.reading.store import rate

    with st.form(f"reading_form_{id}", border=False):
        says = st.text_input(
            say("reading.says"), placeholder=say("reading.says_hint"), max_chars=MAX_SAYS
        )
        score = st.radio(
            say("reading.origin"),
            list(SCORES),
            index=None,
            horizontal=True,
            format_func=lambda score: say(f"reading.{SCORES[score]}"),
        )
        pressed = st.form_submit_button(say("reading.next"), type="primary")
    if not pressed:
        return
    if score is None:
        st.error(say("reading.missing"))
        return
    role = st.session_state.get(_ROLE, "")
    rate(token, Rating(reader, id, score, says.strip(), role, time.monotonic() - since))
    st.rerun()


def _gone(id: str) -> None:
    st.warning(say("reading.lost"))
    if st.button(say("reading.skip"), key=f"skip_{id}"):
        st.session_state[_LOST].add(id)
        st.rerun()
