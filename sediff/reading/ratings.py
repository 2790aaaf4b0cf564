"""What a reader says of one ECG."""

from collections.abc import Mapping
from dataclasses import dataclass

from sediff.errors import RequestError

# Surer and surer that the ECG is synthetic; nobody may say 'I do not know', as in such studies.
SCORES: Mapping[int, str] = {
    1: "surely_real", 2: "rather_real", 3: "rather_synthetic", 4: "surely_synthetic",
}  # fmt: skip
SYNTHETIC_FROM = 3
MAX_SAYS, MAX_ROLE = 300, 80


@dataclass(frozen=True)
class Rating:
    """One rating.

    Attributes:
        reader: opaque key of a browser or person. item: id of the ECG.
        score: key of `SCORES`. says: what the ECG shows, in the reader's words.
        role: who the reader is, in his own words. seconds: from showing to answer.
    """

    reader: str
    item: str
    score: int
    says: str = ""
    role: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.score not in SCORES:
            raise RequestError("Say whether the ECG is real or synthetic.")
        if len(self.says) > MAX_SAYS:
            raise RequestError(f"Say in up to {MAX_SAYS} characters what the ECG shows.")
        if len(self.role) > MAX_ROLE:
            raise RequestError(f"Say in up to {MAX_ROLE} characters who you are.")

    @property
    def synthetic(self) -> bool:
        """Whether the reader holds the ECG for synthetic."""
        return self.score >= SYNTHETIC_FROM
