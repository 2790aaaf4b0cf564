"""Brings together what is judged: real records, requests, and the ECGs of every source."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sediff.assets import read_manifest
from sediff.ecg import FS
from sediff.errors import DataError
from sediff.evaluation.benchmark.cases import (
    INTERVALS,
    Case,
    cases_of,
    floor_rows,
    fold_rows,
    nearest_rows,
    train_rows,
)
from sediff.evaluation.benchmark.progress import Progress
from sediff.evaluation.benchmark.ruler import Job
from sediff.evaluation.benchmark.sets import EcgSet, Store, hash_of
from sediff.evaluation.benchmark.signal import Drawn
from sediff.evaluation.benchmark.sources import (
    FLOOR,
    NEAREST,
    OURS,
    REAL,
    Source,
    missing,
    one_draw,
    sources,
)
from sediff.plan import plan
from sediff.training.inputs import Data, measured_of, taps_of

_READERS = ("judge.safetensors", "beats.safetensors")  # they look at ECGs and make none


@dataclass(frozen=True)
class Asked:
    """What is evaluated.

    Attributes:
        fold: of the data. count: ECGs of it, None for all. seeds: sampling seeds.
        work: folder of the cache. workers: processes that measure.
    """

    fold: int
    count: int | None
    seeds: int
    work: Path
    workers: int = 2


def weights() -> dict[str, str]:
    """Weight file -> sha256, of the files that an ECG depends on."""
    files: Mapping[str, Mapping[str, str]] = read_manifest().get("files", {})
    return {name: row["sha256"] for name, row in files.items() if name not in _READERS}


def store_of(asked: Asked, data: Data) -> Store:
    """The cache of the present weights."""
    name = f"{hash_of([f'{k} {v}' for k, v in sorted(weights().items())]):012x}"
    folder = asked.work / "benchmark" / name
    folder.mkdir(parents=True, exist_ok=True)
    return Store(folder, taps_of(data), asked.workers)


def gather(asked: Asked, data: Data, store: Store) -> Drawn:
    """Every set; what is there already is not made again."""
    rows = fold_rows(data, asked.fold, asked.count)
    cases = _cases(data, rows, store)
    specs = [plan(case.request()) for case in cases]
    real = store.real(REAL, data.low[rows], specs, rows.tolist())
    others = floor_rows(data, asked.fold, len(rows))
    floor = store.real(FLOOR, data.low[others], (), others.tolist())
    near = _nearest(asked, data, cases)
    sets: dict[str, list[EcgSet]] = {}
    intervals: dict[str, list[EcgSet]] = {}
    drawing = sources(asked.work)
    progress = Progress(2 * len(cases) * sum(_draws(one, asked.seeds) for one in drawing))
    for source in drawing:
        for seed in range(asked.seeds if source.seeds else 1):
            for by_number in (False, True)[: 1 + source.intervals]:
                more = ", with intervals" if by_number else ""
                progress.begin(f"{source.name}{more}, seed {seed + 1}")
                requests = [case.request(seed, by_number, source.named) for case in cases]
                made = store.make(
                    f"{source.name}{more} {source.mark}".strip(),
                    seed,
                    requests,
                    source.make,
                    progress.step,
                )
                (intervals if by_number else sets).setdefault(source.name, []).append(made)
    sets[NEAREST] = [store.real(NEAREST, data.low[near], specs, near.tolist())]
    return Drawn(
        cases, sets, intervals, real, floor, missing(asked.work), _twice(data, rows, store)
    )


def training_set(
    asked: Asked,
    data: Data,
    store: Store,
    count: int,
    seeds: Sequence[int] = (0,),
    chosen: Callable[[Sequence[Case]], Sequence[Case]] = lambda cases: cases,
) -> tuple[npt.NDArray[np.float32], list[Case]]:
    """Our ECGs for the requests of `count` training records, to train a classifier on.

    Args:
        seeds: of the sampling; each request is drawn once a seed.
        chosen: some of the cases, where not all are drawn.

    Returns:
        (n, 8, 1000) mV at 100 Hz, and the case of each.
    """
    rows = train_rows(data, count)
    numbers = _measured(asked, data)
    cases = list(chosen(cases_of(data, rows, [numbers[row]["numbers"] for row in rows])))
    progress = Progress(len(cases) * len(seeds))
    low = []
    for seed in seeds:
        progress.begin(f"training records, seed {seed + 1}")
        requests = [case.request(seed) for case in cases]
        name = f"{OURS}, training"
        made = store.make(name, seed, requests, one_draw, progress.step, measure=False)
        low.append(made.low)
    return np.concatenate(low), cases * len(seeds)


def _draws(source: Source, seeds: int) -> int:
    return (seeds if source.seeds else 1) * (1 + source.intervals)


def _cases(data: Data, rows: npt.NDArray[np.int64], store: Store) -> list[Case]:
    """The cases of a fold, with numbers by the ruler as it is today."""
    plain = store.real("unasked", data.low[rows], (), rows.tolist())
    return cases_of(data, rows, [reading["low"]["numbers"] for reading in plain.readings])


def _nearest(asked: Asked, data: Data, cases: Sequence[Case]) -> npt.NDArray[np.int64]:
    train = train_rows(data)
    numbers = _measured(asked, data)
    rates = [numbers[row]["numbers"].get("heart_rate", np.nan) for row in train]
    return nearest_rows([case.request() for case in cases], data, train, rates)


def _measured(asked: Asked, data: Data) -> list[dict]:
    found = measured_of(Namespace(work=asked.work), data)
    if len(found) != len(data.table):
        raise DataError(
            f"The measurements in {asked.work} are of other data: name another --work folder."
        )
    return found


def _twice(
    data: Data, rows: npt.NDArray[np.int64], store: Store
) -> dict[str, npt.NDArray[np.float64]]:
    """Numbers of the real records at 100 and at 500 Hz: what the ruler itself is off."""
    both = rows[data.high_of[rows] >= 0]
    jobs: list[Job] = [(data.high[data.high_of[row]], FS, data.low[row], "") for row in both]
    readings = store.readings("both-rates", jobs, [str(row) for row in both])
    return {
        name: np.array(
            [
                [r["low"]["numbers"].get(name, np.nan), r["ruler"].get(name, np.nan)]
                for r in readings
            ]
        ).reshape(-1, 2)
        for name in ("heart_rate", *INTERVALS)
    }
