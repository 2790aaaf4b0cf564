"""Where each finding of an ECG comes from: learned from real ECGs, or drawn by the simulator."""

from dataclasses import dataclass
from typing import Literal

from sediff.assets import read_manifest
from sediff.findings import FINDINGS
from sediff.spec import CaseSpec

# Real ECGs below which the model does not know a finding's look well enough to be left alone
# with it: of those with fewer (LPFB, RVH, incomplete LBBB, right atrial enlargement), most that
# it drew from pure noise missed their criteria.
LEARNED_FROM = 200


@dataclass(frozen=True)
class FindingSource:
    """Where one finding of an ECG comes from.

    Attributes:
        source: 'learned' from real ECGs, 'drawn' by the simulator, or 'none': not drawn yet.
        n: real training ECGs that carry its statements, or whose report states it.
        sentence: the same for people.
    """

    id: str
    name: str
    certainty: float
    source: Literal["learned", "drawn", "none"]
    n: int
    sentence: str


def source_of(finding_id: str, stage: str = "", certainty: float = 1.0) -> FindingSource:
    """Say whether a finding was learned or is drawn; each stage has its own real ECGs."""
    finding = FINDINGS[finding_id].at(stage)
    n = real_count(finding_id, stage)
    if not finding.drawable:
        source, sentence = "none", "recognised, not drawn"
    elif finding.technique:
        source, sentence = "drawn", "a fault of recording, computed on the finished ECG"
    elif n >= LEARNED_FROM:
        source, sentence = "learned", f"learned from {n:,} real ECGs"
    elif n:
        source, sentence = "drawn", f"drawn by the simulator: only {n} real ECGs were there"
    else:
        source, sentence = "drawn", "drawn by the simulator: no real ECG was there"
    return FindingSource(finding_id, finding.name, certainty, source, n, sentence)


def real_count(finding_id: str, stage: str = "") -> int:
    """Real training ECGs that state a finding, or whose report does, at a stage ('': the usual)."""
    counts = read_manifest().get("finding_counts", {})
    stages = FINDINGS[finding_id].stages
    if stages:
        return counts.get(f"{finding_id}@{stage or stages[0].id}", 0)
    return counts.get(finding_id, 0)


def draws(spec: CaseSpec) -> bool:
    """Whether a case states a pattern that only the simulator can draw.

    Findings that are numbers alone, such as an axis, are told to the model as numbers.
    """
    return any(
        source_of(s.id, s.stage).source == "drawn" and FINDINGS[s.id].at(s.stage).has_pattern
        for s in spec.findings
    )


def simulated_source(finding_id: str, stage: str = "", certainty: float = 1.0) -> FindingSource:
    """The same where the simulator works alone."""
    finding = FINDINGS[finding_id].at(stage)
    ways = (
        finding.shape, finding.rhythm, finding.conduction, finding.ectopy, finding.pacing,
        finding.technique, finding.typical, finding.implies,
    )  # fmt: skip
    if finding.drawable and any(ways):
        source, sentence = "drawn", "drawn by the simulator"
    else:
        source, sentence = "none", "the simulator alone cannot draw this"
    return FindingSource(finding_id, finding.name, certainty, source, 0, sentence)
