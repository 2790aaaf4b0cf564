"""Notes of practice as the pages show them: text, kind, source, and the way to a look-alike."""

from collections.abc import Sequence

import streamlit as st

from sediff.experience.snippet import OWN, Snippet, Source
from sediff.findings import FINDINGS, Finding
from sediff.spec import MAX_REPORT
from sediff.view.experience import aspect_name, limits_of, short_and_long
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_MOST_MIMICS = 4
_MOST_OWN = 3


def show_note(note: Snippet, why: str = "") -> None:
    """One note: its kind as a label, the text, who says so, and why it is shown."""
    label = aspect_name(note.aspect)
    if note.source.key == OWN:
        label = say("experience.own_aspect", aspect=label)
    about = [FINDINGS[note.finding].at(note.stage).name] if note.stage else []
    about += [limits_of(note)] if limits_of(note) else []
    limits = quoted(", ".join(about))
    only = f" :small[{say('experience.only', limits=limits)}]" if about else ""
    source = source_link(note.source)
    below = f"{source} · *{quoted(why)}*" if why else source
    st.markdown(f":gray-badge[{label}] {quoted(note.text)}{only}  \n:small[{below}]")


def source_link(source: Source) -> str:
    """The citation, as a link where an address is known."""
    text = quoted(source.citation)
    if not source.url.startswith(("https://", "http://")):
        return text
    address = source.url.translate({ord(c): f"%{ord(c):02X}" for c in '()<>[]\\" `'})
    return f"[{text}]({address})"


def knowledge(finding: Finding, notes: Sequence[Snippet], patient: str = "") -> None:
    """Notes of one finding where room is short: the first of three kinds and the user's
    own, the others folded.

    Args:
        notes: in order. patient: ', 80-year-old man', added to the report of a look-alike.
    """
    own = [note for note in notes if note.source.key == OWN][:_MOST_OWN]
    short, others = short_and_long([note for note in notes if note not in own])
    for column, note in zip(st.columns(max(len(short), 1), gap="medium"), short, strict=False):
        with column:
            show_note(note)
    for note in own:
        show_note(note)
    _open_mimics(finding, patient)
    if others:
        with st.expander(say("experience.more_on", name=quoted(finding.name), n=len(others))):
            for note in others:
                show_note(note)


def _open_mimics(finding: Finding, patient: str) -> None:
    mimics = [FINDINGS[id] for id in finding.mimics if FINDINGS[id].drawable][:_MOST_MIMICS]
    if not mimics:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption(say("experience.mimics"), width="content")
        for mimic in mimics:
            st.button(
                sentence_case(mimic.name),
                key=f"mimic_{finding.id}_{mimic.id}",
                type="tertiary",
                icon=":material/compare_arrows:",
                help=say("experience.mimic_help"),
                on_click=write_report,
                args=(f"{sentence_case(mimic.name)}{patient}",),
            )


def write_report(text: str) -> None:
    """Put a report into the box of the Generate page; for callbacks, before the page is drawn."""
    if len(text) <= MAX_REPORT:
        st.session_state["report"] = text
        st.session_state["example"] = None
