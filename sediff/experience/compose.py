"""Composes the experience report of a case without a language model.

What practice knows of each stated finding, then what real ECGs like it measure. The generator is
conditioned on this text, in training as in use, so it is always the same for the same case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sediff.experience.library import Library, shipped_library
from sediff.experience.snippet import Aspect, Snippet
from sediff.experience.statistics import LABELS, LEAST_TO_DRAW, Group, closest, unit_of
from sediff.findings import FINDINGS
from sediff.spec import Stated

MOST_FINDINGS = 4  # of a report; further ones are named in the report itself
_TOLD = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg")
# What a picture is conditioned on is how it looks; limits and reasons only where no look is told.
_FIRST: tuple[Aspect, ...] = ("look", "criteria", "mechanism", "mimic", "pitfall", "effect", "next")

# findings, age, sex -> the real ECGs most like it, None where there are too few
Lookup = Callable[[Sequence[str], float | None, str | None], Group | None]


@dataclass(frozen=True)
class Sentence:
    """One part of the report with what it rests on: a snippet or a group of real ECGs."""

    text: str
    snippet: Snippet | None = None
    group: Group | None = None


@dataclass(frozen=True)
class Composition:
    """An experience report; `sentences` is empty where no finding is stated."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The report as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


def compose(
    findings: Sequence[Stated],
    age: float | None = None,
    sex: str | None = None,
    library: Library | None = None,
    lookup: Lookup = closest,
) -> Composition:
    """Compose the report of a case.

    Args:
        findings: stated in the request; what another of them implies is left out.
        age: years. sex: 'female' or 'male'.
        library: None: the one that ships. lookup: where the statistics come from.

    Raises:
        WeightsError: library or statistics are missing or damaged.
    """
    known = shipped_library() if library is None else library
    sentences: list[Sentence] = []
    implied = {id for stated in findings for id in FINDINGS[stated.id].implies}
    told = [stated for stated in findings if stated.id not in implied]
    for stated in told[:MOST_FINDINGS]:
        snippet = best_snippet(known, stated, age, sex)
        if snippet is not None:
            sentences.append(Sentence(snippet.text, snippet))
        group = lookup((stated.id,), age, sex)
        if group is not None:
            sentences.append(Sentence(measured_sentence(group), group=group))
    return Composition(tuple(sentences))


def best_snippet(
    library: Library, stated: Stated, age: float | None, sex: str | None
) -> Snippet | None:
    """The snippet that says most plainly how a finding looks in such a patient."""
    fitting = [
        s
        for s in library.of(stated.id)
        if s.holds_for(age, sex) and s.stage in ("", stated.stage or _usual_stage(stated.id))
    ]

    def rank(snippet: Snippet) -> tuple[int, bool, bool]:
        about = snippet.sex or snippet.age_min is not None or snippet.age_max is not None
        return (_FIRST.index(snippet.aspect), not snippet.stage, not about)

    return min(fitting, key=rank, default=None)


def measured_sentence(group: Group) -> str:
    """'In 87 women with left bundle branch block: rate 72 (64 to 83) bpm, ...' with quartiles."""
    parts = []
    for name in _TOLD:
        number = group.numbers.get(name)
        if number is not None and number.n >= LEAST_TO_DRAW:
            low, high = number.quartiles
            middle = f"{round(number.median)} ({round(low)} to {round(high)})"
            parts.append(f"{LABELS[name]} {middle} {unit_of(name)}")
    told = f": {', '.join(parts)}" if parts else ""
    return f"In {group.n} {group.people}{told}."


def _usual_stage(finding: str) -> str:
    stages = FINDINGS[finding].stages
    return stages[0].id if stages else ""
