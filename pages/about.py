"""What the app is, whose data and weights stand behind it, and what it is not."""

import streamlit as st

from pages.parts.frame import through_app
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from sediff.language.server import endpoint_from_environment
from sediff.view.words import quoted


def sent_where() -> str:
    """Whether, and when, a report leaves this computer."""
    try:
        endpoint = endpoint_from_environment()
    except RequestError as error:
        return f"No language model is used: {quoted(str(error))}"
    if endpoint is None:
        return "No language model is configured: nothing is sent anywhere."
    return (
        "Only where you press 'Put into words' or 'Understand this report' is the report sent to "
        f"the language model at {quoted(endpoint.host)}."
    )


through_app()
st.title("About SE-Diff Studio")
st.warning(
    f"**{SYNTHETIC_MARK}.** No ECG of this app comes from a patient, and none may be used to "
    "diagnose, treat or test a person or a medical device.",
    icon=":material/warning:",
)

what, whose = st.columns(2, gap="large")
with what:
    st.subheader("What it does")
    st.markdown(
        "You type a report and set what you want to fix: rate, intervals, axis, waves. "
        "A **heart simulator** decides when each beat comes and what its P, QRS and T look like. "
        "A **diffusion model**, trained on real ECGs, turns that into a realistic 12-lead ECG. "
        "The result is then **measured from the signal alone** and set against what you asked."
    )
    st.markdown(
        "The published **criteria** of each finding are put to those measurements: the pattern "
        "is judged, never the disease. Each finding says where it comes from: *learned from N "
        "real ECGs*, or *drawn by the simulator* where real examples are too few to learn from."
    )
    st.subheader("What it cannot do")
    st.markdown(
        "- It is not validated for clinical use, and looks right more easily than it is right.\n"
        "- Findings that the simulator draws are textbook pictures: real ones vary more.\n"
        "- The training data come from Germany, recorded between 1989 and 1996.\n"
        "- Measurements abstain when leads disagree; a value shown can still be off.\n"
        "- Reports are read in English and German; words that are not understood are marked."
    )
with whose:
    st.subheader("Data")
    st.markdown(
        "**PTB-XL**, a large publicly available electrocardiography dataset: Wagner P, "
        "Strodthoff N, Bousseljot RD, Kreiseler D, Lunze FI, Samek W, Schaeffter T. "
        "*Scientific Data* 2020;7:154. "
        "[doi:10.1038/s41597-020-0495-6](https://doi.org/10.1038/s41597-020-0495-6). "
        "Licence: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)."
    )
    st.subheader("Weights")
    st.markdown(
        "The generator was trained for this project on PTB-XL. Reports and notes are embedded "
        "with [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), "
        "licence Apache-2.0, fine-tuned for this project on ECG language."
    )
    st.subheader("Method")
    st.markdown(
        "After *SE-Diff* ([arXiv:2511.09895](https://arxiv.org/abs/2511.09895)), written anew."
    )
    st.subheader("Your reports")
    st.markdown(
        "Reports stay in this session: they are in no link and in no log. A file that you "
        f"download does hold the report it was made from. {sent_where()}"
    )
