"""What every page does first."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def through_app() -> None:
    """Run through `app.py`, which draws the navigation, the style and the SYNTHETIC line.

    Streamlit takes a folder `pages` for an app of its older kind until `st.navigation` is called
    once: after a server start, a visit by a page's own address would miss all of these.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
