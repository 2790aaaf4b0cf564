"""Whether a sentence that a model wrote may be shown: it may say nothing that its notes do not.

Every word that carries meaning must stand in the cited notes, every number with its unit and its
'at least', every finding with the same yes or no. Words that have a rival in the notes (left and
right, V1 and V2, two numbers) must also stand beside the same words as there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sediff.experience.snippet import Snippet
from sediff.findings import FINDINGS, expand
from sediff.language.order import Note, note_of, order_faults
from sediff.language.words import Word, denies, plain, read_words
from sediff.report import read
from sediff.spec import Sex, Stated

SHORTEST, LONGEST = 20, 400  # characters
_FEWEST_WORDS = 4  # that carry meaning; less is no statement
_NAMED = 4  # words that a reason lists

_MARKS = frozenset(" .,;:()'\"-+/%°µ≥≤<>=±&?!")
_LINK = re.compile(r"https?:|www\.|@|\b[a-z0-9-]+\.(?:com|org|net|edu|gov|info|io|de|uk)\b", re.I)
_TAG = re.compile(r"<\s*[a-z/!?]", re.I)
_READER = re.compile(r"\b(?:you|your|yours|yourself|please|ignore|assistant)\b", re.I)
_FRAME = re.compile(
    r"(?:In|For)\s+(?:this|the)\s+(?:(?P<age>\d{1,3})[- ]years?[- ]old\s+)?"
    r"(?P<who>patient|woman|man|lady|gentleman|female|male)(?:\s+patient)?\s*,\s*",
    re.I,
)
_SEX_OF: dict[str, Sex] = {
    "woman": "female", "lady": "female", "female": "female",
    "man": "male", "gentleman": "male", "male": "male",
}  # fmt: skip


@dataclass(frozen=True)
class Patient:
    """What is known for sure of the patient: age in years, sex, findings that the report states."""

    age: float | None = None
    sex: Sex | None = None
    findings: frozenset[str] = frozenset()


def fault(text: str, cited: Sequence[Snippet], patient: Patient) -> str:
    """Why `text`, as `plain` returns it, must not be shown; '' where it may be."""
    return next(_faults(text, cited, patient), "")


def _faults(text: str, cited: Sequence[Snippet], patient: Patient) -> Iterator[str]:
    if not cited:
        yield "cites no note that was given"
        return
    yield from _form(text, cited)
    text, claim = _unframed(text, cited, patient)
    if claim:
        yield claim
    notes = [note_of(snippet) for snippet in cited]
    words = read_words(text)
    yield from _numbers(words, notes)
    yield from _words(text, words, notes)
    yield from _findings(text, cited)
    yield from _turned(words, notes)
    yield from order_faults(words, notes)


def _form(text: str, cited: Sequence[Snippet]) -> Iterator[str]:
    if not SHORTEST <= len(text) <= LONGEST:
        yield f"has {len(text)} characters, not {SHORTEST} to {LONGEST}"
    if text[-1:] not in (".", "!"):
        yield "breaks off"
    known = set("".join(plain(snippet.text) for snippet in cited)) - set("<[]{}`|\\*_#$~^")
    odd = {c for c in text if not (c.isascii() and c.isalnum()) and c not in _MARKS | known}
    if odd or _TAG.search(text) or _LINK.search(text):
        yield "is not plain text: it holds a link, code or odd characters"
    if _READER.search(text):
        yield "gives orders or speaks to the reader"


def _unframed(text: str, cited: Sequence[Snippet], patient: Patient) -> tuple[str, str]:
    """`text` without 'In this 72-year-old woman,', and why it may not begin so.

    It may where the report itself states the findings that the notes are about, and the notes
    hold for such a patient; then nothing is said that the report and the notes do not say.
    """
    match = _FRAME.match(text)
    if match is None:
        return text, ""
    age, sex = match["age"], _SEX_OF.get(match["who"].lower())
    if age is not None and (patient.age is None or float(age) != patient.age):
        return text, f"gives the patient another age: {age}"
    if sex is not None and sex != patient.sex:
        return text, "gives the patient another sex"
    meant = all(s.finding in patient.findings for s in cited)
    if not meant or not all(s.holds_for(patient.age, patient.sex) for s in cited):
        return text, "says of the patient what the report does not"
    return text[match.end() :], ""


def _numbers(words: Sequence[Word], notes: Sequence[Note]) -> Iterator[str]:
    known = {word.key for note in notes for word in note.words}
    for word in words:
        if word.quantity is not None and word.quantity.unit == "dose":
            yield f"names a dose: {word.text}"
        elif word.quantity is not None and word.key not in known:
            yield f"holds a number that its note lacks: {word.text}"


def _words(text: str, words: Sequence[Word], notes: Sequence[Note]) -> Iterator[str]:
    known = {word.key for note in notes for word in note.words}
    foreign = list(dict.fromkeys(word.text for word in words if word.key not in known))
    if foreign:
        yield f"uses words that its note lacks: {', '.join(foreign[:_NAMED])}"
    if len(words) < _FEWEST_WORDS:
        yield "says next to nothing"
    if denies(text) and not any(note.denies for note in notes):
        yield "denies what its note does not deny"


def _findings(text: str, cited: Sequence[Snippet]) -> Iterator[str]:
    known = frozenset().union(*(_known_findings(snippet) for snippet in cited))
    for id, there in _read_findings(text):
        if (id, there) not in known:
            other = (id, not there) in known
            verb = "names" if there else "denies"
            reason = "its note does not" if other else "its note does not name"
            yield f"{verb} a finding that {reason}: {FINDINGS[id].name}"


@lru_cache(maxsize=512)
def _known_findings(snippet: Snippet) -> frozenset[tuple[str, bool]]:
    own = (Stated(snippet.finding),) if snippet.finding in FINDINGS else ()
    stated = read(plain(snippet.text)).findings + own
    implied = {(one.id, True) for one in expand(stated)}
    return frozenset(implied | _read_findings(plain(snippet.text)))


def _read_findings(text: str) -> set[tuple[str, bool]]:
    reading = read(text)
    return {(one.id, True) for one in reading.findings} | {(o.id, False) for o in reading.negated}


def _turned(words: Sequence[Word], notes: Sequence[Note]) -> Iterator[str]:
    """Words that the notes only deny, only hedge or only affirm, and the sentence does not."""
    seen = {(word.key, word.denied, word.hedged) for note in notes for word in note.words}
    for word in words:
        if (word.key, word.denied, word.hedged) not in seen:
            yield f"affirms, denies or hedges '{word.text}' as its note does not"
