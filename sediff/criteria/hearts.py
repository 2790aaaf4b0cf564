"""Heart muscle disease, the lung's load on the right heart, and the athlete's heart.

All are suggestive: the pattern raises the thought, imaging decides.
"""

from sediff.criteria.blocks import all_of, any_of, in_leads, number, rhythm_is, truth, unless
from sediff.criteria.chambers import MCKENNA, lvh_voltage, right_strain, septal_q, sokolow
from sediff.criteria.check import Criteria
from sediff.criteria.conduction import narrow, r_prime
from sediff.criteria.forms import form, is_negative, q_share
from sediff.measure.values import LeadWaves, Measurements

ESC_PE = "ESC guideline on acute pulmonary embolism (Konstantinides et al., 2019)"
TASK_FORCE = "Modified Task Force criteria of ARVC (Marcus et al., 2010)"
ATHLETE = "International recommendations for the ECG in athletes (Sharma et al., 2017)"


def _inverted(w: LeadWaves, depth: float = 0.1) -> bool:
    return w.t_neg_mv <= -depth and w.t_mv < 0


def _s1q3t3(measured: Measurements) -> bool | None:
    """S of I and Q of III of 0.15 mV and more, T of III inverted (McGinn & White 1935)."""
    if not {"I", "III"} <= measured.leads.keys():
        return None
    one, three = measured.leads["I"], measured.leads["III"]
    return one.s_mv <= -0.15 and three.q_mv <= -0.15 and _inverted(three, 0.05)


s1q3t3 = truth(
    "S1Q3T3", _s1q3t3, "S of I and Q of III at least 0.15 mV, T of III inverted", leads=("I", "III")
)
inverted_to_v4 = form(
    "T inverted from V1 to V4", ("V1", "V2", "V3", "V4"), lambda w: _inverted(w, 0.05),
    "T negative", wave="T",
)  # fmt: skip
_qr_v1 = form(
    "QR in V1", ("V1",), lambda w: w.q_mv <= -0.1 and w.r_mv >= 0.1 and w.s_mv > -0.1, "Q and R"
)
PULMONARY_EMBOLISM = Criteria(
    f"{ESC_PE}; McGinn & White 1935",
    (
        any_of("Signs of right ventricular load", s1q3t3, inverted_to_v4, r_prime, _qr_v1, need=2),
        number("Heart rate", "heart_rate", low=100.0, wave="RR"),
    ),
    "suggestive",
)

epsilon = in_leads(
    "Epsilon wave", ("V1", "V2", "V3"), lambda w: w.j_wave_mv if is_negative(w) else 0.0,
    low=0.03, need=1, wave="ST",
)  # fmt: skip
terminal_activation = in_leads(
    "Terminal activation from the nadir of S", ("V1", "V2", "V3"),
    lambda w: w.terminal_ms if w.s_mv <= -0.1 or w.q_mv <= -0.1 else 0.0,
    low=55.0, need=1, unit="ms",
)  # fmt: skip
ARVC = Criteria(
    TASK_FORCE,
    (
        right_strain,
        any_of("Late depolarisation", epsilon, terminal_activation),
        narrow,
    ),
    "suggestive",
)

HCM_SEPTAL = Criteria(MCKENNA, (septal_q, lvh_voltage, narrow), "suggestive")
HCM_APICAL = Criteria(
    f"Giant negative T waves in apical hypertrophy (Yamaguchi et al., 1979); {MCKENNA}",
    (
        in_leads("Giant negative T", ("V3", "V4", "V5", "V6"), "t_neg_mv", high=-1.0, need=1,
                 wave="T"),
        in_leads("T inverted", ("V3", "V4", "V5", "V6"), "t_neg_mv", high=-0.3, need=3, wave="T"),
        form("Tall R", ("V4", "V5"), lambda w: w.tall_mv >= 1.2 and w.tall_mv > w.deep_mv,
             "R over 1.2 mV and larger than S", need=1),
        narrow,
    ),
    "suggestive",
)  # fmt: skip


def _j(w: LeadWaves) -> float:
    return max(w.j_mv, w.jp_mv)


_early_repolarisation = any_of(
    "J point up",
    in_leads("J in the lateral leads", ("V4", "V5", "V6"), _j, low=0.1, need=2, wave="ST"),
    in_leads("J in the inferior leads", ("II", "aVF", "III"), _j, low=0.1, need=2, wave="ST"),
)  # fmt: skip
_abnormal = any_of(
    "Findings that training does not explain",
    form("T inversion", ("I", "aVL", "II", "V4", "V5", "V6"), _inverted, "T negative", need=2,
         wave="T"),
    in_leads("ST depression", ("II", "V4", "V5", "V6"), "st60_mv", high=-0.05, need=2, wave="ST"),
    form("Pathological Q", ("I", "II", "aVF", "V4", "V5", "V6"),
         lambda w: w.q_mv < -0.1 and (q_share(w) >= 0.25 or w.q_ms >= 40),
         "a quarter of R or 40 ms", need=2),
    number("QRS duration", "qrs_ms", low=140.0, wave="QRS"),
)  # fmt: skip
ATHLETES_HEART = Criteria(
    ATHLETE,
    (
        rhythm_is("sinus", "junctional", "atrial"),
        number("Heart rate", "heart_rate", low=30.0, high=60.0, wave="RR"),
        any_of("Signs of training", sokolow, _early_repolarisation,
               all_of("Incomplete RBBB", r_prime, narrow), need=2),
        unless("Nothing that training does not explain", _abnormal),
    ),
    "suggestive",
)  # fmt: skip
