"""What the app would make of a real record's report: the conditions as they are in use.

The statements of PTB-XL say more than the reader finds in its reports: of the records with septal
infarcts in fold 9, it finds fewer than half. A model that is told the statements learns that what
is not told is not there; told what the reader finds, it learns what such words leave open, and to
read the text itself.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sediff.diffusion.text import TextEncoder
from sediff.experience.implied import with_implied
from sediff.findings import FINDINGS, concepts, expand
from sediff.report import read
from sediff.simulator import simulate
from sediff.spec import Stated
from sediff.training.prepare import (
    Row,
    embed_texts,
    experiences,
    powers_of,
    spec_of_record,
    stated_of,
    to_100hz,
    wordings,
)
from sediff.training.scaffold import beats_from
from sediff.training.statistics import Records


@dataclass(frozen=True)
class Asked:
    """Conditions of every record as the app would have them from its report; row i is record i.

    Attributes:
        concepts: (n, C) float32: what is read, and how likely the rest is (`training.likely`).
        experience: (n, 384) float16.
        drafts: (n, 8, 1000) int16 uV. powers: (n, 3), as in `Scaffolds`.
    """

    concepts: npt.NDArray[np.float32]
    experience: npt.NDArray[np.float16]
    drafts: npt.NDArray[np.int16]
    powers: npt.NDArray[np.float32]


def load_asked(folder: Path) -> Asked:
    """What `build_asked` wrote."""
    names = Asked.__dataclass_fields__
    return Asked(**{name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names})


def read_reports(
    table: pd.DataFrame, workers: int = 2
) -> tuple[list[tuple[Stated, ...]], list[tuple[Stated, ...]]]:
    """What the reader finds in each record's report, and what it finds denied there."""
    with ProcessPoolExecutor(workers) as pool:
        readings = list(pool.map(_read, wordings(table)[0], chunksize=200))
    return [found for found, _ in readings], [no for _, no in readings]


def build_asked(
    table: pd.DataFrame,
    signals: npt.NDArray[np.int16],
    measured: list[dict],
    taps: npt.NDArray,
    simulated: npt.NDArray[np.int16],
    records: Records,
    encoder: TextEncoder,
    stated: Sequence[tuple[Stated, ...]],
    told: npt.NDArray[np.float32],
    codes: Sequence[str],
    folder: Path,
    workers: int = 2,
) -> None:
    """Write the parts of `Asked` under `folder`.

    Args:
        simulated: (n, 8, 1000) drafts of the statements, taken where the same is drawn.
        stated: what the reader finds in each report. told: (n, C) what goes with its words too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(map(Row, table["age"], table["sex_name"], table["codes"]))
    drawn = []
    for i, row in enumerate(rows):
        spec = replace(spec_of_record(row, measured[i]["numbers"], i), findings=stated[i])
        drawn.append(with_implied(spec, dict(zip(codes, told[i].tolist(), strict=True))))
    with ProcessPoolExecutor(workers) as pool:
        jobs = (
            (signals[i], row, measured[i], i, taps, drawn[i], simulated[i])
            for i, row in enumerate(rows)
        )
        made = list(pool.map(_draft, jobs, chunksize=50))
    np.save(folder / "drafts.npy", np.stack([draft for draft, _ in made]))
    np.save(folder / "powers.npy", np.stack([power for _, power in made]))
    np.save(folder / "concepts.npy", told)
    known = experiences(table, records, stated=drawn)
    np.save(folder / "experience.npy", embed_texts(known, encoder))


def certainties(
    stated: Sequence[tuple[Stated, ...]], codes: Sequence[str]
) -> npt.NDArray[np.float32]:
    """(n, C) certainty of each SCP statement in some lists of findings."""
    said = [concepts(one) for one in stated]
    return np.array([[c.get(code, 0.0) for code in codes] for c in said], np.float32)


def _read(report: str) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    reading = read(report)
    return reading.findings, reading.negated


def _draft(job: tuple) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float32]]:
    """One record -> its (8, 1000) draft in uV and the (3,) powers of it."""
    uv, row, measured, index, taps, stated, simulated = job
    beats = beats_from(measured["beats"])
    draft = simulated
    if beats and _shapes(stated) != _shapes(expand(stated_of(row.codes))):
        spec = replace(spec_of_record(row, measured["numbers"], index), findings=stated)
        mv = to_100hz(simulate(spec, beats=beats).draft, taps)
        draft = np.clip(np.rint(mv * 1000), -9000, 9000).astype(np.int16)
    eight = uv.astype(np.float32) / 1000
    return draft, powers_of(eight, draft[None] / np.float32(1000))[0]


def _shapes(stated: tuple[Stated, ...]) -> frozenset:
    """What of the findings changes the form of a beat."""
    return frozenset(
        (one.id, one.stage, one.amount) for one in stated if FINDINGS[one.id].at(one.stage).shape
    )
