"""A teaching case: history, question, ECG, answer; the ECG as settings AND as samples."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.leads import LEADS

MAX_TITLE, MAX_TEXT, MAX_TAGS = 120, 4000, 12
DIFFICULTIES = {1: "basic", 2: "intermediate", 3: "advanced"}


def new_id() -> str:
    """An id that tells nothing and that nobody can guess: 22 letters, digits, '-' and '_'."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Case:
    """One case. It survives new weights, because it holds the samples.

    Attributes:
        id: opaque, as in links.
        title: as the instructor sees it; it may tell the answer and never reaches a student.
        history, question: what a student sees first. answer: the diagnosis in words.
        teaching: teaching points, one sentence each.
        findings: ids of the vocabulary that the answer must name, with their stage after ':'.
        family: of the main finding (`Finding.family`).
        tags: free words. difficulty: key of `DIFFICULTIES`.
        uv: (12, T) int16 microvolts, leads I .. V6. fs: Hz.
        age, sex: of the patient.
        spec: `CaseSpec.to_json` of what made it, '' for none. weights: sha256 of the denoiser.
        how: 'generated' or 'simulated'.
        learned: finding id -> sentence on where it comes from.
        shipped: comes with the app and cannot be changed, only duplicated.
        changed: ISO date and time, UTC.
    """

    title: str
    uv: npt.NDArray[np.int16] = field(repr=False)
    history: str = ""
    question: str = "What does this ECG show?"
    answer: str = ""
    teaching: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    family: str = "other"
    tags: tuple[str, ...] = ()
    difficulty: int = 1
    age: float | None = None
    sex: str | None = None
    fs: int = FS
    spec: str = ""
    weights: str = ""
    how: str = "generated"
    learned: tuple[tuple[str, str], ...] = ()
    shipped: bool = False
    id: str = field(default_factory=new_id)
    changed: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise RequestError("The case needs a title.")
        if len(self.title) > MAX_TITLE:
            raise RequestError(f"The title may have {MAX_TITLE} characters.")
        for text in (self.history, self.question, self.answer, *self.teaching):
            if len(text) > MAX_TEXT:
                raise RequestError(f"A text of a case may have {MAX_TEXT:,} characters.")
        if len(self.tags) > MAX_TAGS:
            raise RequestError(f"A case may have {MAX_TAGS} tags.")
        if self.difficulty not in DIFFICULTIES:
            raise RequestError("The difficulty must be 1, 2 or 3.")
        if self.uv.ndim != 2 or self.uv.shape[0] != len(LEADS) or self.uv.dtype != np.int16:
            raise RequestError("The ECG of a case must be 12 leads of int16 microvolts.")

    @property
    def ecg(self) -> Ecg:
        """The stored samples as an ECG; its provenance tells no finding."""
        return Ecg.from_uv(self.uv, self.fs, {"mark": SYNTHETIC_MARK})
