"""The vector loops of a heart in two planes, and the same in words; needs no torch."""

import math
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from sediff.ecg import SYNTHETIC_MARK
from sediff.view.figure import BOLD, FINE, INK, MARK_INK, SHEET

# Each loop has its own dash and its name beside it: colour alone tells nothing to some.
LOOKS = {"P": ("2px,2px", "#1f5fa8"), "QRS": ("solid", INK), "T": ("6px,3px", MARK_INK)}
# Plane -> its name, (column of x, y, z; sign) of the upright axis, and what lies at the ends.
PLANES: dict[str, tuple[str, tuple[int, float], tuple[str, str]]] = {
    "frontal": ("Frontal plane, seen from the front", (1, 1.0), ("head", "foot")),
    "horizontal": ("Horizontal plane, seen from above", (2, -1.0), ("back", "front")),
}
HEIGHT_PX = 360
FONT = "'Source Sans', 'Source Sans Pro', sans-serif"
_ROOM = 1.2  # of the longest vector: names of loops and axes stand in it
_SECTORS = (
    "left", "{0}-left", "{0}", "{0}-right", "right", "{1}-right", "{1}", "{1}-left",
)  # fmt: skip
_WORDS = {"frontal": ("down", "up"), "horizontal": ("forwards", "backwards")}
_SAME_SIDE, _APART = 60.0, 120.0  # degrees between QRS and T


class _Loop(Protocol):
    @property
    def t_ms(self) -> npt.NDArray[np.float64]: ...
    @property
    def vector(self) -> npt.NDArray[np.float64]: ...


Vector = tuple[float, float, float]


def direction_words(degrees: float, plane: str) -> str:
    """The nearest of eight directions, such as 'forwards-left'.

    Args:
        degrees: 0 left, 90 down (frontal) or forwards (horizontal).
        plane: key of `PLANES`.
    """
    return _SECTORS[round(degrees / 45) % 8].format(*_WORDS[plane])


def angle_between(a: Vector, b: Vector) -> float:
    """Degrees between two vectors in space, 0..180; 0 where one of them is nothing."""
    size = math.hypot(*a) * math.hypot(*b)
    dot = sum(p * q for p, q in zip(a, b, strict=True))
    return math.degrees(math.acos(max(-1.0, min(1.0, dot / size)))) if size else 0.0


def meaning(qrs: Vector | None, t: Vector | None) -> str:
    """What the two large waves say of the heart, in plain words."""
    if qrs is None:
        return "The ventricular waves are too small to say where they point."
    x, y, z = qrs
    sides = [
        (abs(x), "to the left" if x > 0 else "to the right"),
        (abs(y), "down" if y > 0 else "up"),
        (abs(z), "backwards" if z > 0 else "forwards"),
    ]
    most = max(size for size, _ in sides)
    told = " and ".join(word for size, word in sides if size >= 0.4 * most)
    said = f"When the ventricles are excited, the strongest force points {told}"
    if t is None:
        return f"{said}; their recovery (T) is too small to say where it points."
    apart = angle_between(qrs, t)
    if apart < _SAME_SIDE:
        how = "much the same way"
    elif apart <= _APART:
        how = "well aside from it"
    else:
        how = "the other way, as it does after wide beats, with strain or with ischaemia"
    return f"{said}; their recovery (T) points {how} ({apart:.0f}° between the two)."


def loop_figure(loops: Mapping[str, _Loop], plane: str) -> go.Figure:
    """The loops of P, QRS and T in one plane, on squares of 0.1 mV.

    Both planes of one heart have one scale, and both axes of each.

    Args:
        loops: wave -> ms against R and (T, 3) mV.
        plane: key of `PLANES`.
    """
    name, (column, sign), ends = PLANES[plane]
    limit = _limit(loops)
    lines, notes = [], _ends(limit, ends)
    for wave, loop in loops.items():
        across, upright = loop.vector[:, 0], sign * loop.vector[:, column]
        lines.append(_path(wave, loop.t_ms, across, upright))
        notes.append(_name(wave, across, upright))
    layout = _style(limit, name) | {"annotations": notes, "shapes": _axes(limit)}
    return go.Figure({"data": lines, "layout": layout})  # at once: each later change costs 1 ms


def loops_alt(loops: Mapping[str, _Loop], plane: str) -> str:
    """What the picture of one plane shows, for those who cannot see it."""
    name, (column, sign), _ = PLANES[plane]
    told = []
    for wave, loop in loops.items():
        across, upright = loop.vector[:, 0], sign * loop.vector[:, column]
        size = np.hypot(across, upright)
        i = int(size.argmax())
        degrees = math.degrees(math.atan2(upright[i], across[i]))
        told.append(
            f"{wave} reaches {size[i]:.2f} mV {direction_words(degrees, plane)} "
            f"({degrees:.0f} degrees), {when(float(loop.t_ms[i]))}"
        )
    return f"Vector loops of a synthetic ECG. {name}: {'; '.join(told) or 'no loop'}."


def when(ms: float) -> str:
    """A time against R in words: '24 ms after R'."""
    if round(ms) == 0:
        return "at R"
    return f"{abs(ms):.0f} ms {'after' if ms > 0 else 'before'} R"


def _path(
    wave: str, t_ms: npt.NDArray[np.float64], across: npt.NDArray, upright: npt.NDArray
) -> dict[str, Any]:
    dash, color = LOOKS[wave]
    size = np.zeros(len(t_ms))
    length = np.cumsum(np.hypot(np.diff(across, prepend=0), np.diff(upright, prepend=0)))
    for share in (0.3, 0.7):  # arrows say which way round
        size[int(np.searchsorted(length, share * length[-1]))] = 8
    return {
        "type": "scatter",
        "x": across.round(3),
        "y": upright.round(3),
        "customdata": [when(float(ms)) for ms in t_ms],
        "name": wave,
        "mode": "lines+markers",
        "line": {"color": color, "width": 2, "dash": dash, "backoff": 0},  # no gap before arrows
        "marker": {
            "symbol": "arrow", "angleref": "previous", "size": size, "color": color, "opacity": 1,
        },
        "hovertemplate": f"<b>{wave}</b>  %{{customdata}}<extra></extra>",
    }  # fmt: skip


def _name(wave: str, across: npt.NDArray, upright: npt.NDArray) -> dict[str, Any]:
    """The wave's name just outside the far end of its loop."""
    i = int(np.hypot(across, upright).argmax())
    size = max(math.hypot(across[i], upright[i]), 1e-9)
    return {
        "x": across[i],
        "y": upright[i],
        "text": f"<b>{wave}</b>",
        "showarrow": False,
        # Pixels run upwards, and the upright axis of the plane downwards.
        "xshift": 14 * across[i] / size,
        "yshift": -12 * upright[i] / size,
        "font": {"size": 14, "color": LOOKS[wave][1], "family": FONT},
    }


def _limit(loops: Mapping[str, _Loop]) -> float:
    """Half of what both planes show, mV: whole squares."""
    most = max((float(np.abs(loop.vector).max()) for loop in loops.values()), default=0.0)
    return max(0.5, math.ceil(10 * _ROOM * most) / 10)


def _axes(limit: float) -> list[dict[str, Any]]:
    """Two thin lines."""
    look = {"type": "line", "layer": "below", "line": {"color": "#b3a29e", "width": 1}}
    return [
        look | {"x0": -limit, "x1": limit, "y0": 0, "y1": 0},
        look | {"x0": 0, "x1": 0, "y0": -limit, "y1": limit},
    ]


def _ends(limit: float, ends: tuple[str, str]) -> list[dict[str, Any]]:
    """A word at each end of the axes."""
    places: tuple[tuple[str, float, float, str, str], ...] = (
        ("left", limit, 0, "right", "bottom"),
        ("right", -limit, 0, "left", "bottom"),
        (ends[0], 0, -limit, "left", "top"),
        (ends[1], 0, limit, "left", "bottom"),
    )
    look = {
        "showarrow": False, "bgcolor": "rgba(255,250,248,0.7)",
        "font": {"size": 14, "color": INK, "family": FONT},
    }  # fmt: skip
    return [
        look | {"text": text, "x": x, "y": y, "xanchor": across, "yanchor": upright}
        for text, x, y, across, upright in places
    ]


def _style(limit: float, name: str) -> dict[str, Any]:
    axis = {
        "showgrid": True, "dtick": 0.5, "tick0": 0, "gridcolor": BOLD,
        "minor": {"dtick": 0.1, "tick0": 0, "showgrid": True, "gridcolor": FINE},
        "zeroline": False, "showticklabels": False, "ticks": "", "fixedrange": True,
        "constrain": "domain",
    }  # fmt: skip
    return {
        "xaxis": axis | {"range": [-limit, limit]},
        "yaxis": axis | {"range": [limit, -limit], "scaleanchor": "x", "scaleratio": 1},
        "title": {
            "text": f"<b>{name}</b><br><span style='color:{MARK_INK}'>{SYNTHETIC_MARK}</span>",
            "font": {"size": 14, "color": INK, "family": FONT},
            "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 6, "t": 6},
            "y": 0.96, "yref": "container", "yanchor": "top",
        },
        "height": HEIGHT_PX,
        "margin": {"l": 6, "r": 6, "t": 54, "b": 6},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": SHEET,
        "showlegend": False,
        "dragmode": False,  # a finger scrolls the page
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"size": 13, "color": INK, "family": FONT}},
    }  # fmt: skip
