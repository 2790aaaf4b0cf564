"""The criteria panel: which published checks the trace meets, and where to see it."""

from typing import Any

import streamlit as st

from sediff.findings import FINDINGS
from sediff.view.words import quoted, sentence_case

_ANSWER = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":orange[:material/help:]",
}
_VERDICT = {True: "pattern met", False: "pattern not met", None: "cannot be told"}
_COLOR: dict[bool | None, Any] = {True: "green", False: "red", None: "orange"}
_PICK = "shown_criterion"


def shown(verdicts: Any) -> tuple[tuple[str, ...], tuple[Any, ...]] | None:
    """(leads, spans) of the criterion that the user wants to see, None without one."""
    key = st.session_state.get(_PICK)
    for name, outcome in _rows(verdicts):
        if name == key and (outcome.leads or outcome.spans):
            return outcome.leads, outcome.spans
    return None


def panel(verdicts: Any, mimicked: Any) -> None:
    """Every stated finding with its checks, source and what they prove."""
    st.subheader("Criteria", anchor=False)
    if not verdicts:
        st.caption("The report names no finding with published criteria.")
        return
    names = [name for name, outcome in _rows(verdicts) if outcome.leads or outcome.spans]
    if names:
        st.selectbox(
            "Show on the trace",
            names,
            index=None,
            key=_PICK,
            placeholder="Show on the trace: choose a criterion",
            label_visibility="collapsed",
        )
    for verdict in verdicts:
        _verdict(verdict)
    for verdict in mimicked:
        st.warning(
            f"It also meets the criteria of {quoted(verdict.name)}, which nobody asked for.",
            icon=":material/warning:",
        )
    st.caption(
        "The pattern is judged, never the disease: 'suggestive' patterns only raise the thought."
    )


def _verdict(verdict: Any) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{quoted(sentence_case(verdict.name))}**", width="content")
        st.badge(_VERDICT[verdict.met], color=_COLOR[verdict.met])
        st.badge(verdict.strength, color="gray")
    warning = FINDINGS[verdict.id].warning
    if warning:
        st.warning(quoted(warning), icon=":material/warning:")
    st.markdown("  \n".join(_line(outcome) for outcome in verdict.outcomes))
    st.caption(f"Criteria: {quoted(verdict.source)}")


def _line(outcome: Any) -> str:
    unit = {"deg": "°"}.get(outcome.unit, f" {outcome.unit}")
    value = "" if outcome.value is None else f": {outcome.value:.3g}{unit}".rstrip()
    asked = f" ({quoted(outcome.threshold)})" if outcome.threshold else ""
    reason = f" – {quoted(outcome.reason)}" if outcome.met is not True and outcome.reason else ""
    return f"{_ANSWER[outcome.met]} {quoted(outcome.name)}{value}{asked}{reason}"


def _rows(verdicts: Any) -> list[tuple[str, Any]]:
    return [
        (f"{sentence_case(verdict.name)}: {outcome.name}", outcome)
        for verdict in verdicts
        for outcome in verdict.outcomes
    ]
