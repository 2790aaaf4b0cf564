"""The vocabulary: one place per finding, and the reading of words against it."""

from sediff.findings.finding import Finding
from sediff.findings.registry import (
    FINDINGS,
    by_scp,
    concepts,
    conflicts,
    expand,
    find,
    scp_codes,
)

__all__ = [
    "FINDINGS",
    "Finding",
    "by_scp",
    "concepts",
    "conflicts",
    "expand",
    "find",
    "scp_codes",
]
