"""Checks of sinus, atrial and junctional rhythms."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

from sediff.criteria.blocks import in_leads, number, rhythm_is, truth, unless
from sediff.criteria.check import Check
from sediff.measure.values import Measurements, Span

_SHOWN = 3  # beats to highlight
_BREATHING_S = 0.12  # difference of PP in sinus arrhythmia
_ABRUPT = 1.4  # an interval this much longer than the one before follows an early beat or a block
_EARLY, _LATE = 0.90, 1.20  # of the usual RR: an early beat, and one after a pause
_MULTIPLE = 0.12  # a pause this near to a whole number of PP is one of SA block
_PR_S = (0.08, 0.40)  # a P that can belong to the QRS after it
_SHORT_VA_MS = 70.0  # QRS onset to retrograde P: shorter in typical AVNRT (Brugada 2020)
_SOME_WAVE_MV = 0.03  # the least deflection that stands out


def rate(low: float | None = None, high: float | None = None) -> Check:
    """The mean ventricular rate per minute."""
    return number("Heart rate", "heart_rate", low=low, high=high, wave="RR")


SINUS = rhythm_is("sinus")
NARROW = number("QRS duration", "qrs_ms", high=119.9, wave="QRS")


def regular(wanted: bool = True) -> Check:
    """Whether the RR intervals agree."""

    def holds(measured: Measurements) -> bool | None:
        seen = measured.rhythm_seen.regular
        return None if seen is None else seen is wanted

    return truth(
        "Regularity", holds, "regular RR intervals" if wanted else "irregular RR intervals",
        lambda measured: _rr_spans(measured)[:_SHOWN],
    )  # fmt: skip


def atria(*names: str) -> Check:
    """What the atria do."""

    def holds(measured: Measurements) -> bool | None:
        seen = measured.rhythm_seen.atria
        return None if seen == "unsure" else seen in names

    return truth("Atrial activity", holds, " or ".join(names))


def shapes_of_p(least: int) -> Check:
    """At least so many forms of P waves."""

    def holds(measured: Measurements) -> bool | None:
        seen = measured.rhythm_seen
        return None if seen.atria == "unsure" else seen.p_shapes >= least

    return truth("Forms of P", holds, f"at least {least}", _p_spans)


def flutter_waves_per_beat(count: int) -> Check:
    """Atrial over ventricular rate: so many flutter waves to each QRS."""

    def holds(measured: Measurements) -> bool | None:
        fast, slow = measured.rhythm_seen.atrial_rate.value, measured.heart_rate.value
        return None if not fast or not slow else abs(fast / slow - count) < 0.15

    return truth("Conduction ratio", holds, f"{count}:1")


def breathing(measured: Measurements) -> bool | None:
    """Whether the intervals between sinus beats differ by more than 0.12 s."""
    own = [after - before for before, after in _usual_intervals(measured)]
    return None if len(own) < 3 else max(own) - min(own) > _BREATHING_S


def _gradual(measured: Measurements) -> bool | None:
    rr = [b - a for a, b in _rr_spans(measured)]
    return all(b < _ABRUPT * a for a, b in pairwise(rr)) if len(rr) >= 3 else None


GRADUAL = truth("Change of PP", _gradual, "gradual: no interval 1.4 times the one before")
SINUS_ARRHYTHMIA = truth(
    "PP variation", breathing, "more than 120 ms", lambda m: _rr_spans(m)[:_SHOWN]
)


def pause(least_s: float) -> Check:
    """An interval of at least so many seconds without any beat."""

    def holds(measured: Measurements) -> bool | None:
        return bool(_pauses(measured, least_s)) if len(measured.beats) > 1 else None

    return truth("Pause", holds, f"at least {least_s:g} s", lambda m: _pauses(m, least_s))


def _pauses(measured: Measurements, least_s: float) -> list[Span]:
    return [span for span in _rr_spans(measured) if span[1] - span[0] >= least_s]


def pause_of_whole_pp(wanted: bool) -> Check:
    """Whether the longest interval is two, three ... times the usual one, within an eighth."""

    def holds(measured: Measurements) -> bool | None:
        ratio = _longest_over_usual(measured)
        if ratio is None or ratio < 1.4:
            return None if ratio is None else False
        return (round(ratio) >= 2 and abs(ratio - round(ratio)) <= _MULTIPLE) is wanted

    words = "a whole multiple of PP" if wanted else "no whole multiple of PP"
    return truth("Length of the pause", holds, words, _longest)


def shortening_before_pause(measured: Measurements) -> bool | None:
    """Wenckebach of the sinus node: PP shortens, the pause is shorter than two of the last PP."""
    rr = [b - a for a, b in _rr_spans(measured)]
    if len(rr) < 3:
        return None
    usual = median(rr)
    cycles = [
        (rr[i - 2], rr[i - 1], rr[i])
        for i in range(2, len(rr))
        if rr[i] > 1.3 * usual and max(rr[i - 2], rr[i - 1]) < 1.3 * usual
    ]
    return bool(cycles) and all(a > b and pause < 1.95 * b for a, b, pause in cycles)


def _longest_over_usual(measured: Measurements) -> float | None:
    rr = [b - a for a, b in _rr_spans(measured)]
    return max(rr) / median(rr) if len(rr) >= 3 else None


def _longest(measured: Measurements) -> Sequence[Span]:
    return [max(_rr_spans(measured), key=lambda s: s[1] - s[0])] if _rr_spans(measured) else []


def early_beats(kind: str, least: int = 1) -> Check:
    """Beats of a kind that come early: before nine tenths of the mean interval."""

    def found(measured: Measurements) -> list[Span]:
        beats = measured.beats
        usual = fmean([b - a for a, b in _rr_spans(measured)] or [0.0])
        return [
            here.qrs
            for before, here in pairwise(beats)
            if here.kind == kind and here.r_s - before.r_s < _EARLY * usual
        ]

    def holds(measured: Measurements) -> bool | None:
        return len(found(measured)) >= least if len(measured.beats) > 3 else None

    source = {"A": "atrial", "J": "junctional"}[kind]
    return truth(f"Early {source} beats", holds, f"at least {least}", found)


def in_turn(kind: str, period: int) -> Check:
    """Every second (third) beat is of this kind, in three groups at least."""

    def holds(measured: Measurements) -> bool | None:
        at = [i for i, beat in enumerate(measured.beats) if beat.kind == kind]
        steps = [b - a for a, b in pairwise(at)]
        return len(steps) >= 2 and sum(s == period for s in steps) >= 0.8 * len(steps)

    return truth("Pattern", holds, f"every beat number {period} comes early")


def escapes(measured: Measurements) -> list[Span]:
    """Narrow or wide beats without P that end an interval of 1.2 times the usual one and more."""
    beats = measured.beats
    usual = median([b - a for a, b in _rr_spans(measured)] or [0.0])
    return [
        here.qrs
        for before, here in pairwise(beats)
        if here.kind != "A"
        and here.r_s - before.r_s > _LATE * usual
        and not _p_before(measured, here.qrs[0])
    ]


def _p_before(measured: Measurements, qrs_on_s: float) -> bool:
    low, high = _PR_S
    waves = measured.rhythm_seen.p_waves
    return any(low <= qrs_on_s - wave.on_s <= high for wave in waves)


def _has_escape(measured: Measurements) -> bool | None:
    if len(measured.beats) < 3 or measured.rhythm_seen.atria == "unsure":
        return None
    return bool(escapes(measured))


ESCAPE_BEATS = truth("Escape beats", _has_escape, "late, without a P before", escapes)


def va_ms(measured: Measurements) -> float | None:
    """QRS onset to the P wave after it, median in ms; None where fewer than half have one."""
    found = []
    for here, after in pairwise(measured.beats):
        behind = [
            wave.on_s - here.qrs[0]
            for wave in measured.rhythm_seen.p_waves
            if here.qrs[0] < wave.on_s < (here.r_s + after.r_s) / 2
        ]
        found += behind[:1]
    return 1000 * median(found) if 2 * len(found) >= max(1, len(measured.beats) - 1) else None


def _long_va(measured: Measurements) -> bool | None:
    if measured.rhythm_seen.atria == "unsure":
        return None
    va = va_ms(measured)
    return va is not None and va > _SHORT_VA_MS


# RP is shorter than PR by the way P waves are looked for: in the first half of RR.
LONG_VA = truth(
    "QRS to retrograde P", _long_va, "more than 70 ms, RP below PR", lambda m: _p_spans(m)
)


# A pseudo S in II, III and aVF needs the tracing in sinus rhythm beside it; a pseudo r' less so.
PSEUDO_R = in_leads("Pseudo r' in V1", ("V1",), "r2_mv", low=_SOME_WAVE_MV, wave="QRS")
SHORT_VA = unless("No P in the ST segment", LONG_VA)


def _rr_spans(measured: Measurements) -> list[Span]:
    beats = measured.beats
    return [(a.r_s, b.r_s) for a, b in pairwise(beats)]


def _usual_intervals(measured: Measurements) -> list[Span]:
    beats = measured.beats
    return [(a.r_s, b.r_s) for a, b in pairwise(beats) if a.kind == b.kind == "N"]


def _p_spans(measured: Measurements) -> list[Span]:
    return [(wave.on_s, wave.off_s) for wave in measured.rhythm_seen.p_waves[: 2 * _SHOWN]]
