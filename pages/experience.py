"""What practice knows: search and browse the notes, numbers of real ECGs, notes of one's own."""

import streamlit as st

from pages.parts import experience_numbers, experience_own, experience_search, experience_words
from pages.parts.frame import through_app
from sediff.errors import WeightsError
from sediff.experience.library import Library, shipped_library

_VIEWS = {
    "notes": ":material/search: Notes",
    "numbers": ":material/analytics: Real ECGs",
    "own": ":material/edit_note: Your notes",
}


def main() -> None:
    """Draw the chosen view."""
    st.title("Experience")
    try:
        library = shipped_library()
        st.caption(_about(library))
        view = st.segmented_control(
            "View",
            list(_VIEWS),
            default="notes",
            required=True,
            format_func=lambda name: _VIEWS[name],
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


def _about(library: Library) -> str:
    findings = len({note.finding for note in library.snippets})
    return (
        f"{len(library.snippets):,} notes on {findings} findings, each with its source "
        f"({len(library.sources):,} in all), and what real ECGs measure. For teaching: no note "
        "replaces a judgement at the bedside."
    )


through_app()
main()
