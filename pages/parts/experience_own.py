"""Notes of one's own: write, list, delete, export and import them."""

import streamlit as st


def editor() -> None:
    """The view of one's own notes."""
    st.caption("soon")
