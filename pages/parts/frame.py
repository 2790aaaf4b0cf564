"""What every page does first."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

SEEN = "through_app"  # key in the session: app.py has drawn the frame


def through_app() -> None:
    """Run through `app.py`, which draws the navigation, the style and the SYNTHETIC line.

    Streamlit takes a folder `pages` for an app of its older kind until `st.navigation` is called
    once: after a server start, a visit by a page's own address would miss all of these.
    """
    if SEEN not in st.session_state:
        st.session_state[SEEN] = True
        PagesManager.uses_pages_directory = False
        st.rerun()
