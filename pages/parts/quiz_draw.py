"""Draws practice ECGs, by the model with progress and Cancel, or by the simulator at once."""

import secrets
from collections.abc import Iterable

from pages.parts import making
from pages.parts.quiz_run import Run, Source
from sediff.cases.case import Case
from sediff.cases.quiz import practice_case
from sediff.spec import Request


def practice_question(run: Run) -> Case:
    """The next practice case of a quiz that the model draws, where the page stands now.

    Raises:
        SediffError: the model cannot draw it.
    """
    return _drawn(run.source, [run.seed + run.number])[0]


def practice_cases(source: Source, count: int) -> list[Case]:
    """Fresh cases for a set, by the model or the simulator as `source` says."""
    first = secrets.randbelow(2**30)
    seeds = range(first, first + count)
    if source.model:
        return _drawn(source, seeds)
    return [practice_case(source.family, seed) for seed in seeds]


def _drawn(source: Source, seeds: Iterable[int]) -> list[Case]:
    from sediff import pipeline

    def work(step: making.OnStep) -> list[Case]:
        def draw(request: Request) -> pipeline.Generated:
            return pipeline.generate(request, on_step=step)

        return [practice_case(source.family, seed, draw) for seed in seeds]

    return making.make(work, key="quiz_cancel")
