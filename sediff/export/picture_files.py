"""Pictures of the ECG on paper: PDF at true scale, PNG and SVG."""

from pathlib import Path

from sediff.ecg import Ecg
from sediff.export.header import one_line
from sediff.spec import CaseSpec
from sediff.view.look import Look


def heading(ecg: Ecg, spec: CaseSpec) -> str:
    """The line on top of the sheet: patient, seed and sampling rate; it tells no finding."""
    return one_line(f"{spec.age:.0f} y, {spec.sex}   seed {spec.seed}   {ecg.fs} Hz")


def write_pdf(
    ecg: Ecg, spec: CaseSpec, folder: Path, stem: str, look: Look, page: str
) -> list[Path]:
    """Write `stem`.pdf, a landscape `page` ('A4' or 'Letter') whose millimetres are true."""
    from sediff.view.print_sheet import Sheet, pdf  # matplotlib: not before it is asked for

    sheet = Sheet(ecg, look, heading(ecg, spec))
    (path := folder / f"{stem}.pdf").write_bytes(pdf([sheet], page))
    return [path]


def write_png(
    ecg: Ecg, spec: CaseSpec, folder: Path, stem: str, look: Look, _page: str
) -> list[Path]:
    """Write `stem`.png of the whole sheet."""
    from sediff.view.picture import png

    (path := folder / f"{stem}.png").write_bytes(png(ecg, look, heading(ecg, spec)))
    return [path]


def write_svg(
    ecg: Ecg, spec: CaseSpec, folder: Path, stem: str, look: Look, _page: str
) -> list[Path]:
    """Write `stem`.svg of the whole sheet, sized in true millimetres."""
    from sediff.view.picture import svg

    (path := folder / f"{stem}.svg").write_bytes(svg(ecg, look, heading(ecg, spec)))
    return [path]
