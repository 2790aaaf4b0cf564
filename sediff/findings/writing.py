"""Findings and numbers -> report text; the reader reads back what is written here."""

from collections.abc import Sequence

import numpy as np

from sediff.findings.finding import Finding
from sediff.findings.registry import FINDINGS
from sediff.spec import CaseSpec, Stated

_NUMBERS = {
    "age": "An age",
    "heart_rate": "A heart rate",
    "pr_ms": "A PR interval",
    "qrs_ms": "A QRS duration",
    "qt_ms": "A QT interval",
    "qtc_ms": "A QTc",
    "axis_deg": "An axis",
}
# lowest certainty -> words put before; the last row holds all that is less sure
_HEDGES = (
    (0.95, ("",)),
    (0.7, ("probable ", "consistent with ", "likely ")),
    (0.55, ("suspected ", "suggestive of ")),
    (0.4, ("possible ", "questionable ", "may be ")),
    (0.0, ("cannot rule out ", "cannot exclude ")),
)
_GERMAN_HEDGES = (
    (0.95, ("",)),
    (0.7, ("wahrscheinlich ", "am ehesten ")),
    (0.55, ("verdacht auf ", "V.a. ")),
    (0.4, ("möglicherweise ", "eventuell ")),
    (0.0, ("ausschluss ",)),
)
_SEPARATORS = (". ", ", ", "; ", "\n")
_FAMILY_ORDER = (
    "rhythm", "pacing", "ectopy", "axis", "conduction", "chambers", "infarct", "repolarisation",
    "other", "normal", "technique",
)  # fmt: skip


def number_text(name: str) -> str:
    """Name a number with its article, as a sentence starts: 'A heart rate'."""
    return _NUMBERS[name]


def compose(findings: Sequence[Stated], rng: np.random.Generator) -> str:
    """Write an English report line with varied synonyms, order, hedges and punctuation.

    Equal findings and generator state give equal text; `read` finds the same findings in it.
    """
    return _compose(findings, rng, _english, _HEDGES)


def compose_german(findings: Sequence[Stated], rng: np.random.Generator) -> str:
    """Write a German report line, as `compose`; where no German is known the English name."""
    return _compose(findings, rng, _german, _GERMAN_HEDGES)


def describe(case: CaseSpec | Sequence[Stated]) -> str:
    """Describe a case, or findings, in plain English; always the same words for the same case."""
    if not isinstance(case, CaseSpec):
        return _sentence([_plain(one) for one in case])
    person = f"{case.age:.0f}-year-old {'woman' if case.sex == 'female' else 'man'}."
    pr = "" if case.pr_ms is None else f"PR {case.pr_ms:.0f} ms, "
    numbers = (
        f"Heart rate {case.heart_rate:.0f} bpm, {pr}QRS {case.qrs_ms:.0f} ms, "
        f"QT {case.qt_ms:.0f} ms, axis {case.axis_deg:.0f}°."
    )
    return " ".join(filter(None, (person, _sentence([_plain(f) for f in case.findings]), numbers)))


def _sentence(parts: Sequence[str]) -> str:
    return " ".join(part[0].upper() + part[1:] + "." for part in parts)


def _plain(one: Stated) -> str:
    finding = _form(one)
    return _hedge(one.certainty / finding.certainty, _HEDGES)[0] + finding.name


def _form(one: Stated) -> Finding:
    """The finding at its stage; as a whole where no stage is stated."""
    finding = FINDINGS[one.id]
    return finding.at(one.stage) if one.stage else finding


def _compose(findings: Sequence[Stated], rng: np.random.Generator, words, hedges) -> str:
    ordered = _ordered(findings, rng)
    separator = _SEPARATORS[rng.choice(len(_SEPARATORS), p=(0.55, 0.3, 0.1, 0.05))]
    parts = []
    for one in ordered:
        finding = _form(one)
        hedge = _pick(_hedge(one.certainty / finding.certainty, hedges), rng)
        parts.append(hedge + _pick(words(finding), rng))
    text = separator.join(_cased(part, separator) for part in parts)
    return text + ("." if text and separator == ". " else "")


def _ordered(findings: Sequence[Stated], rng: np.random.Generator) -> list[Stated]:
    """Mostly rhythm first and 'otherwise normal' last, as reports are written; else any order."""
    shuffled = [findings[i] for i in rng.permutation(len(findings))]
    if rng.random() < 0.3:
        return shuffled
    return sorted(shuffled, key=lambda one: _FAMILY_ORDER.index(FINDINGS[one.id].family))


def _english(finding: Finding) -> tuple[str, ...]:
    return (finding.name, finding.name, *finding.english)  # the full name twice as often


def _german(finding: Finding) -> tuple[str, ...]:
    return finding.german or (finding.name,)


def _hedge(certainty: float, hedges) -> tuple[str, ...]:
    return next(words for lowest, words in hedges if certainty >= lowest)


def _pick(options: Sequence[str], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]


def _cased(part: str, separator: str) -> str:
    return part[0].upper() + part[1:] if separator in (". ", "\n") else part
