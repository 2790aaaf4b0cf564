"""What the views of Explore share: the patient, who draws, the sheet, and the way to Generate."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts import making
from pages.parts.hand_over import to_generate
from pages.parts.trace import current_look
from sediff.errors import SediffError
from sediff.explore.differences import DIGITS
from sediff.explore.hearts import NORMAL, simulated
from sediff.generated import Generated
from sediff.leads import LEADS
from sediff.measure.values import Value
from sediff.spec import LIMITS, Request
from sediff.view.look import SPEEDS, Look
from sediff.view.multiples import PX_PER_MM
from sediff.view.sheet import UNITS_PER_MM
from sediff.view.text import say
from sediff.view.words import quoted

MOST_LEADS = 3
_MADE = "explore_made"  # key in the session: request -> what the model made of it
_KEPT = 24  # of these: a Generated weighs some 2 MB
_LEAST_PX_PER_MM = 2.6  # below, the sheet scrolls sideways instead of shrinking
_SECONDS = {0.0: "shown_beat", 2.5: "shown_2", 5.0: "shown_5"}


def on_phone() -> bool:
    """Whether the visitor's browser says that it is on a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def sheet_width_mm() -> float:
    """How wide a sheet of several ECGs may be."""
    return 90.0 if on_phone() else 310.0


def patient(key: str) -> tuple[Request, bool]:
    """Age, sex and seed of the normal heart that a view starts from, and whether the model
    shall draw."""
    low, high, _ = LIMITS["age"]
    with st.container(horizontal=True, gap="small"):
        age = st.number_input(
            say("explore.age"), int(low), int(high), 55, key=f"{key}_age", width=120
        )
        sex: Any = st.segmented_control(
            say("explore.sex"),
            ("female", "male"),
            default="male",
            required=True,
            key=f"{key}_sex",
            format_func=lambda one: say(f"explore.sex_{one}"),
        )
        seed = seed_box(key)
        model = source_box(key)
    return Request(NORMAL, age=float(age), sex=sex, seed=seed), model


def seed_box(key: str) -> int:
    """The seed of a view."""
    seed = st.number_input(
        say("explore.seed"), 0, 2**31 - 1, 1, key=f"{key}_seed", width=150,
        help=say("explore.seed_help"),
    )  # fmt: skip
    return int(seed)


def leads_box(key: str, default: Sequence[str]) -> list[str]:
    """One to three leads; the default where none is chosen."""
    chosen = st.multiselect(
        say("explore.leads"),
        LEADS,
        default=list(default)[:MOST_LEADS],
        max_selections=MOST_LEADS,
        placeholder=say("explore.leads_none"),
        key=f"{key}_leads",
        width=260,
    )
    return sorted(chosen or default, key=LEADS.index)


def seconds_box(key: str, default: float) -> float:
    """How much of each ECG is shown, s; 0 is one beat."""
    return st.segmented_control(
        say("explore.shown"),
        list(_SECONDS),
        default=default,
        required=True,
        key=f"{key}_seconds",
        format_func=lambda one: say(f"explore.{_SECONDS[one]}"),
    )


def speed_box(key: str, default: float = 25.0) -> float:
    """Paper speed in mm/s."""
    return st.segmented_control(
        say("explore.speed"),
        SPEEDS,
        default=default,
        required=True,
        key=f"{key}_speed",
        format_func=lambda one: say("explore.speed_unit", speed=one),
    )


def source_box(key: str) -> bool:
    """Whether the model shall draw."""
    chosen = st.segmented_control(
        say("explore.drawn_by"),
        ("simulator", "model"),
        default="simulator",
        required=True,
        key=f"{key}_by",
        format_func=lambda one: say(f"explore.drawn_by_{one}"),
        help=say("explore.drawn_by_help"),
    )
    return chosen == "model"


def drawn(requests: Sequence[Request], model: bool, key: str) -> list[Generated]:
    """The ECG of each request, at once: by the model where it has made them all, else simulated.

    Where the model is to draw and has not, there is a button for it; what draws is said.

    Raises:
        SediffError: a request cannot be met.
    """
    if not model:
        return [simulated(request) for request in requests]
    made = _kept()
    if all(request in made for request in requests):
        st.caption(say("explore.by_model"))
        return [made[request] for request in requests]
    found = [simulated(request) for request in requests]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pressed = st.button(
            say("explore.make"), type="primary", icon=":material/ecg_heart:", key=f"{key}_make"
        )
        st.caption(say("explore.not_yet", n=len(set(requests))), width="content")
    if pressed:
        _make(requests, key)
    return found


def _make(requests: Sequence[Request], key: str) -> None:
    """Let the model draw; hearts that it has drawn before are only moved."""
    from sediff.pipeline import generate_many

    known = tuple(_kept().values())
    try:
        made = making.make(
            lambda step: generate_many(list(requests), on_step=step, known=known),
            key=f"{key}_cancel",
        )
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    kept = _kept() | dict(zip(requests, made, strict=True))
    st.session_state[_MADE] = dict(list(kept.items())[-_KEPT:])
    st.rerun()


def _kept() -> dict[Request, Generated]:
    return st.session_state.get(_MADE, {})


def sheet(figure: Any, key: str, alt: str) -> None:
    """A sheet of ECG paper that keeps its height and scrolls sideways on a narrow screen."""
    layout = figure.layout
    width_mm = layout.xaxis.range[1] / UNITS_PER_MM
    least, most = width_mm * _LEAST_PX_PER_MM, width_mm * PX_PER_MM
    box = f"explore_sheet_{key}"
    st.html(
        f"<style>.st-key-{box} {{overflow-x: auto}} .st-key-{box} > div "
        f"{{min-width: {least:.0f}px; max-width: {most:.0f}px}}</style>"
    )
    with st.container(key=box):
        st.plotly_chart(
            figure,
            width="stretch",
            height=int(layout.height),
            theme=None,
            key=f"explore_chart_{key}",
            alt=alt,
            config={"displayModeBar": False, "scrollZoom": False},
        )


def open_box(requests: Sequence[tuple[str, Request]], key: str) -> None:
    """A button that opens one of the ECGs in Generate, with a choice where there are several.

    Args:
        requests: with their names. key: another one for another list of names.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = 0
        if len(requests) > 1:
            chosen = st.selectbox(
                say("explore.open_which"),
                range(len(requests)),
                format_func=lambda k: requests[k][0],
                key=f"{key}_open_which",
                width=280,
            )
        pressed = st.button(say("explore.open"), icon=":material/open_in_new:", key=f"{key}_open")
    if pressed:
        to_generate(requests[chosen][1])


def look_at(speed: float) -> Look:
    """The user's colours and gain, at another paper speed."""
    return replace(current_look(), speed=speed)


def tell(value: Value | None, signed: bool = False) -> str:
    """A measurement with its unit; a dash where it abstains."""
    if value is None or value.value is None:
        return say("explore.nothing")
    return number(value.value, value.unit, signed)


def number(value: float, unit: str, signed: bool = False) -> str:
    """'118 bpm', '-0.15 mV', '30°', with a sign for differences."""
    digits = DIGITS.get(unit, 0)
    rounded = round(value, digits) + 0.0  # no '-0'
    text = f"{rounded:{'+' if signed else ''}.{digits}f}"
    if unit in ("deg", "°"):
        return f"{text}°"
    return say("explore.value_spaced", value=text, unit=unit) if unit else text
