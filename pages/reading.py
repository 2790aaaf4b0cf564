"""Blind reading: set up a study, rate its ECGs, see what came out."""

import streamlit as st

from pages.parts import reading_rate, reading_results, reading_studies
from pages.parts.frame import reader, through_app
from pages.parts.owner import owner
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted


def main() -> None:
    """The study of a link for its readers; else the studies of this visitor."""
    st.title(say("reading.title"), anchor=False)
    by_link = reader()
    token = by_link or st.session_state.get(reading_studies.OPEN)
    seen = st.session_state.get(reading_studies.RESULTS)
    try:
        if token:
            reading_rate.page(token, owner(), may_leave=by_link is None)
        elif seen:
            reading_results.page(seen, owner())
        else:
            reading_studies.page(owner())
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        if not by_link:
            reading_studies.back_button()


through_app()
main()
