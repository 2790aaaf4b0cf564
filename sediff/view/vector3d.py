"""The vector loop in space, drawn flat: an orthographic view from any side.

Lines and not WebGL, which leaves an empty box where a browser lacks it. What is nearer is thicker
and darker; the shadows on three walls are the frontal, horizontal and sagittal loops.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK
from sediff.view.figure import INK, MARK_INK, SHEET
from sediff.view.vector import FONT, LOOKS, when

Array = npt.NDArray[np.float64]
HEIGHT_PX = 420
_LEVELS = 4  # of depth; each is one line a wave, so that the picture stays small
_WIDTH_PX, _OPACITY = (1.2, 3.6), (0.45, 1.0)  # farthest, nearest
_ROOM = 1.12  # of the longest vector: how far the walls stand off
_FRAME, _SHADOW = "#e3d6d2", "#a39289"
_MOMENT = "#6a3d00"
# The ends of the axes: name of the side, and where it lies in x (left), y (down), z (back).
_SIDES = {
    "left": (1, 0, 0), "right": (-1, 0, 0), "foot": (0, 1, 0), "head": (0, -1, 0),
    "back": (0, 0, 1), "front": (0, 0, -1),
}  # fmt: skip


class _Loop(Protocol):
    """One wave: ms against R and (T, 3) mV, x left, y down, z back."""

    @property
    def t_ms(self) -> Array: ...
    @property
    def vector(self) -> Array: ...


@dataclass(frozen=True)
class View:
    """Where the eye stands.

    Attributes:
        azimuth: degrees, 0 before the patient, 90 at the patient's left, 180 behind.
        elevation: degrees, 90 above the head, -90 below the feet.
    """

    azimuth: float = 30.0
    elevation: float = 20.0

    def matrix(self) -> Array:
        """(3, 3): rows give how far right, up and towards the eye a vector (x, y, z) lies."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right = (math.cos(a), 0.0, math.sin(a))
        up = (-math.sin(a) * math.sin(e), -math.cos(e), math.cos(a) * math.sin(e))
        near = (math.sin(a) * math.cos(e), -math.sin(e), -math.cos(a) * math.cos(e))
        return np.array([right, up, near])


def space_figure(
    loops: Mapping[str, _Loop], view: View, moment_ms: float | None = None
) -> go.Figure:
    """The loops of P, QRS and T in space.

    Args:
        loops: wave -> its way.
        moment_ms: against R; draws the vector of that moment as an arrow.
    """
    limit, matrix = _limit(loops), view.matrix()
    shadows = [wall for loop in loops.values() for wall in _walls(loop.vector, matrix, limit)]
    lines = [
        _thin(matrix, [*_frame(limit), *_axes(limit)], _FRAME),
        _thin(matrix, shadows, _SHADOW),
    ]
    notes = _sides(matrix, limit)
    for wave, loop in loops.items():
        lines += _near_and_far(wave, loop, matrix, limit)
        notes.append(_name(wave, matrix @ loop.vector[_far(loop)]))
    found = None if moment_ms is None else vector_at(loops, moment_ms)
    if found is not None:
        notes.append(_arrow(matrix @ found))
    # At once: each later change of a figure costs plotly another millisecond.
    return go.Figure({"data": lines, "layout": _style(limit) | {"annotations": notes}})


def vector_at(loops: Mapping[str, _Loop], moment_ms: float) -> Array | None:
    """(3,) mV at a moment against R; None where no wave is drawn then."""
    for loop in loops.values():
        if len(loop.t_ms) and loop.t_ms[0] - 1 <= moment_ms <= loop.t_ms[-1] + 1:
            return np.array([np.interp(moment_ms, loop.t_ms, c) for c in loop.vector.T])
    return None


def space_alt(loops: Mapping[str, _Loop], view: View) -> str:
    """What the picture shows, for those who cannot see it."""
    told = "; ".join(_told(wave, loop) for wave, loop in loops.items()) or "no loop"
    return (
        f"Vector loops of a synthetic ECG in space, seen from {view.azimuth:.0f} degrees around "
        f"and {view.elevation:.0f} degrees up. Longest vectors: {told}."
    )


def _told(wave: str, loop: _Loop) -> str:
    i = _far(loop)
    parts = [
        f"{abs(part):.2f} mV {plus if part > 0 else minus}"
        for part, plus, minus in zip(
            loop.vector[i], ("left", "down", "back"), ("right", "up", "front"), strict=True
        )
    ]
    return f"{wave} {', '.join(parts)}, {when(float(loop.t_ms[i]))}"


def _far(loop: _Loop) -> int:
    return int(np.linalg.norm(loop.vector, axis=1).argmax())


def _limit(loops: Mapping[str, _Loop]) -> float:
    """Half of the cube's edge, mV."""
    most = max((float(np.abs(loop.vector).max()) for loop in loops.values()), default=0.0)
    return max(0.3, math.ceil(10 * _ROOM * most) / 10)


def _frame(limit: float) -> Iterator[Array]:
    """The twelve edges of the cube."""
    ends = np.array([-limit, limit])
    for axis in range(3):
        for a in ends:
            for b in ends:
                edge = np.empty((2, 3))
                edge[:, axis] = ends
                edge[:, (axis + 1) % 3], edge[:, (axis + 2) % 3] = a, b
                yield edge


def _axes(limit: float) -> Iterator[Array]:
    for axis in range(3):
        line = np.zeros((2, 3))
        line[:, axis] = (-limit, limit)
        yield line


def _walls(vector: Array, matrix: Array, limit: float) -> Iterator[Array]:
    """The shadow of a loop on the three walls behind it."""
    for axis in range(3):
        shadow = vector.copy()
        shadow[:, axis] = -limit if matrix[2, axis] > 0 else limit
        yield shadow


def _thin(matrix: Array, lines: list[Array], color: str) -> dict[str, Any]:
    """Many lines as one, with gaps between them."""
    gap = np.full((1, 3), np.nan)
    points = np.concatenate([part for line in lines for part in (line, gap)] or [gap])
    across, up, _ = matrix @ points.T
    return {
        "type": "scatter", "x": across.round(3), "y": up.round(3), "mode": "lines",
        "hoverinfo": "skip", "line": {"color": color, "width": 1},
    }  # fmt: skip


def _near_and_far(wave: str, loop: _Loop, matrix: Array, limit: float) -> Iterator[dict[str, Any]]:
    """The loop cut by depth: each level is one line with gaps."""
    dash, color = LOOKS[wave]
    across, up, near = matrix @ loop.vector.T
    level = np.clip((near / limit + 1) / 2 * _LEVELS, 0, _LEVELS - 1).astype(int)
    for one in np.unique(level):
        share = one / (_LEVELS - 1)
        # Each piece runs on to the next sample, so that the pieces join.
        here = (level == one) | (np.roll(level, 1) == one) & (np.arange(len(level)) > 0)
        yield {
            "type": "scatter",
            "x": np.where(here, across, np.nan).round(3),
            "y": np.where(here, up, np.nan).round(3),
            "customdata": np.rint(loop.t_ms),
            "name": wave,
            "mode": "lines",
            "line": {"color": color, "dash": dash, "width": _between(_WIDTH_PX, share)},
            "opacity": _between(_OPACITY, share),
            "hovertemplate": f"<b>{wave}</b>  %{{customdata}} ms from R<extra></extra>",
        }


def _between(ends: tuple[float, float], share: float) -> float:
    return round(float(ends[0] + share * (ends[1] - ends[0])), 2)


def _arrow(tip: Array) -> dict[str, Any]:
    """The vector of one moment, from the origin."""
    return {
        "x": tip[0], "y": tip[1], "ax": 0, "ay": 0, "xref": "x", "yref": "y", "axref": "x",
        "ayref": "y", "text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 2.4,
        "arrowsize": 1, "arrowcolor": _MOMENT,
    }  # fmt: skip


def _name(wave: str, tip: Array) -> dict[str, Any]:
    """The wave's name just outside the far end of its loop."""
    size = max(math.hypot(tip[0], tip[1]), 1e-9)
    note = _note(f"<b>{wave}</b>", tip[0], tip[1], LOOKS[wave][1])
    return note | {"xshift": 14 * tip[0] / size, "yshift": 12 * tip[1] / size}


def _sides(matrix: Array, limit: float) -> list[dict[str, Any]]:
    """A word at both ends of each axis, but of one that points at the eye."""
    notes = []
    for name, side in _SIDES.items():
        across, up, _ = matrix @ (np.array(side) * limit)
        if math.hypot(across, up) > 0.3 * limit:
            notes.append(_note(name, across, up, INK) | {"bgcolor": "rgba(255,250,248,0.75)"})
    return notes


def _note(text: str, x: float, y: float, color: str) -> dict[str, Any]:
    font = {"size": 14, "color": color, "family": FONT}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": font}


def _style(limit: float) -> dict[str, Any]:
    reach = 1.6 * limit  # the corners of the cube, from any side, all but touch it
    axis = {"visible": False, "fixedrange": True, "range": [-reach, reach], "constrain": "domain"}
    return {
        "xaxis": axis,
        "yaxis": axis | {"scaleanchor": "x", "scaleratio": 1},
        "title": {
            "text": f"<span style='color:{MARK_INK}'>{SYNTHETIC_MARK}</span>",
            "font": {"size": 13, "color": INK, "family": FONT},
            "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 6, "t": 6},
            "y": 0.98, "yref": "container", "yanchor": "top",
        },
        "height": HEIGHT_PX,
        "margin": {"l": 4, "r": 4, "t": 26, "b": 4},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": SHEET,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"size": 13, "color": INK, "family": FONT}},
    }  # fmt: skip
