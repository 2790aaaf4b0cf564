"""Measures the ECGs of a set in two processes: as they are, and at 100 Hz as the real ones are."""

import hashlib
import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.criteria import Subject, judge_all, mimicked
from sediff.measure import measure_eight
from sediff.measure.values import Measurements
from sediff.spec import CaseSpec
from sediff.training.scaffold import measure_record

_NUMBERS = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")
LOW = 100  # Hz of the real records
Job = tuple[npt.NDArray[np.int16], int, npt.NDArray[np.int16], str]


@lru_cache(maxsize=1)
def ruler_key() -> str:
    """Changes whenever the code of the ruler or of the criteria does: old readings are dropped."""
    package = Path(__file__).resolve().parents[2]
    files = [*package.glob("measure/*.py"), *package.glob("criteria/*.py"), Path(__file__)]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def measured(job: Job) -> dict[str, Any]:
    """Measure one ECG.

    Args:
        job: the finished (8, T) uV, its rate in Hz, the same at 100 Hz, and the JSON of its case
            ('' without one: then no criteria are judged).

    Returns:
        'ruler': the numbers of the finished ECG; 'low': numbers and beats at 100 Hz; 'verdicts':
        finding -> 'met' and the names of 'failed' checks; 'mimicked': names of look-alikes.
    """
    uv, fs, low, case = job
    found = measure_eight(uv.astype(np.float32) / 1000, fs)
    values = {name: getattr(found, name).value for name in _NUMBERS}
    result: dict[str, Any] = {
        "ruler": {name: round(float(v), 3) for name, v in values.items() if v is not None},
        "low": measure_record(low),
    }
    return result | (_judged(CaseSpec.from_json(case), found) if case else {})


def _judged(spec: CaseSpec, found: Measurements) -> dict[str, Any]:
    subject = Subject(found, spec.age, spec.sex)
    verdicts = {
        verdict.id: {"met": verdict.met, "failed": [outcome.name for outcome in verdict.failed]}
        for verdict in judge_all(spec.findings, subject)
    }
    return {
        "verdicts": verdicts,
        "mimicked": [verdict.name for verdict in mimicked(spec.findings, subject)],
    }


def measure_jobs(jobs: Sequence[Job], workers: int) -> Iterator[dict[str, Any]]:
    """The readings in the order of `jobs`; `workers` 0 measures in this process."""
    if not workers:
        yield from map(measured, jobs)
        return
    yield from pool(workers).map(measured, jobs, chunksize=8)


@lru_cache(maxsize=1)
def pool(workers: int) -> ProcessPoolExecutor:
    """One for all sets: it takes seconds to start. Spawned: torch does not survive a fork."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread)


def _one_thread() -> None:
    """Processes side by side would wait for each other's threads; read when torch is imported."""
    os.environ["OMP_NUM_THREADS"] = "1"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write JSON lines whole or not at all."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_text("".join(json.dumps(row) + "\n" for row in rows))
    unfinished.replace(path)
