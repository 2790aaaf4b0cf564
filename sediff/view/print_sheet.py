"""Sheets on printer's paper: a PDF in landscape where a millimetre is a millimetre."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.view.display_filter import for_display
from sediff.view.look import Look
from sediff.view.paper import pages_of
from sediff.view.picture import draw_on, new_figure

PAGES_MM: dict[str, tuple[float, float]] = {"A4": (297.0, 210.0), "Letter": (279.4, 215.9)}
_EDGE_MM = 2.0  # the grid may run into what a printer cannot print; the trace never does
_SAME_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # the same sheets give the same bytes


@dataclass(frozen=True)
class Sheet:
    """One ECG to print.

    Attributes:
        look: how it is drawn. heading: one line on top. mark: what it is not for.
    """

    ecg: Ecg
    look: Look = field(default_factory=Look)
    heading: str = ""
    mark: str = SYNTHETIC_MARK


def pdf(sheets: Sequence[Sheet], paper: str = "A4") -> bytes:
    """The sheets as a PDF file at true scale, in landscape.

    A sheet that is wider or higher than the page goes on with the next page: it is cut between
    columns and rows, never made smaller.

    Raises:
        RequestError: no such paper, or no sheet.
    """
    if not sheets:
        raise RequestError("There is no ECG to print: choose at least one.")
    page_size(paper)
    figures = (page for sheet in sheets for page in sheet_pages(sheet, paper))
    return write_pdf(figures, sheets[0].mark)


def page_size(paper: str, landscape: bool = True) -> tuple[float, float]:
    """Width and height in mm.

    Raises:
        RequestError: no such paper.
    """
    if paper not in PAGES_MM:
        raise RequestError(f"There is no paper {paper!r}: use A4 or Letter.")
    width, height = PAGES_MM[paper]
    return (width, height) if landscape else (height, width)


def new_page(paper: str = "A4", landscape: bool = True) -> Figure:
    """An empty page of the true size, for `sediff.view.picture.draw_on` and text."""
    return new_figure(*page_size(paper, landscape))


def sheet_pages(sheet: Sheet, paper: str = "A4") -> Iterable[Figure]:
    """The pages of one sheet, each in the middle of its paper."""
    width, height = page_size(paper)
    shown = for_display(sheet.ecg, sheet.look.filter)
    for part in pages_of(shown, sheet.look, width - 2 * _EDGE_MM, height - 2 * _EDGE_MM):
        page = new_page(paper)
        left, bottom = (width - part.width_mm) / 2, (height - part.height_mm) / 2
        draw_on(page, sheet.ecg, part, left, bottom, sheet.heading, sheet.mark)
        yield page


def write_pdf(pages: Iterable[Figure], mark: str = SYNTHETIC_MARK, title: str = "") -> bytes:
    """Pages of their true size as one PDF file that says `mark` in its metadata too."""
    buffer = io.BytesIO()
    said = {
        "Title": title or mark,
        "Subject": mark,
        "Keywords": mark,
        "Creator": "SE-Diff Studio",
        "Producer": "SE-Diff Studio",
        "CreationDate": _SAME_DAY,
    }
    with PdfPages(buffer, metadata=said) as file:
        for page in pages:
            file.savefig(page)
    return buffer.getvalue()
