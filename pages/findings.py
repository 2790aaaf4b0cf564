"""The vocabulary: every finding with its stages, criteria, notes of practice and real ECGs."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import hand_over
from pages.parts.experience_notes import show_note
from pages.parts.experience_own import own_notes
from pages.parts.frame import through_app
from sediff.errors import WeightsError
from sediff.experience.library import shipped_library
from sediff.findings import FINDINGS, Finding
from sediff.sources import source_of
from sediff.view.experience import notes_for
from sediff.view.text import say
from sediff.view.words import finding_name, forms_of, quoted, sentence_case

PICKED = "finding_read"  # key in the session: id of the finding to read about
_ROW = "finding_row"
_MADE = {"learned": "findings.learned", "drawn": "findings.drawn", "none": "findings.none"}


@st.cache_data(show_spinner=False)
def rows() -> pd.DataFrame:
    """One row a finding that can be drawn."""
    return pd.DataFrame(
        [
            {
                "id": finding.id,
                "Finding": sentence_case(finding.name),
                "Family": finding.family,
                "Stages": ", ".join(stage.name for stage in finding.stages),
                "Real ECGs": source.n,
                "Made": say(_MADE[source.source]),
                "Pattern": form.criteria.strength if form.criteria else "",
            }
            for finding in FINDINGS.values()
            if finding.drawable and not finding.vague
            for form, source in [(forms_of(finding)[0], source_of(finding.id))]
        ]
    ).sort_values(["Family", "Finding"], ignore_index=True)


def chosen(table: pd.DataFrame) -> Finding | None:
    """The finding picked in the list, or by its row in the table."""

    def pick() -> None:
        state: Any = st.session_state[_ROW]
        if state.selection.rows:
            st.session_state[PICKED] = table["id"].iloc[state.selection.rows[0]]

    ids = list(table["id"])
    if st.session_state.get(PICKED) not in ids:
        st.session_state[PICKED] = ids[0] if len(ids) == 1 else None
    picked = st.selectbox(
        say("findings.choose"),
        ids,
        index=None,
        key=PICKED,
        format_func=finding_name,
        placeholder=say("findings.choose_placeholder"),
        persist_state="session",
    )
    st.dataframe(
        table.drop(columns="id"),
        hide_index=True,
        height=min(420, 38 + 36 * max(len(table), 1)),
        on_select=pick,
        selection_mode="single-row",
        key=_ROW,
        column_config=_columns(),
    )
    return FINDINGS[picked] if picked else None


def _columns() -> dict[str, Any]:
    """How the columns are named and what they mean."""
    plain = {"Finding": "finding", "Family": "family", "Made": "made", "Pattern": "pattern"}
    return {
        **{
            key: st.column_config.TextColumn(say(f"findings.{name}")) for key, name in plain.items()
        },
        "Stages": st.column_config.TextColumn(say("findings.stages"), width="large"),
        "Real ECGs": st.column_config.NumberColumn(
            say("findings.real"), help=say("findings.real_help")
        ),
    }


def filtered(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that the search box and the family leave over."""
    search, family = st.columns((3, 1))
    text = search.text_input(say("findings.search"), placeholder=say("findings.search_placeholder"))
    kept = family.selectbox(say("findings.family"), sorted(table["Family"].unique()), index=None)
    wanted = text.casefold()
    rows = [
        (kept is None or family_of == kept) and _holds(FINDINGS[id], wanted)
        for id, family_of in zip(table["id"], table["Family"], strict=True)
    ]
    return pd.DataFrame(table.loc[rows]).reset_index(drop=True)


def _holds(finding: Finding, wanted: str) -> bool:
    forms = (finding, *finding.stages)
    return any(wanted in phrase.casefold() for form in forms for phrase in form.phrases)


def card(finding: Finding) -> None:
    """Everything the vocabulary knows of one finding."""
    st.header(sentence_case(finding.name), anchor=False)
    with st.container(horizontal=True, gap="small"):
        for form in forms_of(finding):
            if st.button(
                say("findings.generate", name=form.name), icon=":material/ecg_heart:", key=form.name
            ):
                st.session_state["report"] = sentence_case(form.name)
                st.session_state[hand_over.NOW] = True
                st.switch_page("pages/generate.py")
    if finding.warning:
        st.warning(quoted(finding.warning), icon=":material/warning:")
    know, names = st.columns((3, 2), gap="large")
    with know:
        _notes(finding)
    with names:
        synonyms = ", ".join((*finding.english, *finding.german))
        if synonyms:
            st.caption(say("findings.also", names=quoted(synonyms)))
        if finding.mimics:
            st.caption(say("findings.mimics", names=_names(finding.mimics)))
        if finding.combines:
            st.caption(say("findings.combines", names=_names(finding.combines)))
        codes = [*finding.scp, *([f"SNOMED CT {finding.snomed}"] if finding.snomed else [])]
        if codes:
            st.caption(say("findings.codes", codes=quoted(", ".join(codes))))
        st.caption(quoted(sentence_case(source_of(finding.id).sentence)))
        sources = dict.fromkeys(f.criteria.source for f in forms_of(finding) if f.criteria)
        for source in sources:
            st.caption(say("findings.criteria", source=quoted(source)))


def _notes(finding: Finding) -> None:
    """All that practice knows of it, with sources."""
    try:
        library = shipped_library()
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")
        return
    for note in notes_for(finding, (*own_notes(), *library.snippets)):
        show_note(note)


def _names(ids: tuple[str, ...]) -> str:
    return quoted(", ".join(FINDINGS[id].name for id in ids))


through_app()
st.title(say("findings.title"))
st.caption(say("findings.caption", n=len(rows())))
found = chosen(filtered(rows()))
if found is not None:
    card(found)
