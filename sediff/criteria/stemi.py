"""ST elevation of an acute infarct by lead, age and sex, and its stages.

Thresholds at the J point, in two neighbouring leads: Fourth Universal Definition of Myocardial
Infarction (Thygesen et al. 2018). The order of the stages (tall T, ST elevation, Q waves, T
inversion) is that of the same source and of AHA/ACCF/HRS 2009 part VI (Wagner et al.).
"""

from collections.abc import Mapping, Sequence

from sediff.criteria.blocks import all_of, any_of, in_leads, number, unless
from sediff.criteria.check import Check, Criteria, Outcome, Subject
from sediff.criteria.infarct import (
    CHEST,
    HIGH_LATERAL,
    INFERIOR,
    SCAR,
    TALL_R,
    UDMI,
    applicable,
    q_waves,
    t_qrs_ratio,
)
from sediff.measure.values import LeadWaves

STAGED = f"{UDMI}; AHA/ACCF/HRS 2009 part VI, Wagner et al."
_ELSEWHERE_MV = 0.1
_BEGUN_MV = 0.05
_TALL_T_MV = {"limb": 0.5, "chest": 1.0}  # customary upper limits of a normal T; V1 as limb
_SYMMETRIC = 0.75  # fall time over rise time of T; a normal T falls faster


def v2_v3_limit(subject: Subject) -> float:
    """ST elevation of V2-V3 in mV: women 0.15, men from 40 years 0.2, younger men 0.25."""
    if subject.sex == "female":
        return 0.15
    return 0.2 if subject.age is not None and subject.age >= 40 else 0.25


def elevation(name: str, leads: Sequence[str], need: int = 2) -> Check:
    """ST elevation at the J point in neighbouring leads, limits by lead, age and sex."""
    limits = {lead: v2_v3_limit if lead in ("V2", "V3") else _ELSEWHERE_MV for lead in leads}
    return in_leads(
        name, leads, "j_mv", low=limits, need=need, contiguous=True, wave="ST"
    )  # fmt: skip


def _begun(name: str, leads: Sequence[str]) -> Check:
    return in_leads(name, leads, "j_mv", low=_BEGUN_MV, need=2, contiguous=True, wave="ST")


def _t_excess(waves: LeadWaves) -> float:
    """T over its limit: the customary one, or the R of a lead where R is the larger wave."""
    limit = _TALL_T_MV["chest" if waves.lead in CHEST[1:] else "limb"]
    if waves.tall_mv > waves.deep_mv:
        limit = min(limit, max(waves.tall_mv, 0.3))
    return waves.t_pos_mv / limit if waves.t_symmetry >= _SYMMETRIC else 0.0


def _tall_t(name: str, leads: Sequence[str]) -> Check:
    return in_leads(name, leads, _t_excess, low=1.0, need=2, contiguous=True, wave="T", unit="")


def _inverted(name: str, leads: Sequence[str]) -> Check:
    return in_leads(name, leads, "t_neg_mv", high=-0.1, need=2, contiguous=True, wave="T")


def _upright(name: str, leads: Sequence[str]) -> Check:
    return in_leads(name, leads, "t_pos_mv", low=0.1, need=2, contiguous=True, wave="T")


_FIRST_CHEST, _LAST_CHEST = ("V2", "V3", "V4"), ("V5", "V6")
# Territory -> groups of leads; every group must show the change ('any' of them where marked).
_GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "inferior": (INFERIOR,),
    "anterior": (_FIRST_CHEST,),
    "anteroseptal": (("V1", "V2", "V3"),),
    "septal": (("V1", "V2"),),
    "high_lateral": (HIGH_LATERAL,),
    "lateral": (HIGH_LATERAL, _LAST_CHEST),
    "anterolateral": (_FIRST_CHEST, (*HIGH_LATERAL, *_LAST_CHEST)),
    "inferolateral": (INFERIOR, _LAST_CHEST),
    "inferoposterior": (INFERIOR,),
    "right_ventricular": (INFERIOR,),
    "any": (INFERIOR, HIGH_LATERAL, CHEST),
}
_EITHER = ("lateral", "any")  # one of the groups is enough
_FRONT = ("anterior", "anteroseptal", "septal")


def _over(place: str, make, what: str) -> tuple[Check, ...]:
    """`make` over the groups of a territory: one check, or several that must all be met."""
    groups = _GROUPS[place]
    checks = tuple(make(f"{what} in {', '.join(group)}", group) for group in groups)
    return (any_of(what, *checks),) if place in _EITHER else checks


def _reciprocal(name: str = "Reciprocal ST depression") -> Check:
    leads = tuple(lead for lead in (*HIGH_LATERAL, *INFERIOR, *CHEST) if lead != "V1")
    return in_leads(name, leads, "j_mv", high=-0.05, need=1, wave="ST")


# Wang, Asinger and Marriott, N Engl J Med 2003: diffuse elevation without reciprocal depression
# but of aVR and V1 is pericarditis, not one artery.
ONE_TERRITORY = any_of(
    "Elevation of one territory",
    _reciprocal(),
    unless(
        "Not diffuse",
        all_of(
            "Diffuse elevation",
            in_leads("Elevation of I and II", ("I", "II"), "j_mv", low=0.05, wave="ST"),
            in_leads("Elevation of V4 to V6", ("V4", "V5", "V6"), "j_mv", low=0.05, need=2,
                     wave="ST"),
        ),
    ),
)  # fmt: skip
# A QS with low T after an old infarct may keep its ST elevation for life.
_NO_ANEURYSM = any_of(
    "No old aneurysm",
    unless("No QS", q_waves("Q or QS of V1 to V3", ("V1", "V2", "V3"))),
    t_qrs_ratio(high=True),
)


def acute(place: str) -> Criteria:
    """ST elevation of a territory with upright T, not diffuse and not an aneurysm's."""
    if place == "posterior":
        return Criteria(UDMI, (applicable("ST depression"), *_POSTERIOR_ACUTE))
    checks = [applicable("ST elevation"), *_over(place, elevation, "ST elevation"), ONE_TERRITORY]
    checks += _over(place, _upright, "T still upright") if place in _FRONT else ()
    checks += [_NO_ANEURYSM] if place in _FRONT else []
    checks += [_POSTERIOR_DEPRESSION] if place == "inferoposterior" else []
    if place == "right_ventricular":
        return Criteria(f"{STAGED} (V4R not recorded)", (*checks, *_RIGHT), "suggestive")
    return Criteria(UDMI, tuple(checks))


def hyperacute(place: str) -> Criteria:
    """Prominent symmetric T of two neighbouring leads, ST not depressed."""
    if place == "posterior":
        return Criteria(STAGED, (applicable("T waves"), *_POSTERIOR_FIRST), "suggestive")
    groups = _GROUPS[place]
    leads = tuple(dict.fromkeys(lead for group in groups for lead in group))
    name = ", ".join(leads)
    tall = [_tall_t(f"Tall T in {', '.join(group)}", group) for group in groups]
    checks = [
        applicable("T waves"),
        any_of(f"Tall symmetric T in {name}", *tall),
        in_leads("ST not depressed", leads, "j_mv", low=0.0, need=2, wave="ST"),
    ]
    if place == "right_ventricular":
        checks.append(in_leads("ST of V1 rising", ("V1",), "j_mv", low=0.03, wave="ST"))
    return Criteria(STAGED, tuple(checks), "suggestive")


def evolving(place: str) -> Criteria:
    """Q waves, ST still raised, T inverted over the territory."""
    scar = SCAR["inferior" if place == "right_ventricular" else place]
    if place == "posterior":
        rest: tuple[Check, ...] = (_still_depressed(), _TALL_POSTERIOR_T)
        return Criteria(STAGED, (applicable("Q waves"), TALL_R, *rest), "suggestive")
    rest = (*_over(place, _begun, "ST still raised"), *_over(place, _inverted, "T inverted"))
    if place == "right_ventricular":
        rest = (*rest, in_leads("ST of V1 still raised", ("V1",), "j_mv", low=0.05, wave="ST"))
    return Criteria(STAGED, (applicable("Q waves"), *scar, *rest), "suggestive")


_V1_V3 = ("V1", "V2", "V3")


def _flat_st(waves: LeadWaves) -> float:
    """The higher of J and J + 60 ms: low only where the depression does not recover at once."""
    return max(waves.j_mv, waves.st60_mv)


def _still_depressed(name: str = "ST depression of V1 to V3") -> Check:
    return in_leads(name, _V1_V3, _flat_st, high=-0.05, need=2, contiguous=True, wave="ST")


_POSTERIOR_DEPRESSION = _still_depressed()
_NARROW = number("No conduction defect", "qrs_ms", high=119, wave="QRS")
_ISOLATED = unless(
    "No ST elevation elsewhere",
    any_of(
        "ST elevation elsewhere",
        elevation("Inferior", INFERIOR),
        elevation("High lateral", HIGH_LATERAL),
        elevation("Lateral", ("V4", "V5", "V6")),
    ),
)
_TERMINAL_T = in_leads("T of V2-V3 ends upright", ("V2", "V3"), "t_pos_mv", low=0.1, wave="T")
_TALL_POSTERIOR_T = in_leads("T of V2-V3 tall", ("V2", "V3"), "t_pos_mv", low=0.3, wave="T")
_POSTERIOR_ACUTE = (_NARROW, _POSTERIOR_DEPRESSION, _ISOLATED, _TERMINAL_T)
_POSTERIOR_FIRST = (
    _NARROW,
    _POSTERIOR_DEPRESSION,
    _ISOLATED,
    _inverted("T of V1 to V3 inverted: tall T seen from the front", _V1_V3),
)


def _more(name: str, lead: str, other: str) -> Check:
    """ST elevation higher in one lead than in another."""

    def check(subject: Subject) -> Outcome:
        leads = subject.measured.leads
        if not {lead, other} <= leads.keys():
            return Outcome(name, None, reason=f"{lead} or {other} could not be read.")
        step = leads[lead].j_mv - leads[other].j_mv
        words = f"ST of {lead} above ST of {other}"
        return Outcome(name, step > 0, round(step, 3), "mV", words, leads=(lead, other))

    return check


_RIGHT = (
    in_leads("ST elevation of V1", ("V1",), "j_mv", low=_ELSEWHERE_MV, wave="ST"),
    _more("ST of III above II", "III", "II"),
    _more("ST of V1 above V2", "V1", "V2"),
)
ST_ELEVATION = Criteria(UDMI, _over("any", elevation, "ST elevation"))


def raised(place: str) -> Criteria:
    """ST elevation of a wall, whatever its cause."""
    groups = {
        "anterior": (("V1", "V2", "V3", "V4"),),
        "inferior": (INFERIOR,),
        "lateral": (HIGH_LATERAL, _LAST_CHEST),
    }[place]
    checks = (elevation(f"ST elevation in {', '.join(group)}", group) for group in groups)
    return Criteria(UDMI, (any_of(f"ST elevation, {place}", *checks),))
