"""`scan`: one reading of a text, which the report reader and the search both start from."""

from typing import NamedTuple

from sediff.findings.items import Item, build_items
from sediff.findings.matching import Match, match_findings
from sediff.findings.numbers import Numbers, read_numbers
from sediff.findings.scope import certainties, negated
from sediff.findings.tokens import tokenize


class Scan(NamedTuple):
    """What a text holds, in its order: numbers, words, findings, which are denied, how sure."""

    numbers: Numbers
    items: list[Item]
    matches: list[Match]
    denied: set[Match]
    sure: dict[Match, float]


def scan(text: str) -> Scan:
    """Scan a text of any length in English or German; never raises on any text."""
    tokens = tokenize(text)
    numbers = read_numbers(tokens)
    items = build_items(tokens, numbers)
    matches = match_findings(items)
    return Scan(numbers, items, matches, negated(items, matches), certainties(items, matches))
