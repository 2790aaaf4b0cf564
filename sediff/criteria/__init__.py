"""Published ECG criteria as checks on measurements: the pattern of a name, never the disease."""

from sediff.criteria.check import Check, Criteria, Outcome, Subject
from sediff.criteria.judge import Verdict, judge, judge_all, mimicked

__all__ = ["Check", "Criteria", "Outcome", "Subject", "Verdict", "judge", "judge_all", "mimicked"]
