"""Claims about the trace on a page: its controls, its tools and the zoom; no browser."""

import json
import textwrap
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts import trace_calipers, trace_zoom
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.view.calipers import Caliper
from sediff.view.figure import UNITS_PER_MM, build_figure
from sediff.view.look import Look

PAGE = textwrap.dedent("""
    import numpy as np
    import streamlit as st
    from pages.parts.trace import current_look, trace
    from sediff.ecg import Ecg
    from sediff.view.look import Look

    seconds = st.session_state.get("seconds", 10)
    beat = np.sin(np.arange(seconds * 500) / 50)
    ecg = Ecg(np.tile(beat, (12, 1)))
    trace(ecg, "a", heading="72 y", shown=(["V1"], [(1.0, 2.0)]))
    trace(ecg, "b", look=Look("12x1"), controls=False)
    trace(ecg, "c", look=Look("6x2"))
    st.session_state["told"] = current_look()
""")


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60).run()


def charts(page: AppTest) -> list:
    return [chart.proto for chart in page.get("plotly_chart")]


def names(page: AppTest, chart: int) -> list[str]:
    data = json.loads(charts(page)[chart].spec)["data"]
    return [trace["name"] for trace in data if trace["name"] not in ("calibration", "separators")]


def test_every_trace_says_what_it_is_and_tells_it_in_words(page):
    assert not page.exception
    for chart in charts(page):
        assert SYNTHETIC_MARK in chart.spec
        assert chart.alt.startswith("Synthetic 12-lead ECG")
    assert [len(names(page, chart)) for chart in range(3)] == [13, 12, 12]


def test_a_choice_is_kept_for_all_traces_but_those_with_a_look_of_their_own(page):
    page.selectbox(key="a_layout").select("3x4+3").run()
    assert not page.exception
    assert [len(names(page, chart)) for chart in range(3)] == [15, 12, 12]
    assert page.session_state["told"] == Look("3x4+3")
    page.selectbox(key="c_layout").select("strip").run()
    page.toggle(key="c_cabrera").set_value(True).run()
    assert [len(names(page, chart)) for chart in range(3)] == [15, 12, 1]
    assert page.session_state["told"] == Look("3x4+3")


def test_every_control_has_a_label(page):
    page.toggle(key="a_measuring").set_value(True).run()
    page.toggle(key="a_monitor_on").set_value(True).run()
    assert not page.exception
    for kind in ("selectbox", "toggle", "radio", "number_input", "multiselect", "button_group"):
        assert all(widget.proto.label for widget in page.get(kind))


def test_typed_ends_snap_to_samples_and_are_read_out(page):
    page.toggle(key="a_measuring").set_value(True).run()
    page.number_input(key="a_caliper_start").set_value(1001.2).run()
    page.number_input(key="a_caliper_end").set_value(1820.9).run()
    assert not page.exception
    assert page.number_input(key="a_caliper_start").value == 1002
    assert page.number_input(key="a_caliper_end").value == 1820
    assert page.number_input(key="a_caliper_end").step == 2  # an arrow key is one sample
    assert any("**818 ms** · **73 bpm**" in text.value for text in page.markdown)


def test_a_long_record_is_shown_in_parts_of_ten_seconds(page):
    page.session_state["seconds"] = 25
    page.run()
    page.slider(key="a_from").set_value(12.0).run()
    assert not page.exception
    sheet = json.loads(charts(page)[0].spec)["layout"]
    assert any("72 y   12 to 22 s" in note["text"] for note in sheet["annotations"])
    assert sheet["xaxis"]["range"] == [0, 27500]


@pytest.fixture
def session(monkeypatch) -> dict:
    kept: dict = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


ECG = Ecg(np.zeros((12, 5000), np.float32))
PLACE = {"x": [2000.0, 9000.0], "y": [3000.0, 6000.0]}


def seen(key: str, look: Look, heading: str = "") -> list[float]:
    figure = build_figure(ECG, look, heading)
    trace_zoom.keep(key, figure)
    return list(figure.to_dict()["layout"]["xaxis"]["range"])


def told(place: dict) -> SimpleNamespace:
    return SimpleNamespace(get=lambda name: place)


def test_a_new_ecg_is_shown_where_the_last_one_was_zoomed_to(session):
    whole = seen("a", Look())
    session["a_zoom"] = told(PLACE | {"sheet": "3x4+1 25"})
    assert seen("a", Look()) == whole  # the browser has moved this one itself
    assert seen("a", Look(), "another") == PLACE["x"]
    assert seen("a", Look("12x1")) == [0, 27500]  # there it would be another place
    trace_zoom._reset("a")
    assert seen("a", Look(), "third") == whole


def test_a_key_moves_the_sheet_at_once(session):
    whole = seen("a", Look())
    session["a_zoom"] = told(PLACE | {"sheet": "3x4+1 25", "turn": 1})
    assert seen("a", Look()) == PLACE["x"]
    session["a_zoom"] = told({"sheet": "", "turn": 2})
    assert seen("a", Look()) == whole


@pytest.mark.parametrize("nonsense", [
    "x", 7, [], {"sheet": "3x4+1 25"}, {"sheet": "3x4+1 25", "x": ["a", 1], "y": [0, 1]},
    {"sheet": "3x4+1 25", "x": [0.0, float("inf")], "y": [0, 1]},
])  # fmt: skip
def test_a_place_that_makes_no_sense_is_not_gone_to(session, nonsense):
    whole = seen("a", Look())
    session["a_zoom"] = told(nonsense)
    assert seen("a", Look(), "another") == whole


def test_a_drag_over_the_trace_sets_the_ends(session):
    middle, left = 130 - 30, 20
    box = {"x": [(left + 25) * UNITS_PER_MM, (left + 45.51) * UNITS_PER_MM],
           "y": [(middle - 4) * UNITS_PER_MM, (middle + 4) * UNITS_PER_MM]}  # fmt: skip
    session["a"] = {"selection": {"box": [box]}}
    trace_calipers.dragged(ECG, "a", Look())
    lead, start, end = (session[f"a_caliper_{part}"] for part in ("lead", "start", "end"))
    assert Caliper(lead, round(start / 2), round(end / 2)) == Caliper("I", 500, 910)
