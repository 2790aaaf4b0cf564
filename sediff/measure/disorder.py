"""Records without ordered beats: asystole, ventricular fibrillation, polymorphic tachycardia.

Fibrillation of the ventricles has one narrow band of power at 4-9 Hz, no complexes and no quiet
time between them (Clayton, Murray and Campbell, Med Biol Eng Comput 1995; Amann, Tratnig and
Unterkofler, BioMed Eng OnLine 2005). Of real records with beats 99 of 100 are quiet for 0.7 of
the time and have a kurtosis above 6 (PTB-XL, folds 1-8).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.leads import derive_twelve
from sediff.measure.reading import Reading
from sediff.measure.signals import RATE, Array, Prepared
from sediff.measure.values import Rhythm, RhythmClass, Value
from sediff.simulator.simulation import Span

_SMALL_MV = 0.45  # of the largest lead; low voltage has 0.5 mV in limb leads, more in the chest
_SLOW_MV_MS = 0.008  # of the steepest lead: no QRS is slower
_SPAN = 8  # samples over which a slope is taken
_FAST_SHARE = 0.12  # of the power above 12 Hz: complexes and muscles have more
_CHAOS_QUIET, _CHAOS_SHARE = 0.5, 0.7
_HISS_ALL, _LEAST_REST = 40 / 28, 0.4  # white noise fills 0-40 Hz as it fills 12-40 Hz
_BAND = 0.3  # of the power within 0.7 Hz of the main frequency
_LOOSE_BAND, _LEAST_HZ = 0.22, 1.2  # polymorphic tachycardia spreads its power
_PURE = 0.93  # more than this is a test signal
_KURTOSIS = 4.0  # waves of one size have 1.5-3, spindles more
_TORSADES_HZ, _VF_HZ = 3.6, 4.1
_EVENT_S, _SILENCE_S = 0.15, 3.0
_FEW, _AGONAL = 0.25, 0.45  # beats a second; more where they are as broad as in a dying heart
_AGONAL_QRS_S = 0.14


@dataclass(frozen=True)
class Texture:
    """How a record looks without asking for beats.

    Attributes:
        size_mv: range of the middle 98 % of the largest lead.
        hz: main frequency of all leads together. band: share of the power near it.
        fast: share above 12 Hz. hiss: what white noise of the level at 25-35 Hz has there.
        kurtosis: median of the leads.
    """

    size_mv: float
    hz: float
    band: float
    fast: float
    hiss: float
    kurtosis: float

    @property
    def wavy(self) -> bool:
        """One narrow band of power, no complexes, white noise left out of account."""
        rest = 1 - _HISS_ALL * self.hiss
        narrow = self.band > _BAND * rest and self.fast - self.hiss < _FAST_SHARE * rest
        return rest > _LEAST_REST and narrow and self.kurtosis < _KURTOSIS


def texture_of(prepared: Prepared) -> Texture:
    """Look at the (n, N) usable leads as a whole."""
    x = prepared.used
    power = np.abs(np.fft.rfft(x * np.hanning(x.shape[1]), axis=1)) ** 2
    hz = np.fft.rfftfreq(x.shape[1], 1 / RATE)
    shares = (power / np.maximum(power.sum(axis=1, keepdims=True), 1e-12)).mean(axis=0)
    width = max(1, round(0.3 / hz[1]))
    smooth = np.convolve(shares, np.ones(width), mode="same")
    main = float(hz[np.argmax(np.where((hz > 1) & (hz < 12), smooth, 0))])
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.maximum((centred**2).mean(axis=1), 1e-12)
    low, high = np.percentile(x[:, ::4], [1, 99], axis=1)
    return Texture(
        size_mv=float((high - low).max()),
        hz=main,
        band=float(shares[np.abs(hz - main) < 0.7].sum()),
        fast=float(shares[hz > 12].sum()),
        hiss=float(shares[(hz > 25) & (hz < 35)].mean() * ((hz > 12) & (hz < 40)).sum()),
        kurtosis=float(np.median(((centred**2) ** 2).mean(axis=1) / spread**2)),
    )


def disorder_of(prepared: Prepared, reading: Reading | None) -> Rhythm | None:
    """The rhythm of a record that has no ordered beats, None for all others."""
    look = texture_of(prepared)
    events = events_of(prepared)
    seconds = prepared.eight.shape[1] / RATE
    pauses = _silences(events, seconds)
    few = len(events) <= _FEW * seconds or _is_agonal(events, reading, seconds)
    if pauses and few and (look.size_mv < _SMALL_MV or len(events)):
        return _without_beats(prepared, look, reading, pauses)
    if reading is None or not _is_chaos(look, reading):
        return None
    name = _chaos(look)
    runs = ((0.0, seconds),) if name == "vf" else _busy(prepared)
    return Rhythm(
        name, regular=False, atria="unsure", fibrillation_hz=Value(look.hz, "Hz"),
        fibrillation_mv=_height(prepared), runs=runs,
    )  # fmt: skip


def _is_agonal(events: list[Span], reading: Reading | None, seconds: float) -> bool:
    """Three or four broad beats in 10 s."""
    if reading is None or not 2 * len(reading.at) >= len(events) >= len(reading.at):
        return False
    width = float(np.median([b - a for a, b in events]))
    if reading.limits.qrs is not None:
        width = (reading.limits.qrs[1] - reading.limits.qrs[0]) / RATE
    return len(reading.at) <= _AGONAL * seconds and width >= _AGONAL_QRS_S


def _without_beats(
    prepared: Prepared, look: Texture, reading: Reading | None, pauses: tuple[Span, ...]
) -> Rhythm:
    if look.wavy and (reading is None or reading.quiet < _CHAOS_QUIET):
        return Rhythm(
            "vf", regular=False, fibrillation_hz=Value(look.hz, "Hz"),
            fibrillation_mv=_height(prepared),
        )  # fmt: skip
    return Rhythm("asystole", pauses=pauses)


def _height(prepared: Prepared) -> Value:
    """Largest peak to trough of the lead where it is highest (of all twelve)."""
    return Value(float(np.ptp(derive_twelve(prepared.eight), axis=1).max()), "mV")


def _is_chaos(look: Texture, reading: Reading) -> bool:
    """No quiet between waves that have neither one shape nor the sharpness of complexes."""
    return (
        reading.quiet < _CHAOS_QUIET
        and reading.share < _CHAOS_SHARE
        and look.fast < _FAST_SHARE
        and _LOOSE_BAND < look.band < _PURE
        and look.hz > _LEAST_HZ
    )


def _chaos(look: Texture) -> RhythmClass:
    """Spindles of 150-220 a minute are polymorphic tachycardia, faster waves of one size VF."""
    if look.hz >= _VF_HZ or (look.hz > _TORSADES_HZ and look.kurtosis < _KURTOSIS):
        return "vf"
    return "polymorphic_ventricular"


def events_of(prepared: Prepared) -> list[Span]:
    """Stretches in s with slopes that only a QRS has, in the largest lead."""
    x = prepared.used
    rise = np.abs(x[:, _SPAN:] - x[:, :-_SPAN]).max(axis=0)  # noise has little over such a span
    steep = np.flatnonzero(rise > _SLOW_MV_MS * _SPAN * 1000 / RATE) + _SPAN // 2
    if not len(steep):
        return []
    parts = np.split(steep, np.flatnonzero(np.diff(steep) > _EVENT_S * RATE) + 1)
    return [(float(p[0]) / RATE, float(p[-1]) / RATE) for p in parts if len(p) > _SPAN]


def _silences(events: list[Span], seconds: float) -> tuple[Span, ...]:
    """Stretches of 3 s and more without an event."""
    edges = [0.0, *(edge for event in events for edge in event), seconds]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return tuple((a, b) for a, b in gaps if b - a >= _SILENCE_S)


def _busy(prepared: Prepared) -> tuple[Span, ...]:
    """The longest stretch in s that is never quiet for 0.4 s: the run of the tachycardia."""
    size = np.sqrt((prepared.used**2).mean(axis=0))
    loud: npt.NDArray = np.flatnonzero(size > 0.3 * np.percentile(size, 90))
    parts = np.split(loud, np.flatnonzero(np.diff(loud) > 0.4 * RATE) + 1)
    longest = max(parts, key=lambda p: p[-1] - p[0])
    return ((float(longest[0]) / RATE, float(longest[-1]) / RATE),)


def power_95_hz(prepared: Prepared) -> Value:
    """Frequency below which 95 % of the power of 0.5-40 Hz lies, in the largest lead."""
    x = prepared.used
    lead: Array = x[int(np.argmax(np.ptp(x, axis=1)))]
    power = np.abs(np.fft.rfft(lead * np.hanning(len(lead)))) ** 2
    hz = np.fft.rfftfreq(len(lead), 1 / RATE)
    power[(hz < 0.5) | (hz > 40)] = 0
    total = np.cumsum(power)
    return Value(float(hz[int(np.searchsorted(total, 0.95 * total[-1]))]), "Hz")
