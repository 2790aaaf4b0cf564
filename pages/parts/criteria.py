"""The criteria panel: which published checks the trace meets, and where to see it."""

from typing import Any

import streamlit as st

from sediff.findings import FINDINGS
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

JUST_SHOWN = "criterion_just_shown"  # key in the session: the trace comes into view, once
_PICK = "shown_criterion"  # key in the session: name of the criterion that the trace shows
_ANSWER = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":orange[:material/help:]",
}
_WORDS = {True: "met", False: "not_met", None: "cannot_tell"}
_COLOR: dict[bool | None, Any] = {True: "green", False: "red", None: "orange"}


def shown(verdicts: Any) -> tuple[tuple[str, ...], tuple[Any, ...]] | None:
    """(leads, spans) of the criterion that the user wants to see, None without one."""
    key = st.session_state.get(_PICK)
    for verdict in verdicts:
        for outcome in verdict.outcomes:
            if _name(verdict, outcome) == key and _can_show(outcome):
                return outcome.leads, outcome.spans
    return None


def panel(verdicts: Any, mimicked: Any) -> None:
    """Every stated finding with its checks, source and what they prove."""
    st.header(say("criteria.title"), anchor=False)
    if not verdicts:
        st.caption(say("criteria.none"))
        return
    for verdict in verdicts:
        _verdict(verdict)
    for verdict in mimicked:
        st.warning(say("criteria.mimicked", name=quoted(verdict.name)), icon=":material/warning:")
    st.caption(say("criteria.caption"))


def _verdict(verdict: Any) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{quoted(sentence_case(verdict.name))}**", width="content")
        st.badge(say(f"criteria.{_WORDS[verdict.met]}"), color=_COLOR[verdict.met])
        st.badge(say(f"criteria.{verdict.strength}"), color="gray")
    warning = FINDINGS[verdict.id].warning
    if warning:
        st.warning(quoted(warning), icon=":material/warning:")
    with st.container(gap="xxsmall"):
        for k, outcome in enumerate(verdict.outcomes):
            _row(verdict, outcome, f"{verdict.id}_{verdict.stage}_{k}")
    st.caption(say("criteria.source", source=quoted(verdict.source)))


def _row(verdict: Any, outcome: Any, key: str) -> None:
    """One check, and the button that shows it on the trace."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(line(outcome), width="stretch")
        if _can_show(outcome):
            name = _name(verdict, outcome)
            on = st.session_state.get(_PICK) == name
            st.button(
                say("criteria.hide" if on else "criteria.show"),
                icon=":material/visibility_off:" if on else ":material/visibility:",
                type="tertiary",
                help=say("criteria.show_help", name=quoted(outcome.name)),
                key=f"show_{key}",
                on_click=_toggle,
                args=(name,),
            )


def _toggle(name: str) -> None:
    on = st.session_state.get(_PICK) != name
    st.session_state[_PICK] = name if on else None
    st.session_state[JUST_SHOWN] = on


def line(outcome: Any) -> str:
    """One check as Markdown: its answer, its name, and what was measured against which limit."""
    unit = {"deg": "°"}.get(outcome.unit, f" {outcome.unit}")
    value = "" if outcome.value is None else f": {outcome.value:.3g}{unit}".rstrip()
    asked = f" ({quoted(outcome.threshold)})" if outcome.threshold else ""
    reason = f" – {quoted(outcome.reason)}" if outcome.met is not True and outcome.reason else ""
    answer = f"{_ANSWER[outcome.met]} {say(f'criteria.answer_{_WORDS[outcome.met]}')}"
    return f"{answer} {quoted(outcome.name)}{value}{asked}{reason}"


def _can_show(outcome: Any) -> bool:
    return bool(outcome.leads or outcome.spans)


def _name(verdict: Any, outcome: Any) -> str:
    return f"{sentence_case(verdict.name)}: {outcome.name}"
