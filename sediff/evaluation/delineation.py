"""Checks the measurements against cardiologists: `python -m sediff.evaluation.delineation`.

LUDB 1.0.1 (Kalyakulina et al., IEEE Access 2020;8:186181; PhysioNet, ODC-By 1.0) marks onset,
peak and offset of P, QRS and T lead by lead. The twelve leads together give one reference a beat:
the median R, the second-earliest onset and the second-latest offset: no single lead decides.
"""

import argparse
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import wfdb
from scipy.signal import resample_poly

from sediff.errors import DataError
from sediff.leads import LEADS, canonical_lead, pick_eight
from sediff.measure import Measurements, measure_eight
from sediff.simulator.simulation import Beat

DEFAULT_ROOT = Path(__file__).resolve().parents[3] / "shared" / "ludb"
LIMITS = ("P onset", "P offset", "QRS onset", "QRS offset", "T offset")
_FS = 500
_MATCH_S = 0.15
_SAME_BEAT_S = 0.2
_MIN_LEADS = 4  # a wave counts where at least this many leads show it

Span = tuple[float | None, float | None]


@dataclass(frozen=True)
class Marked:
    """One beat as the cardiologists saw it, all leads together; times in s."""

    r_s: float
    qrs: Span
    p: Span | None
    t: Span | None


@dataclass(frozen=True)
class Record:
    """One LUDB record: (8, T) mV at 500 Hz, its marked beats and the span they cover in s."""

    name: str
    eight: npt.NDArray[np.float32]
    beats: tuple[Marked, ...]
    span: tuple[float, float]


def data_root(root: str | Path | None = None) -> Path:
    """Return the LUDB folder: the argument, else `SEDIFF_LUDB`, else ../shared/ludb.

    Raises:
        DataError: no `data` folder with headers there.
    """
    path = Path(root or os.environ.get("SEDIFF_LUDB") or DEFAULT_ROOT)
    if not any((path / "data").glob("*.hea")):
        raise DataError(f"No LUDB records in {path}: set SEDIFF_LUDB to the folder of ludb.csv.")
    return path


def load_records(root: Path) -> list[Record]:
    """Read every record that lies in `root`."""
    names = sorted((p.stem for p in (root / "data").glob("*.hea")), key=int)
    return [_load(root / "data" / name) for name in names]


def _load(path: Path) -> Record:
    raw: Any = wfdb.rdrecord(str(path), physical=False)
    names = [canonical_lead(name) for name in raw.sig_name]
    # The header gains are a per-lead normalisation; the raw samples are microvolts.
    twelve = raw.d_signal.T[[names.index(lead) for lead in LEADS]].astype(np.float32) / 1000
    marks = {lead: _waves(wfdb.rdann(str(path), lead.lower())) for lead in LEADS}
    times = [w[1] for waves in marks.values() for w in waves]
    return Record(path.name, pick_eight(twelve), _merge(marks), (min(times), max(times)))


Wave = tuple[str, float, float | None, float | None]  # symbol, peak, onset, offset in s


def _waves(annotation: Any) -> list[Wave]:
    at, symbols = annotation.sample / _FS, annotation.symbol
    waves = []
    for i, symbol in enumerate(symbols):
        if symbol in "pNt":
            onset = float(at[i - 1]) if i and symbols[i - 1] == "(" else None
            closed = i + 1 < len(symbols) and symbols[i + 1] == ")"
            waves.append((symbol, float(at[i]), onset, float(at[i + 1]) if closed else None))
    return waves


def _merge(marks: Mapping[str, list[Wave]]) -> tuple[Marked, ...]:
    """Bring the marks of the leads together, beat by beat."""
    every = sorted((w for waves in marks.values() for w in waves), key=lambda w: w[1])
    groups: list[list[Wave]] = []
    for wave in (w for w in every if w[0] == "N"):
        if groups and wave[1] - groups[-1][0][1] < _SAME_BEAT_S:
            groups[-1].append(wave)
        else:
            groups.append([wave])
    groups = [g for g in groups if len(g) >= _MIN_LEADS]
    centres = [float(np.median([w[1] for w in g])) for g in groups]
    beats = []
    for i, (group, r) in enumerate(zip(groups, centres, strict=True)):
        before = max(centres[i - 1] if i else -np.inf, r - 0.4)
        after = min(centres[i + 1] if i + 1 < len(centres) else np.inf, r + 0.7)
        p = _outer(w for w in every if w[0] == "p" and before < w[1] < r)
        t = _outer(w for w in every if w[0] == "t" and r < w[1] < after)
        beats.append(Marked(r, _outer(group) or (None, None), p, t))
    return tuple(beats)


def _outer(waves: Iterable[Wave]) -> Span | None:
    """Second-earliest onset and second-latest offset, None where too few leads show the wave."""
    waves = list(waves)
    if len(waves) < _MIN_LEADS:
        return None
    on = sorted(w[2] for w in waves if w[2] is not None)
    off = sorted(w[3] for w in waves if w[3] is not None)
    return (on[1] if len(on) > 1 else None), (off[-2] if len(off) > 1 else None)


def compare(record: Record, found: Measurements) -> dict[str, list[float]]:
    """Errors in ms per limit (found minus marked), and 'hit', 'missed', 'extra' beats."""
    out: dict[str, list[float]] = {name: [] for name in (*LIMITS, "R", "hit", "missed", "extra")}
    at = np.array([b.r_s for b in found.beats] or [np.inf])
    for marked in record.beats:
        nearest = int(np.argmin(np.abs(at - marked.r_s)))
        hit = abs(at[nearest] - marked.r_s) <= _MATCH_S
        out["hit" if hit else "missed"].append(1.0)
        if hit:
            out["R"].append(1000 * (at[nearest] - marked.r_s))
            _limits(out, marked, found.beats[nearest], found)
    known = np.array([b.r_s for b in record.beats])
    for r in at[(at >= record.span[0]) & (at <= record.span[1])]:
        if np.abs(known - r).min() > _MATCH_S:
            out["extra"].append(1.0)
    return out


def _limits(out: dict[str, list[float]], marked: Marked, beat: Beat, found: Measurements) -> None:
    t = beat.t if found.qt_ms.status == "ok" else None
    p = beat.p if found.pr_ms.status == "ok" else None
    for name, true, seen in (("P", marked.p, p), ("QRS", marked.qrs, beat.qrs), ("T", marked.t, t)):
        for side, place in enumerate(("onset", "offset")):
            key = f"{name} {place}"
            if key in out and true is not None and seen is not None:
                value = true[side]
                if value is not None:
                    out[key].append(1000 * (seen[side] - value))


def evaluate(records: list[Record], rate: int = _FS) -> dict[str, float]:
    """Measure all records at `rate` Hz; mean and sd in ms per limit, shares of beats and P."""
    pooled: dict[str, list[float]] = {}
    no_p, with_p = [], []
    for record in records:
        found = measure_eight(resample_poly(record.eight, rate, _FS, axis=1), rate)
        for key, values in compare(record, found).items():
            pooled.setdefault(key, []).extend(values)
        has_p = np.mean([b.p is not None for b in record.beats]) >= 0.5
        (with_p if has_p else no_p).append(found.pr_ms.status)
    table = {}
    for name in ("R", *LIMITS):
        errors = np.array(pooled[name])
        table |= {f"{name} mean": errors.mean(), f"{name} sd": errors.std()}
        table |= {f"{name} n": len(errors)}
    hit, missed, extra = (len(pooled[key]) for key in ("hit", "missed", "extra"))
    table |= {"sensitivity": hit / (hit + missed), "ppv": hit / (hit + extra)}
    table |= {"PR given where P is marked": np.mean([s == "ok" for s in with_p])}
    table |= {"PR withheld where none is": np.mean([s != "ok" for s in no_p])}
    return {key: float(value) for key, value in table.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Check the measurements on LUDB.")
    parser.add_argument("--root", help="folder of ludb.csv (default: SEDIFF_LUDB)")
    parser.add_argument("--rate", type=int, default=_FS, help="Hz to resample to, 100 to 500")
    given = parser.parse_args()
    records = load_records(data_root(given.root))
    table = evaluate(records, given.rate)
    print(f"{len(records)} records at {given.rate} Hz; errors in ms, found minus marked")
    for name in ("R", *LIMITS):
        mean, sd, n = (table[f"{name} {key}"] for key in ("mean", "sd", "n"))
        print(f"{name:12s} mean {mean:6.1f}  sd {sd:5.1f}  n {n:.0f}")
    for key in ("sensitivity", "ppv", "PR given where P is marked", "PR withheld where none is"):
        print(f"{key}: {100 * table[key]:.2f} %")


if __name__ == "__main__":
    main()
