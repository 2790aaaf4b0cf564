"""Criteria of salts, drugs and cold. An ECG shows the pattern; only the laboratory the cause."""

from sediff.criteria.blocks import all_of, any_of, in_leads, number, truth
from sediff.criteria.check import Check, Criteria
from sediff.criteria.repolarisation import (
    bazett,
    derived,
    j_waves,
    long_qtc,
    q_apex_ms,
    t_duration_ms,
    t_onset_ms,
    terminal_r_avr,
)
from sediff.measure.values import LeadWaves, Measurements

_LIMB, _CHEST = ("I", "II", "III", "aVL", "aVF"), ("V2", "V3", "V4", "V5", "V6")
_TALL_T = dict.fromkeys(_LIMB, 0.5) | dict.fromkeys(_CHEST, 1.0)  # usual upper limits, mV
_POINTED = (0.8, 1.25)  # fall over rise: a normal T falls faster than it rises
_NARROW_MS = 85.0  # at half of its height; tall T of healthy people (PTB-XL): mostly 84-106
_SAG_MV = 0.03
_SINE_HZ = 8.0
_WIDE_MS, _SINE_MS = 120.0, 160.0


def _tented(waves: LeadWaves) -> float:
    """Height of an upright T with a pointed, symmetrical top on a narrow base, else 0."""
    pointed = _POINTED[0] <= waves.t_symmetry <= _POINTED[1]
    return waves.t_pos_mv if pointed and waves.t_width_ms <= _NARROW_MS else 0.0


tented_t = in_leads(
    "Tall, pointed, narrow T", (*_LIMB, *_CHEST), _tented, low=_TALL_T, need=2, wave="T"
)


def _p_lost(measured: Measurements) -> bool | None:
    seen = measured.rhythm_seen
    if seen.atria == "p" or seen.p_waves:
        return False
    # In a sine wave there is no flat line left on which a P wave could be missed.
    hidden = seen.atria in ("none", "merged")
    return True if hidden or measured.pr_ms.status == "absent" else None


_p_absent: Check = truth("P waves lost", _p_lost)
_p_flat = in_leads("P low", ("II",), "p_mv", high=0.1, wave="P")
_sine = any_of(
    "QRS and T make one smooth wave",
    number("No sharp QRS", "rhythm_seen.power_95_hz", high=_SINE_HZ),
    number("QRS", "qrs_ms", low=_SINE_MS, wave="QRS"),
)

_HYPERKALAEMIA = (
    "Mattu, Brady, Robinson, Electrocardiographic manifestations of hyperkalemia, Am J Emerg Med "
    "2000;18:721-729; Somers et al., The prominent T wave, Am J Emerg Med 2002;20:243-251"
)
HYPERKALAEMIA = {
    "1": Criteria(_HYPERKALAEMIA, (tented_t,)),
    "2": Criteria(
        _HYPERKALAEMIA,
        (
            tented_t,
            any_of(
                "Slow atria", number("PR prolonged", "pr_ms", low=200.0, wave="PR"), _p_flat,
                _p_absent,
            ),
        ),
    ),
    "3": Criteria(
        _HYPERKALAEMIA, (tented_t, number("QRS wide", "qrs_ms", low=_WIDE_MS, wave="QRS"))
    ),
    "4": Criteria(_HYPERKALAEMIA, (_sine, _p_absent)),
}  # fmt: skip


def _u_over_t(waves: LeadWaves) -> float:
    """Height of a U wave that T does not exceed, else 0."""
    return waves.u_mv if waves.u_mv >= waves.t_mv else 0.0


HYPOKALAEMIA = Criteria(
    "Weaver, Burchell, Serum potassium and the electrocardiogram in hypokalemia, Circulation "
    "1960;21:505-521 (T/U of 1 or less, U above 0.5 mm in II or 1 mm in V3, ST depression of "
    "0.5 mm)",
    (
        in_leads("U as tall as T", ("II", "V3"), _u_over_t, low={"II": 0.05, "V3": 0.1}, need=1,
                 wave="QT"),
        in_leads("ST depression", ("II", "V1", "V2", "V3"), "st60_mv", high=-0.05, need=1,
                 wave="ST"),
    ),
)  # fmt: skip

HYPERCALCAEMIA = Criteria(
    "Nierenberg, Ransil, Q-aTc interval as a clinical indicator of hypercalcemia, Am J Cardiol "
    "1979;44:243-248 (Q to apex of T, corrected, 0.27 s or less)",
    (derived("Q to apex of T, corrected", bazett(q_apex_ms), high=270.0),),
    "suggestive",
)


def _st_ms(measured: Measurements) -> float | None:
    onset, qrs = t_onset_ms(measured), measured.qrs_ms.value
    return None if onset is None or qrs is None else onset - qrs


HYPOCALCAEMIA = Criteria(
    "Surawicz, Knilans, Chou's Electrocardiography in Clinical Practice, 6th ed. 2008 (QT long by "
    "its ST segment, T of usual duration); QTc limits of Rautaharju et al. 2009",
    (
        long_qtc,
        derived("ST segment long", bazett(_st_ms), low=120.0),
        derived("T of usual duration", bazett(t_duration_ms), high=226.0),
    ),
    "suggestive",
)


def _scooped(waves: LeadWaves) -> float:
    """Depth of an ST segment that sags below its start, 0 elsewhere or without a tall R."""
    lowest = min(waves.st60_mv, waves.st80_mv)
    return lowest if lowest <= waves.j_mv - _SAG_MV and waves.tall_mv >= 0.5 else 0.0


DIGITALIS = Criteria(
    "Surawicz, Knilans, Chou's Electrocardiography in Clinical Practice, 6th ed. 2008 (scooped ST "
    "depression in leads with a tall R, small T with an upright end, QT not long)",
    (
        in_leads("Scooped ST depression", ("I", "II", "aVF", "V4", "V5", "V6"), _scooped,
                 high=-0.05, need=2, wave="ST"),
        in_leads("T not deeply inverted", ("V4", "V5", "V6"), "t_mv", low=-0.3, need=2, wave="T"),
        number("QTc not prolonged", "qtc_ms", high=449.0, wave="QT"),
    ),
    "suggestive",
)  # fmt: skip

HYPOTHERMIA = Criteria(
    "Mattu, Brady, Perron, Electrocardiographic manifestations of hypothermia, Am J Emerg Med "
    "2002;20:314-326 (Osborn waves, bradycardia, long intervals)",
    (
        j_waves("Osborn waves"),
        number("Bradycardia", "heart_rate", high=59.9, wave="RR"),
        long_qtc,
    ),
)

SODIUM_BLOCK = Criteria(
    "Liebelt, Francis, Woolf, ECG lead aVR versus QRS interval in tricyclic antidepressant "
    "toxicity, Ann Emerg Med 1995;26:195-201; Niemann et al., Am J Cardiol 1986;57:1154-1159",
    (
        number("QRS above 100 ms", "qrs_ms", low=100.1, wave="QRS"),
        all_of(
            "Terminal R of aVR",
            in_leads("R of aVR", ("aVR",), terminal_r_avr, low=0.3),
            in_leads("R/S of aVR", ("aVR",), lambda w: terminal_r_avr(w) / max(w.deep_mv, 0.05),
                     low=0.7, unit=""),
        ),
        number("Sinus tachycardia", "heart_rate", low=100.0, wave="RR"),
    ),
)  # fmt: skip

J_WAVES = Criteria(
    "J-wave syndromes expert consensus conference report (Antzelevitch et al., Heart Rhythm 2016)",
    (j_waves(),),
)
