"""Explore, look-alikes: two findings in one heart, and what tells them apart."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts.experience_notes import show_note
from pages.parts.explore_common import drawn, open_box, patient
from pages.parts.trace import trace
from sediff.criteria import Outcome
from sediff.experience.library import shipped_library
from sediff.explore.hearts import shown_findings
from sediff.explore.pairs import Sign, findings_with_mimics, mimics_of, notes_on, pair, signs
from sediff.findings import Finding
from sediff.generated import Generated
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_KEY = "pairs"
_FIRST = "pericarditis"


def show() -> None:
    """Both findings, what tells them apart, both ECGs, and the notes."""
    finding, mimic = _boxes()
    normal, model = patient(_KEY)
    requests = pair(normal, finding, mimic)
    a, b = drawn(requests, model, _KEY)
    found = signs(finding, mimic, a, b)
    st.header(say("explore.apart"), anchor=False)
    chosen = _sign_box(found, finding, mimic)
    _traces((finding, mimic), (a, b), chosen)
    _criteria(found, finding, mimic)
    _notes(finding, mimic)
    names = [sentence_case(one.at("").name) for one in (finding, mimic)]
    open_box(list(zip(names, requests, strict=True)), f"{_KEY}_{finding.id}_{mimic.id}")


def _boxes() -> tuple[Finding, Finding]:
    found = {finding.id: finding for finding in findings_with_mimics(shown_findings())}
    with st.container(horizontal=True, gap="small"):
        chosen = st.selectbox(
            say("explore.finding"),
            list(found),
            index=list(found).index(_FIRST),
            format_func=lambda id: f"{sentence_case(found[id].family)}: {found[id].name}",
            key=f"{_KEY}_finding",
            width=420,
            bind="query-params",
        )
        others = {one.id: one for one in mimics_of(found[chosen])}
        other = st.selectbox(
            say("explore.mimic"),
            list(others),
            format_func=lambda id: sentence_case(others[id].name),
            key=f"{_KEY}_mimic_{chosen}",
            width=420,
        )
    return found[chosen], others[other]


def _label(sign: Sign, finding: Finding, mimic: Finding) -> str:
    name = (finding if sign.of == finding.id else mimic).name
    return say("explore.apart_of", check=sign.here.name, finding=name)


def _sign_box(found: Sequence[Sign], finding: Finding, mimic: Finding) -> Sign | None:
    """The check to highlight: the first that tells the two apart, unless another is chosen."""
    telling = [sign for sign in found if sign.tells]
    if not telling:
        st.info(say("explore.apart_none"))
        return None
    _table(telling, finding, mimic)
    shown = [k for k, sign in enumerate(telling) if sign.here.leads or sign.here.spans]
    if not shown:
        return None
    chosen = st.selectbox(
        say("explore.apart_show"),
        shown,
        format_func=lambda k: _label(telling[k], finding, mimic),
        key=f"{_KEY}_sign_{finding.id}_{mimic.id}",
    )
    return telling[chosen]


def _table(rows: Sequence[Sign], finding: Finding, mimic: Finding) -> None:
    heads = [sentence_case(one.name) for one in (finding, mimic)]
    table = []
    for sign in rows:
        own, other = _answer(sign.here), _answer(sign.there)
        answers = (own, other) if sign.of == finding.id else (other, own)
        limit = f": {sign.here.threshold}" if sign.here.threshold else ""
        label = quoted(_label(sign, finding, mimic) + limit)
        table.append({say("explore.apart_column"): label} | dict(zip(heads, answers, strict=True)))
    st.table(
        pd.DataFrame(table).set_index(say("explore.apart_column")),
        border="horizontal",
        alt=say("explore.apart_table_alt"),
    )


def _answer(outcome: Outcome) -> str:
    answer = say({True: "explore.yes", False: "explore.no", None: "explore.cannot"}[outcome.met])
    if outcome.value is None:
        return answer
    unit = {"deg": "°"}.get(outcome.unit, f" {outcome.unit}")
    value = quoted(f"{outcome.value:.3g}{unit}".strip())
    return say("explore.answer", answer=answer, value=value)


def _traces(
    pair: tuple[Finding, Finding], made: tuple[Generated, Generated], sign: Sign | None
) -> None:
    """Both sheets with the same leads highlighted, and the spans that each ECG's own answer
    names."""
    look = None
    for k, (finding, one) in enumerate(zip(pair, made, strict=True)):
        name = sentence_case(finding.at("").name)
        look = trace(
            one.ecg,
            f"{_KEY}_sheet_{k}",
            heading=name,
            alt=say("explore.pair_alt", name=name),
            shown=_shown(sign, finding) if sign else None,
            controls=k == 0,
            look=look,
        )


def _shown(sign: Sign, finding: Finding) -> tuple[tuple[str, ...], tuple[tuple[float, float], ...]]:
    """The same leads on both sheets; time spans hold only for the ECG in which they were seen."""
    if sign.of == finding.id:
        return sign.here.leads, sign.here.spans
    return sign.there.leads or sign.here.leads, sign.there.spans


def _criteria(found: Sequence[Sign], finding: Finding, mimic: Finding) -> None:
    with st.expander(say("explore.all_criteria"), icon=":material/rule:"):
        if found:
            _table(found, finding, mimic)
        else:
            st.caption(say("explore.none_met"))


def _notes(finding: Finding, mimic: Finding) -> None:
    st.header(say("explore.notes"), anchor=False)
    notes = notes_on(finding, mimic, shipped_library().snippets)
    for note in notes:
        show_note(note)
    if not notes:
        st.caption(say("explore.notes_none"))
