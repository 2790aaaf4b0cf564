"""The benchmark on the model card: bars in words, baselines, what fails, what parts are worth."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from pages.parts import card_charts
from sediff.ecg import SYNTHETIC_MARK
from sediff.view.card import (
    COMMAND,
    FLOOR,
    OURS,
    Benchmark,
    Part,
    Picture,
    ReadBack,
    Row,
    other_weights,
    source_label,
)
from sediff.view.card_model import Manifest, worth_rows
from sediff.view.card_words import NOT_MEASURED, flat, tell, title
from sediff.view.words import quoted

_MARKS = {"met": "✓ met", "missed": "✗ **missed**", "not measured": "not measured"}
_NONE = "–"
_OWN_CHART = "read_back.svg"  # the same as the chart of findings, which fits a phone
_ABSENT = (
    f"There are no benchmark figures yet: run `{COMMAND}` and copy what it writes to "
    "`assets/model_card`."
)


def plain_rows(rows: Iterable[tuple[str, str]], heads: tuple[str, str] = ("What", "Value")) -> None:
    """Two columns: what, and its value."""
    _table([dict(zip(heads, map(quoted, row), strict=True)) for row in rows])


def benchmark(found: Benchmark | None, manifest: Manifest) -> None:
    """Everything that was measured, part by part."""
    if found is None:
        st.info(_ABSENT, icon=":material/pending:")
        return
    st.markdown(_summary(found))
    stale = other_weights(found, manifest)
    if stale:
        st.warning(
            f"Measured on other weights than those that ship now ({quoted(', '.join(stale))}): "
            "these figures are of an older model.",
            icon=":material/history:",
        )
    for note in found.notes:
        st.caption(quoted(note))
    with st.expander("What was measured, and how", icon=":material/lab_research:"):
        plain_rows(found.about)
    other = _compared_with(found)
    for part in found.parts:
        _part(part, other)
    _further(found)


def _summary(found: Benchmark) -> str:
    met, missed = found.rows("met"), found.rows("missed")
    open_ones = found.rows("not measured")
    said = f"**{len(met)} of {len(met) + len(missed)} bars are met.**"
    if missed:
        said += f" Missed: {quoted('; '.join(row.figure for row in missed))}."
    if open_ones:
        said += f" Not measured: {quoted('; '.join(row.figure for row in open_ones))}."
    return (
        f"{said} A bar was set before the figures were known. The column of real ECGs is what an "
        "equally large sample of other real ECGs reaches: nothing should be expected to do better."
    )


def _compared_with(found: Benchmark) -> str:
    """The source that stands beside the generated ECGs, as chosen."""
    others = [name for name in found.sources if name != OURS]
    if not others:
        return ""
    return str(
        st.selectbox(
            "Compare the generated ECGs with",
            others,
            index=others.index(FLOOR) if FLOOR in others else 0,
            format_func=source_label,
            key="card_against",
            width=340,
        )
    )


def _part(part: Part, other: str) -> None:
    st.subheader(quoted(part.title), anchor=False)
    if part.intro:
        st.markdown(quoted(part.intro))
    if part.missing:
        st.info(quoted(part.missing), icon=":material/pending:")
    if part.rows:
        _table([_told(row, other) for row in part.rows])
        with st.expander(
            f"{quoted(part.title)}: all sources side by side", icon=":material/table_rows:"
        ):
            _side_by_side(part.rows)
            _remarks(part.rows)
    if part.others:
        plain_rows(part.others)
    pictures([one for one in part.pictures if one.path.name != _OWN_CHART])


def _told(row: Row, other: str) -> dict[str, str]:
    told = {"Figure": quoted(row.figure), "Generated": _whole(row.values.get(OURS, NOT_MEASURED))}
    if other:
        told[source_label(other)] = _whole(_value(row, other))
    mark = _MARKS.get(row.verdict, "")
    told["Bar"] = f"{mark}: {_whole(row.bar)}" if row.bar else _NONE
    return told


def _whole(told: str) -> str:
    """Text of a cell, whose number no line break parts from its percent sign."""
    return quoted(told).replace(" %", "\u00a0%")


def _value(row: Row, source: str) -> str:
    told = row.values.get(source, _NONE)
    return _NONE if told == NOT_MEASURED and source != OURS else told


def _remarks(rows: Sequence[Row]) -> None:
    """What the report says beside its values, each remark once, with the figures it is of."""
    said: dict[str, list[str]] = {}
    for row in rows:
        for note in row.notes:
            said.setdefault(note, []).append(row.figure)
    st.caption(
        "\n".join(f"- {quoted(note)} ({quoted('; '.join(of))})" for note, of in said.items())
    )


def _side_by_side(rows: Sequence[Row]) -> None:
    names = dict.fromkeys(name for row in rows for name in row.values)
    table = [
        {"Figure": row.figure}
        | {source_label(name): _value(row, name) for name in names}
        | {"Bar": f"{row.verdict}: {row.bar}" if row.bar else _NONE}
        for row in rows
    ]
    st.dataframe(pd.DataFrame(table), hide_index=True, alt="All sources side by side, in words.")
    st.caption("Scroll sideways to see every source. In brackets: 95 % interval.")


def pictures(shown: Sequence[Picture]) -> None:
    """Pictures two abreast, each with its title; what they show is told to screen readers."""
    for place in range(0, len(shown), 2):
        for column, one in zip(st.columns(2), shown[place : place + 2], strict=False):
            column.image(str(one.path), caption=quoted(one.title), width="stretch", alt=one.alt)


def _further(found: Benchmark) -> None:
    if found.others:
        with st.expander("Further figures", icon=":material/more_horiz:"):
            for heading, rows in found.others.items():
                st.markdown(f"**{quoted(heading)}**")
                plain_rows(rows)


def read_back(findings: Sequence[ReadBack]) -> None:
    """Each finding as a classifier trained on real ECGs reads it."""
    if not findings:
        return
    st.subheader("Finding by finding", anchor=False)
    st.markdown(
        "A classifier that was trained on real ECGs alone, and shares nothing with the generator, "
        "reads both. AUROC 1 is perfect, 0.5 is chance."
    )
    worst_first = sorted(findings, key=_shortfall)
    card_charts.show(
        card_charts.read_back_chart(worst_first),
        card_charts.read_back_words(findings),
        key="card_read_back",
    )
    with st.expander("The same as a table", icon=":material/table_rows:"):
        _table(
            [
                {
                    "Finding": quoted(_tested(one)),
                    "Real": quoted(tell(one.real, 3)),
                    "Generated": quoted(tell(one.generated, 3)),
                    "Difference": quoted(one.difference)
                    + (f", {_MARKS[one.verdict]}" if one.verdict in _MARKS else ""),
                }
                for one in worst_first
            ]
        )


def _tested(one: ReadBack) -> str:
    known = "" if one.training is None else f"; {one.training:,} in training"
    return f"{one.name} ({tell(one.n)} tested{known})"


def _shortfall(one: ReadBack) -> float:
    return float("inf") if one.real is None or one.generated is None else one.generated - one.real


def honest(found: Benchmark | None) -> None:
    """What fails: missed bars, then what the report tells, with examples on paper."""
    if found is None:
        st.info(
            f"What fails is found by the benchmark: run `{COMMAND}`.", icon=":material/pending:"
        )
        return
    missed = found.rows("missed")
    if not (missed or found.failures):
        st.markdown("The benchmark found no bar missed and kept no example of a failure.")
    st.markdown(
        "\n".join(
            f"- **{quoted(row.figure)}**: {quoted(row.values[OURS])}; the bar is {quoted(row.bar)}."
            for row in missed
        )
    )
    if any(failure.picture for failure in found.failures):
        st.subheader("Examples", anchor=False)
        st.caption(f"Each of these is **{SYNTHETIC_MARK}**.")
    for place, failure in enumerate(found.failures):
        st.markdown(f"- {quoted(failure.sentence)}")
        if failure.picture:
            with st.container(key=f"card_paper_{place}"):
                st.image(str(failure.picture.path), width="stretch", alt=failure.picture.alt)


def ablation(found: Benchmark | None, manifest: Manifest) -> None:
    """What each part is worth: the benchmark's ablation, else that of the manifest."""
    measured = (found.ablation if found else None) or manifest.get("figures", {}).get("ablation")
    worth = worth_rows(manifest)
    if measured:
        _grid(measured)
    if worth:
        st.markdown(
            "Loss on held-out patients of the same weights when one condition is withheld: the "
            "larger the change, the more the model leans on it."
        )
        heads = ("Withheld", "Loss", "Change")
        _table([dict(zip(heads, map(quoted, row), strict=True)) for row in worth])
    if not (measured or worth):
        st.info("No ablation was measured for these weights.", icon=":material/pending:")


def _grid(data: object) -> None:
    """A mapping of variants, each with the same figures, as a table; anything else as rows."""
    if isinstance(data, dict) and data and all(isinstance(one, dict) for one in data.values()):
        table = [
            {"Variant": title(name)} | {title(key): tell(value) for key, value in one.items()}
            for name, one in data.items()
        ]
        st.dataframe(pd.DataFrame(table).fillna(NOT_MEASURED), hide_index=True)
    else:
        plain_rows(flat(data))


def _table(rows: Sequence[dict[str, str]]) -> None:
    if rows:
        first = next(iter(rows[0]))
        st.table(pd.DataFrame(rows).set_index(first), border="horizontal")
