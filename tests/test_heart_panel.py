"""Claims about the fold 'What this heart did'; a stub stands in for the beat decoder."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from pages.parts import heart as part
from sediff.diffusion import explain
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import WeightsError
from sediff.view.vector import (
    PLANES,
    angle_between,
    direction_words,
    loop_figure,
    loops_alt,
    meaning,
    when,
)
from tests.experience_app import generated, words
from tests.test_explain import AT_S, Coder, Reader, beats_at, known_ecg

pytest_plugins = ["tests.experience_fixtures"]


@pytest.fixture
def heart(monkeypatch) -> explain.Heart:
    monkeypatch.setattr(explain, "load_beat_decoder", lambda: (Coder(), Reader()))
    found = explain.heart_of(known_ecg(), beats_at())
    assert found is not None
    return found


def opened(app, report):
    app.session_state[part.OPEN] = True
    app = generated(app, report)
    assert not app.exception
    return app


def charts(app) -> list[dict]:
    found = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [one for one in found if "plane" in one["layout"].get("title", {}).get("text", "")]


def table(app):
    return next(t.value for t in app.table if "Frontal" in t.value.columns)


# words


@pytest.mark.parametrize(
    ("degrees", "plane", "told"),
    [(0, "frontal", "left"), (60, "frontal", "down-left"), (-90, "frontal", "up"),
     (45, "horizontal", "forwards-left"), (-50, "horizontal", "backwards-left"),
     (180, "horizontal", "right"), (-180, "horizontal", "right"),
     (130, "horizontal", "forwards-right")],
)  # fmt: skip
def test_a_direction_is_told_in_words(degrees, plane, told):
    assert direction_words(degrees, plane) == told


def test_a_time_is_told_against_r():
    assert (when(-24.0), when(0.0), when(250.0)) == ("24 ms before R", "at R", "250 ms after R")


def test_t_the_other_way_is_told_with_its_angle():
    said = meaning((1.0, 0.1, 0.1), (-0.4, 0.0, 0.0))
    assert "points to the left;" in said
    assert "the other way" in said
    assert "172°" in said
    assert angle_between((1, 0, 0), (0, 0, 0)) == 0


def test_without_clear_waves_nothing_is_claimed():
    assert "too small" in meaning(None, None)
    assert "too small" in meaning((1.0, 0.0, 0.0), None)


# loops


def test_front_foot_and_left_are_named_and_lie_where_vectors_point(heart):
    for plane, end, column, sign in (("frontal", "foot", 1, 1), ("horizontal", "front", 2, -1)):
        figure = loop_figure(heart.loops, plane)
        places = {note.text: (note.x, note.y) for note in figure.layout.annotations}
        assert places["left"][0] > 0
        assert places[end][1] > 0
        qrs = next(trace for trace in figure.data if trace.name == "QRS")
        assert np.allclose(qrs.y, sign * heart.loops["QRS"].vector[:, column], atol=1e-3)
        low, high = figure.layout.yaxis.range
        assert low > high  # positive is at the bottom: foot, and front as seen from above


def test_millivolts_are_equally_long_on_all_axes_of_both_planes(heart):
    figures = [loop_figure(heart.loops, plane) for plane in PLANES]
    for figure in figures:
        assert figure.layout.yaxis.scaleanchor == "x"
        assert figure.layout.yaxis.scaleratio == 1
        assert figure.layout.xaxis.minor.dtick == 0.1
    spans = {math.dist(*[(r,) for r in figure.layout.xaxis.range]) for figure in figures}
    assert len(spans) == 1


def test_loops_differ_by_dash_and_name_as_well_as_by_colour(heart):
    figure = loop_figure(heart.loops, "frontal")
    assert len({trace.line.dash for trace in figure.data}) == 3
    named = {note.text for note in figure.layout.annotations}
    assert {"<b>P</b>", "<b>QRS</b>", "<b>T</b>"} <= named


def test_every_picture_says_synthetic_and_has_a_text_alternative(heart):
    for plane in PLANES:
        assert SYNTHETIC_MARK in loop_figure(heart.loops, plane).layout.title.text
    told = loops_alt(heart.loops, "horizontal")
    assert "synthetic" in told
    assert "QRS reaches" in told
    assert "forwards-left" in told


def test_an_empty_set_of_loops_still_draws():
    assert not loop_figure({}, "frontal").data
    assert "no loop" in loops_alt({}, "frontal")


# the page


def test_nothing_is_read_before_the_fold_is_opened(app, monkeypatch):
    def refuse():
        raise AssertionError("read before it was asked for")

    monkeypatch.setattr(explain, "load_beat_decoder", refuse)
    app = generated(app)
    assert any(fold.label == "What this heart did" for fold in app.expander)
    assert not app.exception
    assert not charts(app)


def test_the_open_fold_shows_a_table_two_planes_and_how_far_to_trust_it(app, heart):
    app = opened(app, "Normal ECG, 40-year-old woman")
    rows = table(app)
    assert list(rows.index) == ["P", "QRS", "ST", "T"]
    assert rows.loc["QRS", "Frontal"] == "27° (down\\-left)"
    assert rows.loc["QRS", "Horizontal"] == "forwards\\-left"
    assert rows.loc["QRS", "When"] == "at R"
    assert rows.loc["ST", "Size"] == "below 0.1\u00a0mV"
    assert rows.loc["ST", "Frontal"] == "–"
    assert "too small to tell" in words(app)
    assert len(charts(app)) == 2
    assert "How far to trust it" in words(app)
    alts = [chart.proto.alt for chart in app.get("plotly_chart")]
    assert sum("Vector loops of a synthetic ECG" in alt for alt in alts) == 2


def test_the_same_ecg_is_read_once(app, heart, monkeypatch):
    app = opened(app, "Normal ECG")
    read = []
    monkeypatch.setattr(explain, "heart_of", lambda *given: read.append(given))
    app.run()
    assert not read
    assert len(charts(app)) == 2


def test_ventricular_fibrillation_gives_one_sentence_and_no_picture(app, heart):
    app = opened(app, "Ventricular fibrillation")
    assert "has no beats" in words(app)
    assert not charts(app)


def test_exchanged_cables_are_named_beside_the_directions(app, heart):
    app = opened(app, "Arm leads swapped, sinus rhythm")
    assert "may not be the heart's" in words(app)


def test_a_reading_that_does_not_redraw_the_ecg_warns(app, heart, monkeypatch):
    poor = replace(heart, correlation=0.5)
    monkeypatch.setattr(explain, "heart_of", lambda *_: poor)
    assert "do not trust their directions" in words(opened(app, "Normal ECG"))


def test_missing_weights_are_one_clear_sentence(app, monkeypatch):
    def missing():
        raise WeightsError("The weight file beats is missing: restore it with git checkout.")

    monkeypatch.setattr(explain, "load_beat_decoder", missing)
    app = opened(app, "Normal ECG")
    assert any("restore it" in error.value for error in app.error)


def test_what_the_manifest_says_of_real_ecgs_is_told(monkeypatch):
    fit = {"correlation": {"all": 0.957}, "rms_mv": {"all": 0.0412}}
    figures = {"beat-fit": {"records": 1200, "beat_decoder": fit}}
    monkeypatch.setattr(part, "read_manifest", lambda: {"figures": figures})
    assert "On 1,200 real ECGs" in part._on_real()
    assert "0.96" in part._on_real()
    monkeypatch.setattr(part, "read_manifest", lambda: {"figures": {"beat-fit": "broken"}})
    assert part._on_real() == ""


def test_the_stub_reads_every_beat(heart):
    assert heart.beats == len(AT_S)
