"""Checks of recording errors and of what looks like one (dextrocardia, alternans)."""

from collections.abc import Sequence

import numpy as np

from sediff.criteria.blocks import all_of, any_of, in_leads, number, truth
from sediff.criteria.check import Check, Criteria
from sediff.leads import CHEST, LEADS
from sediff.measure.values import LeadWaves, Measurements

_KLIGFIELD = "AHA/ACCF/HRS standardisation, part I (Kligfield 2007)"
_CABLES = "Batchvarov, Europace 2007;9:1081-1090"
_OURS = "limit of this program: a quarter to one small square"
_OUR_MEASURE = "measure of steadiness by this program"


_P_MARGIN_MV = 0.02  # room for the noise of a P wave


def _p_sign(w: LeadWaves) -> float:
    """The larger part of P with its sign, mV."""
    return w.p_mv if w.p_mv >= -w.p_neg_mv else w.p_neg_mv


def p_negative(lead: str) -> Check:
    """P of this lead is mainly negative."""
    return in_leads(f"Negative P in {lead}", (lead,), _p_sign, high=-0.02, wave="P")


def p_positive(lead: str) -> Check:
    """P of this lead is mainly positive."""
    return in_leads(f"Upright P in {lead}", (lead,), _p_sign, low=0.02, wave="P")


def qrs_negative(lead: str) -> Check:
    """QRS of this lead is mainly negative."""
    return in_leads(f"Negative QRS in {lead}", (lead,), "net_mv", high=-0.05)


def qrs_positive(lead: str) -> Check:
    """QRS of this lead is mainly positive."""
    return in_leads(f"Upright QRS in {lead}", (lead,), "net_mv", low=0.05)


def flat(lead: str) -> Check:
    """Nothing above 0.1 mV in this limb lead, while other leads show a QRS."""

    def holds(m: Measurements) -> bool | None:
        if lead not in m.leads:
            return True if "flat" in m.lead_faults.get(lead, "") else None
        waves = m.leads[lead]
        return max(waves.qrs_mv, abs(waves.t_mv)) <= 0.1

    return all_of(
        f"Flat {lead}",
        truth(f"{lead} nearly flat", holds, "below 0.1 mV", leads=(lead,)),
        in_leads("QRS in other leads", ("I", "V4", "V5"), "qrs_mv", low=0.25, need=2),
    )


def _p_i_over_ii(m: Measurements) -> bool | None:
    if not {"I", "II"} <= m.leads.keys():
        return None
    one, two = m.leads["I"].p_mv, m.leads["II"].p_mv
    return one >= two + _P_MARGIN_MV if max(one, two) > 0 else None


def _chest_grows(m: Measurements) -> bool | None:
    """R is larger in V5 than in V1 and V6 mainly upright."""
    if not {"V1", "V5", "V6"} <= m.leads.keys():
        return None
    return m.leads["V5"].tall_mv > m.leads["V1"].tall_mv and m.leads["V6"].net_mv > 0


_GROWS = truth("R grows to V5", _chest_grows, "as in a heart on the left", leads=("V1", "V5", "V6"))
ARMS = Criteria(f"{_KLIGFIELD}; {_CABLES}", (p_negative("I"), qrs_negative("I"), _GROWS))
LEFT_ARM_LEG = Criteria(
    "Abdollah and Milliken, Am J Cardiol 1997;80:1247-1249",
    (truth("P taller in I than in II", _p_i_over_ii, "usually II is taller", leads=("I", "II")),),
    "suggestive",
)
RIGHT_ARM_LEFT_LEG = Criteria(
    f"{_KLIGFIELD}; {_CABLES}",
    (p_negative("II"), qrs_negative("II"), p_positive("aVR"), qrs_positive("aVR"), _GROWS),
)
RIGHT_ARM_LEG = Criteria(f"{_KLIGFIELD}; {_CABLES}", (flat("II"),))
LEFT_ARM_RIGHT_LEG = Criteria(f"{_KLIGFIELD}; {_CABLES}", (flat("III"),))
HIGH_V1_V2 = Criteria(
    f"{_KLIGFIELD}; Garcia-Niebla, Rev Esp Cardiol 2009; Walsh, Am J Emerg Med 2018",
    (
        in_leads("No upright P in V1", ("V1",), "p_mv", high=0.02, wave="P"),
        p_negative("V1"),
        in_leads("P of V2 has a negative part", ("V2",), "p_neg_mv", high=-0.02, wave="P"),
        any_of(
            "r' or inverted T waves",
            in_leads("r' in V1 or V2", ("V1", "V2"), "r2_mv", low=0.03, need=1),
            in_leads("T inverted in V1 and V2", ("V1", "V2"), "t_mv", high=-0.02, wave="T"),
        ),
    ),
    "suggestive",
)


def _roughness(m: Measurements, order: Sequence[str]) -> float:
    """How unsteadily P, QRS and T change from lead to lead, each against its own size."""
    rows = [(_p_sign(w), w.tall_mv, w.deep_mv, w.t_mv) for w in (m.leads[n] for n in order)]
    table = np.array(rows)
    table = table / np.maximum(np.abs(table).max(axis=0), 1e-3)
    return float((np.diff(table, n=2, axis=0) ** 2).sum())


def smoother(order: Sequence[str], name: str) -> Check:
    """The chest leads change more steadily in another order than in the recorded one."""

    def holds(m: Measurements) -> bool | None:
        if not set(CHEST) <= m.leads.keys():
            return None
        return _roughness(m, order) < 0.7 * _roughness(m, CHEST)

    changed = [lead for lead, other in zip(CHEST, order, strict=True) if lead != other]
    return truth(name, holds, "steadier with the cables exchanged", leads=changed)


def swapped(a: str, b: str) -> Criteria:
    """Two chest cables exchanged."""
    order = [{a: b, b: a}.get(lead, lead) for lead in CHEST]
    check = smoother(order, f"Order of {a} and {b}")
    return Criteria(f"{_KLIGFIELD}; {_OUR_MEASURE}", (check,), "suggestive")


def _falls(m: Measurements) -> bool | None:
    """R is larger in V1 than in V5, and S of V6 larger than its R."""
    if not {"V1", "V5", "V6"} <= m.leads.keys():
        return None
    v1, v6 = m.leads["V1"], m.leads["V6"]
    return v1.tall_mv > v6.tall_mv and v6.net_mv < 0


_FALLS = truth("R falls from V1 to V6", _falls, "as in a heart on the right", leads=CHEST)
CHEST_REVERSED = Criteria(_KLIGFIELD, (_FALLS, p_positive("I"), qrs_positive("I")), "suggestive")
DEXTROCARDIA = Criteria(
    "Surawicz and Knilans, Chou's Electrocardiography in Clinical Practice, 2008",
    (p_negative("I"), qrs_negative("I"), _FALLS),
)


def _quality(name: str, holds, threshold: str) -> Criteria:
    def known(m: Measurements) -> bool | None:
        return holds(m.quality) if m.leads or m.beats else None

    return Criteria(f"{_KLIGFIELD}; {_OURS}", (truth(name, known, threshold, leads=LEADS),))


WANDER = _quality("Baseline", lambda q: q.wander_mv >= 0.1, "rms below 0.5 Hz at least 0.1 mV")
TREMOR = _quality("Tremor", lambda q: q.tremor_mv >= 0.025, "rms above 20 Hz at least 0.025 mV")


def mains(hertz: int) -> Criteria:
    """Hum of at least 0.05 mV at this frequency."""
    return _quality(
        "Mains hum", lambda q: q.mains_mv >= 0.05 and q.mains_hz == hertz,
        f"at least 0.05 mV at {hertz} Hz",
    )  # fmt: skip


LOOSE_ARM = _quality(
    "Jumps", lambda q: len(set(q.loose) & set(LEADS[:6])) >= 2, "in two and more limb leads"
)
LOOSE_CHEST = _quality(
    "Jumps",
    lambda q: bool(set(q.loose) & set(CHEST)) and len(set(q.loose) & set(LEADS[:6])) < 2,
    "in a chest lead alone",
)


def _one_origin(m: Measurements) -> bool | None:
    return all(beat.kind != "V" for beat in m.beats) if m.beats else None


ALTERNANS = Criteria(
    "QRS alternation: Green, Circulation 1983;68:368-373; Surawicz and Fisch 1992",
    (
        number("QRS height of every other beat", "rhythm_seen.alternans_mv", low=0.1, wave="QRS"),
        truth("Beats of one origin", _one_origin, "no ventricular beats between them"),
    ),
)
TAMPONADE = Criteria(
    "ESC guideline on pericardial diseases (Adler 2015)",
    (
        in_leads("Low voltage", LEADS[:6], "qrs_mv", high=0.5),
        *ALTERNANS.checks,
        number("Tachycardia", "heart_rate", low=100),
    ),
    "suggestive",
)
