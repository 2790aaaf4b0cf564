"""Measurements of one ECG, or of two beside each other, row by row; no verdict of any kind."""

from dataclasses import dataclass

from sediff.explore.differences import Difference
from sediff.leads import LEADS
from sediff.measure.values import UNKNOWN, Measurements, Value

NUMBERS = (
    "heart_rate", "rr_sd_ms", "p_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg",
    "p_axis_deg", "t_axis_deg", "p_mv", "t_mv",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One row.

    Attributes:
        name: attribute of `Measurements`, or a lead.
        a: its value. b: that of the other ECG, None without one.
    """

    name: str
    a: Value
    b: Value | None = None

    @property
    def apart(self) -> float | None:
        """b - a, of an axis the shorter way round; None where one abstains or is not there."""
        return Difference(self.name, self.a, self.b or UNKNOWN).apart


def numbers(a: Measurements, b: Measurements | None = None) -> list[Reading]:
    """Rate, intervals, axes and amplitudes, those that abstain too."""
    return [
        Reading(name, getattr(a, name), None if b is None else getattr(b, name)) for name in NUMBERS
    ]


def levels(a: Measurements, b: Measurements | None = None) -> list[Reading]:
    """ST level of each lead."""
    return [Reading(lead, a.st_mv[lead], None if b is None else b.st_mv[lead]) for lead in LEADS]
