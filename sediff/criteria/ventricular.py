"""Checks of ventricular rhythms: origin, rate, width, and the size of fibrillation."""

from itertools import pairwise

from sediff.criteria.blocks import any_of, in_leads, number, rhythm_is, truth, unless
from sediff.criteria.check import Check, Criteria
from sediff.criteria.ventricular_ectopy import GUIDELINE, WIDE_MS, ectopic, qrs_ms
from sediff.leads import CHEST
from sediff.measure.values import LeadWaves, Measurements

_CONSENSUS = "HRS/EHRA/APHRS/LAHRS consensus on ablation of ventricular arrhythmias (Cronin 2019)"


def _dissociated(m: Measurements) -> bool | None:
    seen = m.rhythm_seen
    return None if seen.atria in ("unsure", "merged") else seen.atria == "dissociated"


def _captured(m: Measurements) -> bool | None:
    """A narrower beat amid ventricular ones: captured by the sinus node or fused."""
    middle = sorted(qrs_ms(m.beats[i]) for i in ectopic(m))
    if len(middle) < 5:
        return None
    usual = middle[len(middle) // 2]
    inner = m.beats[1:-1]
    return any(b.kind != "V" or qrs_ms(b) < 0.75 * usual for b in inner)


def _no_rs(m: Measurements) -> bool | None:
    """No chest lead has both R and S (Brugada 1991)."""
    seen = [m.leads[lead] for lead in CHEST if lead in m.leads]
    if len(seen) < len(CHEST):
        return None
    return not any(w.tall_mv >= 0.1 and min(w.s_mv, w.s2_mv) <= -0.1 for w in seen)


def _to_s_nadir(w: LeadWaves) -> float:
    """From the QRS onset to the nadir of S in an RS complex, ms; 0 in other complexes."""
    return w.s_nadir_ms if w.r_mv >= 0.05 and w.s_mv <= -0.05 else 0.0


def _initial_r(w: LeadWaves) -> float:
    """R that begins the QRS, mV."""
    return 0.0 if w.q_mv else w.r_mv


ORIGIN = any_of(
    "Signs of a ventricular origin",
    truth("AV dissociation", _dissociated, "P waves march through"),
    truth("Capture or fusion beat", _captured, "a narrower beat in the tachycardia"),
    truth("No RS complex", _no_rs, "no RS in V1-V6 (Brugada 1991)", leads=CHEST),
    in_leads("Slow to the S nadir (Brugada 1991)", CHEST, _to_s_nadir, low=101, need=1, unit="ms"),
    in_leads("Initial R in aVR (Vereckei 2008)", ("aVR",), _initial_r, low=0.15),
)
_WIDE = number("QRS duration", "qrs_ms", low=WIDE_MS, wave="QRS")


def _rate(low: float | None, high: float | None) -> Check:
    return number("Ventricular rate", "heart_rate", low=low, high=high, wave="RR")


VT = Criteria(
    f"{GUIDELINE}; origin: Brugada 1991, Vereckei 2008",
    (rhythm_is("ventricular"), _rate(100.1, None), _WIDE, ORIGIN),
)
OUTFLOW = Criteria(
    f"{GUIDELINE}; outflow tract: Dixit, J Cardiovasc Electrophysiol 2003;14:1-7",
    (
        *VT.checks,
        in_leads("LBBB-like", ("V1",), "net_mv", high=-0.1),
        number("Inferior axis", "axis_deg", low=45, high=120),
    ),
)
IDIOVENTRICULAR = Criteria(_CONSENSUS, (rhythm_is("ventricular"), _rate(None, 40), _WIDE))
ACCELERATED = Criteria(_CONSENSUS, (rhythm_is("ventricular"), _rate(40.1, 100), _WIDE))
_FAST = any_of(
    "Rate above 100 a minute",
    _rate(100.1, None),
    number("Main frequency", "rhythm_seen.fibrillation_hz", low=100 / 60),  # no beats to count
)
POLYMORPHIC = Criteria(GUIDELINE, (rhythm_is("polymorphic_ventricular"), _FAST))


def _long_qt(m: Measurements) -> bool | None:
    """A sinus beat before the tachycardia with a QTc of 500 ms and more (Fridericia)."""
    found: list[float] = []
    for before, beat in pairwise(m.beats):
        if beat.kind == "N" == before.kind and beat.t is not None:
            rr = beat.r_s - before.r_s
            found.append(1000 * (beat.t[1] - beat.qrs[0]) / rr ** (1 / 3))
    return max(found) >= 500 if found else None


TORSADES = Criteria(
    f"{GUIDELINE}; AHA/ACCF statement on torsades in hospital (Drew 2010)",
    (
        rhythm_is("polymorphic_ventricular"),
        truth("Long QT before it", _long_qt, "QTc of sinus beats at least 500 ms"),
    ),
)


def _vf(low: float | None, high: float | None) -> Criteria:
    return Criteria(
        f"{GUIDELINE}; coarse and fine: Weaver, Ann Intern Med 1985;102:53-55",
        (
            rhythm_is("vf"),
            number("Main frequency", "rhythm_seen.fibrillation_hz", low=3, high=10),
            number("Largest wave", "rhythm_seen.fibrillation_mv", low=low, high=high),
        ),
    )


COARSE_VF, FINE_VF = _vf(0.2, None), _vf(None, 0.2)


def _standstill(m: Measurements) -> bool | None:
    if m.rhythm_seen.name == "unsure":
        return None
    return m.rhythm_seen.name == "asystole" and not m.beats


_NO_QRS = truth("No QRS", _standstill, "not one QRS in the record")
_ADULT_ALS = "European Resuscitation Council guidelines, adult advanced life support (Soar 2021)"


def _p_alone(m: Measurements) -> bool | None:
    return None if m.rhythm_seen.name == "unsure" else len(m.rhythm_seen.p_waves) >= 3


_P_ALONE = truth(
    "P waves without QRS", _p_alone, "at least three",
    lambda m: [(p.on_s, p.off_s) for p in m.rhythm_seen.p_waves],
)  # fmt: skip
ASYSTOLE = Criteria(_ADULT_ALS, (_NO_QRS, unless("No P waves", _P_ALONE)))
STANDSTILL = Criteria(_ADULT_ALS, (_NO_QRS, _P_ALONE))


def _few(m: Measurements) -> bool | None:
    """At most 20 beats a minute, by their intervals or their count."""
    if m.rhythm_seen.name == "unsure" and not m.beats:
        return None
    gaps = [b.r_s - a.r_s for a, b in pairwise(m.beats)]
    return bool(m.beats) and (60 / (sum(gaps) / len(gaps)) <= 20 if gaps else True)


def _all_wide(m: Measurements) -> bool | None:
    return all(qrs_ms(beat) >= WIDE_MS for beat in m.beats) if m.beats else None


AGONAL = Criteria(
    f"{_ADULT_ALS}; limit of 20 a minute of this program",
    (
        truth("Rate", _few, "at most 20 a minute", lambda m: [b.qrs for b in m.beats]),
        truth("Wide QRS", _all_wide, f"at least {WIDE_MS:g} ms"),
    ),
)
