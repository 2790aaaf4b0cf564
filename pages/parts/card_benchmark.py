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
    Verdict,
    other_weights,
    source_label,
    verdict_word,
)
from sediff.view.card_model import Manifest, worth_rows
from sediff.view.card_words import flat, not_measured, tell, title
from sediff.view.text import say
from sediff.view.words import quoted

_MARKS = {"met": "✓ {}", "missed": "✗ **{}**", "not measured": "{}"}
_NONE = "–"
_OWN_CHART = "read_back.svg"  # the same as the chart of findings, which fits a phone


def plain_rows(rows: Iterable[tuple[str, str]], heads: tuple[str, str] | None = None) -> None:
    """Two columns: what, and its value."""
    heads = heads or (say("card.what"), say("card.value"))
    _table([dict(zip(heads, map(quoted, row), strict=True)) for row in rows])


def benchmark(found: Benchmark | None, manifest: Manifest) -> None:
    """Everything that was measured, part by part."""
    if found is None:
        st.info(say("card.absent", command=COMMAND), icon=":material/pending:")
        return
    st.markdown(_summary(found))
    stale = other_weights(found, manifest)
    if stale:
        st.warning(say("card.stale", names=quoted(", ".join(stale))), icon=":material/history:")
    for note in found.notes:
        st.caption(quoted(note))
    with st.expander(say("card.measured_fold"), icon=":material/lab_research:"):
        plain_rows(found.about)
    other = _compared_with(found)
    for part in found.parts:
        _part(part, other)
    _further(found)


def _summary(found: Benchmark) -> str:
    met, missed = found.rows("met"), found.rows("missed")
    open_ones = found.rows("not measured")
    said = [say("card.summary", met=len(met), all=len(met) + len(missed))]
    if missed:
        said.append(say("card.summary_missed", figures=_figures(missed)))
    if open_ones:
        said.append(say("card.summary_open", figures=_figures(open_ones)))
    return " ".join([*said, say("card.summary_how")])


def _figures(rows: Iterable[Row]) -> str:
    return quoted("; ".join(row.figure for row in rows))


def _compared_with(found: Benchmark) -> str:
    """The source that stands beside the generated ECGs, as chosen."""
    others = [name for name in found.sources if name != OURS]
    if not others:
        return ""
    return str(
        st.selectbox(
            say("card.against"),
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
        label = say("card.all_sources", part=quoted(part.title))
        with st.expander(label, icon=":material/table_rows:"):
            _side_by_side(part.rows)
            _remarks(part.rows)
    if part.others:
        plain_rows(part.others)
    pictures([one for one in part.pictures if one.path.name != _OWN_CHART])


def _told(row: Row, other: str) -> dict[str, str]:
    told = {
        say("card.figure"): quoted(row.figure),
        say("card.generated"): _whole(row.values.get(OURS, not_measured())),
    }
    if other:
        told[source_label(other)] = _whole(_value(row, other))
    told[say("card.bar")] = _bar(_marked(row.verdict), _whole(row.bar))
    return told


def _bar(verdict: str, bar: str) -> str:
    return say("card.bar_verdict", verdict=verdict, bar=bar) if bar else _NONE


def _marked(verdict: Verdict) -> str:
    """The verdict as a word with its mark; '' where there is no bar."""
    return _MARKS[verdict].format(verdict_word(verdict)) if verdict in _MARKS else ""


def _whole(told: str) -> str:
    """Text of a cell, whose number no line break parts from its percent sign."""
    return quoted(told).replace(" %", "\u00a0%")


def _value(row: Row, source: str) -> str:
    told = row.values.get(source, _NONE)
    return _NONE if told == not_measured() and source != OURS else told


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
        {say("card.figure"): row.figure}
        | {source_label(name): _value(row, name) for name in names}
        | {say("card.bar"): _bar(verdict_word(row.verdict), row.bar)}
        for row in rows
    ]
    st.dataframe(pd.DataFrame(table), hide_index=True, alt=say("card.all_sources_alt"))
    st.caption(say("card.all_sources_how"))


def pictures(shown: Sequence[Picture]) -> None:
    """Pictures two abreast, each with its title; what they show is told to screen readers."""
    for place in range(0, len(shown), 2):
        for column, one in zip(st.columns(2), shown[place : place + 2], strict=False):
            column.image(str(one.path), caption=quoted(one.title), width="stretch", alt=one.alt)


def _further(found: Benchmark) -> None:
    if found.others:
        with st.expander(say("card.further"), icon=":material/more_horiz:"):
            for heading, rows in found.others.items():
                st.markdown(f"**{quoted(heading)}**")
                plain_rows(rows)


def read_back(findings: Sequence[ReadBack]) -> None:
    """Each finding as a classifier trained on real ECGs reads it."""
    if not findings:
        return
    st.subheader(say("card.read_back"), anchor=False)
    st.markdown(say("card.read_back_how"))
    worst_first = sorted(findings, key=_shortfall)
    card_charts.show(
        card_charts.read_back_chart(worst_first),
        card_charts.read_back_words(findings),
        key="card_read_back",
    )
    with st.expander(say("card.as_table"), icon=":material/table_rows:"):
        _table([_read(one) for one in worst_first])


def _read(one: ReadBack) -> dict[str, str]:
    """A row of the table: one finding, read on real and on generated ECGs."""
    told = (quoted(one.difference or not_measured()), _marked(one.verdict))
    return {
        say("card.finding"): quoted(_tested(one)),
        say("card.real"): quoted(tell(one.real, 3)),
        say("card.generated"): quoted(tell(one.generated, 3)),
        say("card.difference"): ", ".join(filter(None, told)),
    }


def _tested(one: ReadBack) -> str:
    if one.training is None:
        return say("card.tested", name=one.name, n=tell(one.n))
    return say("card.tested_known", name=one.name, n=tell(one.n), training=f"{one.training:,}")


def _shortfall(one: ReadBack) -> float:
    return float("inf") if one.real is None or one.generated is None else one.generated - one.real


def honest(found: Benchmark | None) -> None:
    """What fails: missed bars, then what the report tells, with examples on paper."""
    if found is None:
        st.info(say("card.fails_absent", command=COMMAND), icon=":material/pending:")
        return
    missed = found.rows("missed")
    if not (missed or found.failures):
        st.markdown(say("card.fails_none"))
    st.markdown("\n".join(f"- {_missed(row)}" for row in missed))
    if any(failure.picture for failure in found.failures):
        st.subheader(say("card.examples"), anchor=False)
        st.caption(say("card.examples_mark", mark=SYNTHETIC_MARK))
    for place, failure in enumerate(found.failures):
        st.markdown(f"- {quoted(failure.sentence)}")
        if failure.picture:
            with st.container(key=f"card_paper_{place}"):
                st.image(str(failure.picture.path), width="stretch", alt=failure.picture.alt)


def _missed(row: Row) -> str:
    value = quoted(row.values[OURS])
    return say("card.fails_row", figure=quoted(row.figure), value=value, bar=quoted(row.bar))


def ablation(found: Benchmark | None, manifest: Manifest) -> None:
    """What each part is worth: the benchmark's ablation, else that of the manifest."""
    measured = (found.ablation if found else None) or manifest.get("figures", {}).get("ablation")
    worth = worth_rows(manifest)
    rows = measured.get("rows") if isinstance(measured, dict) else None
    if isinstance(measured, dict) and isinstance(rows, dict):
        st.markdown(quoted(str(measured.get("about", ""))))
        st.caption(say("card.ablation_note"))
        measured = {
            row["label"]: {k: v for k, v in row.items() if k != "label"}
            for row in rows.values()
            if isinstance(row, dict) and "label" in row
        }
    if measured:
        _grid(measured)
    if worth:
        st.markdown(say("card.worth_how"))
        heads = (say("card.withheld"), say("card.loss"), say("card.change"))
        _table([dict(zip(heads, map(quoted, row), strict=True)) for row in worth])
    if not (measured or worth):
        st.info(say("card.worth_none"), icon=":material/pending:")


def _grid(data: object) -> None:
    """A mapping of variants, each with the same figures, as a table; anything else as rows."""
    if isinstance(data, dict) and data and all(isinstance(one, dict) for one in data.values()):
        table = [
            {say("card.variant"): title(name)}
            | {title(key): tell(value) for key, value in one.items()}
            for name, one in data.items()
        ]
        st.dataframe(
            pd.DataFrame(table).fillna(not_measured()),
            hide_index=True,
            alt=say("card.variants_alt"),
        )
    else:
        plain_rows(flat(data))


def _table(rows: Sequence[dict[str, str]]) -> None:
    if rows:
        first = next(iter(rows[0]))
        st.table(pd.DataFrame(rows).set_index(first), border="horizontal")
