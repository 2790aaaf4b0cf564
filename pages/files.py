"""Files: open an ECG of others to measure it, or make many from a table."""

import streamlit as st

from pages.parts import files_batch, files_open
from pages.parts.frame import through_app
from sediff.view.text import say

_VIEWS = {"open": files_open.show, "batch": files_batch.show}


def main() -> None:
    """Draw the chosen view."""
    st.title(say("app.files"), anchor=False)
    st.caption(say("files.intro"))
    view = st.segmented_control(
        say("files.view"),
        list(_VIEWS),
        default="open",
        required=True,
        key="files_view",
        format_func=lambda one: say(f"files.view_{one}"),
        label_visibility="collapsed",
        persist_state="session",
    )
    _VIEWS[view]()


through_app()
main()
