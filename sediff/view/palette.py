"""Colours of ECG paper: pink as in the ward, blue, and black on white for printers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sediff.view.look import Palette


@dataclass(frozen=True)
class Colours:
    """What a sheet is drawn with; the app's dark mode changes none of it.

    Attributes:
        sheet: background. fine: lines of 1 mm. bold: lines of 5 mm.
        ink: trace and letters. mark: the line that says what the ECG is not for.
        caliper: ends of an interval and what it measures.
        highlight: a rectangle over what proves a criterion, by (red, green, blue, opacity).
    """

    sheet: str
    fine: str
    bold: str
    ink: str
    mark: str
    caliper: str
    highlight: tuple[int, int, int, float]

    def see_through(self, opacity: float) -> str:
        """The sheet's own colour as CSS, for letters that cross the trace."""
        red, green, blue = (int(self.sheet[i : i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red},{green},{blue},{opacity})"


# Letters have at least 7:1 against their sheet, fine lines stay lighter than the trace.
COLOURS: Mapping[Palette, Colours] = {
    "paper": Colours(
        "#fffaf8", "#fbe9e6", "#f0b8b3", "#1f2328", "#9f1d2b", "#0b4f9e", (255, 196, 0, 0.38)
    ),
    "blue": Colours(
        "#f8fbff", "#e1ecf8", "#a9c8ea", "#14213d", "#8c1c2c", "#8a3b00", (255, 196, 0, 0.38)
    ),
    "plain": Colours(
        "#ffffff", "#ececec", "#c2c2c2", "#000000", "#000000", "#000000", (0, 0, 0, 0.13)
    ),
}
