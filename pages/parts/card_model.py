"""The model on its card: parts, data, training, findings, licences."""

from collections import Counter

import pandas as pd
import streamlit as st

from pages.parts import card_charts
from pages.parts.card_benchmark import plain_rows
from sediff.sources import LEARNED_FROM
from sediff.view.card import Benchmark
from sediff.view.card_model import (
    Form,
    Manifest,
    curve_words,
    curves,
    form_rows,
    megabytes,
    millions,
    parts,
    split_rows,
)
from sediff.view.words import quoted


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
            st.metric("Bars met", f"{met} of {met + missed}", border=True, width=160)
        st.metric("Parameters", millions(size), border=True, width=160)
        st.metric(
            "Download", megabytes(sum(part.bytes for part in shipped)), border=True, width=160
        )
        st.metric("Forms learned", learned, border=True, width=160)
        st.metric("Forms drawn", len(forms()) - learned, border=True, width=160)


def purpose() -> None:
    """What the model is for, and what not."""
    good, bad = st.columns(2, gap="large")
    with good:
        st.subheader("For", anchor=False)
        st.markdown(
            "- teaching: an ECG of a finding, at a rate and age of your choice, with its criteria\n"
            "- exercises and quizzes without any patient's data\n"
            "- research on generation, measurement and classification of ECGs\n"
            "- adding to real ECGs in training, where the benchmark below says that it helps"
        )
    with bad:
        st.subheader("Not for", anchor=False)
        st.markdown(
            "- diagnosis, treatment or advice: no ECG here belongs to a person\n"
            "- testing, validating or approving a medical device\n"
            "- learning how often a finding is: you ask for what you get\n"
            "- children: the training data hold almost none"
        )


def build(manifest: Manifest) -> None:
    """The parts and their sizes."""
    st.markdown(
        "A report is read and completed to a plan; a **heart simulator** says when each wave comes "
        "and roughly what it looks like; a **rectified flow** over the latents of an autoencoder "
        "turns noise into an ECG, told all of this. Eight leads are generated and four follow from "
        "them. The result is measured from the signal alone."
    )
    shipped = parts(manifest)
    plain_rows(
        [
            (f"{part.name}, {millions(part.parameters)} parameters, {megabytes(part.bytes)}",
             part.does)
            for part in shipped
        ],
        ("Part", "What it does"),
    )  # fmt: skip
    with st.expander("Sizes of the networks", icon=":material/schema:"):
        plain_rows([(part.name, part.sizes) for part in shipped if part.sizes], ("Part", "Sizes"))
    st.caption(f"Text encoder: {quoted(manifest.get('text_encoder', 'not named'))}.")


def data(manifest: Manifest) -> None:
    """The records, and which of them served for what."""
    st.markdown(
        f"**{quoted(manifest.get('data', 'The manifest names no data'))}.** All ECGs of one person "
        "lie in one fold, so no person is on two sides of this split:"
    )
    plain_rows(split_rows(manifest), ("Use", "Records"))


def training(manifest: Manifest) -> None:
    """Curves of training and the commands."""
    found = curves(manifest)
    if not found:
        st.info("The manifest holds no training curve.", icon=":material/pending:")
    for curve in found:
        st.subheader(quoted(curve.title), anchor=False)
        card_charts.show(
            card_charts.curve_chart(curve), curve_words(curve), key=f"card_curve_{curve.title}"
        )
        if len(curve.runs) > 1:
            st.caption("Losses of two runs compare only where the autoencoder stayed the same.")
    with st.expander("Commands of the training, in order", icon=":material/terminal:"):
        st.code("\n".join(manifest.get("commands", ())), language="shell")


def findings() -> None:
    """Every form of a finding: from how many real ECGs it was learned, or that it is drawn."""
    counts = Counter(form.made for form in forms())
    said = ", ".join(f"{n} {made}" for made, n in counts.most_common())
    st.markdown(
        f"{len(forms())} findings and stages: {quoted(said)}. A finding counts as learned from "
        f"{LEARNED_FROM} real ECGs on; the others start from the simulation: they have the texture "
        "of real recordings, but a textbook's shape."
    )
    wanted = st.text_input(
        "Search findings", placeholder="Name, synonym or code, English or German", key="card_search"
    ).casefold()
    kept = [form for form in forms() if wanted in form.words]
    st.dataframe(
        pd.DataFrame(
            [(form.name, form.n, form.made, form.family) for form in kept],
            columns=["Finding", "Real ECGs", "Made", "Family"],
        ),
        hide_index=True,
        height=min(430, 38 + 36 * max(len(kept), 1)),
        alt="Findings with the number of real ECGs behind each and how they are made.",
        column_config={
            "Finding": st.column_config.TextColumn(width="medium"),
            "Real ECGs": st.column_config.NumberColumn(format="localized", width="small"),
        },
    )
    st.caption(
        f"{len(kept)} of {len(forms())} shown." if len(kept) else "No finding has such a name."
    )


def licences() -> None:
    """Whose work stands behind it."""
    st.markdown(
        "- **Code**: MIT.\n"
        "- **Data of the weights**: PTB-XL, [CC BY 4.0]"
        "(https://creativecommons.org/licenses/by/4.0/). Wagner P, Strodthoff N, Bousseljot RD, "
        "Kreiseler D, Lunze FI, Samek W, Schaeffter T. PTB-XL, a large publicly available "
        "electrocardiography dataset. *Scientific Data* 2020;7:154. "
        "[doi:10.1038/s41597-020-0495-6](https://doi.org/10.1038/s41597-020-0495-6). The weights "
        "are adapted from these data; no patient's signal or report ships with them.\n"
        "- **Text encoder**: [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/"
        "all-MiniLM-L6-v2), Apache-2.0, fine-tuned here. Reimers N, Gurevych I. Sentence-BERT. "
        "*EMNLP* 2019. [arXiv:1908.10084](https://arxiv.org/abs/1908.10084).\n"
        "- **Check of the measurements**: LUDB, ODC-By 1.0. Kalyakulina AI and others. "
        "*IEEE Access* 2020;8:186181.\n"
        "- **Method**: after SE-Diff ([arXiv:2511.09895](https://arxiv.org/abs/2511.09895)) and "
        "rectified flow ([arXiv:2209.03003](https://arxiv.org/abs/2209.03003)), written anew.\n"
        "- **Figures of the benchmark**: FID (Heusel 2017, [arXiv:1706.08500]"
        "(https://arxiv.org/abs/1706.08500)), KID (Bińkowski 2018, [arXiv:1801.01401]"
        "(https://arxiv.org/abs/1801.01401)), precision and recall (Kynkäänniemi 2019, "
        "[arXiv:1904.06991](https://arxiv.org/abs/1904.06991)), density and coverage (Naeem 2020, "
        "[arXiv:2002.09797](https://arxiv.org/abs/2002.09797))."
    )
