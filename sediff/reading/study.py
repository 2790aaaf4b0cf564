"""A blind-reading study: its items in random order, real and synthetic alike.

Of a real ECG only the path is kept: its samples are read when they are shown.
"""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sediff.ecg import Ecg
from sediff.errors import RequestError
from sediff.imports import read_path
from sediff.measure import measure
from sediff.pipeline import OnStep, generate_many
from sediff.reading.alike import alike
from sediff.reading.folder import Real, find_real
from sediff.spec import LIMITS, MAX_REPORT, Request

MOST_EACH = 100  # real, and as many synthetic
MAX_NAME = 80
REAL, SYNTHETIC = "real", "synthetic"
_BATCH = 8
_SEEDS = 2**31 - 1
# What the data taught best, about as often as clinics see it: for folders without reports.
USUAL = (
    "Normal ECG", "Normal ECG", "Sinus rhythm, left ventricular hypertrophy",
    "Atrial fibrillation", "Sinus rhythm, old inferior infarct", "Left bundle branch block",
    "Sinus bradycardia", "Right bundle branch block", "Sinus rhythm, old anteroseptal infarct",
    "Sinus tachycardia",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One ECG of a study.

    Attributes:
        id: opaque. kind: 'real' or 'synthetic'.
        path: of a real one. ecg: of a synthetic one, as it is shown.
        findings: what it should show, ids; () where nobody has told.
        age, sex: told to the reader where known.
    """

    id: str
    kind: str
    path: Path | None = None
    ecg: Ecg | None = None
    findings: tuple[str, ...] = ()
    age: float | None = None
    sex: str | None = None

    def shown(self, fs: int) -> Ecg:
        """The ECG as a reader sees it, at the study's rate.

        Raises:
            DataError: the file of a real one is not there any more.
        """
        if self.ecg is not None:
            return self.ecg
        assert self.path is not None
        return alike(read_path(self.path).ecg, fs)


@dataclass(frozen=True)
class Study:
    """Name, rate in Hz of all its ECGs, and its items in the order of their making."""

    name: str
    fs: int
    items: tuple[Item, ...]


def make_study(
    name: str,
    folder: Path,
    each: int,
    seed: int,
    on_step: OnStep | None = None,
    make: Callable[..., Sequence] = generate_many,
) -> Study:
    """Draw `each` real ECGs from a folder and make as many synthetic ones.

    Where a table tells what the real ones show, each has a synthetic twin that was asked for with
    the same report, age, sex and heart rate; else usual reports at the same heart rates. All are
    then shown at the rate of the slowest record, in one band and one resolution.

    Raises:
        RequestError: no name, or a number out of range. DataError: see `find_real`.
    """
    _check(name, each)
    rng = random.Random(seed)
    real = find_real(folder, each, seed)
    opened = [read_path(one.path).ecg for one in real]
    fs = min(500, *(ecg.fs for ecg in opened))
    requests = [
        _twin(one, ecg, place, rng.randrange(_SEEDS))
        for place, (one, ecg) in enumerate(zip(real, opened, strict=True))
    ]
    items = [
        Item(_id(), REAL, path=one.path, findings=one.findings, age=one.age, sex=one.sex)
        for one in real
    ]
    done = 0
    for start in range(0, each, _BATCH):
        part = requests[start : start + _BATCH]
        for made in make(part):
            shown = alike(made.ecg, fs)
            ids = tuple(one.id for one in made.spec.findings)
            patient = real[done]
            item = Item(_id(), SYNTHETIC, None, shown, ids, patient.age, patient.sex)
            items.append(item)
            done += 1
        if on_step:
            on_step(done, each)
    rng.shuffle(items)
    return Study(" ".join(name.split()), fs, tuple(items))


def _twin(real: Real, ecg: Ecg, place: int, seed: int) -> Request:
    rate = measure(ecg).heart_rate.value
    low, high, _ = LIMITS["heart_rate"]
    asked = Request(
        report=(real.report or USUAL[place % len(USUAL)])[:MAX_REPORT],
        age=real.age,
        sex=real.sex if real.sex in ("female", "male") else None,  # type: ignore[arg-type]
        seed=seed,
    )
    return replace(asked, heart_rate=rate) if rate and low <= rate <= high else asked


def _check(name: str, each: int) -> None:
    if not name.strip() or len(name) > MAX_NAME:
        raise RequestError(f"Give the study a name of up to {MAX_NAME} characters.")
    if not 2 <= each <= MOST_EACH:
        raise RequestError(f"Ask for 2 to {MOST_EACH} real ECGs.")


def _id() -> str:
    return secrets.token_urlsafe(9)
