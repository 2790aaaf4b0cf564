"""`Request`: what the user asked. `CaseSpec`: the complete, frozen case that is made from it.

A request leaves things open (`None`); a case spec has every number filled and says where each
came from. Both are plain values: equal specs give equal ECGs.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from sediff.errors import RequestError
from sediff.leads import LEADS, canonical_lead

SPEC_VERSION = 2
MAX_REPORT = 2000  # characters; no ECG report is longer, and the text encoder reads 256 tokens

Sex = Literal["female", "male"]
# field: set by the user. report: read from the words. finding: what that finding implies.
# population: drawn from real people of that age and sex. default: the app's neutral setting.
Origin = Literal["field", "report", "finding", "population", "default"]

# (lowest, highest, unit) that can be asked; what lies outside is not an ECG of an adult's heart.
LIMITS: Mapping[str, tuple[float, float, str]] = {
    "age": (18, 100, "years"),
    "heart_rate": (25, 220, "bpm"),
    "pr_ms": (80, 400, "ms"),
    "qrs_ms": (60, 220, "ms"),
    "qt_ms": (220, 700, "ms"),
    "axis_deg": (-180, 180, "degrees"),
    "p_mv": (0, 0.5, "mV"),
    "t_mv": (-1.0, 1.5, "mV"),
    "adherence": (0, 1, ""),
}
ST_LIMIT_MV = 1.0
WAVES = ("P", "Q", "R", "S", "T")
_WAVE_LIMITS = {"amplitude": (0.0, 3.0), "width": (0.5, 2.0), "shift_ms": (-60.0, 60.0)}


@dataclass(frozen=True)
class WaveChange:
    """A change of one wave against what the findings draw.

    Attributes:
        wave: P, Q, R, S or T.
        amplitude: factor, 1 leaves it, 0 removes the wave.
        width: factor on its duration.
        shift_ms: later (positive) or earlier, in ms.
    """

    wave: str
    amplitude: float = 1.0
    width: float = 1.0
    shift_ms: float = 0.0

    def __post_init__(self) -> None:
        if self.wave not in WAVES:
            raise RequestError(f"There is no wave {self.wave!r}: use one of {', '.join(WAVES)}.")
        for name, (low, high) in _WAVE_LIMITS.items():
            _number(f"{self.wave} {name}", getattr(self, name), low, high, "")


@dataclass(frozen=True)
class Stated:
    """A finding that the report states.

    Attributes:
        id: key in the vocabulary (`sediff.findings`).
        certainty: 1 stated, below 1 hedged ('possible', 'cannot rule out').
        words: the words of the report that said so.
        stage: of the finding, '' for the usual one.
        amount: how strongly it is drawn: 0.6 mild, 1 usual, 1.5 severe.
    """

    id: str
    certainty: float = 1.0
    words: str = ""
    stage: str = ""
    amount: float = 1.0


@dataclass(frozen=True)
class Request:
    """What the user asked; `None` means left open. Units as in `LIMITS`.

    Attributes:
        report: free text in English or German.
        p_mv: P peak in lead II. t_mv: T peak in lead II.
        st_mv: (lead, mV) pairs: ST level 60 ms after the J point against the QRS onset.
        waves: changes of single waves.
        adherence: 0 'told only when each wave comes' .. 1 'close to the simulation'.
        seed: same seed and settings, same samples.
    """

    report: str = ""
    age: float | None = None
    sex: Sex | None = None
    heart_rate: float | None = None
    pr_ms: float | None = None
    qrs_ms: float | None = None
    qt_ms: float | None = None
    axis_deg: float | None = None
    p_mv: float | None = None
    t_mv: float | None = None
    st_mv: tuple[tuple[str, float], ...] = ()
    waves: tuple[WaveChange, ...] = ()
    adherence: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.report, str):
            raise RequestError("The report must be text.")
        if not _is_text(self.report):
            raise RequestError("The report holds broken characters: type it again.")
        if len(self.report) > MAX_REPORT:
            raise RequestError(
                f"The report has {len(self.report):,} characters: shorten it to {MAX_REPORT:,}."
            )
        for name, (low, high, unit) in LIMITS.items():
            value = getattr(self, name)
            if value is not None:
                _number(name, value, low, high, unit)
        if self.sex not in (None, "female", "male"):
            raise RequestError(f"Sex must be 'female' or 'male', not {self.sex!r}.")
        if (
            isinstance(self.seed, bool)
            or not isinstance(self.seed, int)
            or not (0 <= self.seed < 2**31)
        ):
            raise RequestError(f"The seed must be a whole number from 0 to {2**31 - 1}.")
        object.__setattr__(self, "st_mv", _st_pairs(self.st_mv))

    @classmethod
    def from_mapping(cls, row: Mapping[str, Any]) -> Self:
        """Build a request from a JSON object; unknown keys are ignored, null means not given.

        Raises:
            RequestError: a value is of the wrong kind or out of range.
        """
        if not isinstance(row, Mapping):
            raise RequestError("A request must be a JSON object with at least a report.")
        names = {f.name for f in dataclasses.fields(cls)} - {"waves"}  # waves: the app's own
        given = {k: v for k, v in row.items() if k in names and v is not None}
        st_mv = given.pop("st_mv", ())
        if isinstance(st_mv, Mapping):
            st_mv = tuple(st_mv.items())
        elif isinstance(st_mv, str):
            st_mv = parse_st(st_mv)
        seed = given.get("seed")
        if isinstance(seed, float) and seed.is_integer():  # some writers of JSON know no integers
            given["seed"] = int(seed)
        return cls(**given, st_mv=st_mv)


@dataclass(frozen=True)
class CaseSpec:
    """A complete case: nothing is open except what does not exist (no PR without P waves).

    Attributes:
        findings: what the report states, in its order.
        rhythm: key of the rhythm engine: 'sinus', 'af', 'vt' ...
        conduction: how atrial beats reach the ventricles: 'normal', 'mobitz_1' ...
        ectopy: (key, share of all beats) of premature beats.
        pacing: how a pacemaker works, '' without one.
        technique: keys of what recording does to the signal.
        heart_rate: 60 / mean RR of all ventricular beats, bpm.
        rr_sd_ms: standard deviation of the sinus RR intervals, ms.
        pr_ms: P onset to QRS onset; None without P waves.
        waves, st_mv, p_mv, t_mv: as in `Request`; p_mv and t_mv None: what the findings draw.
        lacks: numbers that do not exist with these findings (no rate in fibrillation).
        conflicts: sentences on findings that no heart has together.
        origins: (name, origin) of every number.
        notes: sentences for the user: contradictions, words not understood, what was filled in.
    """

    report: str
    age: float
    sex: Sex
    heart_rate: float
    qrs_ms: float
    qt_ms: float
    axis_deg: float
    pr_ms: float | None
    findings: tuple[Stated, ...] = ()
    rhythm: str = "sinus"
    conduction: str = "normal"
    ectopy: tuple[tuple[str, float], ...] = ()
    pacing: str = ""
    technique: tuple[str, ...] = ()
    rr_sd_ms: float = 25.0
    p_mv: float | None = None
    t_mv: float | None = None
    st_mv: tuple[tuple[str, float], ...] = ()
    waves: tuple[WaveChange, ...] = ()
    adherence: float = 0.5
    seed: int = 0
    lacks: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()
    notes: tuple[str, ...] = ()
    version: int = field(default=SPEC_VERSION)

    def origin(self, name: str) -> Origin:
        """Where the number `name` came from."""
        return dict(self.origins).get(name, "default")

    def has(self, *ids: str) -> bool:
        """Whether any of these findings is stated, with whatever certainty."""
        return any(stated.id in ids for stated in self.findings)

    def to_json(self) -> str:
        """Serialise; `from_json` gives back an equal spec."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            RequestError: not such a text, or from a newer version of the app.
        """
        try:
            row = json.loads(text)
            if row.get("version", 0) > SPEC_VERSION:
                raise RequestError("This case was made by a newer version: update the app.")
            row["findings"] = tuple(Stated(**f) for f in row["findings"])
            row["waves"] = tuple(WaveChange(**w) for w in row["waves"])
            for name in ("st_mv", "origins", "ectopy"):
                row[name] = tuple((str(a), b) for a, b in row[name])
            for name in ("notes", "technique", "lacks", "conflicts"):
                row[name] = tuple(row[name])
            return cls(**row)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RequestError("This is not a case that this app has written.") from error


def parse_st(text: str) -> tuple[tuple[str, float], ...]:
    """Parse 'V2=0.3,V3=0.4' into (lead, mV) pairs.

    Raises:
        RequestError: not of that form.
    """
    pairs = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        lead, _, value = part.partition("=")
        try:
            pairs.append((lead, float(value)))
        except ValueError as error:
            raise RequestError(f"ST must look like V2=0.3,V3=0.4, not {part!r}.") from error
    return _st_pairs(tuple(pairs))


def _st_pairs(pairs: Any) -> tuple[tuple[str, float], ...]:
    if isinstance(pairs, Mapping):
        pairs = tuple(pairs.items())
    result: dict[str, float] = {}
    try:
        for lead, value in pairs:
            name = canonical_lead(str(lead))
            if name is None:
                raise RequestError(f"There is no lead {lead!r}: use one of {', '.join(LEADS)}.")
            result[name] = _number(f"ST in {name}", value, -ST_LIMIT_MV, ST_LIMIT_MV, "mV")
    except (TypeError, ValueError) as error:
        raise RequestError("ST must be pairs of a lead and a level in mV.") from error
    return tuple(sorted(result.items(), key=lambda pair: LEADS.index(pair[0])))


def _is_text(report: str) -> bool:
    """Whether the characters can be written: half of a surrogate pair cannot."""
    try:
        report.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _short(value: float) -> str:
    try:
        return f"{value:g}"
    except OverflowError:  # a whole number of hundreds of digits
        return "that"


def _number(name: str, value: Any, low: float, high: float, unit: str) -> float:
    label = name.removesuffix("_ms").removesuffix("_deg").removesuffix("_mv").replace("_", " ")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or value != value:
        raise RequestError(f"The {label} must be a number, not {value!r}.")
    if not low <= value <= high:
        raise RequestError(
            f"The {label} must be between {low:g} and {high:g} {unit}".rstrip()
            + f", not {_short(value)}."
        )
    return float(value)
