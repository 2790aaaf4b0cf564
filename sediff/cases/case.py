"""A teaching case: history, question, ECG, answer; the ECG as settings AND as samples."""

import dataclasses
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from sediff.cases.samples import MAX_SAMPLES
from sediff.ecg import FS, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.leads import LEADS

if TYPE_CHECKING:
    from sediff.generated import Generated

CASE_VERSION = 1
MAX_TITLE, MAX_TEXT, MAX_TAGS = 120, 4000, 12
MAX_TAG, MAX_POINTS, MAX_SPEC, MAX_FINDINGS = 40, 20, 40_000, 40
DIFFICULTIES = {1: "basic", 2: "intermediate", 3: "advanced"}
WAYS = ("generated", "simulated")
_ID = re.compile(r"[A-Za-z0-9_-]{10,64}")
_FS_RANGE = (100, 2000)  # Hz


def new_id() -> str:
    """An id that tells nothing and that nobody can guess: 22 letters, digits, '-' and '_'."""
    return secrets.token_urlsafe(16)


def check_version(version: Any) -> None:
    """Refuse what a newer app has written, before it is read wrongly; raises `RequestError`."""
    if not isinstance(version, int) or version < 1:
        raise RequestError("This is not a case that this app has written.")
    if version > CASE_VERSION:
        raise RequestError("This case was made by a newer version: update the app.")


def now() -> str:
    """This moment as an ISO date and time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class CaseHead:
    """What a list shows of a case, without its samples; attributes as in `Case`."""

    id: str
    title: str
    family: str
    difficulty: int
    tags: tuple[str, ...]
    findings: tuple[str, ...]
    age: float | None
    sex: str | None
    shipped: bool
    changed: str


@dataclass(frozen=True)
class Case:
    """One case. It survives new weights, because it holds the samples.

    Two cases are equal when all but their samples are.

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
    uv: npt.NDArray[np.int16] = field(repr=False, compare=False)
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
    changed: str = field(default_factory=now)

    def __post_init__(self) -> None:
        _check_texts(self)
        _check_facts(self)
        _check_samples(self)

    @property
    def ecg(self) -> Ecg:
        """The stored samples as an ECG; its provenance tells no finding."""
        return Ecg.from_uv(self.uv, self.fs, {"mark": SYNTHETIC_MARK})

    @property
    def head(self) -> CaseHead:
        """What a list shows of it."""
        return CaseHead(**{f.name: getattr(self, f.name) for f in dataclasses.fields(CaseHead)})

    def copy(self, **changes: Any) -> "Case":
        """Another case of the same content: a new id, and never a shipped one."""
        return replace(self, **{"id": new_id(), "shipped": False, "changed": now(), **changes})

    def to_row(self) -> dict[str, Any]:
        """All but the samples and whether it is shipped, as JSON holds it."""
        left_out = {"uv", "shipped"}
        return {
            f.name: getattr(self, f.name)
            for f in dataclasses.fields(self)
            if f.name not in left_out
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any], uv: npt.NDArray[np.int16], **more: Any) -> Self:
        """The case that `to_row` told of; keys that it does not know are ignored.

        Raises:
            RequestError: a value is missing, of the wrong kind or too long.
        """
        if not isinstance(row, Mapping):
            raise RequestError("A case must be an object with a title.")
        given = {k: row[k] for k in row if k in _NAMES}
        for name in ("teaching", "findings", "tags"):
            if name in given:
                given[name] = _words(name, given[name])
        if "learned" in given:
            given["learned"] = _pairs(given["learned"])
        return cls(uv=uv, **{"title": "", **given, **more})


_NAMES = {f.name for f in dataclasses.fields(Case)} - {"uv", "shipped"}


def from_generated(generated: "Generated", title: str, **texts: Any) -> Case:
    """A case of a generated or simulated ECG.

    Args:
        texts: further attributes of `Case`: history, answer, tags ...

    Raises:
        RequestError: a text is too long or the title empty.
    """
    from sediff.findings import FINDINGS

    spec, provenance = generated.spec, generated.ecg.provenance
    shown = (*spec.findings, *generated.implied)
    stated = [one for one in shown if not FINDINGS[one.id].vague]
    ids = tuple(f"{one.id}:{one.stage}" if one.stage else one.id for one in stated)
    facts = {
        "findings": ids,
        "family": FINDINGS[stated[0].id].family if stated else "normal",
        "age": spec.age,
        "sex": spec.sex,
        "spec": spec.to_json(),
        "weights": _weights(provenance.get("weights")),
        "how": provenance.get("how", "generated"),
        "learned": tuple((one.id, one.sentence) for one in generated.findings),
    }
    return Case(title=title, uv=generated.ecg.uv, fs=generated.ecg.fs, **{**facts, **texts})


def _weights(told: Any) -> Any:
    """The denoiser's hash; '' where what the ECG tells of its making is not ours."""
    return told.get("denoiser.safetensors", "") if isinstance(told, Mapping) else ""


def _check_texts(case: Case) -> None:
    for name in ("title", "history", "question", "answer", "spec", "weights", "family", "changed"):
        text = getattr(case, name)
        if not isinstance(text, str) or "\x00" in text or not _is_text(text):
            raise RequestError(f"The {name} of a case must be text.")
    if not case.title.strip():
        raise RequestError("The case needs a title.")
    if len(case.title) > MAX_TITLE:
        raise RequestError(f"The title may have {MAX_TITLE} characters.")
    if len(case.teaching) > MAX_POINTS:
        raise RequestError(f"A case may have {MAX_POINTS} teaching points.")
    for text in (case.history, case.question, case.answer, *case.teaching):
        if len(text) > MAX_TEXT:
            raise RequestError(f"A text of a case may have {MAX_TEXT:,} characters.")
    if len(case.spec) > MAX_SPEC or max(map(len, (case.weights, case.family, case.changed))) > 100:
        raise RequestError("The settings of this case are too long.")


def _check_facts(case: Case) -> None:
    if len(case.tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in case.tags):
        raise RequestError(f"A case may have {MAX_TAGS} tags of {MAX_TAG} characters.")
    if len(case.findings) > MAX_FINDINGS or len(case.learned) > MAX_FINDINGS:
        raise RequestError(f"A case may have {MAX_FINDINGS} findings.")
    if isinstance(case.difficulty, bool) or case.difficulty not in DIFFICULTIES:
        raise RequestError("The difficulty must be 1, 2 or 3.")
    if case.age is not None and not (_is_number(case.age) and 0 <= case.age <= 130):
        raise RequestError("The age of a case must be 0 to 130 years.")
    if case.sex not in (None, "female", "male"):
        raise RequestError("The sex of a case must be 'female' or 'male'.")
    if case.how not in WAYS:
        raise RequestError("A case must be 'generated' or 'simulated'.")
    if not isinstance(case.id, str) or not _ID.fullmatch(case.id):
        raise RequestError("The id of a case must be 10 to 64 letters, digits, '-' and '_'.")


def _check_samples(case: Case) -> None:
    if case.uv.ndim != 2 or case.uv.shape[0] != len(LEADS) or case.uv.dtype != np.int16:
        raise RequestError("The ECG of a case must be 12 leads of int16 microvolts.")
    low, high = _FS_RANGE
    if isinstance(case.fs, bool) or not isinstance(case.fs, int) or not low <= case.fs <= high:
        raise RequestError(f"The sampling rate of a case must be {low} to {high} Hz.")
    if not case.fs <= case.uv.shape[1] <= MAX_SAMPLES:
        raise RequestError("The ECG of a case must last from one second to a minute.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(text: str) -> bool:
    """Whether it can be written: half of a surrogate pair cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _words(name: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(
        isinstance(v, str) and "\x00" not in v and _is_text(v) for v in values
    ):
        raise RequestError(f"The {name} of a case must be a list of texts.")
    return tuple(values)


def _pairs(values: Any) -> tuple[tuple[str, str], ...]:
    pairs = values if isinstance(values, list | tuple) else [()]
    if any(not isinstance(pair, list | tuple) or len(pair) != 2 for pair in pairs):
        raise RequestError("The sources of a case must be pairs of a finding and a sentence.")
    texts = _words("sources", [str(part) for pair in pairs for part in pair])
    return tuple((a[:100], b[:400]) for a, b in zip(texts[::2], texts[1::2], strict=True))
