"""The right side of the page: what was understood, the ECG, what was measured, the files."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import criteria
from sediff.ecg import Ecg
from sediff.export import FORMATS, as_download
from sediff.spec import CaseSpec
from sediff.view.figure import alt_text, blank_figure, build_figure
from sediff.view.paper import LAYOUTS, Layout
from sediff.view.words import finding_name, moves_sentence, quoted, sentence_case

_STATUS = {
    "met": ":green[:material/check_circle:] met",
    "missed": ":red[:material/cancel:] missed",
    "unsure": ":orange[:material/help:] unsure",
    "not asked": ":gray[:material/remove:] not asked",
}

_SOURCE: dict[str, tuple[str, Any]] = {
    "learned": (":material/school:", "blue"),
    "drawn": (":material/draw:", "violet"),
    "none": (":material/block:", "gray"),
}


def understood(reading: Any, spec: CaseSpec | None) -> None:
    """The findings that were read, as badges, and whatever was not."""
    with st.container(horizontal=True, gap="xsmall"):
        for stated in reading.findings:
            sure = stated.certainty >= 1
            st.badge(
                quoted(finding_name(stated.id)) + ("" if sure else " · possible"),
                icon=":material/check:" if sure else ":material/question_mark:",
                color="green" if sure else "orange",
                help=f"From the words “{quoted(stated.words)}”, certainty {stated.certainty:g}.",
            )
        for negated in reading.negated:
            st.badge(
                f"no {quoted(finding_name(negated.id))}", icon=":material/block:", color="gray"
            )
        for word in reading.unknown:
            st.badge(
                f"{quoted(word)} · not understood",
                icon=":material/question_mark:",
                color="yellow",
                help="These words change nothing in the ECG.",
            )
    warnings = (*reading.contradictions, *reading.problems)
    for sentence in warnings:
        st.warning(quoted(sentence), icon=":material/warning:")
    for note in spec.notes if spec else ():
        # The badges have already told which words were not understood.
        if note not in warnings and not note.startswith("Not understood"):
            st.caption(quoted(note))


def empty() -> None:
    """The sheet before the first ECG."""
    _sheet(blank_figure("Type a report or take an example, then press Generate"), "Empty ECG paper")


def ecg(generated: Any, stale: bool) -> None:
    """The ECG on paper with its layout switch."""
    spec: CaseSpec = generated.spec
    with st.container(horizontal=True, vertical_alignment="center"):
        layout: Layout = st.segmented_control(
            "Layout",
            list(LAYOUTS),
            key="layout",
            required=True,
            default="3x4",
            format_func=lambda name: LAYOUTS[name],
            label_visibility="collapsed",
            persist_state="session",
        )
        if stale:
            st.badge("Settings changed since", icon=":material/history:", color="orange")
        else:
            st.caption(f"made in {generated.seconds:.1f} s", width="content")
    touch = "Mobi" in (st.context.headers.get("User-Agent") or "")
    shown = criteria.shown(generated.verdicts)
    figure = build_figure(generated.ecg, layout, heading(spec), touch, shown)
    _sheet(figure, alt_text(generated.ecg, layout, _summary(generated)))


def heading(spec: CaseSpec) -> str:
    """The line on top of the sheet."""
    return f"{spec.age:.0f} y, {spec.sex}   seed {spec.seed}"


def checks(rows: list[Any]) -> None:
    """What was asked against what the signal shows."""
    st.subheader("Asked against measured", anchor=False)
    table = pd.DataFrame(
        {
            "Value": [row.name for row in rows],
            "Asked": [_cell(row.asked, row.unit) for row in rows],
            "Measured": [_cell(row.measured, row.unit) for row in rows],
            "Result": [_STATUS[row.status] for row in rows],
            "Remark": [quoted(row.text) for row in rows],
        }
    ).set_index("Value")
    st.table(table, border="horizontal")
    st.caption(
        "What you left open was planned from real people or from the findings. "
        "Measured from the signal alone; where leads disagree, no value is given."
    )


def sources(generated: Any) -> None:
    """Where each finding comes from."""
    st.subheader("Where it comes from", anchor=False)
    for one in generated.findings:
        icon, color = _SOURCE[one.source]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{quoted(sentence_case(one.name))}**", width="content")
            st.badge(quoted(one.sentence), icon=icon, color=color)
    if not generated.findings:
        st.caption("The report names no finding of the vocabulary.")
    moved = moves_sentence(generated.ecg.provenance or {})
    if moved:
        st.caption(moved)


def downloads(generated: Any) -> None:
    """One button a format; files are made when the button is pressed."""
    spec: CaseSpec = generated.spec
    stem = f"synthetic-ecg-{spec.seed}"
    st.subheader("Download", anchor=False)
    with st.container(horizontal=True, gap="small"):
        for name, kind in FORMATS.items():
            st.download_button(
                f"{kind.label} (zip)" if kind.mime is None else kind.label,
                data=partial(as_download, generated.ecg, spec, stem, name),
                file_name=f"{stem}-{name}.zip" if kind.mime is None else f"{stem}.{name}",
                mime=kind.mime or "application/zip",
                icon=":material/download:",
                on_click="ignore",
                key=f"download_{name}",
            )
        layout = st.session_state.get("layout") or "3x4"
        st.download_button(
            "Picture (PNG)",
            data=partial(_picture, generated.ecg, layout, heading(spec)),
            file_name=f"{stem}.png",
            mime="image/png",
            icon=":material/image:",
            on_click="ignore",
            key="download_png",
        )


def _picture(ecg: Ecg, layout: Layout, line: str) -> bytes:
    from sediff.view.picture import png  # matplotlib: not before it is asked for

    return png(ecg, layout, line)


def _sheet(figure: Any, alt: str) -> None:
    """The paper in a row that scrolls sideways where the screen is narrower."""
    with st.container(key="sheet"):
        st.plotly_chart(
            figure,
            width="stretch",
            height=int(figure.layout.height),
            theme=None,
            key="paper",
            alt=alt,
            config={
                "displaylogo": False,
                "scrollZoom": False,
                "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
            },
        )


def _summary(generated: Any) -> str:
    rate = generated.measured.heart_rate
    told = f"{rate.value:.0f} bpm, " if rate.value is not None else ""
    return f"{told}{generated.measured.rhythm}"


def _cell(value: Any, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return quoted(value)
    number = f"{value:.2f}" if unit == "mV" else f"{round(value)}"  # no '-0'
    return f"{number}°" if unit in ("deg", "°") else f"{number} {unit}".strip()
