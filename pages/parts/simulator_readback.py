"""What is measured on the simulated trace: asked against measured, and criteria in short."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.parts import result
from sediff.bench import Played
from sediff.criteria import Verdict
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_LOOK: dict[bool | None, tuple[str, Any, str]] = {
    True: ("criterion_met", "green", ":material/check:"),
    False: ("criterion_unmet", "red", ":material/close:"),
    None: ("criterion_open", "orange", ":material/question_mark:"),
}


def panel(played: Played) -> None:
    """Measure the heart and show what was read back."""
    generated = played.generated
    table, proof = st.columns((3, 2), gap="large")
    with table:
        result.checks(generated.compared())
    with proof:
        st.header(say("simulator.criteria"), anchor=False)
        _badges(generated.verdicts)
        if generated.mimicked:
            names = ", ".join(quoted(verdict.name) for verdict in generated.mimicked)
            st.caption(say("simulator.mimicked", names=names))
        _notes(played)


def _badges(verdicts: Sequence[Verdict]) -> None:
    if not verdicts:
        st.caption(say("simulator.criteria_none"))
        return
    with st.container(horizontal=True, gap="xsmall"):
        for verdict in verdicts:
            text, color, icon = _LOOK[verdict.met]
            name = quoted(sentence_case(verdict.name))
            st.badge(say(f"simulator.{text}", name=name), icon=icon, color=color)


def _notes(played: Played) -> None:
    """What could not be drawn as asked, and what the plan has to say."""
    provenance = played.simulation.provenance or {}
    notes = (*played.spec.notes, *provenance.get("notes", ()))
    if notes:
        st.subheader(say("simulator.notes"), anchor=False)
    for note in notes:
        st.caption(quoted(note))
