"""Numbers of real ECGs: the table beside an ECG, and the explorer with its chart."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sediff.experience.statistics import (
    BANDS,
    FURTHER,
    LEAST,
    MAIN,
    PER_LEAD,
    Group,
    band_of,
    closest,
    group_of,
    representative,
    unit_of,
)
from sediff.findings import FINDINGS
from sediff.view.experience import (
    Line,
    companions_of,
    label_of,
    lines_of,
    people_of,
    tell_typical,
    telling_numbers,
)
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_SEXES = ("any", "female", "male")
_ANY_AGE = ""
_INK, _OTHER = "#a3283b", "#5b6470"  # both 4.5 to 1 and more on white


def table(lines: Sequence[Line], yours: bool) -> None:
    """Median and quartiles with n; with `yours` also this ECG and where it lies, in words."""
    columns: dict[str, list[str]] = {
        say("experience.number"): [quoted(line.label) for line in lines],
        say("experience.real"): [_typical(line.typical) for line in lines],
    }
    if yours:
        columns[say("experience.this")] = [_yours(line) for line in lines]
    columns[say("experience.count")] = [f"{line.n:,}" for line in lines]
    st.table(pd.DataFrame(columns).set_index(say("experience.number")), border="horizontal")


def _yours(line: Line) -> str:
    """This ECG's number and where it lies; an arrow stands beside the word, never alone."""
    if not line.yours:
        return say("experience.not_measured")
    place = say(f"experience.place_{line.place}").replace(" ", "\u00a0")
    return say("experience.value_and_place", value=_whole(line.yours), place=place)


def _typical(text: str) -> str:
    """Median and quartiles, so that a narrow column breaks the line between the two."""
    median, bracket, quartiles = text.partition(" (")
    return f"{_whole(median)} {_whole(bracket.strip() + quartiles)}"


def _whole(text: str) -> str:
    return quoted(text).replace(" ", "\u00a0")


def sex_name(sex: str) -> str:
    """What a choice of sex is called: 'any', 'female', 'male'."""
    return say(f"experience.sex_{sex}")


def companions(group: Group) -> None:
    """What else such reports state."""
    told = companions_of(group)
    if told:
        st.caption(say("experience.companions", findings=quoted(told)))


def explorer() -> None:
    """Choose findings and patient, read medians and quartiles, compare with normal ECGs."""
    names = _choices()
    chosen = st.multiselect(
        say("experience.explored"),
        names,
        default=["lbbb"] if "lbbb" in names else None,
        max_selections=2,
        format_func=lambda id: names[id],
        key="explored",
        persist_state="session",
        placeholder=say("experience.explored_none"),
    )
    with st.container(horizontal=True):
        sex = st.segmented_control(
            say("experience.sex"),
            _SEXES,
            default="any",
            required=True,
            format_func=sex_name,
            key="explored_sex",
            persist_state="session",
        )
        bands = [band_of(low) for low in BANDS[:-1]]
        band = st.selectbox(
            say("experience.age"),
            (_ANY_AGE, *bands),
            format_func=lambda band: band or say("experience.any_age"),
            key="explored_age",
            persist_state="session",
            width=160,
        )
    asked = ("" if sex == "any" else str(sex), band)
    group = _group(tuple(chosen), *asked)
    if group is None:
        st.info(say("experience.few_people", least=LEAST), icon=":material/group_off:")
        return
    _show(group, exact=(group.sex, group.band) == asked)


@st.cache_data(show_spinner=False)
def _choices() -> dict[str, str]:
    """Findings that real ECGs stand behind, with how many."""
    found = {
        finding.id: f"{sentence_case(finding.name)} ({group.n:,})"
        for finding in FINDINGS.values()
        if representative(finding.id) == finding.id and (group := group_of((finding.id,)))
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def _group(findings: tuple[str, ...], sex: str, band: str) -> Group | None:
    """The asked group, else the next wider one that has enough people."""
    exact = group_of(findings, sex, band)
    if exact is not None:
        return exact
    age = float(band.partition("-")[0]) if band else None
    return closest(findings, age, sex or None, least=LEAST)


def _show(group: Group, exact: bool) -> None:
    st.header(quoted(sentence_case(people_of(group))), anchor=False)
    if not exact:
        st.caption(say("experience.wider_group"))
    numbers, picture = st.columns(2, gap="large")
    with numbers:
        table(lines_of(group, (*MAIN, *FURTHER)), yours=False)
        whole = group_of(group.findings)
        leads = lines_of(whole, PER_LEAD) if whole else []
        if whole and leads:
            with st.expander(say("experience.leads"), icon=":material/show_chart:"):
                st.caption(
                    say("experience.leads_of", people=quoted(sentence_case(people_of(whole))))
                )
                table(leads, yours=False)
    with picture:
        _compared(group)
        companions(group)
    st.caption(say("experience.measured_how"))


def _compared(group: Group) -> None:
    normal = group_of(("normal_ecg",), group.sex, group.band)
    if normal is None or group.findings == normal.findings:
        return
    main = [name for name in (*MAIN, *FURTHER) if lines_of(group, (name,))]
    more = [name for name in telling_numbers(group) if name not in main]
    names = [name for name in (*main, *more) if name in normal.numbers and name in group.numbers]
    name = st.selectbox(
        say("experience.compare_normal"), names, format_func=label_of, key="explored_number",
        index=names.index("qrs_ms") if "qrs_ms" in names else 0,
    )  # fmt: skip
    if name is None:
        return
    st.plotly_chart(
        box_chart(group, normal, name),
        width="stretch",
        theme=None,
        key="explored_chart",
        alt=box_words(group, normal, name),
        config={"displayModeBar": False},
    )
    st.caption(quoted(box_words(group, normal, name)))


def box_words(group: Group, normal: Group, name: str) -> str:
    """What the chart shows, in one sentence."""
    low, high = (tell_typical(g.numbers[name], name) for g in (group, normal))
    return say(
        "experience.box_words",
        number=label_of(name),
        typical=low,
        n=f"{group.n:,}",
        people=group.people,
        normal=high,
        n_normal=f"{normal.n:,}",
    )


def box_chart(group: Group, normal: Group, name: str) -> go.Figure:
    """Two boxes on one axis: quartiles, median, and 5th to 95th percentile as whiskers."""
    figure = go.Figure()
    names = say("experience.box_and").join(FINDINGS[id].name for id in group.findings)
    label = sentence_case(names) if names else say("experience.box_all")
    for who, one, ink in ((say("experience.box_normal"), normal, _OTHER), (label, group, _INK)):
        number = one.numbers[name]
        low, high = number.quartiles
        least, most = number.values[0], number.values[-1]
        figure.add_trace(
            go.Box(
                y=[_wrapped(say("experience.box_label", who=who, n=f"{number.n:,}"))],
                q1=[low],
                median=[number.median],
                q3=[high],
                lowerfence=[low if least is None else least],
                upperfence=[high if most is None else most],
                orientation="h",
                name=who,
                line={"color": ink, "width": 2},
                hoverinfo="x",
            )
        )
    _style(figure, name)
    return figure


def _wrapped(text: str, width: int = 24) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _style(figure: go.Figure, name: str) -> None:
    axis: dict[str, Any] = {"gridcolor": "#e6dfdc", "zeroline": False, "tickfont": {"size": 14}}
    text = say("experience.box_axis", number=label_of(name), unit=unit_of(name))
    figure.update_xaxes(**axis, title={"text": text, "font": {"size": 14}})
    figure.update_yaxes(tickfont={"size": 14}, automargin=True)
    figure.update_layout(
        height=280,
        margin={"l": 8, "r": 12, "t": 8, "b": 56},
        showlegend=False,
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        font={"family": "'Source Sans', 'Source Sans Pro', sans-serif", "color": "#1f2328"},
    )
