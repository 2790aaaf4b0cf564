"""A question: history and trace first, then the answer; nothing here knows what is right."""

import time

import streamlit as st

from pages.parts.cases_words import patient_of
from pages.parts.quiz_run import Asked, Run, answer
from pages.parts.trace import trace
from sediff.cases.marking import asked_of, mark_choice, mark_text, skipped, understood
from sediff.cases.quiz import option_name, right_option
from sediff.view.text import say
from sediff.view.words import quoted

_LONGEST = 500  # characters of an answer
NOTE = "quiz_note"  # key in the session: a sentence that must be said once


def question(run: Run) -> None:
    """The open question of a quiz."""
    one = run.asked[-1]
    st.title(heading(run), anchor=False)
    if one.ends is not None and not one.over:
        clock(one.ends)
    st.markdown(history(one))
    _sheet(run, one)
    if one.case.question.strip():
        st.markdown(f"**{quoted(one.case.question)}**")
    _answer_form(run, one)


def heading(run: Run) -> str:
    """'Question 2 of 10'."""
    count = run.source.count
    if count is None:
        return say("quiz.number", n=run.number)
    return say("quiz.number_of", n=run.number, of=count)


def history(one: Asked) -> str:
    """The history as the instructor wrote it; who the patient is where there is none."""
    lines = [quoted(line) for line in one.case.history.splitlines() if line.strip()]
    return "\n\n".join(lines) or patient_of(one.case.age, one.case.sex)


@st.fragment(run_every=1.0)
def clock(ends: float) -> None:
    """Time that is left; the page is drawn again when there is none."""
    left = max(0, round(ends - time.time()))
    told = f"{left // 60}:{left % 60:02d}"
    st.markdown(f":material/timer: {say('quiz.left', time=told)}")
    if time.time() >= ends + 1:
        st.rerun()


def _sheet(run: Run, one: Asked) -> None:
    """The trace, with nothing that tells what it shows; gone when its time is over."""
    if one.over:
        st.info(say("quiz.over"), icon=":material/timer_off:")
        return
    seconds = f"{one.case.ecg.seconds:.0f}"
    trace(
        one.case.ecg,
        run.key("trace"),
        heading=say("quiz.sheet", n=run.number),
        alt=say("quiz.alt", n=run.number, seconds=seconds),
    )


def _answer_form(run: Run, one: Asked) -> None:
    with st.form(run.key("form"), border=False):
        given = _choice(run, one) if one.options else _text(run)
        with st.container(horizontal=True):
            pressed = st.form_submit_button(
                say("quiz.answer"), type="primary", icon=":material/check:"
            )
            unknown = st.form_submit_button(say("quiz.do_not_know"))
    if unknown:
        _close(run, None, "")
    elif pressed:
        _hand_in(run, one, given)


def _text(run: Run) -> str:
    return st.text_input(
        say("quiz.your_answer"),
        key=run.key("text"),
        max_chars=_LONGEST,
        placeholder=say("quiz.your_answer_hint"),
        help=say("quiz.your_answer_help"),
    ).strip()


def _choice(run: Run, one: Asked) -> int | None:
    names = [option_name(option) for option in one.options]
    return st.radio(
        say("quiz.choose"),
        range(len(names)),
        index=None,
        format_func=lambda i: quoted(names[i]),
        key=run.key("choice"),
    )


def _hand_in(run: Run, one: Asked, given: str | int | None) -> None:
    """Mark what was given; what cannot be read as an answer costs nothing."""
    if given is None or given == "":
        st.warning(say("quiz.nothing_chosen" if one.options else "quiz.nothing_typed"))
    elif isinstance(given, str) and not understood(given):
        st.warning(say("quiz.not_understood", text=quoted(given)), icon=":material/help:")
    else:
        _close(run, given, given if isinstance(given, str) else option_name(one.options[given]))


def _close(run: Run, given: str | int | None, text: str) -> None:
    one = run.asked[-1]
    if one.options:
        picked = one.options[given] if isinstance(given, int) else None
        marked = mark_choice(picked, right_option(one.case))
    elif isinstance(given, str):
        marked = mark_text(given, asked_of(one.case.findings), one.trace.met)
    else:
        marked = skipped(asked_of(one.case.findings))
    failed = answer(run, marked, text)
    if failed:
        st.session_state[NOTE] = failed
    st.rerun()
