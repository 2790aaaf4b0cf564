"""What real ECGs measure, by finding, sex, age band and co-finding: the table that ships.

Computed by our own measurement on the training folds of PTB-XL (`python -m sediff.training
statistics`); no patient's report or signal is in it. Groups of fewer than `LEAST` have no row.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from sediff.assets import ASSETS
from sediff.errors import WeightsError
from sediff.findings import FINDINGS
from sediff.leads import LEADS

LEAST = 5  # people: nothing is shown of fewer, however many ECGs they have
LEAST_TO_DRAW = 30  # ECGs: a quantile of fewer says too little to draw a case from
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # the outer two only from LEAST_TO_DRAW ECGs
BANDS = (18, 40, 60, 75, 101)  # years: each band of PTB-XL holds over a thousand of either sex
MAIN = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg", "rr_sd_ms")
FURTHER = ("qt_ms", "p_ms", "p_axis_deg", "t_axis_deg", "p_mv", "t_mv")
PER_LEAD = tuple(f"{wave}_{lead}" for wave in ("r", "s", "st", "t") for lead in LEADS)
UNITS: Mapping[str, str] = {
    "heart_rate": "bpm", **dict.fromkeys(("axis_deg", "p_axis_deg", "t_axis_deg"), "°"),
    **dict.fromkeys(("p_mv", "t_mv", *PER_LEAD), "mV"),
}  # fmt: skip
LABELS: Mapping[str, str] = {
    "heart_rate": "rate", "pr_ms": "PR", "qrs_ms": "QRS", "qtc_ms": "QTc", "qt_ms": "QT",
    "axis_deg": "axis", "rr_sd_ms": "RR spread", "p_ms": "P", "p_axis_deg": "P axis",
    "t_axis_deg": "T axis", "p_mv": "P in II", "t_mv": "T in II",
    **{f"{w}_{lead}": f"{w.upper()} {lead}" for w in ("r", "s", "st", "t") for lead in LEADS},
}  # fmt: skip

# finding ids in their order, sex or '', age band or ''
Key = tuple[tuple[str, ...], str, str]

_ENOUGH = 0.05  # of the people, to be drawn from


@dataclass(frozen=True)
class Number:
    """One number of a group: ECGs that have it, and its quantiles at `QUANTILES`.

    The outer quantiles are None where fewer than `LEAST_TO_DRAW` have it.
    """

    n: int
    values: tuple[float | None, ...]

    @property
    def median(self) -> float:
        """The median."""
        return self._inner()[1]

    @property
    def quartiles(self) -> tuple[float, float]:
        """The quartiles."""
        low, _, high = self._inner()
        return low, high

    def draw(self, u: float, limits: tuple[float, float] | None = None) -> float:
        """The value at probability `u`, kept between the outermost known quantiles.

        Args:
            limits: draw only from the people inside them, where these are at least a twentieth;
                a change of the people then never turns a number the wrong way.
        """
        known = [(q, v) for q, v in zip(QUANTILES, self.values, strict=True) if v is not None]
        shares, values = [q for q, _ in known], [v for _, v in known]
        if limits is not None:
            low = 0.0 if limits[0] <= values[0] else float(np.interp(limits[0], values, shares))
            high = 1.0 if limits[1] >= values[-1] else float(np.interp(limits[1], values, shares))
            if high - low >= _ENOUGH:
                u = low + u * (high - low)
        return float(np.interp(u, shares, values))

    def _inner(self) -> tuple[float, float, float]:
        low, middle, high = self.values[1:4]
        if low is None or middle is None or high is None:
            raise WeightsError("The table of statistics is damaged: restore it with git checkout.")
        return low, middle, high


@dataclass(frozen=True)
class Group:
    """Real ECGs of one kind.

    Attributes:
        findings: ids that all of them state, () for everyone. sex, band: '' for all.
        n: ECGs. numbers: name -> `Number`; names of `LABELS`.
        companions: (finding id, ECGs that state it too), the commonest first.
    """

    findings: tuple[str, ...]
    sex: str
    band: str
    n: int
    numbers: Mapping[str, Number]
    companions: tuple[tuple[str, int], ...] = field(default=())

    @property
    def people(self) -> str:
        """Who they are: 'women of 60-74 years with left bundle branch block'."""
        who = {"female": "women", "male": "men"}.get(self.sex, "people")
        years = f" of {self.band} years" if self.band else ""
        names = " and ".join(FINDINGS[id].name for id in self.findings)
        return who + years + (f" with {names}" if names else "")


def unit_of(name: str) -> str:
    """'bpm', 'ms', '°' or 'mV'."""
    return UNITS.get(name, "ms")


def band_of(age: float) -> str:
    """'18-39' and so on; ages outside count to the nearest band."""
    i = int(np.clip(np.searchsorted(BANDS, age, side="right"), 1, len(BANDS) - 1))
    return f"{BANDS[i - 1]}-{BANDS[i] - 1}"


def key_text(key: Key) -> str:
    """The key of a group in the file: 'lbbb+lae|female|60-74'."""
    return "|".join(("+".join(sorted(key[0])), key[1], key[2]))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Group]:
    path = ASSETS / "experience" / "statistics.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["groups"]
        return {key: _group(key, row) for key, row in rows.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"The table {path} is missing or damaged: restore it with git checkout."
        ) from error


def _group(key: str, row: Mapping[str, Any]) -> Group:
    findings, sex, band = key.split("|")
    numbers = {name: _number(v) for name, v in row["numbers"].items()}
    companions = tuple((id, int(n)) for id, n in row.get("with", ()))
    ids = tuple(findings.split("+")) if findings else ()
    return Group(ids, sex, band, int(row["n"]), numbers, companions)


def _number(row: Sequence[float | None]) -> Number:
    n, *values = row
    if n is None or len(values) != len(QUANTILES):
        raise ValueError(f"{len(values)} quantiles")
    return Number(int(n), tuple(values))


def group_of(findings: Sequence[str] = (), sex: str = "", band: str = "") -> Group | None:
    """The group of exactly these findings, sex and band; None under `LEAST` people.

    Raises:
        WeightsError: the table is missing or damaged.
    """
    return _table().get(key_text((tuple(map(representative, findings)), sex, band)))


def people(age: float, sex: str) -> Group:
    """Everyone of that sex and age band; raises `WeightsError` without the table."""
    group = group_of((), sex, band_of(age))
    if group is None:
        raise WeightsError("The table of statistics is damaged: restore it with git checkout.")
    return group


def representative(finding: str) -> str:
    """The finding under which the real ECGs of its SCP codes are counted.

    Codes do not tell a dual-chamber from another pacemaker: their ECGs are those of 'paced'.
    """
    if finding in _TOLD_BY_RATE:
        return finding
    codes = frozenset(FINDINGS[finding].scp)
    return _REPRESENTATIVES.get(codes, finding)


_TOLD_BY_RATE = ("af_rapid", "af_slow")
_NAMED_BY_CODE = ("anteroseptal_mi", "t_inversion")  # ASMI and INVT by the words of the standard
_REPRESENTATIVES: Mapping[frozenset[str], str] = {
    frozenset(finding.scp): finding.id
    for finding in (*reversed(tuple(FINDINGS.values())), *(FINDINGS[id] for id in _NAMED_BY_CODE))
    if finding.scp
}


def keys_for(findings: Sequence[str], age: float | None, sex: str | None) -> Iterator[Key]:
    """Groups that such a patient belongs to, the most specific first."""
    band = "" if age is None else band_of(age)
    ids = tuple(dict.fromkeys(map(representative, findings)))
    for one in dict.fromkeys(((sex or "", band), (sex or "", ""), ("", band), ("", ""))):
        yield (ids, *one)


def closest(
    findings: Sequence[str],
    age: float | None,
    sex: str | None,
    least: int = LEAST_TO_DRAW,
    number: str | None = None,
) -> Group | None:
    """The most specific group with at least `least` ECGs (that have `number`, where given)."""
    for key in keys_for(findings, age, sex):
        group = _table().get(key_text(key))
        if group is None or group.n < least:
            continue
        if number is None or (number in group.numbers and group.numbers[number].n >= least):
            return group
    return None


def statistics_for(
    findings: Sequence[str], age: float | None = None, sex: str | None = None
) -> list[Group]:
    """What real ECGs with these findings measure.

    Args:
        findings: ids of the vocabulary; those without real ECGs are left out.
        age: years. sex: 'female', 'male' or None.

    Returns:
        For every pair of findings that goes together, then for every finding, the most specific
        group with `LEAST_TO_DRAW` ECGs, else the widest there is.

    Raises:
        WeightsError: the table is missing or damaged.
    """
    ids = list(dict.fromkeys(map(representative, findings)))  # else a group comes twice
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    wanted: list[tuple[str, ...]] = [*pairs, *((id,) for id in ids)]
    found = [closest(w, age, sex) or group_of(w) for w in wanted]
    return [group for group in found if group is not None]
