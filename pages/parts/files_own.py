"""Files, open: an ECG that this app wrote can become a case of one's own."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import streamlit as st

from sediff.errors import SediffError
from sediff.findings import FINDINGS
from sediff.imports import Opened
from sediff.spec import CaseSpec, Stated
from sediff.view.text import say
from sediff.view.words import quoted

_KEPT = "files_kept"  # key in the session: (stamp of the ECG, id of its case)
_LEARNED = 50  # findings; a report names fewer


@dataclass(frozen=True)
class _Made:
    """What a case is made from, as a generated ECG has it."""

    ecg: Any
    spec: CaseSpec
    findings: tuple[Any, ...]
    implied: tuple[Stated, ...]


def show(opened: Opened) -> None:
    """A title and a button; the Cases page then edits it."""
    st.info(say("files.own", name=quoted(opened.name)), icon=":material/verified:")
    stamp = hash(opened.ecg.uv.tobytes())
    kept = st.session_state.get(_KEPT)
    if kept and kept[0] == stamp:
        _done(kept[1])
        return
    with st.form("files_own", border=False):
        title = st.text_input(say("files.own_title"), _title(opened), max_chars=120)
        pressed = st.form_submit_button(say("files.own_keep"), icon=":material/library_add:")
    if pressed:
        _keep(opened, title or "", stamp)


def _keep(opened: Opened, title: str, stamp: int) -> None:
    from pages.parts.owner import owner
    from sediff.cases.case import from_generated
    from sediff.cases.library import Library

    try:
        made: Any = _made(opened)
        case = Library(owner()).save(from_generated(made, title))
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return
    st.session_state[_KEPT] = (stamp, case.id)
    st.rerun()


def _done(id: str) -> None:
    from pages.parts.cases_add import OPEN

    st.success(say("files.own_kept"), icon=":material/check:")
    if st.button(say("files.own_open"), icon=":material/open_in_new:", key="files_own_open"):
        st.session_state[OPEN] = id
        st.switch_page("pages/cases.py")


def _made(opened: Opened) -> _Made:
    told = opened.ecg.provenance.get("findings")
    learned = list(told.items())[:_LEARNED] if isinstance(told, dict) else []
    findings = tuple(
        SimpleNamespace(id=str(id), sentence=str(sentence)) for id, sentence in learned
    )
    assert opened.spec is not None
    return _Made(opened.ecg, opened.spec, findings, _implied(opened))


def _implied(opened: Opened) -> tuple[Stated, ...]:
    """What was drawn unasked, as far as the file tells it of findings that there are."""
    told = opened.ecg.provenance.get("implied")
    ids = [id for id in told if id in FINDINGS] if isinstance(told, dict) else []
    return tuple(Stated(id) for id in ids[:_LEARNED])


def _title(opened: Opened) -> str:
    report = opened.spec.report if opened.spec else ""
    return " ".join(report.split())[:120] or opened.name[:120]
