"""Claims about sheets on paper: true millimetres in PDF, PNG and SVG, and the mark inside."""

import io
import re
from itertools import product

import numpy as np
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from sediff.ecg import HIDDEN_MARK, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.plan import plan
from sediff.spec import Request
from sediff.view.look import GAINS, LAYOUTS, SPEEDS, Look
from sediff.view.paper import lay_out, pages_of
from sediff.view.picture import draw, png, svg
from sediff.view.print_sheet import PAGES_MM, Sheet, pdf, sheet_pages
from tests.hearts import drawn

MM = 25.4 / 72  # a point


@pytest.fixture(scope="module")
def ecg() -> Ecg:
    return drawn(plan(Request(seed=3)))


def paths_mm(page) -> list[np.ndarray]:
    """Every line of a page as (N, 2) mm, in the order in which it was drawn."""
    found, points = [], []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"m", b"l"):
            points.append([float(x) * MM for x in operands[:2]])
        elif operator in (b"S", b"n", b"f", b"B", b"s", b"W"):
            if len(points) > 1:
                found.append(np.array(points))
            points = []
    return found


@pytest.mark.parametrize("paper", PAGES_MM)
def test_a_page_has_the_size_of_its_paper(ecg, paper):
    (page,) = PdfReader(io.BytesIO(pdf([Sheet(ecg)], paper))).pages
    size = float(page.mediabox.width) * MM, float(page.mediabox.height) * MM
    assert size == pytest.approx(PAGES_MM[paper], abs=0.05)


@pytest.mark.parametrize(("speed", "gain"), [(25.0, 10.0), (50.0, 20.0)])
def test_a_millimetre_in_the_pdf_is_a_millimetre(ecg, speed, gain):
    page = PdfReader(io.BytesIO(pdf([Sheet(ecg, Look("3x4+1", speed, gain))]))).pages[0]
    # The pulse: six points of 1 mV for 200 ms, with 2 mm at both sides.
    pulses = [p for p in paths_mm(page) if len(p) == 6 and np.ptp(p[:, 0]) < 15]
    assert pulses
    for pulse in pulses:
        assert np.ptp(pulse[:, 1]) == pytest.approx(gain, abs=0.02)
        assert np.ptp(pulse[:, 0]) == pytest.approx(0.2 * speed + 4, abs=0.02)


def test_the_trace_in_the_pdf_has_the_length_of_its_seconds(ecg):
    page = PdfReader(io.BytesIO(pdf([Sheet(ecg, Look("strip"))]))).pages[0]
    longest = max(paths_mm(page), key=lambda p: len(p))
    assert np.ptp(longest[:, 0]) == pytest.approx(250, abs=0.1)
    assert np.ptp(longest[:, 1]) == pytest.approx(10 * np.ptp(ecg.lead("II")), abs=0.1)


@pytest.mark.parametrize(("layout", "speed", "gain"), list(product(LAYOUTS, SPEEDS, GAINS)))
def test_pages_hold_every_sample_once_and_never_scale(layout, speed, gain):
    look = Look(layout, speed, gain)
    large = drawn(plan(Request(seed=3)), scale=2.0)
    whole = lay_out(large, look)
    pages = pages_of(large, look, 293, 206)
    for page in pages:
        assert page.width_mm <= 293
        assert page.height_mm <= 206 or len(page.baselines_mm) == 1
    shown = sorted((s.lead, s.start, s.stop) for page in pages for s in page.strips)
    for lead in {strip.lead for strip in whole.strips}:
        asked = sum(s.stop - s.start for s in whole.strips if s.lead == lead)
        assert sum(b - a for name, a, b in shown if name == lead) == asked


def test_at_50_mm_a_second_the_sheet_is_cut_between_columns(ecg):
    limb, chest = pages_of(ecg, Look("3x4+1", 50.0), 293, 206)
    assert [s.lead for s in limb.strips] == ["I", "aVR", "II", "aVL", "III", "aVF", "II"]
    assert [s.lead for s in chest.strips] == ["V1", "V4", "V2", "V5", "V3", "V6", "II"]
    assert (chest.strips[-1].start, chest.strips[-1].stop) == (2500, 5000)
    assert (chest.page, chest.pages) == (2, 2)


def test_each_page_of_a_cut_sheet_says_which_it_is(ecg):
    pages = PdfReader(io.BytesIO(pdf([Sheet(ecg, Look("6x2", 50.0), "72 y")]))).pages
    texts = [page.extract_text() for page in pages]
    assert all("72 y" in text and SYNTHETIC_MARK in text for text in texts)
    assert "Page 2 of 2" in texts[1]
    assert "5 to 10 s" in texts[1]


def test_the_pdf_says_its_mark_inside_and_is_the_same_each_time(ecg):
    sheets = [Sheet(ecg, mark=HIDDEN_MARK), Sheet(ecg, mark=HIDDEN_MARK)]
    data = pdf(sheets)
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 2
    assert reader.metadata is not None
    assert HIDDEN_MARK in (reader.metadata.title or "")
    assert all(page.extract_text().count(HIDDEN_MARK) == 2 for page in reader.pages)
    assert data == pdf(sheets)


def test_a_heading_of_any_letters_is_printed_as_it_is(ecg):
    heading = r"$\frac{1}{0}$ _a_ <b> ü"
    text = PdfReader(io.BytesIO(pdf([Sheet(ecg, heading=heading)]))).pages[0].extract_text()
    assert r"$\frac{1}{0}$" in text


def test_no_paper_and_no_sheet_are_refused(ecg):
    with pytest.raises(RequestError, match="A4 or Letter"):
        pdf([Sheet(ecg)], "A5")
    with pytest.raises(RequestError, match="at least one"):
        pdf([])


@pytest.mark.parametrize("paper", PAGES_MM)
def test_no_trace_comes_nearer_than_5_mm_to_the_edge_of_the_paper(ecg, paper):
    for look in (Look(), Look("12x1", 50.0), Look("3x4", 50.0)):
        for page in sheet_pages(Sheet(ecg, look), paper):
            (axes,) = page.axes
            left = axes.get_position().x0 * PAGES_MM[paper][0] + 3  # the pulse stands 3 mm inside
            assert left >= 5


def test_the_picture_is_true_to_scale_and_marked(ecg):
    look = Look("6x2", speed=50.0)
    size = draw(ecg, look).get_size_inches() * 25.4
    paper = lay_out(ecg, look)
    assert size == pytest.approx((paper.width_mm, paper.height_mm))
    data = png(ecg, look, "72 y", dpi=60)
    assert data.startswith(b"\x89PNG")
    assert SYNTHETIC_MARK.encode() in data


def test_the_svg_has_its_true_size_and_its_mark_as_text(ecg):
    data = svg(ecg, heading="72 y <b>")
    text = data.decode()
    paper = lay_out(ecg)
    width = re.search(r'width="([\d.]+)pt"', text)
    assert width
    assert float(width[1]) * MM == pytest.approx(paper.width_mm, abs=0.01)
    assert text.count(f">{SYNTHETIC_MARK}<") >= 3
    assert "72 y &lt;b&gt;" in text
    assert data == svg(ecg, heading="72 y <b>")
