"""Runs the model for a page: in turn with the others, with progress, and with Cancel."""

import threading
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.parts.turns import Turns
from sediff.errors import SediffError
from sediff.view.text import say

Made = TypeVar("Made")
OnStep = Callable[[int, int], None]


@st.cache_resource(show_spinner=False)
def turns() -> Turns:
    """One line for all sessions: two samplers on one machine would both take twice as long."""
    return Turns(places=1)


@st.cache_resource(show_spinner=False)
def load_weights_early() -> None:
    """Load the weights while the user still types; a failure shows when Generate is pressed."""
    from sediff.pipeline import warm_up

    def load() -> None:
        try:
            warm_up()
        except SediffError:
            return

    threading.Thread(target=load, name="warm-up", daemon=True).start()


def make(work: Callable[[OnStep], Made], key: str = "cancel", text: str = "making.step") -> Made:
    """Do `work` where the page stands now, with a bar and a button that stops it.

    Args:
        work: gets a function to call with (done, all) at every step; a press of Cancel, or of
            anything else on the page, ends the run at its next step.
        key: of the button; one a page.
        text: key of the sentence of a step, with the places {done} and {of}.

    Raises:
        SediffError: what `work` raises.
    """
    bar = st.progress(0.0, text=say("making.starting"))
    # Pressing it reruns the page, and the next step then ends this run.
    st.button(
        say("making.cancel"),
        icon=":material/stop_circle:",
        width="stretch",
        key=key,
        on_click=_say_stopped,
    )

    def step(done: int, of: int) -> None:
        bar.progress(min(done / max(of, 1), 1.0), text=say(text, done=done, of=of))

    def wait(ahead: int) -> None:
        place = say("making.one_before") if ahead == 1 else say("making.more_before", n=ahead)
        bar.progress(0.0, text=place)

    with turns().take(wait):
        return work(step)


def _say_stopped() -> None:
    """Confirm that the run has ended; the press itself ended it."""
    st.toast(say("making.stopped"))
