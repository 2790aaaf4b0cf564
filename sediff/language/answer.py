"""What a model wrote -> its sentences and the notes it says they rest on.

Asked for are lines like 'S1: sentence'. Marks at the end ('[S1]'), JSON, JSON in code fences or
between prose, and JSON that breaks off are understood too; whatever is not becomes no sentence.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sediff.language.words import plain

_MOST_CHARACTERS = 20_000
_MOST_SENTENCES = 24
_MOST_OBJECTS = 200
_MARK = r"S\s?\d{1,2}"
_LIST = rf"{_MARK}(?:\s*(?:,|;|&|and)\s*(?:S\s?)?\d{{1,2}})*"
_LEADING = re.compile(
    rf"^[\s\-*•>#]*[\[(]?\s*({_LIST})\s*[\])*]*\s*[:.)=-][\s*]*|^\[({_LIST})\]\s*", re.I
)
_INLINE = re.compile(
    rf"\s*(?:\[\s*({_LIST}|\d{{1,2}}(?:\s*,\s*\d{{1,2}})*)\s*\]|\(({_LIST})\))", re.I
)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d\"'(\[])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|approx|ca|etc|fig|dr|resp)\.$", re.I)
_THOUGHT = re.compile(r"^.*?</think(?:ing)?>", re.S | re.I)
_TEXT_KEYS = ("text", "sentence")
_CITE_KEYS = ("cites", "cite", "sources", "source", "notes", "note")


@dataclass(frozen=True)
class Written:
    """A sentence as the model gave it; `marks`: what it cites, 'S1', or anything else it named."""

    text: str
    marks: tuple[str, ...]


def read_answer(answer: str) -> tuple[Written, ...]:
    """Return the sentences of `answer` in order; never raises, at most two dozen."""
    answer = _without_thoughts(answer)
    rows = [row for one in objects(answer) for row in _of_object(one)]
    texts = rows or [_of_line(line) for line in answer.splitlines()]
    found = [one for text, marks in texts for one in _written(text, marks)]
    return tuple(found[:_MOST_SENTENCES])


def read_rows(answer: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, words) of lines 'name: words', or of JSON objects with two texts."""
    answer = _without_thoughts(answer)
    rows = [_two_texts(row) for row in objects(answer)]
    if not any(rows):
        rows = [_two_parts(line) for line in answer.splitlines()]
    return tuple(row for row in rows if row)[:_MOST_SENTENCES]


def objects(text: str) -> Iterator[Mapping[str, object]]:
    """The JSON objects in `text` that hold no other object, also where the whole breaks off."""
    decoder = json.JSONDecoder()
    for match in list(re.finditer(r"\{", text))[:_MOST_OBJECTS]:
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and not any(_holds_object(part) for part in value.values()):
            yield value


def _holds_object(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(part, dict | list) for part in value)
    )


def _without_thoughts(answer: str) -> str:
    return _THOUGHT.sub("", answer[-_MOST_CHARACTERS:])


def _of_object(row: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """{"text": .., "cites": ["S1"]} or {"S1": ..}."""
    text = next((row[key] for key in _TEXT_KEYS if key in row), None)
    cited = next((row[key] for key in _CITE_KEYS if key in row), ())
    every = cited if isinstance(cited, list) else [cited] if isinstance(cited, str | int) else []
    if isinstance(text, str):
        yield text, tuple(mark for part in every for mark in _marks(str(part)))
        return
    for key, value in row.items():
        if re.fullmatch(_MARK, key) and isinstance(value, str):
            yield value, _marks(key)


def _of_line(line: str) -> tuple[str, tuple[str, ...]]:
    match = _LEADING.match(line)
    if match is None:
        return re.sub(r"^(?:[\s\-*•>#]+|\d{1,2}[.)]\s)+", "", line), ()
    return line[match.end() :], _marks(match.group(1) or match.group(2))


def _written(text: str, marks: tuple[str, ...]) -> Iterator[Written]:
    """Cut `text` at full stops; a mark in or just after a sentence is that sentence's."""
    for part in _parts(text):
        own = tuple(
            m for one in _INLINE.finditer(part) for m in _marks(one.group(1) or one.group(2))
        )
        bare = plain(_INLINE.sub("", part).replace("**", "").replace("__", "")).strip(" \"'")
        if any(c.isalnum() for c in bare):
            yield Written(bare, tuple(dict.fromkeys((*marks, *own))))


def sentences(text: str) -> list[str]:
    """Cut `text` after full stops; those of 'e.g.' and 'vs.' end nothing."""
    parts: list[str] = []
    for piece in _END.split(text.strip()):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return parts


def _parts(text: str) -> list[str]:
    """Sentences with their marks, those that stand after the full stop as well."""
    parts: list[str] = []
    for piece in sentences(text):
        marks = _INLINE.match(piece)
        if parts and marks:
            parts[-1] += marks.group()
            piece = piece[marks.end() :]
        parts += [piece] if piece.strip(" .") else []
    return parts


def _marks(text: str) -> tuple[str, ...]:
    """'S1, S3' -> S1 and S3; a name that is no mark stays, so that the check refuses it."""
    numbers = re.fullmatch(rf"\W*(?:{_LIST}|\d{{1,2}}(?:\s*,\s*\d{{1,2}})*)\W*", text, re.I)
    if numbers is None:
        return (text[:40],)
    return tuple(f"S{int(number)}" for number in re.findall(r"\d{1,2}", text))


def _two_texts(row: Mapping[str, object]) -> tuple[str, str] | None:
    texts = [value for value in row.values() if isinstance(value, str)]
    return (plain(texts[0]), plain(texts[1])) if len(texts) == 2 else None


def _two_parts(line: str) -> tuple[str, str] | None:
    name, colon, words = plain(line).lstrip(" -*•>").partition(":")
    return (name.strip(" \"'*"), words.strip(" \"'*.")) if colon else None
