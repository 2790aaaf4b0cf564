"""Names of families, levels and patients as the pages of cases write them."""

from sediff.cases.case import DIFFICULTIES, Case, CaseHead
from sediff.findings import FINDINGS
from sediff.view.text import say, sentences
from sediff.view.words import sentence_case

FAMILIES = (
    "normal", "rhythm", "ectopy", "pacing", "conduction", "axis", "infarct", "repolarisation",
    "chambers", "technique", "other",
)  # fmt: skip
LEVELS = tuple(DIFFICULTIES)


def family_name(family: str) -> str:
    """The name of a family; as it is written where the vocabulary has none of that name."""
    key = f"cases.family_{family}"
    return say(key) if key in sentences() else sentence_case(family)


def level_name(difficulty: int) -> str:
    """'basic', 'intermediate' or 'advanced'."""
    return say(f"cases.difficulty_{difficulty}")


def level_label(difficulty: int) -> str:
    """The same where it stands alone, as on a button."""
    return sentence_case(level_name(difficulty))


def patient(case: Case | CaseHead) -> str:
    """'70-year-old man'; '' where neither age nor sex is known."""
    return patient_of(case.age, case.sex)


def patient_of(age: float | None, sex: str | None) -> str:
    """The same of the two alone."""
    if age is None and sex is None:
        return ""
    person = say(f"cases.person_{sex or 'unknown'}")
    if age is None:
        return sentence_case(say("cases.patient_no_age", person=person))
    return say("cases.patient", age=f"{age:.0f}", person=person)


def form_name(finding: str) -> str:
    """The name of 'id' or 'id:stage'; as it is written where the vocabulary does not have it."""
    id, _, stage = finding.partition(":")
    try:
        return sentence_case(FINDINGS[id].at(stage).name if stage else FINDINGS[id].name)
    except KeyError:
        return finding
