"""The vector loops beside the leads: in space, and in the two usual planes."""

from typing import Any

import streamlit as st

from pages.parts.simulator_state import key
from sediff.beat import Beat
from sediff.bench import Played
from sediff.simulator.loops import WaveLoop, loops_of, typical_beat, whole_beats
from sediff.view.text import say
from sediff.view.vector import PLANES, loop_figure, loops_alt
from sediff.view.vector3d import View, space_alt, space_figure, vector_at

_STATIC = {"displayModeBar": False, "scrollZoom": False}
_SIDES = {"oblique": (30, 20), "front": (0, 0), "left": (90, 0), "above": (0, 90)}
_TURNS = {"azimuth": 180, "elevation": 90}  # degrees to each side
_TURN_DEG = 5
_STEP_MS = 2  # one sample
_BAND_S = 0.008  # to each side of the moment: two tenths of a millimetre, just to be seen
_WORDS = (("left", "right"), ("down", "up"), ("back", "front"))


def shown(played: Played) -> tuple[tuple[str, ...], tuple[tuple[float, float], ...]] | None:
    """Where the chosen moment lies on the trace, for all leads; None where it is not wanted."""
    beat = _beat(played)
    if beat is None or not st.session_state.get(key("moment_shown"), True):
        return None
    at = beat.r_s + st.session_state.get(key("moment"), 0) / 1000
    return (), ((at - _BAND_S, at + _BAND_S),)


def panel(played: Played) -> None:
    """Beat, moment, and the loops."""
    st.header(say("simulator.vector"), anchor=False)
    beat = _beat(played)
    if beat is None:
        st.info(say("simulator.no_beats"), icon=":material/heart_broken:")
        return
    loops = dict(loops_of(played.simulation, beat))
    moment = _choose(whole_beats(played.simulation).index(beat) + 1, played, loops)
    space, planes = st.columns((3, 4), gap="medium")
    with space:
        _space(loops, moment)
    with planes:
        _planes(loops)
        st.markdown(_now(loops, moment))
        st.caption(say("simulator.vector_caption"))


def _beat(played: Played) -> Beat | None:
    """The beat that the user has chosen, else the typical one."""
    beats = whole_beats(played.simulation)
    number = st.session_state.get(key("beat"))
    if number is not None and 1 <= number <= len(beats):
        return beats[number - 1]
    return typical_beat(played.simulation)


def _choose(number: int, played: Played, loops: dict[str, WaveLoop]) -> int:
    """Sliders for the beat and the moment in it; returns the moment in ms from R."""
    beats = whole_beats(played.simulation)
    low, high = _ends(loops)
    state = st.session_state
    state[key("beat")] = number
    state[key("moment")] = _within(state.get(key("moment"), 0), low, high)
    one, two, three = st.columns((2, 4, 2), gap="medium", vertical_alignment="center")
    if len(beats) > 1:
        one.slider(say("simulator.beat"), 1, len(beats), key=key("beat"), persist_state="session")
    two.slider(
        say("simulator.moment"), low, high, step=_STEP_MS, key=key("moment"),
        persist_state="session",
    )  # fmt: skip
    state.setdefault(key("moment_shown"), True)
    three.toggle(say("simulator.moment_shown"), key=key("moment_shown"), persist_state="session")
    return state[key("moment")]


def _ends(loops: dict[str, WaveLoop]) -> tuple[int, int]:
    """From the first to the last drawn sample, even ms from R."""
    first = min(loop.t_ms[0] for loop in loops.values())
    last = max(loop.t_ms[-1] for loop in loops.values())
    return int(first // _STEP_MS) * _STEP_MS, int(last // _STEP_MS + 1) * _STEP_MS


def _within(value: Any, low: int, high: int) -> int:
    return int(min(max(value, low), high))


@st.fragment
def _space(loops: dict[str, WaveLoop], moment: int) -> None:
    """The loops in space; turning them redraws nothing else."""
    state = st.session_state
    state.setdefault(key("azimuth"), _SIDES["oblique"][0])
    state.setdefault(key("elevation"), _SIDES["oblique"][1])
    view = View(state[key("azimuth")], state[key("elevation")])
    st.plotly_chart(
        space_figure(loops, view, moment),
        width="stretch",
        theme=None,
        key=key("space"),
        alt=space_alt(loops, view),
        config=_STATIC,
    )
    st.segmented_control(
        say("simulator.side"),
        list(_SIDES),
        key=key("side"),
        format_func=lambda side: say(f"simulator.side_{side}"),
        on_change=_look_from,
        label_visibility="collapsed",
    )
    for column, (name, limit) in zip(st.columns(2), _TURNS.items(), strict=True):
        column.slider(
            say(f"simulator.{name}"), -limit, limit, step=_TURN_DEG, key=key(name),
            on_change=_forget_side, persist_state="session",
        )  # fmt: skip


def _look_from() -> None:
    if side := st.session_state.get(key("side")):
        st.session_state[key("azimuth")], st.session_state[key("elevation")] = _SIDES[side]


def _forget_side() -> None:
    st.session_state[key("side")] = None


def _planes(loops: dict[str, WaveLoop]) -> None:
    for column, plane in zip(st.columns(2, gap="small"), PLANES, strict=True):
        with column:
            st.plotly_chart(
                loop_figure(loops, plane),
                width="stretch",
                theme=None,
                key=key(f"plane_{plane}"),
                alt=loops_alt(loops, plane),
                config=_STATIC,
            )


def _now(loops: dict[str, WaveLoop], moment: int) -> str:
    """The vector of the moment in words."""
    found = vector_at(loops, moment)
    if found is None:
        return say("simulator.vector_rest")
    parts = [
        say(f"simulator.part_{plus if part > 0 else minus}", mv=f"{abs(part):.2f}")
        for part, (plus, minus) in zip(found, _WORDS, strict=True)
        if abs(part) >= 0.005
    ]
    size = f"{float((found**2).sum()) ** 0.5:.2f}"
    if not parts:
        return say("simulator.vector_rest")
    return say("simulator.vector_now", mv=size, told=", ".join(parts))
