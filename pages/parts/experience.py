"""Experience beside the ECG: real ECGs like it in numbers, and what practice knows of it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.parts import experience_numbers, experience_words
from pages.parts.experience_notes import knowledge
from pages.parts.experience_own import own_notes
from sediff.errors import WeightsError
from sediff.experience.compose import compose
from sediff.experience.library import shipped_library
from sediff.experience.snippet import Snippet
from sediff.experience.statistics import LEAST, Group, group_of, people, statistics_for
from sediff.findings import FINDINGS
from sediff.report import read
from sediff.sources import real_count
from sediff.spec import CaseSpec, Stated
from sediff.view.experience import (
    apart_from_normal,
    lines_of,
    main_numbers,
    notes_for,
    people_of,
    short_and_long,
    telling_numbers,
)
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_MOST = 4  # findings of one report: further ones are on the page of experience


def numbers(generated: Any) -> None:
    """What real ECGs like a generated one measure, beside what it measures itself."""
    st.header(say("experience.numbers_heading"), anchor=False)
    try:
        _numbers(generated, _stated(generated.spec))
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")


def notes(generated: Any) -> None:
    """What practice knows of the stated findings; one sentence where the library is missing."""
    spec: CaseSpec = generated.spec
    st.header(say("experience.notes_heading"), anchor=False)
    try:
        stated = _stated(spec)
        _notes(spec, stated)
        _composed(spec)
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")


def _stated(spec: CaseSpec) -> list[Stated]:
    """What the report states, without what that implies and without words of no content."""
    return [one for one in read(spec.report).findings if not FINDINGS[one.id].vague][:_MOST]


def _numbers(generated: Any, stated: Sequence[Stated]) -> None:
    groups = _groups(generated.spec, stated)
    if groups:
        group = groups[0]
        if len(groups) > 1:
            group = st.selectbox(
                say("experience.compare_with"), groups, format_func=people_of, key="compared"
            )
        # Once more in full: a narrow box cuts it short.
        st.markdown(f"**{quoted(sentence_case(people_of(group)))}**")
        _group(generated, group)
    for one in stated:
        if not _has_group(one.id):
            st.markdown(_none_behind(one))


def _group(generated: Any, group: Group) -> None:
    lines = lines_of(group, main_numbers(group), generated.measured)
    whole = group_of(group.findings)
    leads = lines_of(whole, telling_numbers(whole), generated.measured) if whole else []
    experience_numbers.table([*lines, *leads], yours=True)
    experience_numbers.companions(group)
    wider = whole is not None and leads and whole != group
    told = [say("experience.how_to_read")]
    if whole and wider:
        told.append(say("experience.single_leads", n=f"{whole.n:,}"))
    st.caption(" ".join(told))


def _none_behind(one: Stated) -> str:
    """Why there are no numbers of a finding."""
    name = quoted(_form(one))
    n = real_count(one.id, one.stage)
    if n < LEAST:
        told = say("experience.none_behind", name=name, least=LEAST)
    else:
        told = say("experience.not_apart", name=name, n=n)
    return f":material/group_off: {told}"


def _groups(spec: CaseSpec, stated: Sequence[Stated]) -> list[Group]:
    """The groups this ECG can be compared with, each once, two findings
    together first, then the one that says most of the numbers."""
    if not stated:
        return [people(spec.age, spec.sex)]
    ids = [one.id for one in stated]
    # What a finding without real ECGs implies may have some: acute infarct -> infarct.
    for id in [id for id in ids if not _has_group(id)]:
        ids += [more for more in FINDINGS[id].implies if not FINDINGS[more].vague]
    found = {(g.findings, g.sex, g.band): g for g in statistics_for(ids, spec.age, spec.sex)}
    return sorted(found.values(), key=lambda g: (-len(g.findings), -apart_from_normal(g)))


def _has_group(finding: str) -> bool:
    return group_of((finding,)) is not None


def _notes(spec: CaseSpec, stated: Sequence[Stated]) -> None:
    if not stated:
        st.caption(say("experience.no_finding"))
        return
    notes = (*own_notes(), *shipped_library().snippets)
    names = [sentence_case(_form(one)) for one in stated]
    places = st.tabs(names) if len(names) > 1 else [st.container()]
    given: list[list[Snippet]] = []
    for place, one in zip(places, stated, strict=True):
        finding = FINDINGS[one.id]
        stage = one.stage or (finding.stages[0].id if finding.stages else "")
        ordered = notes_for(finding, notes, stage, spec.age, spec.sex)
        short, others = short_and_long(ordered)
        given.append([*short, *others])
        with place:
            knowledge(finding, ordered, _patient(spec))
    experience_words.panel(spec, _in_turn(given))


def _in_turn(given: Sequence[Sequence[Snippet]]) -> list[Snippet]:
    """The first note of each finding, then the second of each."""
    longest = max(map(len, given), default=0)
    return [notes[k] for k in range(longest) for notes in given if k < len(notes)]


def _form(stated: Stated) -> str:
    return FINDINGS[stated.id].at(stated.stage).name


def _patient(spec: CaseSpec) -> str:
    """', 80-year-old man' where the report says so: a look-alike is drawn for the same patient."""
    if "report" not in (spec.origin("age"), spec.origin("sex")):
        return ""
    # Words of a report, which the reader of reports understands, in no other language.
    person = {"female": "woman", "male": "man"}[spec.sex]
    return f", {spec.age:.0f}-year-old {person}"


def _composed(spec: CaseSpec) -> None:
    text = compose(spec.findings, spec.age, spec.sex).text  # word for word what the model is told
    if text:
        with st.expander(say("experience.composed"), icon=":material/clinical_notes:"):
            st.caption(say("experience.composed_how"))
            st.markdown(quoted(text))
