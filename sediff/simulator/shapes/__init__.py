"""How findings change the beat. Importing a module registers its shapes, in this order."""

from sediff.simulator.shapes import (  # isort: skip
    conduction,
    chambers,
    hearts,
    infarct,
    stemi,
    ischaemia,
    repolarisation,
    pericardium,
    metabolic,
    channels,
    atria,
    ventricular,
    position,
)
from sediff.simulator.shapes.registry import SHAPES, Graded, heart_for, ordered, shapes_of

__all__ = [
    "SHAPES",
    "Graded",
    "atria",
    "chambers",
    "channels",
    "conduction",
    "heart_for",
    "hearts",
    "infarct",
    "ischaemia",
    "metabolic",
    "ordered",
    "pericardium",
    "position",
    "repolarisation",
    "shapes_of",
    "stemi",
    "ventricular",
]
