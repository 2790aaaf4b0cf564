"""Text on printed pages: lines broken by their true width, and pages that fill from the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D

from sediff.view.print_sheet import new_page, page_size

_MM_PER_POINT = 25.4 / 72
_LEADING = 1.35  # height of a line against its letters
_MARGIN_MM = 12.0
_FOOT_MM = 9.0  # the mark, above what a printer cannot print
_INK, _FAINT = "#1f1f1f", "#8a8a8a"
_UNKNOWN = "\ufffd"  # a black diamond with a question mark


@dataclass(frozen=True)
class Line:
    """One line: its text, the size of its letters in points, and how far it is set in, in mm."""

    text: str
    size: float
    bold: bool = False
    indent_mm: float = 0.0

    @property
    def height_mm(self) -> float:
        """From this line to the next."""
        return self.size * _MM_PER_POINT * _LEADING


def wrap(
    text: str, width_mm: float, size: float, bold: bool = False, bullet: str = ""
) -> list[Line]:
    """Break a text into lines of at most that width; its own line breaks stay.

    Args:
        bullet: stands before the first line; the others are set in as far.
    """
    indent = width_of(bullet, size, bold)
    lines = [
        line
        for part in text.splitlines()
        for line in _broken(_printable(part, bold), width_mm - indent, size, bold)
    ]
    return [
        Line(bullet + line, size, bold) if bullet and not k else Line(line, size, bold, indent)
        for k, line in enumerate(lines)
    ]


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in mm."""
    return sum(_letter(one, bold) for one in text) * size


def _printable(text: str, bold: bool) -> str:
    """The text with a sign of its own for each letter that the font does not have."""
    known = _letters_of(bold)
    return "".join(one if one.isspace() or ord(one) in known else _UNKNOWN for one in text)


@lru_cache(maxsize=2)
def _letters_of(bold: bool) -> frozenset[int]:
    """Every letter of the font."""
    return frozenset(_font(bold).get_charmap())


def _font(bold: bool) -> FT2Font:
    return get_font(findfont(FontProperties(weight="bold" if bold else "normal")))


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> float:
    """Width of one letter in mm at one point."""
    font = _font(bold)
    font.set_size(100, 72)
    step = font.load_char(ord(letter)).linearHoriAdvance / 65536  # 16.16 fixed point
    return step / 100 * _MM_PER_POINT


def _broken(text: str, width: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used, blank = "", 0.0, width_of(" ", size, bold)
    for word in text.split():
        for piece in _cut(word, width, size, bold):
            wide = width_of(piece, size, bold)
            if line and used + blank + wide <= width:
                line, used = f"{line} {piece}", used + blank + wide
                continue
            lines += [line] if line else []
            line, used = piece, wide
    return [*lines, line]


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word that is longer than a line, in pieces."""
    pieces, used = [""], 0.0
    for letter in word:
        wide = width_of(letter, size, bold)
        if pieces[-1] and used + wide > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += wide
    return pieces


class TextPage:
    """A landscape page that is filled from the top; the mark stands at its foot."""

    def __init__(self, paper: str, mark: str) -> None:
        self._paper, self._mark = paper, mark
        self._width, self._height = page_size(paper)
        self._start()

    def _start(self) -> None:
        self.figure: Figure = new_page(self._paper, landscape=True)
        self._y = self._height - _MARGIN_MM
        self._text(self._mark, _MARGIN_MM, _FOOT_MM - 3, 8.0, bold=True)

    @property
    def text_mm(self) -> float:
        """Width of a line of text."""
        return self._width - 2 * _MARGIN_MM

    @property
    def whole_mm(self) -> float:
        """Height of an empty page."""
        return self._height - _MARGIN_MM - _FOOT_MM

    def fits(self, height_mm: float) -> bool:
        """Whether so much is left; an empty page takes anything."""
        return self._y - height_mm >= _FOOT_MM or self._y >= self._height - _MARGIN_MM

    @staticmethod
    def height_of(lines: Sequence[Line]) -> float:
        """Height of lines in mm."""
        return sum(line.height_mm for line in lines)

    def write(self, lines: Sequence[Line]) -> list[Line]:
        """Write as many lines as fit; gives back the others."""
        for k, line in enumerate(lines):
            if not self.fits(line.height_mm):
                return list(lines[k:])
            self._y -= line.height_mm
            if line.text:
                x = _MARGIN_MM + line.indent_mm
                self._text(line.text, x, self._y + 0.25 * line.height_mm, line.size, line.bold)
        return []

    def take(self, height_mm: float) -> float:
        """Keep a place for something as high; gives its lower edge from the foot of the page."""
        self._y -= height_mm + 1.0
        return self._y

    def turn(self) -> "TextPage":
        """Give this page away as it is and go on with an empty one."""
        full = TextPage.__new__(TextPage)
        full.__dict__ |= self.__dict__
        self._start()
        return full

    def rules(self, label: str, step_mm: float, most: int, size: float) -> None:
        """Ruled lines to write on, as many as there is room for; none where there is none."""
        n = min(int((self._y - _FOOT_MM - 4) / step_mm), most)
        if n < 1:
            return
        self._y -= 2.0
        self._text(label, _MARGIN_MM, self._y - size * _MM_PER_POINT, size)
        for k in range(n):
            y = (self._y - 3 - step_mm * (k + 0.8)) / self._height
            x = _MARGIN_MM / self._width
            self.figure.add_artist(_rule(x, y))

    def _text(self, text: str, x: float, y: float, size: float, bold: bool = False) -> None:
        self.figure.text(
            x / self._width, y / self._height, text, size=size, color=_INK,
            weight="bold" if bold else "normal", va="baseline",
            parse_math=False,  # a dollar in someone's history is a dollar
        )  # fmt: skip


def _rule(x: float, y: float) -> Line2D:
    return Line2D([x, 1 - x], [y, y], color=_FAINT, linewidth=0.6)
