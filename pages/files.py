"""To come."""

import streamlit as st

from pages.parts.frame import through_app
from sediff.view.text import say

through_app()
st.title(say("app.files"))
