"""Files, open: one or two ECGs on paper, marked as imported, with what was measured."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import files_measured, files_own
from pages.parts.trace import trace
from sediff.ecg import IMPORTED_MARK, SYNTHETIC_MARK, Ecg
from sediff.errors import SediffError
from sediff.export import FORMATS
from sediff.imports import KINDS, Opened
from sediff.measure.values import Measurements
from sediff.view.text import say
from sediff.view.words import quoted

IMPORTED = "imported_ecg"  # key in the session: what other pages may compare with
_OPENED = "files_opened"  # key in the session: what the uploader's files gave
_NOTHING, _LAST = "nothing", "last"  # choices of the other side beside the other files


@dataclass(frozen=True)
class Side:
    """An ECG to show.

    Attributes:
        name: of the file; in plain letters. opened: None for the last generated ECG.
    """

    name: str
    ecg: Ecg
    measured: Measurements
    opened: Opened | None = None


def show() -> None:
    """The uploader, then the ECGs and their measurements."""
    sent = st.file_uploader(
        say("files.upload"),
        type=[*sorted(ending[1:] for ending in KINDS), "zip"],
        accept_multiple_files=True,
        key="files_upload",
        help=say("files.upload_help"),
    )
    st.caption(f"{say('files.open_hint')} {say('files.private')}")
    sides, problems = _sides(sent or [])
    for why in problems:
        st.error(quoted(why), icon=":material/error:")
    if not sides:
        return
    first, other = _chosen(sides)
    st.session_state[IMPORTED] = first.ecg
    _sheets(first, other)
    files_measured.show(first.measured, other.measured if other else None)
    own = [side.opened for side in (first, other) if side and side.opened and side.opened.spec]
    if own:
        files_own.show(own[0])


def _sides(sent: list[Any]) -> tuple[list[Side], list[str]]:
    """Every ECG among the files, and a sentence on each that is none; read once a choice."""
    stamp = tuple(sorted(file.file_id for file in sent))
    kept = st.session_state.get(_OPENED)
    if kept is None or kept[0] != stamp:
        kept = st.session_state[_OPENED] = (stamp, *_read(sent))
    return kept[1], kept[2]


def _read(sent: list[Any]) -> tuple[list[Side], list[str]]:
    from sediff.imports.uploads import open_record, records_of
    from sediff.measure import measure

    sides: list[Side] = []
    problems: list[str] = []
    try:
        records = records_of([(file.name, file.getvalue()) for file in sent])
    except SediffError as error:
        return [], [str(error)]
    for record in records:
        try:
            opened = open_record(record)
        except SediffError as error:
            problems.append(str(error))
        else:
            sides.append(Side(record.name, opened.ecg, measure(opened.ecg), opened))
    return sides, problems


def _chosen(sides: list[Side]) -> tuple[Side, Side | None]:
    """Which file is shown, and what beside it."""
    names = range(len(sides))
    with st.container(horizontal=True, gap="medium"):
        at = 0
        if len(sides) > 1:
            at = int(
                st.selectbox(
                    say("files.which"),
                    names,
                    format_func=lambda i: sides[i].name,
                    key="files_which",
                    width=320,
                )
                or 0
            )
        others: list[Any] = [_NOTHING, *(i for i in names if i != at)]
        if st.session_state.get("generated") is not None:
            others.append(_LAST)
        other: Any = _NOTHING
        if len(others) > 1:
            other = st.selectbox(
                say("files.against"),
                others,
                index=1 if len(sides) > 1 else 0,  # who chooses two files wants both
                format_func=lambda one: _other_name(sides, one),
                key=f"files_against_{at}_{len(others)}",
                width=320,
            )
    if other == _NOTHING:
        return sides[at], None
    return sides[at], _last() if other == _LAST else sides[other]


def _other_name(sides: list[Side], one: Any) -> str:
    return sides[one].name if isinstance(one, int) else say(f"files.against_{one}")


def _last() -> Side:
    made = st.session_state["generated"]
    return Side(say("files.against_last"), made.ecg, made.measured)


def _sheets(first: Side, other: Side | None) -> None:
    """Both on one scale: the second looks as the first is set."""
    name = first.name if other is None else say("files.heading_a", name=first.name)
    look = _sheet(first, "files_sheet", name)
    if other is not None:
        _sheet(other, "files_sheet_b", say("files.heading_b", name=other.name), look)


def _sheet(side: Side, key: str, heading: str, look: Any = None) -> Any:
    st.header(quoted(heading), anchor=False)
    if side.opened is not None:
        st.caption(quoted(_about(side.opened)))
    return trace(
        side.ecg,
        key,
        heading=heading,
        alt=_alt(side),
        mark=SYNTHETIC_MARK if side.opened is None else IMPORTED_MARK,
        controls=look is None,
        look=look,
    )


def _alt(side: Side) -> str:
    if side.opened is None:
        return say("files.sheet_alt_last")
    return say("files.sheet_alt", name=side.name)


def _about(opened: Opened) -> str:
    """Kind of file, length, rate, and the patient where the file tells."""
    told = [] if opened.age is None else [say("files.patient_age", age=opened.age)]
    if opened.sex in ("female", "male"):
        told.append(say(f"files.patient_sex_{opened.sex}"))
    values = {
        "kind": FORMATS[opened.kind].label, "seconds": opened.ecg.seconds, "fs": opened.ecg.fs,
    }  # fmt: skip
    if not told:
        return say("files.about", **values)
    return say("files.about_patient", patient=", ".join(told), **values)
