"""Text -> tokens -> what each word means: folding, German compounds, endings, misspellings."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sediff.findings.lexicon import LEXICON
from sediff.findings.meaning import Meaning, word_set

_TOKEN = re.compile(
    r"\d+\.\d+|0,\d+|\d+,\d+(?=\s*(?:mm|mv|sek?\b|sec|s\b))|\d+"  # 1,5 mm but V4,5
    r"|v[1-6](?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)?|\n\s*\n|\n|[^\w\s]|_",
    re.IGNORECASE,
)
# Umlauts as typed, as PTB-XL spells them and as they look after a wrong decoding.
_FOLDS = {
    "ã¤": "ae", "ã¶": "oe", "ã¼": "ue", "ãÿ": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss",
    "å": "a", "é": "e", "’": "'", "–": "-", "—": "-", "−": "-", "º": "°", "æ": "ae", "ø": "oe",
}  # fmt: skip
_ENDINGS = {
    "es": 3,
    "en": 3,
    "er": 3,
    "em": 3,
    "e": 3,
    "s": 2,
    "n": 3,
    "ar": 4,
    "t": 6,
}  # shortest stem
_LONGEST_WORD = 40  # nothing longer is a word; it bounds the work on pasted rubbish
_MISSPELT_FROM = 6  # shorter words have too many neighbours to be corrected safely
# Words of their own that stand one letter from a word of the vocabulary.
_NOT_MISSPELT = word_set("literal interior flutters normals session possibly letter")


@dataclass(frozen=True)
class Token:
    """A word, number or mark: `text` folded, `start` and `end` in the original report."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it starts with a digit."""
        return self.text[0].isdigit()

    @property
    def is_word(self) -> bool:
        """Whether it starts with a letter."""
        return self.text[0].isalpha()

    @property
    def value(self) -> float:
        """The number, decimal comma or point."""
        return float(self.text.replace(",", "."))


def fold(text: str) -> str:
    """Lower-case `text` and write umlauts as ae, oe, ue, ss."""
    text = text.lower()
    if text.isascii():
        return text
    for mark, plain in _FOLDS.items():
        text = text.replace(mark, plain)
    return text


def tokenize(text: str) -> list[Token]:
    """Split `text` into words, numbers, marks and line ends; blanks fall away."""
    return [
        Token(fold(match.group()) if match.group().strip() else match.group(), *match.span())
        for match in _TOKEN.finditer(text)
    ]


@lru_cache(maxsize=8192)
def word_meaning(word: str) -> Meaning | None:
    """What one folded word means: as it stands, inflected, compound or misspelt; None: unknown."""
    if len(word) > _LONGEST_WORD:
        return None
    return _inflected(word) or _compound(word) or _respelt(word)


def _inflected(word: str) -> Meaning | None:
    if (word,) in LEXICON:
        return LEXICON[(word,)]
    for ending, shortest in _ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= shortest and (stem,) in LEXICON:
            return LEXICON[(stem,)]
    return None


def _compound(word: str, shortest: int = 4) -> Meaning | None:
    """'Linksschenkelblock' means what 'links', 'schenkel' and 'block' mean."""
    for cut in range(len(word) - shortest, shortest - 1, -1):
        head = LEXICON.get((word[:cut],))
        if head is None or head.kind not in ("concepts", "quiet"):
            continue
        tail = _inflected(word[cut:]) or _compound(word[cut:])
        if tail is not None and tail.kind in ("concepts", "quiet"):
            both = head.concepts + tail.concepts
            return Meaning("concepts", both) if both else tail
    return None


def _respelt(word: str) -> Meaning | None:
    """The meaning of the words one typing error away, if they all mean the same."""
    if len(word) < _MISSPELT_FROM or word in _NOT_MISSPELT or not word.isalpha():
        return None
    near = {
        known
        for form in _deletions(word)
        for known in _NEIGHBOURS.get(form, ())
        if known[0] == word[0] and _one_error(word, known)
    }
    meanings = {LEXICON[(known,)] for known in near}
    return meanings.pop() if len(meanings) == 1 else None


def _deletions(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_error(a: str, b: str) -> bool:
    """Whether one letter inserted, left out, changed or swapped with the next turns a into b."""
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:] or bool(swapped)


def _neighbours() -> dict[str, set[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for phrase in LEXICON:
        if len(phrase) == 1 and len(phrase[0]) >= _MISSPELT_FROM:
            for form in _deletions(phrase[0]):
                index[form].add(phrase[0])
    return dict(index)


_NEIGHBOURS = _neighbours()
