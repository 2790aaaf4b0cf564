"""Names the rhythm from RR intervals, P waves, QRS width and pacing pulses.

The order of the questions is that of the guidelines on bradycardia (Kusumoto et al., ACC/AHA/HRS
2018) and on supraventricular tachycardia (Brugada et al., ESC 2019): atria, their relation to the
ventricles, width of the QRS, regularity.
"""

from dataclasses import dataclass

import numpy as np

from sediff.measure.cycle import (
    Bump,
    bump_after_qrs,
    bump_before_qrs,
    locked_ratio,
    stands_far_out,
)
from sediff.measure.facts import TIED, Facts
from sediff.measure.limits import PRE
from sediff.measure.rhythm import is_irregular
from sediff.measure.signals import RATE
from sediff.measure.spectra import Line, fibrillation_hz, ripple_mv, steady_swing
from sediff.measure.values import Atria, RhythmClass

SVT_BPM = 130.0  # a regular narrow rhythm without P: junctional below, SVT above
_MULTIFOCAL = 3  # forms of P (Shine, Kastor and Yurchak 1968; ESC 2019)
_FORM_BEATS = 2  # a form counts when this many beats have it
_P_MV = 0.010  # mean of a P wave that is surely negative in its lead
_LINE = 0.72  # share of what lies between the beats that one steady wave explains
_LOCKED_LINE = 0.6  # the same where the harmonic of the cycle or the number of waves says so too
_LOCKED_OFF = 0.15  # of a cycle's rate: how far the steady wave may be from that harmonic
_LINE_MV, _LOCKED_LINE_MV = 0.08, 0.24  # P waves make up to 0.23 mV
_LOCKED_SPREAD = 0.03  # of RR in flutter with fixed conduction
_CHAOTIC = 0.1  # spread of RR
_STRAY = 0.2  # waves without a QRS, as a share of the beats
_LOOSE_LINE_MV = 0.15
_ROOMY_BPM, _TWICE = 110.0, 1.8  # rates that leave room for F waves; at least two of them a beat
_MANY = 1.4  # P waves a beat
_F_SHARE, _F_MV = 0.75, 0.03  # f waves between regular escape beats
_ESCAPE_BPM = 65.0
_ROOM_S = 0.09  # between T and QRS that shows there is no P wave
_RETROGRADE_PR_S = 0.12  # a junctional P before the QRS is nearer than this


@dataclass(frozen=True)
class Named:
    """The class, what the atria do, why it is unsure, and what showed it."""

    name: RhythmClass
    atria: Atria
    reason: str = ""
    line: Line | None = None
    bump: Bump | None = None


def name_of(facts: Facts) -> Named:
    """Name the rhythm of a record that has beats."""
    if facts.own_time and facts.drops.sum() and (block := _block(facts)):
        return Named(block, "dissociated" if block == "complete_av_block" else "p")
    if flutter := _locked_flutter(facts):
        return flutter
    many = len(facts.waves) > _MANY * len(facts.kinds)
    if many and (line := _flutter_line(facts, share=_LOCKED_LINE)):
        return Named("flutter", "flutter", line=line)
    # Waves at one distance before QRS complexes without a rhythm need not be P waves.
    if facts.spread > _CHAOTIC and (line := _flutter_line(facts)):
        return Named("flutter", "flutter", line=line)
    if facts.tied and not (facts.busy and facts.rate > SVT_BPM) and _believed(facts):
        return _with_p(facts)
    if facts.own_time and facts.even and not facts.tied and (free := _dissociated(facts)):
        return free
    if _is_multifocal(facts):
        return Named("multifocal_atrial", "p")
    if facts.busy and facts.spread < 0.15:
        return Named("ventricular", "unsure")
    if not facts.even and (line := _flutter_line(facts, _LINE_MV)):
        return Named("flutter", "flutter", line=line)
    if is_irregular(facts.reading.rr) or facts.spread > _CHAOTIC:
        return Named("af", "f")
    return _without_p(facts)


def _block(facts: Facts) -> RhythmClass | None:
    """Second- or third-degree block, None where the drops are too few to believe."""
    links, drops = facts.links, facts.drops
    if links.pattern == "growing" and not facts.even:
        return "mobitz_1"
    if links.pattern == "constant" and links.share >= TIED:
        if (drops >= 1).mean() >= 0.8 and np.median(drops) == 1:
            return "two_to_one"
        return "high_grade_av_block" if (drops >= 2).any() else "mobitz_2"
    return "complete_av_block" if facts.even else None


def _locked_flutter(facts: Facts) -> Named | None:
    """Flutter with a fixed ratio: one harmonic of the cycle stands out.

    In 2:1 the waves fill the cycle and the harmonic alone tells; at higher ratios P and T of a
    sinus rhythm can lie a third of a cycle apart, so the waves must be seen between T and QRS.
    There, and where they may be the P waves of a tachycardia on T, the harmonic must stand
    further out.
    """
    if facts.cycle is None or facts.spread > _LOCKED_SPREAD or not (k := locked_ratio(facts.cycle)):
        return None
    hz = k * facts.rate / 60
    if (facts.tied or k > 2) and not stands_far_out(facts.cycle, k):
        return None
    if k == 2:
        return Named("flutter", "flutter", line=Line(hz, 1.0, 0.0))
    line = steady_swing(facts.rest, near=(hz, _LOCKED_OFF * hz / k))
    least = _LOCKED_LINE_MV if facts.tied else _LOOSE_LINE_MV
    if line is None or line.share < _LOCKED_LINE or line.mv < least:
        return None
    return Named("flutter", "flutter", line=line)


def _flutter_line(
    facts: Facts, least_mv: float = _LOCKED_LINE_MV, share: float = _LINE
) -> Line | None:
    """One steady wave that explains most of what lies between the beats."""
    line = steady_swing(facts.rest)
    return line if line is not None and line.share > share and line.mv > least_mv else None


def _dissociated(facts: Facts) -> Named | None:
    """Atria and ventricles each in their own time, neither driving the other."""
    expected = facts.reading.at[-1] / RATE / facts.links.pp_s
    if len(facts.waves) < 0.5 * expected:
        return None
    if 60 / facts.links.pp_s > 1.1 * facts.rate:
        return Named("complete_av_block", "dissociated")
    return Named("ventricular" if facts.wide else "junctional", "dissociated")


def _believed(facts: Facts) -> bool:
    """Waves before the QRS of a very irregular rhythm are P waves only if there are few others."""
    if facts.spread < _CHAOTIC or not is_irregular(facts.reading.rr):
        return True
    stray = len(facts.waves) - int((facts.links.wave >= 0).sum())
    return stray <= max(2, _STRAY * len(facts.kinds))


def _is_multifocal(facts: Facts) -> bool:
    known = float(np.isfinite(facts.links.pr[facts.plain]).mean())
    return known >= TIED and used_forms(facts) >= _MULTIFOCAL


def used_forms(facts: Facts) -> int:
    """How many forms of P wave stand before two beats or more."""
    chosen = facts.links.wave[(facts.links.wave >= 0) & facts.plain]
    if facts.rate > SVT_BPM:  # on a T wave every P looks different
        chosen = chosen[facts.waves.clear[chosen]]
    if not len(chosen):
        return 0
    counts = np.bincount(facts.waves.shape[chosen])
    return max(1, int((counts >= _FORM_BEATS).sum()))


def _with_p(facts: Facts) -> Named:
    """A P wave before every QRS: which focus made it?"""
    if _is_multifocal(facts):
        return Named("multifocal_atrial", "p")
    one, two = facts.p_leads
    foot = two - one / 2
    short = float(np.nanmedian(facts.links.pr)) < _RETROGRADE_PR_S
    upwards = two < -_P_MV and foot < -_P_MV
    if upwards and short:
        return Named("junctional" if facts.rate <= SVT_BPM else "svt", "retrograde")
    # With lead I upside down as a whole (arms exchanged, dextrocardia) the sinus node still beats.
    rightwards = one < -_P_MV and not _mirrored(facts)
    return Named("atrial" if upwards or rightwards else "sinus", "p")


def _mirrored(facts: Facts) -> bool:
    """True if the QRS is negative in lead I like the P wave."""
    qrs = facts.reading.limits.qrs
    if qrs is None:
        return False
    lead = facts.reading.median[0, PRE + qrs[0] : PRE + qrs[1] + 1]
    return float((lead - lead[0]).sum()) < 0


def _without_p(facts: Facts) -> Named:
    """A regular rhythm in which no P wave was found apart from T."""
    bump = bump_before_qrs(facts.cycle) if facts.cycle is not None else None
    if bump is not None:
        return Named("sinus" if bump.up > 0 else "atrial", "p", bump=bump)
    line = _flutter_line(facts, _LOOSE_LINE_MV)
    if line is not None and facts.rate < _ROOMY_BPM and 60 * line.hz > _TWICE * facts.rate:
        return Named("flutter", "flutter", line=line)
    if _has_f_waves(facts):
        return Named("complete_av_block", "f")
    if facts.wide:
        return _broad(facts)
    if facts.rate > SVT_BPM:
        back = bump_after_qrs(facts.cycle) if facts.cycle is not None else None
        return Named("svt", "retrograde" if back else "merged", bump=back)
    if facts.reading.atria == "loose" and not facts.even:
        return Named("af", "f")
    if facts.reading.atria == "loose":
        return Named("unsure", "unsure", "The waves between the beats are not tied to the QRS.")
    if facts.reading.atria == "merged" and not _has_room(facts):
        return Named("unsure", "merged", "No P wave can be told from the T wave before it.")
    return Named("junctional", "none")


def _broad(facts: Facts) -> Named:
    """A regular broad rhythm: ventricular, unless P waves may hide at the rate of a sinus node."""
    if facts.rate > SVT_BPM or facts.rate < _ESCAPE_BPM - 20 or facts.reading.atria == "none":
        return Named("ventricular", "none")
    why = "The QRS is broad, and no P wave can be told from the waves between."
    return Named("unsure", "merged", why)


def _has_f_waves(facts: Facts) -> bool:
    if facts.rate > _ESCAPE_BPM:  # faster ones leave too little between T and QRS to tell
        return False
    return fibrillation_hz(facts.rest)[1] > _F_SHARE and ripple_mv(facts.rest) > _F_MV


def _has_room(facts: Facts) -> bool:
    """True where the time between T and the next QRS would show a P wave."""
    gaps = facts.rest.qrs[1:, 0] - facts.rest.t_off[:-1]
    return len(gaps) > 0 and float(np.median(gaps)) > _ROOM_S
