"""Heart rate against a second detector, and the rhythm class against the statements of PTB-XL.

The second detector is XQRS of WFDB (an independent program: wavelet-like filter, adaptive
thresholds) on the mean of the leads, each with its QRS upright.
"""

from argparse import Namespace
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from sediff.measure import Measurements, measure_eight
from sediff.training.ptbxl import data_root, load_metadata, read_eight

_NEAR_BPM = 3.0
_FS, _SECOND_FS = 100, 250
_SHOWN = 40
_SINUS = ("SR", "STACH", "SBRAD", "SARRH")
_OTHER = ("AFIB", "AFLT", "PACE", "SVTAC", "PSVT", "SVARR", "2AVB", "3AVB", "BIGU", "TRIGU")


def rate_agreement(arguments: Namespace) -> dict[str, Any]:
    """Measure a whole fold and compare heart rates and rhythm classes."""
    folder = data_root(arguments.data)
    table = load_metadata(folder)
    table = table[table["strat_fold"] == arguments.fold]
    found, second = {}, {}
    for name, path in table["filename_lr"].items():
        eight = read_eight(folder / path) / 1000
        found[name] = measure_eight(eight, _FS)
        second[name] = second_rate(eight, _FS)
    codes = {name: set(codes) for name, codes in table["codes"].items()}
    bad = table.index[table["electrodes_problems"].notna()]
    return {
        "fold": arguments.fold,
        "heart_rate": _rates(found, second),
        "electrode_problems": _abstaining(found, bad),
        "rhythm": _classes(found, codes),
    }


def second_rate(eight: npt.NDArray, fs: int) -> float | None:
    """60 / mean RR in bpm as XQRS sees it in the mean of (8, T) mV leads; None below 3 beats."""
    from wfdb.processing import XQRS

    mean = _upright_mean(resample_poly(eight, _SECOND_FS, fs, axis=1))
    detector = XQRS(sig=mean, fs=_SECOND_FS)
    detector.detect(verbose=False)
    peaks = np.asarray(detector.qrs_inds)
    if len(peaks) < 3:
        return None
    return float(60 * _SECOND_FS / np.diff(peaks).mean())


def _upright_mean(eight: npt.NDArray) -> npt.NDArray:
    """(T,) mean of the leads, each turned so that its larger deflection is upright."""
    level = eight - np.median(eight, axis=1, keepdims=True)
    high, low = np.percentile(level, [99.5, 0.5], axis=1)
    return (level * np.where(high >= -low, 1, -1)[:, None]).mean(axis=0)


def _rates(found: Mapping[Any, Measurements], second: Mapping[Any, float | None]) -> dict[str, Any]:
    given = {name: m.heart_rate.value for name, m in found.items()}
    both = {n: (v, s) for n, v in given.items() if v is not None and (s := second[n]) is not None}
    apart = {n: pair for n, pair in both.items() if abs(pair[0] - pair[1]) > _NEAR_BPM}
    worst = sorted(apart, key=lambda n: -abs(apart[n][0] - apart[n][1]))[:_SHOWN]
    return {
        "records": len(found),
        "abstains": sum(v is None for v in given.values()),
        "compared": len(both),
        "within_3_bpm": round(1 - len(apart) / max(len(both), 1), 4),
        "apart": {str(n): [round(v, 1) for v in apart[n]] for n in worst},
    }


def _abstaining(found: Mapping[Any, Measurements], names: Collection[Any]) -> dict[str, Any]:
    """What is said of records with electrode problems: nothing, no limits, or a loose lead."""
    chosen = [found[name] for name in names]
    return {
        "records": len(chosen),
        "no_heart_rate": sum(m.heart_rate.value is None for m in chosen),
        "no_qrs_or_axis": sum(m.qrs_ms.value is None or m.axis_deg.value is None for m in chosen),
        "leads_refused_or_loose": sum(bool(m.lead_faults or m.quality.loose) for m in chosen),
        "any_of_these": sum(_is_cautious(m) for m in chosen),
    }


def _is_cautious(m: Measurements) -> bool:
    values = (m.heart_rate, m.qrs_ms, m.axis_deg)
    return any(v.value is None for v in values) or bool(m.lead_faults or m.quality.loose)


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
