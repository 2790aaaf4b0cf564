"""The list of cases: search, filters, and which of them are chosen."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.cases_words import (
    FAMILIES,
    LEVELS,
    family_name,
    level_label,
    level_name,
    patient,
)
from sediff.cases.case import CaseHead
from sediff.cases.library import Library
from sediff.view.text import say
from sediff.view.words import quoted

LINK = "case"  # in the address: which case is open
_CHOSEN = "cases_chosen"  # key in the session: ids, in the order of choosing
_ROWS = 20  # of a page of the list
_WHOSE = {"all": None, "own": True, "shipped": False}


def show(library: Library) -> list[str]:
    """Draw the list; gives the ids that are chosen, without those that are gone.

    Raises:
        LibraryError: the database cannot be used.
    """
    every = library.search()
    found = _filtered(library, every)
    there = {head.id for head in every}
    st.session_state[_CHOSEN] = [id for id in chosen() if id in there]
    if not every:
        st.info(say("cases.none_at_all"), icon=":material/info:")
        return []
    _count(found, every)
    if not found:
        st.info(say("cases.none_found"), icon=":material/info:")
    rows = st.container(gap="small")  # above the way to their other pages
    shown = _page_of(found)
    with rows:
        for head in shown:
            _row(head)
    return chosen()


def chosen() -> list[str]:
    """Ids of the chosen cases."""
    return st.session_state.get(_CHOSEN, [])


def open_case(id: str) -> None:
    """Open a case; for callbacks. The address names it, so that it can be copied."""
    st.query_params[LINK] = id


def known_tags(heads: Sequence[CaseHead]) -> list[str]:
    """Every tag in use, sorted."""
    return sorted({tag for head in heads for tag in head.tags}, key=str.casefold)


def _filtered(library: Library, every: Sequence[CaseHead]) -> list[CaseHead]:
    families = [family for family in FAMILIES if any(head.family == family for head in every)]
    words, family, level = st.columns((4, 3, 3))
    tag, whose = st.columns((6, 4), vertical_alignment="bottom")
    return library.search(
        words.text_input(
            say("cases.search"),
            placeholder=say("cases.search_hint"),
            key="cases_text",
            max_chars=200,
            persist_state="session",
        ),
        family.selectbox(
            say("cases.family"),
            families,
            index=None,
            format_func=family_name,
            placeholder=say("cases.any_family"),
            key="cases_family",
            persist_state="session",
        ),
        level.segmented_control(
            say("cases.difficulty"),
            LEVELS,
            format_func=level_label,
            key="cases_level",
            persist_state="session",
        ),
        tag.multiselect(
            say("cases.tags"),
            known_tags(every),
            placeholder=say("cases.tags_hint"),
            key="cases_tags",
            persist_state="session",
        ),
        _WHOSE[
            whose.segmented_control(
                say("cases.whose"),
                list(_WHOSE),
                default="all",
                required=True,
                format_func=lambda one: say(f"cases.whose_{one}"),
                key="cases_whose",
                persist_state="session",
            )
        ],
    )


def _count(found: Sequence[CaseHead], every: Sequence[CaseHead]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = say("cases.count", shown=len(found), all=len(every))
        if chosen():
            told += " · " + say("cases.count_chosen", n=len(chosen()))
        st.markdown(told, width="content")
        if found:
            st.button(
                say("cases.choose_all", n=len(found)),
                type="tertiary",
                icon=":material/select_all:",
                on_click=_choose,
                args=([head.id for head in found],),
            )
        if chosen():
            st.button(
                say("cases.choose_none"),
                type="tertiary",
                icon=":material/deselect:",
                on_click=_choose,
                args=([],),
            )


def _page_of(found: Sequence[CaseHead]) -> Sequence[CaseHead]:
    """The heads of the page that is shown, and the way to the other pages."""
    pages = -(-len(found) // _ROWS)
    if pages <= 1:
        return found
    page = st.pagination(pages, key=f"cases_page_{pages}")
    return found[(page - 1) * _ROWS : page * _ROWS]


def _row(head: CaseHead) -> None:
    key = f"cases_pick_{head.id}"
    st.session_state[key] = head.id in chosen()
    title = quoted(head.title)
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        st.checkbox(
            say("cases.choose", title=title),
            key=key,
            label_visibility="collapsed",
            on_change=_pick,
            args=(head.id,),
        )
        # A box of its own: on a narrow screen what a case is about stands below its title.
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.button(
                title,
                key=f"cases_open_{head.id}",
                type="tertiary",
                on_click=open_case,
                args=(head.id,),
            )
            st.caption(about(head), width="content")


def about(head: CaseHead) -> str:
    """'own · 52-year-old man · Axis · basic · tags' as Markdown."""
    parts = [
        "" if head.shipped else f"**{say('cases.own_badge')}**",
        quoted(patient(head)),
        quoted(family_name(head.family)),
        level_name(head.difficulty),
        quoted(", ".join(head.tags)),
    ]
    return " · ".join(part for part in parts if part)


def _choose(ids: list[str]) -> None:
    st.session_state[_CHOSEN] = ids


def _pick(id: str) -> None:
    others = [one for one in chosen() if one != id]
    st.session_state[_CHOSEN] = [*others, id] if st.session_state[f"cases_pick_{id}"] else others
