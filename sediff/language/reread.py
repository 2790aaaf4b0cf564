"""Whether a finding that a model proposes for a report may be put before the user."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sediff.findings import FINDINGS, Finding, conflicts, expand, find
from sediff.findings.tokens import tokenize, word_meaning
from sediff.language.words import plain
from sediff.report import Reading, read
from sediff.spec import MAX_REPORT

_FEWEST_LETTERS, _LONGEST = 4, 200  # of the words that a finding rests on
_CLAUSE_ENDS = re.compile(r"[.;:,!?]")
_SHOWN = 120


@dataclass(frozen=True)
class Proposed:
    """A finding of the vocabulary and the words of the report that it rests on."""

    id: str
    words: str


@dataclass(frozen=True)
class Dropped:
    """What a model wrote and must not be shown or used, and why."""

    text: str
    reason: str


def judge(
    rows: Sequence[tuple[str, str]], report: str
) -> tuple[tuple[Proposed, ...], tuple[Dropped, ...]]:
    """Sort the (name, words) of a model into proposals and what is dropped."""
    text = plain(report[:MAX_REPORT])
    reading = read(text)
    found: dict[str, Proposed] = {}
    dropped: list[Dropped] = []
    for name, words in rows:
        finding = FINDINGS.get(name) or find(name)
        reason = "names no finding of the vocabulary" if finding is None else ""
        if finding is not None:
            reason = next(_faults(finding, words, text, reading), "")
            reason = reason or ("is proposed twice" if finding.id in found else "")
        if finding is None or reason:
            dropped.append(Dropped(f"{name}: {words}"[:_SHOWN], reason))
        else:
            found[finding.id] = Proposed(finding.id, words)
    return tuple(found.values()), tuple(dropped)


def _faults(finding: Finding, words: str, text: str, reading: Reading) -> Iterator[str]:
    stated = [one.id for one in reading.findings]
    place = _place(words, text)
    if place is None:
        yield "rests on words that the report does not hold"
        return
    if not finding.drawable or finding.vague:
        yield "cannot be drawn"
    if finding.id in stated:
        yield "was read without the model"
    if finding.id in {one.id for one in reading.negated} or _denied(place, text):
        yield "is denied by the report"
    said = [one.id for one in expand(read(words).findings)]
    if said and finding.id not in said:
        yield f"rests on words that mean {FINDINGS[said[0]].name}"
    if sentence := next(
        (s for a, b, s in conflicts([finding.id, *stated]) if finding.id in (a, b)), ""
    ):
        yield sentence


def _place(words: str, text: str) -> tuple[int, int] | None:
    """Where `words` stand in `text` as whole words; None where they do not, or are too few."""
    letters = sum(c.isalpha() for c in words)
    if letters < _FEWEST_LETTERS or len(words) > _LONGEST:
        return None
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.I)
    return match.span() if match else None


def _denied(place: tuple[int, int], text: str) -> bool:
    """Whether the clause around `place` holds a word of denial, English or German."""
    start = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, place[0])), default=0)
    end = _CLAUSE_ENDS.search(text, place[1])
    clause = text[start : end.start() if end else len(text)]
    meanings = (word_meaning(token.text) for token in tokenize(clause) if token.is_word)
    return any(meaning is not None and meaning.kind == "negation" for meaning in meanings)
