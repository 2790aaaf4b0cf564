"""What was understood of the report: a chip for each finding, which changes the report."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from sediff.errors import RequestError
from sediff.findings import FINDINGS
from sediff.report import Reading
from sediff.rewording import Certainty, certainty_of, restated, with_word, without
from sediff.spec import MAX_REPORT, CaseSpec, Stated
from sediff.view.suggest import near_findings
from sediff.view.text import say
from sediff.view.words import marked, quoted, sentence_case

_CERTAINTIES: tuple[Certainty, ...] = ("sure", "possible", "no")
_ICONS: dict[Certainty, str] = {
    "sure": ":material/check:",
    "possible": ":material/question_mark:",
    "no": ":material/block:",
}
_NOTED = ("Not understood",)  # how notes of the plan begin that the marked words tell already
_MOST_NEAR = 4  # proposals: more than these are noise


def panel(report: str, reading: Reading, spec: CaseSpec | None) -> None:
    """The chips, the words that were not understood, and what is odd about the report."""
    stated = (*reading.findings, *reading.negated)
    if stated:
        with st.container(horizontal=True, gap="xxsmall", key="chips"):
            for one in _each_once(stated):
                _chip(one, reading)
    if reading.unknown:
        _unknown(report, reading.unknown)
    warnings = (*reading.contradictions, *reading.problems)
    for sentence in warnings:
        st.warning(quoted(sentence), icon=":material/warning:")
    for note in spec.notes if spec else ():
        if note not in warnings and not note.startswith(_NOTED):
            st.caption(quoted(note))


def _each_once(stated: Sequence[Stated]) -> list[Stated]:
    """Of a finding that is both stated and denied, what is stated."""
    kept: dict[str, Stated] = {}
    for one in stated:
        kept.setdefault(one.id, one)
    return list(kept.values())


def _chip(one: Stated, reading: Reading) -> None:
    """A finding: pressed it opens what can be changed; beside it, a button that removes it."""
    certainty = certainty_of(reading, one.id)
    assert certainty is not None  # it is one of the reading
    name = _form_name(one)
    inside = _form_name(one, alone=certainty != "no")  # 'no left bundle branch block'
    label = say(f"generate.chip_{certainty}", name=quoted(inside))
    with st.container(horizontal=True, gap=None, width="content", key=f"chip_{one.id}"):
        with st.popover(
            label,
            icon=_ICONS[certainty],
            help=say("generate.chip_help", words=quoted(one.words)),
            key=f"chip_open_{one.id}",
        ):
            _certainty(one.id, certainty)
            _stage(one, certainty)
        st.button(
            say("generate.chip_remove", name=quoted(name)),
            icon=":material/close:",
            key=f"chip_x_{one.id}",
            on_click=_remove,
            args=(one.id,),
        )


def _form_name(one: Stated, alone: bool = True) -> str:
    """The name of a finding or its stage; `alone`: not inside of a sentence."""
    finding = FINDINGS[one.id]
    name = finding.at(one.stage).name if one.stage else finding.name
    return sentence_case(name) if alone else name


def _certainty(id: str, now: Certainty) -> None:
    key = f"chip_certainty_{id}"
    st.session_state[key] = now  # the report decides, also when it was typed
    st.segmented_control(
        say("generate.chip_certainty"),
        _CERTAINTIES,
        key=key,
        required=True,
        format_func=lambda one: say(f"generate.state_{one}"),
        on_change=_restate,
        args=(id, key, None),
    )


def _stage(one: Stated, certainty: Certainty) -> None:
    stages = FINDINGS[one.id].stages
    if not stages:
        return
    key = f"chip_stage_{one.id}"
    names = {stage.id: stage.name for stage in stages}
    st.session_state[key] = one.stage or stages[0].id
    st.selectbox(
        say("generate.chip_stage"),
        tuple(names),
        key=key,
        format_func=lambda id: sentence_case(names[id]),
        on_change=_restate,
        args=(one.id, f"chip_certainty_{one.id}", key),
    )


def _unknown(report: str, words: Sequence[str]) -> None:
    st.caption(say("generate.not_understood"))
    st.markdown(marked(report, words))
    near = [(word, name) for word in words for name in near_findings(word)][:_MOST_NEAR]
    if near:
        with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
            st.caption(say("generate.near"), width="content")
            for word, name in near:
                st.button(
                    say("generate.near_button", word=quoted(word), name=quoted(name)),
                    key=f"near_{word}_{name}",
                    type="tertiary",
                    on_click=_use_word,
                    args=(word, name),
                )


def _remove(id: str) -> None:
    _write(lambda report: without(report, id))


def _restate(id: str, certainty_key: str, stage_key: str | None) -> None:
    certainty = st.session_state[certainty_key]
    stage = st.session_state[stage_key] if stage_key else None
    _write(lambda report: restated(report, id, certainty, stage))


def _use_word(word: str, name: str) -> None:
    _write(lambda report: with_word(report, word, name))


def _write(change: Any) -> None:
    """Put the changed report into its box; where it cannot be changed, say so."""
    try:
        text = change(st.session_state.get("report") or "")
    except RequestError as error:
        st.toast(quoted(str(error)))
        return
    if len(text) <= MAX_REPORT:
        st.session_state["report"] = text
        st.session_state["example"] = None
