"""Ischaemia without ST elevation of a territory: ST depression, T inversion, warning patterns."""

from collections.abc import Mapping, Sequence

from sediff.criteria.blocks import any_of, in_leads, truth, unless
from sediff.criteria.check import Check, Criteria
from sediff.criteria.infarct import (
    CHEST,
    HIGH_LATERAL,
    INFERIOR,
    UDMI,
    applicable,
    is_left_block,
    q_waves,
)
from sediff.measure.values import LeadWaves

_AHA_T = "AHA/ACCF/HRS 2009 part IV, Rautaharju et al."
_DEPRESSED_MV, _INVERTED_MV = -0.05, -0.1
_LATERAL_CHEST = ("V4", "V5", "V6")
# Wall -> groups of neighbouring leads that look at it.
WALLS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "anterior": (("V1", "V2", "V3", "V4"),),
    "septal": (("V1", "V2"),),
    "anteroseptal": (("V1", "V2", "V3"),),
    "lateral": (HIGH_LATERAL, _LATERAL_CHEST),
    "high_lateral": (HIGH_LATERAL,),
    "anterolateral": (HIGH_LATERAL, ("V3", "V4", "V5", "V6")),
    "inferior": (INFERIOR,),
    "inferolateral": (INFERIOR, _LATERAL_CHEST),
}
_ALL_WALLS = (HIGH_LATERAL, INFERIOR, CHEST)


def _not_upsloping(waves: LeadWaves) -> float:
    """The higher of ST at J and at J + 60 ms: horizontal or downsloping where both are low."""
    return max(waves.j_mv, waves.st60_mv)


def _depressed(groups: Sequence[Sequence[str]], limit: float = _DEPRESSED_MV) -> Check:
    return any_of(
        "Horizontal or downsloping ST depression",
        *(
            in_leads(f"ST depression in {', '.join(group)}", group, _not_upsloping, high=limit,
                     need=2, contiguous=True, wave="ST")
            for group in groups
        ),
    )  # fmt: skip


def _inverted(groups: Sequence[Sequence[str]], limit: float = _INVERTED_MV) -> Check:
    """V1 alone proves nothing (its T is often negative), so two neighbours are asked."""
    return any_of(
        "T inverted",
        *(
            in_leads(f"T inversion in {', '.join(group)}", group, "t_neg_mv", high=limit,
                     need=2, contiguous=True, wave="T")
            for group in groups
        ),
    )  # fmt: skip


def st_depression(wall: str = "") -> Criteria:
    """Horizontal or downsloping depression of 0.05 mV in two neighbouring leads of a wall."""
    return Criteria(UDMI, (_depressed(WALLS[wall] if wall else _ALL_WALLS),))


def t_inversion(wall: str = "") -> Criteria:
    """T of -0.1 mV and below in two neighbouring leads of a wall."""
    return Criteria(_AHA_T, (_inverted(WALLS[wall] if wall else _ALL_WALLS),))


def ischaemia(wall: str = "") -> Criteria:
    """ST depression or T inversion of a wall; that it is new, the ECG alone cannot say."""
    groups = WALLS[wall] if wall else _ALL_WALLS
    change = any_of("ST depression or T inversion", _depressed(groups), _inverted(groups))
    return Criteria(UDMI, (applicable("ischaemic ST and T"), change), "suggestive")


NSTEMI = Criteria(
    UDMI,
    (
        applicable("ischaemic ST and T"),
        any_of("ST depression or T inversion", _depressed(_ALL_WALLS), _inverted(_ALL_WALLS)),
        unless(
            "No ST elevation",
            any_of(
                "ST elevation",
                *(in_leads(f"ST elevation in {', '.join(g)}", g, "j_mv", low=0.2, need=2,
                           contiguous=True, wave="ST") for g in _ALL_WALLS),
            ),
        ),
    ),
    "suggestive",
)  # fmt: skip

# Wellens: Rhinehardt et al., Am J Emerg Med 2002, after de Zwaan, Bar and Wellens 1982.
_WELLENS = "Electrocardiographic manifestations of Wellens' syndrome, Rhinehardt et al. 2002"
_WELLENS_CALM = (
    applicable("T waves"),
    in_leads("ST up by less than 0.1 mV", ("V2", "V3"), "j_mv", low=-0.05, high=0.1, wave="ST"),
    unless("No precordial Q waves", q_waves("Q waves", ("V2", "V3", "V4"))),
    in_leads("R progression kept", ("V3",), "r_mv", low=0.3),
)


def _up_then_down(waves: LeadWaves) -> float:
    """Depth of a T that starts upright and ends negative, 0 for others."""
    return -waves.t_neg_mv if waves.t_first == 1 and waves.t_pos_mv >= 0.05 else 0.0


WELLENS_A = Criteria(
    _WELLENS,
    (
        in_leads("T of V2-V3 first up, then down", ("V2", "V3"), _up_then_down, low=0.1, wave="T"),
        *_WELLENS_CALM,
    ),
    "suggestive",
)
WELLENS_B = Criteria(
    _WELLENS,
    (
        in_leads("T of V2-V3 deeply inverted", ("V2", "V3"), "t_neg_mv", high=-0.5, need=1,
                 wave="T"),
        in_leads("T of V2-V3 only negative", ("V2", "V3"), "t_pos_mv", high=0.1, wave="T"),
        *_WELLENS_CALM,
    ),
    "suggestive",
)  # fmt: skip


def _rise(waves: LeadWaves) -> float:
    """How far ST climbs from J to J + 60 ms, mV."""
    return waves.st60_mv - waves.j_mv


DE_WINTER = Criteria(
    "A new ECG sign of proximal LAD occlusion, de Winter et al., N Engl J Med 2008",
    (
        applicable("ST and T"),
        in_leads("J depressed by 0.1 mV", CHEST, "j_mv", high=-0.1, need=3, contiguous=True,
                 wave="ST"),
        in_leads("ST upsloping", ("V3", "V4", "V5"), _rise, low=0.02, need=2, wave="ST"),
        in_leads("Tall T", ("V2", "V3", "V4", "V5"), "t_pos_mv", low=0.5, need=2,
                 contiguous=True, wave="T"),
    ),
    "suggestive",
)  # fmt: skip

_AWAY_FROM_AVR = (*HIGH_LATERAL, *INFERIOR, *CHEST)
LEFT_MAIN = Criteria(
    UDMI,
    (
        in_leads("ST depression of six leads", _AWAY_FROM_AVR, _not_upsloping, high=-0.1, need=6,
                 wave="ST"),
        in_leads("ST elevation of aVR or V1", ("aVR", "V1"), "j_mv", low=0.1, need=1, wave="ST"),
    ),
    "suggestive",
)  # fmt: skip


def _concordant(waves: LeadWaves) -> float:
    """ST elevation of a lead whose QRS is mostly upright, mV."""
    return waves.j_mv if waves.net_mv > 0 else 0.0


def _concordant_low(waves: LeadWaves) -> float:
    """ST depression (negative) of a lead whose QRS is mostly negative, mV."""
    return waves.j_mv if waves.net_mv < 0 else 0.0


def _discordance(waves: LeadWaves) -> float:
    """ST elevation over the depth of S, where ST is up by 0.1 mV or more."""
    return waves.j_mv / waves.deep_mv if waves.j_mv >= 0.1 and waves.deep_mv > 0.1 else 0.0


LEFT_BLOCK = truth(
    "Left bundle branch block",
    lambda m: None if m.qrs_ms.value is None or not m.leads else is_left_block(m),
    "QRS from 120 ms, V1 negative, I and V6 upright without q",
    leads=("V1", "I", "V6"),
)
CONCORDANT_UP = in_leads(
    "Concordant ST elevation", _AWAY_FROM_AVR, _concordant, low=0.1, need=1, wave="ST"
)
CONCORDANT_DOWN = in_leads(
    "Concordant ST depression", ("V1", "V2", "V3"), _concordant_low, high=-0.1, need=1, wave="ST"
)
DISCORDANT = in_leads(
    "ST more than a quarter of S", _AWAY_FROM_AVR, _discordance, low=0.25, need=1, wave="ST",
    unit="",
)  # fmt: skip
_SGARBOSSA = (
    "Sgarbossa et al., N Engl J Med 1996; ratio of Smith et al., Ann Emerg Med 2012 for its third "
    "criterion"
)


def sgarbossa(*checks: Check) -> Criteria:
    """One of the modified criteria in left bundle branch block, or the one that is named."""
    some = checks or (CONCORDANT_UP, CONCORDANT_DOWN, DISCORDANT)
    met = some[0] if len(some) == 1 else any_of("Sgarbossa criterion", *some)
    return Criteria(_SGARBOSSA, (LEFT_BLOCK, met))
