"""What must not come up: what the query denies, its forms, and the twins of what it names."""

from collections.abc import Collection
from functools import lru_cache

from sediff.experience.words import split
from sediff.findings import FINDINGS
from sediff.findings.matching import PATTERNS
from sediff.findings.meaning import word_set

_SIDES = tuple(
    word_set(words)
    for words in (
        "left right",
        "anterior inferior posterior lateral septal",
        "first second third",
        "long short prolonged",
        "high low",
        "infarct stemi",
    )
)
_OPPOSED = (word_set("left right"), word_set("first second third"), word_set("anterior inferior"))
_OLD, _ACUTE = word_set("old alt alter alte healed remote"), word_set("acute akut akuter stemi")
_NAMES = {id: frozenset(split(finding.name)) for id, finding in FINDINGS.items()}


def barred(
    denied: frozenset[str], other_side: frozenset[str], named: Collection[str], sure: bool
) -> frozenset[str]:
    """What must not come up: all that is denied, and its kin unless the query names it.

    Where it is not `sure` what is meant instead, twins of what is denied stay: one may be meant.
    """
    kin = frozenset(other for id in denied for other in (_kin(id) if sure else _forms(id)))
    return (kin | other_side) - set(named) | denied


def opposed(clinical: str, named: Collection[str]) -> frozenset[str]:
    """Twins of what is named, and findings of the other side or stage than the words say."""
    words = set(split(clinical))
    twins = {
        PATTERNS[turned][0]
        for id in named
        for row in _word_sets()[id]
        for _, turned in turned_sets(row)
    }
    for group in _OPPOSED:
        if len(said := words & group) == 1:
            other = group - said
            twins |= {id for id, name in _NAMES.items() if name & other and not name & said}
    if words & _OLD and not words & _ACUTE:
        twins |= {id for id in FINDINGS if "stemi" in id}
    if words & _ACUTE and not words & _OLD:
        twins |= {id for id in FINDINGS if id.endswith("_mi")}
    return frozenset(twins)


def alike(id: str, other: str) -> bool:
    """Whether one word of the name tells them apart: Mobitz I and II, hypo- and hyperkalaemia."""
    mine, theirs = FINDINGS[id].name.split(), FINDINGS[other].name.split()
    if len(mine) != len(theirs):
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    prefixed = any(a.replace("hypo", "hyper") == b.replace("hypo", "hyper") for a, b in unlike)
    return len(unlike) == 1 and (prefixed or (len(mine) > 1 and mine[-1] == theirs[-1]))


def turned_sets(words: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """Word sets of the vocabulary with one side or degree exchanged, and what came in."""
    return [
        (new, turned)
        for group in _SIDES
        for old in words & group
        for new in group - {old}
        if (turned := words - {old} | {new}) in PATTERNS
    ]


@lru_cache(maxsize=512)
def _forms(id: str) -> frozenset[str]:
    """A finding, and those that are a form of it."""
    of = _word_sets()
    forms = {
        other
        for other, sets in of.items()
        if any(mine < theirs for mine in of[id] for theirs in sets)
    }
    implying = {finding.id for finding in FINDINGS.values() if id in finding.implies}
    return frozenset(forms | implying | {id})


@lru_cache(maxsize=512)
def _kin(id: str) -> frozenset[str]:
    """What must not come up where `id` is denied: its forms and what is mistaken for it."""
    twins = {PATTERNS[turned][0] for words in _word_sets()[id] for _, turned in turned_sets(words)}
    return _forms(id) | twins | set(FINDINGS[id].mimics)


@lru_cache(maxsize=1)
def _word_sets() -> dict[str, list[frozenset[str]]]:
    """Finding -> the word sets that state it, without single letters and 'normal'."""
    result: dict[str, list[frozenset[str]]] = {id: [] for id in FINDINGS}
    for words, (id, _) in PATTERNS.items():
        if not words & {"normal", "ecg"}:
            result[id].append(words)
    return result
