"""What a check is: a question to the measurements, and its answer with what to highlight."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sediff.measure.values import Measurements, Span
from sediff.spec import Sex

# diagnostic: the pattern defines the finding on an ECG. suggestive: it only raises the thought.
Strength = Literal["diagnostic", "suggestive"]


@dataclass(frozen=True)
class Subject:
    """What is judged.

    Attributes:
        measured: read from the signal alone.
        age: years. sex: of the patient; limits of ST depend on both (None: the stricter limit).
    """

    measured: Measurements
    age: float | None = None
    sex: Sex | None = None


@dataclass(frozen=True)
class Outcome:
    """The answer of one check.

    Attributes:
        name: the question: 'QRS duration'.
        met: True, False, or None where the measurement abstains.
        value: what was found, None where there is no number. unit: of it.
        threshold: what the criterion asks, in words: 'at least 120 ms'.
        reason: why it abstains or which part failed, '' otherwise.
        leads: to highlight. spans: to highlight, in s from the first sample.
        parts: of a combined check.
    """

    name: str
    met: bool | None
    value: float | None = None
    unit: str = ""
    threshold: str = ""
    reason: str = ""
    leads: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    parts: tuple["Outcome", ...] = ()


Check = Callable[[Subject], Outcome]


@dataclass(frozen=True)
class Criteria:
    """A published pattern; all of its checks must be met.

    Attributes:
        source: guideline or paper, with year.
        checks: the questions.
        strength: what meeting them means.
    """

    source: str
    checks: tuple[Check, ...]
    strength: Strength = "diagnostic"
