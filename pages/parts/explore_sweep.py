"""Explore, sweep: one heart, one thing moved from a to b."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import explore_animation
from pages.parts.explore_common import (
    drawn,
    leads_box,
    look_at,
    number,
    open_box,
    seconds_box,
    seed_box,
    sheet,
    sheet_width_mm,
    source_box,
    speed_box,
    tell,
)
from sediff.explore.beats import window
from sediff.explore.sweep import (
    FEWEST,
    MOST,
    PARAMETERS,
    TERRITORIES,
    Parameter,
    Point,
    between,
    points,
    read_back,
    values,
)
from sediff.findings import FINDINGS
from sediff.generated import Generated
from sediff.leads import LEADS
from sediff.spec import MAX_REPORT, Request
from sediff.view.look import Look
from sediff.view.multiples import Panel, multiples
from sediff.view.text import say
from sediff.view.words import quoted

_KEY = "sweep"
_COUNT = 6
_MM_STEP = 0.5  # of the slider; values in between may follow from the count
_COLUMNS = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "t_mv")


def show() -> None:
    """Controls, the ECGs, and what was measured on each."""
    parameter = PARAMETERS[_parameter_box()]
    at, moved = _range(parameter)
    with st.container(horizontal=True, gap="small"):
        leads = leads_box(f"{_KEY}_{parameter.name}", moved[:1] or (parameter.lead,))
        seconds = seconds_box(f"{_KEY}_{parameter.name}", parameter.seconds)
        speed = speed_box(_KEY)
        model = source_box(_KEY)
        animated = _way_box()
    base = _heart_box()
    asked = points(base, parameter, at, moved)
    if parameter.kind == "adherence":
        st.caption(say("explore.adherence_hint"))
    made = drawn([point.request for point in asked], model, _KEY)
    if animated and len(asked) > 1:
        _animation(parameter, base, asked, made, leads, moved, look_at(speed), seconds)
    else:
        _multiples(parameter, asked, made, leads, moved, look_at(speed), seconds)
    _table(parameter, asked, made, moved)
    _remarks(parameter, asked, made)
    named = [(_title(parameter, point.value), point.request) for point in asked]
    open_box(named, f"{_KEY}_{parameter.name}")


def _parameter_box() -> str:
    return st.pills(
        say("explore.parameter"),
        list(PARAMETERS),
        default=next(iter(PARAMETERS)),
        required=True,
        key=f"{_KEY}_parameter",
        format_func=lambda name: say(f"explore.parameter_{name}"),
    )


def _heart_box() -> Request:
    """The heart that is moved."""
    with st.container(horizontal=True, gap="small"):
        report = st.text_input(
            say("explore.report"),
            say("explore.report_start"),
            max_chars=MAX_REPORT,
            key=f"{_KEY}_report",
            width=420,
            help=say("explore.report_help"),
        )
        seed = seed_box(_KEY)
    return Request((report or "").strip(), seed=seed)


def _range(parameter: Parameter) -> tuple[list[float], tuple[str, ...]]:
    """The values of the sweep, and the leads in which ST moves."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        moved = _territory_box() if parameter.kind == "st" else ()
        if parameter.kind == "levels":
            return _levels_box(parameter), moved
        low, high = _slider(parameter)
        count = st.slider(
            say("explore.count"), FEWEST, MOST, _COUNT, key=f"{_KEY}_count", width=200
        )
    return values(parameter, low, high, count), moved


def _slider(parameter: Parameter) -> tuple[float, float]:
    whole = parameter.step >= 1
    kind: Any = int if whole else float
    step = 1 if whole else _MM_STEP if parameter.kind == "st" else 0.05
    label = "explore.range_unit" if parameter.unit else "explore.range"
    low, high = st.slider(
        say(label, unit=parameter.unit) if parameter.unit else say(label),
        kind(parameter.low),
        kind(parameter.high),
        (kind(parameter.start), kind(parameter.end)),
        step=step,
        format="%d" if whole else "%.2f",
        key=f"{_KEY}_range_{parameter.name}",
        width=360,
    )
    return float(low), float(high)


def _levels_box(parameter: Parameter) -> list[float]:
    """Every level from the first chosen to the last."""
    levels = list(range(int(parameter.low), int(parameter.high) + 1))
    low, high = st.select_slider(
        say("explore.range"),
        levels,
        value=(levels[0], levels[-1]),
        format_func=lambda k: say(f"explore.level_{k}"),
        key=f"{_KEY}_range_{parameter.name}",
        width=620,
    )
    return [float(k) for k in range(low, high + 1)]


def _territory_box() -> tuple[str, ...]:
    place = st.selectbox(
        say("explore.st_where"),
        [*TERRITORIES, "chosen"],
        format_func=lambda name: say(f"explore.st_{name}"),
        key=f"{_KEY}_territory",
        width=240,
    )
    if place in TERRITORIES:
        return TERRITORIES[place]
    chosen = st.multiselect(
        say("explore.st_leads"),
        LEADS,
        default=["V2", "V3"],
        placeholder=say("explore.st_leads_none"),
        key=f"{_KEY}_st_leads",
        width=260,
    )
    return tuple(chosen)


def _way_box() -> bool:
    way = st.segmented_control(
        say("explore.way"),
        ("multiples", "animation"),
        default="multiples",
        required=True,
        key=f"{_KEY}_way",
        format_func=lambda one: say(f"explore.way_{one}"),
    )
    return way == "animation"


def _title(parameter: Parameter, value: float) -> str:
    if parameter.kind == "levels":
        return say(f"explore.level_{value:.0f}")
    if parameter.kind == "adherence":
        return f"{value:.2f}"
    return number(value, parameter.unit)


def _note(parameter: Parameter, made: Generated, moved: Sequence[str]) -> str:
    """What was measured of the thing that moves, or of what shows it."""
    if parameter.kind == "levels":
        waves = made.measured.leads.get(parameter.lead)
        height = say("explore.nothing") if waves is None else number(waves.t_mv, "mV")
        qrs = tell(made.measured.qrs_ms)
        return say("explore.panel_levels", qrs=qrs, lead=parameter.lead, t=height)
    found = read_back(made, parameter, moved)
    if found is None:
        return ""
    if found.value is None:
        return say("explore.panel_unsure")
    return say("explore.panel_measured", value=tell(found))


def _multiples(
    parameter: Parameter,
    asked: Sequence[Point],
    made: Sequence[Generated],
    leads: Sequence[str],
    moved: Sequence[str],
    look: Look,
    seconds: float,
) -> None:
    panels = [
        Panel(
            _title(parameter, point.value),
            one.ecg,
            window(one.ecg, one.measured.beats, seconds),
            _note(parameter, one, moved),
        )
        for point, one in zip(asked, made, strict=True)
    ]
    alt = say("explore.sweep_alt", n=len(panels), **_told(parameter, asked, leads))
    sheet(multiples(panels, leads, look, sheet_width_mm()), _KEY, alt)


def _told(parameter: Parameter, asked: Sequence[Point], leads: Sequence[str]) -> dict[str, str]:
    return {
        "leads": ", ".join(leads),
        "what": say(f"explore.parameter_{parameter.name}"),
        "start": _title(parameter, asked[0].value),
        "end": _title(parameter, asked[-1].value),
    }


def _animation(
    parameter: Parameter,
    base: Request,
    asked: Sequence[Point],
    made: Sequence[Generated],
    leads: Sequence[str],
    moved: Sequence[str],
    look: Look,
    seconds: float,
) -> None:
    """The same as a film; the simulator fills in what lies between."""
    from sediff.explore.frames import simulated_between

    simulation = all(one.drawn is None for one in made)
    if simulation and parameter.kind in ("number", "st"):
        fine = points(base, parameter, between([p.value for p in asked], parameter), moved)
        found = [(_title(parameter, p.value), *simulated_between(p.request)) for p in fine]
    else:
        found = [
            (_title(parameter, point.value), one.ecg, one.measured.beats)
            for point, one in zip(asked, made, strict=True)
        ]
    frames = [(title, ecg, window(ecg, beats, seconds)) for title, ecg, beats in found]
    alt = say("explore.animation_alt", **_told(parameter, asked, leads))
    explore_animation.film(frames, leads, look, alt, _KEY)


def _table(
    parameter: Parameter, asked: Sequence[Point], made: Sequence[Generated], moved: Sequence[str]
) -> None:
    st.header(say("explore.sweep_table"), anchor=False)
    rows = [
        {say("explore.column_asked"): _title(parameter, point.value)}
        | {say(f"explore.number_{n}"): tell(getattr(one.measured, n)) for n in _COLUMNS}
        | {say("explore.number_st", lead=lead): tell(one.measured.st_mv[lead]) for lead in moved}
        for point, one in zip(asked, made, strict=True)
    ]
    table = pd.DataFrame(rows).set_index(say("explore.column_asked"))
    st.table(table, border="horizontal", alt=say("explore.sweep_table_alt"))
    st.caption(say("explore.sweep_hint"))


def _remarks(parameter: Parameter, asked: Sequence[Point], made: Sequence[Generated]) -> None:
    """What the simulator could not draw as asked, and what must stand beside such ECGs."""
    lines = [
        say("explore.remark", title=quoted(_title(parameter, point.value)), text=quoted(str(note)))
        for point, one in zip(asked, made, strict=True)
        for note in (one.simulation.provenance or {}).get("notes", ())
    ]
    if lines:
        st.caption("  \n".join(lines))
    if parameter.kind == "levels":
        st.warning(quoted(FINDINGS["hyperkalaemia"].warning), icon=":material/warning:")
