"""A hand-out of cases as a PDF at true scale: for students without, for teachers with answers.

The pages of students say 'Case 1' and hold neither title nor answer, in print or in metadata.
"""

from collections.abc import Iterator, Sequence

from sediff.cases.case import Case
from sediff.cases.limits import MOST_PRINTED
from sediff.cases.print_text import Line, TextPage, wrap
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from sediff.view.display_filter import for_display
from sediff.view.look import Look
from sediff.view.paper import Paper, pages_of
from sediff.view.picture import draw_on
from sediff.view.print_sheet import page_size, write_pdf
from sediff.view.text import say

_EDGE_MM = 2.0  # of a sheet: the grid may run into what a printer cannot print
_HEAD, _SMALL, _BODY = 13.0, 8.0, 10.0  # points
_READING_MM = 8.5  # of one ruled line for the student's own reading
_MOST_LINES = 4


def handout(
    cases: Sequence[Case], answers: bool = False, paper: str = "A4", look: Look | None = None
) -> bytes:
    """The cases as a PDF file, one a page; answers follow on pages of their own.

    Args:
        paper: 'A4' or 'Letter', landscape. look: how the ECGs are drawn.

    Raises:
        RequestError: no case, too many, or no such paper.
    """
    if not cases:
        raise RequestError("Choose at least one case to print.")
    if len(cases) > MOST_PRINTED:
        raise RequestError(f"Choose at most {MOST_PRINTED} cases for one hand-out.")
    page_size(paper)
    pages = _all_pages(cases, answers, paper, look or Look())
    return write_pdf((page.figure for page in pages), SYNTHETIC_MARK, say("cases.print_title"))


def _all_pages(cases: Sequence[Case], answers: bool, paper: str, look: Look) -> Iterator[TextPage]:
    for number, case in enumerate(cases, start=1):
        yield from _case_pages(number, case, paper, look)
    if answers:
        yield from _answer_pages(cases, paper)


def _case_pages(number: int, case: Case, paper: str, look: Look) -> Iterator[TextPage]:
    """History, question and ECG; a long history has pages of its own."""
    page = _new_page(paper)
    page.write([Line(say("cases.print_case", n=number), _HEAD, bold=True)])
    texts = wrap(case.history, page.text_mm, _BODY)
    texts += [Line("", 4.0), *wrap(case.question, page.text_mm, _BODY, bold=True)]
    yield from _written(page, texts, paper)
    width, _ = page_size(paper)
    shown = for_display(case.ecg, look.filter)
    sheets = pages_of(shown, look, width - 2 * _EDGE_MM, page.whole_mm)
    for sheet in sheets:
        if not page.fits(sheet.height_mm):
            yield page
            page = _new_page(paper)
        _draw(page, case, sheet, width)
    page.rules(say("cases.print_reading"), _READING_MM, _MOST_LINES, _SMALL)
    yield page


def _draw(page: TextPage, case: Case, sheet: Paper, width_mm: float) -> None:
    bottom = page.take(sheet.height_mm)
    draw_on(page.figure, case.ecg, sheet, (width_mm - sheet.width_mm) / 2, bottom)


def _answer_pages(cases: Sequence[Case], paper: str) -> Iterator[TextPage]:
    page = _new_page(paper)
    page.write([Line(say("cases.print_answers"), _HEAD, bold=True), Line("", 4.0)])
    for number, case in enumerate(cases, start=1):
        lines = _answer_lines(number, case, page.text_mm)
        if not page.fits(page.height_of(lines[:4])):  # no heading alone at the foot of a page
            yield page
            page = _new_page(paper)
        while rest := page.write(lines):
            yield page
            page, lines = _new_page(paper), rest
    yield page


def _answer_lines(number: int, case: Case, width: float) -> list[Line]:
    lines = wrap(f"{say('cases.print_case', n=number)}: {case.title}", width, 11.0, bold=True)
    lines += wrap(case.answer, width, _BODY)
    for point in case.teaching:
        lines += wrap(point, width, _BODY, bullet="• ")
    return [*lines, Line("", 8.0)]


def _written(page: TextPage, lines: list[Line], paper: str) -> Iterator[TextPage]:
    """Write on this page; gives full pages away and leaves `page` as the last one."""
    while rest := page.write(lines):
        full = page.turn()
        yield full
        lines = rest


def _new_page(paper: str) -> TextPage:
    return TextPage(paper, SYNTHETIC_MARK)
