"""SE-Diff Studio: the page registry. Start it with `streamlit run app.py`."""

import os
from pathlib import Path

# Before torch is imported anywhere: its waiting threads would otherwise spin on a busy machine
# and make one forward pass up to twenty times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import streamlit as st

from pages.parts.frame import SEEN
from sediff.ecg import SYNTHETIC_MARK

# No page has an icon: the browser would fetch it from a font server as the tab's picture.
page = st.navigation(
    [
        st.Page("pages/generate.py", title="Generate", default=True),
        st.Page("pages/findings.py", title="Findings"),
        st.Page("pages/experience.py", title="Experience"),
        st.Page("pages/model_card.py", title="Model card"),
        st.Page("pages/about.py", title="About"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · SE-Diff Studio", page_icon="🫀", layout="wide")
st.html(Path(__file__).parent / "pages" / "parts" / "style.css")
st.session_state[SEEN] = True
page.run()
st.caption(f"**{SYNTHETIC_MARK}** · SE-Diff Studio makes teaching and research material.")
