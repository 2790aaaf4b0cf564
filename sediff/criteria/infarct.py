"""Old infarction: Q waves, aneurysm, R progression.

Q waves: Thygesen et al., Fourth Universal Definition of Myocardial Infarction (2018), table of ECG
changes associated with prior infarction; for a named wall the codes 1-1 and 1-2 of the Minnesota
code stand beside it. They hold where no left bundle branch block, pacing or pre-excitation makes Q
waves of its own.
"""

from collections.abc import Mapping, Sequence

from sediff.criteria import minnesota
from sediff.criteria.blocks import all_of, any_of, in_leads, number
from sediff.criteria.check import Check, Criteria, Outcome, Subject
from sediff.measure.values import LeadWaves, Measurements

UDMI = "Fourth Universal Definition of Myocardial Infarction, Thygesen et al. 2018"
CHEST = ("V1", "V2", "V3", "V4", "V5", "V6")
INFERIOR = ("II", "aVF", "III")  # Cabrera order: neighbours look at neighbouring muscle
HIGH_LATERAL = ("aVL", "I")
_Q_MV, _Q_MS, _Q_V2_MS = 0.1, 30.0, 20.0
_R_POSTERIOR_MS = 40.0
_UNSEEN_MV = 0.05
_DELTA_MS = 30.0


def applicable(what: str) -> Check:
    """Nothing makes Q waves, ST and T of its own; else it abstains and says what.

    Left bundle branch block (QRS from 120 ms, V1 negative, no q in I and V6), ventricular pacing,
    pre-excitation (PR below 120 ms and a delta wave in two leads).

    Args:
        what: of the criterion that then does not apply: 'Q waves'.
    """

    def check(subject: Subject) -> Outcome:
        found = _own_changes(subject.measured)
        if found is None:
            return Outcome("Normal conduction", None, reason="The QRS could not be measured.")
        reason = f"{found}: the criterion for {what} does not apply." if found else ""
        threshold = "no left bundle branch block, pacing or pre-excitation"
        return Outcome("Normal conduction", None if found else True, None, "", threshold, reason)

    return check


def _own_changes(m: Measurements) -> str | None:
    """What makes secondary changes, '' for nothing, None where the QRS could not be measured."""
    qrs = m.qrs_ms.value
    if m.rhythm_seen.name == "paced" or any(s.chamber == "V" for s in m.rhythm_seen.spikes):
        return "Ventricular pacing"
    if qrs is None:
        return None
    if is_left_block(m):
        return "Left bundle branch block"
    delta = sum(w.delta_ms >= _DELTA_MS for w in m.leads.values())
    if m.pr_ms.value is not None and m.pr_ms.value < 120 and delta >= 2:
        return "Pre-excitation"
    return ""


def is_left_block(m: Measurements) -> bool:
    """QRS from 120 ms, V1 mostly negative, I and V6 upright without q (AHA/ACCF/HRS 2009)."""
    if (m.qrs_ms.value or 0) < 120 or not {"V1", "I", "V6"} <= m.leads.keys():
        return False
    lateral = (m.leads["I"], m.leads["V6"])
    return m.leads["V1"].net_mv < 0 and all(w.net_mv > 0 and w.q_mv == 0 for w in lateral)


def q_ms(waves: LeadWaves) -> float:
    """Duration of a Q or QS in ms, 0 where it is too shallow to count: V2 and V3 take any.

    An r that no reader sees on paper (below half a millimetre) leaves a QS.
    """
    depth, width = waves.q_mv, waves.q_ms
    if depth == 0 and waves.tall_mv < _UNSEEN_MV:
        depth, width = waves.s_mv, waves.s_ms
    deep_enough = waves.lead in ("V2", "V3") or depth <= -_Q_MV
    return width if deep_enough else 0.0


def q_waves(name: str, leads: Sequence[str], need: int = 2) -> Check:
    """Pathological Q waves in neighbouring leads: 20 ms in V2-V3, elsewhere 30 ms and 0.1 mV."""
    limits: Mapping[str, float] = dict.fromkeys(leads, _Q_MS) | {
        lead: _Q_V2_MS for lead in ("V2", "V3") if lead in leads
    }
    return in_leads(name, leads, q_ms, low=limits, need=need, contiguous=True, unit="ms")


def r_over_s(waves: LeadWaves) -> float:
    """R to S; 9 where there is no S."""
    return min(waves.tall_mv / waves.deep_mv, 9.0) if waves.deep_mv > 0.01 else 9.0


INFERIOR_Q = q_waves("Q waves of II, III, aVF", INFERIOR)
HIGH_LATERAL_Q = q_waves("Q waves of I and aVL", HIGH_LATERAL)
LATERAL_Q = any_of(
    "Lateral Q waves", HIGH_LATERAL_Q, q_waves("Q waves of V4 to V6", ("V4", "V5", "V6"))
)
ANTERIOR_Q = q_waves("Q waves of V2 to V4", ("V2", "V3", "V4"))
ANY_Q = any_of(
    "Pathological Q waves", INFERIOR_Q, HIGH_LATERAL_Q,
    q_waves("Q waves of V2 to V6", ("V2", "V3", "V4", "V5", "V6")),
)  # fmt: skip
TALL_R = all_of(
    "Tall broad R of V1 and V2",
    in_leads("R duration", ("V1", "V2"), "r_ms", low=_R_POSTERIOR_MS, unit="ms"),
    in_leads("R at least as tall as S", ("V1", "V2"), r_over_s, low=1.0, unit=""),
)
# Two neighbours prove the infarct; one lead more says how far it reaches.
_REACHES_LATERAL = q_waves("Q wave of I, V5 or V6", ("I", "V5", "V6"), need=1)
_POSTERIOR = (
    number("No conduction defect", "qrs_ms", high=119, wave="QRS"),
    TALL_R,
    in_leads("T upright", ("V1", "V2"), "t_mv", low=0.0, need=1, wave="T"),
)

# Territory -> Q waves, and what else the pattern asks.
SCAR: Mapping[str, tuple[Check, ...]] = {
    "any": (ANY_Q,),
    "inferior": (INFERIOR_Q,),
    "septal": (q_waves("Q or QS of V1 and V2", ("V1", "V2")),),
    "anteroseptal": (q_waves("Q or QS of V1 to V3", ("V1", "V2", "V3")),),
    "anterior": (ANTERIOR_Q,),
    "lateral": (LATERAL_Q,),
    "high_lateral": (HIGH_LATERAL_Q,),
    "anterolateral": (q_waves("Q waves of V3 or V4", ("V3", "V4"), need=1), LATERAL_Q),
    "inferolateral": (INFERIOR_Q, _REACHES_LATERAL),
    "posterior": _POSTERIOR,
    "inferoposterior": (INFERIOR_Q, *_POSTERIOR),
    "inferoposterolateral": (INFERIOR_Q, _REACHES_LATERAL, *_POSTERIOR),
}


def _either(place: str, part: int, codes: Check) -> Check:
    """The Universal Definition or the Minnesota code for one part of a pattern."""
    return any_of(f"Q waves, {place.replace('_', ' ')}", SCAR[place][part], codes)


_INFERIOR = _either("inferior", 0, minnesota.INFERIOR)
_LATERAL_PART = any_of("Q waves reach the side", _REACHES_LATERAL, minnesota.LATERAL)
# As SCAR, with the Minnesota codes as the alternative; the posterior wall has none.
_OLD: Mapping[str, tuple[Check, ...]] = {
    **SCAR,
    "inferior": (_INFERIOR,),
    "septal": (_either("septal", 0, minnesota.anterior(("V2",))),),
    "anteroseptal": (_either("anteroseptal", 0, minnesota.anterior(("V2", "V3", "V4"))),),
    "anterior": (_either("anterior", 0, minnesota.anterior(("V2", "V3", "V4"))),),
    "lateral": (_either("lateral", 0, minnesota.LATERAL),),
    "high_lateral": (_either("high_lateral", 0, minnesota.HIGH_LATERAL),),
    "anterolateral": (
        _either("anterolateral", 0, minnesota.anterior(("V3", "V4", "V5"))),
        _either("anterolateral", 1, minnesota.LATERAL),
    ),
    "inferolateral": (_INFERIOR, _LATERAL_PART),
    "inferoposterior": (_INFERIOR, *_POSTERIOR),
    "inferoposterolateral": (_INFERIOR, _LATERAL_PART, *_POSTERIOR),
}


def old_infarct(place: str) -> Criteria:
    """Q waves of a territory, or their mirror image over the posterior wall."""
    source = UDMI if place == "posterior" else f"{UDMI}; {minnesota.MINNESOTA}"
    return Criteria(source, (applicable("Q waves"), *_OLD[place]))


PATHOLOGICAL_Q = Criteria(UDMI, (applicable("Q waves"), ANY_Q))

_FOUR = ("V1", "V2", "V3", "V4")


def t_over_qrs(measured: Measurements) -> float | None:
    """Sum of the T of V1-V4, up or down, over the sum of their QRS heights (Smith 2005)."""
    waves = [measured.leads[lead] for lead in _FOUR if lead in measured.leads]
    if len(waves) < len(_FOUR):
        return None
    return sum(abs(w.t_mv) for w in waves) / max(sum(w.qrs_mv for w in waves), 1e-6)


def t_qrs_ratio(*, high: bool) -> Check:
    """T to QRS of V1-V4 above 0.22 (an acute infarct), or at most that (an aneurysm)."""

    def check(subject: Subject) -> Outcome:
        ratio = t_over_qrs(subject.measured)
        words = "more than 0.22" if high else "at most 0.22"
        met = None if ratio is None else (ratio > 0.22) == high
        reason = "One of V1 to V4 could not be read." if ratio is None else ""
        value = None if ratio is None else round(ratio, 2)
        return Outcome("T to QRS of V1 to V4", met, value, "", words, reason, _FOUR)

    return check


ANEURYSM = Criteria(
    "T/QRS ratio, Smith, Am J Emerg Med 2005",
    (
        applicable("ST elevation"),
        q_waves("Q or QS of V1 to V4", _FOUR),
        in_leads(
            "ST elevation that stays", _FOUR, "j_mv", low=0.1, need=2, contiguous=True, wave="ST"
        ),
        t_qrs_ratio(high=False),
    ),
    "suggestive",
)


def _r_grows(subject: Subject) -> Outcome:
    leads = subject.measured.leads
    if not {"V2", "V3"} <= leads.keys():
        return Outcome("R of V2 not above V3", None, reason="V2 or V3 could not be read.")
    step = leads["V3"].r_mv - leads["V2"].r_mv
    return Outcome(
        "R of V2 not above V3", step >= -0.01, round(step, 2), "mV", "R of V2 at most R of V3",
        leads=("V2", "V3"),
    )  # fmt: skip


POOR_R = Criteria(
    "Electrocardiographic poor R-wave progression, Zema and Kligfield, Arch Intern Med 1982",
    (
        applicable("R progression"),
        in_leads("Small R of V3", ("V3",), "r_mv", low=0.0, high=0.3),
        _r_grows,
    ),
    "suggestive",
)
