"""Bundle branches, fascicles and pre-excitation: AHA/ACCF/HRS 2009, part III (Surawicz et al.).

Where the guideline gives words and no number ('broad R', 'LVH pattern'), the check says which
reading of them it takes. QRS limits are inclusive as measured: 'below 120 ms' is up to 119.9.
"""

from sediff.criteria.blocks import all_of, any_of, in_leads, number, rhythm_is, truth, unless
from sediff.criteria.check import Criteria
from sediff.criteria.forms import (
    SEEN_MV,
    form,
    has_r_prime,
    is_negative,
    is_qr,
    is_rs,
    is_upright,
)
from sediff.measure.values import LeadWaves, Measurements

AHA_2009 = (
    "AHA/ACCF/HRS recommendations for the interpretation of the electrocardiogram, part III: "
    "intraventricular conduction disturbances (Surawicz et al., 2009)"
)
_BELOW_120 = 119.9
_DELTA_MS, _DELTA_LEADS = 20.0, 3
_WIDE_R_MS = 80.0  # 'broad R' in numbers: two thirds of the shortest blocked QRS

wide = number("QRS duration", "qrs_ms", low=120.0, wave="QRS")
narrow = number("QRS duration", "qrs_ms", high=_BELOW_120, wave="QRS")
incomplete = number("QRS duration", "qrs_ms", low=110.0, high=_BELOW_120, wave="QRS")
short_pr = number("PR interval", "pr_ms", high=_BELOW_120, wave="PR")
delta = in_leads(
    "Delta wave", ("I", "II", "III", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"),
    "delta_ms", low=_DELTA_MS, need=_DELTA_LEADS, unit="ms",
)  # fmt: skip


def _not_preexcited(measured: Measurements) -> bool:
    """No short PR with delta waves; where PR does not exist nothing speaks for a pathway."""
    pr = measured.pr_ms.value
    slurred = sum(waves.delta_ms >= _DELTA_MS for waves in measured.leads.values())
    return pr is None or pr >= 120 or slurred < _DELTA_LEADS


not_preexcited = truth("Not pre-excited", _not_preexcited, "not both a short PR and delta waves")
# What starts in the ventricles or at a pacemaker has no bundle branch block to be named.
not_ventricular = truth(
    "Conducted from above",
    lambda measured: measured.rhythm_seen.name not in ("ventricular", "paced"),
    "neither ventricular nor paced",
)


def _broad_r(w: LeadWaves) -> bool:
    total = w.r_ms + w.r2_ms
    return is_upright(w) and (total >= _WIDE_R_MS or (w.notched and total >= 0.75 * _WIDE_R_MS))


def _no_q(w: LeadWaves) -> bool:
    return w.q_mv > -SEEN_MV or w.tall_mv < SEEN_MV


broad_r = form(
    "Broad, notched or slurred R", ("I", "aVL", "V5", "V6"), _broad_r,
    f"upright, R of {_WIDE_R_MS:g} ms or notched", need=2,
)  # fmt: skip
no_septal_q = form("No septal q", ("I", "V5", "V6"), _no_q, "no q of 0.05 mV")
# The guideline asks for more than 60 ms in V5 and V6; in late transition these are still rS and
# the broad R stands in I and aVL. Code 7-1-1 of the Minnesota code takes any of the left leads.
late_left = in_leads(
    "R peak time", ("I", "II", "aVL", "V5", "V6"), "r_peak_ms", low=60.0, need=1, unit="ms"
)
left_pattern = form("Forces left and backwards", ("V1", "V2"), is_negative, "rS or QS", need=1)
# Form of LBBB without its duration.
lbbb_form = all_of("LBBB form", broad_r, no_septal_q, late_left, left_pattern)


def _r_peak_late(w: LeadWaves) -> bool:
    return is_upright(w) and w.r_peak_ms > 50


r_prime = form("R' in V1 or V2", ("V1", "V2"), has_r_prime, "rsr', rsR' or rSR'", need=1)
late_right = form(
    "Dominant R in V1 with late peak", ("V1",), _r_peak_late, "R peak time over 50 ms"
)
wide_s = form(
    "Wide S", ("I", "V6"), lambda w: w.s_mv <= -SEEN_MV and (w.s_ms > 40 or w.s_ms > w.r_ms),
    "S longer than 40 ms or longer than R",
)  # fmt: skip
late_v1 = any_of("Late forces in V1", r_prime, late_right)
# Form of RBBB without its duration.
rbbb_form = all_of("RBBB form", late_v1, wide_s)

LBBB = Criteria(
    f"{AHA_2009}; R peak time: Minnesota code 7-1-1 (Prineas et al., 2010)",
    (wide, broad_r, no_septal_q, late_left, left_pattern, not_preexcited, not_ventricular),
)
RBBB = Criteria(AHA_2009, (wide, late_v1, wide_s, not_ventricular))
INCOMPLETE_LBBB = Criteria(
    AHA_2009,
    (
        incomplete,
        in_leads("R peak time", ("V4", "V5", "V6"), "r_peak_ms", low=60.1, need=2, unit="ms"),
        no_septal_q,
        left_pattern,
        form("Dominant R", ("V5", "V6"), is_upright, "upright", need=1),
    ),
)
larger_r_prime = form(
    "R' larger than R", ("V1", "V2"), lambda w: has_r_prime(w) and w.r2_mv > w.r_mv, "R' over R",
    need=1,
)  # fmt: skip
# Code 7-3 of the Minnesota code takes any QRS below 120 ms but asks for an R' above R; an rSr'
# with the smaller r' is its code 7-5, a normal variant.
INCOMPLETE_RBBB = Criteria(
    f"{AHA_2009}; code 7-3 of the Minnesota Code Manual (Prineas et al., 2010)",
    (
        narrow,
        any_of(
            "One of the two definitions",
            all_of("AHA 2009", incomplete, r_prime, wide_s),
            all_of("Minnesota code 7-3", larger_r_prime),
        ),
    ),
)

# AHA 2009 defines fascicular block by a QRS below 120 ms and names it together with RBBB: only
# then may the QRS be wide. With any other wide QRS the limit holds.
no_other_width = any_of("QRS below 120 ms, or wide from RBBB", narrow, late_v1)
_left_up = number("Frontal axis", "axis_deg", low=-90.0, high=-45.0, wave="QRS")
_qr_avl = form("qR in aVL", ("aVL",), is_qr, "q and R")
_late_avl = in_leads("R peak time", ("aVL",), "r_peak_ms", low=45.0, unit="ms")
_right_down = number("Frontal axis", "axis_deg", low=90.0, high=180.0, wave="QRS")
_rs_left = form("rS in I and aVL", ("I", "aVL"), is_rs, "r and a deeper S")
_qr_right = form("qR in III and aVF", ("III", "aVF"), is_qr, "q and R")

LAFB = Criteria(AHA_2009, (_left_up, _qr_avl, _late_avl, no_other_width))
LPFB = Criteria(AHA_2009, (_right_down, _rs_left, _qr_right, no_other_width))
RBBB_LAFB = Criteria(AHA_2009, (*RBBB.checks, _left_up, _qr_avl))
RBBB_LPFB = Criteria(AHA_2009, (*RBBB.checks, _right_down, _rs_left, _qr_right))
LONG_PR = number("PR interval", "pr_ms", low=200.1, wave="PR")
RBBB_LAFB_LONG_PR = Criteria(
    AHA_2009 + "; first-degree AV block: ACC/AHA/HRS bradycardia guideline (Kusumoto et al., 2018)",
    (*RBBB_LAFB.checks, LONG_PR),
)

_PREEXCITED = (short_pr, delta, number("QRS duration", "qrs_ms", low=120.1, wave="QRS"))
WPW_LEFT = Criteria(
    AHA_2009 + "; types A and B: Rosenbaum et al., 1945",
    (*_PREEXCITED, form("Type A", ("V1",), is_upright, "mainly upright")),
)
WPW_RIGHT = Criteria(
    AHA_2009 + "; types A and B: Rosenbaum et al., 1945",
    (*_PREEXCITED, form("Type B", ("V1",), is_negative, "mainly negative")),
)

IVCD = Criteria(
    AHA_2009,
    (
        number("QRS duration", "qrs_ms", low=110.1, wave="QRS"),
        unless("Not the form of LBBB", lbbb_form),
        unless("Not the form of RBBB", rbbb_form),
        not_preexcited,
        not_ventricular,
    ),
)

_ESC_SVT = "ESC guideline on supraventricular tachycardia (Brugada et al., 2019)"
_conducted = (
    rhythm_is("sinus", "atrial", "multifocal_atrial", "svt", "af", "flutter", "junctional"),
    number("Heart rate", "heart_rate", low=100.0, wave="RR"),
    wide,
)
ABERRANT_RIGHT = Criteria(f"{AHA_2009}; {_ESC_SVT}", (*_conducted, rbbb_form), "suggestive")
ABERRANT_LEFT = Criteria(f"{AHA_2009}; {_ESC_SVT}", (*_conducted, lbbb_form), "suggestive")
