"""Imports every module that has a table, so that a new database gets them all."""

from sediff.cases import rows

__all__ = ["rows"]
