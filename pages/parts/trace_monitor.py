"""The trace as a bedside monitor shows it: it sweeps in the browser, and the server rests."""

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from streamlit.components.v2 import component

from sediff.ecg import Ecg, to_int16
from sediff.leads import LEADS
from sediff.view.display_filter import for_display
from sediff.view.look import Look
from sediff.view.sheet_words import lead_label
from sediff.view.text import say

_MOST_LEADS = 3
_HTML = (
    '<figure class="monitor"><canvas role="img"></canvas><button type="button"></button></figure>'
)


def switch(key: str) -> bool:
    """Whether the monitor is shown."""
    return st.toggle(say("trace.monitor"), key=f"{key}_monitor_on", help=say("trace.monitor_help"))


def monitor(ecg: Ecg, key: str, look: Look, mark: str) -> None:
    """One to three leads that sweep at the speed and gain of the look, with the mark in them."""
    leads = st.multiselect(
        say("trace.monitor_leads"),
        LEADS,
        [look.rhythm_lead],
        max_selections=_MOST_LEADS,
        key=f"{key}_monitor_leads",
    )
    if not leads:
        st.caption(say("trace.monitor_none"))
        return
    _component()(key=f"{key}_monitor", data=scene(ecg, key, look, leads, mark), height="content")


def scene(ecg: Ecg, key: str, look: Look, leads: Sequence[str], mark: str) -> dict[str, Any]:
    """What the browser needs: whole microvolts, and every word that it writes."""
    shown = for_display(ecg, look.filter)
    names = [lead_label(lead, look) for lead in leads]
    return {
        "key": key,
        "fs": ecg.fs,
        "speed": look.speed,
        "gain": look.gain,
        "mark": mark,
        "leads": [
            {"name": name, "sign": -1 if name != lead else 1, "uv": _packed(shown, lead)}
            for name, lead in zip(names, leads, strict=True)
        ],
        "alt": say(
            "trace.monitor_alt", leads=", ".join(names), seconds=round(ecg.seconds, 1), mark=mark
        ),
        "pause": say("trace.monitor_pause"),
        "go": say("trace.monitor_go"),
    }


def _packed(ecg: Ecg, lead: str) -> str:
    uv = to_int16(np.rint(ecg.lead(lead).astype(np.float64) * 1000))
    return b64encode(uv.astype("<i2").tobytes()).decode("ascii")


@lru_cache(maxsize=1)
def _component() -> Any:
    here = Path(__file__)
    return component(
        "sediff_trace_monitor",
        html=_HTML,
        css=here.with_suffix(".css").read_text(encoding="utf-8"),
        js=here.with_suffix(".js").read_text(encoding="utf-8"),
    )
