"""Gives every real record its own simulation: measured beats, a fitted dipole draft, its numbers.

The draft is a sum of Gaussian dipole waves (Sameni 2007), placed beat by beat within the measured
limits of P, QRS and T, with amplitudes from least squares over the whole record. So it says what
a dipole heart with these beats would do, and the denoiser learns what a real heart adds.
"""

import json
import math
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfiltfilt

from sediff.beat import Beat
from sediff.leads import DOWER, INVERSE_DOWER
from sediff.measure import measure_eight

RATE = 100  # Hz
_GAUSSIANS = {"p": 3, "qrs": 7, "t": 6}  # a wave; the QRS needs most for its notches
HIGH_PASS = butter(2, 0.5, "high", fs=RATE, output="sos")
_LOW_PASS = butter(2, 0.5, "low", fs=RATE, output="sos")
_MEASURED = (
    "heart_rate", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "p_mv", "t_mv", "rr_sd_ms",
    "p_ms", "p_axis_deg", "t_axis_deg",
)  # fmt: skip
_NOISE_BAND = butter(4, 35, "high", fs=RATE, output="sos")


def quality(eight: npt.NDArray) -> dict[str, float]:
    """Noise above 35 Hz and wander below 0.5 Hz of an (8, T) mV record, as log10 of mV."""
    noise = np.abs(sosfiltfilt(_NOISE_BAND, eight, axis=-1))
    wander = sosfiltfilt(_LOW_PASS, eight, axis=-1).std(axis=-1)
    return {
        # The median absolute value ignores the QRS; / 0.6745 makes it an rms of Gaussian noise.
        "noise": math.log10(float(np.median(noise)) / 0.6745 + 1e-4),
        "wander": math.log10(float(np.median(wander)) + 1e-3),
    }


def measure_record(uv: npt.NDArray[np.int16]) -> dict[str, Any]:
    """Measure one (8, 1000) uV record: {'numbers', 'beats', 'lone_p'}, JSON-ready."""
    eight = uv.astype(np.float32) / 1000
    found = measure_eight(eight, RATE)
    values = {name: getattr(found, name).value for name in _MEASURED}
    values |= {f"st_{lead}": value.value for lead, value in found.st_mv.items()}
    for lead, waves in found.leads.items():
        values |= {f"r_{lead}": waves.tall_mv, f"s_{lead}": waves.deep_mv, f"t_{lead}": waves.t_mv}
    numbers = {k: round(float(v), 4) for k, v in values.items() if v is not None}
    numbers |= {k: round(v, 3) for k, v in quality(eight).items()}
    if found.heart_rate.value is None:
        return {"numbers": numbers, "beats": [], "lone_p": []}
    lone = [(p.on_s, p.off_s) for p in found.rhythm_seen.p_waves if not p.conducted]
    return {"numbers": numbers, "beats": [asdict(b) for b in found.beats], "lone_p": lone}


def measure_all(signals: npt.NDArray[np.int16], target: Path, workers: int = 2) -> list[dict]:
    """Measure all (n, 8, 1000) records once; one JSON line a record in `target`."""
    if not target.is_file():
        unfinished = target.with_suffix(".tmp")
        with ProcessPoolExecutor(workers) as pool, unfinished.open("w") as out:
            for row in pool.map(measure_record, signals, chunksize=100):
                out.write(json.dumps(row) + "\n")
        unfinished.rename(target)
    return [json.loads(line) for line in target.read_text().splitlines()]


def beats_from(rows: Sequence[dict]) -> tuple[Beat, ...]:
    """Read the beats that `measure_record` wrote."""

    def span(pair: list[float] | None) -> tuple[float, float] | None:
        return (pair[0], pair[1]) if pair else None

    return tuple(
        Beat(r["r_s"], r["kind"], (r["qrs"][0], r["qrs"][1]), span(r["p"]), span(r["t"]))
        for r in rows
    )


def _span_of(beat: Beat, wave: str) -> tuple[float, float] | None:
    if wave == "t":  # with the ST segment, so that its level is fitted too
        return (beat.qrs[1], beat.t[1]) if beat.t else None
    return getattr(beat, wave)


def _columns(beats: Sequence[Beat], kind: str, samples: int) -> list[npt.NDArray]:
    """Basis of one kind of beat: each column is one Gaussian, drawn at every such beat."""
    time = np.arange(samples) / RATE
    columns = []
    for wave, count in _GAUSSIANS.items():
        for i in range(count):
            column = np.zeros(samples)
            for beat in beats:
                span = _span_of(beat, wave)
                if beat.kind == kind and span is not None:
                    step = (span[1] - span[0]) / count
                    centre = span[0] + (i + 0.5) * step
                    column += np.exp(-0.5 * ((time - centre) / (0.7 * step + 0.004)) ** 2)
            if column.any():
                columns.append(column)
    return columns


def fit_draft(eight: npt.NDArray, beats: Sequence[Beat], ridge: float = 0.05) -> npt.NDArray:
    """Fit dipole waves to a record.

    Args:
        eight: (8, T) mV at 100 Hz. beats: with wave limits in s.
        ridge: damps the amplitudes of Gaussians that overlap.

    Returns:
        (8, T) float32 mV: Dower's projection of the fitted dipole.
    """
    samples = eight.shape[1]
    columns = [c for kind in "NAV" for c in _columns(beats, kind, samples)]
    if not columns:
        return np.zeros(eight.shape, np.float32)
    basis = np.stack(columns, axis=1)
    dipole = INVERSE_DOWER @ sosfiltfilt(HIGH_PASS, eight, axis=-1)
    gram = basis.T @ basis
    gram[np.diag_indices_from(gram)] += ridge * np.mean(np.diag(gram))
    alpha = np.linalg.solve(gram, basis.T @ dipole.T)
    return (DOWER @ (basis @ alpha).T).astype(np.float32)
