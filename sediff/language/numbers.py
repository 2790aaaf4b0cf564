"""Quantities of a sentence as values: '0.12 s', 'at least 120 ms' and 'one hundred and twenty ms'
can be compared; a range is one quantity, not two."""

import re
from dataclasses import dataclass

_UNITS: dict[str, tuple[str, float]] = {
    word: (unit, factor)
    for unit, factor, words in (
        ("ms", 1, "ms msec msecs millisecond milliseconds"),
        ("ms", 1000, "s sec secs seconds"),
        ("mm", 1, "mm millimetre millimetres millimeter millimeters"),
        ("mm", 10, "mv millivolt millivolts"),  # at the usual gain, as reports use them
        ("%", 1, "% percent"),
        ("/min", 1, "bpm"),
        ("°", 1, "° degrees deg"),
        ("years", 1, "years yr yrs"),
        ("hours", 1, "h hour hours"),
        ("min", 1, "min minute minutes"),
        ("days", 1, "day days"),
        ("weeks", 1, "week weeks"),
        ("months", 1, "month months"),
        ("dose", 1, "mg mcg µg μg ml iu units tablet tablets ampoule ampoules"),
        ("mg/dl", 1, "mg/dl"),
        ("mmol/l", 1, "mmol/l"),
    )
    for word in words.split()
}
_LONGER_UNITS = (
    ("per cent", "%"),
    ("mg/dl", "mg/dl"),
    ("mmol/l", "mmol/l"),
    ("beats per minute", "bpm"),
    ("beats/min", "bpm"),
    ("per minute", "bpm"),
    ("/minute", "bpm"),
    ("/min", "bpm"),
    ("a minute", "bpm"),
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS: dict[str, float] = {
    **{word: k for k, word in enumerate(_SMALL.split())},
    **{word: 10 * k for k, word in enumerate(_TENS.split(), 2)},
    "dozen": 12,
    "half": 0.5,
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "triple": 3,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_BEFORE = {
    "≥": "≥", "≤": "≤", "<": "<", ">": ">",
    "at least": "≥", "not less than": "≥", "no less than": "≥", "from": "≥", "minimum of": "≥",
    "at most": "≤", "not more than": "≤", "no more than": "≤", "up to": "≤", "maximum of": "≤",
    "more than": ">", "over": ">", "above": ">", "exceeding": ">", "exceeds": ">", "beyond": ">",
    "greater than": ">", "longer than": ">", "wider than": ">", "higher than": ">",
    "less than": "<", "under": "<", "below": "<", "shorter than": "<", "narrower than": "<",
    "lower than": "<", "faster than": ">", "slower than": "<", "larger than": ">",
    "smaller than": "<", "older than": ">", "younger than": "<",
}  # fmt: skip
_AFTER = {"or more": "≥", "and more": "≥", "or longer": "≥", "or less": "≤", "or fewer": "≤"}
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?|\.\d+)"
_NUMBER = re.compile(rf"(?:(?<![^\s(])[-−])?(?<![a-z\d.])(?<!\d,){_FIGURE}", re.I)
_WORD = re.compile(r"[a-z]+", re.I)
_LINK = re.compile(r"\s*(?:-|–|to|through|and)\s*", re.I)
_UNIT = re.compile(r"[\s-]*(%|°|[a-zµμ]+)", re.I)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.I)


@dataclass(frozen=True)
class Quantity:
    """A number or range with what is said of it.

    Attributes:
        low, high: equal unless it is a range. unit: '' where none is written; seconds are ms.
        relation: one of ≥ ≤ < > or ''.
        start, end: characters of the text; not compared.
    """

    low: float
    high: float
    unit: str
    relation: str
    start: int
    end: int

    @property
    def value(self) -> tuple[float, float, str, str]:
        """What two mentions of the same quantity share."""
        return self.low, self.high, self.unit, self.relation


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return all quantities of `text` in order: figures and number words."""
    found: list[Quantity] = []
    numbers = _numbers(text)
    k = 0
    while k < len(numbers):
        low, start, end = numbers[k]
        high = low
        unit, factor, stop = _unit(text, end)
        after = numbers[k + 1] if k + 1 < len(numbers) else None
        if after is not None and _is_range(text, start, stop, after):
            high, _, end = after
            unit, factor, stop = _unit(text, end)
            k += 1
        relation = "" if high != low else _relation(text, start, stop)
        values = round(low * factor, 4), round(high * factor, 4)
        found.append(Quantity(*values, unit, relation, start, stop))
        k += 1
    return tuple(found)


def _numbers(text: str) -> list[tuple[float, int, int]]:
    """(value, start, end) of figures and of runs of number words."""
    found = [
        (_value(match.group()), *match.span())
        for match in _NUMBER.finditer(text)
        if not _ORDINAL.match(text, match.end())
    ]
    return sorted(found + _spelt(text), key=lambda number: number[1])


def _value(figure: str) -> float:
    thousands = re.fullmatch(r"[-−]?\d+(?:,\d{3})+", figure) is not None
    return float(figure.replace("−", "-").replace(",", "" if thousands else "."))


def _spelt(text: str) -> list[tuple[float, int, int]]:
    found: list[tuple[float, int, int]] = []
    value, start, end = 0.0, -1, -1
    for match in _WORD.finditer(text):
        word = match.group().lower()
        joined = start >= 0 and text[end : match.start()].strip(" -") in ("", "and")
        if word in _WORDS or (word in _SCALES and start >= 0):
            if start >= 0 and not (joined and _goes_on(value, word)):
                found.append((value, start, end))
                value, start = 0.0, -1
            start = match.start() if start < 0 else start
            value = (value or 1) * _SCALES[word] if word in _SCALES else value + _WORDS[word]
            end = match.end()
        elif word in _SCALES:
            value, start, end = float(_SCALES[word]), match.start(), match.end()
        elif start >= 0 and word != "and":
            found.append((value, start, end))
            value, start = 0.0, -1
    return [*found, (value, start, end)] if start >= 0 else found


def _goes_on(value: float, word: str) -> bool:
    """'twenty' goes on with 'five', 'hundred' with 'twenty'; 'two' and 'three' are two numbers."""
    if word in _SCALES:
        return value < _SCALES[word]
    if value < 20:
        return False
    return value % 100 == 0 or (value % 10 == 0 and 0 < _WORDS[word] < 10)


def _unit(text: str, end: int) -> tuple[str, float, int]:
    """Unit, factor to it and the character after it; nothing is taken where none stands."""
    rest = text[end : end + 24].lower()
    gap = len(rest) - len(rest.lstrip(" -"))
    for words, short in _LONGER_UNITS:
        if rest[gap:].startswith(words):
            return *_UNITS[short], end + gap + len(words)
    match = _UNIT.match(text, end)
    if match and match.group(1).lower() in _UNITS:
        return *_UNITS[match.group(1).lower()], match.end()
    if re.match(r"[\s-]*years?\b", rest):
        return "years", 1, end + gap + len("year")
    return "", 1, end


def _is_range(text: str, start: int, stop: int, after: tuple[float, int, int]) -> bool:
    link = text[stop : after[1]]
    if not _LINK.fullmatch(link):
        return False
    return "and" not in link.lower() or text[:start].lower().rstrip().endswith("between")


def _relation(text: str, start: int, stop: int) -> str:
    before = " ".join(text[max(start - 24, 0) : start].lower().split())
    before = re.sub(r"\s*(?:\b(?:about|around|of|a|an)|=)$", "", before)
    for words, sign in sorted(_BEFORE.items(), key=lambda pair: -len(pair[0])):
        if before.endswith(words) and (len(words) == 1 or f" {before}".endswith(f" {words}")):
            return sign
    after = text[stop : stop + 14].lower().lstrip(" ,")
    return next((sign for words, sign in _AFTER.items() if after.startswith(words)), "")
