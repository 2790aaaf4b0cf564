"""Turns records, measurements and reports into the arrays that the denoiser is trained on."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch
from scipy.signal import sosfiltfilt

from sediff.beat import Beat
from sediff.diffusion.autoencoder import Autoencoder
from sediff.diffusion.conditions import CHANNELS, draw_marks, draw_phase, numbers_of, standardise
from sediff.diffusion.text import TextEncoder, mean_vector
from sediff.edges import hold_edges
from sediff.experience.compose import compose as compose_experience
from sediff.findings import by_scp
from sediff.report import compose, compose_german
from sediff.simulator import simulate
from sediff.spec import LIMITS, CaseSpec, Sex, Stated
from sediff.training.loop import autocast
from sediff.training.scaffold import HIGH_PASS, beats_from, fit_draft
from sediff.training.statistics import Records

_SAMPLES = 1000


class Row(NamedTuple):
    """What the metadata says of one record; age may be nan."""

    age: float
    sex_name: Sex
    codes: dict[str, float]


# PTB-XL likelihoods of diagnostic statements -> certainty; 0 means 'stated, likelihood unknown'.
_UNKNOWN_CERTAINTY = 1.0


def certainty(likelihood: float) -> float:
    """SCP likelihood 0..100 -> certainty 0..1."""
    return likelihood / 100 if likelihood > 0 else _UNKNOWN_CERTAINTY


def concept_matrix(table: pd.DataFrame, codes: Sequence[str]) -> npt.NDArray[np.float32]:
    """(n, len(codes)) certainty of each SCP statement in each record."""
    column = {code: i for i, code in enumerate(codes)}
    result = np.zeros((len(table), len(codes)), np.float32)
    for i, stated in enumerate(table["codes"]):
        for code, likelihood in stated.items():
            if code in column:
                result[i, column[code]] = certainty(likelihood)
    return result


def stated_of(codes: dict[str, float]) -> tuple[Stated, ...]:
    """SCP statements of a record -> findings of the vocabulary."""
    found = {}
    for code, likelihood in codes.items():
        for finding in by_scp(code)[:1]:
            found.setdefault(finding.id, Stated(finding.id, certainty(likelihood)))
    return tuple(found.values())


def spec_of_record(row: Row, numbers: dict[str, float], index: int) -> CaseSpec:
    """The case spec that asks for what a real record shows.

    Wave amplitudes are asked in a third of the records only: requests seldom name them.
    """
    codes = row.codes

    def within(name: str, default: float) -> float:
        low, high = LIMITS[name][:2]
        return float(np.clip(numbers.get(name, default), low, high))

    age = float(np.clip(row.age, 18, 100)) if np.isfinite(row.age) else 60.0
    has_p = "pr_ms" in numbers and "AFIB" not in codes
    asks = index % 3 == 0
    return CaseSpec(
        report="",
        age=age,
        sex=row.sex_name,
        heart_rate=within("heart_rate", 70),
        qrs_ms=within("qrs_ms", 95),
        qt_ms=within("qt_ms", 390),
        axis_deg=within("axis_deg", 30),
        pr_ms=within("pr_ms", 160) if has_p else None,
        findings=stated_of(codes),
        rhythm="af" if "AFIB" in codes else "sinus",
        p_mv=within("p_mv", 0.1) if asks and has_p and "p_mv" in numbers else None,
        t_mv=within("t_mv", 0.2) if asks and "t_mv" in numbers else None,
        seed=index,
    )


def told_numbers(row: Row, numbers: dict[str, float], spec: CaseSpec) -> dict[str, float]:
    """What the denoiser may be told of a real record: all that was measured, never a default."""
    names = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms")
    told = {k: v for k, v in numbers.items() if k not in ("axis_deg",)}
    from_spec = numbers_of(spec)
    told |= {k: from_spec[k] for k in names if k in numbers and k in from_spec}
    if spec.pr_ms is None:
        told.pop("pr_ms", None)
        told.pop("p_mv", None)
    if "axis_deg" in numbers:
        told |= {k: from_spec[k] for k in ("axis_cos", "axis_sin")}
    if np.isfinite(row.age):
        told["age"] = float(row.age)
    told["sex"] = from_spec["sex"]
    return told


def _drafts_of(job: tuple) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray, npt.NDArray]:
    """One record -> (2, 8, 1000) drafts uV, (7, 1000) marks, (2, 3) powers, (N,) numbers."""
    uv, row, measured, index, taps = job
    eight = uv.astype(np.float32) / 1000
    beats = beats_from(measured["beats"])
    spec = spec_of_record(row, measured["numbers"], index)
    if "AFIB" in row.codes:  # a stray 'P' in fibrillation must not teach the model P waves
        beats = tuple(Beat(b.r_s, b.kind, b.qrs, None, b.t) for b in beats)
    drafts = np.zeros((2, 8, _SAMPLES), np.float32)
    if beats:
        drafts[0] = fit_draft(eight, beats)
        drafts[1] = to_100hz(simulate(spec, beats=beats).draft, taps)
    times = np.array([b.r_s for b in beats])
    lone = () if "AFIB" in row.codes else tuple((p[0], p[1]) for p in measured["lone_p"])
    marks = np.concatenate([draw_marks(beats, _SAMPLES, lone), draw_phase(times)])
    values, known = standardise(told_numbers(row, measured["numbers"], spec))
    values[known == 0] = np.nan
    return (
        np.clip(np.rint(drafts * 1000), -9000, 9000).astype(np.int16),
        np.rint(marks * 100).astype(np.int8),
        powers_of(eight, drafts),
        values,
    )


def to_100hz(eight: npt.NDArray, taps: npt.NDArray) -> npt.NDArray[np.float32]:
    """(8, 5 T) at 500 Hz -> (8, T), the same filter as `Autoencoder.to_100hz`."""
    half = len(taps) // 2
    padded = hold_edges(eight, half, half)
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(taps), axis=1)[:, ::5]
    return (windows @ taps).astype(np.float32)


def powers_of(eight: npt.NDArray, drafts: npt.NDArray) -> npt.NDArray[np.float32]:
    """(2, 3): record . record, record . draft, draft . draft of each draft, drift removed."""
    real = sosfiltfilt(HIGH_PASS, eight, axis=-1)
    drawn = sosfiltfilt(HIGH_PASS, drafts, axis=-1)
    return np.array(
        [[np.sum(real * real), np.sum(real * d), np.sum(d * d)] for d in drawn], np.float32
    )


def build_drafts(
    table: pd.DataFrame,
    signals: npt.NDArray[np.int16],
    measured: Sequence[dict],
    taps: npt.NDArray,
    target: Path,
    workers: int = 2,
) -> None:
    """Write `drafts`, `marks`, `powers` and `numbers` of all records as .npy under `target`."""
    n = len(table)
    shapes: dict[str, tuple[tuple[int, ...], Any]] = {
        "drafts": ((2, n, 8, _SAMPLES), np.int16),
        "marks": ((n, CHANNELS - 8, _SAMPLES), np.int8),
        "powers": ((2, n, 3), np.float32),
        "numbers": ((n, len(standardise({})[0])), np.float32),
    }
    target.mkdir(parents=True, exist_ok=True)
    out = {
        name: np.lib.format.open_memmap(target / f"{name}.npy", "w+", dtype, shape)
        for name, (shape, dtype) in shapes.items()
    }
    rows = map(Row, table["age"], table["sex_name"], table["codes"])
    jobs = ((signals[i], row, measured[i], i, taps) for i, row in enumerate(rows))
    with ProcessPoolExecutor(workers) as pool:
        for i, made in enumerate(pool.map(_drafts_of, jobs, chunksize=50)):
            out["drafts"][:, i], out["marks"][i], out["powers"][:, i], out["numbers"][i] = made
    for array in out.values():
        array.flush()


def wordings(table: pd.DataFrame) -> list[list[str]]:
    """Three wordings of each record: its own report, and ours in English and in German.

    Records without usable words get what their statements say.
    """
    rng = np.random.default_rng(0)
    stated = [stated_of(codes) for codes in table["codes"]]
    english = [compose(s, rng) for s in stated]
    german = [compose_german(s, rng) for s in stated]
    own = [
        english[i] if "trace only" in text or not text.strip() else text
        for i, text in enumerate(table["report"])
    ]
    return [own, english, german]


def experiences(
    table: pd.DataFrame,
    records: Records,
    rows: Iterable[int] | None = None,
    stated: Sequence[tuple[Stated, ...]] | None = None,
) -> list[tuple[str, ...]]:
    """The sentences of each record's experience report; () where it states nothing.

    Args:
        rows: of these records alone. stated: findings of every record, None: its statements.

    The statistics leave out every record of its patient; the library holds no record at all.
    """
    result = []
    patients = table["patient_id"].to_numpy().astype(int)
    for i in range(len(table)) if rows is None else rows:
        row = table.iloc[i]
        age = float(row["age"]) if np.isfinite(row["age"]) else None

        def lookup(ids, years, sex, patient=int(patients[i])):
            return records.closest(ids, years, sex, without=patient)

        found = stated_of(row["codes"]) if stated is None else stated[i]
        made = compose_experience(found, age, row["sex_name"], lookup=lookup)
        result.append(tuple(sentence.text for sentence in made.sentences))
    return result


def embed_texts(
    texts: Sequence[Sequence[str]], encoder: TextEncoder, say: Callable[[str], None] = print
) -> npt.NDArray[np.float16]:
    """Embed reports of one or more sentences, each as the mean of its sentences.

    Returns:
        (n, 384) float16 unit vectors, 0 for a report of no sentence.
    """
    unique = sorted({t for sentences in texts for t in sentences}, key=lambda t: (len(t), t))
    vectors: dict[str, npt.NDArray[np.float32]] = {}
    for start in range(0, len(unique), 64):
        part = unique[start : start + 64]
        with autocast("cpu"):
            vectors |= dict(zip(part, encoder.embed(part), strict=True))
    say(f"embedded {len(unique)} different sentences")
    return np.stack([mean_vector([vectors[t] for t in sentences]) for sentences in texts]).astype(
        np.float16
    )


@torch.no_grad()
def encode_all(
    model: Autoencoder, signals: npt.NDArray[np.int16], device: str = "cpu"
) -> npt.NDArray[np.float16]:
    """Encode all (n, 8, 1000) uV records to (n, latent, 125) float16 of unit variance."""
    parts = []
    for start in range(0, len(signals), 64):
        x = torch.from_numpy(signals[start : start + 64].astype(np.float32) / 1000)
        parts.append(model.encode(x.to(device)).cpu().numpy().astype(np.float16))
    return np.concatenate(parts)
