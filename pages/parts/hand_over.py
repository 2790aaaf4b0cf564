"""Hands the settings of another page to Generate, which then makes the ECG at once."""

from typing import Any

import streamlit as st

from sediff.spec import Request, WaveChange
from sediff.view.knobs import KNOBS

NOW = "generate_now"  # key in the session: Generate starts as soon as it is opened
_PARTS = ("amplitude", "width", "shift_ms")


def to_generate(request: Request, now: bool = True) -> None:
    """Open Generate with these settings in its widgets; what was set there before is replaced.

    Call it in the run of the page, not in a callback: it ends the run.

    Args:
        now: whether it starts to generate at once; False leaves that to the user.
    """
    st.session_state.update(widgets_of(request))
    st.session_state[NOW] = now
    st.switch_page("pages/generate.py")


def widgets_of(request: Request) -> dict[str, Any]:
    """What the widgets of Generate hold when they ask for `request`: key -> value.

    Values that its sliders cannot show are moved to the nearest that they can.
    """
    state: dict[str, Any] = {
        "ready": True,  # the link in the address bar has had its turn
        "report": request.report,
        "example": None,
        "sex": request.sex or "auto",
        "seed": request.seed,
        "st_leads": [lead for lead, _ in request.st_mv],
        "waves": [change.wave for change in request.waves],
    }
    for knob in KNOBS.values():
        value = getattr(request, knob.name)
        state[f"set_{knob.name}"] = value is not None
        snapped = knob.snap(value)
        state[f"val_{knob.name}"] = int(snapped) if knob.step >= 1 else float(snapped)
    state |= {f"st_{lead}": float(level) for lead, level in request.st_mv}
    for change in request.waves:
        state |= {f"{change.wave}_{part}": _number(change, part) for part in _PARTS}
    return state


def _number(change: WaveChange, part: str) -> float | int:
    value = getattr(change, part)
    return round(value) if part == "shift_ms" else float(value)
