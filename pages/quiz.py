"""The quiz: history and trace first, then the answer, then why."""

import streamlit as st

from pages.parts import quiz_ask, quiz_end, quiz_feedback, quiz_start, quiz_student
from pages.parts.frame import student, through_app
from pages.parts.owner import owner
from pages.parts.quiz_draw import practice_question
from pages.parts.quiz_run import Run, current, leave, next_question
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted


def start_page(token: str | None) -> None:
    """The start for whoever came by a link, or for all others."""
    if token is None:
        quiz_start.page(owner())
    else:
        quiz_student.page(token, owner())


def go_on(run: Run) -> bool:
    """Ask the next question, or end the quiz; False where that failed, with a sentence."""
    if run.finished or (run.asked and not run.has_more):
        run.finished = True
        return True
    try:
        next_question(run, practice_question if run.source.model else None)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return False
    return True


def quiz(run: Run) -> None:
    """A quiz that has begun."""
    if run.finished:
        quiz_end.page(run)
        return
    if run.asked[-1].marked is None:
        quiz_ask.question(run)
    elif quiz_feedback.feedback(run) and go_on(run):
        st.rerun()
    if st.button(say("quiz.end"), icon=":material/logout:", type="tertiary", key="quiz_end"):
        if run.answered:
            run.finished = True
        else:
            leave()
        st.rerun()


def main() -> None:
    """Draw the start, a question, what is told after it, or the end."""
    token = student()
    run = current()
    if run is not None and run.source.token != (token or ""):
        leave()  # a quiz of another kind stays out of a student's page
        run = None
    if run is not None and not run.asked:
        if st.session_state.pop(quiz_start.GO, False):
            place = st.empty()
            place.title(say("quiz.title"), anchor=False)
            if go_on(run):
                st.rerun()
            place.empty()  # the start page below has a title of its own
        leave()
        run = None
    if run is None:
        start_page(token)
    else:
        quiz(run)


through_app()
main()
