"""Heart rate against other detectors, and the rhythm class against the statements of PTB-XL.

The second detector is XQRS of WFDB on each of the eight leads by itself: a beat is where half of
the leads or more have one. NeuroKit2 on the mean of the leads is shown beside it. Neither shares
code with the measurement. On a single lead each of them misses premature or small beats, or
counts noise at the edges, in a few per cent of the records.

The rule of half of the leads is one of ten ways of using XQRS that were compared on 400 records
of fold 8 (one lead, the mean of the leads, medians of rates, votes); it agreed best with the
measurement there, so the figure is that of a partner chosen for agreement, on another fold.
"""

from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from sediff.measure import Measurements, measure_eight
from sediff.training.ptbxl import data_root, load_metadata, read_eight

Rates = dict[str, float]
_NEAR_BPM = 3.0
_FS, _SECOND_FS = 100, 250
_ONE_BEAT_S = 0.1  # what leads show this near to each other is one beat
_SINUS = ("SR", "STACH", "SBRAD", "SARRH")
_OTHER = ("AFIB", "AFLT", "PACE", "SVTAC", "PSVT", "SVARR", "2AVB", "3AVB", "BIGU", "TRIGU")


def rate_agreement(arguments: Namespace) -> dict[str, Any]:
    """Measure a whole fold and compare heart rates and rhythm classes."""
    folder = data_root(arguments.data)
    every = load_metadata(folder)
    table = every.loc[every["strat_fold"] == arguments.fold]
    found: dict[Any, Measurements] = {}
    others: dict[Any, Rates] = {}
    for name, path in zip(table.index, table["filename_lr"], strict=True):
        eight = read_eight(folder / str(path)) / 1000
        found[name] = measure_eight(eight, _FS)
        others[name] = other_rates(eight, _FS)
    codes = {n: set(c) for n, c in zip(table.index, table["codes"], strict=True)}
    problems = every.loc[every["electrodes_problems"].notna()]
    bad = {
        name: (str(stated), measure_eight(read_eight(folder / str(path)) / 1000, _FS))
        for name, stated, path in zip(
            problems.index, problems["electrodes_problems"], problems["filename_lr"], strict=True
        )
    }
    return {
        "fold": arguments.fold,
        "heart_rate": _rates(found, others),
        "electrode_problems": _abstaining(bad),
        "rhythm": _classes(found, codes),
    }


def other_rates(eight: npt.NDArray, fs: int) -> dict[str, float]:
    """60 / mean RR in bpm as other programs see it in (8, T) mV leads.

    A program that finds fewer than three beats, or is not installed, is left out.
    """
    leads = resample_poly(eight, _SECOND_FS, fs, axis=1)
    found = {"xqrs": _xqrs(leads), "neurokit2": _neurokit(_upright_mean(leads))}
    return {
        name: float(60 * _SECOND_FS / np.diff(peaks).mean())
        for name, peaks in found.items()
        if len(peaks) > 2
    }


def _xqrs(leads: npt.NDArray) -> npt.NDArray:
    """Samples at which XQRS finds a beat in half of the (8, T) leads or more."""
    from wfdb.processing import XQRS

    every = []
    for lead in leads:
        detector = XQRS(sig=lead, fs=_SECOND_FS)
        detector.detect(verbose=False)
        every.append(np.asarray(detector.qrs_inds, dtype=float))
    at = np.sort(np.concatenate(every))
    groups = np.split(at, np.flatnonzero(np.diff(at) > _ONE_BEAT_S * _SECOND_FS) + 1)
    return np.array([np.median(group) for group in groups if len(group) >= len(leads) / 2])


def _neurokit(mean: npt.NDArray) -> npt.NDArray:
    try:
        import neurokit2 as nk  # pyright: ignore[reportMissingImports]
    except ImportError:
        return np.zeros(0)
    try:
        clean = nk.ecg_clean(mean, _SECOND_FS)
        return np.asarray(nk.ecg_peaks(clean, _SECOND_FS)[1]["ECG_R_Peaks"])
    except (ValueError, IndexError):  # it fails on records in which it finds nothing
        return np.zeros(0)


def _upright_mean(eight: npt.NDArray) -> npt.NDArray:
    """(T,) mean of the leads, each turned so that its larger deflection is upright."""
    level = eight - np.median(eight, axis=1, keepdims=True)
    high, low = np.percentile(level, [99.5, 0.5], axis=1)
    return (level * np.where(high >= -low, 1, -1)[:, None]).mean(axis=0)


def _rates(found: Mapping[Any, Measurements], others: Mapping[Any, Rates]) -> dict[str, Any]:
    given = {name: m.heart_rate.value for name, m in found.items()}
    both = {n: (v, others[n]) for n, v in given.items() if v is not None and others[n]}
    apart = {n: pair for n, pair in both.items() if not _near(pair[0], pair[1].values())}
    by_one = {
        program: round(
            float(np.mean([_near(v, [o[program]]) for v, o in both.values() if program in o])), 4
        )
        for program in sorted({program for _, o in both.values() for program in o})
    }
    return {
        "records": len(found),
        "abstains": sum(v is None for v in given.values()),
        "compared": len(both),
        "within_3_bpm_of_either": round(1 - len(apart) / max(len(both), 1), 4),
        "within_3_bpm_of": by_one,
        "apart_from_both": {
            str(n): {"ours": round(v, 1)} | {k: round(o, 1) for k, o in rates.items()}
            for n, (v, rates) in apart.items()
        },
    }


def _near(value: float, rates: Iterable[float]) -> bool:
    return any(abs(value - rate) <= _NEAR_BPM for rate in rates)


def _abstaining(bad: Mapping[Any, tuple[str, Measurements]]) -> dict[str, Any]:
    """What is said of the records of all folds with electrode problems, which are stated."""
    every = {
        str(name): {
            "stated": stated,
            "not_read": list(m.lead_faults),
            "loose": list(m.quality.loose),
            "heart_rate": m.heart_rate.value is not None,
        }
        for name, (stated, m) in bad.items()
    }
    return {
        "records": len(every),
        "no_heart_rate": sum(not row["heart_rate"] for row in every.values()),
        "leads_not_read": sum(bool(row["not_read"]) for row in every.values()),
        "leads_loose": sum(bool(row["loose"]) for row in every.values()),
        "each": every,
    }


def _classes(found: Mapping[Any, Measurements], codes: Mapping[Any, set[str]]) -> dict[str, Any]:
    """Rhythm classes where PTB-XL states one rhythm."""
    names = {name: m.rhythm_seen.name for name, m in found.items()}
    af = [name for name, c in codes.items() if "AFIB" in c]
    not_af = [name for name, c in codes.items() if not c & {"AFIB", "AFLT"}]
    sinus = [name for name, c in codes.items() if c & set(_SINUS) and not c & set(_OTHER)]
    stated = {
        code: dict(Counter(names[n] for n, c in codes.items() if code in c).most_common())
        for code in (*_SINUS, *_OTHER)
    }
    return {
        "af_sensitivity": _share(names, af, "af"),
        "af_specificity": round(1 - _share(names, not_af, "af"), 4),
        "sinus_read_as_sinus": _share(names, sinus, "sinus"),
        "sinus_records": len(sinus),
        "classes_by_statement": stated,
    }


def _share(names: Mapping[Any, str], chosen: Collection[Any], wanted: str) -> float:
    return round(sum(names[n] == wanted for n in chosen) / max(len(chosen), 1), 4)
