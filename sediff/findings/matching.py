"""Items -> findings: word sets of the vocabulary, in any order, within one sentence.

The largest set wins, then the natural order, then the tightest; a word is used once. Nothing but
words without effect may stand between the words of a finding, so 'left axis, bundle branch block'
is no left bundle branch block.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sediff.findings.finding import Finding, Stage
from sediff.findings.items import STOP, Item, build_items
from sediff.findings.meaning import TERRITORIES
from sediff.findings.numbers import Numbers
from sediff.findings.registry import FINDINGS
from sediff.findings.tokens import tokenize

_MOST_WORDS = 8  # of one finding
_MOST_QUIET = 6  # between its words
_CLASSES = tuple(
    frozenset(words)
    for words in (
        TERRITORIES,
        ("left", "right"),
        ("elevation", "depression"),
        ("inversion", "flat", "low"),
    )
)
_PLACES = {"highlateral": "high lateral"}


@dataclass(frozen=True, eq=False)
class Match:
    """A finding read: `first` and `last` are indexes of items, `used` those that state it."""

    id: str
    stage: str
    first: int
    last: int
    used: frozenset[int]
    concepts: frozenset[str]


@dataclass(frozen=True)
class _Candidate:
    match: Match
    key: tuple


def phrase_concepts(phrase: str) -> tuple[str, ...] | None:
    """Return the concepts of a vocabulary phrase in their order; None: a word is unknown."""
    items = build_items(tokenize(phrase), Numbers())
    if any(item.kind == "unknown" for item in items):
        return None
    return tuple(concept for item in items for concept in item.concepts)


def _orders(finding: Finding | Stage) -> Iterator[tuple[str, ...]]:
    for phrase in finding.phrases:
        places = [""]
        if "*" in phrase:
            places += [_PLACES.get(place, place) for place in TERRITORIES]
        for place in places:
            order = phrase_concepts(phrase.replace("*", place))
            if order:
                yield order


def _compile() -> tuple[dict[frozenset[str], tuple[str, str]], set[tuple[str, ...]]]:
    """Word set -> (id, stage) of what it states, and the natural orders of words."""
    sets: dict[frozenset[str], tuple[str, str]] = {}
    orders: set[tuple[str, ...]] = set()
    for finding in FINDINGS.values():
        for form in (finding, *finding.stages):
            stage = form.id if isinstance(form, Stage) else ""
            for order in _orders(form):
                sets.setdefault(frozenset(order), (finding.id, stage))
                orders.add(order)
    return sets, orders


PATTERNS, _ORDERS = _compile()


def match_findings(items: Sequence[Item]) -> list[Match]:
    """Return the findings that the items state, in the order of the report."""
    taken: dict[int, Match] = {}
    candidates = sorted(_candidates(items), key=lambda c: c.key)
    for single in (False, True):  # a lone word first gets the chance to make another more exact
        for candidate in candidates:
            match = candidate.match
            if (len(match.concepts) == 1) == single and not any(k in taken for k in match.used):
                taken.update(dict.fromkeys(match.used, match))
        for match in dict.fromkeys(taken.values()):
            _grow(match, items, taken)
    _share_heads(items, taken)
    return sorted(dict.fromkeys(taken.values()), key=lambda match: (match.first, match.last))


def _candidates(items: Sequence[Item]) -> Iterator[_Candidate]:
    for first, item in enumerate(items):
        if item.kind == "concepts":
            yield from _runs(items, first)


def _runs(items: Sequence[Item], first: int) -> Iterator[_Candidate]:
    """The findings whose words start at item `first`."""
    order: list[str] = []
    used: list[int] = []
    crosses, quiet = False, 0
    for k in range(first, len(items)):
        item = items[k]
        if item.kind == "concepts":
            before = len(set(order))
            order += item.concepts
            used.append(k)
            words = frozenset(order)
            if len(words) > before and words in PATTERNS:
                match = Match(*PATTERNS[words], first, k, frozenset(used), words)
                natural = tuple(order) in _ORDERS
                size = len(words)
                key = (crosses, -size, not natural, k - first, first)
                yield _Candidate(match, key)
        elif item.kind == "join" or (item.kind == "mark" and item.level < STOP):
            crosses = True
        elif item.kind in ("quiet", "amount", "affirmation"):
            quiet += 1
        else:
            return
        if len(used) >= _MOST_WORDS or quiet > _MOST_QUIET:
            return


def _grow(match: Match, items: Sequence[Item], taken: dict[int, Match]) -> None:
    """Let a finding take free neighbours that make it more exact ('LBBB, incomplete')."""
    while True:
        for k in _neighbours(match, items):
            words = match.concepts | frozenset(items[k].concepts)
            if k not in taken and words != match.concepts and words in PATTERNS:
                used = match.used | {k}
                match = Match(*PATTERNS[words], min(used), max(used), used, words)
                taken.update(dict.fromkeys(used, match))
                break
        else:
            break
    _take_repeated(match, items, taken)


def _take_repeated(match: Match, items: Sequence[Item], taken: dict[int, Match]) -> None:
    """Let a finding take free neighbours that only repeat it: 'left bundle' + 'branch'."""
    for k in _neighbours(match, items):
        repeats = match.concepts.issuperset(items[k].concepts)
        if k not in taken and repeats and not _joined(items, k, match):
            match = dataclasses.replace(match, used=match.used | {k})
            taken.update(dict.fromkeys(match.used, match))


def _neighbours(match: Match, items: Sequence[Item]) -> Iterator[int]:
    """The next items with concepts before and after a match, in the same sentence."""
    for step, k in ((-1, match.first - 1), (1, match.last + 1)):
        while 0 <= k < len(items) and _passable(items[k]):
            k += step
        if 0 <= k < len(items) and items[k].kind == "concepts":
            yield k


def _passable(item: Item) -> bool:
    separates = item.kind == "mark" and item.level >= STOP
    return item.kind in ("quiet", "join", "amount", "mark", "affirmation") and not separates


def _share_heads(items: Sequence[Item], taken: dict[int, Match]) -> None:
    """'Inferior and anterior infarct': the free 'inferior' shares the head of its neighbour."""
    for match in dict.fromkeys(taken.values()):
        for k in _neighbours(match, items):
            if k in taken or not _joined(items, k, match):
                continue
            words = _swapped(match.concepts, items[k].concepts)
            if words in PATTERNS:
                taken[k] = Match(*PATTERNS[words], k, k, frozenset({k}), words)


def _joined(items: Sequence[Item], k: int, match: Match) -> bool:
    low, high = (k, match.first) if k < match.first else (match.last, k)
    return any(item.kind == "join" or item.level for item in items[low:high])


def _swapped(concepts: frozenset[str], new: tuple[str, ...]) -> frozenset[str]:
    """`concepts` with the territory or side replaced by that of `new`."""
    for group in _CLASSES:
        if len(new) == 1 and new[0] in group and len(concepts & group) == 1:
            return (concepts - group) | set(new)
    return frozenset()
