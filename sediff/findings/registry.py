"""The registry of findings and the questions that need no reading of text."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sediff.findings.atria import ATRIA
from sediff.findings.atrial_rhythms import ATRIAL_RHYTHMS
from sediff.findings.av_block import AV_BLOCK
from sediff.findings.axis import AXIS
from sediff.findings.chambers import CHAMBERS
from sediff.findings.channels import CHANNELS
from sediff.findings.conduction import CONDUCTION
from sediff.findings.fascicles import FASCICLES
from sediff.findings.finding import Finding
from sediff.findings.hearts import HEARTS
from sediff.findings.infarct import INFARCT
from sediff.findings.ischaemia import ISCHAEMIA
from sediff.findings.junctional import JUNCTIONAL
from sediff.findings.metabolic import METABOLIC
from sediff.findings.pacing import PACING
from sediff.findings.pericardium import PERICARDIUM
from sediff.findings.position import POSITION
from sediff.findings.preexcitation import PREEXCITATION
from sediff.findings.premature import PREMATURE
from sediff.findings.recognised import RECOGNISED
from sediff.findings.repolarisation import REPOLARISATION
from sediff.findings.rhythm import RHYTHM
from sediff.findings.stemi import STEMI
from sediff.findings.technique import TECHNIQUE
from sediff.findings.tokens import fold
from sediff.findings.ventricular import VENTRICULAR
from sediff.findings.ventricular_ectopy import VENTRICULAR_ECTOPY
from sediff.findings.warning_patterns import WARNING_PATTERNS
from sediff.spec import Stated

_ALL = (
    *RHYTHM,
    *ATRIAL_RHYTHMS,
    *JUNCTIONAL,
    *VENTRICULAR,
    *PACING,
    *PREMATURE,
    *VENTRICULAR_ECTOPY,
    *AV_BLOCK,
    *CONDUCTION,
    *FASCICLES,
    *PREEXCITATION,
    *AXIS,
    *INFARCT,
    *STEMI,
    *ISCHAEMIA,
    *WARNING_PATTERNS,
    *REPOLARISATION,
    *CHANNELS,
    *PERICARDIUM,
    *METABOLIC,
    *CHAMBERS,
    *ATRIA,
    *HEARTS,
    *POSITION,
    *TECHNIQUE,
    *RECOGNISED,
)

FINDINGS: Mapping[str, Finding] = MappingProxyType({finding.id: finding for finding in _ALL})


def by_scp(code: str) -> tuple[Finding, ...]:
    """Return the findings that state the PTB-XL code, the plainest first; () if none does."""
    stating = [finding for finding in _ALL if code in finding.scp]
    return tuple(sorted(stating, key=lambda finding: len(finding.scp)))


def scp_codes() -> tuple[str, ...]:
    """Return all SCP codes of the vocabulary, sorted: the concept axis of the generator."""
    return tuple(sorted({code for finding in _ALL for code in finding.scp}))


def expand(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """Append what the stated findings imply, with the certainty of what implies it."""
    result = {one.id: one for one in stated}
    for one in stated:
        for implied in FINDINGS[one.id].implies:
            result.setdefault(implied, Stated(implied, one.certainty, one.words))
    return tuple(result.values())


def concepts(stated: Iterable[Stated]) -> dict[str, float]:
    """Return SCP code -> certainty (0..1) of what is stated; codes not stated are left out."""
    result: dict[str, float] = {}
    for one in expand(tuple(stated)):
        for code in FINDINGS[one.id].scp:
            result[code] = max(result.get(code, 0.0), one.certainty)
    return result


def find(text: str) -> Finding | None:
    """Return the finding whose id, name or synonym is `text`, whatever its case and umlauts."""
    return _NAMES.get(_plain(text))


def conflicts(ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (a, b, sentence) for every two findings that cannot be present together."""
    known = list(dict.fromkeys(id for id in ids if id in FINDINGS))
    return [
        (a, b, f"The report states both {FINDINGS[a].name} and {FINDINGS[b].name}.")
        for i, a in enumerate(known)
        for b in known[i + 1 :]
        if _exclude(FINDINGS[a], FINDINGS[b])
    ]


def _exclude(a: Finding, b: Finding) -> bool:
    if b.id in a.conflicts or a.id in b.conflicts:
        return True
    return ("normal_ecg" in (a.id, b.id)) and not (a.benign and b.benign)


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())


_NAMES = {
    _plain(phrase): finding
    for finding in reversed(_ALL)
    for phrase in (*finding.german, *finding.english, finding.name, finding.id)
}
