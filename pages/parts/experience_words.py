"""What a language model may do where the operator has named one: join notes, read odd words.

Without one in the environment nothing of this is shown.
"""

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.experience_notes import source_link
from sediff.errors import RequestError
from sediff.experience.snippet import Snippet
from sediff.language import (
    MOST_NOTES,
    Dropped,
    Endpoint,
    Proposal,
    Worded,
    endpoint_from_environment,
    put_into_words,
    reread,
)
from sediff.language.server import MODEL, URL
from sediff.report import Reading
from sediff.spec import MAX_REPORT, CaseSpec
from sediff.view.text import say
from sediff.view.words import finding_name, quoted

_WORDED, _PROPOSED, _JOB = "worded", "proposed", "asked_of_model"
_TICK_S = 0.25  # how often the bar moves


@dataclass(frozen=True)
class _Job:
    """A question to the model: where its bar stands, what to do, and under which name to keep."""

    place: DeltaGenerator
    server: Endpoint
    work: Callable[[Callable[[], bool]], Worded | Proposal]
    result: str
    asked: Hashable


def endpoint() -> Endpoint | None:
    """The language model named by the environment; None where none is, or not usably."""
    try:
        return endpoint_from_environment()
    except RequestError:
        return None  # the page of experience says what is wrong


def panel(spec: CaseSpec, notes: Sequence[Snippet]) -> None:
    """A button that lets the model join the notes, and what was kept and dropped of it."""
    server = endpoint()
    if server is not None and notes:
        _words(server, spec, tuple(notes[:MOST_NOTES]))


def reread_box(report: str, reading: Reading) -> None:
    """Where words were not understood: let the model propose findings, the user confirms."""
    server = endpoint()
    if server is not None and reading.unknown:
        _proposals(server, report)


def say_how() -> None:
    """One line: which language model is used, or how to name one."""
    try:
        server = endpoint_from_environment()
    except RequestError as error:
        st.caption(f":material/warning: {say('experience.model_unusable', why=quoted(str(error)))}")
        return
    if server is not None:
        model, host = quoted(server.model), quoted(server.host)
        st.caption(say("experience.model_named", model=model, host=host))
        return
    st.caption(say("experience.model_none", url=URL, model=MODEL))


def _words(server: Endpoint, spec: CaseSpec, notes: tuple[Snippet, ...]) -> None:
    asked = (spec.report, spec.age, spec.sex, notes)
    if st.button(
        say("experience.words"),
        icon=":material/edit_note:",
        help=say("experience.words_help", host=quoted(server.host)),
    ):
        person = {"female": "woman", "male": "man"}[spec.sex]
        patient = f"{spec.age:.0f}-year-old {person}"

        def work(stop: Callable[[], bool]) -> Worded:
            return put_into_words(server, spec.report, patient, notes, stop)

        _later(_Job(st.container(), server, work, _WORDED, asked))
        return
    kept = st.session_state.get(_WORDED)
    if kept is not None and kept[0] == asked:
        _worded(kept[1], notes)


def _worded(worded: Worded, notes: Sequence[Snippet]) -> None:
    by_id = {note.id: note for note in notes}
    cited: dict[str, int] = {}
    if worded.by_model:
        text = []
        for sentence in worded.sentences:
            numbers = [cited.setdefault(id, len(cited) + 1) for id in sentence.cites]
            text.append(f"{quoted(sentence.text)} :small[\\[{', '.join(map(str, numbers))}\\]]")
        st.markdown(" ".join(text))
        lines = [f":small[{n}\\. {source_link(by_id[id].source)}]" for id, n in cited.items()]
        st.markdown("  \n".join(lines))
        st.caption(say("experience.words_how"))
    if worded.note:
        st.caption(quoted(worded.note))
    if worded.dropped:
        _dropped(worded.dropped, say("experience.dropped_why"))


def _dropped(dropped: Sequence[Dropped], why: str = "") -> None:
    """What the model wrote and was not taken, each with its reason."""
    label = say("experience.dropped", n=len(dropped))
    with st.expander(label, icon=":material/delete_sweep:"):
        if why:
            st.caption(why)
        for one in dropped:
            st.markdown(f"- {quoted(one.text)} :small[*{quoted(one.reason)}*]")


def _proposals(server: Endpoint, report: str) -> None:
    if st.button(
        say("experience.understand"),
        icon=":material/psychology_alt:",
        help=say("experience.understand_help", host=quoted(server.host)),
    ):

        def work(stop: Callable[[], bool]) -> Proposal:
            return reread(server, report, stop)

        _later(_Job(st.container(), server, work, _PROPOSED, report))
        return
    kept = st.session_state.get(_PROPOSED)
    if kept is not None and kept[0] == report:
        _confirm(report, kept[1])


def _confirm(report: str, proposal: Proposal) -> None:
    if proposal.note:
        st.caption(quoted(proposal.note))
    ticked = [
        one.id
        for one in proposal.findings
        if st.checkbox(
            say(
                "experience.means",
                words=quoted(one.words),
                finding=quoted(finding_name(one.id)),
            ),
            key=f"means_{one.id}",
        )
    ]
    if proposal.findings:
        st.button(say("experience.add"), disabled=not ticked, on_click=_add, args=(report, ticked))
    if proposal.dropped:
        _dropped(proposal.dropped)


def _add(report: str, ids: Sequence[str]) -> None:
    names = ", ".join(finding_name(id) for id in ids)
    text = f"{report.strip().rstrip('.,;')}, {names}"
    if len(text) > MAX_REPORT:
        st.toast(say("experience.too_long", most=f"{MAX_REPORT:,}"))
        return
    st.session_state["report"] = text
    st.session_state.pop(_PROPOSED, None)


def _later(job: _Job) -> None:
    st.session_state.pop(job.result, None)
    st.session_state[_JOB] = job


def run_asked() -> None:
    """Ask the model what was asked for, with a bar and a way out; the last step of a page.

    It comes last, so that the page stands whole meanwhile; Cancel draws the page anew, which ends
    this run where the bar next moves.
    """
    job: _Job | None = st.session_state.pop(_JOB, None)
    if job is None:
        return
    waiting = say("experience.waiting", host=quoted(job.server.host))
    with job.place:
        bar = st.progress(0.0, text=waiting)
        st.button(say("experience.cancel"), icon=":material/stop_circle:", key="cancel_model")
    begun = last = time.monotonic()

    def stop() -> bool:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TICK_S:
            last = now
            share = min((now - begun) / job.server.timeout_s, 1.0)
            bar.progress(share, text=waiting)
        return False

    st.session_state[job.result] = (job.asked, job.work(stop))
    st.rerun()
