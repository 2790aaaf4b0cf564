"""How the traces are looked at: one choice for all pages, kept for the session."""

from dataclasses import replace
from typing import Any

import streamlit as st

from sediff.leads import LEADS
from sediff.view.look import FILTERS, GAINS, LAYOUTS, PALETTES, SPEEDS, Look
from sediff.view.text import say

_KEPT = "look"  # key in the session


def current_look() -> Look:
    """The user's last choice in this session, for pictures and prints."""
    return st.session_state.get(_KEPT) or Look()


def choose(key: str, start: Look | None = None) -> Look:
    """A compact row of controls for the trace of that key; gives what is chosen.

    Args:
        start: a trace with a look of its own starts from this and keeps it to itself.
    """
    kept = _KEPT if start is None else f"{key}_look"
    look = st.session_state.get(kept) or start or Look()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _one_of("layout", list(LAYOUTS), key, kept, look, width=150)
        _segments("speed", SPEEDS, key, kept, look)
        _segments("gain", GAINS, key, kept, look)
        with st.popover(
            say("trace.more"), icon=":material/tune:", help=say("trace.more_help"), width="content"
        ):
            _more(key, kept, look)
    return look


def _more(key: str, kept: str, look: Look) -> None:
    """What is changed less often."""
    _one_of("rhythm_lead", list(LEADS), key, kept, look, say_as=str, visible=True)
    _yes_no("cabrera", key, kept, look)
    st.radio(
        say("trace.columns"),
        [False, True],
        format_func=lambda same: say("trace.columns_same" if same else "trace.columns_sequence"),
        horizontal=True,
        **_bound("simultaneous", key, kept, look),
    )
    _one_of(
        "filter", list(FILTERS), key, kept, look, say_as=_filter, visible=True,
        help=say("trace.filter_help"),
    )  # fmt: skip
    _one_of("palette", list(PALETTES), key, kept, look, visible=True)


def _filter(name: str) -> str:
    return say(f"trace.show_{name}")


def _one_of(
    name: str,
    options: list[Any],
    key: str,
    kept: str,
    look: Look,
    say_as: Any = None,
    visible: bool = False,
    **more: Any,
) -> None:
    st.selectbox(
        say(f"trace.{name}"),
        options,
        format_func=say_as or (lambda value: say(f"trace.{name}_{value}")),
        label_visibility="visible" if visible else "collapsed",
        **_bound(name, key, kept, look),
        **more,
    )


def _segments(name: str, options: tuple[float, ...], key: str, kept: str, look: Look) -> None:
    """Few numbers beside each other; the unit stands with each."""
    st.segmented_control(
        say(f"trace.{name}"),
        list(options),
        format_func=lambda value: say(f"trace.{name}_unit", **{name: value}),
        label_visibility="collapsed",
        required=True,
        **_bound(name, key, kept, look),
    )


def _yes_no(name: str, key: str, kept: str, look: Look) -> None:
    st.toggle(say(f"trace.{name}"), **_bound(name, key, kept, look))


def _bound(name: str, key: str, kept: str, look: Look) -> dict[str, Any]:
    """Key and callback of a control that shows one part of the look and changes it."""
    widget = f"{key}_{name}"
    # Set before every drawing: another trace or page may have changed the look meanwhile.
    st.session_state[widget] = getattr(look, name)
    return {"key": widget, "on_change": _keep, "args": (name, widget, kept, look)}


def _keep(name: str, widget: str, kept: str, look: Look) -> None:
    before = st.session_state.get(kept) or look
    st.session_state[kept] = replace(before, **{name: st.session_state[widget]})
