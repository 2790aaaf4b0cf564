"""Values of a JSON report told in words: numbers with their interval, nested ones as rows."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sediff.view.text import say

_DIGITS = 3  # significant
_CENTRES = ("value", "mean", "median")
_RANGES = ("interval", "range", "seeds")
# Words of names of fields that are written otherwise.
_WORDS = {
    "auc": "AUC",
    "auroc": "AUROC",
    "bpm": "bpm",
    "ecg": "ECG",
    "ecgs": "ECGs",
    "fid": "FID",
    "kid": "KID",
    "ms": "ms",
    "pr": "PR",
    "prdc": "PRDC",
    "psd": "power spectrum",
    "qrs": "QRS",
    "qt": "QT",
    "sha256": "SHA-256",
    "tstr": "TSTR",
}


def not_measured() -> str:
    """What stands where a number is missing."""
    return say("card.not_measured")


def number(value: object) -> float | None:
    """A finite number, else None; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def centre(value: object) -> float | None:
    """The number in the middle of a value: itself, or the field of a mapping that holds it."""
    if isinstance(value, Mapping):
        return next((number(value[key]) for key in _CENTRES if key in value), None)
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 3:
        return number(value[0])
    return number(value)


def interval(value: object) -> tuple[float, float] | None:
    """Low and high around a value, None where it has none."""
    if isinstance(value, Mapping):
        if "low" in value and "high" in value:
            return _pair([value["low"], value["high"]])
        return next((found for key in _RANGES if (found := _pair(value.get(key)))), None)
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 3:
        return _pair(value[1:])
    return None


def tell(value: object, places: object = None) -> str:
    """Any JSON value in a few words: '0.983 (0.975 to 0.990)', '1,200', 'yes', 'not measured'.

    Args:
        places: decimals of a measured number; None: three significant digits.
    """
    if isinstance(value, bool):
        return say("card.yes") if value else say("card.no")
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return not_measured()
    if isinstance(value, int):
        return f"{value:,}"
    middle = centre(value)
    if middle is not None:
        return _with_interval(middle, interval(value), places if type(places) is int else None)
    if isinstance(value, Mapping):
        said = value.get("note") or value.get("text")
        return str(said) if said else ", ".join(f"{words(k)} {tell(v)}" for k, v in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        pair = _pair(value) if len(value) == 2 else None
        return _range(*pair) if pair else ", ".join(tell(one) for one in value)
    return str(value)


def words(name: object) -> str:
    """A field's name as words: 'auroc_real' becomes 'AUROC real'."""
    parts = str(name).replace("_", " ").split()
    return " ".join(_WORDS.get(part, part) for part in parts)


def title(name: object) -> str:
    """The same as a heading."""
    text = words(name)
    return text[:1].upper() + text[1:]


def flat(value: object, above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """A nested value as rows: names joined by dots, and what stands there in words."""
    if isinstance(value, Mapping) and centre(value) is None:
        for key, one in value.items():
            yield from flat(one, (*above, words(key)))
    elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
        for place, one in enumerate(value, 1):
            yield from flat(one, (*above, _name_of(one) or str(place)))
    else:
        yield _joined(above), tell(value)


def decimals(value: float) -> int:
    """Decimals that leave a number three significant digits."""
    if value == 0 or not math.isfinite(value):
        return 0
    return min(6, max(0, _DIGITS - 1 - math.floor(math.log10(abs(value)))))


def _joined(names: tuple[str, ...]) -> str:
    text = " · ".join(names)
    return text[:1].upper() + text[1:]


def _name_of(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    return next((words(value[key]) for key in ("name", "figure", "title") if value.get(key)), "")


def _with_interval(
    middle: float, around: tuple[float, float] | None, places: int | None = None
) -> str:
    places = decimals(middle or (around[1] if around else 0.0)) if places is None else places
    text = _round(middle, places)
    return f"{text} ({_range(*around, places)})" if around else text


def _range(low: float, high: float, places: int | None = None) -> str:
    places = decimals(high or low) if places is None else places
    return say("card.range", low=_round(low, places), high=_round(high, places))


def _round(value: float, places: int) -> str:
    return f"{round(value, places) + 0.0:,.{places}f}"  # + 0.0: no '-0.00'


def _pair(value: Any) -> tuple[float, float] | None:
    """The ends of a list of numbers; None where it is none."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        return None
    found = [one for one in map(number, value) if one is not None]
    return (min(found), max(found)) if len(found) == len(value) else None
