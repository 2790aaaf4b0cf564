"""What practice knows: search and browse the notes, numbers of real ECGs, notes of one's own."""

import streamlit as st

from pages.parts import experience_numbers, experience_own, experience_search, experience_words
from pages.parts.frame import through_app
from sediff.errors import WeightsError
from sediff.experience.library import Library, shipped_library
from sediff.view.text import say

_ICONS = {"notes": "search", "numbers": "analytics", "own": "edit_note"}


def main() -> None:
    """Draw the chosen view."""
    st.title(say("experience.title"))
    try:
        library = shipped_library()
        st.caption(_about(library))
        view = st.segmented_control(
            say("experience.view"),
            list(_ICONS),
            default="notes",
            required=True,
            format_func=_named,
            key="experience_view",
            label_visibility="collapsed",
            persist_state="session",
        )
        if view == "numbers":
            experience_numbers.explorer()
        elif view == "own":
            experience_own.editor()
        else:
            experience_search.search(library)
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")
    experience_words.say_how()


def _named(view: str) -> str:
    name = say(f"experience.view_{view}")
    return f":material/{_ICONS[view]}: {name}"


def _about(library: Library) -> str:
    findings = len({note.finding for note in library.snippets})
    return say(
        "experience.about",
        notes=f"{len(library.snippets):,}",
        findings=findings,
        sources=f"{len(library.sources):,}",
    )


through_app()
main()
