"""Explore: several ECGs at once, to see what changes and what does not."""

import streamlit as st

from pages.parts.frame import through_app
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

VIEWS = ("sweep", "compare", "heart", "pairs")
_LINK = "view"  # in the address
_KEY = "explore_view"


def _view(name: str) -> None:
    """Draw one view; the others are not even imported."""
    if name == "sweep":
        from pages.parts import explore_sweep as view
    elif name == "compare":
        from pages.parts import explore_compare as view
    elif name == "heart":
        from pages.parts import explore_heart as view
    else:
        from pages.parts import explore_pairs as view
    view.show()


def _restore() -> None:
    """The view that the address names, once a visit; else the first."""
    if _KEY not in st.session_state:
        asked = st.query_params.get(_LINK)
        st.session_state[_KEY] = asked if asked in VIEWS else VIEWS[0]


def main() -> None:
    """The title, the choice of a view, and the view."""
    st.title(say("app.explore"), anchor=False)
    st.caption(say("explore.intro"))
    _restore()
    chosen = st.segmented_control(
        say("explore.view"),
        VIEWS,
        required=True,
        key=_KEY,
        format_func=lambda name: say(f"explore.view_{name}"),
        label_visibility="collapsed",
    )
    chosen = chosen or VIEWS[0]
    if st.query_params.get(_LINK) != chosen:
        st.query_params[_LINK] = chosen  # so that the address can be copied
    try:
        _view(chosen)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")


through_app()
main()
