"""Which cases a typed search finds."""

from typing import Any

from sediff.cases.case import CaseHead
from sediff.findings import FINDINGS
from sediff.findings.registry import find


def words_of(case: Any) -> str:
    """The texts of a case, or of a row of it, in one line to search in."""
    return " ".join((case.history, case.question, case.answer, *case.teaching))


def matches(text: str, head: CaseHead, words: str) -> bool:
    """Whether a search finds a case.

    Args:
        text: as typed. It fits when each of its words occurs anywhere in the case, or when it is
            a name or synonym of one of its findings ('AFib', 'Vorhofflimmern').
        words: `words_of` the case.
    """
    asked = text.casefold().split()
    if not asked:
        return True
    named = find(text)
    ids = [finding.partition(":")[0] for finding in head.findings]
    if named is not None and named.id in ids:
        return True
    names = [FINDINGS[id].name for id in ids if id in FINDINGS]
    whole = " ".join((head.title, head.family, *head.tags, *names, words)).casefold()
    return all(word in whole for word in asked)
