"""Two ECGs in numbers: A, B and what lies between."""

from collections.abc import Mapping
from dataclasses import dataclass

from sediff.leads import LEADS
from sediff.measure.values import Measurements, Value

_NUMBERS = (
    "heart_rate", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "p_ms", "p_mv", "t_mv",
    "rr_sd_ms",
)  # fmt: skip
DIGITS: Mapping[str, int] = {"mV": 2, "mm": 1}  # of a unit, as shown; others are whole
_NOTABLE_MV = 0.05  # half a small square: less is not read on paper


@dataclass(frozen=True)
class Difference:
    """One measurement of both ECGs.

    Attributes:
        name: attribute of `Measurements`, or the lead whose ST level it is.
        a, b: the values.
    """

    name: str
    a: Value
    b: Value

    @property
    def apart(self) -> float | None:
        """b - a as both are shown, of an axis the shorter way round; None where one abstains."""
        if self.a.value is None or self.b.value is None:
            return None
        digits = DIGITS.get(self.a.unit, 0)
        apart = round(self.b.value, digits) - round(self.a.value, digits)
        return (apart + 180) % 360 - 180 if self.a.unit == "deg" else apart


def differences(a: Measurements, b: Measurements) -> list[Difference]:
    """Every number that one of the two has, then ST of the leads in which they differ."""
    rows = [Difference(name, getattr(a, name), getattr(b, name)) for name in _NUMBERS]
    rows = [row for row in rows if row.a.value is not None or row.b.value is not None]
    levels = [Difference(lead, a.st_mv[lead], b.st_mv[lead]) for lead in LEADS]
    return rows + [row for row in levels if abs(row.apart or 0.0) >= _NOTABLE_MV]
