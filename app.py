"""SE-Diff Studio: the page registry. Start it with `streamlit run app.py`."""

import os
from pathlib import Path

# Before torch is imported anywhere: its waiting threads would otherwise spin on a busy machine
# and make one forward pass up to twenty times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import streamlit as st

from pages.parts.frame import SEEN, mark, pages
from sediff.view.text import say

page = st.navigation(pages(), position="top")
st.set_page_config(page_title=f"{page.title} · {say('app.name')}", page_icon="🫀", layout="wide")
st.html(Path(__file__).parent / "pages" / "parts" / "style.css")
st.session_state[SEEN] = True
page.run()
st.caption(f"**{mark(page.url_path)}** · {say('app.promise')}")
