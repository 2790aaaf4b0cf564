"""Frames of one heart that changes, as plain numbers for a browser that draws them one by one."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.look import Look
from sediff.view.multiples import BOTTOM_MM, LEFT_MM, TITLE_MM, TOP_MM, Panel, baselines
from sediff.view.palette import COLOURS
from sediff.view.text import say

Frame = tuple[str, Ecg, tuple[float, float]]  # title, ECG, span in s
_STEP = 2  # every second sample of 500 Hz: 0.1 mm on paper
_RIGHT_MM = 5.0


def film_data(
    frames: Sequence[Frame],
    leads: Sequence[str],
    look: Look | None = None,
    mark: str = SYNTHETIC_MARK,
) -> dict[str, Any]:
    """What the browser needs to draw the frames on one sheet of ECG paper.

    Returns:
        Sizes and places in mm from the upper left corner, voltages as whole uV.
    """
    look = look or Look()
    colours = COLOURS[look.palette]
    panels = [Panel(title, ecg, span) for title, ecg, span in frames]
    down = baselines(panels, leads, look)
    seconds = max(end - start for _, _, (start, end) in frames)
    return {
        "width": LEFT_MM + seconds * look.speed + _RIGHT_MM,
        "height": TOP_MM + down[-1] + BOTTOM_MM,
        "left": LEFT_MM,
        "titleY": TOP_MM + TITLE_MM / 2,
        "leads": [{"name": n, "y": TOP_MM + y} for n, y in zip(leads, down, strict=False)],
        "perSample": look.speed * _STEP / frames[0][1].fs,
        "perUv": look.gain / 1000,
        "pulse": look.speed * 0.2,
        "gain": look.gain,
        "colours": {
            "sheet": colours.sheet, "fine": colours.fine, "bold": colours.bold,
            "ink": colours.ink, "mark": colours.mark,
        },
        "mark": mark,
        "scale": say("trace.scale", speed=look.speed, gain=look.gain),
        "frames": [
            {"title": title, "uv": [_uv(ecg, span, lead) for lead in leads]}
            for title, ecg, span in frames
        ],
    }  # fmt: skip


def _uv(ecg: Ecg, span: tuple[float, float], lead: str) -> list[int]:
    first, last = (round(t * ecg.fs) for t in span)
    mv = np.nan_to_num(ecg.lead(lead)[first:last:_STEP])
    return np.rint(np.asarray(mv, float) * 1000).astype(int).tolist()
