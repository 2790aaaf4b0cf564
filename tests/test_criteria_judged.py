"""The criteria of old infarction, LBBB and low voltage, and how statements judge them."""

from collections.abc import Mapping

import numpy as np
import pytest

from sediff.criteria import Subject, judge
from sediff.criteria import minnesota as codes
from sediff.evaluation.criteria import met_in_any_form, row_of
from sediff.evaluation.criteria_notes import KIN, REMARKS
from sediff.findings import FINDINGS
from sediff.leads import LEADS
from sediff.measure.values import LeadWaves
from sediff.pipeline import plan
from sediff.spec import Request
from tests.test_chambers import subject  # noqa: F401
