"""Files, batch: a table becomes as many ECGs, and one ZIP archive with a manifest."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import making
from pages.parts.trace import current_look
from sediff.batch_table import COLUMNS, Table, table_of, template
from sediff.errors import SediffError
from sediff.export import FORMATS, PAGES
from sediff.generated import Generated
from sediff.spec import Request
from sediff.view.text import say
from sediff.view.words import quoted

MOST = 200  # ECGs at once in the app; the shell makes more
_AT_ONCE = 4  # in one go of the model: Cancel and the bar move between its steps
_MOST_FORMATS = 5
_MADE = "files_batch"  # key in the session: (zip, manifest)
_SHOWN_PROBLEMS = 8
_DRAWN_BY = ("model", "simulator")


def show() -> None:
    """The table, what to make of it, the button, and what was made last."""
    st.caption(say("files.batch_intro", most=MOST))
    table = _table()
    formats, page, drawn_by = _choices()
    good = sum(line.request is not None for line in table.lines) if table else 0
    pressed = st.button(
        _label(good),
        type="primary",
        icon=":material/ecg_heart:",
        disabled=not (good and formats),
        key="files_make",
    )
    if pressed and table is not None:
        st.session_state.pop(_MADE, None)
        try:
            st.session_state[_MADE] = _make(table, formats, page, drawn_by)
        except SediffError as error:
            st.error(quoted(str(error)), icon=":material/error:")
            return
        st.rerun()
    if _MADE in st.session_state:
        _result(*st.session_state[_MADE])


def _label(good: int) -> str:
    if good == 1:
        return say("files.make_one")
    return say("files.make", n=good) if good else say("files.make_none")


def _table() -> Table | None:
    """The table that was uploaded or pasted, with what is wrong in it."""
    st.download_button(
        say("files.template"),
        data=template(),
        file_name="ecg-table.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="files_template",
    )
    upload, paste = st.columns(2, gap="medium")
    with upload:
        sent = st.file_uploader(
            say("files.table_upload"),
            type=["csv", "tsv", "txt"],
            key="files_table",
            help=say("files.table_upload_help", columns=", ".join(COLUMNS)),
        )
    with paste:
        pasted = st.text_area(
            say("files.table_paste"),
            key="files_pasted",
            placeholder=say("files.table_example"),
            height=120,
            help=say("files.table_paste_help"),
            persist_state="session",
        )
    if sent is not None and pasted.strip():
        st.caption(say("files.table_both"))
    given = sent.getvalue() if sent is not None else pasted
    if not given.strip():
        return None
    try:
        table = table_of(given, MOST)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return None
    _about(table)
    return table


def _about(table: Table) -> None:
    bad = [line for line in table.lines if line.request is None]
    st.markdown(say("files.table_ready", good=len(table.lines) - len(bad), all=len(table.lines)))
    if table.ignored:
        st.caption(say("files.table_ignored", names=quoted(", ".join(table.ignored))))
    told = [
        say("files.line_problem", number=line.number, why=quoted(line.problem))
        for line in bad[:_SHOWN_PROBLEMS]
    ]
    if len(bad) > _SHOWN_PROBLEMS:
        told.append(say("files.lines_more", n=len(bad) - _SHOWN_PROBLEMS))
    if told:
        st.warning("\n".join(f"- {sentence}" for sentence in told), icon=":material/warning:")


def _choices() -> tuple[list[str], str, str]:
    """Formats, paper of a PDF, and who draws."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="top"):
        formats = st.multiselect(
            say("files.formats"),
            list(FORMATS),
            default=["wfdb", "csv"],
            format_func=lambda name: FORMATS[name].label,
            max_selections=_MOST_FORMATS,
            key="files_formats",
            help=say("files.formats_help"),
            persist_state="session",
            width=420,
        )
        page = _segments("paper", "files_paper", PAGES, str) if "pdf" in formats else PAGES[0]
        drawn_by = _segments(
            "drawn_by", "files_drawn_by", _DRAWN_BY, lambda one: say(f"files.drawn_by_{one}")
        )
    return formats, page, drawn_by


def _segments(name: str, key: str, options: Sequence[str], told: Any) -> str:
    return st.segmented_control(
        say(f"files.{name}"),
        options,
        default=options[0],
        required=True,
        format_func=told,
        key=key,
        persist_state="session",
        help=say("files.drawn_by_help") if name == "drawn_by" else None,
    )


def _make(
    table: Table, formats: list[str], page: str, drawn_by: str
) -> tuple[bytes, dict[str, Any]]:
    """Make the batch with progress and Cancel; a stop leaves nothing behind."""
    from sediff import pipeline
    from sediff.batch_files import zip_of_batch

    look, of = current_look(), len(table.lines)

    def work(step: making.OnStep) -> tuple[bytes, dict[str, Any]]:
        ready = 0

        def moved(done: int, _of: int) -> None:
            nonlocal ready
            ready = done
            step(done, of)

        def some(requests: Sequence[Request]) -> list[Generated]:
            if drawn_by == "simulator":
                return [pipeline.simulate_only(request) for request in requests]
            return pipeline.generate_many(requests, on_step=lambda *_: step(ready, of))

        return zip_of_batch(
            table.lines, some, formats, on_done=moved, size=_AT_ONCE, look=look, page=page
        )

    return making.make(work, key="files_cancel", text="files.batch_step")


def _result(data: bytes, manifest: dict[str, Any]) -> None:
    st.success(
        say("files.batch_done", made=manifest["made"], failed=manifest["failed"]),
        icon=":material/check:",
    )
    st.download_button(
        say("files.batch_get", size=len(data) / 1e6),
        data=data,
        file_name="synthetic-ecgs.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        key="files_zip",
    )
    st.header(say("files.batch_table"), anchor=False)
    rows = pd.DataFrame([_told(row) for row in manifest["rows"]])
    st.dataframe(rows, hide_index=True, alt=say("files.batch_table_alt"))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    numbers = [one["status"] for one in row.get("asked", ()) if one["status"] != "not asked"]
    criteria = [verdict["met"] for verdict in row.get("criteria", ())]
    return {
        say("files.column_row"): row["row"],
        say("files.column_report"): row.get("spec", {}).get("report", row["given"]),
        say("files.column_seed"): row.get("seed"),
        say("files.column_numbers"): _count(numbers.count("met"), len(numbers)),
        say("files.column_criteria"): _count(criteria.count(True), len(criteria)),
        say("files.column_remark"): " ".join((row["error"], *row.get("conflicts", ()))).strip(),
    }


def _count(met: int, of: int) -> str:
    return say("files.count_of", n=met, of=of) if of else say("files.nothing")
