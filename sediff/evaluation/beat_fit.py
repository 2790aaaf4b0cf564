"""The beat decoder against fitting each beat by least squares, on real median beats."""

from argparse import Namespace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy.optimize import least_squares

from sediff.diffusion.beats import (
    AFTER,
    BEFORE,
    COMPONENTS,
    Beats,
    at_times,
    leads_of,
    windows_of,
)
from sediff.leads import DOWER, EIGHT, INVERSE_DOWER
from sediff.training.beats import times_of, without_drift
from sediff.training.inputs import latents_of, load_beats, load_data, measured_of, newest

_T_MS = np.arange(-BEFORE, AFTER) * 10.0
_START = np.array([row[1:3] for row in COMPONENTS])
_REACH = np.array([row[3] for row in COMPONENTS])


def beat_fit(arguments: Namespace) -> dict[str, Any]:
    """Rms and correlation per lead of decoded and of fitted beats with the real median beat."""
    data = load_data(arguments.data, arguments.work, arguments.fold)
    measured = measured_of(arguments, data)
    r_s, there = times_of(measured)
    rows = np.flatnonzero((data.part == "test") & data.clean & (there.sum(1) >= 4))
    rows = np.random.default_rng(0).permutation(rows)[: arguments.count]
    latent = torch.from_numpy(latents_of(arguments, data)[rows].astype(np.float32))
    model = load_beats(newest(arguments.work, "beats"))
    ours: list[npt.NDArray] = []
    fitted: list[npt.NDArray] = []
    best: list[npt.NDArray] = []
    real: list[npt.NDArray] = []
    for i, row in enumerate(rows):
        at, is_there = (torch.from_numpy(part[row : row + 1]) for part in (r_s, there))
        cut = windows_of(torch.from_numpy(without_drift(data.low[row : row + 1])), at)[0].numpy()
        chosen = is_there[0].bool().numpy()
        median = _level(np.median(cut[chosen], axis=0))
        with torch.no_grad():
            beats = model(latent[i : i + 1], at, is_there)
        real.append(median)
        ours.append(_level(_drawn(beats, chosen)))
        fitted.append(_level(DOWER @ fit_beat(INVERSE_DOWER @ median)))
        best.append(DOWER @ (INVERSE_DOWER @ median))
    return {
        "records": len(rows),
        "beat_decoder": _compare(ours, real),
        "least_squares_each_beat": _compare(fitted, real),
        "any_dipole": _compare(best, real),
    }


def _level(beat: npt.NDArray) -> npt.NDArray:
    return beat - beat.mean(axis=-1, keepdims=True)


def _drawn(beats: Beats, chosen: npt.NDArray[np.bool_]) -> npt.NDArray:
    """(8, T) median of the decoded beats."""
    t_ms = torch.from_numpy(_T_MS.astype(np.float32)).expand(1, beats.t_ms.shape[1], -1)
    dipole = at_times(beats, t_ms)[0].transpose(1, 2)
    return np.median(leads_of(dipole).numpy()[chosen], axis=0)


def fit_beat(dipole: npt.NDArray) -> npt.NDArray:
    """Fit one (3, T) beat with as many Gaussians as the beat decoder has; (3, T) of the fit.

    Centres and widths by nonlinear least squares, amplitudes linear in each step (variable
    projection; Golub & Pereyra 1973).
    """
    count = len(COMPONENTS)

    def basis(p: npt.NDArray) -> npt.NDArray:
        t = _START[:, 0] + _REACH * np.tanh(p[:count])
        w = np.exp(np.clip(p[count:], -1.5, 1.5)) * _START[:, 1]
        return np.exp(-0.5 * ((_T_MS[:, None] - t) / w) ** 2)

    def fitted(p: npt.NDArray) -> npt.NDArray:
        columns = np.column_stack([basis(p), np.full(len(_T_MS), 0.3)])
        gram = columns.T @ columns + 1e-3 * np.eye(count + 1)
        return columns @ np.linalg.solve(gram, columns.T @ dipole.T)

    found = least_squares(
        lambda p: (fitted(p) - dipole.T).ravel(), np.zeros(2 * count), max_nfev=25
    )
    return fitted(found.x).T


def _compare(made: list[npt.NDArray], real: list[npt.NDArray]) -> dict[str, Any]:
    a, b = np.stack(made), np.stack(real)
    rms = np.sqrt(((a - b) ** 2).mean(-1))
    cosine = (a * b).sum(-1) / np.maximum(
        np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1), 1e-9
    )
    return {
        "rms_mv": _per_lead(rms),
        "correlation": _per_lead(cosine),
    }


def _per_lead(values: npt.NDArray) -> dict[str, float]:
    """Median over records of each lead, and over all."""
    middle = np.median(values, axis=0)
    return {"all": round(float(np.median(values)), 4)} | {
        lead: round(float(v), 4) for lead, v in zip(EIGHT, middle, strict=True)
    }
