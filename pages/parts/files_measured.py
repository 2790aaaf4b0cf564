"""Files, open: the table of measurements of one ECG, or of two beside each other."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from sediff.imports.readout import Reading, levels, numbers
from sediff.measure.values import Measurements, Value
from sediff.view.text import say
from sediff.view.words import quoted

_DIGITS = {"mV": 2}


def show(a: Measurements, b: Measurements | None) -> None:
    """Rhythm, numbers with their abstentions, and the ST levels behind a fold."""
    st.header(say("files.measured"), anchor=False)
    if b is None:
        st.markdown(say("files.rhythm", rhythm=quoted(a.rhythm)))
    else:
        st.markdown(say("files.rhythm_both", a=quoted(a.rhythm), b=quoted(b.rhythm)))
    rows = numbers(a, b)
    _table(rows, "column_what", _number_name, say("files.measured_alt"))
    if missing := _abstained(rows):
        st.caption("\n".join(missing))
    with st.expander(say("files.levels"), icon=":material/table_rows:"):
        _table(levels(a, b), "column_lead", str, say("files.levels_alt"))
        st.caption(say("files.levels_hint"))
    st.caption(say("files.measured_hint"))


def _table(rows: Sequence[Reading], head: str, name: Callable[[str], str], alt: str) -> None:
    first = say(f"files.{head}")
    told = [{first: name(row.name), **_cells(row)} for row in rows]
    st.table(pd.DataFrame(told).set_index(first), border="horizontal", alt=alt)


def _number_name(name: str) -> str:
    return say(f"files.number_{name}")


def _cells(row: Reading) -> dict[str, str]:
    if row.b is None:
        return {say("files.column_value"): _value(row.a)}
    return {
        say("files.column_a"): _value(row.a),
        say("files.column_b"): _value(row.b),
        say("files.column_apart"): _number(row.apart, row.a.unit, "+"),
    }


def _abstained(rows: Sequence[Reading]) -> list[str]:
    """Why numbers are missing, each reason once with the numbers that it is of."""
    why: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        sides = (("a", row.a), ("b", row.b)) if row.b is not None else (("only", row.a),)
        for side, value in sides:
            if value.reason:
                why.setdefault((side, value.reason), []).append(_number_name(row.name))
    return [
        "- " + say(f"files.remark_{side}", names=", ".join(names), why=quoted(reason))
        for (side, reason), names in why.items()
    ]


def _value(value: Value) -> str:
    return _number(value.value, value.unit)


def _number(number: float | None, unit: str, sign: str = "") -> str:
    if number is None:
        return say("files.nothing")
    digits = _DIGITS.get(unit, 0)
    rounded = round(number, digits) + 0.0  # no '-0'
    text = f"{rounded:{sign if rounded else ''}.{digits}f}"
    return f"{text}°" if unit == "deg" else f"{text}\u00a0{unit}"
