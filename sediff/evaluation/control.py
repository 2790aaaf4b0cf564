"""Control and speed: does the ECG do what was asked, how fast, and the same every time?"""

import hashlib
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch

from sediff.batch import BATCH
from sediff.leads import identity_error
from sediff.measure import measure_eight
from sediff.pipeline import Generated, edit, generate, generate_many, simulate_only, warm_up
from sediff.spec import MAX_REPORT, Request
from sediff.training.ptbxl import data_root, load_metadata, read_eight

# Statements of rhythms without one steady rate.
_UNSTEADY = {"AFIB", "AFLT", "PVC", "PAC", "SVARR", "BIGU", "TRIGU", "PRC(S)", "SVTAC", "PSVT"}
_UNSTEADY |= {"2AVB", "3AVB"}
_BASE = Request(report="Sinus rhythm, normal ECG", age=55, sex="male", heart_rate=70, seed=11)


def _steady_rows(arguments: Namespace) -> tuple[Path, pd.DataFrame]:
    root = data_root(arguments.data)
    table = load_metadata(root)
    steady = table["codes"].map(lambda codes: not _UNSTEADY & set(codes))
    chosen = (table["strat_fold"] == arguments.fold) & (table["age"] >= 18) & steady
    return root, table.loc[chosen].sample(frac=1, random_state=0)


def fold_records(arguments: Namespace) -> Iterator[npt.NDArray[np.float32]]:
    """The first `count` real records of a fold as (8, 1000) mV, without AF or ectopy."""
    root, table = _steady_rows(arguments)
    for name in table["filename_lr"].head(arguments.count):
        yield (read_eight(root / str(name)) / 1000).astype(np.float32)


def fold_requests(arguments: Namespace) -> list[Request]:
    """Requests of a fold: the record's own report, age, sex and measured heart rate."""
    root, table = _steady_rows(arguments)
    requests: list[Request] = []
    row: Any
    for row in table.itertuples():
        eight = read_eight(root / str(row.filename_lr)) / 1000
        rate = measure_eight(eight, 100).heart_rate.value
        if rate is not None and 25 <= rate <= 220:
            requests.append(
                Request(
                    report=str(row.report)[:MAX_REPORT],
                    age=min(float(row.age), 100),
                    sex=row.sex_name,
                    heart_rate=round(rate, 1),
                    seed=len(requests),
                )
            )
        if len(requests) == arguments.count:
            break
    return requests


def heart_rate(arguments: Namespace) -> dict[str, Any]:
    """Measured against asked heart rate, one candidate an ECG."""
    requests = fold_requests(arguments)
    made: list[Generated] = []
    for start in range(0, len(requests), BATCH):
        made += generate_many(requests[start : start + BATCH])
    pairs = [(m.spec.heart_rate, m.measured.heart_rate.value) for m in made]
    errors = np.array([abs(a - b) for a, b in pairs if b is not None])
    return {
        "requests": len(requests),
        "measurable": len(errors) / len(requests),
        "mean_error_bpm": float(errors.mean()),
        "median_error_bpm": float(np.median(errors)),
        "within_5_bpm": float((errors <= 5).mean()),
        "intervals": {name: _interval_error(made, name) for name in ("pr_ms", "qrs_ms", "qt_ms")},
    }


def _interval_error(made: list[Generated], name: str) -> dict[str, float]:
    pairs = [(getattr(m.spec, name), getattr(m.measured, name).value) for m in made]
    errors = np.array([b - a for a, b in pairs if a is not None and b is not None])
    asked = sum(a is not None for a, _ in pairs)
    return {
        "median_absolute_ms": float(np.median(np.abs(errors))),
        "median_bias_ms": float(np.median(errors)),
        "measurable": len(errors) / max(asked, 1),
    }


def speed(arguments: Namespace) -> dict[str, Any]:
    """Seconds of a warm `generate`, of an edit, of a cold start; ECGs a core makes in a batch."""
    warm_up()
    generate(_BASE)
    times = []
    for seed in range(min(arguments.count, 15)):
        begun = time.perf_counter()
        generate(replace(_BASE, seed=seed))
        times.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COLD], check=True, capture_output=True)
    cold = time.perf_counter() - begun
    draws = []
    for seed in range(30):
        begun = time.perf_counter()
        simulate_only(replace(_BASE, seed=seed))
        draws.append(time.perf_counter() - begun)
    base = generate(_BASE)
    moved = [replace(_BASE, pr_ms=150.0 + step) for step in range(0, 40, 2)]
    edits = [made.seconds for request in moved if (made := edit(base, request)) is not None]
    return {
        "warm_median_s": float(np.median(times)),
        "edit_median_s": float(np.median(edits)),
        "ecgs_per_core_and_second_in_batches": _throughput(),
        "warm_worst_s": max(times),
        "cold_start_to_first_ecg_s": cold,
        "simulate_and_measure_median_s": float(np.median(draws)),
    }


def _throughput() -> float:
    """ECGs made and measured in a second by one core, in batches; other processes add theirs."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        begun = time.perf_counter()
        generate_many([replace(_BASE, seed=seed) for seed in range(BATCH)], redraw=False)
        return BATCH / (time.perf_counter() - begun)
    finally:
        torch.set_num_threads(before)


_COLD = """
from sediff.pipeline import generate
from sediff.spec import MAX_REPORT, Request
generate(Request(report='Sinus rhythm', seed=1))
"""
_HASH = """
import hashlib
from sediff.pipeline import generate
from sediff.spec import MAX_REPORT, Request
ecg = generate(Request(report='Left bundle branch block', age=70, sex='male', seed=5)).ecg
print(hashlib.sha256(ecg.uv.tobytes()).hexdigest())
"""


def sameness(arguments: Namespace) -> dict[str, Any]:
    """Lead identities, two processes, two batch sizes."""
    hashes = {
        subprocess.run([sys.executable, "-c", _HASH], check=True, capture_output=True).stdout
        for _ in range(2)
    }
    requests = fold_requests(Namespace(**{**vars(arguments), "count": 8}))
    together = generate_many(requests)
    alone = [generate(request) for request in requests]
    apart = max(
        int(np.abs(a.ecg.uv.astype(int) - b.ecg.uv.astype(int)).max())
        for a, b in zip(together, alone, strict=True)
    )
    return {
        "identity_error_uv": max(identity_error(m.ecg.uv) for m in together),
        "same_in_two_processes": len(hashes) == 1,
        "batch_size_changes_uv": apart,
        "first_sha256": hashlib.sha256(together[0].ecg.uv.tobytes()).hexdigest(),
    }


_STEERED: Mapping[str, tuple[dict[str, Any], str]] = {
    "PR 240 ms": ({"pr_ms": 240.0}, "pr_ms"),
    "QRS 140 ms": ({"qrs_ms": 140.0}, "qrs_ms"),
    "QT 480 ms": ({"qt_ms": 480.0}, "qt_ms"),
    "axis -45 deg": ({"axis_deg": -45.0}, "axis_deg"),
    "ST V3 +0.3 mV": ({"st_mv": (("V3", 0.3),)}, "V3"),
}


def steering(arguments: Namespace) -> dict[str, Any]:
    """Each parameter asked against its default with the same seed: what was measured."""
    table: dict[str, Any] = {}
    seeds = range(1, 1 + min(arguments.count, 10))
    plain = [replace(_BASE, seed=seed) for seed in seeds]
    before = generate_many(plain)
    for label, (change, name) in _STEERED.items():
        after = generate_many([replace(request, **change) for request in plain])
        pairs = [(_read(a, name), _read(b, name)) for a, b in zip(before, after, strict=True)]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        asked = next(iter(change.values()))
        table[label] = {
            "asked": asked if isinstance(asked, float) else asked[0][1],
            "default_measured_median": float(np.median([a for a, _ in both])),
            "measured_median": float(np.median([b for _, b in both])),
            "change_median": float(np.median([b - a for a, b in both])),
            "right_direction": _toward(both, asked if isinstance(asked, float) else asked[0][1]),
            "measurable": len(both) / len(pairs),
        }
    return table


def _toward(pairs: list[tuple[float, float]], asked: float) -> float:
    """Share of the pairs that moved towards what was asked."""
    return float(np.mean([abs(b - asked) < abs(a - asked) for a, b in pairs]))


def _read(made: Generated, name: str) -> float | None:
    value = made.measured.st_mv[name] if name == "V3" else getattr(made.measured, name)
    return value.value
