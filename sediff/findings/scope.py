"""Which findings a negation or a hedge is about."""

from collections.abc import Mapping, Sequence

from sediff.findings.items import COMMA, LINE, STOP, Item
from sediff.findings.matching import Match
from sediff.findings.registry import FINDINGS

# A list after 'no' does not go on with the rhythm or a normal value: 'no P waves, AF'.
_ENDS_LIST = frozenset({"rhythm", "normal", "axis"})
Edges = Mapping[int, Match]
_TRANSPARENT = frozenset({"affirmation", "quiet", "join", "amount", "concepts", "unknown"})


def negated(items: Sequence[Item], matches: Sequence[Match]) -> set[Match]:
    """Return the matches that the report denies."""
    result: set[Match] = set()
    starts, ends = _edges(matches)
    for k, item in enumerate(items):
        if item.kind == "negation":
            result |= _before(items, ends, k) if item.back else _after(items, starts, k)
    return result


def certainties(items: Sequence[Item], matches: Sequence[Match]) -> dict[Match, float]:
    """Return the certainty of each match: the lowest of the hedges about it, else 1."""
    result = dict.fromkeys(matches, 1.0)
    edges = _edges(matches)
    for k, item in enumerate(items):
        if item.kind == "hedge":
            for match in _hedged(items, edges, k):
                result[match] = min(result[match], item.certainty)
    return result


def _edges(matches: Sequence[Match]) -> tuple[Edges, Edges]:
    """Matches by their first and by their last item."""
    return {m.first: m for m in matches}, {m.last: m for m in matches}


def _after(items: Sequence[Item], starts: Edges, k: int) -> set[Match]:
    """From 'no' to the end of the sentence, 'but', or where the list ends."""
    result: set[Match] = set()
    comma = False
    for i in range(k + 1, len(items)):
        item = items[i]
        if item.kind == "end" or (item.kind == "mark" and item.level >= STOP):
            break
        if item.kind == "negation" and not item.back:
            break  # the next 'no' has its own list
        if item.kind == "mark" and item.level == LINE and result:
            break
        comma |= item.kind == "mark" and item.level == COMMA
        match = starts.get(i)
        if match is None:
            continue
        if comma and _starts_anew(match, items, i):
            break
        result.add(match)
    return result


def _starts_anew(match: Match, items: Sequence[Item], i: int) -> bool:
    """Whether a finding after a comma starts a new statement rather than goes on with 'no ..'."""
    if items[i - 1].kind == "join":
        return False
    affirmed = items[match.last + 1 : match.last + 2]
    if affirmed and affirmed[0].kind == "affirmation":
        return True
    if items[i - 1].kind == "hedge" or FINDINGS[match.id].family in _ENDS_LIST:
        return True
    return not _list_goes_on(items, match.last)


def _list_goes_on(items: Sequence[Item], i: int) -> bool:
    """Whether an 'and' or 'or' follows in the sentence: 'no A, B or C' denies all three, while
    'no A, B' lists what is missing and then what is there."""
    for item in items[i + 1 :]:
        if item.kind in ("end", "negation") or (item.kind == "mark" and item.level >= LINE):
            return False
        if item.kind == "join":
            return True
    return False


def _before(items: Sequence[Item], ends: Edges, k: int) -> set[Match]:
    """From 'ruled out' back to the last comma."""
    result: set[Match] = set()
    for i in range(k - 1, -1, -1):
        if items[i].kind in ("end", "mark", "negation"):
            break
        if i in ends:
            result.add(ends[i])
    return result


def _hedged(items: Sequence[Item], edges: tuple[Edges, Edges], k: int) -> list[Match]:
    """The finding next to a hedge in its usual direction, else in the other one."""
    ahead = _chain(items, edges[0], k, 1)
    behind = _chain(items, edges[1], k, -1)
    first, second = (behind, ahead) if items[k].back else (ahead, behind)
    return first or second


def _chain(items: Sequence[Item], edges: Edges, k: int, step: int) -> list[Match]:
    """The nearest finding from item `k` on, and those joined to it by 'and' or 'or'."""
    result: list[Match] = []
    joined, i = False, k + step
    while 0 <= i < len(items) and items[i].kind in _TRANSPARENT:
        joined |= items[i].kind == "join"
        match = edges.get(i)
        if match is not None:
            if result and not joined:
                break
            result.append(match)
            joined, i = False, (match.last if step > 0 else match.first)
        i += step
    return result
