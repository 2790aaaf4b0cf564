"""What every page does first, and which pages there are."""

import re
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager

from sediff.ecg import HIDDEN_MARK, IMPORTED_MARK, SYNTHETIC_MARK
from sediff.view.text import say

SEEN = "through_app"  # key in the session: app.py has drawn the frame
STUDENT = "student"  # key in the session: the opaque id of the quiz that a link opened
LINK = "set"  # in a student's link: which quiz
READER = "reader"  # key in the session: the opaque id of the study that a link opened
STUDY = "study"  # in a reader's link: which study
_BROKEN = "-"  # an id that nothing has
_ID = re.compile(r"[A-Za-z0-9_-]{10,64}")
_MAIN = ("generate", "simulator", "explore", "cases", "quiz")
_MORE = ("reading", "files", "findings", "experience", "model_card", "about")


def pages() -> list[StreamlitPage] | dict[str, list[StreamlitPage]]:
    """The pages of this visitor: a student's or reader's link leads to its page alone.

    No page has an icon: the browser would fetch it from a font server as the tab's picture.
    """
    if student() is not None:
        return [_page("quiz", default=True)]
    if reader() is not None:
        return [_page("reading", default=True)]
    return {
        "": [_page(name, default=name == _MAIN[0]) for name in _MAIN],
        say("app.more"): [_page(name) for name in _MORE],
    }


def student() -> str | None:
    """The quiz that a student's link opened, for as long as this tab lives; None for others."""
    return _opened(LINK, STUDENT)


def reader() -> str | None:
    """The blind-reading study that a link opened, for as long as this tab lives."""
    return _opened(STUDY, READER)


def address(link: str, id: str) -> str:
    """The address of this very server, as the visitor's browser reaches it, with a link's id."""
    base = (st.context.url or "").split("?")[0].rstrip("/")
    before, _, page = base.rpartition("/")
    return f"{before if page in (*_MAIN, *_MORE) else base}/?{link}={id}"


def mark(page: str) -> str:
    """What the foot of a page says of the ECGs that may stand on it; `page`: its address."""
    if page == "reading" or reader():
        return HIDDEN_MARK  # real ECGs beside synthetic ones, which it must not tell apart
    return f"{SYNTHETIC_MARK} / {IMPORTED_MARK}" if page == "files" else SYNTHETIC_MARK


def _opened(link: str, key: str) -> str | None:
    """A link that was cut on its way opens nothing, and above all not the other pages."""
    given = st.query_params.get(link)
    if given is not None:
        st.session_state[key] = given if _ID.fullmatch(given) else _BROKEN
    return st.session_state.get(key)


def _page(name: str, default: bool = False) -> StreamlitPage:
    return st.Page(f"pages/{name}.py", title=say(f"app.{name}"), default=default)


def through_app() -> None:
    """Run through `app.py`, which draws the navigation, the style and the SYNTHETIC line.

    Streamlit takes a folder `pages` for an app of its older kind until `st.navigation` is called
    once: after a server start, a visit by a page's own address would miss all of these.
    """
    if SEEN not in st.session_state:
        st.session_state[SEEN] = True
        PagesManager.uses_pages_directory = False
        st.rerun()
    with st.container(key="mended"):  # the style hides it
        st.html(f"<script>{_mending()}</script>", unsafe_allow_javascript=True)


@lru_cache(maxsize=1)
def _mending() -> str:
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
