"""Building blocks of criteria: numbers, leads, rhythm, and how checks combine.

A check abstains (`met` None) where a measurement that decides it abstains; it never guesses.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Literal

from sediff.criteria.check import Check, Outcome, Subject
from sediff.criteria.judge import all_met
from sediff.measure.values import LeadWaves, Measurements, RhythmClass, Span, Value

Wave = Literal["P", "PR", "QRS", "ST", "T", "QT", "RR"]
Limit = float | Callable[[Subject], float]  # a limit may depend on age and sex

Reader = Callable[[LeadWaves], float]


def number(
    name: str,
    attribute: str,
    *,
    low: Limit | None = None,
    high: Limit | None = None,
    wave: Wave | None = None,
) -> Check:
    """A measured value within limits (both inclusive).

    Args:
        name: the question. attribute: path in `Measurements`: 'qrs_ms', 'rhythm_seen.atrial_rate'.
        low, high: limits, numbers or functions of the subject.
        wave: what to highlight in all leads.
    """
    read = attrgetter(attribute)

    def check(subject: Subject) -> Outcome:
        value: Value = read(subject.measured)
        below, above = _limit(low, subject), _limit(high, subject)
        outcome = Outcome(
            name, None, value.value, value.unit, _words(below, above, value.unit), value.reason,
            spans=spans_of(subject.measured, wave) if wave else (),
        )  # fmt: skip
        if value.value is None:
            absent = value.status == "absent"
            return replace(outcome, met=False if absent else None)
        return replace(outcome, met=_within(value.value, below, above))

    return check


def in_leads(
    name: str,
    leads: Sequence[str],
    read: str | Reader,
    *,
    low: Limit | Mapping[str, Limit] | None = None,
    high: Limit | Mapping[str, Limit] | None = None,
    need: int | None = None,
    contiguous: bool = False,
    wave: Wave = "QRS",
    unit: str = "mV",
) -> Check:
    """A reading of the dominant beat within limits in some of the leads.

    Args:
        name: the question. leads: where to look, in anatomical order.
        read: attribute of `LeadWaves`, or a function of it.
        low, high: limits (inclusive): one, or one per lead.
        need: in how many of the leads; None: in all.
        contiguous: whether those must be neighbours in `leads`.
        wave: what to highlight in the leads that meet it. unit: of the reading.
    """
    reader = attrgetter(read) if isinstance(read, str) else read
    wanted = len(leads) if need is None else need

    def check(subject: Subject) -> Outcome:
        seen: dict[str, float] = {
            lead: reader(subject.measured.leads[lead])
            for lead in leads
            if lead in subject.measured.leads
        }
        limits = {lead: (_of(low, lead, subject), _of(high, lead, subject)) for lead in leads}
        good = [lead for lead, value in seen.items() if _within(value, *limits[lead])]
        missing = [lead for lead in leads if lead not in seen]
        best = longest_run(good, leads) if contiguous else good
        possible = longest_run([*good, *missing], leads) if contiguous else [*good, *missing]
        met = True if len(best) >= wanted else None if len(possible) >= wanted else False
        where = f"{wanted} of {len(leads)} leads" if wanted < len(leads) else ", ".join(leads)
        return Outcome(
            name, met, _most_telling(seen, limits, best), unit,
            f"{_words(*next(iter(limits.values())), unit)} in {where}",
            _reason(best, missing, met, subject.measured),
            tuple(best) if met else tuple(seen),
            spans_of(subject.measured, wave),
        )  # fmt: skip

    return check


def rhythm_is(*names: RhythmClass) -> Check:
    """The rhythm is one of these classes."""

    def check(subject: Subject) -> Outcome:
        seen = subject.measured.rhythm_seen
        met = None if seen.name == "unsure" else seen.name in names
        words = " or ".join(map(rhythm_words, names))
        reason = seen.reason or ("" if met else f"It reads as {rhythm_words(seen.name)}.")
        return Outcome("Rhythm", met, threshold=words, reason=reason)

    return check


_ABBREVIATIONS = {"av": "AV", "af": "AF", "vf": "VF", "svt": "SVT"}


def rhythm_words(name: str) -> str:
    """A class of rhythm as people write it."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in name.split("_"))


def truth(
    name: str,
    holds: Callable[[Measurements], bool | None],
    threshold: str = "",
    spans: Callable[[Measurements], Sequence[Span]] = lambda _: (),
    leads: Sequence[str] = (),
) -> Check:
    """Anything else that holds or does not; None: it cannot be told."""

    def check(subject: Subject) -> Outcome:
        held = holds(subject.measured)
        met = None if held is None else bool(held)  # a numpy bool is never `is True`
        reason = "" if met is not None else "The measurements do not allow to tell."
        return Outcome(
            name, met, threshold=threshold, reason=reason, leads=tuple(leads),
            spans=tuple(spans(subject.measured)),
        )  # fmt: skip

    return check


def all_of(name: str, *checks: Check) -> Check:
    """All parts are met."""

    def check(subject: Subject) -> Outcome:
        parts = tuple(part(subject) for part in checks)
        return _combined(name, all_met(parts), parts, "all of these")

    return check


def any_of(name: str, *checks: Check, need: int = 1) -> Check:
    """At least `need` of the parts are met."""

    def check(subject: Subject) -> Outcome:
        parts = tuple(part(subject) for part in checks)
        sure = sum(p.met is True for p in parts)
        open_ = sum(p.met is None for p in parts)
        met = True if sure >= need else None if sure + open_ >= need else False
        return _combined(name, met, parts, f"{need} of these" if need > 1 else "one of these")

    return check


def unless(name: str, other: Check) -> Check:
    """Met where the other check is not."""

    def check(subject: Subject) -> Outcome:
        found = other(subject)
        met = None if found.met is None else not found.met
        return replace(found, name=name, met=met, threshold=f"not: {found.threshold}")

    return check


def by_sex(female: float, male: float) -> Callable[[Subject], float]:
    """A limit that depends on sex; unknown: the higher one."""
    return lambda subject: {"female": female, "male": male}.get(
        subject.sex or "", max(female, male)
    )


def longest_run(chosen: Collection[str], order: Sequence[str]) -> list[str]:
    """The longest stretch of neighbours in `order` that are all chosen."""
    best: list[str] = []
    run: list[str] = []
    for lead in order:
        run = [*run, lead] if lead in chosen else []
        best = max(best, run, key=len)
    return best


def spans_of(measured: Measurements, wave: Wave) -> tuple[Span, ...]:
    """Where a wave lies in every beat that has it, s."""
    found: list[Span] = []
    for here, after in zip(measured.beats, (*measured.beats[1:], None), strict=False):
        t_off = here.t[1] if here.t else None
        span: Span | None = {
            "P": here.p,
            "PR": (here.p[0], here.qrs[0]) if here.p else None,
            "QRS": here.qrs,
            "ST": (here.qrs[1], min(here.qrs[1] + 0.08, t_off or here.qrs[1] + 0.08)),
            "T": here.t,
            "QT": (here.qrs[0], t_off) if t_off else None,
            "RR": (here.r_s, after.r_s) if after else None,
        }[wave]
        if span is not None:
            found.append(span)
    return tuple(found)


def _limit(limit: Limit | None, subject: Subject) -> float | None:
    return limit(subject) if callable(limit) else limit


def _of(limit: Limit | Mapping[str, Limit] | None, lead: str, subject: Subject) -> float | None:
    return _limit(limit[lead] if isinstance(limit, Mapping) else limit, subject)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _words(low: float | None, high: float | None, unit: str) -> str:
    """A limit in words; those a hair off a round number exclude it: 119.9 ms is 'below 120'."""
    above = None if low is None else _round_below(low, unit)
    below = None if high is None else _round_below(-high, unit)
    if low is not None and high is not None and above is None and below is None:
        return f"{low:g} to {high:g} {unit}".rstrip()
    ends = []
    if low is not None:
        ends.append(f"at least {low:g}" if above is None else f"above {above:g}")
    if high is not None:
        ends.append(f"at most {high:g}" if below is None else f"below {-below:g}")
    return f"{' and '.join(ends)} {unit}".rstrip()


def _round_below(limit: float, unit: str) -> float | None:
    """The round number just below a limit, None where the limit is not a hair off one."""
    hair, step = (0.001, 0.1) if unit == "mV" else (0.1, 1.0)
    steps = (limit - hair) / step
    return round(round(steps) * step, 3) if abs(steps - round(steps)) < 1e-9 else None


def _most_telling(seen: Mapping[str, float], limits: Mapping, best: Sequence[str]) -> float | None:
    """The reading furthest beyond its limit, or nearest to it."""
    pool = [lead for lead in seen if lead in best] or list(seen)
    if not pool:
        return None

    def beyond(lead: str) -> float:
        low, high = limits[lead]
        return seen[lead] - low if low is not None else high - seen[lead]

    return round(seen[max(pool, key=beyond)], 3)


def _reason(
    best: Sequence[str], missing: Sequence[str], met: bool | None, measured: Measurements
) -> str:
    if met is None:
        first = missing[0]
        return measured.lead_faults.get(first, f"Lead {first} could not be read.")
    return "" if met or not best else f"Only in {', '.join(best)}."


def _combined(name: str, met: bool | None, parts: tuple[Outcome, ...], how: str) -> Outcome:
    telling = [p for p in parts if p.met] if met else [p for p in parts if p.met is not True]
    leads = tuple(dict.fromkeys(lead for p in telling for lead in p.leads))
    spans = tuple(dict.fromkeys(span for p in telling for span in p.spans))
    reason = "" if met else "; ".join(f"{p.name}: {p.reason or 'not met'}" for p in telling[:3])
    return Outcome(name, met, threshold=how, reason=reason, leads=leads, spans=spans, parts=parts)
