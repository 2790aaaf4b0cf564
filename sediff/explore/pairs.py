"""A finding and its look-alike in one heart, and what tells them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sediff.criteria import Outcome, Subject, Verdict, judge
from sediff.experience.snippet import Snippet
from sediff.explore.hearts import same_heart
from sediff.findings import FINDINGS, Finding
from sediff.generated import Generated
from sediff.report import read
from sediff.spec import Request


@dataclass(frozen=True)
class Sign:
    """One check of the criteria of one of the two, asked of both ECGs.

    Attributes:
        of: id of the finding whose criterion it is.
        here: the answer of that finding's own ECG. there: of the look-alike's.
    """

    of: str
    here: Outcome
    there: Outcome

    @property
    def tells(self) -> bool:
        """Whether the two ECGs answer differently, both for sure."""
        return self.here.met is True and self.there.met is False


def mimics_of(finding: Finding) -> list[Finding]:
    """The look-alikes of a finding that can be drawn."""
    found = (FINDINGS[id] for id in finding.mimics)
    return [one for one in found if one.drawable and not one.vague]


def findings_with_mimics(findings: Sequence[Finding]) -> list[Finding]:
    """Those of `findings` that have a look-alike to show."""
    return [one for one in findings if mimics_of(one)]


def pair(normal: Request, finding: Finding, mimic: Finding) -> tuple[Request, Request]:
    """Requests for both in the heart of `normal`, each at its usual stage."""
    return same_heart(normal, finding.at("").name), same_heart(normal, mimic.at("").name)


def signs(finding: Finding, mimic: Finding, a: Generated, b: Generated) -> list[Sign]:
    """Every check of both criteria, those that tell the two ECGs apart first.

    Args:
        a: the ECG of `finding`. b: that of `mimic`.
    """
    found = [*_asked(finding, a, b), *_asked(mimic, b, a)]
    return sorted(found, key=lambda sign: not sign.tells)  # stable


def _asked(finding: Finding, own: Generated, other: Generated) -> list[Sign]:
    here, there = _verdict(finding, own), _verdict(finding, other)
    if here is None or there is None:
        return []
    pairs = zip(here.outcomes, there.outcomes, strict=True)
    return [Sign(finding.id, one, two) for one, two in pairs]


def _verdict(finding: Finding, made: Generated) -> Verdict | None:
    return judge(finding.id, Subject(made.measured, made.spec.age, made.spec.sex))


def notes_on(
    finding: Finding, mimic: Finding, notes: Sequence[Snippet], most: int = 4
) -> list[Snippet]:
    """What practice knows of telling the two apart, notes that name the other one first.

    Notes on look-alikes and pitfalls of either; where none names the other, the general ones.
    """
    kept = [
        note
        for note in notes
        if note.finding in (finding.id, mimic.id) and note.aspect in ("mimic", "pitfall")
    ]
    naming = [note for note in kept if _names(note, finding, mimic)]
    general = [note for note in kept if note not in naming and note.aspect == "mimic"]
    return [*naming, *general][:most]


def _names(note: Snippet, finding: Finding, mimic: Finding) -> bool:
    """Whether a note on one of the two speaks of the other."""
    other = mimic.id if note.finding == finding.id else finding.id
    return other in _spoken_of(note.text)


@lru_cache(maxsize=512)
def _spoken_of(text: str) -> frozenset[str]:
    reading = read(text)
    return frozenset(one.id for one in (*reading.findings, *reading.negated))
