"""How a trace is looked at: layout, scale, order of leads, colours, display filter."""

from dataclasses import dataclass
from typing import Any, Literal

from sediff.errors import RequestError
from sediff.leads import LEADS

Layout = Literal["3x4", "3x4+1", "3x4+3", "6x2", "12x1", "strip"]
Palette = Literal["paper", "blue", "plain"]
Filter = Literal["none", "0.5-40", "0.05-150", "mains"]

LAYOUTS: tuple[Layout, ...] = ("3x4", "3x4+1", "3x4+3", "6x2", "12x1", "strip")
SPEEDS: tuple[float, ...] = (25.0, 50.0)  # mm/s
GAINS: tuple[float, ...] = (5.0, 10.0, 20.0)  # mm/mV
PALETTES: tuple[Palette, ...] = ("paper", "blue", "plain")
FILTERS: tuple[Filter, ...] = ("none", "0.05-150", "0.5-40", "mains")


@dataclass(frozen=True)
class Look:
    """How a trace is drawn; never what it holds.

    Attributes:
        layout: one of `LAYOUTS`.
        speed: mm/s. gain: mm/mV.
        cabrera: limb leads as aVL, I, -aVR, II, aVF, III.
        simultaneous: every column shows the same first seconds; else each the next part.
        palette: colours: paper, blue, or plain black and white.
        filter: of the display alone, and named on the sheet.
        rhythm_lead: lead of the rhythm strip.
    """

    layout: Layout = "3x4+1"
    speed: float = 25.0
    gain: float = 10.0
    cabrera: bool = False
    simultaneous: bool = False
    palette: Palette = "paper"
    filter: Filter = "none"
    rhythm_lead: str = "II"

    def __post_init__(self) -> None:
        _known("layout", self.layout, LAYOUTS)
        if self.speed not in SPEEDS:
            raise RequestError(f"The paper speed must be 25 or 50 mm/s, not {self.speed:g}.")
        if self.gain not in GAINS:
            raise RequestError(f"The gain must be 5, 10 or 20 mm/mV, not {self.gain:g}.")
        _known("palette", self.palette, PALETTES)
        _known("display filter", self.filter, FILTERS)
        _known("rhythm lead", self.rhythm_lead, LEADS)


def _known(what: str, value: Any, names: tuple[str, ...]) -> None:
    if value not in names:
        raise RequestError(f"There is no {what} {value!r}: use one of {', '.join(names)}.")
