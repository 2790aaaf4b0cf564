"""The model on its card: parts, data, training, findings, licences."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from pages.parts import card_charts
from pages.parts.card_benchmark import plain_rows
from sediff.sources import LEARNED_FROM
from sediff.view.card import Benchmark
from sediff.view.card_model import (
    Form,
    Made,
    Manifest,
    Part,
    curve_words,
    curves,
    form_rows,
    made_word,
    megabytes,
    millions,
    parts,
    split_rows,
)
from sediff.view.text import say
from sediff.view.words import quoted

_FOR = ("teaching", "exercises", "research", "adding")
_NOT_FOR = ("diagnosis", "devices", "counting", "children")
_LICENCES = ("code", "data", "encoder", "check", "method", "figures")


@st.cache_data(show_spinner=False)
def forms() -> list[Form]:
    """One row a finding and stage."""
    return form_rows()


def glance(manifest: Manifest, found: Benchmark | None) -> None:
    """A few figures on top."""
    shipped, learned = parts(manifest), sum(form.made == "learned" for form in forms())
    size = sum(part.parameters or 0 for part in shipped)
    with st.container(horizontal=True):
        if found:
            met, missed = len(found.rows("met")), len(found.rows("missed"))
            bars = say("card.met_of", met=met, all=met + missed)
            st.metric(say("card.bars_met"), bars, border=True, width=160)
        st.metric(say("card.parameters"), millions(size), border=True, width=160)
        st.metric(
            say("card.download"),
            megabytes(sum(part.bytes for part in shipped)),
            border=True,
            width=160,
        )
        st.metric(say("card.forms_learned"), learned, border=True, width=160)
        st.metric(say("card.forms_drawn"), len(forms()) - learned, border=True, width=160)


def purpose() -> None:
    """What the model is for, and what not."""
    good, bad = st.columns(2, gap="large")
    with good:
        st.subheader(say("card.for"), anchor=False)
        st.markdown(_list(say(f"card.for_{one}") for one in _FOR))
    with bad:
        st.subheader(say("card.not_for"), anchor=False)
        st.markdown(_list(say(f"card.not_for_{one}") for one in _NOT_FOR))


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def build(manifest: Manifest) -> None:
    """The parts and their sizes."""
    st.markdown(say("card.how"))
    shipped = parts(manifest)
    plain_rows([(_part(part), part.does) for part in shipped], (say("card.part"), say("card.does")))
    with st.expander(say("card.sizes_fold"), icon=":material/schema:"):
        rows = [(part.name, part.sizes) for part in shipped if part.sizes]
        plain_rows(rows, (say("card.part"), say("card.sizes")))
    encoder = manifest.get("text_encoder") or say("card.encoder_unnamed")
    st.caption(say("card.encoder", name=quoted(encoder)))


def _part(part: Part) -> str:
    return say(
        "card.part_line",
        name=part.name,
        parameters=millions(part.parameters),
        size=megabytes(part.bytes),
    )


def data(manifest: Manifest) -> None:
    """The records, and which of them served for what."""
    named = manifest.get("data") or say("card.data_unnamed")
    st.markdown(say("card.data", data=quoted(named)))
    plain_rows(split_rows(manifest), (say("card.use"), say("card.records")))


def training(manifest: Manifest) -> None:
    """Curves of training and the commands."""
    found = curves(manifest)
    if not found:
        st.info(say("card.curve_none"), icon=":material/pending:")
    for curve in found:
        st.subheader(quoted(curve.title), anchor=False)
        card_charts.show(
            card_charts.curve_chart(curve), curve_words(curve), key=f"card_curve_{curve.title}"
        )
        if len(curve.runs) > 1:
            st.caption(say("card.curve_compare"))
    with st.expander(say("card.commands"), icon=":material/terminal:"):
        st.code("\n".join(manifest.get("commands", ())), language="shell")


def findings() -> None:
    """Every form of a finding: from how many real ECGs it was learned, or that it is drawn."""
    counts = Counter[Made](form.made for form in forms())
    said = ", ".join(
        say("card.forms_count", n=n, made=made_word(made)) for made, n in counts.most_common()
    )
    st.markdown(say("card.forms_said", n=len(forms()), made=quoted(said), least=LEARNED_FROM))
    wanted = st.text_input(
        say("card.search"), placeholder=say("card.search_hint"), key="card_search"
    ).casefold()
    kept = [form for form in forms() if wanted in form.words]
    heads = [say(f"card.{one}") for one in ("finding", "real_ecgs", "made", "family")]
    st.dataframe(
        pd.DataFrame(
            [(form.name, form.n, made_word(form.made), form.family) for form in kept],
            columns=heads,
        ),
        hide_index=True,
        height=min(430, 38 + 36 * max(len(kept), 1)),
        alt=say("card.forms_alt"),
        column_config={
            heads[0]: st.column_config.TextColumn(width="medium"),
            heads[1]: st.column_config.NumberColumn(format="localized", width="small"),
        },
    )
    st.caption(say("card.shown", n=len(kept), all=len(forms())) if kept else say("card.shown_none"))


def licences() -> None:
    """Whose work stands behind it."""
    st.markdown(_list(say(f"card.licence_{one}") for one in _LICENCES))
