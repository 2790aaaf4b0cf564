"""How like real signals: power spectrum, amplitudes of each lead, and beats within a record.

Everything is compared at 100 Hz, where every real record exists. Each distance has its floor: the
same distance between the asked records and as many real ones of other patients.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.signal import welch
from scipy.stats import wasserstein_distance

from sediff.evaluation.benchmark.sets import EcgSet
from sediff.evaluation.benchmark.table import Floats, Number, Row, number_of, number_of_sets
from sediff.evaluation.likeness import beat_likeness
from sediff.leads import LEADS
from sediff.training.scaffold import beats_from

OURS = "ours"
FS = 100
BAND_HZ = (0.5, 45.0)  # below: wander; above: the filter of the 100 Hz records
WAVES = {"r": "R", "s": "S", "t": "T", "st": "ST level"}  # of `measure_record`, with the lead
_WINDOW_S = (-0.06, 0.36)  # around R, as in `beat_likeness`
Rows = npt.NDArray[np.int64]
Figure = Callable[[EcgSet], Callable[[Rows], float]]


def likeness_rows(
    sets: Mapping[str, Sequence[EcgSet]], real: EcgSet, floor: EcgSet, missing: Mapping[str, str]
) -> list[Row]:
    """Distances to the asked real records, and plain figures beside those of real records."""
    rows = [
        _distance("psd_distance", "Power spectrum, 0.5-45 Hz: distance, mean of leads", "dB",
                  spectrum_distance(real), sets, floor, missing),
        *(
            _distance(f"amplitude_{wave}", f"{label} in 12 leads: distance of amplitudes, mean",
                      "SD", amplitude_distance(real, wave), sets, floor, missing)
            for wave, label in WAVES.items()
        ),
        _distance("beat_correlation_distance", "Likeness of beats in a record: distance", "SD",
                  value_distance(real, beat_correlation), sets, floor, missing),
    ]  # fmt: skip
    plain = (
        ("beat_correlation", "Likeness of beats in a record (correlation): median", "", 4,
         beat_correlation),
        ("beat_scatter", "Scatter of beats about their median beat: median", "µV", 1,
         beat_scatter),
        ("rr_sd", "Spread of RR in a record: median", "ms", 1, lambda e: e.at_100hz("rr_sd_ms")),
    )  # fmt: skip
    for key, figure, unit, digits, values in plain:
        found = {name: number_of([values(one) for one in s], _median) for name, s in sets.items()}
        reals = number_of([values(real)], _median)
        own = Number(reals.value, reals.low, reals.high, note="the real records of the requests")
        others = {name: number for name, number in found.items() if name != OURS}
        others |= {name: Number(note=why) for name, why in missing.items()}
        rows.append(Row(key, figure, unit, digits, found.get(OURS), own, others))
    return rows


def spectra(low: npt.NDArray) -> tuple[Floats, Floats]:
    """(F,) Hz and (n, 8, F) log10 of the power density in mV^2/Hz of (n, 8, 1000) mV at 100 Hz."""
    hz, power = welch(np.asarray(low, np.float64), FS, nperseg=400)
    inside = (hz >= BAND_HZ[0]) & (hz <= BAND_HZ[1])
    return hz[inside], np.log10(power[..., inside] + 1e-12)


def spectrum_distance(real: EcgSet) -> Figure:
    """Root mean square difference of mean log spectra in dB, mean of the eight leads."""
    wanted = spectra(real.low)[1].mean(axis=0)

    def of(one: EcgSet) -> Callable[[Rows], float]:
        each = spectra(one.low)[1]

        def distance(rows: Rows) -> float:
            apart = 10 * (each[rows].mean(axis=0) - wanted)
            return float(np.sqrt((apart**2).mean(axis=1)).mean())

        return distance

    return of


def amplitude_distance(real: EcgSet, wave: str) -> Figure:
    """Wasserstein distance of a wave's amplitudes over the spread of real ones, mean of leads."""
    wanted = {lead: real.at_100hz(f"{wave}_{lead}") for lead in LEADS}

    def of(one: EcgSet) -> Callable[[Rows], float]:
        found = {lead: one.at_100hz(f"{wave}_{lead}") for lead in LEADS}

        def distance(rows: Rows) -> float:
            each = np.array([_w1(found[lead][rows], wanted[lead]) for lead in LEADS])
            known = each[np.isfinite(each)]
            return float(known.mean()) if len(known) else np.nan

        return distance

    return of


def value_distance(real: EcgSet, values: Callable[[EcgSet], Floats]) -> Figure:
    """The same of one value a record."""
    wanted = values(real)

    def of(one: EcgSet) -> Callable[[Rows], float]:
        found = values(one)
        return lambda rows: _w1(found[rows], wanted)

    return of


def beat_correlation(one: EcgSet) -> Floats:
    """(n,) `beat_likeness` of every ECG, NaN with fewer than four usual beats."""
    return _of_beats(one, lambda low, beats: beat_likeness(low, FS, beats))


def beat_scatter(one: EcgSet) -> Floats:
    """(n,) rms of usual beats about their median beat, all leads, in uV: what varies and noise."""
    return _of_beats(one, _scatter)


def _scatter(low: npt.NDArray, beats: Sequence) -> float | None:
    start, stop = (round(s * FS) for s in _WINDOW_S)
    at = [round(beat.r_s * FS) for beat in beats if beat.kind == "N"]
    cut = [low[:, r + start : r + stop] for r in at if r + start >= 0 and r + stop < low.shape[1]]
    if len(cut) < 4:
        return None
    stack = np.stack(cut)
    stack = stack - np.median(stack, axis=2, keepdims=True)  # wander is not the beat's
    return float(1000 * np.sqrt(((stack - np.median(stack, axis=0)) ** 2).mean()))


def _of_beats(one: EcgSet, value: Callable[[npt.NDArray, Sequence], float | None]) -> Floats:
    pairs = zip(one.low, one.readings, strict=True)
    values = [value(low, beats_from(reading["low"]["beats"])) for low, reading in pairs]
    return np.array([np.nan if v is None else v for v in values], np.float64)


def _distance(
    key: str,
    figure: str,
    unit: str,
    of: Figure,
    sets: Mapping[str, Sequence[EcgSet]],
    floor: EcgSet,
    missing: Mapping[str, str],
) -> Row:
    def number(chosen: Sequence[EcgSet]) -> Number:
        each = [of(one) for one in chosen]
        return number_of_sets(len(each), len(chosen[0]), lambda i, rows: each[i](rows))

    found = {name: number(chosen) for name, chosen in sets.items()}
    real = number([floor])
    own = Number(real.value, real.low, real.high, note="real records of other patients")
    others = {name: one for name, one in found.items() if name != OURS}
    others |= {name: Number(note=why) for name, why in missing.items()}
    return Row(key, figure, unit, 2, found.get(OURS), own, others)


def _w1(found: Floats, wanted: Floats) -> float:
    """Wasserstein distance in standard deviations of `wanted`, NaN below ten known values."""
    found, wanted = found[np.isfinite(found)], wanted[np.isfinite(wanted)]
    if min(len(found), len(wanted)) < 10 or wanted.std() <= 0:
        return np.nan
    return float(wasserstein_distance(found, wanted) / wanted.std())


def _median(values: Floats) -> float:
    return float(np.median(values))
