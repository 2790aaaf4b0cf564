"""A film of one heart that changes: drawn in the browser, with a button and a slider of its own."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

from sediff.view.film import Frame, film_data
from sediff.view.look import Look
from sediff.view.text import say

_HERE = Path(__file__).parent
_HTML = (
    '<div class="film"><div class="sheet"></div><div class="bar">'
    '<button type="button"></button><label><span></span>'
    '<input type="range" min="0" step="1"></label><output></output></div></div>'
)


@lru_cache(maxsize=1)
def _component() -> Any:
    """The component, registered once: the server would warn of a second time."""
    return component(
        "sediff_film",
        html=_HTML,
        css=(_HERE / "explore_animation.css").read_text(encoding="utf-8"),
        js=(_HERE / "explore_animation.js").read_text(encoding="utf-8"),
    )


def film(frames: Sequence[Frame], leads: Sequence[str], look: Look, alt: str, key: str) -> None:
    """Show the frames one by one; it plays when it is told to, and the slider works by keys.

    Args:
        frames: title, ECG and span in s; titles are ours, never a user's text.
    """
    words = {name: say(f"explore.{name}") for name in ("play", "pause", "position")}
    data = film_data(frames, leads, look) | {"alt": alt, "words": words}
    _component()(key=f"{key}_film", data=data)
