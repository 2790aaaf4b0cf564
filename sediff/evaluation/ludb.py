"""Reads LUDB: what cardiologists marked, the twelve leads brought together beat by beat.

LUDB 1.0.1 (Kalyakulina et al., IEEE Access 2020;8:186181; PhysioNet, ODC-By 1.0) marks onset,
peak and offset of P, QRS and T lead by lead. The twelve leads together give one reference a beat:
the median R, the second-earliest onset and the second-latest offset: no single lead decides.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import wfdb

from sediff.errors import DataError
from sediff.leads import LEADS, canonical_lead, pick_eight

DEFAULT_ROOT = Path(__file__).resolve().parents[3] / "shared" / "ludb"
FS = 500
_SAME_BEAT_S = 0.2
_MIN_LEADS = 4  # a wave counts where at least this many leads show it
_BEFORE_R_S, _AFTER_R_S = 0.4, 0.7  # P and T of a beat lie within

Span = tuple[float | None, float | None]
Wave = tuple[str, float, float | None, float | None]  # 'p', 'N' or 't'; peak, onset, offset in s


@dataclass(frozen=True)
class Marked:
    """One beat as somebody saw it, all leads together; times in s."""

    r_s: float
    qrs: Span
    p: Span | None
    t: Span | None


@dataclass(frozen=True)
class Record:
    """One LUDB record.

    Attributes:
        name: its number.
        twelve: (12, T) mV at 500 Hz.
        beats: as the cardiologists marked them.
        span: what they marked begins and ends here, s; waves outside are not judged.
    """

    name: str
    twelve: npt.NDArray[np.float32]
    beats: tuple[Marked, ...]
    span: tuple[float, float]

    @property
    def eight(self) -> npt.NDArray[np.float32]:
        """(8, T) independent leads in mV."""
        return pick_eight(self.twelve)

    @property
    def has_p(self) -> bool:
        """Whether most beats have a P wave."""
        return float(np.mean([b.p is not None for b in self.beats])) >= 0.5


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
    return Record(path.name, twelve, together(marks), (min(times), max(times)))


def _waves(annotation: Any) -> list[Wave]:
    at, symbols = annotation.sample / FS, annotation.symbol
    waves = []
    for i, symbol in enumerate(symbols):
        if symbol in "pNt":
            onset = float(at[i - 1]) if i and symbols[i - 1] == "(" else None
            closed = i + 1 < len(symbols) and symbols[i + 1] == ")"
            waves.append((symbol, float(at[i]), onset, float(at[i + 1]) if closed else None))
    return waves


def together(marks: Mapping[str, list[Wave]]) -> tuple[Marked, ...]:
    """Bring the waves of the leads together, beat by beat: of cardiologists or of programs."""
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
        before = max(centres[i - 1] if i else -np.inf, r - _BEFORE_R_S)
        after = min(centres[i + 1] if i + 1 < len(centres) else np.inf, r + _AFTER_R_S)
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
