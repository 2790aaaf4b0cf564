"""From the named rhythm to all that is said of it: P waves, pauses, runs, alternans, kinds."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sediff.measure.atria import bump_size
from sediff.measure.classes import SVT_BPM, Named, name_of, used_forms
from sediff.measure.facts import Facts, facts_of
from sediff.measure.reading import Reading
from sediff.measure.residual import SLOW
from sediff.measure.signals import RATE, Array, Prepared
from sediff.measure.spectra import fibrillation_hz, steady_swing
from sediff.measure.spikes import assign, is_paced
from sediff.measure.values import PWave, Rhythm, RhythmClass, Value
from sediff.simulator.simulation import BeatKind, Span

_LONG_PAUSE, _AF_PAUSE_S = 1.5, 2.0
_P_HALF_S = 0.045
_SLOW_BPM = 45.0  # a broad escape below this comes from the ventricles
_SURE = 3.0  # standard errors
_BLOCKS = ("mobitz_1", "mobitz_2", "two_to_one", "high_grade_av_block")
_ESCAPE_RR = 1.2  # of the usual interval: an escape beat comes late
_P_PLACE_S, _CLEAR_SHARE = (0.04, 0.24), 0.4
_P_LIKE = 0.4  # of the usual P wave: what may be a P wave of another form
_PR_LONGER_S = 0.06
_SHOWS_P = ("p", "dissociated", "retrograde")


def rhythm_of(prepared: Prepared, reading: Reading, pulses_s: Array) -> tuple[Rhythm, Reading]:
    """The rhythm, and the reading with kinds of beats and P waves that agree with it."""
    facts = facts_of(prepared, reading)
    named = name_of(facts)
    p_on = facts.waves.on() if len(facts.waves) else np.zeros(0)
    spikes = assign(pulses_s, facts.rest.qrs[:, 0], p_on)
    paced = is_paced(spikes, facts.rest.qrs[:, 0])
    shows = named.atria in _SHOWS_P
    rhythm = Rhythm(
        name="paced" if paced else named.name,
        reason="" if paced else named.reason,
        regular=facts.even if len(facts.reading.rr) >= 3 else None,
        atria=named.atria,
        atrial_rate=_atrial_rate(facts, named),
        p_waves=_p_waves(facts, named) if shows else (),
        p_shapes=max(1, used_forms(facts)) if shows else 0,
        pr_pattern=facts.links.pattern if shows else "",
        pauses=_pauses(facts, named),
        runs=runs_of(facts.kinds, facts.rest.qrs),
        spikes=spikes,
        alternans_mv=_alternans(prepared, facts),
        fibrillation_hz=_f_hz(facts, named),
    )
    return rhythm, _agreeing(facts.reading, named, _kinds(facts, rhythm.name))


def _agreeing(reading: Reading, named: Named, kinds: list[BeatKind]) -> Reading:
    """The reading without the P wave before the QRS where the rhythm has none there."""
    reading, atria = replace(reading, kinds=kinds), named.atria
    hidden = reading.limits.p is None or named.bump is not None
    above = named.name != "ventricular"  # else what stands before the QRS does not make it
    if (atria in ("p", "unsure") and above) or (atria == "retrograde" and not hidden):
        return reading
    state = "loose" if atria in ("dissociated", "flutter") else "none"
    state = "merged" if atria in ("merged", "unsure") else state
    spans = [replace(span, p=None) for span in reading.spans]
    return replace(reading, atria=state, spans=spans, limits=replace(reading.limits, p=None))


def _atrial_rate(facts: Facts, named: Named) -> Value:
    if named.bump is not None:
        return Value(facts.rate, "bpm")
    if named.atria in _SHOWS_P and facts.links.pp_s > 0:
        return Value(60 / facts.links.pp_s, "bpm")
    if named.atria == "f":
        return Value(60 * fibrillation_hz(facts.rest)[0], "bpm")
    line = named.line or (steady_swing(facts.rest) if named.atria == "flutter" else None)
    if line is not None:
        return Value(60 * line.hz, "bpm")
    absent = named.atria == "none"
    return Value(None, "bpm", "absent" if absent else "unsure", "No atrial wave was found.")


def _f_hz(facts: Facts, named: Named) -> Value:
    if named.atria != "f":
        return Value(None, "Hz", "absent", "Nothing fibrillates.")
    return Value(fibrillation_hz(facts.rest)[0], "Hz")


def _p_waves(facts: Facts, named: Named) -> tuple[PWave, ...]:
    if named.bump is not None:
        back = named.atria == "retrograde"
        shift = named.bump.after_s if back else -named.bump.before_s
        middle = facts.rest.qrs[:, 0] + shift
        # A retrograde P is no blocked one: in re-entry the next QRS follows from it.
        return tuple(PWave(float(m - _P_HALF_S), float(m + _P_HALF_S)) for m in middle if m > 0)
    waves, conducted = facts.waves, set(facts.links.wave.tolist())
    # Of a P wave after the last QRS nobody knows whether one followed.
    end = float(facts.rest.qrs[-1, 0])
    every = zip(waves.on(), waves.off(), waves.shape, strict=True)
    tied = named.atria != "dissociated"
    return tuple(
        PWave(float(on), float(off), tied and (i in conducted or on > end), int(shape))
        for i, (on, off, shape) in enumerate(every)
    )


def _pauses(facts: Facts, named: Named) -> tuple[Span, ...]:
    """RR intervals of more than 1.5 times the usual one that no premature beat explains."""
    at = facts.reading.at / RATE
    rr = np.diff(at)
    least = _LONG_PAUSE * float(np.median(rr))
    least = max(least, _AF_PAUSE_S) if named.name == "af" else least
    long = [i for i in range(len(rr)) if rr[i] > least and facts.kinds[i] == "N"]
    return tuple((float(at[i]), float(at[i + 1])) for i in long)


def runs_of(kinds: Sequence[BeatKind], qrs: Array) -> tuple[Span, ...]:
    """Three and more ventricular beats in a row; `qrs` (n, 2) in s."""
    spans, first = [], None
    for i, kind in enumerate([*kinds, "N"]):
        if kind == "V" and first is None:
            first = i
        elif kind != "V" and first is not None:
            if i - first >= 3:
                spans.append((float(qrs[first, 0]), float(qrs[i - 1, 1])))
            first = None
    return tuple(spans)


def _alternans(prepared: Prepared, facts: Facts) -> Value:
    """Height of QRS of odd beats less that of even ones, largest lead, 0 where it may be chance."""
    at = np.rint(facts.reading.at).astype(int)
    half = round(0.06 * RATE)
    inside = (at > half) & (at < prepared.eight.shape[1] - half)
    if inside.sum() < 6 or not facts.even:
        return Value(None, "mV", "unsure", "Too few beats in an even rhythm.")
    heights = np.stack([np.ptp(prepared.used[:, a - half : a + half], axis=1) for a in at[inside]])
    odd, even = heights[::2], heights[1::2]
    change = np.abs(np.median(odd, axis=0) - np.median(even, axis=0))
    doubt = np.sqrt(odd.var(axis=0) / len(odd) + even.var(axis=0) / len(even))
    sure = np.where(change > _SURE * doubt, change, 0.0)
    return Value(float(sure.max()), "mV")


def _kinds(facts: Facts, name: RhythmClass) -> list[BeatKind]:
    """Beats of a ventricular, junctional or escape rhythm are named after it."""
    if name in _BLOCKS:  # nothing is premature where blocked beats make the pauses
        return ["V" if kind == "V" else "N" for kind in facts.kinds]
    escape = name == "complete_av_block"
    own: BeatKind = "N"
    if name == "ventricular" or (escape and facts.wide and facts.rate < _SLOW_BPM):
        own = "V"
    elif escape or (name == "junctional" and facts.rate <= SVT_BPM):
        own = "J"
    kinds: list[BeatKind] = [own if kind == "N" else kind for kind in facts.kinds]
    rr = np.diff(facts.rest.qrs[:, 0], prepend=np.nan)
    late = (rr > _ESCAPE_RR * np.nanmedian(rr)) & (name == "sinus")
    return [
        _without_p_kind(facts, i, kind) if kind == "A" or (kind == "N" and late[i]) else kind
        for i, kind in enumerate(kinds)
    ]


def _without_p_kind(facts: Facts, i: int, kind: BeatKind) -> BeatKind:
    """An early or late narrow beat is junctional where the time before it is clear without P."""
    pr = facts.links.pr
    linked = pr[np.isfinite(pr)]
    # A wave much further ahead than usual is what is left of the T wave before.
    if not len(facts.waves) or (len(linked) and pr[i] <= np.median(linked) + _PR_LONGER_S):
        return kind
    start = facts.rest.qrs[i, 0]
    before = slice(
        max(0, round((start - _P_PLACE_S[1]) * SLOW)), max(0, round((start - _P_PLACE_S[0]) * SLOW))
    )
    size, clear = bump_size(facts.rest), facts.rest.clear[before]
    usual = float(np.median(size[np.rint(facts.waves.at * SLOW).astype(int)]))
    hidden = not len(clear) or clear.mean() < _CLEAR_SHARE
    return kind if hidden or float(size[before].max()) > _P_LIKE * usual else "J"
