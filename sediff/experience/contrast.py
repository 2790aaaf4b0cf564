"""'Left rather than right atrial enlargement': what is meant and what is not, each written out.

People leave out the words that both have in common. Each part that names nothing alone is put
in place of some words of the other one, the fewest that make it a finding.
"""

import re
from collections.abc import Callable

_AGAINST = re.compile(
    r"[ ,]*(?<!\w)(?:(?:but|and|und|aber) )?(?:"
    r"rather th[ae]n|instead of|in place of|(?:as )?opposed to|in contrast to|contrary to|unlike"
    r"|an?statt|statt|anstelle(?: von)?|eher als|excluding|except(?: for)?|not|nicht)(?!\w)"
    r"(?! (?:only|just|nur|enough|mehr|yet))[ ,]*"
)
CONTRASTS = frozenset({"rather", "instead", "opposed"})  # words that people misspell
_OR = re.compile(r"[ ,]*(?<!\w)(?:or|oder|vs\.?|versus|from|von|gegen)(?!\w)[ ,]*")
_CLAUSE = re.compile(r"[.;!?\n]+(?!\d)")
_ENDS = re.compile(r"[,()]| (?:but|aber|sondern)(?!\w)")
_MOST_WORDS = 10  # of a part that is written out: it bounds the work

# text -> the findings that the reader sees stated in it
Reads = Callable[[str], frozenset[str]]


def parted(text: str, reads: Reads) -> tuple[str, frozenset[str]]:
    """Tell what a contrast means from what it excludes.

    Args:
        text: folded, in the words of the vocabulary.
        reads: what the reader finds in a text.

    Returns:
        The text without what is excluded, and the findings that are. Where one of the parts
        names nothing: the text with 'not' for the words of contrast, and no finding.
    """
    against = _AGAINST.search(text)
    if against is None:
        return _both_written_out(text, reads), frozenset()
    before, left = _last_clause(text[: against.start()])
    right, after = _first_part(text[against.end() :])
    if not left.strip():  # 'not first but second degree AV block'
        left, after = _ENDS.sub(" ", after, count=1).strip(), ""
    elif after.startswith(",") and not reads(left) and not reads(right):
        right, after = f"{right} {after[1:].strip()}", ""  # 'lateral, not inferior, ischaemia'
    meant, excluded = _written_out(left, right, reads), _written_out(right, left, reads)
    denied = reads(excluded) - reads(meant)
    if not denied or not reads(meant):
        return f"{text[: against.start()]}, not {text[against.end() :]}".lstrip(", "), frozenset()
    return " ".join(f"{before} {meant} {after}".split()), denied


def _both_written_out(text: str, reads: Reads) -> str:
    """'Left or right bundle branch block' with both of them in full."""
    between = _OR.search(text)
    if between is None:
        return text
    before, left = _last_clause(text[: between.start()])
    right, after = _first_part(text[between.end() :])
    first, second = _written_out(left, right, reads), _written_out(right, left, reads)
    if (first, second) == (left, right):
        return text
    return " ".join(f"{before} {first}, or {second} {after}".split())


def _last_clause(text: str) -> tuple[str, str]:
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    cut = ends[-1] if ends else 0
    return text[:cut], text[cut:]


def _first_part(text: str) -> tuple[str, str]:
    ends = [match.start() for pattern in (_CLAUSE, _ENDS) if (match := pattern.search(text))]
    cut = min(ends, default=len(text))
    return text[:cut], text[cut:]


def _written_out(part: str, other: str, reads: Reads) -> str:
    """`part`, completed by the words of `other` where it names nothing alone."""
    words = other.split()
    if not part.strip() or len(words) > _MOST_WORDS or reads(part):
        return part
    theirs = reads(other)
    for size in range(1, len(words)) if theirs else ():
        for start in range(len(words) - size + 1):
            whole = " ".join([*words[:start], part.strip(), *words[start + size :]])
            found = reads(whole)
            if found and found.isdisjoint(theirs):
                return whole
    return part
