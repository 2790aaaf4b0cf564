"""Criteria of ion-channel diseases: Brugada patterns, long and short QT."""

from sediff.criteria.blocks import in_leads, number, truth
from sediff.criteria.check import Check, Criteria
from sediff.criteria.repolarisation import (
    AHA_2009,
    T_INVERTED_MV,
    bazett,
    derived,
    end_notch,
    long_qtc,
    t_duration_ms,
    t_onset_ms,
)
from sediff.measure.values import LeadWaves, Measurements

_TAKE_OFF_MV = 0.2
_STILL_UP_MV = 0.1  # of ST at the end of the QRS: an r' of a block is back at the baseline
_SADDLE_MV = 0.05
_RIGHT = ("V1", "V2")

LONG_QT = Criteria(f"{AHA_2009}: QTc from 450 ms in men and 460 ms in women", (long_qtc,))

# Means of the affected among 153 members of six families with a known locus. A value nearer to
# one group's mean than to the others' only suggests it: the paper shows that the groups overlap.
_MOSS = (
    "Moss et al., ECG T-wave patterns in genetically distinct forms of the hereditary long QT "
    "syndrome, Circulation 1995;92:2929-2934 (limits midway between the means of the groups)"
)
BROAD_T_MS = 226.0  # T duration: 262 ms in LQT1, 191 and 187 in the others
LATE_T_MS = 315.0  # QRS onset to T onset: 341 ms in LQT3, 290 in LQT2
LOW_T_MV = 0.25  # T amplitude: 0.13 mV in LQT2, 0.36 and 0.37 in the others

LONG_QT_1 = Criteria(
    _MOSS,
    (long_qtc, derived("Broad T", bazett(t_duration_ms), low=BROAD_T_MS)),
    "suggestive",
)


def _notched(measured: Measurements) -> bool | None:
    leads = [w.t_notched for lead, w in measured.leads.items() if lead != "aVR"]
    return sum(leads) >= 2 if leads else None


_two_humps: Check = truth("T with two humps", _notched, "in at least 2 leads")

LONG_QT_2 = Criteria(
    _MOSS + "; Zhang et al., Circulation 2000;102:2849-2855 (bifid T)",
    (
        long_qtc,
        in_leads("T low", ("II", "V5"), "t_mv", low=0.0, high=LOW_T_MV, wave="T"),
        _two_humps,
    ),
    "suggestive",
)
LONG_QT_3 = Criteria(
    _MOSS,
    (
        long_qtc,
        derived("Late T", bazett(t_onset_ms), low=LATE_T_MS),
        in_leads("T peaked", ("II", "V4", "V5"), "t_mv", low=LOW_T_MV, need=1, wave="T"),
    ),
    "suggestive",
)

SHORT_QT = Criteria(
    "2015 ESC guideline on ventricular arrhythmias (Priori et al.): QTc of 340 ms or less",
    (number("QTc short", "qtc_ms", high=340.0, wave="QT"),),
)

_BRUGADA = (
    "Current electrocardiographic criteria for diagnosis of Brugada pattern: a consensus report "
    "(Bayes de Luna et al., J Electrocardiol 2012;45:433-442)"
)


def take_off(waves: LeadWaves) -> float:
    """Highest point of the end of the QRS (r' or J), mV."""
    return max(waves.j_mv, end_notch(waves), waves.r2_mv)


def _coved(waves: LeadWaves) -> float:
    """Take-off of an ST segment that falls from it gradually into an inverted T, else 0.

    Type 1 has no clear r' (Bayes de Luna et al. 2012) and no isoelectric line between take-off and
    T (Wilde et al. 2002): where an r' stands first, ST must still be raised at the end of it.
    """
    falls = take_off(waves) > waves.st60_mv > waves.st80_mv
    gradual = falls and waves.j_mv >= _STILL_UP_MV
    return take_off(waves) if gradual and waves.t_neg_mv <= T_INVERTED_MV else 0.0


def _saddle(waves: LeadWaves) -> float:
    """Take-off before a saddle that stays above the baseline and an upright T, else 0."""
    lowest = min(waves.st60_mv, waves.st80_mv)
    upright = waves.t_pos_mv >= lowest and waves.t_neg_mv > T_INVERTED_MV
    return take_off(waves) if _SADDLE_MV <= lowest < take_off(waves) and upright else 0.0


BRUGADA_1 = Criteria(
    f"{_BRUGADA}; Wilde et al., Circulation 2002;106:2514-2519; one right precordial lead suffices "
    "(HRS/EHRA/APHRS 2013)",
    (in_leads("Coved ST of 0.2 mV", _RIGHT, _coved, low=_TAKE_OFF_MV, need=1, wave="ST"),),
)
BRUGADA_2 = Criteria(
    _BRUGADA,
    (in_leads("Saddleback ST of 0.2 mV", _RIGHT, _saddle, low=_TAKE_OFF_MV, need=1, wave="ST"),),
    "suggestive",
)
