"""The page of the model card, run without a browser, a model or a network."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from sediff.assets import read_manifest
from sediff.view import card
from sediff.view.card_model import loss_name
from tests.experience_app import words

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "pages" / "model_card.py"
REPORT: dict[str, Any] = {
    "version": 1,
    "about": {"split": "fold9", "requests": 400, "seeds": 3, "weights": {}, "notes": ["One draw."]},
    "parts": [
        {"key": "signal", "title": "Signal", "intro": "Against what was asked.", "missing": "",
         "rows": [
             {"key": "hr", "figure": "Heart rate: mean error", "unit": "bpm", "digits": 2,
              "ours": {"value": 0.051, "low": 0.03, "high": 0.08, "seeds": [0.05, 0.06]},
              "floor": None, "bar": "at most 1.00 bpm", "verdict": "met",
              "baselines": {"simulator": {"value": 0.02},
                            "diffusets-style": {"value": None, "note": "not trained yet"}}},
             {"key": "cover", "figure": "Coverage", "unit": "share", "digits": 3,
              "ours": {"value": 0.871, "low": 0.85, "high": 0.89},
              "floor": {"value": 0.968, "note": "fold 8 against fold 9"},
              "bar": "at least 92.0 %", "verdict": "missed", "surprise": 7},
             {"key": "psd", "figure": "Power spectrum", "unit": "dB", "digits": 1, "ours": None,
              "verdict": "not measured"},
         ],
         "pictures": [{"file": "psd.png", "title": "Power", "alt": "Two spectra that agree"}]},
        {"key": "privacy", "title": "Privacy", "missing": "Not run: add --parts privacy."},
    ],
    "findings": [
        {"code": "AFIB", "n": 31, "real": 0.98, "generated": 0.981, "training": 1112,
         "difference": {"value": 0.001, "low": -0.01, "high": 0.01}, "verdict": "met"},
        {"code": "LAFB", "name": "left anterior fascicular block", "n": 40, "real": 0.95,
         "generated": 0.8, "difference": [-0.15, -0.2, -0.1], "verdict": "missed"},
    ],
    "failures": [{"sentence": "LAFB: the axis is not left enough.", "file": "bad.png",
                  "alt": "A synthetic ECG with a normal axis"}],
    "ablation": {"whole model": {"fid": 1.5}, "no channels": {"fid": 9.25}},
    "brand_new": {"inner": {"speed_s": 0.5}},
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder of the card, empty."""
    monkeypatch.setattr(card, "FOLDER", tmp_path)
    return tmp_path


def write(folder: Path, **changed: Any) -> None:
    (folder / card.FILE).write_text(json.dumps(copy.deepcopy(REPORT) | changed))
    for name in ("psd.png", "bad.png"):
        Image.new("RGB", (8, 8)).save(folder / name)


def opened() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=30).run()


@pytest.fixture
def page(folder) -> AppTest:
    write(folder)
    shown = opened()
    assert not shown.exception
    return shown


def cells(page: AppTest) -> str:
    return (
        " ".join(
            " ".join(map(str, (*table.value.index, *table.value.to_numpy().ravel())))
            for table in page.table
        )
        .replace("\\", "")
        .replace("\u00a0", " ")
    )


def charts(page: AppTest) -> list[Any]:
    return [chart.proto for chart in page.get("plotly_chart")]


# without a benchmark


def test_without_a_benchmark_one_sentence_names_the_command(folder):
    page = opened()
    assert not page.exception
    assert card.COMMAND in page.info[0].value
    assert "Bars met" not in [one.label for one in page.metric]


@pytest.mark.parametrize("text", ["{", "[1]", "\xff"])
def test_a_damaged_benchmark_is_one_sentence_and_the_rest_stands(folder, text):
    (folder / card.FILE).write_bytes(text.encode("latin-1"))
    page = opened()
    assert not page.exception
    assert "damaged" in page.error[0].value
    assert len(page.header) == 9


def test_an_empty_benchmark_is_no_error(folder):
    (folder / card.FILE).write_text("{}")
    assert not opened().exception


# the model


def test_parts_and_split_come_from_the_manifest(folder):
    told, manifest = cells(opened()), read_manifest()
    for about in manifest["split"].values():
        assert about[1:] in told
    for name, about in manifest["files"].items():
        if name.endswith(".safetensors"):
            assert f"{about['bytes'] / 1e6:.1f} MB" in told


def test_every_run_of_training_is_drawn_and_told_in_words(folder):
    manifest = read_manifest()
    chart = charts(opened())[0]
    held = [t for t in json.loads(chart.spec)["data"] if t["name"] == loss_name("held")]
    assert len(held) == 1 + len(manifest["earlier_curves"])
    assert f"{manifest['curve'][-1]['held']:.3f}" in chart.alt


def test_without_figures_in_the_manifest_the_page_still_stands(folder, monkeypatch):
    monkeypatch.setattr("sediff.assets.read_manifest", lambda: {"files": {}})
    assert not opened().exception


# the benchmark


def test_bars_are_told_in_words_and_counted(page):
    assert "1 of 2 bars are met" in words(page)
    assert "Missed: Coverage" in words(page)
    assert "✓ met: at most 1.00 bpm" in cells(page)
    assert "✗ **missed**: at least 92.0 %" in cells(page)
    assert "1 of 2" in [one.value for one in page.metric]


def test_figures_carry_their_interval_and_shares_are_percent(page):
    assert "0.05 (0.03 to 0.08)" in cells(page)
    assert "87.1 % (85.0 to 89.0)" in cells(page)


def test_generated_stands_beside_real_ecgs_unless_another_source_is_chosen(page):
    assert any("Real ECGs" in table.value.columns for table in page.table)
    page.selectbox(key="card_against").set_value("diffusets-style").run()
    assert not page.exception
    assert "not trained yet" in cells(page)


def test_all_sources_stand_side_by_side(page):
    table = page.dataframe[0].value
    assert {"Generated", "Real ECGs", "Simulator alone", "DiffuSETS-style model"} <= set(table)


def test_a_part_that_was_not_run_says_so(page):
    assert "Not run: add --parts privacy." in words(page)


def test_what_is_unknown_is_shown_as_plain_rows(page):
    assert "Brand new" in words(page)
    assert "Inner · speed s" in cells(page)
    assert "Surprise: 7" in words(page)


def test_what_fails_is_listed_with_its_figures_and_examples(page):
    said = words(page)
    assert "**Coverage**: 87.1 % (85.0 to 89.0); the bar is at least 92.0 %" in said
    assert "LAFB: the axis is not left enough." in said


def test_every_chart_and_picture_has_a_text_alternative(page):
    assert all(chart.alt for chart in charts(page))
    assert "Left anterior fascicular block 0.800 against 0.950" in charts(page)[0].alt
    told = [image.alt for one in page.get("image") for image in one.proto.imgs]
    assert told == ["Two spectra that agree", "A synthetic ECG with a normal axis"]


def test_figures_of_other_weights_are_called_old(folder):
    write(folder, about={"weights": {"denoiser.safetensors": "0" * 64}})
    assert "older model" in opened().warning[1].value
    shipped = {name: one["sha256"] for name, one in read_manifest()["files"].items()}
    write(folder, about={"weights": shipped})
    assert len(opened().warning) == 1


def test_what_a_report_says_is_shown_as_text(folder):
    write(folder, failures=[{"sentence": "![x](http://evil.example/a.png)"}])
    assert "![x](http" not in " ".join(str(m.value) for m in opened().markdown)


def test_each_finding_says_how_many_were_tested_and_learned_from(page):
    assert "Atrial fibrillation (31 tested; 1,112 in training)" in cells(page)
    assert "-0.150 (-0.200 to -0.100), ✗ **missed**" in cells(page)


# findings


def test_the_search_finds_synonyms_codes_and_german(page):
    for text in ("linksschenkelblock", "CLBBB"):
        page.text_input(key="card_search").set_value(text).run()
        found = page.dataframe[-1].value
        assert "Left bundle branch block" in set(found["Finding"])
        assert len(found) < 10


def test_a_search_for_nothing_known_is_a_sentence(page):
    page.text_input(key="card_search").set_value("xyzzy").run()
    assert not page.exception
    assert "No finding has such a name." in words(page)


def test_opening_the_card_loads_no_torch():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        "at = AppTest.from_file('pages/model_card.py', default_timeout=120).run();"
        "assert not at.exception, at.exception;"
        "sys.exit(bool({'torch', 'transformers', 'bm25s'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
