"""Frontal QRS axis and rotation in the horizontal plane."""

from sediff.criteria.blocks import number
from sediff.criteria.check import Criteria
from sediff.criteria.conduction import AHA_2009
from sediff.criteria.forms import form, is_negative, is_upright

LAGETYP = (
    "German Lagetypen of the Cabrera circle (Schuster & Trappe, EKG-Kurs fuer Isabel, 2013); "
    "normal limits: " + AHA_2009
)
TRANSITION = (
    "Transition zone of the Minnesota code, 9-4 (Prineas et al., 2010); delayed from V5: "
    "Aro et al., Heart Rhythm 2014"
)


def axis(low: float, high: float, source: str = AHA_2009) -> Criteria:
    """The QRS axis lies between two angles (degrees, inclusive)."""
    return Criteria(source, (number("Frontal axis", "axis_deg", low=low, high=high, wave="QRS"),))


NORMAL_AXIS = axis(-30, 90)
LEFT_AXIS = axis(-90, -30.1)
RIGHT_AXIS = axis(90.1, 180)
EXTREME_AXIS = axis(-180, -90.1)
LEFT_TYPE = axis(-30, 30, LAGETYP)
STEEP_TYPE = axis(60, 90, LAGETYP)

CLOCKWISE = Criteria(
    TRANSITION, (form("Transition after V4", ("V3", "V4"), is_negative, "R smaller than S"),)
)
COUNTERCLOCKWISE = Criteria(
    TRANSITION, (form("Transition before V3", ("V2", "V3"), is_upright, "R larger than S"),)
)
