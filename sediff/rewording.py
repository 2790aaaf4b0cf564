"""Change one finding in a report and leave its other words alone.

Every edit is tried as text and read back: the first wording counts that changes what was asked
and nothing else. Where no cut does, the report is written anew from what was read in it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from sediff.errors import RequestError
from sediff.findings.items import STOP, Item
from sediff.findings.matching import Match
from sediff.findings.registry import FINDINGS
from sediff.findings.scan import Scan, scan
from sediff.report import Reading, describe, read
from sediff.spec import LIMITS, MAX_REPORT, Stated

__all__ = ["Certainty", "certainty_of", "restated", "with_word", "without"]

Certainty = Literal["sure", "possible", "no"]
_BEFORE: dict[Certainty, str] = {"sure": "", "possible": "possible ", "no": "no "}
_POSSIBLE = 0.5  # how the reader takes the word 'possible'
_MOST_ITEMS = 8  # on either side of a finding: what a cut may take with it
_HARD = "The report cannot be changed there: edit its words instead."
_Key = tuple[str, str]  # certainty, stage
_Wordings = Callable[[str, Match, Scan], Iterator[str]]

# What a cut leaves behind: (pattern, what stands there instead).
_TIDY = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[ \t]{2,}", " "),
        (r"[ \t]+([,.;:!?])", r"\1"),
        (r"([,;:])(?:[ \t]*[,;:])+", r"\1"),
        (r"[,;:]+[ \t]*([.!?])", r"\1"),
        (r"([.!?])(?:[ \t]*[.,;:])+", r"\1"),
        (r"\([ \t]*\)", ""),
        (r"(?m)^[ \t]*[,;:.][ \t]*", ""),
        (r"\n{3,}", "\n\n"),
        (r"[\s,;:]+$", ""),
        (r"^\s+", ""),
    )
)

# Words that a cut must not leave without what they spoke of.
_LOOSE = re.compile(
    r"(?i)\b(no|or|and|with|und|oder|mit|kein)\s*[,.;:)]|[.;]\s*(and|or|und|oder)\b|\b(no|with)\s+(and|or)\b"
)


def certainty_of(reading: Reading, id: str) -> Certainty | None:
    """How the report states a finding; None where it does not speak of it."""
    stated = next((one for one in reading.findings if one.id == id), None)
    if stated is not None:
        return "sure" if stated.certainty >= FINDINGS[id].certainty else "possible"
    return "no" if any(one.id == id for one in reading.negated) else None


def without(report: str, id: str) -> str:
    """The report with every mention of a finding cut out.

    Raises:
        RequestError: the words cannot be changed that way.
    """
    return _changed(report, id, None, _cuts)


def restated(report: str, id: str, certainty: Certainty, stage: str | None = None) -> str:
    """The report with a finding said otherwise.

    Args:
        certainty: present, possible, or denied.
        stage: of the finding; None leaves it as it is, '' is the usual one.

    Raises:
        RequestError: the words cannot be changed that way.
    """
    found = _keys(read(report)).get(id, ("", ""))
    wanted = (certainty, found[1] if stage is None else stage)
    if wanted == found:
        return report

    def wordings(text: str, at: Match, whole: Scan) -> Iterator[str]:
        same = text[whole.items[at.first].start : whole.items[at.last].end]
        name = FINDINGS[id].at(wanted[1]).name if wanted[1] else FINDINGS[id].name
        spans = _spans(whole, at)
        if certainty == "no":  # a hedge that stays would read 'possible no infarct'
            spans = spans[::-1]
        for words in (same, name) if wanted[1] == found[1] else (name,):
            for start, end in spans:
                told = _BEFORE[certainty] + _inside(words, id)
                stop = "," if text[start:end].endswith("?") else ""  # it parted two statements
                yield _joined(text[:start], text[start:end], f"{told}{stop} {text[end:]}")

    return _changed(report, id, wanted, wordings)


def with_word(report: str, old: str, new: str) -> str:
    """The report with a word that was not understood replaced wherever it stands."""
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, report)


def _changed(report: str, id: str, wanted: _Key | None, wordings: _Wordings) -> str:
    """The report with every mention of a finding reworded, the last one first; else anew."""
    before = read(report)
    text = report
    for k in reversed(range(len(_mentions(scan(report), id)))):
        whole = scan(text)
        places = _mentions(whole, id)
        if k < len(places):
            tries = wordings(text, places[k], whole)
            text = _first_good(tries, before, report, id, wanted, k + 1)
    if _keys(read(text)).get(id) != wanted or (not text and not _is_all(before, id)):
        text = _anew(before, id, wanted)
    if len(text) > MAX_REPORT:
        raise RequestError(f"The report would be longer than {MAX_REPORT:,} characters.")
    return text


def _mentions(whole: Scan, id: str) -> list[Match]:
    return [match for match in whole.matches if match.id == id]


def _first_good(
    tries: Iterator[str], before: Reading, report: str, id: str, wanted: _Key | None, mentions: int
) -> str:
    """The first wording that leaves no loose word and changes nothing else; '' without one."""
    loose = len(_LOOSE.findall(report))
    return next(
        (
            tried
            for tried in tries
            if len(_LOOSE.findall(tried)) <= loose
            and _only_changed(before, read(tried), id, wanted, mentions)
        ),
        "",
    )


def _is_all(before: Reading, id: str) -> bool:
    """Whether the report says nothing but this finding."""
    named = {one.id for one in (*before.findings, *before.negated)}
    return named == {id} and not before.numbers and not before.sex and not before.unknown


def _only_changed(
    before: Reading, after: Reading, id: str, wanted: _Key | None, mentions: int
) -> bool:
    """Whether `after` says of the finding what is wanted, and of all else what `before` said.

    Of several mentions each is changed in turn; until the last, the finding may be as it was.
    """
    old, new = _keys(before), _keys(after)
    kept = old.pop(id, None)
    now = new.pop(id, None)
    if now != wanted and not (mentions > 1 and now == kept):
        return False
    if any(one.id == id and one.certainty < FINDINGS[id].certainty for one in after.negated):
        return False  # 'possible no infarct'
    return (
        old == new
        and dict(before.numbers) == dict(after.numbers)
        and before.sex == after.sex
        and set(after.st_mv) <= set(before.st_mv)
        and set(after.unknown) <= set(before.unknown)
    )


def _keys(reading: Reading) -> dict[str, _Key]:
    """Finding -> how it is stated."""
    stages = {one.id: one.stage for one in (*reading.negated, *reading.findings)}
    return {id: (certainty_of(reading, id) or "", stage) for id, stage in stages.items()}


def _cuts(text: str, at: Match, whole: Scan) -> Iterator[str]:
    """The text without the words of a match, its 'and' first, then the widest cut."""
    spans = _spans(whole, at)
    sides = ((-1, True), (1, True), (-1, False), (1, False))
    for step, joined in sides:
        for start, end in spans if joined else spans[::-1]:
            first = _separator(whole.items, start, step, joined) if step < 0 else start
            last = _separator(whole.items, end, step, joined) if step > 0 else end
            if not joined or (first, last) != (start, end):
                yield _joined(text[:first], text[first:last], text[last:])


def _spans(whole: Scan, at: Match) -> list[tuple[int, int]]:
    """Stretches of the report around a match that hold no other finding, the narrowest first."""
    items = whole.items
    firsts, lasts = _reach(whole, at, -1), _reach(whole, at, 1)
    pairs = [(items[a].start, items[b].end) for a in firsts for b in lasts]
    return sorted(pairs, key=lambda span: span[1] - span[0])


def _reach(whole: Scan, at: Match, step: int) -> list[int]:
    """Items at which a stretch around the match may end, on one side of it."""
    taken = {k for match in whole.matches if match is not at for k in match.used}
    k = at.first if step < 0 else at.last
    found = [k]
    for _ in range(_MOST_ITEMS):
        k += step
        if not 0 <= k < len(whole.items) or k in taken:
            break
        if whole.items[k].kind in ("mark", "join", "end"):
            break
        found.append(k)
    return found


def _separator(items: list[Item], edge: int, step: int, joined: bool) -> int:
    """Where the 'and', or else the comma, beside a cut ends; the edge where none stands there."""
    if step < 0:
        near = next((item for item in reversed(items) if item.end <= edge), None)
    else:
        near = next((item for item in items if item.start >= edge), None)
    comma = near is not None and near.kind == "mark" and near.level < STOP
    if near is None or not (near.kind == "join" or (comma and not joined)):
        return edge
    return near.start if step < 0 else near.end


def _inside(words: str, id: str) -> str:
    """Words from the start of a sentence as they stand within one: names keep their capital."""
    finding = FINDINGS[id]
    small = words[:1].lower() + words[1:]
    known = (finding.name, *finding.english, *(stage.name for stage in finding.stages))
    return small if any(name.startswith(small.split()[0]) for name in known) else words


def _joined(before: str, cut: str, after: str) -> str:
    """What is left, with a capital where the cut stood at the start of a sentence."""
    if cut.lstrip()[:1].isupper() and before.rstrip(" \t")[-1:] in ("", ".", "!", "?", "\n"):
        after = after.lstrip(" \t,;:")
        after = after[:1].upper() + after[1:]
    return _tidy(f"{before} {after}")


def _tidy(text: str) -> str:
    for pattern, instead in _TIDY:
        text = pattern.sub(instead, text)
    return text


def _anew(before: Reading, id: str, wanted: _Key | None) -> str:
    """The report written from what was read in it, with the finding as wanted."""
    stated = [one for one in before.findings if one.id != id]
    denied = [one for one in before.negated if one.id != id]
    if wanted is not None:
        one = Stated(id, stage=wanted[1])
        low = replace(one, certainty=_POSSIBLE * FINDINGS[id].certainty)
        (denied if wanted[0] == "no" else stated).append(low if wanted[0] == "possible" else one)
    parts = [_person(before), describe(stated)]
    parts += [f"No {FINDINGS[one.id].name}." for one in denied]
    parts += [_number(name, value) for name, value in before.numbers.items() if name != "age"]
    parts += [_level(lead, level) for lead, level in before.st_mv]
    text = " ".join(filter(None, parts))
    after = read(text)
    if not _only_changed(before, after, id, wanted, 1):
        raise RequestError(_HARD)
    return text


def _person(reading: Reading) -> str:
    person = {"female": "woman", "male": "man", None: "patient"}[reading.sex]
    if "age" in reading.numbers:
        return f"{reading.numbers['age']:.0f}-year-old {person}."
    return f"{person.capitalize()}." if reading.sex else ""


_NAMES = {
    "heart_rate": "Heart rate", "pr_ms": "PR", "qrs_ms": "QRS", "qt_ms": "QT", "qtc_ms": "QTc",
    "axis_deg": "Axis", "p_mv": "P", "t_mv": "T",
}  # fmt: skip


def _number(name: str, value: float) -> str:
    unit = LIMITS[name][2] if name in LIMITS else "ms"
    return f"{_NAMES.get(name, name)} {value:g} {unit}."


def _level(lead: str, level: float) -> str:
    return f"ST {'elevation' if level > 0 else 'depression'} {abs(level) * 10:g} mm in {lead}."
