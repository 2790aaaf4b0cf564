"""Marks an answer: which findings are right, which are missed, which the trace does not show.

An answer is compared with the findings of the case by kinship (`kinship`), and whatever it names
beyond them is put to the criteria on this very trace: what the trace shows is never called wrong.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sediff.findings import FINDINGS, Finding
from sediff.report import read
from sediff.spec import Stated

# correct, partial: of the case's findings. missed: of them, not named. wrong: named, not there.
# also: named, not asked for, and the trace shows it. open: named, and no criterion can tell.
Kind = Literal["correct", "partial", "missed", "wrong", "also", "open"]
Met = Callable[[str, str], bool | None]  # (finding, stage) -> whether the trace meets its criteria

_PART = 0.5  # credit of an answer that is near, too general, or of another stage
_UNSTAGED = 0.75  # the finding is right, its stage is not told
_HEDGED = 0.95  # certainty below which an answer is hedged
_LEAST_SURE = 0.5  # what a hedged answer counts at least
_SHARED = ("NORM",)  # codes that do not make two findings kin
_WHERE = re.compile("infer|poster|later|anter|sept")
_SIDES = frozenset({"left", "right"})
_DECISIVE = {"incomplete", "nodal"}  # words that make another finding, not a closer one
# Answers of one word that no report consists of.
_SHORT = {"normal": "normal ECG", "flutter": "atrial flutter", "fibrillation": ""}


@dataclass(frozen=True)
class Kin:
    """How an answered finding is related to one of the case.

    Attributes:
        credit: 0 to 1. reason: '' for the same; else 'stage', 'unstaged', 'general', 'part',
            'specific', 'age', 'near'; 'side' and 'look_alike' have no credit.
    """

    credit: float
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """What became of one finding of the case, or of one that was answered.

    Attributes:
        id, stage: of the finding that the line is about.
        credit: of a finding of the case, 0 to 1. reason: as in `Kin`; 'denied', 'vague'.
        given: ids of the answered findings that count for it. hedged: how sure they were, 1 sure.
    """

    kind: Kind
    id: str
    stage: str = ""
    credit: float = 0.0
    reason: str = ""
    given: tuple[str, ...] = ()
    hedged: float = 1.0


@dataclass(frozen=True)
class Marked:
    """A marked answer.

    Attributes:
        lines: findings of the case first, in their order.
        score: 0 to 1; naming what is not there lowers it.
        unknown: words that were not understood. contradictions: sentences of the reader.
    """

    lines: tuple[Line, ...]
    score: float
    unknown: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether everything was named and nothing that is not there."""
        return self.score > 0.99

    def of(self, *kinds: Kind) -> tuple[Line, ...]:
        """The lines of these kinds."""
        return tuple(line for line in self.lines if line.kind in kinds)


def asked_of(findings: Iterable[str]) -> tuple[Stated, ...]:
    """'id:stage' of a case -> findings to name; ids that the vocabulary lacks are left out.

    A plain sinus rhythm beside other findings need not be named.
    """
    pairs = [text.partition(":")[::2] for text in dict.fromkeys(findings)]
    known = [(id, stage) for id, stage in pairs if id in FINDINGS]
    told = [pair for pair in known if pair[0] != "sinus_rhythm"] or known
    return tuple(Stated(id, stage=stage if _has(id, stage) else "") for id, stage in told)


def understood(text: str) -> bool:
    """Whether any finding is read in an answer, stated or denied."""
    reading = read(_full(text))
    return bool(reading.findings or reading.negated)


def mark_text(text: str, asked: Sequence[Stated], met: Met) -> Marked:
    """Mark an answer in free text, English or German; never raises on any text.

    Args:
        asked: what the case shows. met: judges the trace.
    """
    reading = read(_full(text))
    denied = {one.id for one in reading.negated}
    given = tuple(one for one in reading.findings if one.id not in denied)
    lines, used = [], set()
    for goal in asked:
        line = _goal(goal, given, denied, met)
        used |= set(line.given)
        lines.append(line)
    lines += [_extra(one, asked, met) for one in given if one.id not in used]
    return Marked(tuple(lines), _score(lines), reading.unknown, reading.contradictions)


def mark_choice(picked: Stated | None, right: Stated) -> Marked:
    """Mark the choice of one option; None: none was chosen."""
    if picked is not None and (picked.id, picked.stage) == (right.id, right.stage):
        lines = [Line("correct", right.id, right.stage, 1.0, given=(right.id,))]
    else:
        lines = [Line("missed", right.id, right.stage)]
        if picked is not None:
            lines.append(Line("wrong", picked.id, picked.stage, reason=_apart(picked, [right])))
    return Marked(tuple(lines), lines[0].credit)


def skipped(asked: Sequence[Stated]) -> Marked:
    """No answer: everything is missed."""
    return Marked(tuple(Line("missed", one.id, one.stage) for one in asked), 0.0)


def kinship(given: Stated, goal: Stated, met: Met | None = None) -> Kin | None:
    """How an answered finding counts for one of the case; None where it does not."""
    if given.id == goal.id:
        return _same(given, goal)
    answer, truth = FINDINGS[given.id], FINDINGS[goal.id]
    if answer.id in truth.implies:
        return Kin(1 / len(truth.implies), "part") if len(truth.implies) > 1 else _half("general")
    if truth.id in answer.implies or _broader(truth, answer):
        shown = met(given.id, given.stage) if met else None
        return Kin({True: 1.0, None: _UNSTAGED, False: _PART}[shown], "specific")
    if _broader(answer, truth):
        return _half("general")
    return _half(_near(answer, truth))


def _half(reason: str) -> Kin | None:
    return Kin(_PART, reason) if reason else None


def _same(given: Stated, goal: Stated) -> Kin:
    if not goal.stage or _stage(given) == goal.stage:
        return Kin(1.0)
    return Kin(_PART, "stage") if given.stage else Kin(_UNSTAGED, "unstaged")


def _stage(one: Stated) -> str:
    """Its stage; the usual one where none is told."""
    stages = FINDINGS[one.id].stages
    return one.stage or (stages[0].id if stages else "")


def _has(id: str, stage: str) -> bool:
    return any(stage == one.id for one in FINDINGS[id].stages)


def _broader(wide: Finding, narrow: Finding) -> bool:
    """Whether the first names the second without its details: 'AV block', 'STEMI'."""
    if wide.id == "infarct":
        return narrow.family == "infarct" and not narrow.vague
    more = _words(narrow) - _words(wide)
    if _words(wide) < _words(narrow) and not more & _DECISIVE:
        return True
    return not _where(wide) and bool(_where(narrow)) and _sort(wide) == _sort(narrow)


def _near(answer: Finding, truth: Finding) -> str:
    """Why two findings are neighbours; '' where they are not."""
    sorts, places = {_sort(answer), _sort(truth)}, (_where(answer), _where(truth))
    if places[0] and places[0] == places[1] and sorts == {_MI, _STEMI}:
        return "age"
    if len(sorts) == 1 and set(places[0]) & set(places[1]):
        return "near"
    if _words(answer) ^ _words(truth) == {"incomplete"}:
        return "near"
    codes = set(answer.scp) & set(truth.scp) - set(_SHARED)
    return "near" if codes and not _sided(answer, truth) else ""


def _where(finding: Finding) -> frozenset[str]:
    return frozenset(_WHERE.findall(finding.id))


def _sort(finding: Finding) -> frozenset[str]:
    """What is left of an id without its territory: {'stemi'}."""
    return frozenset(w for w in finding.id.split("_") if w != "high" and not _WHERE.search(w))


_MI, _STEMI = frozenset({"mi"}), frozenset({"stemi"})


def _words(finding: Finding) -> frozenset[str]:
    return frozenset(finding.name.casefold().split())


def _sided(a: Finding, b: Finding) -> bool:
    """Whether two findings differ in their side alone."""
    return _words(a) ^ _words(b) == _SIDES


def _goal(goal: Stated, given: Sequence[Stated], denied: Collection[str], met: Met) -> Line:
    """The line of one finding of the case: the best of what was answered, or its parts."""
    found = [(one, kin) for one in given if (kin := kinship(one, goal, met)) is not None]
    if not found:
        reason = "denied" if goal.id in denied else ""
        return Line("missed", goal.id, goal.stage, reason=reason)
    ids = tuple(one.id for one, _ in found)
    best, kin = max(found, key=lambda pair: pair[1].credit * _sure(pair[0]))
    credit, reason = kin.credit * _sure(best), kin.reason
    parts = sum(kin.credit * _sure(one) for one, kin in found if kin.reason == "part")
    if parts > credit or (reason == "part" and parts > 0.99):
        credit, reason = min(parts, 1.0), "" if parts > 0.99 else "part"
    kind: Kind = "correct" if credit > 0.99 else "partial"
    return Line(kind, goal.id, goal.stage, credit, reason, ids, _sure(best))


def _sure(one: Stated) -> float:
    """What an answer counts for how sure it is; the reader's own doubt of a finding is left out."""
    certainty = one.certainty / FINDINGS[one.id].certainty
    return 1.0 if certainty >= _HEDGED else max(certainty, _LEAST_SURE)


def _extra(one: Stated, asked: Sequence[Stated], met: Met) -> Line:
    """The line of an answer that no finding of the case explains."""
    finding, sure = FINDINGS[one.id], _sure(one)
    excluded = any(_exclude(finding, FINDINGS[goal.id]) for goal in asked)
    shown = met(one.id, one.stage)
    if excluded or shown is False:
        return Line("wrong", one.id, one.stage, reason=_apart(one, asked), hedged=sure)
    if shown is None:
        reason = "vague" if finding.vague or finding.at(one.stage).criteria is None else ""
        return Line("open", one.id, one.stage, reason=reason, hedged=sure)
    return Line("also", one.id, one.stage, hedged=sure)


def _exclude(a: Finding, b: Finding) -> bool:
    normal = "normal_ecg" in (a.id, b.id) and not (a.benign and b.benign)
    return normal or b.id in a.conflicts or a.id in b.conflicts


def _apart(wrong: Stated, asked: Sequence[Stated]) -> str:
    """Why a wrong answer was tempting: the other side, or a known look-alike."""
    answer, truths = FINDINGS[wrong.id], [FINDINGS[one.id] for one in asked]
    if any(_sided(answer, truth) for truth in truths):
        return "side"
    if any(answer.id in truth.mimics or truth.id in answer.mimics for truth in truths):
        return "look_alike"
    return ""


def _score(lines: Sequence[Line]) -> float:
    """Credit over what had to be named plus what was named wrongly."""
    named = [line for line in lines if line.kind in ("correct", "partial", "missed")]
    wrong = sum(line.hedged for line in lines if line.kind == "wrong")
    return sum(line.credit for line in named) / max(len(named) + wrong, 1)


def _full(text: str) -> str:
    """The answer with lone short words written out."""
    parts = re.split(r"([,;.\n])", text)
    return "".join(_SHORT.get(part.strip().casefold()) or part for part in parts)
