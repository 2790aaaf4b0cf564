"""Why an answer is right or wrong: the published criteria on this very trace."""

import streamlit as st

from pages.parts.criteria import line
from pages.parts.quiz_run import Asked, Run
from sediff.cases.marking import Line
from sediff.criteria import Outcome, Verdict
from sediff.findings import FINDINGS
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_SHOWN = "quiz_shown"  # key in the session: (question, verdict, check) to highlight
Shown = tuple[tuple[str, ...], tuple]


def shown(run: Run, one: Asked) -> Shown | None:
    """(leads, spans) that a 'show' button asks for on the trace of this question."""
    asked = st.session_state.get(_SHOWN)
    for i, (_, verdict) in enumerate(_verdicts(one)):
        for j, outcome in enumerate(verdict.outcomes):
            if asked == _place(run, i, j):
                return outcome.leads, outcome.spans
    return None


def panel(run: Run, one: Asked) -> None:
    """The criteria of what is there, and which of them a wrong answer fails."""
    verdicts = _verdicts(one)
    st.header(say("quiz.why"), anchor=False)
    if not verdicts:
        st.caption(say("quiz.no_criteria"))
        return
    for i, (about, verdict) in enumerate(verdicts):
        _verdict(run, i, about, verdict)
    st.caption(say("quiz.pattern"))


def _verdicts(one: Asked) -> list[tuple[Line, Verdict]]:
    """Of the findings of the case, then of the wrong answers."""
    lines = one.marked.of("correct", "partial", "missed", "wrong") if one.marked else ()
    found = [(line, one.trace.verdict(line.id, line.stage)) for line in lines]
    return [(line, verdict) for line, verdict in found if verdict is not None]


def _verdict(run: Run, i: int, about: Line, verdict: Verdict) -> None:
    if about.kind == "wrong":
        failed = sum(outcome.met is False for outcome in verdict.outcomes)
        key = "quiz.why_wrong" if failed else "quiz.why_excluded"
        told = {"name": quoted(verdict.name), "failed": failed, "of": len(verdict.outcomes)}
        st.markdown(say(key, **told))
    else:
        st.markdown(say("quiz.why_right", name=quoted(sentence_case(verdict.name))))
    for j, outcome in enumerate(verdict.outcomes):
        _check(run, (i, j), outcome)
    warning = FINDINGS[verdict.id].warning
    if warning:
        st.caption(quoted(warning))
    st.caption(say("quiz.criteria_of", source=quoted(verdict.source)))


def _check(run: Run, at: tuple[int, int], outcome: Outcome) -> None:
    """One check in words, with a button that shows it on the trace."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(line(outcome), width="stretch")
        if outcome.leads or outcome.spans:
            place = _place(run, *at)
            active = st.session_state.get(_SHOWN) == place
            st.button(
                say("quiz.hide") if active else say("quiz.show"),
                icon=":material/visibility_off:" if active else ":material/visibility:",
                key=run.key(f"show_{at[0]}_{at[1]}"),
                help=say("quiz.show_help", name=quoted(outcome.name)),
                on_click=_toggle,
                args=(place,),
            )


def _place(run: Run, i: int, j: int) -> str:
    return run.key(f"{i}_{j}")


def _toggle(place: str) -> None:
    before = st.session_state.get(_SHOWN)
    st.session_state[_SHOWN] = None if before == place else place
