"""In which order snippets of several findings come.

Where a query names one finding surely and is wholly understood, the list stays with it. Else
the first places go to different findings, so that the right one is among them more often.
"""

from collections.abc import Iterator, Mapping, Sequence

from sediff.experience.asked import Asked
from sediff.experience.barring import alike

_ALL_READ, _SURE = 0.99, 0.8
_PLACES = 3  # first places that go to different findings
_NEXT, _NEXT_UNSURE = (
    0.6,
    0.35,
)  # what each further snippet of a finding counts against the one before
_BESIDE = 0.1  # findings less sure than this share of the best one are not shown beside it
_HEDGE = 0.05  # share of that from which a finding may fill the first places


def settled(asked: Asked) -> bool:
    """Whether the query names one finding surely and every word of it is understood."""
    named = list(asked.named.values())
    return asked.known > _ALL_READ and len(named) == 1 and named[0].certainty >= _SURE


def shown(ranked: Sequence[tuple[str, float]], asked: Asked) -> list[tuple[str, float]]:
    """Of (finding, how sure), the surest first, those that are worth showing.

    Where the query is not understood, less sure findings fill the first places; twins of what
    it names or denies do not.
    """
    least = ranked[0][1] * _BESIDE if ranked else 0.0
    sure = [(id, share) for id, share in ranked if share >= least]
    if settled(asked) or len(sure) >= _PLACES:
        return sure
    others = [
        (id, share)
        for id, share in ranked[len(sure) :]
        if share >= least * _HEDGE
        and not any(alike(id, other) for other in {*asked.named, *asked.denied})
    ]
    return sure + others[: _PLACES - len(sure)]


def ordered(
    findings: Sequence[tuple[str, float]], rows: Mapping[str, Sequence[int]], asked: Asked
) -> Iterator[tuple[int, float]]:
    """(row, score) of the snippets; scores never rise.

    Args:
        findings: with how sure each is, the surest first.
        rows: finding -> its snippets, the best first.
        asked: the query.
    """
    apart = _PLACES if not settled(asked) else 1
    further = _NEXT if asked.known > _ALL_READ else _NEXT_UNSURE
    hits = [
        (n == 0 and place < apart, sure * further**n, row)
        for place, (id, sure) in enumerate(findings)
        for n, row in enumerate(rows[id])
    ]
    hits.sort(key=lambda hit: (not hit[0], -hit[1]))
    lowest = 1.0
    for _, score, row in hits:
        lowest = min(lowest, score)
        yield row, lowest
