"""`Asked`: what a query is about, as far as the words say it: findings, denials, patient, aspect.

Three steps before the reader: misspelt words are corrected, phrases that only seem to deny
('I do not know') go, everyday words become words of the vocabulary.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sediff.experience.barring import barred, opposed, turned_sets
from sediff.experience.compounds import taken_apart
from sediff.experience.contrast import parted
from sediff.experience.everyday import in_vocabulary, spare_questions
from sediff.experience.pictures import outside_limits, pictured
from sediff.experience.shorthand import expanded, in_english
from sediff.experience.snippet import Aspect
from sediff.experience.words import CONTEXT, STOP, Speller, split, stems
from sediff.findings import FINDINGS
from sediff.findings.items import Item
from sediff.findings.matching import PATTERNS, Match
from sediff.findings.meaning import word_set
from sediff.findings.scan import scan
from sediff.findings.tokens import fold
from sediff.spec import MAX_REPORT

_ASPECTS: tuple[tuple[Aspect, str], ...] = (
    ("mimic", r"how (?:do|can|to|does)\b.*\b(?:tell|distinguish|differ\w*)\b|tell \w+ from|mistak"
     r"\w+|mimic\w*|confus\w+|differen\w+|distinguish\w*|verwechsel\w*|unterschei\w+|unterschied"
     r"|versus|\bvs\b|looks? like"),
    ("criteria", r"criteri\w+|kriteri\w+|definition|define[sd]?|cut ?-?off|threshold|limits?\b"
     r"|how (?:long|wide|tall|many)|ab wann"),
    ("next", r"what (?:next|now|to do|should)|next step|manage\w*|treat\w*|behand\w+|was tun"
     r"|further tests?|work ?-?up|abklaerung|how to proceed|should i\b|is (?:it|this) dangerous"),
    ("mechanism", r"\bwhy\b|mechanism|because|reason|warum|wieso|weshalb|mechanismus|how come"
     r"|physiology|pathophysiologie|what causes"),
    ("pitfall", r"pitfalls?|trap\b|traps\b|false|missed|careful|caveats?|fallstrick\w*|vorsicht"),
    ("effect", r"effects? of|influence of|depends? on|in (?:women|men|children|athletes)|einfluss"),
)  # fmt: skip
_CUES: tuple[tuple[Aspect, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(rf"(?:{cue})")) for aspect, cue in _ASPECTS
)
_PATIENT = re.compile(  # 78f, 66 yo, 78jährige: the reader's numbers know most others
    r"(?<!\w)(\d{1,3}) ?-?(?:y/?o|yrs?|years?(?: old)?|j(?:ahre|aehrige[rn]?)?)? ?([fmw])?(?!\w)"
)
# Only these deny a word that the reader does not know; 'not' and 'never' have other uses.
_STRICT = word_set("no without kein keine keinen keiner ohne denies excluding")
_SEXES = {"f": "female", "w": "female", "m": "male"}
_LONG_WORD = re.compile(r"[a-z]{7,40}")
_ELLIPSIS = 0.9  # certainty of 'left' in 'left, not right atrial enlargement'


@dataclass(frozen=True)
class Named:
    """A finding that the query names: how surely, at which stage, and with which words."""

    certainty: float
    stage: str
    words: str


@dataclass(frozen=True)
class Asked:
    """A query, understood as far as its words go.

    Attributes:
        plain: corrected text without what is denied. clinical: the same in the vocabulary's
            words; equal to `plain` where nothing was replaced.
        named: finding -> how it is named, in order. described: findings
            that it describes without a name. denied: findings that the query denies.
        barred: denied findings, their forms and their twins, unless named.
        terms: stems of the words that carry the meaning. known: share of these that the reader
            used (0..1).
        age, sex: of the patient, where the query says so. aspect: what it asks for; None: open.
    """

    plain: str
    clinical: str
    named: Mapping[str, Named]
    described: tuple[str, ...]
    denied: frozenset[str]
    barred: frozenset[str]
    terms: tuple[str, ...]
    known: float
    age: float | None = None
    sex: str | None = None
    aspect: Aspect | None = None


@dataclass(frozen=True)
class _Scan:
    """One reading of one text."""

    named: Mapping[str, Named]
    denied: Mapping[str, frozenset[str]]
    kept: str
    words: int
    used: int
    numbers: Mapping[str, float]
    sex: str | None
    spared: tuple[str, ...]
    other_side: frozenset[str]


def understand(query: str, speller: Speller) -> Asked:
    """Read a query of any length and characters; never raises on any text."""
    text = query[:MAX_REPORT].encode("utf-8", "replace").decode("utf-8")
    folded = _LONG_WORD.sub(_in_parts, fold(expanded(text)))
    spelt = spare_questions(speller.correct_text(folded))
    clinical, excluded = parted(in_vocabulary(in_english(spelt)), _stated)
    plain, full = _scan(clinical if excluded else spelt), _scan(clinical)
    named = dict(full.named)
    for id, said in plain.named.items():
        if not full.named:
            named[id] = said
    for id in full.spared:
        named.setdefault(id, Named(_ELLIPSIS, "", FINDINGS[id].name))
    described = tuple(id for id in pictured(full.kept) if id not in named)
    described = described or (outside_limits(full.numbers) if not named and full.words <= 1 else ())
    denied = frozenset(full.denied) | (excluded | frozenset(plain.denied)) - named.keys()
    age, sex = _patient(spelt, full)
    other = full.other_side | opposed(clinical, named)
    return Asked(
        plain=plain.kept,
        clinical=full.kept,
        named=named,
        described=described,
        denied=denied,
        barred=barred(denied, other, {*named, *described}, full.used >= full.words),
        terms=tuple(dict.fromkeys(term for term in stems(full.kept))),
        known=full.used / full.words if full.words else 0.0,
        age=age,
        sex=sex,
        aspect=next((aspect for aspect, cue in _CUES if cue.search(spelt)), None),
    )


def _in_parts(match: re.Match[str]) -> str:
    word = match.group()
    return word if _stated(word) else taken_apart(word)


@lru_cache(maxsize=1024)
def _stated(text: str) -> frozenset[str]:
    """The findings that the reader sees stated in a text, and not denied."""
    found = scan(text)
    return frozenset(match.id for match in set(found.matches) - found.denied)


def _scan(text: str) -> _Scan:
    """What `sediff.report.read` reads, and which words it used and which it denied."""
    numbers, items, matches, denied, sure = scan(text)
    gone = {k for match in denied for k in range(match.first, match.last + 1)}
    gone |= _denied_words(items, text, {k for m in matches if m not in denied for k in m.used})
    named: dict[str, Named] = {}
    for match in matches:
        if match not in denied:
            words = " ".join(text[items[match.first].start : items[match.last].end].split())
            said = Named(sure[match] * FINDINGS[match.id].certainty, match.stage, words)
            if match.id not in named or named[match.id].certainty < said.certainty:
                named[match.id] = said
    used = {k for match in matches if match not in denied for k in match.used}
    content = {k for k, item in enumerate(items) if k not in gone and _carries(item, text)} | used
    sexes = set(numbers.sexes)
    return _Scan(
        named,
        {match.id: match.concepts for match in denied},
        _without(text, items, gone),
        len(content),
        len(used),
        dict(numbers.values),
        sexes.pop() if len(sexes) == 1 else None,
        _spared(denied, items, gone),
        _other_side([match for match in matches if match not in denied], items),
    )


def _spared(denied: set[Match], items: list[Item], gone: set[int]) -> tuple[str, ...]:
    """'Left, not right atrial enlargement': the left one, whose head stands with what is denied."""
    kept = {c for k, item in enumerate(items) if k not in gone for c in item.concepts}
    found = [
        PATTERNS[words][0]
        for match in denied
        for side, words in turned_sets(match.concepts)
        if side in kept
    ]
    return tuple(dict.fromkeys(found))


def _other_side(stated: list[Match], items: list[Item]) -> frozenset[str]:
    """'Right atrial enlargement, not left': only its side is said, yet it is denied."""
    used = {k for match in stated for k in match.used}
    sides = {
        concept
        for k, item in enumerate(items)
        if item.kind == "negation" and not item.back
        for other in items[k + 1 : k + 3]
        if not used & {k + 1, k + 2}
        for concept in other.concepts
    }
    turned = {
        PATTERNS[words][0]
        for match in stated
        for side, words in turned_sets(match.concepts)
        if side in sides
    }
    exact = {match.concepts | {side} for match in stated for side in sides - match.concepts}
    return frozenset(turned | {PATTERNS[words][0] for words in exact if words in PATTERNS})


def _carries(item: Item, text: str) -> bool:
    """Whether an item is a word that a good answer must have to do with."""
    if item.kind not in ("unknown", "concepts"):
        return False
    words = split(text[item.start : item.end])
    return any(word not in STOP and word not in CONTEXT for word in words)


def _denied_words(items: list[Item], text: str, stated: set[int]) -> set[int]:
    """'no', and the words that follow it up to a mark, 'and', 'but' or a finding that is there."""
    gone: set[int] = set()
    for k, item in enumerate(items):
        if item.kind != "negation":
            continue
        gone.add(k)
        if item.back or text[item.start : item.end].split()[0] not in _STRICT:
            continue
        for i in range(k + 1, len(items)):
            if i in stated or items[i].kind in ("mark", "end", "join", "negation"):
                break
            gone.add(i)
    return gone


def _without(text: str, items: list[Item], gone: set[int]) -> str:
    kept = list(text)
    for k in gone:
        kept[items[k].start : items[k].end] = " " * (items[k].end - items[k].start)
    return " ".join("".join(kept).split())


def _patient(text: str, scan: _Scan) -> tuple[float | None, str | None]:
    age, sex = scan.numbers.get("age"), scan.sex
    for match in _PATIENT.finditer(text):
        years, letter = float(match.group(1)), match.group(2)
        if letter and years <= 120:
            return (years if age is None else age), sex or _SEXES[letter]
    return age, sex
