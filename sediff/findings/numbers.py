"""The numbers of a report: rate, intervals, axis, age, sex and millimetres of ST."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sediff.findings.meaning import word_set
from sediff.findings.tokens import Token

# what stands before a number -> its name; None: a number that is not ours (atrial rate, P axis)
_KEYS: Mapping[tuple[str, ...], str | None] = {
    tuple(phrase.split()): name
    for name, phrases in {
        "heart_rate": "rate, heart rate, hr, ventricular rate, pulse, frequenz, herzfrequenz, hf, "
        "freq, kammerfrequenz, kammerfrekvens, frekvens, vent rate, rhythm at, response at",
        "pr_ms": "pr, pq",
        "qrs_ms": "qrs",
        "qt_ms": "qt",
        "qtc_ms": "qtc, qtcb, qtcf, qt c",
        "axis_deg": "axis, qrs axis, achse, herzachse, axel",
        "age": "age, aged, alter, age of",
        None: "atrial rate, p axis, t axis, vorhoffrequenz, previous rate",
    }.items()
    for phrase in phrases.split(",")
}
_FILLERS = word_set(
    "interval intervall duration of is at about approximately approx ca . = : ~ zeit dauer "
    "breite width was measures measured around bei von prolonged verlaengert short complex "
    "only ( slightly deviation left right"
)
_MOST_FILLERS = 4
_PER_MINUTE = word_set("bpm min minute spm")
_BETWEEN_RATE = word_set("/ beats beat schlaege per pro a x")
_YEARS = word_set(
    "year years yr yrs y yo jahre jahr jahren j jaehrig jaehrige jaehriger jaehrigen year-old"
)
_NOT_AN_AGE = word_set("ago earlier before previously later")
_SEX: Mapping[str, str] = {
    **dict.fromkeys(word_set("woman female lady frau patientin weiblich kvinna women w"), "female"),
    **dict.fromkeys(word_set("man male gentleman mann herr maennlich patienten men"), "male"),
    "f": "female",
    "m": "male",
}
_ONLY_AFTER_AGE = word_set("f m w patienten")
_SECONDS = word_set("s sec sek seconds")
_MS = word_set("ms msec msek")
_FILLING_AGE = word_set("- / old o year years yr yrs y yo jahre jahr jaehrig alt .")


@dataclass
class Numbers:
    """What `read_numbers` found.

    Attributes:
        values: (name, value) in the order of the report, units of `sediff.spec.LIMITS`.
        amounts: token index -> ST amount in mV (1 mm is 0.1 mV).
        sexes: 'female', 'male' in the order of the report.
        consumed: indexes of tokens that are fully explained.
        keys: indexes of the words that named a number; they may still be part of a finding.
    """

    values: list[tuple[str, float]] = field(default_factory=list)
    amounts: dict[int, float] = field(default_factory=dict)
    sexes: list[str] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)


def read_numbers(tokens: Sequence[Token]) -> Numbers:
    """Find the numbers of a report; what is not understood is left for the words."""
    found = Numbers()
    texts = [token.text for token in tokens]
    for i, token in enumerate(tokens):
        if i in found.consumed:
            continue
        if token.is_word:
            _read_key(tokens, texts, i, found)
            if token.text in _SEX and token.text not in _ONLY_AFTER_AGE:
                found.sexes.append(_SEX[token.text])
                found.consumed.add(i)
        elif token.is_number:
            _read_rate(tokens, texts, i, found)
            _read_age(tokens, texts, i, found)
            _read_amount(tokens, texts, i, found)
    return found


def _read_key(tokens: Sequence[Token], texts: list[str], i: int, found: Numbers) -> None:
    length = next((n for n in (2, 1) if tuple(texts[i : i + n]) in _KEYS), 0)
    if not length or i in found.keys:
        return
    name, j = _KEYS[tuple(texts[i : i + length])], i + length
    if texts[j : j + 2] == ["/", "qtc"]:
        _read_qt_pair(tokens, texts, i, j + 2, found)
        return
    j = _skip_fillers(texts, j)
    number = _signed(tokens, texts, j)
    if number is None or (name == "age" and _is_beat_rate(texts, number[1])):
        return
    value, end = number
    found.keys.update(range(i, j))
    if name is None:
        found.consumed.update(range(j, _rate_end(texts, end) or end))
        return
    value, end = _scaled(name, value, texts, end)
    found.values.append((name, value))
    found.consumed.update(range(j, end))


def _skip_fillers(texts: list[str], j: int) -> int:
    for _ in range(_MOST_FILLERS):
        hyphen = texts[j : j + 1] == ["-"] and texts[j + 1 : j + 2] and texts[j + 1][0].isalpha()
        if hyphen or (j < len(texts) and texts[j] in _FILLERS):
            j += 1
    return j


def _read_qt_pair(
    tokens: Sequence[Token], texts: list[str], i: int, j: int, found: Numbers
) -> None:
    """'QT/QTc 400/440 ms'."""
    j = _skip_fillers(texts, j)
    first = _signed(tokens, texts, j)
    found.keys.update(range(i, j))
    if first is None:
        return
    pair, end = [("qt_ms", first[0])], first[1]
    if texts[end : end + 1] == ["/"] and (second := _signed(tokens, texts, end + 1)):
        pair, end = [*pair, ("qtc_ms", second[0])], second[1]
    for name, value in pair:
        value, stop = _scaled(name, value, texts, end)
        found.values.append((name, value))
    found.consumed.update(range(j, stop))


def _signed(tokens: Sequence[Token], texts: list[str], j: int) -> tuple[float, int] | None:
    """The number at `j` with its sign and the index after it."""
    minus = texts[j : j + 1] in (["-"], ["minus"])
    plus = texts[j : j + 1] in (["+"], ["plus"])
    k = j + (minus or plus)
    if k >= len(tokens) or not tokens[k].is_number:
        return None
    return (-tokens[k].value if minus else tokens[k].value), k + 1


def _scaled(name: str, value: float, texts: list[str], end: int) -> tuple[float, int]:
    """Bring `value` to the unit of `name` and step over a written unit."""
    unit = texts[end] if end < len(texts) else ""
    if name.endswith("_ms"):
        if unit in _SECONDS or (unit not in _MS and 0 < value < 3):
            value *= 1000
        end += unit in _SECONDS or unit in _MS
    elif name == "heart_rate":
        end = _rate_end(texts, end) or end
    else:
        end += unit in {"°", "degrees", "degree", "deg", "grad"} or unit in _YEARS
    return round(value, 3), end


def _rate_end(texts: list[str], end: int) -> int | None:
    """The index after 'bpm', '/min', 'beats per minute' at `end`, or None."""
    for k in range(end, min(end + 4, len(texts))):
        if texts[k] in _PER_MINUTE:
            return k + 1
        if texts[k] not in _BETWEEN_RATE:
            break
    return None


def _is_beat_rate(texts: list[str], end: int) -> bool:
    return _rate_end(texts, end) is not None


def _read_rate(tokens: Sequence[Token], texts: list[str], i: int, found: Numbers) -> None:
    end = _rate_end(texts, i + 1)
    if end is not None:
        found.values.append(("heart_rate", tokens[i].value))
        found.consumed.update(range(i, end))


def _read_age(tokens: Sequence[Token], texts: list[str], i: int, found: Numbers) -> None:
    """'72-year-old woman', '72yo F', '58 y/o man', '58M', '72jährige Frau'."""
    j = i + 1
    while j < min(i + 7, len(texts)) and (texts[j] in _FILLING_AGE or texts[j] in _YEARS):
        j += 1
    passed = texts[i + 1 : j]
    sex = _SEX.get(texts[j]) if j < len(texts) else None
    years = any(word in _YEARS for word in passed)
    if i in found.consumed or not (years or (sex and not passed)):
        return
    if set(texts[j : j + 1]) & _NOT_AN_AGE or texts[max(i - 1, 0)] == "vor":
        return
    j -= texts[j - 1] == "."  # the full stop after 'years old' still ends the sentence
    found.values.append(("age", tokens[i].value))
    found.consumed.update(range(i, j))
    if sex and j < len(texts) and texts[j] in _SEX:
        found.sexes.append(sex)
        found.consumed.add(j)


def _read_amount(tokens: Sequence[Token], texts: list[str], i: int, found: Numbers) -> None:
    unit = texts[i + 1] if i + 1 < len(texts) else ""
    if i not in found.consumed and unit in {"mm", "mv"}:
        found.amounts[i] = round(tokens[i].value * (0.1 if unit == "mm" else 1.0), 4)
        found.consumed.update((i, i + 1))
