"""Whether the words of a sentence stand to one another as they do in the notes that it cites.

All words of 'V4 in 1.3%' stand in 'V4 in 16.4%, V5 in 1.3%', and yet the note does not say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sediff.experience.snippet import Snippet
from sediff.findings import FINDINGS
from sediff.language.words import (
    CONDITIONS,
    Word,
    denies,
    pairs,
    plain,
    read_words,
    word_key,
)

_LEFT_OUT = 1  # words of a note that may be left out between two that are watched
_LONGEST_GAP = 6  # words of a note between two of a sentence for them to be the same statement
_NEAR_NUMBER, _NEAR_RIVAL = 3, 2  # words around them that must stand near them in the note too
# A word of a group is watched where another word of that group stands in the notes.
_RIVALS = tuple(
    frozenset(word_key(word) for word in line.split())
    for line in (
        "left right",
        "elevation depression",
        "up down",
        "upright inverted negative positive biphasic",
        "upsloping downsloping horizontal",
        "broad narrow",
        "long short",
        "tall low small high large deep",
        "early late",
        "before after",
        "acute old chronic new recent",
        "more less fewer",
        "greater smaller larger",
        "longer shorter",
        "broader narrower",
        "faster slower",
        "higher lower",
        "fast slow",
        "increases decreases",
        "rises falls",
        "regular irregular",
        "atrial ventricular sinus junctional",
        "supraventricular ventricular",
        "first second third",
        "complete incomplete",
        "women men woman man female male",
        "inferior anterior lateral posterior septal superior",
        "normal abnormal",
        "always never",
        "constant variable",
        "common rare",
        "concave convex",
        "i ii iii avr avl avf v1 v2 v3 v4 v5 v6 v3r v4r v7 v8 v9",
        "p q r s t u j pr qr qrs qt qtc st pp rr",
    )
)
# They say who does what to whom: their neighbours must stand on the same side as in the note.
_DIRECTED = frozenset(
    word_key(word)
    for word in (
        *("mistaken", "mistake", "mimic", "imitate", "confused", "resemble", "cause", "produce"),
        *("lead", "result", "follow", "precede", "than"),
    )
)


@dataclass(frozen=True)
class Note:
    """A snippet as words.

    Attributes:
        texts: its text and each name of its finding, as words. denies: it holds a denial at all.
    """

    texts: tuple[tuple[Word, ...], ...]
    denies: bool

    @property
    def words(self) -> Iterator[Word]:
        """All words, those of the names as well."""
        for text in self.texts:
            yield from text


@lru_cache(maxsize=512)
def note_of(snippet: Snippet) -> Note:
    """`snippet` as words."""
    finding = FINDINGS.get(snippet.finding)
    names = (finding.name, *finding.english) if finding else ()
    text = plain(snippet.text)
    return Note(tuple(read_words(plain(one)) for one in (text, *names)), denies(text))


def order_faults(words: Sequence[Word], notes: Sequence[Note]) -> Iterator[str]:
    """Why `words`, all of which stand in `notes`, may say something else than they do."""
    texts = [text for note in notes for text in note.texts]
    known = {word.key for text in texts for word in text}
    yield from _displaced(words, texts, known)
    yield from _left_out(words, texts, known)
    yield from _turned(words, texts)
    for part in _parts(words):
        yield from _cut_short(part, texts)


def _displaced(
    words: Sequence[Word], texts: Sequence[Sequence[Word]], known: set[str]
) -> Iterator[str]:
    """Words with a rival, and numbers, that stand beside other words than in the notes."""
    beside = {
        gap: set[tuple[str, str]]().union(*(pairs(text, gap + _LEFT_OUT) for text in texts))
        for gap in range(1, _NEAR_NUMBER + 1)
    }
    for k, first in enumerate(words):
        for gap, second in enumerate(words[k + 1 : k + 1 + _NEAR_NUMBER], 1):
            if first.part != second.part or (first.key, second.key) in beside[gap]:
                continue
            if max(_watch(first, known), _watch(second, known)) >= gap:
                yield f"puts '{first.text}' and '{second.text}' together as its note does not"


def _watch(word: Word, known: set[str]) -> int:
    """How many words before and after `word` must stand near it in the notes as well."""
    if word.quantity is not None:
        return _NEAR_NUMBER
    rival = any(word.key in group and len(group & known) > 1 for group in _RIVALS)
    return _NEAR_RIVAL if rival or word.key in _DIRECTED else 0


def _turned(words: Sequence[Word], texts: Sequence[Sequence[Word]]) -> Iterator[str]:
    """Two neighbours of which the notes deny or hedge one, and the sentence does not, or else."""
    for first, second in pairwise(words):
        said = [
            (_tone(one), _tone(other))
            for text in texts
            for k, one in enumerate(text)
            for other in text[k + 1 : k + 2 + _LEFT_OUT]
            if (one.key, other.key) == (first.key, second.key) and one.part == other.part
        ]
        if said and first.part == second.part and (_tone(first), _tone(second)) not in said:
            yield f"affirms, denies or hedges '{second.text}' as its note does not"


def _tone(word: Word) -> tuple[int, bool]:
    return word.denied, word.hedged


def _left_out(
    words: Sequence[Word], texts: Sequence[Sequence[Word]], known: set[str]
) -> Iterator[str]:
    """Two neighbours between which the notes have a number, a condition or a word with a rival."""
    for first, second in pairwise(words):
        if first.part != second.part:
            continue
        gaps = [gap for text in texts for gap in _gaps(text, first, second)]
        if gaps and all(any(_weighs(word, known) for word in gap) for gap in gaps):
            yield f"leaves out what its note has between '{first.text}' and '{second.text}'"


def _gaps(text: Sequence[Word], first: Word, second: Word) -> Iterator[Sequence[Word]]:
    """What stands between each `first` and the next `second` of the same part."""
    for k, word in enumerate(text):
        if word.key == first.key:
            ahead = text[k + 1 : k + 2 + _LONGEST_GAP]
            place = next((n for n, other in enumerate(ahead) if other.key == second.key), None)
            if place is not None and ahead[place].part == word.part:
                yield ahead[:place]


def _weighs(word: Word, known: set[str]) -> bool:
    return word.text.lower() in CONDITIONS or _watch(word, known) > 0


def _parts(words: Sequence[Word]) -> list[list[Word]]:
    return [[w for w in words if w.part == part] for part in sorted({w.part for w in words})]


def _cut_short(part: Sequence[Word], texts: Sequence[Sequence[Word]]) -> Iterator[str]:
    """A statement that ends where its note goes on, or goes on to a condition ('when new')."""
    last = part[-1]
    before = part[-2].key if len(part) > 1 else ""
    ends = [after for text in texts for after in _after(text, before, last.key)]
    ends = ends or [after for text in texts for after in _after(text, "", last.key)]
    if "" not in ends:
        yield f"breaks off after '{last.text}', where its note goes on"


def _after(text: Sequence[Word], before: str, last: str) -> Iterator[str]:
    """What follows each `last`: '' where its clause ends and no condition is added, else a word.

    `before`: key that must stand one or two words before it; '' for any.
    """
    for k, word in enumerate(text):
        if word.key != last or (before and before not in {w.key for w in text[max(k - 2, 0) : k]}):
            continue
        after = text[k + 1] if k + 1 < len(text) else None
        ended = after is None or after.clause != word.clause
        bound = after is not None and after.part == word.part and after.text.lower() in CONDITIONS
        yield "" if ended and not bound else (after.text if after else "")
