"""Makes the ECGs of the benchmark batch by batch and keeps them: a stopped run goes on.

A batch is one .npz file (int16 uV and the JSON of its cases) and, once it is measured, one file
of JSON lines beside it. Both are written whole or not at all, and made again where the request,
the case planned from it, the weights or the ruler are others than before.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.batch import BATCH
from sediff.ecg import SECONDS, eight_to_uv
from sediff.evaluation.benchmark.ruler import (
    LOW,
    Job,
    measure_jobs,
    pool,
    read_lines,
    ruler_key,
    write_lines,
)
from sediff.leads import identity_error
from sediff.plan import plan
from sediff.spec import CaseSpec, Request
from sediff.training.prepare import to_100hz as reduce_one

Uv = npt.NDArray[np.int16]
# Requests in, one (8, T) uV of ten seconds each out, at 500 or 100 Hz.
Make = Callable[[Sequence[Request]], Sequence[Uv]]
Step = Callable[[int], None]  # told how many ECGs have been made or measured since the last call


@dataclass(frozen=True)
class EcgSet:
    """ECGs of one source and one sampling seed, one a request.

    Attributes:
        low: (n, 8, 1000) float32 mV at 100 Hz, reduced as PTB-XL itself was.
        specs: the case of each. readings: see `ruler.measured`.
        files: per ECG its .npz file and its place there; empty for real records.
    """

    name: str
    seed: int
    low: npt.NDArray[np.float32]
    specs: tuple[CaseSpec, ...]
    readings: tuple[Mapping[str, Any], ...]
    files: tuple[tuple[Path, int], ...] = ()

    def __len__(self) -> int:
        return len(self.low)

    def ruler(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) a number of the finished ECGs, NaN where the ruler abstains."""
        return _column([reading["ruler"] for reading in self.readings], name)

    def at_100hz(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) the same at 100 Hz, as real records are measured."""
        return _column([reading["low"]["numbers"] for reading in self.readings], name)

    def planned(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) what the case of each ECG says, NaN where such a number does not exist."""
        values = [None if name in s.lacks else getattr(s, name) for s in self.specs]
        return np.array([np.nan if v is None else v for v in values], np.float64)

    def uv(self, i: int) -> tuple[Uv, int]:
        """The samples of one ECG, (8, T) uV, and their rate in Hz."""
        if not self.files:
            return np.rint(self.low[i] * 1000).astype(np.int16), LOW
        path, at = self.files[i]
        uv = _uv(path)[at]
        return uv, rate_of(uv)


def _column(rows: Sequence[Mapping[str, float]], name: str) -> npt.NDArray[np.float64]:
    return np.array([row.get(name, np.nan) for row in rows], np.float64)


@dataclass(frozen=True)
class Store:
    """Where sets are kept, and how they are reduced and measured.

    Attributes:
        folder: of one state of the weights.
        taps: the data set's own filter from 500 to 100 Hz (`fit_decimator`).
        workers: processes that draw and measure; 0: this one.
    """

    folder: Path
    taps: npt.NDArray[np.float32]
    workers: int = 2

    def make(
        self,
        name: str,
        seed: int,
        requests: Sequence[Request],
        make: Make,
        step: Step,
        measure: bool = True,
    ) -> EcgSet:
        """The set of a source, made where it is not there yet; `measure` adds its readings.

        Args:
            make: a function that other processes can be sent, where there are `workers`.
        """
        place = self.folder / f"{name.replace(' ', '-').replace(',', '')}-{seed}"
        place.mkdir(parents=True, exist_ok=True)
        batches = {
            place / f"{start:05d}-{len(part):02d}.npz": part
            for start in range(0, len(requests), BATCH)
            for part in [requests[start : start + BATCH]]
        }
        files, specs = [], []
        for path, told in self._batches(batches, make):
            specs += told
            files += [(path, i) for i in range(len(told))]
            step(len(told))
        if not measure:
            uv = np.concatenate([self.reduced(_uv(path)) for path in batches])
            low = (uv / 1000).astype(np.float32)
            return EcgSet(name, seed, low, tuple(specs), (), tuple(files))
        low, readings = self._measured(files, specs, step)
        return EcgSet(name, seed, low, tuple(specs), tuple(readings), tuple(files))

    def _batches(
        self, batches: Mapping[Path, Sequence[Request]], make: Make
    ) -> Iterator[tuple[Path, list[CaseSpec]]]:
        """Every batch with its cases, in order; what is not there is made."""
        kept = {path: _kept(path, part) for path, part in batches.items()}
        parts = [part for path, part in batches.items() if kept[path] is None]
        side_by_side = pool(self.workers).map if self.workers else map
        made = iter(side_by_side(partial(_stacked, make), parts) if parts else ())
        for path, part in batches.items():
            told = kept[path]
            yield path, _write(path, part, next(made)) if told is None else told

    def real(self, name: str, uv: Uv, specs: Sequence[CaseSpec], rows: Sequence[int]) -> EcgSet:
        """The set of real (n, 8, 1000) records; `rows` name them in the cache of readings."""
        cases = [spec.to_json() for spec in specs] or [""] * len(uv)
        jobs = [(one, LOW, one, case) for one, case in zip(uv, cases, strict=True)]
        readings = self.readings(name, jobs, [*cases, *map(str, rows)])
        return EcgSet(name, 0, (uv / 1000).astype(np.float32), tuple(specs), tuple(readings))

    def readings(self, name: str, jobs: Sequence[Job], about: Sequence[str]) -> list[dict]:
        """The readings of real records, kept under a name of what they are `about`."""
        place = self.folder.parent / "real"
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{name.replace(' ', '-')}-{hash_of(about):012x}.{ruler_key()}.jsonl"
        if not path.is_file():
            write_lines(path, list(measure_jobs(jobs, self.workers)))
        return read_lines(path)

    def _measured(
        self, files: Sequence[tuple[Path, int]], specs: Sequence[CaseSpec], step: Step
    ) -> tuple[npt.NDArray[np.float32], list[dict[str, Any]]]:
        """(n, 8, 1000) mV and the readings, batch by batch."""
        paths = list(dict.fromkeys(path for path, _ in files))
        lows = [self.reduced(_uv(path)) for path in paths]
        cases = {place: spec.to_json() for place, spec in zip(files, specs, strict=True)}
        jobs: list[Job] = []
        for path, low in zip(paths, lows, strict=True):
            if not _readings(path).is_file():
                rows = enumerate(zip(_uv(path), low, strict=True))
                jobs += [(uv, rate_of(uv), small, cases[path, i]) for i, (uv, small) in rows]
        found = measure_jobs(jobs, self.workers) if jobs else iter(())
        readings: list[dict[str, Any]] = []
        for path, low in zip(paths, lows, strict=True):
            if not _readings(path).is_file():
                write_lines(_readings(path), [next(found) for _ in low])
            readings += read_lines(_readings(path))
            step(len(low))
        return (np.concatenate(lows) / 1000).astype(np.float32), readings

    def reduced(self, uv: Uv) -> Uv:
        """(n, 8, 1000) at 100 Hz of what may be at 500 Hz."""
        return uv if rate_of(uv) == LOW else to_100hz(uv, self.taps)


def rate_of(uv: Uv) -> int:
    """Samples a second of ten seconds."""
    return uv.shape[-1] // SECONDS


def to_100hz(uv: Uv, taps: npt.NDArray[np.float32]) -> Uv:
    """(n, 8, 5 T) uV at 500 Hz -> (n, 8, T) at 100 Hz by the FIR `taps`, centred on sample 5 k."""
    low = np.stack([reduce_one(one.astype(np.float32), taps) for one in uv])
    return np.clip(np.rint(low), -32767, 32767).astype(np.int16)


def identity_errors(one: EcgSet) -> npt.NDArray[np.float64]:
    """(n,) largest departure of the twelve leads from their identities, in uV, as exported."""
    uv = (one.uv(i)[0] / 1000 for i in range(len(one)))
    return np.array([identity_error(eight_to_uv(eight)) for eight in uv])


def hash_of(texts: Sequence[str]) -> int:
    """A number that is the same in every process."""
    return int(hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12], 16)


def _stacked(make: Make, requests: Sequence[Request]) -> Uv:
    return np.stack(make(requests))


def _kept(path: Path, requests: Sequence[Request]) -> list[CaseSpec] | None:
    """The cases of a batch that was made of these very requests and plans, else None."""
    try:
        with np.load(path) as batch:
            asked, cases = batch["requests"].tolist(), batch["cases"].tolist()
    except (OSError, ValueError, KeyError):
        return None
    plans = [plan(request) for request in requests]
    same = asked == [_text(r) for r in requests] and cases == [p.to_json() for p in plans]
    return plans if same else None


def _write(path: Path, requests: Sequence[Request], uv: Uv) -> list[CaseSpec]:
    specs = [plan(request) for request in requests]
    unfinished = path.with_suffix(".tmp.npz")
    np.savez(
        unfinished,
        uv=uv.astype(np.int16),
        requests=np.array([_text(request) for request in requests]),
        cases=np.array([spec.to_json() for spec in specs]),
    )
    unfinished.replace(path)
    for old in path.parent.glob(f"{path.stem}.*.jsonl"):  # readings of what lay here before
        old.unlink()
    return specs


def _uv(path: Path) -> Uv:
    with np.load(path) as batch:
        return batch["uv"]


def _readings(path: Path) -> Path:
    return path.with_suffix(f".{ruler_key()}.jsonl")


def _text(request: Request) -> str:
    return json.dumps(asdict(request), ensure_ascii=False)
