"""Explore, A against B: two ECGs on one scale, overlaid or one below the other, and in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.explore_common import (
    drawn,
    look_at,
    number,
    on_phone,
    open_box,
    seed_box,
    sheet,
    source_box,
    speed_box,
    tell,
)
from pages.parts.trace import trace
from sediff.ecg import IMPORTED_MARK, SYNTHETIC_MARK, Ecg
from sediff.explore.beats import BEFORE_S, first_r, typical
from sediff.explore.differences import Difference, differences
from sediff.leads import LEADS
from sediff.measure.values import Measurements
from sediff.spec import MAX_REPORT, Request
from sediff.view.overlay import beats_figure, strips_figure
from sediff.view.text import say
from sediff.view.words import quoted

_KEY = "compare"
_SOURCES = ("report", "last", "case", "imported")
_WAYS = ("beats", "strip", "stacked")
_LONGEST = 60  # characters of a name on the sheet


@dataclass(frozen=True)
class Side:
    """One of the two ECGs.

    Attributes:
        name: as the user knows it, their own words: not yet harmless.
        request: that made it, None where it was not made here.
    """

    name: str
    ecg: Ecg
    measured: Measurements
    mark: str = SYNTHETIC_MARK
    request: Request | None = None


def show() -> None:
    """Both choices, the two ECGs, and the table of differences."""
    columns = st.columns(2, gap="medium")
    sides: list[Side | None] = []
    for column, side in zip(columns, "AB", strict=True):
        with column, st.container(border=True):
            sides.append(_side(side))
    a, b = sides
    if a is None or b is None:
        return
    way = st.segmented_control(
        say("explore.how"),
        _WAYS,
        default=_WAYS[0],
        required=True,
        key=f"{_KEY}_way",
        format_func=lambda one: say(f"explore.how_{one}"),
    )
    {"beats": _beats, "strip": _strip, "stacked": _stacked}[way](a, b)
    _table(a, b)
    requests = [(f"{s}: {one.name}", one.request) for s, one in zip("AB", (a, b), strict=True)]
    made_here = [(name, request) for name, request in requests if request is not None]
    if made_here:
        open_box(made_here, _KEY)


def _side(side: str) -> Side | None:
    """One side as chosen; None, with a sentence, where there is no such ECG."""
    source = st.selectbox(
        say("explore.side", side=side),
        _SOURCES,
        format_func=lambda one: say(f"explore.side_{one}"),
        key=f"{_KEY}_{side}",
    )
    if source == "report":
        return _from_report(side)
    if source == "last":
        return _last()
    return _case(side) if source == "case" else _imported()


def _from_report(side: str) -> Side:
    report = st.text_input(
        say("explore.side_report_label", side=side),
        say(f"explore.side_{side.lower()}_start"),
        max_chars=MAX_REPORT,
        key=f"{_KEY}_report_{side}",
        help=say("explore.report_help"),
    )
    with st.container(horizontal=True, gap="small"):
        seed = seed_box(f"{_KEY}_{side}")
        model = source_box(f"{_KEY}_{side}")
    request = Request((report or "").strip(), seed=seed)
    made = drawn([request], model, f"{_KEY}_{side}")[0]
    return Side(request.report, made.ecg, made.measured, request=request)


def _last() -> Side | None:
    made = st.session_state.get("generated")
    if made is None:
        st.info(say("explore.no_last"))
        return None
    name = made.spec.report or say("explore.name_last")
    st.caption(quoted(name))
    return Side(name, made.ecg, made.measured, request=st.session_state.get("asked"))


def _imported() -> Side | None:
    ecg = st.session_state.get("imported_ecg")
    if ecg is None:
        st.info(say("explore.no_imported"))
        return None
    name = str((ecg.provenance or {}).get("file") or say("explore.name_imported"))
    st.caption(quoted(name))
    return Side(name, ecg, _measured("imported", ecg), IMPORTED_MARK)


def _case(side: str) -> Side | None:
    from pages.parts.owner import owner
    from sediff.cases.library import Library

    library = Library(owner())
    heads = {head.id: head.title for head in library.search()}
    if not heads:
        st.info(say("explore.no_cases"))
        return None
    chosen = st.selectbox(
        say("explore.side_case_label", side=side),
        list(heads),
        format_func=heads.__getitem__,
        key=f"{_KEY}_case_{side}",
    )
    case = library.get(chosen)
    return Side(case.title, case.ecg, _measured(case.id + case.changed, case.ecg))


def _measured(name: str, ecg: Ecg) -> Measurements:
    """What was measured of an ECG; kept, the last four, as the page is drawn at every press."""
    from sediff.measure import measure

    kept: dict[str, Any] = st.session_state.setdefault(f"{_KEY}_measured", {})
    found = kept.get(name)
    if found is None or (name == "imported" and found[0] is not ecg):
        found = (ecg, measure(ecg))
        kept.pop(name, None)
        kept[name] = found
        for old in list(kept)[:-4]:
            del kept[old]
    return found[1]


def _name(one: Side) -> str:
    """A name for the sheet: plotly reads tags, so none is left in it."""
    short = one.name if len(one.name) <= _LONGEST else f"{one.name[: _LONGEST - 1]}…"
    return " ".join(short.replace("<", "‹").replace(">", "›").replace("&", "＆").split())


def _mark(a: Side, b: Side) -> str:
    """Of both: where they differ, both are said."""
    return " / ".join(dict.fromkeys((a.mark, b.mark)))


def _beats(a: Side, b: Side) -> None:
    speed = speed_box(f"{_KEY}_beats", 50.0)
    first, second = typical(a.ecg, a.measured.beats), typical(b.ecg, b.measured.beats)
    if first is None or second is None:
        st.info(say("explore.no_beats", side="A" if first is None else "B"))
        return
    names = (_name(a), _name(b))
    columns = 2 if on_phone() else 4
    figure = beats_figure(first, second, names, look_at(speed), _mark(a, b), columns)
    sheet(figure, f"{_KEY}_beats", say("explore.beats_alt", a=names[0], b=names[1]))
    st.caption(say("explore.beats_hint", a=first.beats, b=second.beats))


def _strip(a: Side, b: Side) -> None:
    with st.container(horizontal=True, gap="small"):
        lead = st.selectbox(say("explore.strip_lead"), LEADS, 1, key=f"{_KEY}_lead", width=160)
        speed = speed_box(f"{_KEY}_strip")
    firsts = [first_r(one.measured.beats) for one in (a, b)]
    starts = [0.0 if at is None else max(at - BEFORE_S, 0.0) for at in firsts]
    names = (_name(a), _name(b))
    figure = strips_figure(
        a.ecg, b.ecg, (starts[0], starts[1]), lead, names, look_at(speed), _mark(a, b)
    )
    alt = say("explore.strip_alt", lead=lead, a=names[0], b=names[1])
    sheet(figure, f"{_KEY}_strip", alt)


def _stacked(a: Side, b: Side) -> None:
    look = None
    for side, one in zip("AB", (a, b), strict=True):
        name = _name(one)
        look = trace(
            one.ecg,
            f"{_KEY}_sheet_{side}",
            heading=say("explore.heading", side=side, name=name),
            alt=say("explore.sheet_alt", side=side, name=name),
            mark=one.mark,
            controls=side == "A",
            look=look,
        )


def _table(a: Side, b: Side) -> None:
    st.header(say("explore.table"), anchor=False)
    rows = [_row(row) for row in differences(a.measured, b.measured)]
    st.table(_frame(rows), border="horizontal", alt=say("explore.table_alt"))
    st.caption(say("explore.st_hint"))


def _frame(rows: Sequence[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows).set_index(say("explore.column_what"))


def _row(row: Difference) -> dict[str, str]:
    lead = row.name in LEADS
    name = say("explore.number_st", lead=row.name) if lead else say(f"explore.number_{row.name}")
    apart = row.apart
    return {
        say("explore.column_what"): name,
        say("explore.column_a"): tell(row.a),
        say("explore.column_b"): tell(row.b),
        say("explore.column_apart"): say("explore.nothing")
        if apart is None
        else number(apart, row.a.unit, signed=True),
    }
