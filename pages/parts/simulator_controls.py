"""The controls of the live heart; each one moves the trace at once."""

import secrets

import streamlit as st

from pages.parts import simulator_state as state
from pages.parts.simulator_state import PARTS, key
from sediff.bench import CALCIUM, POTASSIUM, TERRITORIES, Played, choices
from sediff.bench.heart import ST_LIMIT_MM
from sediff.findings import FINDINGS
from sediff.spec import WAVES
from sediff.view.knobs import KNOBS
from sediff.view.text import say
from sediff.view.words import finding_names, quoted, sentence_case

_SEEDS = 1_000_000  # short enough to read out


def controls(played: Played) -> None:
    """All of them, those used most on top."""
    _rhythm()
    for name in ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg"):
        _number(name, played)
    _held()
    with st.expander(say("simulator.conduction_fold")):
        _one("av")
        _many("ventricles")
        _many("ectopy")
        _one("pacing")
        _many("other")
    with st.expander(say("simulator.waves_fold")):
        _waves(played)
    with st.expander(say("simulator.st_fold")):
        _st()
    with st.expander(say("simulator.salts_fold")):
        _salts(played)
    with st.expander(say("simulator.recording_fold")):
        _many("noise")
        _one("cables")
    with st.expander(say("simulator.patient_fold")):
        _patient()


def _rhythm() -> None:
    st.selectbox(
        say("simulator.rhythm"),
        choices()["rhythm"],
        key=key("rhythm"),
        format_func=sentence_case,
        persist_state="session",
    )


def _one(group: str) -> None:
    st.selectbox(
        say(f"simulator.{group}"),
        choices()[group],
        index=None,
        key=key(group),
        format_func=sentence_case,
        placeholder=say("simulator.none"),
        persist_state="session",
    )


def _many(group: str) -> None:
    labels = finding_names() if group == "other" else {}
    st.multiselect(
        say(f"simulator.{group}"),
        choices()[group],
        key=key(group),
        format_func=lambda name: labels.get(name) or sentence_case(name),
        placeholder=say("simulator.none"),
        persist_state="session",
    )


def _number(name: str, played: Played) -> None:
    """A slider that shows what is drawn, until it is moved and holds."""
    knob = KNOBS[name]
    low, high = (state.as_shown(knob, limit) for limit in knob.limits)
    st.slider(
        say("controls.slider", label=knob.label, unit=knob.unit),
        low,
        high,
        step=state.as_step(knob),
        key=key(name),
        format="%d" if knob.step >= 1 else "%.2f",
        on_change=state.hold,
        args=(name,),
        disabled=state.lacks(played, name),
        persist_state="session",
    )


def _held() -> None:
    st.multiselect(
        say("simulator.held"),
        state.SLIDERS,
        key=key("held"),
        format_func=lambda name: KNOBS[name].label,
        placeholder=say("simulator.held_none"),
        help=say("simulator.held_help"),
        persist_state="session",
    )


def _waves(played: Played) -> None:
    for name in ("p_mv", "t_mv"):
        _number(name, played)
    for wave, tab in zip(WAVES, st.tabs(list(WAVES)), strict=True):
        with tab:
            for part, (low, high, _, step) in PARTS.items():
                st.slider(
                    say(f"controls.wave_{part}", wave=wave),
                    low,
                    high,
                    step=step,
                    key=key(f"{wave}_{part}"),
                    persist_state="session",
                )


def _st() -> None:
    for place in TERRITORIES:
        st.slider(
            say(f"simulator.st_{place}"),
            -ST_LIMIT_MM,
            ST_LIMIT_MM,
            step=0.5,
            key=key(f"st_{place}"),
            format="%.1f",
            persist_state="session",
        )
    st.caption(say("simulator.st_caption"))


def _salts(played: Played) -> None:
    for name, (low, high), step in (("potassium", POTASSIUM, 0.1), ("calcium", CALCIUM, 0.05)):
        st.slider(
            say(f"simulator.{name}"),
            low,
            high,
            step=step,
            key=key(name),
            format="%.1f" if step == 0.1 else "%.2f",
            persist_state="session",
        )
    salts = played.bench.salts
    if not salts:
        st.caption(say("simulator.salts_normal"))
    for salt in salts:
        form = FINDINGS[salt.id].at(salt.stage)
        st.caption(say("simulator.salt_drawn", words=quoted(sentence_case(salt.words))))
        if form.warning:
            st.caption(quoted(form.warning))


def _patient() -> None:
    knob = KNOBS["age"]
    low, high = (int(limit) for limit in knob.limits)
    st.slider(knob.label, low, high, key=key("age"), persist_state="session")
    st.segmented_control(
        say("controls.sex"),
        ("female", "male"),
        key=key("sex"),
        required=True,
        format_func=lambda sex: say(f"controls.sex_{sex}"),
        persist_state="session",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            say("controls.seed"),
            0,
            2**31 - 1,
            key=key("seed"),
            step=1,
            persist_state="session",
            help=say("simulator.seed_help"),
        )
        st.button(say("simulator.new_seed"), icon=":material/casino:", on_click=_new_seed)


def _new_seed() -> None:
    st.session_state[key("seed")] = secrets.randbelow(_SEEDS)
