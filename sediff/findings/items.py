"""Tokens -> items: what each stretch of a report means, lead lists folded to a territory."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sediff.findings.lexicon import LEXICON, LONGEST_PHRASE
from sediff.findings.meaning import Meaning, word_set
from sediff.findings.numbers import Numbers
from sediff.findings.tokens import Token, word_meaning
from sediff.leads import LEADS, canonical_lead

COMMA, LINE, STOP = 1, 2, 3  # how much a mark separates
_MARKS = {
    ",": COMMA, "(": COMMA, ")": COMMA, ":": COMMA, "[": COMMA, "]": COMMA,
    "\n": LINE, "•": LINE, ".": STOP, ";": STOP, "!": STOP,
}  # fmt: skip
_JOINS = frozenset("/&+")
_PLAIN_MARKS = "\u2190"  # beyond it stand pictures, not punctuation
_ABBREVIATED = word_set(
    "ca kompl inkompl unvollst ventr supraventr intraventr ant inf neg chron v a path moegl "
    "bds dr resp approx vs freq lat post unbest el z n evtl zt dd ggf u linksventr "
    "rechtsventr"
)
_LEAD_SEPARATORS = word_set(", and & + / und och")
_RANGE = word_set("- to bis through thru")
_EXCHANGED = word_set("swap swapped vertauscht")
_ASKS_FOR_LEAD = word_set("in lead leads ableitung ableitungen avledning")


@dataclass(frozen=True)
class Item:
    """A stretch of the report that means one thing.

    Attributes:
        kind: a kind of `Meaning`, 'mark', 'amount' or 'unknown'.
        start, end: characters of the report.
        concepts: what it stands for; certainty, back: of a cue.
        level: of a mark: COMMA, LINE or STOP.
        leads: the leads it lists.
        amount_mv: ST amount.
        degree: how strongly a finding is there ('mild', 'severe'), 1 where it says nothing.
        names_number: it stands before a number as its name ('rate', 'PR').
    """

    kind: str
    start: int = 0
    end: int = 0
    concepts: tuple[str, ...] = ()
    certainty: float = 1.0
    back: bool = False
    level: int = 0
    leads: tuple[str, ...] = ()
    amount_mv: float = 0.0
    degree: float = 1.0
    names_number: bool = False


_Read = tuple[Item, int]  # an item still without its place, and how many tokens it takes


def build_items(tokens: Sequence[Token], numbers: Numbers) -> list[Item]:
    """Give every token its meaning: explained numbers, leads, longest phrases, words, marks."""
    kept = [i for i in range(len(tokens)) if not _is_hyphen(tokens, i)]
    texts = [tokens[i].text for i in kept]
    explained = {k for k, i in enumerate(kept) if i in numbers.consumed}
    amounts = {k: numbers.amounts[i] for k, i in enumerate(kept) if i in numbers.amounts}
    keys = {k for k, i in enumerate(kept) if i in numbers.keys}
    items, k = [], 0
    while k < len(kept):
        item, length = (
            _explained(k, amounts, explained)
            or _leads(texts, k, explained)
            or _phrase(texts, k, explained)
            or _single(texts, k, tokens[kept[k]])
        )
        start, end = tokens[kept[k]].start, tokens[kept[k + length - 1]].end
        items.append(replace(item, start=start, end=end, names_number=k in keys))
        k += length
    return _aim_question_marks(items, tokens)


def _is_hyphen(tokens: Sequence[Token], i: int) -> bool:
    """A hyphen that joins or separates words; those of ranges and minus signs stay."""
    if tokens[i].text != "-":
        return False
    around = [tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return not any(token.text[-1].isdigit() for token in around)


def _explained(k: int, amounts: dict[int, float], explained: set[int]) -> _Read | None:
    if k in amounts:
        return Item("amount", amount_mv=amounts[k]), 2
    return (Item("quiet"), 1) if k in explained else None


def _phrase(texts: list[str], k: int, explained: set[int]) -> _Read | None:
    for length in range(min(LONGEST_PHRASE, len(texts) - k), 1, -1):
        meaning = LEXICON.get(tuple(texts[k : k + length]))
        if meaning and explained.isdisjoint(range(k, k + length)):
            return _meant(meaning), length
    return None


def _single(texts: list[str], k: int, token: Token) -> _Read:
    if not token.is_word and not token.is_number:
        return _mark(texts, k), 1
    meaning = word_meaning(token.text) if token.is_word else LEXICON.get((token.text,))
    if meaning is not None:
        return _meant(meaning), 1
    return Item("unknown"), 1


def _meant(meaning: Meaning) -> Item:
    return Item(
        meaning.kind, 0, 0, meaning.concepts, meaning.certainty, meaning.back,
        degree=meaning.degree,
    )  # fmt: skip


def _mark(texts: list[str], k: int) -> Item:
    mark = texts[k]
    if mark == "?":
        return Item("hedge", certainty=0.5, back=True)
    if mark in _JOINS:
        return Item("join")
    if mark == "." and k and texts[k - 1] in _ABBREVIATED and texts[k + 1 : k + 2] != ["\n"]:
        return Item("quiet")
    if mark in _MARKS:
        return Item("mark", level=_MARKS[mark])
    if not mark.strip():
        return Item("mark", level=STOP)  # an empty line
    return Item("unknown" if mark > _PLAIN_MARKS else "quiet")


def _aim_question_marks(items: list[Item], tokens: Sequence[Token]) -> list[Item]:
    """'?LVH' asks for what follows, 'LVH?' for what stands before."""
    marks = {t.start for t in tokens if t.text == "?"}
    starts, ends = {t.start for t in tokens if t.is_word}, {t.end for t in tokens}
    return [
        replace(item, back=False)
        if item.start in marks and item.end in starts and item.start not in ends
        else item
        for item in items
    ]


def _leads(texts: list[str], k: int, explained: AbstractSet[int]) -> _Read | None:
    """Fold 'II, III and aVF', 'V2-V4', 'V4,5,6' into one item with its territory."""
    found: list[str] = []
    end = k
    while (step := _next_lead(texts, end, found, explained)) is not None:
        names, end = step
        found += [name for name in names if name not in found]
    if not found or (found == ["I"] and not set(texts[max(k - 1, 0) : k]) & _ASKS_FOR_LEAD):
        return None
    place = _pair(found, {*texts[max(k - 3, 0) : k], *texts[end : end + 3]}) or territory(found)
    item = Item("concepts", concepts=(place,)) if place else Item("quiet")
    return replace(item, leads=tuple(found)), end - k


def _pair(found: Sequence[str], near: AbstractSet[str]) -> str:
    """'v1v2' where two chest leads are said to be exchanged, else ''."""
    exchanged = len(found) == 2 and bool(near & _EXCHANGED)
    return "".join(found).lower() if exchanged and {lead[0] for lead in found} == {"V"} else ""


def _next_lead(texts: list[str], k: int, found: list[str], explained: AbstractSet[int]):
    """The lead or range of leads at `k`, after a separator if some were found before."""
    ranged = False
    while found and k < len(texts) and texts[k] in _LEAD_SEPARATORS | _RANGE:
        ranged |= texts[k] in _RANGE
        k += 1
    if k >= len(texts) or k in explained:
        return None
    name = canonical_lead(texts[k])
    if name is None and found and found[-1][0] == "V" and texts[k] in "123456":
        name = f"V{texts[k]}"
    if name is None or (found and not ranged and texts[k].isdigit() and texts[k - 1] == "-"):
        return None
    if ranged and found[-1][0] == name[0] == "V":
        return LEADS[LEADS.index(found[-1]) : LEADS.index(name) + 1], k + 1
    return (name,), k + 1


def territory(leads: Sequence[str]) -> str | None:
    """Return the wall that the leads look at, a word of `TERRITORIES`; None for aVR alone."""
    seen = set(leads)
    inferior = seen & {"II", "III", "aVF"}
    anterior = seen & {"V1", "V2", "V3", "V4"}
    lateral = seen & {"I", "aVL", "V5", "V6"}
    if inferior == {"II"} and (lateral or anterior):
        inferior = set()  # lead II goes with the lateral leads as often as with the inferior
    if inferior:
        if anterior - {"V4"}:
            return "widespread"
        return "inferolateral" if lateral or anterior else "inferior"
    if anterior and lateral:
        return "lateral" if anterior == {"V4"} else "anterolateral"
    if anterior:
        if seen <= {"V1", "V2"} and "V1" in seen:
            return "septal"
        return "anteroseptal" if "V1" in seen else "anterior"
    if lateral:
        return "highlateral" if lateral <= {"I", "aVL"} else "lateral"
    return None
