"""A small picture of an ECG, to choose among several: a few leads over a few seconds, as SVG."""

from collections.abc import Sequence

import numpy as np

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.leads import LEADS
from sediff.view.palette import COLOURS

_PX_PER_S, _PX_PER_MV = 56, 26
_ROW_PX, _FOOT_PX = 64, 14
_STEP = 4  # every fourth sample: 125 Hz is more than these pixels can show
_PAPER = COLOURS["paper"]


def strip_svg(ecg: Ecg, leads: Sequence[str] = ("II", "V1"), seconds: float = 4.0) -> str:
    """The first `seconds` of each of `leads`, one below the other, with the mark.

    Returns:
        An SVG document, some 5 kB.
    """
    width, height = round(seconds * _PX_PER_S), len(leads) * _ROW_PX + _FOOT_PX
    rows = "".join(_row(ecg, lead, k, seconds) for k, lead in enumerate(leads))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif">'
        f'<rect width="{width}" height="{height}" fill="{_PAPER.sheet}"/>{_grid(width, height)}'
        f'{rows}<text x="3" y="{height - 4}" font-size="8" fill="{_PAPER.mark}">'
        f"{SYNTHETIC_MARK}</text></svg>"
    )


def _grid(width: int, height: int) -> str:
    """A line every 0.2 s and every 0.5 mV."""
    across = (f"M{x:.1f} 0V{height}" for x in np.arange(0, width, _PX_PER_S / 5))
    down = (f"M0 {y:.1f}H{width}" for y in np.arange(0, height, _PX_PER_MV / 2))
    return f'<path d="{"".join((*across, *down))}" stroke="{_PAPER.fine}" fill="none"/>'


def _row(ecg: Ecg, lead: str, k: int, seconds: float) -> str:
    y_mv = np.nan_to_num(ecg.signal[LEADS.index(lead), : round(seconds * ecg.fs) : _STEP])
    middle = k * _ROW_PX + _ROW_PX * 0.62
    top, bottom = k * _ROW_PX + 2, (k + 1) * _ROW_PX - 2
    y = np.clip(middle - y_mv * _PX_PER_MV, top, bottom)
    x = np.arange(len(y)) * _STEP / ecg.fs * _PX_PER_S
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    return (
        f'<polyline points="{points}" fill="none" stroke="{_PAPER.ink}" stroke-width="1"/>'
        f'<text x="3" y="{top + 10}" font-size="10" fill="{_PAPER.ink}">{lead}</text>'
    )
