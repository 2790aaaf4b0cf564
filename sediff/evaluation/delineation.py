"""Checks wave limits against cardiologists: `python -m sediff.evaluation.delineation`.

All programs see the same records and are compared with the same reference (see `ludb`).
"""

import argparse
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.signal import resample_poly

from sediff.evaluation.crossval import cross_validate
from sediff.evaluation.ludb import FS, Marked, Record, Span, data_root, load_records
from sediff.evaluation.rivals import Finder, rivals
from sediff.measure import Measurements, measure_eight
from sediff.measure.json_form import beats_json

__all__ = ["LIMITS", "Record", "compare", "data_root", "evaluate", "load_records", "ours"]

LIMITS = ("P onset", "P offset", "QRS onset", "QRS offset", "T offset")
_MATCH_S = 0.15
_COUNTS = ("hit", "missed", "extra", "P hit", "P missed", "P extra")

Errors = dict[str, list[float]]


def ours(rate: int = FS) -> Finder:
    """The finder of this package, on records resampled to `rate` Hz."""

    def find(record: Record) -> Sequence[Marked]:
        return marked(measure_eight(resample_poly(record.eight, rate, FS, axis=1), rate))

    return find


def marked(found: Measurements) -> list[Marked]:
    """The beats as the command line gives them: an end of T that cannot be told is none."""
    beats = []
    for row in beats_json(found):
        t = {key: None if ms is None else ms / 1000 for key, ms in row.items() if key != "kind"}
        p = (t["p_on_ms"], t["p_off_ms"])
        end = (None, t["t_off_ms"])
        beats.append(
            Marked(
                t["r_ms"] or 0.0,
                (t["qrs_on_ms"], t["qrs_off_ms"]),
                p if p[0] is not None else None,
                end if end[1] is not None else None,
            )
        )
    return beats


def compare(record: Record, beats: Sequence[Marked]) -> Errors:
    """Errors in ms per limit (found minus marked), and beats and P waves hit, missed, extra."""
    out: Errors = {name: [] for name in (*LIMITS, "R", *_COUNTS)}
    at = np.array([b.r_s for b in beats] or [np.inf])
    for true in record.beats:
        nearest = int(np.argmin(np.abs(at - true.r_s)))
        if abs(at[nearest] - true.r_s) > _MATCH_S:
            out["missed"].append(1.0)
            if true.p is not None:
                out["P missed"].append(1.0)
            continue
        out["hit"].append(1.0)
        out["R"].append(1000 * (at[nearest] - true.r_s))
        _limits(out, true, beats[nearest])
        _count_p(out, true.p, _judged(beats[nearest].p, record))
    known = np.array([b.r_s for b in record.beats])
    for beat in beats:
        inside = record.span[0] <= beat.r_s <= record.span[1]
        if inside and np.abs(known - beat.r_s).min() > _MATCH_S:
            out["extra"].append(1.0)
            out["P extra"] += [1.0] * (_judged(beat.p, record) is not None)
    return out


def _judged(p: Span | None, record: Record) -> Span | None:
    """A P wave, unless it lies before the first mark, which mostly is that of a QRS."""
    before = p is not None and p[1] is not None and p[1] < record.span[0]
    return None if before else p


def _limits(out: Errors, true: Marked, seen: Marked) -> None:
    for name, a, b in (("P", true.p, seen.p), ("QRS", true.qrs, seen.qrs), ("T", true.t, seen.t)):
        for side, place in enumerate(("onset", "offset")):
            key = f"{name} {place}"
            if key in out and a is not None and b is not None:
                here, there = a[side], b[side]
                if here is not None and there is not None:
                    out[key].append(1000 * (there - here))


def _count_p(out: Errors, true: Span | None, seen: Span | None) -> None:
    """P waves of one beat; one that lies elsewhere is both missed and extra."""
    if true is None or seen is None:
        out["P missed"] += [1.0] * (true is not None)
        out["P extra"] += [1.0] * (seen is not None)
        return
    ends = zip(true, seen, strict=True)
    far = [abs(a - b) > _MATCH_S for a, b in ends if a is not None and b is not None]
    for key in ("P missed", "P extra") if any(far) else ("P hit",):
        out[key].append(1.0)


def evaluate(records: Sequence[Record], find: Finder) -> dict[str, float]:
    """Errors of all beats pooled: mean and sd in ms per limit, sensitivity and PPV of R and P."""
    pooled: Errors = {name: [] for name in (*LIMITS, "R", *_COUNTS)}
    given: dict[bool, list[bool]] = {True: [], False: []}
    for record in records:
        beats = find(record)
        for key, values in compare(record, beats).items():
            pooled[key].extend(values)
        shown = [b.p is not None for b in beats] or [False]
        given[record.has_p].append(bool(np.mean(shown) >= 0.5))
    table: dict[str, float] = {}
    for name in ("R", *LIMITS):
        errors = np.array(pooled[name] or [np.nan])
        table |= {f"{name} mean": float(errors.mean()), f"{name} sd": float(errors.std())}
        table |= {f"{name} n": float(len(pooled[name]))}
    for wave in ("", "P "):
        hit, missed, extra = (len(pooled[wave + what]) for what in ("hit", "missed", "extra"))
        table |= {f"{wave}sensitivity": hit / max(hit + missed, 1)}
        table |= {f"{wave}ppv": hit / max(hit + extra, 1)}
    table |= {"records with P: P given": float(np.mean(given[True] or [np.nan]))}
    return table | {"records without P: none given": 1 - float(np.mean(given[False] or [np.nan]))}


def lines_of(table: Mapping[str, float]) -> list[str]:
    """The table of one program as text."""
    lines = [
        f"  {name:12s} mean {table[f'{name} mean']:6.1f}  sd {table[f'{name} sd']:5.1f}"
        f"  n {table[f'{name} n']:.0f}"
        for name in ("R", *LIMITS)
    ]
    shares = [key for key in table if not key.endswith((" mean", " sd", " n"))]
    return lines + [f"  {key}: {100 * table[key]:.2f} %" for key in shares]


def main() -> None:
    """Print the tables of all programs, ours first."""
    parser = argparse.ArgumentParser(description="Check wave limits on LUDB.")
    parser.add_argument("--root", help="folder of ludb.csv (default: SEDIFF_LUDB)")
    parser.add_argument("--rate", type=int, default=FS, help="Hz for our own, 100 to 500")
    parser.add_argument("--ours", action="store_true", help="without the other programs")
    parser.add_argument("--cross-validate", action="store_true", help="tuned on 5 folds, held out")
    given = parser.parse_args()
    records = load_records(data_root(given.root))
    print(f"{len(records)} records; errors in ms, found minus marked, all leads together")
    if given.cross_validate:
        print("\n".join(cross_validate(records)))
        return
    finders: dict[str, Finder | None] = {f"sediff at {given.rate} Hz": ours(given.rate)}
    finders |= {} if given.ours else rivals()
    for name, find in finders.items():
        print(f"{name}{'' if find else ': not installed'}")
        if find is not None:
            print("\n".join(lines_of(evaluate(records, find))), flush=True)


if __name__ == "__main__":
    main()
