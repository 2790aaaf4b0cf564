"""Other delineators on the same records: each lead by itself, brought together as the marks are.

Both are optional and not in requirements-dev.txt, because neurokit2 0.2.13 asks for pandas below
3 (it runs with 3.1). Without touching what is pinned:

    pip install --no-deps neurokit2 PyWavelets scikit-learn joblib threadpoolctl
    pip install --no-deps openecg opendsp onnxruntime flatbuffers ai-edge-litert

openecg's models were trained on LUDB among other data, so its figures are not those of unseen
records.
"""

import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from sediff.evaluation.ludb import FS, Marked, Record, Wave, together
from sediff.leads import LEADS

_SHORTEST_S = 0.02  # of a stretch of one class that counts as a wave
_OPENECG_FS = 250
_CLASSES = {1: "p", 2: "N", 3: "t", 4: "N"}  # openecg's numbers; 4 is a paced QRS

Finder = Callable[[Record], Sequence[Marked]]


def rivals() -> dict[str, Finder | None]:
    """Name to finder; None where the package is not installed."""
    codec = _there("openecg", "onnxruntime")
    lite = _there("openecg") and (_there("ai_edge_litert") or _there("tflite_runtime"))
    return {
        "neurokit2 dwt": _each_lead(_neurokit) if _there("neurokit2", "pywt") else None,
        "openecg boundary": _each_lead(_openecg_boundary) if lite else None,
        "openecg codec": _each_lead(_openecg_codec) if codec else None,
    }


def _there(*names: str) -> bool:
    return all(find_spec(name) is not None for name in names)


def _each_lead(read: Callable[[npt.NDArray], list[Wave]]) -> Finder:
    def find(record: Record) -> tuple[Marked, ...]:
        leads = zip(LEADS, record.twelve, strict=True)
        return together({name: _safely(read, lead) for name, lead in leads})

    return find


def _safely(read: Callable[[npt.NDArray], list[Wave]], lead: npt.NDArray) -> list[Wave]:
    """A lead on which a rival raises has no waves; the other leads still count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read(np.asarray(lead, dtype=np.float64))
        except Exception:  # whatever another package raises on a lead
            return []


def _neurokit(lead: npt.NDArray) -> list[Wave]:
    import neurokit2 as nk  # pyright: ignore[reportMissingImports]

    clean = nk.ecg_clean(lead, sampling_rate=FS)
    _, peaks = nk.ecg_peaks(clean, sampling_rate=FS)
    at: Any = peaks["ECG_R_Peaks"]
    _, found = nk.ecg_delineate(clean, at, sampling_rate=FS, method="dwt")
    waves = _listed("N", at, found["ECG_R_Onsets"], found["ECG_R_Offsets"])
    for symbol, name in (("p", "P"), ("t", "T")):
        keys = (f"ECG_{name}_{part}" for part in ("Peaks", "Onsets", "Offsets"))
        waves += _listed(symbol, *(found[key] for key in keys))
    return waves


def _listed(symbol: str, peaks: Any, on: Any, off: Any) -> list[Wave]:
    def seconds(sample: Any) -> float | None:
        return None if sample is None or not np.isfinite(sample) else float(sample) / FS

    rows = zip(peaks, on, off, strict=True)
    return [
        (symbol, at, seconds(start), seconds(stop))
        for peak, start, stop in rows
        if (at := seconds(peak)) is not None
    ]


@lru_cache(maxsize=1)
def _boundary_model() -> Any:
    from openecg.deploy import Inference  # pyright: ignore[reportMissingImports]

    return Inference()


@lru_cache(maxsize=1)
def _codec_model() -> Any:
    from openecg.deploy import OnnxCodec  # pyright: ignore[reportMissingImports]

    return OnnxCodec()


def _openecg_boundary(lead: npt.NDArray) -> list[Wave]:
    """Its documented delineator: 250 Hz, frames of 20 ms."""
    windows = _boundary_model().predict(resample_poly(lead, _OPENECG_FS, FS))
    spans = [(b.cls, b.start / _OPENECG_FS, (b.end + 1) / _OPENECG_FS) for b in windows[0]]
    return [_wave(lead, *span) for span in spans]


def _openecg_codec(lead: npt.NDArray) -> list[Wave]:
    """Its newer layered codec: one label a sample at 500 Hz."""
    events = _codec_model().encode(lead, fs=FS).events("frame", drop_class=0)
    spans = [(cls, start / FS, stop / FS) for start, stop, cls in events]
    return [_wave(lead, *span) for span in spans if span[2] - span[1] >= _SHORTEST_S]


def _wave(lead: npt.NDArray, cls: int, on: float, off: float) -> Wave:
    """A wave with its peak where the lead is furthest from its level around the wave."""
    start, stop = round(on * FS), max(round(off * FS), round(on * FS) + 1)
    part = lead[start:stop]
    peak = start + int(np.argmax(np.abs(part - np.median(lead)))) if len(part) else start
    return _CLASSES[int(cls)], peak / FS, on, off
