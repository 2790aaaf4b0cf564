"""Imports every module that has a table, so that a new database gets them all."""

from sediff.cases import quiz_sets, rows, scores
from sediff.reading import rows as reading_rows

__all__ = ["quiz_sets", "reading_rows", "rows", "scores"]
