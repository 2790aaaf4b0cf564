"""The left side of the page: report, patient, waves; everything that makes a `Request`."""

import secrets
from typing import Any

import streamlit as st

from sediff.leads import LEADS
from sediff.spec import MAX_REPORT, ST_LIMIT_MV, WAVES, CaseSpec, Request, WaveChange
from sediff.view.knobs import KNOBS, Knob, from_query, planned, to_query
from sediff.view.text import say
from sediff.view.words import finding_names, sentence_case

EXAMPLES = ("af", "lbbb", "block", "lvh", "stemi", "potassium", "vt", "normal")
CANDIDATES = (1, 2, 4)
_ST_START = 0.1  # mV: one small square, the least that a reader calls ST elevation
_SEEDS = 1_000_000  # short enough to read out; the request allows more
_WAVE_PARTS = {  # part of a WaveChange: lowest, highest, neutral, step
    "amplitude": (0.0, 3.0, 1.0, 0.05),
    "width": (0.5, 2.0, 1.0, 0.05),
    "shift_ms": (-60, 60, 0, 2),
}


def restore() -> None:
    """Fill the widgets from the link, once a session."""
    if "ready" in st.session_state:
        return
    given = from_query(st.query_params.to_dict())
    state: dict[str, Any] = {"ready": True, "sex": given.get("sex", "auto")}
    state["seed"] = given.get("seed", 1)
    for knob in KNOBS.values():
        value = given.get(knob.name)
        state[f"set_{knob.name}"] = value is not None
        state[f"val_{knob.name}"] = _for_slider(knob, value)
    state["st_leads"] = [lead for lead, _ in given.get("st_mv", ())]
    state |= {f"st_{lead}": level for lead, level in given.get("st_mv", ())}
    state["waves"] = [change.wave for change in given.get("waves", ())]
    for change in given.get("waves", ()):
        state |= {f"{change.wave}_{p}": _part(p, getattr(change, p)) for p in _WAVE_PARTS}
    st.session_state.update(state)


def share(request: Request) -> None:
    """Keep the address bar in step with the settings, so that it can be copied as a link."""
    query = to_query(request)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def report_box() -> str:
    """The report and its examples; returns the text."""
    text = st.text_area(
        say("controls.report"),
        key="report",
        height=112,
        max_chars=MAX_REPORT,
        on_change=_forget_example,
        persist_state="session",
        placeholder=say("controls.report_placeholder"),
        help=say("controls.report_help"),
    )
    st.pills(
        say("controls.examples"),
        EXAMPLES,
        key="example",
        format_func=lambda name: say(f"controls.example_{name}"),
        on_change=_use_example,
        label_visibility="collapsed",
        wrap=True,
    )
    forms = finding_names()
    st.selectbox(
        say("controls.add_finding"),
        list(forms),
        index=None,
        key="add_finding",
        format_func=lambda name: forms[name],
        on_change=_add_finding,
        placeholder=say("controls.add_finding_placeholder", n=len(forms)),
        label_visibility="collapsed",
    )
    return text or ""


def patient_box(spec: CaseSpec | None) -> None:
    """Age, sex and heart rate: the numbers that most people set."""
    _number(KNOBS["age"], spec)
    st.segmented_control(
        say("controls.sex"),
        ("auto", "female", "male"),
        key="sex",
        required=True,
        format_func=lambda choice: _sex_label(choice, spec),
        persist_state="session",
    )
    _number(KNOBS["heart_rate"], spec)


def details_box(spec: CaseSpec | None) -> None:
    """Everything else, folded away: intervals, waves, ST, adherence and seed."""
    with st.expander(say("controls.intervals_fold"), icon=":material/straighten:"):
        for name in ("pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv"):
            _number(KNOBS[name], spec)
        _st_levels()
    with st.expander(say("controls.shapes_fold"), icon=":material/show_chart:"):
        _wave_shapes()
    with st.expander(say("controls.realism_fold"), icon=":material/tune:"):
        _number(KNOBS["adherence"], spec)
        st.caption(say("controls.adherence_caption"))
        st.segmented_control(
            say("controls.candidates"),
            CANDIDATES,
            key="candidates",
            default=CANDIDATES[0],
            required=True,
            persist_state="session",
            help=say("controls.candidates_help"),
        )
        _seed()


def gather() -> Request:
    """What the widgets say.

    Raises:
        RequestError: it cannot be asked.
    """
    state = st.session_state
    numbers = {name: float(state[f"val_{name}"]) for name in KNOBS if state.get(f"set_{name}")}
    waves = []
    for wave in state.get("waves") or ():
        parts = {p: state.get(f"{wave}_{p}", neutral) for p, (*_, neutral, _) in _parts()}
        waves.append(WaveChange(wave, **{p: float(v) for p, v in parts.items()}))
    return Request(
        report=(state.get("report") or "").strip(),
        sex=None if state.get("sex", "auto") == "auto" else state["sex"],
        st_mv=tuple(
            (lead, state.get(f"st_{lead}", _ST_START)) for lead in state.get("st_leads") or ()
        ),
        waves=tuple(waves),
        seed=int(state.get("seed") or 0),
        **numbers,
    )


def _number(knob: Knob, spec: CaseSpec | None) -> None:
    """One number: left open it tells what the plan fills in, ticked it becomes a slider."""
    # A box of its own: a slider that appears must not move its neighbours, or the browser
    # would rebuild them and close the folds.
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="xsmall"):
            ticked = st.checkbox(
                knob.label,
                key=f"set_{knob.name}",
                on_change=_start_from_plan,
                args=(knob, spec),
                persist_state="session",
            )
            if not ticked:
                st.caption(planned(knob, spec), width="content")
        if ticked:
            _slider(knob)


def _slider(knob: Knob) -> None:
    low, high = (_as_shown(knob, limit) for limit in knob.limits)
    st.slider(
        say("controls.slider", label=knob.label, unit=knob.unit) if knob.unit else knob.label,
        low,
        high,
        step=_as_shown(knob, knob.step),
        key=f"val_{knob.name}",
        format="%d" if knob.step >= 1 else "%.2f",
        label_visibility="collapsed",
        persist_state="session",
    )


def _start_from_plan(knob: Knob, spec: CaseSpec | None) -> None:
    """A number taken over by hand starts where the plan had it, so that nothing jumps."""
    if st.session_state[f"set_{knob.name}"] and spec is not None:
        st.session_state[f"val_{knob.name}"] = _for_slider(knob, getattr(spec, knob.name))


def _st_levels() -> None:
    leads = st.multiselect(
        say("controls.st_leads"),
        LEADS,
        key="st_leads",
        persist_state="session",
        placeholder=say("controls.st_leads_placeholder"),
    )
    for lead in leads:
        st.session_state.setdefault(f"st_{lead}", _ST_START)
        st.slider(
            say("controls.st_lead", lead=lead),
            -ST_LIMIT_MV,
            ST_LIMIT_MV,
            step=0.05,
            format="%.2f",
            key=f"st_{lead}",
            persist_state="session",
        )


def _wave_shapes() -> None:
    st.pills(
        say("controls.waves"), WAVES, selection_mode="multi", key="waves", persist_state="session"
    )
    for wave in st.session_state.get("waves") or ():
        for part, (low, high, neutral, step) in _parts():
            st.session_state.setdefault(f"{wave}_{part}", neutral)
            st.slider(
                say(f"controls.wave_{part}", wave=wave),
                low,
                high,
                step=step,
                key=f"{wave}_{part}",
                persist_state="session",
            )


def _seed() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            say("controls.seed"),
            0,
            2**31 - 1,
            key="seed",
            step=1,
            persist_state="session",
            help=say("controls.seed_help"),
        )
        st.button(say("controls.new_seed"), icon=":material/casino:", on_click=_new_seed)


def _parts() -> list[tuple[str, tuple[Any, Any, Any, Any]]]:
    return list(_WAVE_PARTS.items())


def _part(name: str, value: float) -> float | int:
    return int(value) if name == "shift_ms" else float(value)


def _as_shown(knob: Knob, value: float) -> float | int:
    return int(value) if knob.step >= 1 else float(value)


def _for_slider(knob: Knob, value: float | None) -> float | int:
    return _as_shown(knob, knob.snap(value))


def _sex_label(choice: str, spec: CaseSpec | None) -> str:
    if choice == "auto" and spec is not None and spec.origin("sex") != "field":
        return say("controls.sex_auto_as", sex=say(f"controls.sex_{spec.sex}").lower())
    return say(f"controls.sex_{choice}")


def _use_example() -> None:
    if name := st.session_state["example"]:
        st.session_state["report"] = say(f"controls.text_{name}")


def _add_finding() -> None:
    if name := st.session_state["add_finding"]:
        before = (st.session_state.get("report") or "").strip().rstrip(".,;")
        text = f"{before}, {name}" if before else sentence_case(name)
        if len(text) <= MAX_REPORT:
            st.session_state["report"] = text
        st.session_state["add_finding"] = None
        _forget_example()


def _forget_example() -> None:
    st.session_state["example"] = None


def _new_seed() -> None:
    st.session_state["seed"] = secrets.randbelow(_SEEDS)
