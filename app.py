"""SE-Diff Studio: the page registry. Start it with `streamlit run app.py`."""

import os
from pathlib import Path

# Before torch is imported anywhere: its waiting threads would otherwise spin on a busy machine
# and make one forward pass up to twenty times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import streamlit as st

from pages.parts.frame import SEEN
from sediff.ecg import SYNTHETIC_MARK

page = st.navigation(
    [
        st.Page("pages/generate.py", title="Generate", icon=":material/ecg_heart:", default=True),
        st.Page("pages/findings.py", title="Findings", icon=":material/menu_book:"),
        st.Page("pages/experience.py", title="Experience", icon=":material/lightbulb:"),
        st.Page("pages/about.py", title="About", icon=":material/info:"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · SE-Diff Studio", page_icon="🫀", layout="wide")
st.html(Path(__file__).parent / "pages" / "parts" / "style.css")
st.session_state[SEEN] = True
page.run()
st.caption(f"**{SYNTHETIC_MARK}** · SE-Diff Studio makes teaching and research material.")
