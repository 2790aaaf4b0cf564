"""Search and browse the notes: free text or choice of family, finding, kind of note and patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.experience_notes import show_note, write_report
from pages.parts.experience_numbers import sex_name
from pages.parts.experience_own import own_notes
from sediff.experience.library import Library
from sediff.experience.snippet import ASPECTS, Aspect, Snippet
from sediff.findings import FINDINGS
from sediff.spec import MAX_REPORT
from sediff.view.experience import aspect_name, notes_for
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

if TYPE_CHECKING:
    from sediff.experience.retrieval import Hit, Retriever

_EXAMPLES = 4
_HITS = 40  # asked of the search; the filters leave fewer
_SHOWN = 8
_LEAST_SCORE = 0.05  # what scores less only fills the page
_READABLE_PX = 900  # longer lines lose the eye
_GROUPS = 60  # findings that one choice lists at once
_SEXES = ("any", "female", "male")


@dataclass(frozen=True)
class Filter:
    """What the choices leave over; '' and None leave everything."""

    family: str = ""
    finding: str = ""
    aspect: Aspect | None = None
    age: float | None = None
    sex: str | None = None

    @property
    def chosen(self) -> bool:
        """Whether it narrows the notes themselves, not only the patient."""
        return bool(self.family or self.finding or self.aspect)

    def keeps(self, note: Snippet) -> bool:
        """Whether a note fits all choices."""
        family = FINDINGS[note.finding].family
        return (
            self.family in ("", family)
            and self.finding in ("", note.finding)
            and self.aspect in (None, note.aspect)
            and note.holds_for(self.age, self.sex)
        )


def search(library: Library) -> None:
    """The whole view: box, filters and what they find."""
    text = st.text_input(
        say("experience.query"),
        key="note_query",
        max_chars=MAX_REPORT,
        placeholder=say("experience.query_hint"),
        persist_state="session",
    ).strip()
    with st.expander(
        say("experience.filters"),
        icon=":material/filter_list:",
        expanded=not text,  # what is found must not stand below five boxes on a phone
    ):
        wanted = _filters(library)
    if text:
        _found(text, wanted)
    elif wanted.chosen:
        _browsed(library, wanted)
    else:
        examples = [say(f"experience.example_{k}") for k in range(1, _EXAMPLES + 1)]
        st.pills(
            say("experience.examples"),
            examples,
            key="note_example",
            on_change=_use_example,
            wrap=True,
        )
        st.caption(say("experience.or_choose"))


def _use_example() -> None:
    if text := st.session_state["note_example"]:
        st.session_state["note_query"] = text
        st.session_state["note_example"] = None


def _filters(library: Library) -> Filter:
    told = list(dict.fromkeys(note.finding for note in library.snippets))
    with st.container(horizontal=True, gap="small"):
        families = sorted({FINDINGS[id].family for id in told})
        family = st.selectbox(
            say("experience.family"), families, index=None, format_func=sentence_case,
            key="note_family", placeholder=say("experience.any"), width=170,
        )  # fmt: skip
        ids = [id for id in told if family in (None, FINDINGS[id].family)]
        finding = st.selectbox(
            say("experience.finding"), sorted(ids, key=lambda id: FINDINGS[id].name.casefold()),
            index=None, format_func=lambda id: sentence_case(FINDINGS[id].name),
            key="note_finding", placeholder=say("experience.any"), width=300,
        )  # fmt: skip
        aspect = st.selectbox(
            say("experience.aspect"), ASPECTS, index=None, format_func=aspect_name,
            key="note_aspect", placeholder=say("experience.any"), width=170,
        )  # fmt: skip
        age = st.number_input(
            say("experience.patient_age"), 0, 110, value=None, step=1, key="note_age",
            placeholder=say("experience.any"), width=130,
        )  # fmt: skip
        sex = st.segmented_control(
            say("experience.patient_sex"),
            _SEXES,
            default="any",
            required=True,
            format_func=sex_name,
            key="note_sex",
        )
    return Filter(family or "", finding or "", aspect, age, None if sex == "any" else sex)


def _found(text: str, wanted: Filter) -> None:
    hits = _hits(text, wanted)
    if not hits:
        st.info(_nothing(wanted), icon=":material/search_off:")
        return
    st.caption(say("experience.best_first"))
    shown: dict[str, list[Hit]] = {}
    for hit in hits[:_SHOWN]:
        shown.setdefault(hit.snippet.finding, []).append(hit)
    with st.container(width=_READABLE_PX):
        for id, rows in shown.items():
            _heading(id)
            _answers(rows)


def _answers(rows: Sequence["Hit"]) -> None:
    """Hits on one finding: the reason that they share once, the others beside each."""
    reasons = [hit.matched.split("; ") for hit in rows]
    shared = [one for one in reasons[0] if all(one in other for other in reasons)]
    if shared:
        st.caption(say("experience.because", reasons=quoted("; ".join(shared))))
    for hit, why in zip(rows, reasons, strict=True):
        own = [one for one in why if one not in shared]
        show_note(
            hit.snippet, " · ".join((say("experience.score", score=f"{hit.score:.2f}"), *own))
        )


def _nothing(wanted: Filter) -> str:
    if wanted.chosen or wanted.age is not None or wanted.sex:
        return say("experience.nothing_chosen")
    return say("experience.nothing")


def _hits(text: str, wanted: Filter) -> Sequence["Hit"]:
    with st.spinner(say("experience.searching"), show_time=True):
        found = _retriever().search(
            text, wanted.age, wanted.sex, _HITS, [wanted.finding] if wanted.finding else None
        )
    least = 0.0 if wanted.chosen else _LEAST_SCORE
    return [hit for hit in found if wanted.keeps(hit.snippet) and hit.score >= least]


@st.cache_resource(show_spinner=False)
def _shipped() -> "Retriever":
    """One for all sessions; torch is loaded here and not when the page opens."""
    from sediff.experience.retrieval import shipped_retriever

    return shipped_retriever()


def _retriever() -> "Retriever":
    """The shipped one, or one that also knows the user's notes, kept while these stay the same."""
    own = own_notes()
    if not own:
        return _shipped()
    kept = st.session_state.get("own_retriever")
    if kept is None or kept[0] != own:
        kept = (own, _shipped().with_own(own))
        st.session_state["own_retriever"] = kept
    return kept[1]


def _browsed(library: Library, wanted: Filter) -> None:
    notes = [note for note in (*own_notes(), *library.snippets) if wanted.keeps(note)]
    groups: dict[str, list[Snippet]] = {}
    for note in notes:
        groups.setdefault(note.finding, []).append(note)
    if not groups:
        st.info(_nothing(wanted), icon=":material/search_off:")
        return
    key = "experience.browsed_one" if len(notes) == 1 else "experience.browsed"
    st.caption(say(key, n=f"{len(notes):,}", findings=len(groups), all=len(FINDINGS)))
    names = sorted(groups, key=lambda id: FINDINGS[id].name.casefold())
    for id in names[:_GROUPS]:
        ordered = notes_for(FINDINGS[id], groups[id])
        if len(groups) == 1:
            _heading(id)
            with st.container(width=_READABLE_PX):
                _notes(ordered)
        else:
            name = quoted(sentence_case(FINDINGS[id].name))
            with st.expander(say("experience.group", name=name, n=len(ordered))):
                _notes(ordered)
    if len(names) > _GROUPS:
        st.caption(say("experience.more_findings", n=len(names) - _GROUPS))


def _notes(notes: Sequence[Snippet]) -> None:
    for note in notes:
        show_note(note)


def _heading(id: str) -> None:
    finding = FINDINGS[id]
    name = sentence_case(finding.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{quoted(name)}**", width="content")
        if (
            finding.drawable
            and not finding.vague
            and st.button(
                say("experience.draw"),
                key=f"draw_{id}",
                icon=":material/ecg_heart:",
                type="tertiary",
                on_click=write_report,
                args=(name,),
            )
        ):
            st.switch_page("pages/generate.py")
