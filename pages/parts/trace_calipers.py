"""Calipers on the sheet: by drag, by number and by arrow keys, always on samples."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from sediff.ecg import Ecg
from sediff.leads import LEADS
from sediff.view import calipers
from sediff.view.calipers import Caliper
from sediff.view.display_filter import for_display
from sediff.view.figure import UNITS_PER_MM
from sediff.view.look import Look
from sediff.view.paper import lay_out
from sediff.view.text import say

_START_S, _END_S = 1.0, 2.0  # where an untouched caliper stands: large enough to be found


@dataclass(frozen=True)
class Calipers:
    """What is drawn of them: the interval, and whether it is repeated."""

    caliper: Caliper | None = None
    march: bool = False


def switch(key: str) -> bool:
    """Whether the user measures."""
    return st.toggle(say("trace.calipers"), key=f"{key}_measuring", help=say("trace.calipers_help"))


def measure(ecg: Ecg, key: str, look: Look) -> Calipers:
    """The numbers of the caliper, each movable by its arrow keys, and what it reads."""
    _start(ecg, key, look)
    step, last = 1000 / ecg.fs, (ecg.signal.shape[1] - 1) / ecg.fs * 1000
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        lead = st.selectbox(say("trace.caliper_lead"), LEADS, key=f"{key}_caliper_lead", width=100)
        for end in ("start", "end"):
            st.number_input(
                say(f"trace.caliper_{end}"), 0.0, last, step=step, key=f"{key}_caliper_{end}",
                format="%.0f" if step.is_integer() else "%.1f", width=150,
                on_change=_snap, args=(ecg, f"{key}_caliper_{end}"),
            )  # fmt: skip
        march = st.toggle(say("trace.march"), key=f"{key}_march", help=say("trace.march_help"))
    chosen = calipers.caliper(ecg, lead, *(_seconds(key, end) for end in ("start", "end")))
    _tell(ecg, chosen, look)
    return Calipers(chosen, march)


def dragged(ecg: Ecg, key: str, look: Look) -> None:
    """Take the ends from a rectangle that was just drawn on the sheet."""
    event: Any = st.session_state.get(key)
    boxes = event["selection"]["box"] if event else []
    if not boxes:
        return
    x, y = ([value / UNITS_PER_MM for value in boxes[-1][axis]] for axis in ("x", "y"))
    found = calipers.from_box(lay_out(for_display(ecg, look.filter), look), x, y)
    if found:
        _put(ecg, key, found)


def _start(ecg: Ecg, key: str, look: Look) -> None:
    """Put a caliper on the sheet where there is none, and back into a shorter record."""
    if f"{key}_caliper_start" not in st.session_state:
        _put(ecg, key, calipers.caliper(ecg, look.rhythm_lead, _START_S, _END_S))
    for end in ("start", "end"):
        _snap(ecg, f"{key}_caliper_{end}")


def _put(ecg: Ecg, key: str, chosen: Caliper) -> None:
    st.session_state[f"{key}_caliper_lead"] = chosen.lead
    st.session_state[f"{key}_caliper_start"] = chosen.start / ecg.fs * 1000
    st.session_state[f"{key}_caliper_end"] = chosen.end / ecg.fs * 1000


def _snap(ecg: Ecg, name: str) -> None:
    """Put a typed number on the nearest sample."""
    sample = calipers.snap(ecg, (st.session_state[name] or 0.0) / 1000)
    st.session_state[name] = sample / ecg.fs * 1000


def _seconds(key: str, end: str) -> float:
    return st.session_state[f"{key}_caliper_{end}"] / 1000


def _tell(ecg: Ecg, chosen: Caliper, look: Look) -> None:
    turned = look.cabrera and chosen.lead == "aVR"
    read = calipers.read_out(for_display(ecg, look.filter), chosen, turned)
    first, last = read.mv
    if read.bpm is None:
        st.markdown(say("trace.reading_zero", first=first))
        return
    st.markdown(
        say(
            "trace.reading", ms=read.ms, bpm=read.bpm, first=first, last=last,
            difference=read.difference_mv,
        )
    )  # fmt: skip
    if look.filter != "none":
        st.caption(say("trace.reading_filtered"))
