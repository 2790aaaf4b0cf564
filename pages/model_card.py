"""The model card: what the model is, for what, how well it does, and where it fails."""

from pathlib import Path

import streamlit as st

from pages.parts import card_benchmark, card_model
from pages.parts.frame import through_app
from sediff.assets import read_manifest
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import DataError, WeightsError
from sediff.view import card
from sediff.view.card_model import Manifest
from sediff.view.text import say

_SECTIONS = (
    "purpose", "model", "data", "benchmark", "fails", "ablation", "training", "learned", "licences"
)  # fmt: skip


def main() -> None:
    """Draw the card."""
    st.html(Path(__file__).parent / "parts" / "card_style.css")
    st.title(say("card.title"))
    st.caption(say("card.about"))
    st.warning(say("card.mark", mark=SYNTHETIC_MARK), icon=":material/warning:")
    try:
        manifest = read_manifest()
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")
        return
    found = _benchmark()
    card_model.glance(manifest, found)
    st.markdown(" · ".join(f"[{_section(anchor)}](#{anchor})" for anchor in _SECTIONS))
    _model(manifest)
    _figures(manifest, found)
    _head("training")
    card_model.training(manifest)
    _head("learned")
    card_model.findings()
    _head("licences")
    card_model.licences()


def _benchmark() -> card.Benchmark | None:
    """The report that ships, None where there is none or it is damaged."""
    path = card.FOLDER / card.FILE
    try:
        return _read(card.FOLDER, path.stat().st_mtime if path.is_file() else 0.0)
    except DataError as error:
        st.error(str(error), icon=":material/error:")
        return None


@st.cache_data(show_spinner=False, max_entries=2)
def _read(folder: Path, changed: float) -> card.Benchmark | None:
    """Read the report once, and again after a change of the file."""
    return card.read_benchmark(folder)


def _model(manifest: Manifest) -> None:
    _head("purpose")
    card_model.purpose()
    _head("model")
    card_model.build(manifest)
    _head("data")
    card_model.data(manifest)


def _figures(manifest: Manifest, found: card.Benchmark | None) -> None:
    _head("benchmark")
    card_benchmark.benchmark(found, manifest)
    if found:
        card_benchmark.read_back(found.findings)
    _head("fails")
    card_benchmark.honest(found)
    _head("ablation")
    card_benchmark.ablation(found, manifest)


def _head(anchor: str) -> None:
    st.divider()
    st.header(_section(anchor), anchor=anchor)


def _section(anchor: str) -> str:
    return say(f"card.section_{anchor}")


through_app()
main()
