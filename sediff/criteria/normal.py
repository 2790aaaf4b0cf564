"""The normal ECG of an adult: every part within its limits."""

from sediff.criteria.blocks import by_sex, in_leads, number, unless
from sediff.criteria.check import Criteria
from sediff.criteria.infarct import ANY_Q
from sediff.criteria.ischaemia import st_depression, t_inversion
from sediff.criteria.supraventricular import SINUS, rate

_RATE = rate(50, 100)  # bradycardia begins below 50 (Kusumoto 2018), tachycardia above 100
_INTERVALS = (
    number("PR interval", "pr_ms", low=110, high=212, wave="PR"),
    number("QRS duration", "qrs_ms", high=110, wave="QRS"),
    number("QTc (Fridericia)", "qtc_ms", low=350, high=by_sex(460, 450), wave="QT"),
)
_AXIS = number("QRS axis", "axis_deg", low=-30, high=91, wave="QRS")
_REPOLARISATION = (
    unless("No ST depression", st_depression().checks[0]),
    unless("No T inversion", t_inversion().checks[0]),
    in_leads("T upright", ("I", "II", "V5", "V6"), "t_mv", low=0.0, wave="T"),
)
NORMAL = Criteria(
    "Limits: Mason et al. 2007 (PR, axis); AHA/ACCF/HRS recommendations 2009 (QRS, QTc, T, ST); "
    "Fourth Universal Definition 2018 (Q)",
    (SINUS, _RATE, *_INTERVALS, _AXIS, unless("No pathological Q", ANY_Q), *_REPOLARISATION),
)
