"""What every sheet in the browser is made of: paper, words and samples of plotly figures."""

from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.view.palette import Colours

# Whole hundredths of a millimetre (1 uV at the usual gain) go to the browser as int16: a sheet of
# 60000 samples weighs 160 kB instead of 1.5 MB.
UNITS_PER_MM = 100
PX_PER_MM = 96 / 25.4  # of CSS: on many screens a millimetre of the sheet is one
TOUCH_PX_PER_MM = 3.13  # on a phone; below, lines of 1 mm run into each other
FONT = "'Source Sans', 'Source Sans Pro', sans-serif"


def packed(values: npt.NDArray[np.floating]) -> npt.NDArray:
    """Whole numbers as small as they fit; as they are where samples are missing."""
    if not np.isfinite(values).all():
        return values.astype(np.float32)
    whole = np.rint(values)
    return whole.astype(np.int16 if np.abs(whole).max(initial=0) <= 32767 else np.int32)


def note(
    x_mm: float,
    y_mm: float,
    text: str,
    colours: Colours,
    *,
    size: int,
    color: str = "",
    xanchor: str = "left",
) -> dict[str, Any]:
    """A line of text that stands on a place of the sheet; the trace shows through."""
    return {
        "x": round(x_mm * UNITS_PER_MM, 3),
        "y": round(y_mm * UNITS_PER_MM, 3),
        "text": text,
        "showarrow": False,
        "xanchor": xanchor,
        "yanchor": "bottom",
        "font": {"size": size, "color": color or colours.ink, "family": FONT},
        "bgcolor": colours.see_through(0.6),
        "borderpad": 1,
    }


def sheet_layout(
    width_mm: float,
    height_mm: float,
    colours: Colours,
    revision: str,
    px_per_mm: float = PX_PER_MM,
) -> dict[str, Any]:
    """Square millimetres and the grid: drawn by the axes, so it weighs nothing to send.

    Args:
        revision: the zoom is kept while it stays the same.
    """
    x = {"range": [0, width_mm * UNITS_PER_MM], "constraintoward": "left"}
    y = {"range": [0, height_mm * UNITS_PER_MM], "constraintoward": "top"}
    return {
        "xaxis": _axis(colours) | x,
        "yaxis": _axis(colours) | y | {"scaleanchor": "x", "scaleratio": 1},
        "height": round(height_mm * px_per_mm),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": colours.sheet,
        "plot_bgcolor": colours.sheet,
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "font": {"size": 13, "color": "#1f2328", "family": FONT},
        },
        "newselection": {"line": {"color": colours.caliper, "width": 1.5}},
        "dragmode": False,
        "uirevision": revision,
    }


def _axis(colours: Colours) -> dict[str, Any]:
    small, large = UNITS_PER_MM, 5 * UNITS_PER_MM
    fine = {"dtick": small, "tick0": 0, "showgrid": True, "gridcolor": colours.fine, "gridwidth": 1}
    return {
        "showgrid": True, "dtick": large, "tick0": 0, "gridcolor": colours.bold, "gridwidth": 1,
        "minor": fine, "zeroline": False, "showticklabels": False, "ticks": "",
        # 'range' lets the sheet grow into spare room, 'domain' would leave a white frame.
        "constrain": "range",
    }  # fmt: skip
