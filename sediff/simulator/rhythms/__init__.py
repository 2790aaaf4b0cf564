"""The rhythm engine. Importing a module registers its rhythms."""

from sediff.simulator.rhythms import extrasystoles, pacing, supraventricular
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
    "course_of",
    "extrasystoles",
    "pacing",
    "supraventricular",
]
