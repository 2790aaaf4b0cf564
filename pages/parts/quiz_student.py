"""What a student's link opens: its quiz and nothing else."""

import secrets

import numpy as np
import streamlit as st

from pages.parts import quiz_scores
from pages.parts.quiz_run import Source
from pages.parts.quiz_start import start
from sediff.cases.quiz_settings import Settings
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted


def page(token: str, owner: str) -> None:
    """Name and rules of the quiz, and the button that starts it."""
    from sediff.cases.quiz_sets import open_set

    st.title(say("quiz.title"), anchor=False)
    try:
        found = open_set(token)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/link_off:")
        return
    st.header(quoted(found.name), anchor=False)
    st.markdown(f"{say('quiz.link_size', n=found.questions)} · {rules(found.settings)}")
    if st.button(say("quiz.start"), type="primary", icon=":material/play_arrow:", key="quiz_start"):
        order = np.random.default_rng(secrets.randbelow(2**31)).permutation(found.questions)
        places = tuple(int(i) for i in order)
        start(Source(owner, token=token, places=places), found.settings, found.name)
    quiz_scores.panel(owner, token)


def rules(settings: Settings) -> str:
    """How it is answered and how long it may take, in words."""
    form = say("quiz.rule_choice" if settings.form == "choice" else "quiz.rule_text")
    if settings.timing == "each":
        return f"{form} {say('quiz.rule_each', n=settings.seconds)}"
    if settings.timing == "whole":
        return f"{form} {say('quiz.rule_whole', n=round(settings.seconds / 60))}"
    return form
