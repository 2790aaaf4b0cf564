"""Premature beats and the patterns they form."""

from sediff.findings.finding import Finding

ECTOPY = (
)
