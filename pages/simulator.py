"""The live heart: every control moves the drawn heart, its leads and its vector at once."""

from pathlib import Path

import streamlit as st

from pages.parts import hand_over, result, simulator_controls, simulator_readback, simulator_vector
from pages.parts import simulator_state as state
from pages.parts.frame import through_app
from pages.parts.simulator_state import key
from pages.parts.trace import trace
from sediff.bench import PRESETS, Bench, Played, play
from sediff.errors import SediffError
from sediff.view.text import say
from sediff.view.words import quoted

_STYLE = Path(__file__).parent / "parts" / "simulator_style.css"
_CONTROLS_PX = 560  # the height of the sheet beside them
_LAST = key("last")  # the last settings that a heart can have


def presets() -> None:
    """One press each."""
    bench = st.session_state.get(_LAST)
    st.session_state[key("preset")] = next((k for k, b in PRESETS.items() if b == bench), None)
    st.pills(
        say("simulator.presets"),
        list(PRESETS),
        key=key("preset"),
        format_func=lambda name: say(f"simulator.preset_{name}"),
        on_change=_use_preset,
        label_visibility="collapsed",
        wrap=True,
    )


def played_or_said() -> tuple[Played, bool]:
    """The heart of the controls, or the one before and a sentence on why not.

    Returns:
        The heart, and whether it is that of the controls.
    """
    try:
        found = play(state.gather())
        if not found.spec.conflicts:
            st.session_state[_LAST] = found.bench
            return found, True
        for sentence in found.spec.conflicts:
            said = say("simulator.no_heart", sentence=quoted(sentence))
            st.error(said, icon=":material/error:")
    except SediffError as error:
        said = say("simulator.still_before", sentence=quoted(str(error)))
        st.error(said, icon=":material/error:")
    return play(st.session_state.get(_LAST) or Bench()), False


def sheet(played: Played) -> None:
    """The twelve leads."""
    with st.container(key=key("sheet")):
        trace(
            played.ecg,
            key("trace"),
            heading=result.heading(played.spec),
            alt=_alt(played),
            shown=simulator_vector.shown(played),
        )


def main() -> None:
    """The trace first: a moved slider is answered before anything is measured."""
    st.html(_STYLE)
    st.title(say("app.simulator"), anchor=False)
    st.caption(say("simulator.intro"))
    state.restore()
    row = st.container()
    played, now = played_or_said()
    left, right = st.columns((3, 1), gap="medium")
    with left:
        sheet(played)
    with right:
        make_real = _buttons(now)
        with st.container(height=_CONTROLS_PX, border=True, gap="xsmall", key=key("controls")):
            if now:
                state.follow(played)
            simulator_controls.controls(played)
    with row:
        presets()
    simulator_vector.panel(played)
    simulator_readback.panel(played)
    state.share(played.bench)
    if make_real:
        hand_over.to_generate(played.request)


def _buttons(now: bool) -> bool:
    """Make it real, and Reset; whether the first was pressed."""
    with st.container(horizontal=True, gap="small"):
        pressed = st.button(
            say("simulator.real"),
            type="primary",
            icon=":material/ecg_heart:",
            help=say("simulator.real_help"),
            disabled=not now,
        )
        st.button(
            say("simulator.reset"),
            icon=":material/restart_alt:",
            on_click=state.settle,
            args=(Bench(),),
        )
    return pressed


def _use_preset() -> None:
    if name := st.session_state[key("preset")]:
        state.settle(PRESETS[name])


def _alt(played: Played) -> str:
    bpm = None if "heart_rate" in played.spec.lacks else played.spec.heart_rate
    rate = say("simulator.no_rate") if bpm is None else say("simulator.rate", bpm=f"{bpm:.0f}")
    return say("simulator.alt", report=played.request.report, rate=rate)


through_app()
main()
