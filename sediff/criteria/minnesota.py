"""Q and QS codes 1-1 and 1-2 of the Minnesota code, each for the leads of one wall.

Prineas, Crow and Zhang, The Minnesota Code Manual of Electrocardiographic Findings (2nd edition,
2010). Epidemiology takes codes 1-1 (large) and 1-2 (moderate) as an old infarct; the minor codes
1-3 are left out. Unlike the Universal Definition, one lead may be enough. The codes do not hold
with left bundle branch block, pacing or pre-excitation (`infarct.applicable`).
"""

from collections.abc import Callable, Sequence

from sediff.criteria.blocks import all_of, any_of
from sediff.criteria.check import Check
from sediff.criteria.forms import form
from sediff.measure.values import LeadWaves

MINNESOTA = "Minnesota code 1-1 and 1-2 (Prineas et al., 2010)"
_CODABLE_MV = 0.1  # less is no Q and no QS
_UNSEEN_MV = 0.05  # an r below half a millimetre is not read on paper
_THIRD = 1 / 3
_FIRST_R_MV = 0.3  # of aVL, for its Q to count

_Holds = Callable[[LeadWaves], bool]


def is_qs(w: LeadWaves) -> bool:
    """A QS: 0.1 mV deep without any R."""
    return w.tall_mv < _UNSEEN_MV and w.deep_mv >= _CODABLE_MV


def codable_q_ms(w: LeadWaves) -> float:
    """Duration of a Q of 0.1 mV with an R after it, in ms; 0 without."""
    return w.q_ms if w.q_mv <= -_CODABLE_MV and w.r_mv >= _UNSEEN_MV else 0.0


def _longer(least_ms: float) -> _Holds:
    return lambda w: codable_q_ms(w) >= least_ms


def _large_q(w: LeadWaves) -> bool:
    """Codes 1-1-1 and 1-2-1: 20 ms and a third of R; 1-1-2 and 1-2-2: 30 ms."""
    width = codable_q_ms(w)
    return width >= 30 or (width >= 20 and -w.q_mv >= _THIRD * w.r_mv)


def _deep(w: LeadWaves) -> bool:
    """Code 1-2-6: Q of 0.5 mV."""
    return codable_q_ms(w) > 0 and w.q_mv <= -0.5


def _lead(name: str, holds: _Holds, words: str) -> Check:
    return form(f"{words} in {name}", (name,), holds, words)


_LARGE = "Q of 30 ms, or of 20 ms and a third of R"
INFERIOR = any_of(
    "Minnesota Q codes, inferior",
    _lead("II", _large_q, _LARGE),
    _lead("II", is_qs, "QS"),
    all_of(
        "Q of III and aVF",
        _lead("III", _longer(40), "Q of 40 ms"),
        _lead("aVF", _longer(0.1), "Q of 0.1 mV"),
    ),
    _lead("aVF", _longer(40), "Q of 40 ms"),
    form("Q of 0.5 mV", ("III", "aVF"), _deep, "Q of 0.5 mV", need=1),
)


def _wide_avl(w: LeadWaves) -> bool:
    return codable_q_ms(w) >= 40 and w.r_mv >= _FIRST_R_MV


# Code 1-2-1 (20 ms and a third of R) is left out at the side: the deep narrow Q of septal
# hypertrophy meets it, and the Universal Definition lists that heart as a mimic.
HIGH_LATERAL = any_of(
    "Minnesota Q codes, I and aVL",
    _lead("I", _longer(30), "Q of 30 ms"),
    _lead("I", is_qs, "QS"),
    _lead("aVL", _wide_avl, "Q of 40 ms with R of 0.3 mV"),
)
LATERAL = any_of("Minnesota Q codes, lateral", HIGH_LATERAL, _lead("V6", _longer(30), "Q of 30 ms"))

_CHEST = ("V1", "V2", "V3", "V4", "V5", "V6")


def _has_first_r(w: LeadWaves) -> bool:
    return w.q_mv == 0 and w.r_mv >= _UNSEEN_MV


def _qs_after_r(lead: str) -> Check:
    """Code 1-1-6: QS where the neighbour to the right on the chest still has its first R."""
    before = _CHEST[_CHEST.index(lead) - 1]
    return all_of(
        f"QS of {lead} after an R of {before}",
        _lead(before, _has_first_r, "first R"),
        _lead(lead, is_qs, "QS"),
    )


def anterior(leads: Sequence[str]) -> Check:
    """The codes of the anterior site (V1-V5) in some of its leads, V1 left out.

    Args:
        leads: of 'V2' to 'V5'. With V2 and V3 among them QS of V1 to V3 counts too (1-2-7).
    """
    checks = [form(f"{_LARGE} in one of {', '.join(leads)}", leads, _large_q, _LARGE, need=1)]
    checks += [_qs_after_r(lead) for lead in leads]
    if {"V2", "V3"} <= set(leads):
        checks.append(form("QS of V1 to V3", ("V1", "V2", "V3"), is_qs, "QS"))
    return any_of(f"Minnesota Q codes, {', '.join(leads)}", *checks)
