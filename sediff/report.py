"""Free text in English or German -> `Reading`, and findings -> text.

The reader knows the words of `sediff.findings` and nothing else. What it does not know it says;
what is denied is never drawn; what contradicts itself is reported, not repaired.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from sediff.findings.items import STOP, Item
from sediff.findings.matching import Match
from sediff.findings.meaning import SILENT
from sediff.findings.registry import FINDINGS, conflicts
from sediff.findings.scan import scan
from sediff.findings.writing import compose, compose_german, describe, number_text
from sediff.leads import LEADS
from sediff.spec import LIMITS, ST_LIMIT_MV, Sex, Stated

__all__ = ["Reading", "compose", "compose_german", "describe", "read"]

_USUAL_DEPRESSION_MV = -0.15
_NEAR = 60  # items: an amount belongs to words of its own sentence that stand no further off
_QTC_LIMITS = (250.0, 750.0, "ms")


@dataclass(frozen=True)
class Reading:
    """What a report says.

    Attributes:
        findings: stated findings in the order of the report, each once.
        negated: findings that the report denies.
        numbers: names of `sediff.spec.LIMITS`, and 'qtc_ms'; only values that can be drawn.
        st_mv: (lead, mV) pairs of stated ST levels, in the order of `LEADS`.
        sex: 'female', 'male' or None.
        unknown: words that were not understood, in order, each once.
        contradictions: sentences on statements that exclude each other.
        problems: sentences on values that cannot be drawn.
    """

    findings: tuple[Stated, ...] = ()
    negated: tuple[Stated, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    st_mv: tuple[tuple[str, float], ...] = ()
    sex: Sex | None = None
    unknown: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def not_drawn(self) -> tuple[str, ...]:
        """A sentence for each finding that is recognised but cannot be drawn yet."""
        return tuple(
            f"'{FINDINGS[one.id].name}' is recognised, but not yet drawn."
            for one in self.findings
            if not FINDINGS[one.id].drawable
        )


def read(text: str) -> Reading:
    """Read a report of any length in English or German; never raises on any text.

    Findings that the report hedges ('possible', 'cannot rule out', '?') keep a certainty below 1.
    """
    numbers, items, matches, denied, sure = scan(text)
    stated = _stated([m for m in matches if m not in denied], sure, items, text)
    refused = _stated([m for m in matches if m in denied], sure, items, text)
    values, disputes, problems = _checked_numbers(numbers.values)
    st_mv, st_problems = _st_levels(items, [m for m in matches if m not in denied])
    sexes = tuple(dict.fromkeys(numbers.sexes))
    disputes += [_both_sexes()] if len(sexes) > 1 else []
    return Reading(
        findings=stated,
        negated=refused,
        numbers=values,
        st_mv=st_mv,
        sex=sexes[0] if len(sexes) == 1 else None,  # type: ignore[arg-type]
        unknown=_unknown(items, matches, text),
        contradictions=tuple(disputes + _contradictions(stated, refused, values)),
        problems=tuple(problems + st_problems),
    )


def _stated(
    matches: Sequence[Match], sure: Mapping[Match, float], items: Sequence[Item], text: str
) -> tuple[Stated, ...]:
    """One `Stated` per finding; said twice, the surer one counts."""
    result: dict[str, Stated] = {}
    for match in matches:
        certainty = sure[match] * FINDINGS[match.id].certainty
        words = " ".join(text[items[match.first].start : items[match.last].end].split())
        before = result.get(match.id)
        if before is None or (certainty, match.stage) > (before.certainty, before.stage):
            degree = _degree(match, items)
            result[match.id] = Stated(match.id, certainty, words, match.stage, degree)
    return tuple(result.values())


def _degree(match: Match, items: Sequence[Item]) -> float:
    """How strongly a finding is said to be there: words among its own or just before them."""
    first = match.first
    while first > 0 and items[first - 1].kind == "quiet":
        first -= 1
    degrees = [item.degree for item in items[first : match.last + 1] if item.degree != 1]
    return degrees[-1] if degrees else 1.0


def _checked_numbers(
    values: Sequence[tuple[str, float]],
) -> tuple[dict[str, float], list[str], list[str]]:
    """Return usable values, sentences on two values, sentences on impossible values."""
    usable: dict[str, float] = {}
    disputes: list[str] = []
    problems: list[str] = []
    for name, value in values:
        low, high, unit = LIMITS.get(name, _QTC_LIMITS)
        label = number_text(name)
        if not low <= value <= high:
            problems.append(
                f"{label} of {value:g} cannot be drawn: use {low:g} to {high:g} {unit}."
            )
        elif usable.setdefault(name, value) != value:
            disputes.append(
                f"The report states two values for {label.split(' ', 1)[1]}: "
                f"{usable[name]:g} and {value:g} {unit}."
            )
    return usable, list(dict.fromkeys(disputes)), list(dict.fromkeys(problems))


def _both_sexes() -> str:
    return "The report names both a woman and a man."


def _st_levels(
    items: Sequence[Item], matches: Sequence[Match]
) -> tuple[tuple[tuple[str, float], ...], list[str]]:
    """Give every '2 mm' the leads and the direction that stand nearest in its sentence."""
    levels: dict[str, float] = {}
    problems: list[str] = []
    signs = _directions(matches)
    for k, item in enumerate(items):
        if item.kind != "amount":
            continue
        near = range(*_sentence(items, k))
        stated = [i for i in near if i in signs]
        lists = [i for i in near if items[i].leads]
        if not stated or not lists:
            continue
        sign = signs[min(stated, key=lambda i: abs(i - k))]
        nearest = min(lists, key=lambda i: (i < k, abs(i - k)))
        if item.amount_mv > ST_LIMIT_MV:
            problems.append(
                f"An ST level of {item.amount_mv:g} mV cannot be drawn: use up to {ST_LIMIT_MV:g}."
            )
            continue
        levels |= dict.fromkeys(items[nearest].leads, sign * item.amount_mv)
    levels = _usual_depressions(items, matches) | levels
    return tuple(sorted(levels.items(), key=lambda pair: LEADS.index(pair[0]))), problems


def _usual_depressions(items: Sequence[Item], matches: Sequence[Match]) -> dict[str, float]:
    """'ST depression in V5' without an amount: a usual one, in the leads it names."""
    levels: dict[str, float] = {}
    for match in matches:
        near = range(*_sentence(items, match.first)) if match.id == "st_depression" else ()
        if any(items[i].kind == "amount" for i in near):
            continue
        lists = [i for i in near if items[i].leads]
        if lists:
            nearest = min(lists, key=lambda i: (i < match.first, abs(i - match.first)))
            levels |= dict.fromkeys(items[nearest].leads, _USUAL_DEPRESSION_MV)
    return levels


def _sentence(items: Sequence[Item], k: int) -> tuple[int, int]:
    """The range of items of the sentence around item `k`."""
    first = last = k
    while first > max(0, k - _NEAR) and items[first - 1].level < STOP:
        first -= 1
    while last < min(len(items), k + _NEAR) and items[last].level < STOP:
        last += 1
    return first, last


def _directions(matches: Sequence[Match]) -> dict[int, int]:
    """Item -> +1 where an ST elevation stands, -1 where an ST depression stands."""
    return {
        match.first: -1 if "depression" in match.concepts else 1
        for match in matches
        if match.concepts & {"elevation", "depression", "stemi"}
    }


def _unknown(items: Sequence[Item], matches: Sequence[Match], text: str) -> tuple[str, ...]:
    """Words that mean nothing here, and words of the vocabulary that make up no finding."""
    used = {k for match in matches for k in match.used}
    return tuple(
        dict.fromkeys(
            text[item.start : item.end]
            for k, item in enumerate(items)
            if not item.names_number and (item.kind == "unknown" or _unused(item, k, used))
        )
    )


def _unused(item: Item, k: int, used: Set[int]) -> bool:
    return item.kind == "concepts" and k not in used and not SILENT.issuperset(item.concepts)


def _contradictions(
    stated: Sequence[Stated], refused: Sequence[Stated], values: Mapping[str, float]
) -> list[str]:
    ids = [one.id for one in stated]
    denied = {one.id for one in refused}
    return [
        *(sentence for _, _, sentence in conflicts(ids)),
        *(f"The report both states and denies {FINDINGS[id].name}." for id in ids if id in denied),
        *(sentence for id in ids for sentence in _against_numbers(id, values)),
    ]


def _against_numbers(id: str, values: Mapping[str, float]) -> list[str]:
    """Sentences on stated numbers that the finding rules out."""
    finding = FINDINGS[id]
    sentences = [
        f"{number_text(name)} of {values[name]:g} {_unit(name)} contradicts {finding.name}."
        for name, (low, high) in finding.requires.items()
        if name in values and not low <= values[name] <= high
    ]
    if "pr_ms" in finding.lacks and "pr_ms" in values:
        sentences.append(f"A PR interval contradicts {finding.name}: it has none.")
    return sentences


def _unit(name: str) -> str:
    return LIMITS.get(name, _QTC_LIMITS)[2]
