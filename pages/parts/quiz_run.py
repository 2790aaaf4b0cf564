"""A running quiz: where its cases come from, which question is open, what was answered.

All of it stays on the server: the browser is sent what the page draws and nothing else.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from sediff.cases.case import Case
from sediff.cases.marking import Marked, asked_of
from sediff.cases.quiz import Trace, options_of, practice_case
from sediff.cases.quiz_settings import Settings
from sediff.errors import SediffError
from sediff.spec import Stated

_KEY = "quiz"  # in the session
_GRACE_S = 0.5  # a press on the last second is in time


@dataclass(frozen=True)
class Source:
    """Where the cases of a quiz come from: the library, a set of a link, or fresh practice.

    Attributes:
        owner: whose scores these are, and whose library.
        ids: of the library, in the order they are asked.
        token: of a set; `places`: of its cases, in that order.
        family: of practice, None for all. model: whether the model draws it, else the simulator.
    """

    owner: str
    ids: tuple[str, ...] = ()
    token: str = ""
    places: tuple[int, ...] = ()
    practice: bool = False
    family: str | None = None
    model: bool = False

    @property
    def count(self) -> int | None:
        """How many questions there are; None: as many as one likes."""
        return None if self.practice else len(self.places or self.ids)


@dataclass
class Asked:
    """One question.

    Attributes:
        trace: the ECG of `case`, measured. options: of a choice.
        began: clock time in s. ends: when the ECG is taken away, None: never.
        marked: the marked answer, None while it is open. answer: as it was given.
    """

    case: Case
    trace: Trace
    options: tuple[Stated, ...]
    began: float
    ends: float | None
    marked: Marked | None = None
    answer: str = ""
    took: float = 0.0
    in_time: bool = True

    @property
    def over(self) -> bool:
        """Whether the time for this ECG is over."""
        return self.ends is not None and time.time() >= self.ends + _GRACE_S


@dataclass
class Run:
    """A quiz from its first question to its last.

    Attributes:
        seed: of options and practice. name: of a set, '' without.
        ends: of the whole quiz, None: no limit.
        asked: the questions so far, the open one last.
    """

    source: Source
    settings: Settings
    name: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    seed: int = field(default_factory=lambda: secrets.randbelow(2**31))
    ends: float | None = None
    asked: list[Asked] = field(default_factory=list)
    finished: bool = False

    @property
    def number(self) -> int:
        """Of the open question, from 1."""
        return len(self.asked)

    @property
    def answered(self) -> list[Asked]:
        """The questions that were answered."""
        return [one for one in self.asked if one.marked is not None]

    @property
    def has_more(self) -> bool:
        """Whether a further question can be asked."""
        count = self.source.count
        whole_over = self.ends is not None and time.time() >= self.ends
        return (count is None or len(self.asked) < count) and not whole_over

    def key(self, name: str) -> str:
        """Key of a widget of this question; it tells nothing but the number."""
        return f"quiz_{self.id}_{self.number}_{name}"


def current() -> Run | None:
    """The quiz of this session."""
    return st.session_state.get(_KEY)


def begin(source: Source, settings: Settings, name: str = "") -> None:
    """Start a quiz; its first question is asked by `next_question`."""
    run = Run(source, settings, name)
    if settings.timing == "whole":
        run.ends = time.time() + settings.seconds
    st.session_state[_KEY] = run


def leave() -> None:
    """Forget the quiz of this session; scores that were kept stay."""
    st.session_state.pop(_KEY, None)


def next_question(run: Run, draw: Callable[[Run], Case] | None = None) -> None:
    """Open the next question.

    Args:
        draw: makes a practice case where the model draws it, with progress on the page.

    Raises:
        SediffError: the case cannot be read or made.
    """
    case = draw(run) if draw else _load(run)
    trace = Trace(case)
    choice = run.settings.form == "choice" and asked_of(case.findings)
    seed = run.seed + run.number
    options = options_of(case, trace.met, seed) if choice else ()
    began = time.time()
    each = began + run.settings.seconds if run.settings.timing == "each" else None
    run.asked.append(Asked(case, trace, options, began, run.ends or each))


def _load(run: Run) -> Case:
    from sediff.cases.library import Library
    from sediff.cases.quiz_sets import case_of

    source = run.source
    if source.practice:
        return practice_case(source.family, run.seed + run.number)
    if source.token:
        return case_of(source.token, source.places[run.number])
    return Library(source.owner).get(source.ids[run.number])


def answer(run: Run, marked: Marked, text: str) -> str:
    """Close the open question and keep its score.

    Returns:
        '' or a sentence on why the score could not be kept; the quiz goes on.
    """
    from sediff.cases.scores import Scores, answered

    one = run.asked[-1]
    if one.marked is not None:  # pressed twice
        return ""
    one.marked, one.answer = marked, text
    one.in_time, one.took = not one.over, time.time() - one.began
    row = answered(
        one.case.family,
        marked,
        form=run.settings.form,
        seconds=round(one.took, 1),
        in_time=one.in_time,
        quiz=run.source.token,
    )
    try:
        Scores(run.source.owner).add(row)
    except SediffError as error:
        return str(error)
    return ""
