"""One case: what a class sees first, and what is folded away until it is asked for."""

import hashlib

import streamlit as st

from pages.parts import criteria
from pages.parts.cases_list import about
from pages.parts.cases_words import form_name, patient
from pages.parts.trace import trace
from sediff.cases.case import Case
from sediff.cases.judged import Judged, judge_case
from sediff.cases.settings import spec_of
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

_NUMBERS = (
    ("heart_rate", "bpm"), ("pr_ms", "ms"), ("qrs_ms", "ms"), ("qt_ms", "ms"), ("qtc_ms", "ms"),
    ("axis_deg", "°"),
)  # fmt: skip


def first_look(case: Case) -> bool:
    """History, question and trace; gives whether the answer is to be shown.

    Neither title nor answer is on the page before, so that it can be shown to a class.
    """
    st.header(heading(case), anchor=False)
    st.markdown(_paragraphs(case.history) or say("cases.no_history"))
    if case.question:
        st.markdown(f"**{quoted(case.question)}**")
    place = st.container()  # the switch stands below the trace, and the trace shows what it tells
    answered = st.toggle(
        say("cases.show_answer"), key=f"cases_answer_{case.id}", help=say("cases.show_answer_help")
    )
    judged = _judged_or_none(case) if answered else None
    with place:
        seconds = f"{case.uv.shape[1] / case.fs:.0f}"
        trace(
            case.ecg,
            "cases_trace",
            heading=patient(case),
            alt=say("cases.alt", leads=len(case.uv), seconds=seconds, mark=SYNTHETIC_MARK),
            shown=criteria.shown(judged.verdicts) if judged else None,
        )
    return answered


def heading(case: Case) -> str:
    """'Case: 70-year-old man'; never the title."""
    who = patient(case)
    return say("cases.case_of", who=quoted(who)) if who else say("cases.case_heading")


def answer(case: Case) -> None:
    """Title, diagnosis, teaching points, criteria on this trace, and how it was made."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(say("cases.answer"), anchor=False)
        st.markdown(f"**{quoted(case.title)}**")
        st.caption(about(case.head))
        st.markdown(_paragraphs(case.answer) or say("cases.no_answer"))
        if case.teaching:
            st.header(say("cases.teaching"), anchor=False)
            st.markdown("\n".join(f"- {quoted(point)}" for point in case.teaching))
    with right:
        try:
            judged = _judged(case)
            criteria.panel(judged.verdicts, judged.mimicked)
            _measured(judged)
        except SediffError as error:
            st.info(say("cases.criteria_none", reason=quoted(str(error))))
    made(case)


def made(case: Case) -> None:
    """Settings, seed and weights, and what was learned and what was drawn."""
    with st.expander(say("cases.made"), icon=":material/history_edu:"):
        st.markdown(say(f"cases.made_{case.how}"))
        lines = [
            say("cases.learned_line", name=quoted(form_name(id)), sentence=quoted(sentence))
            for id, sentence in case.learned
        ]
        st.markdown("\n".join(f"- {line}" for line in lines))
        spec = spec_of(case)
        if spec is None:
            st.caption(say("cases.no_spec"))
            return
        st.markdown(say("cases.made_settings", report=quoted(spec.report)))
        st.caption(say("cases.made_seed", seed=spec.seed))
        if case.weights:
            st.caption(say("cases.made_weights", weights=quoted(case.weights[:12])))


def _measured(judged: Judged) -> None:
    parts = []
    for name, unit in _NUMBERS:
        value = getattr(judged.measured, name).value
        if value is not None:
            parts.append(
                f"{say(f'cases.number_{name}')} {value:.0f}{unit if unit == '°' else ' ' + unit}"
            )
    st.caption(f"{say('cases.measured')}: {', '.join(parts)}" if parts else say("cases.measured"))


def _judged_or_none(case: Case) -> Judged | None:
    try:
        return _judged(case)
    except SediffError:
        return None  # said beside the answer


def _judged(case: Case) -> Judged:
    facts = repr((case.findings, case.fs, case.age, case.sex)).encode()
    return _cached(hashlib.sha256(facts + case.uv.tobytes()).hexdigest(), case)


@st.cache_data(max_entries=64, show_spinner=False)
def _cached(digest: str, _case: Case) -> Judged:
    """Keyed on all that is judged: whoever brings a case under a known id changes no one's."""
    return judge_case(_case)


def _paragraphs(text: str) -> str:
    """Someone's text with its own line breaks, and without any Markdown of theirs."""
    return "\n\n".join(quoted(line) for line in text.splitlines() if line.strip())
