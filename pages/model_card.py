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

_SECTIONS = {
    "purpose": "What it is for",
    "model": "The model",
    "data": "Data",
    "benchmark": "Benchmark",
    "fails": "Where it fails",
    "ablation": "What each part is worth",
    "training": "Training",
    "learned": "Findings",
    "licences": "Licences and citations",
}


def main() -> None:
    """Draw the card."""
    st.html(Path(__file__).parent / "parts" / "card_style.css")
    st.title("Model card")
    st.caption("Every figure on this page is read from a file that a command of the project wrote.")
    st.warning(
        f"**{SYNTHETIC_MARK}.** The model is not validated for clinical use.",
        icon=":material/warning:",
    )
    try:
        manifest = read_manifest()
    except WeightsError as error:
        st.error(str(error), icon=":material/error:")
        return
    found = _benchmark()
    card_model.glance(manifest, found)
    st.markdown(" · ".join(f"[{name}](#{anchor})" for anchor, name in _SECTIONS.items()))
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
    st.header(_SECTIONS[anchor], anchor=anchor)


through_app()
main()
