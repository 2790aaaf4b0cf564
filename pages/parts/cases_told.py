"""What the last press did, said once on the run that follows it."""

import streamlit as st

_TOLD = "cases_told"


def tell(sentence: str, good: bool = True) -> None:
    """Keep a sentence for the next run; text of others in it is `quoted` already."""
    st.session_state[_TOLD] = (sentence, good)


def show_told() -> None:
    """Say what was kept; the place is always there, so that nothing below it moves or closes."""
    place = st.container()
    told = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    sentence, good = told
    if good:
        place.success(sentence, icon=":material/check:")
    else:
        place.error(sentence, icon=":material/error:")
