"""What came of a request: the ECG, what was measured on it, where it comes from, the files."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import criteria
from pages.parts.trace import trace
from sediff.export import FORMATS, as_download, download_name, media_type
from sediff.spec import CaseSpec
from sediff.view.figure import blank_figure
from sediff.view.look import Look
from sediff.view.text import say
from sediff.view.words import moves_sentence, quoted, sentence_case

_STATUS = {
    "met": ":green[:material/check_circle:]",
    "missed": ":red[:material/cancel:]",
    "unsure": ":orange[:material/help:]",
    "not asked": ":gray[:material/remove:]",
}
_SOURCE: dict[str, tuple[str, Any]] = {
    "learned": (":material/school:", "blue"),
    "drawn": (":material/draw:", "violet"),
    "none": (":material/block:", "gray"),
}
_SHEET = "answer_sheet"  # key of the box around the trace
# Where the criteria stand below the trace, as on a phone, it would change out of sight.
_INTO_VIEW = (
    "<script>/*{n}*/document.querySelector('.st-key-" + _SHEET + "')?.scrollIntoView("
    "{{block: 'nearest', behavior: matchMedia('(prefers-reduced-motion)').matches ? 'auto' : "
    "'smooth'}})</script>"
)


def empty() -> None:
    """The sheet before the first ECG."""
    figure = blank_figure(say("generate.blank"))
    with st.container(key=_SHEET):
        st.plotly_chart(
            figure,
            width="stretch",
            theme=None,
            key="blank",
            alt=say("generate.blank_alt"),
            config={"displayModeBar": False, "scrollZoom": False},
        )


def ecg(generated: Any, stale: bool) -> Look:
    """The ECG on paper; returns how it is looked at, for prints of the same sheet."""
    if stale:
        st.badge(say("result.stale"), icon=":material/history:", color="orange")
    else:
        st.caption(say("result.made_in", seconds=f"{generated.seconds:.1f}"), width="content")
    with st.container(key=_SHEET):
        look = trace(
            generated.ecg,
            "paper",
            heading=heading(generated.spec),
            alt=say("result.alt", summary=_summary(generated)),
            shown=criteria.shown(generated.verdicts),
        )
    with st.container():
        _bring_into_view()
    return look


def heading(spec: CaseSpec) -> str:
    """The line on top of the sheet."""
    sex = say(f"result.{spec.sex}")
    return say("result.heading", age=f"{spec.age:.0f}", sex=sex, seed=spec.seed)


def checks(rows: list[Any]) -> None:
    """What was asked against what the signal shows."""
    st.header(say("result.checks"), anchor=False)
    table = pd.DataFrame(
        {
            say("result.value"): [row.name for row in rows],
            say("result.asked"): [_cell(row.asked, row.unit) for row in rows],
            say("result.measured"): [_cell(row.measured, row.unit) for row in rows],
            say("result.result"): [_status(row.status) for row in rows],
            say("result.remark"): [quoted(row.text) for row in rows],
        }
    ).set_index(say("result.value"))
    st.table(table, border="horizontal")
    st.caption(say("result.checks_caption"))


def unasked(generated: Any) -> None:
    """What was drawn although the report does not state it."""
    for note in generated.notes[len(generated.spec.notes) :]:
        st.info(quoted(note), icon=":material/add_circle:")


def sources(generated: Any) -> None:
    """Where each finding comes from."""
    st.header(say("result.sources"), anchor=False)
    for one in generated.findings:
        icon, color = _SOURCE[one.source]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{quoted(sentence_case(one.name))}**", width="content")
            st.badge(quoted(one.sentence), icon=icon, color=color)
    if not generated.findings:
        st.caption(say("result.no_findings"))
    moved = moves_sentence(generated.ecg.provenance or {})
    if moved:
        st.caption(moved)


def downloads(generated: Any, look: Look) -> None:
    """One button a format; files are made when the button is pressed."""
    with st.popover(say("result.download"), icon=":material/download:"):
        for title, picture in ((say("result.samples"), False), (say("result.pictures"), True)):
            st.markdown(f"**{title}**")
            with st.container(horizontal=True, gap="small"):
                for name in FORMATS:
                    if FORMATS[name].picture is picture:
                        _download(generated, name, look)


def _download(generated: Any, name: str, look: Look) -> None:
    spec: CaseSpec = generated.spec
    stem, label = f"synthetic-ecg-{spec.seed}", FORMATS[name].label
    st.download_button(
        say("result.zipped", label=label) if FORMATS[name].mime is None else label,
        data=partial(as_download, generated.ecg, spec, stem, name, look),
        file_name=download_name(stem, name),
        mime=media_type(name),
        icon=":material/image:" if FORMATS[name].picture else ":material/download:",
        on_click="ignore",
        key=f"download_{name}",
    )


def _bring_into_view() -> None:
    """Scroll to the trace after 'Show me', once."""
    if st.session_state.pop(criteria.JUST_SHOWN, False):
        count = st.session_state["times_shown"] = st.session_state.get("times_shown", 0) + 1
        st.html(_INTO_VIEW.format(n=count), unsafe_allow_javascript=True)


def _summary(generated: Any) -> str:
    rate, rhythm = generated.measured.heart_rate, generated.measured.rhythm
    if rate.value is None:
        return rhythm
    return say("result.alt_rate", rate=f"{rate.value:.0f}", rhythm=rhythm)


def _status(status: str) -> str:
    return f"{_STATUS[status]} {say('result.' + status.replace(' ', '_'))}"


def _cell(value: Any, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return quoted(value)
    number = f"{value:.2f}" if unit == "mV" else f"{round(value)}"  # no '-0'
    return f"{number}°" if unit in ("deg", "°") else f"{number} {unit}".strip()
