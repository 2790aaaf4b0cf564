"""The rhythm engine. Importing a module registers its rhythms."""

from sediff.simulator.rhythms import (
    alternans,
    atrial,
    av_block,
    chaotic,
    junctional,
    pacing,
    polymorphic,
    premature,
    sinoventricular,
    sinus,
    supraventricular,
    ventricular,
    ventricular_ectopy,
)
from sediff.simulator.rhythms.registry import (
    CONDUCTIONS,
    ECTOPY,
    PACINGS,
    RHYTHMS,
    course_of,
)

__all__ = [
    "CONDUCTIONS",
    "ECTOPY",
    "PACINGS",
    "RHYTHMS",
    "alternans",
    "atrial",
    "av_block",
    "chaotic",
    "course_of",
    "junctional",
    "pacing",
    "polymorphic",
    "premature",
    "sinoventricular",
    "sinus",
    "supraventricular",
    "ventricular",
    "ventricular_ectopy",
]
