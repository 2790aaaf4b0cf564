"""Cases for tests: drawn by the simulator, which stands in for the model."""

from functools import lru_cache

from sediff import pipeline
from sediff.cases.case import Case, from_generated
from sediff.spec import Request

TITLE = "Flimmern and a wide complex"
ANSWER = "Atrial fibrillation with left bundle branch block."
POINT = "The rhythm is irregularly irregular."
REPORT = "Atrial fibrillation, left bundle branch block, 70-year-old man"


@lru_cache(maxsize=4)
def _generated(report: str, seed: int) -> pipeline.Generated:
    return pipeline.simulate_only(Request(report=report, seed=seed, heart_rate=96))


def case_of(title: str = TITLE, report: str = REPORT, seed: int = 3, **texts) -> Case:
    """A case with all of its texts; every call gives it another id."""
    given = {
        "history": "A man of 70 years comes with palpitations.",
        "answer": ANSWER,
        "teaching": (POINT,),
        "tags": ("ward", "exam"),
        "difficulty": 2,
    }
    return from_generated(_generated(report, seed), title, **{**given, **texts})
