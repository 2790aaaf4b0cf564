"""What the app is, whose data and weights stand behind it, and what it is not."""

import streamlit as st

from pages.parts.frame import through_app
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from sediff.language.server import endpoint_from_environment
from sediff.view.text import say
from sediff.view.words import quoted


def sent_where() -> str:
    """Whether, and when, a report leaves this computer."""
    try:
        endpoint = endpoint_from_environment()
    except RequestError as error:
        return say("about.sent_error", error=quoted(str(error)))
    if endpoint is None:
        return say("about.sent_nowhere")
    return say("about.sent_to", host=quoted(endpoint.host))


through_app()
st.title(say("about.title"))
st.warning(say("about.warning", mark=SYNTHETIC_MARK), icon=":material/warning:")

what, whose = st.columns(2, gap="large")
with what:
    st.header(say("about.does"))
    st.markdown(say("about.does_1"))
    st.markdown(say("about.does_2"))
    st.header(say("about.cannot"))
    st.markdown(say("about.cannot_list"))
with whose:
    st.header(say("about.data"))
    st.markdown(say("about.data_text"))
    st.header(say("about.weights"))
    st.markdown(say("about.weights_text"))
    st.header(say("about.method"))
    st.markdown(say("about.method_text"))
    st.header(say("about.reports"))
    st.markdown(say("about.reports_text", sent=sent_where()))
