"""Hypertrophy, atrial abnormality and voltage: AHA/ACCF/HRS 2009, part V (Hancock et al.)."""

from sediff.criteria.blocks import all_of, any_of, by_sex, in_leads, number, unless
from sediff.criteria.check import Criteria
from sediff.criteria.conduction import RBBB, narrow, not_preexcited
from sediff.criteria.forms import Leads, across, form, q_share
from sediff.leads import CHEST, LEADS
from sediff.measure.values import LeadWaves

AHA_2009_V = (
    "AHA/ACCF/HRS recommendations for the interpretation of the electrocardiogram, part V: "
    "cardiac chamber hypertrophy (Hancock et al., 2009)"
)
LIMB = LEADS[:6]


def _sokolow(leads: Leads) -> float:
    return leads["V1"].deep_mv + max(leads["V5"].tall_mv, leads["V6"].tall_mv)


def _cornell(leads: Leads) -> float:
    return leads["aVL"].tall_mv + leads["V3"].deep_mv


def _right_sokolow(leads: Leads) -> float:
    return leads["V1"].tall_mv + max(leads["V5"].deep_mv, leads["V6"].deep_mv)


# Sokolow & Lyon 1949; Cornell voltage: Casale et al. 1987.
sokolow = across("Sokolow-Lyon: S of V1 + R of V5 or V6", ("V1", "V5", "V6"), _sokolow, low=3.5)
cornell = across(
    "Cornell: R of aVL + S of V3", ("aVL", "V3"), _cornell, low=by_sex(female=2.001, male=2.801)
)
r_avl = in_leads("R of aVL", ("aVL",), "tall_mv", low=1.1)
lvh_voltage = any_of("Voltage of LVH", sokolow, cornell, r_avl)

_LEFT = ("I", "aVL", "V4", "V5", "V6")


def _secondary(w: LeadWaves) -> bool:
    return w.tall_mv > w.deep_mv and w.st60_mv <= -0.03 and w.t_neg_mv <= -0.05 and w.t_mv < 0


lateral_strain = form(
    "ST down and T inverted where R is tall", _LEFT, _secondary,
    "ST at most -0.03 mV with T negative", need=2, wave="ST",
)  # fmt: skip
LVH = Criteria(f"{AHA_2009_V}; Sokolow & Lyon 1949; Casale et al. 1987", (lvh_voltage,))
LVH_STRAIN = Criteria(LVH.source, (lvh_voltage, lateral_strain))


def _limb_extreme(leads: Leads) -> float:
    return max(max(leads[name].tall_mv, leads[name].deep_mv) for name in ("I", "II", "III"))


def _chest_extreme(leads: Leads) -> float:
    deep = max(leads["V1"].deep_mv, leads["V2"].deep_mv)
    return max(deep, leads["V5"].tall_mv, leads["V6"].tall_mv)


# The voltage item of Romhilt & Estes 1968, and the Sokolow-Lyon sum.
HIGH_VOLTAGE = Criteria(
    f"Voltage item of Romhilt & Estes 1968; Sokolow & Lyon 1949, as listed in {AHA_2009_V}",
    (
        any_of(
            "High voltage",
            sokolow,
            across("R or S of I, II, III", ("I", "II", "III"), _limb_extreme, low=2.0),
            across("S of V1-V2 or R of V5-V6", ("V1", "V2", "V5", "V6"), _chest_extreme, low=3.0),
        ),
    ),
)
_LOW = "Low QRS voltage: 0.5 mV in all limb leads, 1.0 mV in all chest leads (Madias, 2008)"
low_limb = in_leads("QRS of the limb leads, peak to peak", LIMB, "qrs_mv", high=0.5)
low_chest = in_leads("QRS of the chest leads, peak to peak", CHEST, "qrs_mv", high=1.0)
_LIMB_SUM = "sum of I, II and III below 1.5 mV (Mattu, University of Maryland pearls, 2008)"


def _limb_sum(leads: Leads) -> float:
    return sum(leads[name].qrs_mv for name in ("I", "II", "III"))


# One lead a little above 0.5 mV does not make the voltage normal: readers add the three.
LOW_LIMB_VOLTAGE = Criteria(
    f"{_LOW}; or {_LIMB_SUM}",
    (
        any_of(
            "Low limb lead voltage",
            low_limb,
            across("QRS of I + II + III", ("I", "II", "III"), _limb_sum, high=1.499),
        ),
    ),
)
LOW_VOLTAGE = Criteria(_LOW, (low_limb, low_chest))

right_axis = number("Frontal axis", "axis_deg", low=90.0, high=180.0, wave="QRS")
_qr_v1 = form(
    "qR in V1", ("V1",), lambda w: w.q_mv <= -0.03 and w.r_mv >= 0.3 and w.r_mv > -w.s_mv, "q and R"
)
_tall_v1 = form(
    "R larger than S in V1", ("V1",), lambda w: w.tall_mv > max(w.deep_mv, 0.5),
    "R over 0.5 mV and larger than S",
)  # fmt: skip
right_forces = any_of(
    "Forces forwards and right",
    in_leads("R of V1", ("V1",), "tall_mv", low=0.601),
    _tall_v1,
    across("R of V1 + S of V5 or V6", ("V1", "V5", "V6"), _right_sokolow, low=1.051),
    _qr_v1,
)
RVH = Criteria(
    f"{AHA_2009_V}; Sokolow & Lyon 1949; Myers et al. 1948",
    (right_axis, right_forces, unless("Not RBBB", all_of("RBBB", *RBBB.checks)), not_preexcited),
)
right_strain = form(
    "T inverted from V1 to V3", ("V1", "V2", "V3"), lambda w: w.t_neg_mv <= -0.1 and w.t_mv < 0,
    "T at most -0.1 mV", wave="T",
)  # fmt: skip
right_st = in_leads("ST down", ("V1", "V2", "V3"), "st60_mv", high=-0.05, need=2, wave="ST")
RV_STRAIN = Criteria(
    AHA_2009_V + " (secondary ST-T abnormality of the right ventricle)",
    (any_of("Right ventricular QRS", right_axis, _tall_v1, need=1), right_strain, right_st),
    "suggestive",
)


def _katz_wachtel(leads: Leads) -> float:
    return max(leads[name].qrs_mv for name in ("V2", "V3", "V4"))


BIVENTRICULAR = Criteria(
    f"{AHA_2009_V}; Katz & Wachtel 1937",
    (
        lvh_voltage,
        any_of(
            "Signs of the right ventricle",
            right_axis,
            in_leads("Prominent S", ("V5", "V6"), "deep_mv", low=0.7, need=1),
            across("Biphasic QRS in V2-V4", ("V2", "V3", "V4"), _katz_wachtel, low=5.0),
            need=2,
        ),
    ),
)

# Morris et al. 1964: depth times duration of the end of P in V1 of 0.04 mm s and more. At
# 10 mm/mV these are 4 mV ms.
p_terminal = in_leads(
    "P terminal force", ("V1",), "p_terminal_mv_ms", low=4.0, wave="P", unit="mV ms"
)
wide_p = number("P duration", "p_ms", low=120.0, wave="P")
notched_p = in_leads(
    "Two humps of P", ("I", "II", "aVF", "V4", "V5", "V6"), "p_notch_ms",
    low=40.0, need=1, wave="P", unit="ms",
)  # fmt: skip
tall_p = any_of(
    "Tall P",
    in_leads("P of II", ("II", "III", "aVF"), "p_mv", low=0.25, need=1, wave="P"),
    in_leads("First part of P in V1 or V2", ("V1", "V2"), "p_mv", low=0.151, need=1, wave="P"),
)
# One sign alone is met by a third of healthy people; width and one of the others together.
late_atrium = any_of("Late left atrium", p_terminal, notched_p)
LAE = Criteria(f"{AHA_2009_V}; Morris et al. 1964", (wide_p, late_atrium))
RAE = Criteria(AHA_2009_V, (tall_p,))
BIATRIAL = Criteria(LAE.source, (wide_p, late_atrium, tall_p))
WIDE_P = Criteria(
    "Consensus on interatrial blocks (Bayes de Luna et al., 2012); " + AHA_2009_V, (wide_p,)
)


def _deep_narrow(w: LeadWaves) -> bool:
    return w.q_mv <= -0.1 and w.q_ms < 40 and q_share(w) >= 0.25


# McKenna et al. 1997 call q abnormal from 40 ms or 25 % of R; that of a thick septum is narrow.
MCKENNA = "Criteria for relatives in hypertrophic cardiomyopathy (McKenna et al., Heart 1997)"
septal_q = form(
    "Deep narrow Q", ("I", "aVL", "V4", "V5", "V6"), _deep_narrow,
    "Q below 40 ms and a quarter of R", need=2,
)  # fmt: skip
SEPTAL = Criteria(MCKENNA, (septal_q, narrow), "suggestive")
