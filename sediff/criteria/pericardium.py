"""Criteria of pericarditis, early repolarisation, takotsubo, strain and brain injury."""

from sediff.criteria.blocks import in_leads
from sediff.criteria.check import Criteria
from sediff.criteria.repolarisation import (
    AHA_2009,
    LEFT_LEADS,
    T_FLAT_MV,
    T_GIANT_MV,
    T_INVERTED_MV,
    j_waves,
    long_qtc,
    narrow_qrs,
    no_st_elevation,
    not_elevated,
    st_level,
    t_flat,
    t_inverted,
    t_low,
    u_prominent,
)
from sediff.measure.values import LeadWaves

_DIFFUSE = ("I", "II", "aVF", "V2", "V3", "V4", "V5", "V6")
_PR_MV = -0.05
_avr_down = in_leads("ST down in aVR", ("aVR",), st_level, high=-0.05, wave="ST")

_STAGES = (
    "Spodick, Acute pericarditis: current concepts and practice, JAMA 2003;289:1150-1153; 2015 "
    "ESC guideline on pericardial diseases (Adler et al.)"
)


def _st_over_t(waves: LeadWaves) -> float:
    return st_level(waves) / max(waves.t_pos_mv, 0.05)


PERICARDITIS = {
    "1": Criteria(
        _STAGES + "; ST/T of V6: Ginzton, Laks, Circulation 1982;65:1004-1009",
        (
            in_leads("Widespread ST elevation", _DIFFUSE, st_level, low=0.1, need=5, wave="ST"),
            _avr_down,
            in_leads("PR depression", ("II", "aVF", "V4", "V5", "V6"), "pr_mv", high=_PR_MV,
                     need=2, wave="PR"),
            in_leads("ST/T of V6", ("V6",), _st_over_t, low=0.25, wave="ST", unit=""),
        ),
    ),
    "2": Criteria(_STAGES, (no_st_elevation(), t_flat(3)), "suggestive"),
    "3": Criteria(
        _STAGES, (no_st_elevation(), t_inverted((*LEFT_LEADS, "aVF", "V3"), 4)), "suggestive"
    ),
    "4": Criteria(
        _STAGES + ": the ECG is normal again, which by itself proves nothing",
        (
            no_st_elevation(),
            in_leads("T upright", LEFT_LEADS, "t_mv", low=T_FLAT_MV, need=3, wave="T"),
        ),
        "suggestive",
    ),
}  # fmt: skip

EARLY_REPOLARISATION = Criteria(
    "The early repolarization pattern: a consensus paper (Macfarlane et al., J Am Coll Cardiol "
    "2015;66:470-477)",
    (j_waves("End-QRS notch or slur"), narrow_qrs),
)

_avr_t = in_leads("T upright in aVR", ("aVR",), "t_pos_mv", low=0.01, wave="T")
_v1_t = in_leads("T of V1 not inverted", ("V1",), "t_neg_mv", low=T_INVERTED_MV + 0.001, wave="T")

TAKOTSUBO = {
    "st_elevation": Criteria(
        "Kosuge et al., Simple and accurate electrocardiographic criteria to differentiate "
        "takotsubo cardiomyopathy from anterior acute myocardial infarction, J Am Coll Cardiol "
        "2010;55:2514-2516 (QTc long: 567 ms on average)",
        (
            _avr_down,
            not_elevated("V1"),
            in_leads("ST elevation", ("V3", "V4", "V5"), st_level, low=0.1, need=2,
                     contiguous=True, wave="ST"),
            long_qtc,
        ),
        "suggestive",
    ),
    "t_inversion": Criteria(
        "Kosuge et al., Differences in negative T waves between takotsubo cardiomyopathy and "
        "reperfused anterior acute myocardial infarction, Circ J 2012;76:462-468",
        (
            t_inverted(("V2", "V3", "V4", "V5", "V6"), 3, contiguous=True),
            _avr_t,
            _v1_t,
            long_qtc,
        ),
        "suggestive",
    ),
}  # fmt: skip

RAISED_ICP = Criteria(
    "Burch, Meyers, Abildskov, A new electrocardiographic pattern observed in cerebrovascular "
    "accidents, Circulation 1954;9:719-723; giant T waves and QTc: Rautaharju et al. 2009",
    (t_inverted(("V2", "V3", "V4", "V5", "V6"), 2, high=T_GIANT_MV, contiguous=True), long_qtc),
    "suggestive",
)


def _strained(waves: LeadWaves) -> float:
    """Depth of ST where T is inverted and falls slower than it comes back, else 0."""
    asymmetric = waves.t_symmetry <= 1.0
    return waves.st60_mv if asymmetric and waves.t_neg_mv <= T_INVERTED_MV else 0.0


LV_STRAIN = Criteria(
    "AHA/ACCF/HRS recommendations, part V: chamber hypertrophy (Hancock et al., 2009)",
    (
        in_leads("ST down with an inverted, asymmetrical T", ("I", "aVL", "V5", "V6"), _strained,
                 high=-0.05, need=2, wave="ST"),
    ),
)  # fmt: skip

LOW_T = Criteria(f"{AHA_2009}: low below 10 % of R, flat within 0.1 mV", (t_low(3),))
U_WAVES = Criteria(
    f"{AHA_2009}; prominent from 0.1 mV and a quarter of T (Surawicz, J Cardiovasc "
    "Electrophysiol 1998;9:1117-1128)",
    (u_prominent(),),
)
