"""How findings change the beat. Importing a module registers its shapes, in this order."""

from sediff.simulator.shapes import (  # isort: skip
    conduction,
    chambers,
    infarct,
    repolarisation,
    atria,
)
from sediff.simulator.shapes.registry import SHAPES, Graded, heart_for, ordered, shapes_of

__all__ = [
    "SHAPES",
    "Graded",
    "atria",
    "chambers",
    "conduction",
    "heart_for",
    "infarct",
    "ordered",
    "repolarisation",
    "shapes_of",
]
