"""The look-alike beside the trace: what the wrong answer, or a mimic, would look like."""

import streamlit as st

from pages.parts.quiz_run import Asked, Run
from pages.parts.trace import trace
from sediff.cases.quiz import option_name
from sediff.ecg import Ecg
from sediff.errors import SediffError
from sediff.findings import FINDINGS
from sediff.spec import Request, Stated
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_MOST = 3


def box(run: Run, one: Asked) -> None:
    """Buttons of what it is mistaken for; the chosen one is drawn below on the same paper."""
    others = look_alikes(one)
    if not others:
        return
    st.header(say("quiz.compare"), anchor=False)
    chosen = st.pills(
        say("quiz.compare_with"),
        range(len(others)),
        format_func=lambda i: option_name(others[i]),
        key=run.key("compare"),
    )
    if chosen is not None:
        _other(run, one, others[chosen])


def look_alikes(one: Asked) -> list[Stated]:
    """What was answered wrongly, then look-alikes of what is there."""
    if one.marked is None:
        return []
    wrong = [Stated(line.id, stage=line.stage) for line in one.marked.of("wrong")]
    there = one.marked.of("correct", "partial", "missed")
    mimics = [Stated(id) for line in there for id in FINDINGS[line.id].mimics]
    known = {line.id for line in there}
    found = {other.id: other for other in (*mimics, *wrong) if FINDINGS[other.id].drawable}
    order = dict.fromkeys(other.id for other in (*wrong, *mimics))
    return [found[id] for id in order if id in found and id not in known][:_MOST]


def _other(run: Run, one: Asked, other: Stated) -> None:
    name = FINDINGS[other.id].at(other.stage).name
    try:
        ecg = _drawn(name, one.case.age, one.case.sex)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.caption(say("quiz.compare_drawn", name=quoted(sentence_case(name))))
    trace(
        ecg,
        "quiz_other",
        heading=sentence_case(name),
        alt=say("quiz.alt_other", name=sentence_case(name)),
        controls=False,
    )


@st.cache_data(show_spinner=False, max_entries=64)
def _drawn(name: str, age: float | None, sex: str | None) -> Ecg:
    """An ECG of a finding in a person of that age and sex, from the simulator."""
    from sediff.pipeline import simulate_only

    age = None if age is None else min(max(age, 18), 100)
    return simulate_only(Request(report=name, age=age, sex=sex, seed=1)).ecg  # type: ignore[arg-type]
