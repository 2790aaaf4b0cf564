"""Trains the variants of the ablation table, each from the same start for the same steps.

Run as `python -m sediff.training ablation --steps N`; `python -m sediff.evaluation ablation`
makes the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from sediff.diffusion.conditions import Conditions

# Of every variant: less than half of the shipped model, so that seven fit into two hours of a CPU.
SIZES: Mapping[str, int] = {"width": 192, "depth": 6}

# All that DiffuSETS (arXiv 2501.05932) tells its network beside the text.
_PATIENT = ("age", "sex", "heart_rate")


@dataclass(frozen=True)
class Variant:
    """One row of the table.

    Attributes:
        label: as printed.
        constraints: None: none; 'published': of value but without gradient; 'ours'.
        told: what it may see, in training as in use.
    """

    label: str
    constraints: Literal["published", "ours"] | None = "ours"
    told: Callable[[Conditions], Conditions] = lambda c: c


def without(*names: str) -> Callable[[Conditions], Conditions]:
    """What leaves these parts of the conditions out: names of fields such as 'text'."""
    return lambda c: c.without(names)


def one_vector(c: Conditions) -> Conditions:
    """What a DiffuSETS-style model is told: text, age, sex and heart rate in one vector."""
    return c.without(("concepts", "experience", "draft", "marks")).with_numbers(_PATIENT)


VARIANTS: Mapping[str, Variant] = {
    "none": Variant("No constraint", None),
    "published": Variant("Constraint without gradient, as published", "published"),
    "ours": Variant("Constraints with gradient"),
    "no_simulation": Variant("Without simulation channels", told=without("draft", "marks")),
    "no_experience": Variant("Without experience", told=without("experience")),
    "no_text": Variant("Without text", told=without("text")),
    "diffusets": Variant("DiffuSETS-style: one vector, no simulator", None, one_vector),
}
