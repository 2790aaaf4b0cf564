"""The language model: optional, and nothing that it says is shown unchecked.

Without a server (the default) the notes stand as they are and nothing is sent anywhere. With one
the model may choose among the notes and join them (`put_into_words`) or propose findings for words
that the reader does not know (`reread`). Whatever goes wrong ends in the notes as they are, with
one line that says so. Only what is composed without a model conditions the generator.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sediff.experience.snippet import Snippet
from sediff.language.answer import Written, read_answer, read_rows
from sediff.language.check import Patient, fault
from sediff.language.flow import dangles
from sediff.language.prompt import reread_messages, words_messages
from sediff.language.reread import Dropped, Proposed, judge
from sediff.language.server import (
    Endpoint,
    NoAnswer,
    ask,
    endpoint_from_environment,
)
from sediff.report import read

__all__ = [
    "Dropped",
    "Endpoint",
    "Proposal",
    "Proposed",
    "Sentence",
    "Worded",
    "endpoint_from_environment",
    "put_into_words",
    "reread",
    "without_model",
]

MOST_NOTES = 6  # a paragraph, not a chapter; and small models lose themselves in more
_WORDS_TOKENS, _REREAD_TOKENS = 400, 200
_CHARACTERS_PER_TOKEN, _SPARE_TOKENS = 3, 60
_SHOWN = 240  # characters of a dropped sentence that are kept for the eye


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be shown; `cites`: ids of the snippets that carry it, at least one."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Worded:
    """A paragraph.

    Attributes:
        sentences: in order. dropped: what the model wrote and must not be shown, with the reason.
        note: one line for the user where something was lost, else ''.
        by_model: False where the notes stand as they are.
    """

    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...] = ()
    note: str = ""
    by_model: bool = False


@dataclass(frozen=True)
class Proposal:
    """Findings for the user to confirm or refuse; nothing is applied by itself.

    Attributes:
        findings: of the vocabulary. dropped: what else the model named, with the reason.
        note: one line for the user where there is nothing to confirm, else ''.
    """

    findings: tuple[Proposed, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    note: str = ""


def put_into_words(
    endpoint: Endpoint | None,
    report: str,
    patient_sentence: str,
    snippets: Sequence[Snippet],
    should_stop: Callable[[], bool] | None = None,
) -> Worded:
    """Let the model choose among `snippets` and join them into a paragraph for this patient.

    Args:
        endpoint: None: the notes as they are, nothing is sent.
        patient_sentence: age and sex in words, as `sediff.report.read` understands them.
        snippets: best first; the model sees the first six.
        should_stop: asked about twenty times a second; True leaves the server and returns the
            notes as they are. What it raises is passed on; nothing else is raised.
    """
    if endpoint is None or not snippets:
        return without_model(snippets)
    given = snippets[:MOST_NOTES]
    try:
        messages = words_messages(report, patient_sentence, given)
        past_the_last = f"\nS{len(given) + 1}:"  # small models go on counting
        answer = ask(endpoint, messages, _most_tokens(given), past_the_last, should_stop)
    except NoAnswer as failure:
        return without_model(
            snippets, f"The language model {failure}: the notes stand as they are."
        )
    kept, dropped = _checked(read_answer(answer), given, _patient(report, patient_sentence))
    if not kept:
        note = (
            "Nothing that the language model wrote could be verified: the notes stand as they are."
        )
        return without_model(snippets, note, dropped)
    return Worded(kept, dropped, _note(len(kept), len(dropped)), by_model=True)


def without_model(
    snippets: Sequence[Snippet], note: str = "", dropped: tuple[Dropped, ...] = ()
) -> Worded:
    """The snippets as they are, each citing itself."""
    sentences = tuple(Sentence(snippet.text, (snippet.id,)) for snippet in snippets)
    return Worded(sentences, dropped, note)


def reread(
    endpoint: Endpoint | None, report: str, should_stop: Callable[[], bool] | None = None
) -> Proposal:
    """Ask the model which findings the odd words of `report` may mean; nothing is raised.

    Each finding is one of the vocabulary and rests on words that stand in the report.
    """
    if endpoint is None:
        return Proposal(note="No language model is set up: write the finding in other words.")
    try:
        answer = ask(endpoint, reread_messages(report), _REREAD_TOKENS, should_stop=should_stop)
    except NoAnswer as failure:
        return Proposal(note=f"The language model {failure}: write the finding in other words.")
    found, dropped = judge(read_rows(answer), report)
    if found:
        return Proposal(found, dropped)
    note = "The language model found no further finding in the report: write it in other words."
    return Proposal((), dropped, note)


def _checked(
    written: Sequence[Written], snippets: Sequence[Snippet], patient: Patient
) -> tuple[tuple[Sentence, ...], tuple[Dropped, ...]]:
    by_mark = {f"S{k}": snippet for k, snippet in enumerate(snippets, 1)}
    kept: dict[str, Sentence] = {}
    dropped: list[Dropped] = []
    before = ""  # the sentence just before, where it is shown
    for one in written:
        known = all(mark in by_mark for mark in one.marks)
        cited = [by_mark[mark] for mark in one.marks] if known else []
        again = one.text.casefold() in kept
        reason = "says again what was said" if again else fault(one.text, cited, patient)
        if not reason and dangles(one.text, before, cited):
            reason = "points back to a sentence that is not shown"
        if reason:
            dropped.append(Dropped(one.text[:_SHOWN], reason))
        else:
            kept[one.text.casefold()] = Sentence(_begun(one.text), tuple(s.id for s in cited))
        before = "" if reason else one.text
    return tuple(kept.values()), tuple(dropped)


def _begun(text: str) -> str:
    """A large first letter; 'aVL' and 'r' are names and stay."""
    first = text.split(" ", 1)[0]
    is_name = first != "a" and (len(first) < 2 or not first.islower())
    return text if is_name else text[0].upper() + text[1:]


def _patient(report: str, patient_sentence: str) -> Patient:
    """Only what is stated without doubt may be said of the patient."""
    patient, stated = read(patient_sentence), read(report)
    sure = frozenset(one.id for one in stated.findings if one.certainty == 1)
    return Patient(patient.numbers.get("age"), patient.sex, sure)


def _most_tokens(snippets: Sequence[Snippet]) -> int:
    """No paragraph is longer than its notes; a small model that repeats itself ends there."""
    characters = sum(len(snippet.text) for snippet in snippets)
    return min(_WORDS_TOKENS, _SPARE_TOKENS + characters // _CHARACTERS_PER_TOKEN)


def _note(kept: int, dropped: int) -> str:
    if not dropped:
        return ""
    what = "sentence was" if dropped == 1 else "sentences were"
    return f"{dropped} {what} dropped of {kept + dropped} that the language model wrote."
