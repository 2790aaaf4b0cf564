"""Sentences as words that carry meaning, each with whether it is denied or hedged where it stands.

Both what a model wrote and the notes it cites go through this one reading, so that what was copied
compares equal and what was turned round does not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sediff.language.numbers import Quantity, quantities


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that a sentence may hold although its notes do not: they carry no medical content.
NEUTRAL = _set(
    "a an the of in on at to by for with from as is are was were be been being has have had do "
    "does did it its this that these those and or which who whose where then so also such "
    "into within during through there here both's itself themselves they them their one's "
    "show shows shown showing see seen sees appear appears appearing visible find finds found "
    "finding findings observed noted known called named described ecg ecgs electrocardiogram "
    "tracing trace wave waves complex complexes interval intervals segment segments duration "
    "addition additionally furthermore moreover besides too"
)
# They deny what follows in their clause and say nothing else.
_DENY = _set("no not non without cannot neither nor lack lacks lacking absence")
_DENY_BEFORE = _set("absent missing")
# They deny, too, but are words of their own.
_DENY_AND_SAY = _set(
    "never none nothing loss fail fails failed excludes exclude against unlike except instead "
    "rather rarely seldom hardly barely unlikely avoid avoids"
)
_HEDGE = _set("may might can could perhaps possibly maybe")
_HEDGE_AND_SAY = _set(
    "probably sometimes occasionally often usually mostly mainly typically commonly frequently "
    "rarely generally possible suspected likely most some many few several"
)
# They bind what stands before them to a condition.
CONDITIONS = _set("if unless when until only provided except without")
_ENDS_CLAUSE = _set("and but while whereas although though however unless because since")
_ENDS_PART = _set("but while whereas although though however")
_CLAUSE_MARKS, _PART_MARKS = ",()", ".;:!?"
_BARE_DENIAL = "not"
_SCOPE = 6  # words that a negation or hedge reaches, so that no long clause is all denied

_SAME = {
    "wide": "broad", "wider": "broader", "widened": "broad", "broadened": "broad",
    "elevated": "elevation", "elevations": "elevation", "raised": "elevation",
    "depressed": "depression", "inverted": "inversion", "prolonged": "long", "1st": "first",
    "2nd": "second", "3rd": "third", "hearts": "heart", "criterion": "criteria",
    "atria": "atrial", "atrium": "atrial", "ventricle": "ventricular", "ventricles": "ventricular",
    "infarct": "infarction", "mis": "mi", "diagnoses": "diagnosis",
}  # fmt: skip
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e")
_LEAD_RANGE = re.compile(r"\bV([1-6])\s*(?:-|–|to|through)\s*V?([1-6])\b", re.I)
_LEAD_WORD = re.compile(r"\bleads?\s+(?=(?:I{1,3}|aV[RLF]|V\d)\b)")
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['’][a-z]+)?|[,().;:!?]")


@dataclass(frozen=True)
class Word:
    """A word that carries meaning.

    Attributes:
        key: what it is compared by: a stem, a lead, or a quantity ('#120 ms').
        denied: how many denials of its clause reach it. hedged: whether a hedge does.
        part, clause: number of the part (to a full stop, 'but') and of the clause it is in.
        text: as written. quantity: for numbers.
    """

    key: str
    denied: int
    hedged: bool
    part: int
    clause: int
    text: str
    quantity: Quantity | None = None


def plain(text: str) -> str:
    """One line of `text`: no control characters, no look-alike digits, dashes and quotes."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[‐‑‒–—−]", "-", text.replace("\u2018", "'").replace("\u2019", "'"))
    kept = (
        c if c.isprintable() else " " for c in text.replace("\u201c", '"').replace("\u201d", '"')
    )
    return " ".join("".join(kept).split())


def read_words(text: str) -> tuple[Word, ...]:
    """The words of `text` that carry meaning, in order; `text` as `plain` returns it."""
    text = _LEAD_RANGE.sub(_spell_leads, _LEAD_WORD.sub("", text))
    reader = _Reader()
    numbers = quantities(text)
    position = 0
    for number in (*numbers, None):
        end = number.start if number else len(text)
        for match in _TOKEN.finditer(text, position, end):
            reader.take(match.group())
        if number:
            reader.number(number, text[number.start : number.end])
            position = number.end
    return tuple(reader.words)


def stem(word: str) -> str:
    """`word` without ending, British and American spelling alike."""
    word = word.lower().removesuffix("'s")
    if len(word) <= 3:
        return word
    word = _SAME.get(word, word)
    word = word.replace("ae", "e").replace("oe", "e").replace("isation", "ization")
    for ending in _ENDINGS:
        cut = word.removesuffix(ending)
        if cut != word and len(cut) >= 3 and not word.endswith("ss"):
            word = cut + ("y" if ending == "ies" else "")
            break
    doubled = len(word) > 4 and word[-1] == word[-2] and word[-1] in "pntgm"
    return word[:-1] if doubled else word.removesuffix("e")


def denies(text: str) -> bool:
    """Whether `text` holds any word of denial."""
    words = {match.group().lower() for match in _TOKEN.finditer(text)}
    return bool(words & (_DENY | _DENY_BEFORE | _DENY_AND_SAY)) or "n't" in text


def _spell_leads(match: re.Match[str]) -> str:
    first, last = int(match.group(1)), int(match.group(2))
    return " ".join(f"V{k}" for k in range(first, last + 1)) or match.group()


class _Reader:
    """Takes words and marks in order and keeps how far denials and hedges reach."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._part = self._clause = 0
        self._denials: list[int] = []  # words that each of them still reaches
        self._hedged = 0

    def take(self, token: str) -> None:
        """Take a word or a mark."""
        low = token.lower()
        if not token[0].isalpha():
            self._end(token in _PART_MARKS)
        elif low in _ENDS_CLAUSE:
            self._end(low in _ENDS_PART)
        elif low in _DENY or low.endswith("n't"):
            self._denials.append(_SCOPE)
        elif low in _HEDGE:
            self._hedged = _SCOPE
        elif low in _DENY_BEFORE:
            self._deny_before()
        elif low not in NEUTRAL:
            self._add(word_key(token), token)
            self._denials += [_SCOPE] if low in _DENY_AND_SAY else []
            self._hedged = _SCOPE if low in _HEDGE_AND_SAY else self._hedged

    def number(self, number: Quantity, text: str) -> None:
        """Take a quantity."""
        self._add("#{:g}-{:g} {} {}".format(*number.value), text, number)

    def _add(self, key: str, text: str, number: Quantity | None = None) -> None:
        denied, hedged = len(self._denials), self._hedged > 0
        self.words.append(Word(key, denied, hedged, self._part, self._clause, text, number))
        self._denials = [left - 1 for left in self._denials if left > 1]
        self._hedged = max(self._hedged - 1, 0)

    def _deny_before(self) -> None:
        self.words = [
            replace(word, denied=word.denied + 1) if word.clause == self._clause else word
            for word in self.words
        ]

    def _end(self, of_part: bool) -> None:
        if _SCOPE in self._denials:  # '19% were not;': it reaches no word, so it stands itself
            self._denials = []
            self._add(_BARE_DENIAL, "not")
        self._denials, self._hedged = [], 0
        self._clause += 1
        self._part += of_part


def word_key(word: str) -> str:
    """What `word` is compared by: leads and waves keep their letters, others their stem."""
    return word.lower() if len(word) <= 3 else stem(word)


def pairs(words: Sequence[Word], reach: int) -> set[tuple[str, str]]:
    """All (a, b) of which b follows a within `reach` words of the same part."""
    return {
        (word.key, other.key)
        for k, word in enumerate(words)
        for other in words[k + 1 : k + 1 + reach]
        if other.part == word.part
    }
