"""Claims about the Explore page, run without a browser; the simulator stands in for the model."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import hand_over
from sediff import pipeline
from sediff.ecg import IMPORTED_MARK, SYNTHETIC_MARK, Ecg
from sediff.explore.hearts import simulated
from sediff.spec import Request

ROOT = Path(__file__).resolve().parents[1]
VIEWS = ("sweep", "compare", "heart", "pairs")


@pytest.fixture
def asked(monkeypatch) -> list[Request]:
    """Let the simulator stand in for the model; gives the requests that reach it."""
    requests: list[Request] = []

    def generate_many(wanted, *, on_step=None, **_):
        requests.extend(wanted)
        if on_step:
            on_step(1, 1)
        return [pipeline.simulate_only(request) for request in wanted]

    monkeypatch.setattr(pipeline, "generate_many", generate_many)
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    return requests


@pytest.fixture
def app(asked) -> AppTest:
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return found.run().switch_page("pages/explore.py")


def opened(app: AppTest, view: str) -> AppTest:
    app.session_state["explore_view"] = view
    return app.run()


def charts(app: AppTest) -> list[dict]:
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


def notes_of(chart: dict) -> str:
    return " ".join(note["text"] for note in chart["layout"]["annotations"])


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "info", "error")
    return " ".join(str(e.value) for kind in kinds for e in app.get(kind)).replace("\\", "")


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_something_at_once_with_mark_and_alt(app, view):
    opened(app, view)
    assert not app.exception
    assert not app.error
    found = app.get("plotly_chart")
    assert found
    for one in found:
        assert len(one.proto.alt) > 30
        assert SYNTHETIC_MARK in notes_of(json.loads(one.proto.spec))
    assert len(app.title) == 1


def test_a_link_opens_its_view_and_a_broken_one_the_first(app):
    app.query_params["view"] = "pairs"
    app.run()
    assert app.session_state["explore_view"] == "pairs"
    fresh = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    fresh.switch_page("pages/explore.py")
    fresh.query_params["view"] = "<script>"
    fresh.run()
    assert fresh.session_state["explore_view"] == "sweep"
    assert not fresh.exception


def test_asked_and_measured_stand_over_every_ecg_of_a_sweep(app):
    app.session_state["sweep_parameter"] = "qrs_ms"
    app.session_state["sweep_count"] = 3
    opened(app, "sweep")
    told = notes_of(charts(app)[0])
    assert told.count("measured") == 3
    assert "<b>80 ms</b>" in told
    assert "<b>180 ms</b>" in told
    assert next(iter(app.table[0].value.index)) == "80 ms"


def test_the_film_is_offered_beside_the_small_multiples(app):
    app.session_state["sweep_parameter"] = "heart_rate"
    app.session_state["sweep_way"] = "animation"
    app.session_state["sweep_count"] = 3
    opened(app, "sweep")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert app.table  # the same in numbers


def test_an_st_sweep_without_leads_says_what_to_do_and_keeps_its_controls(app):
    app.session_state["sweep_parameter"] = "st_mm"
    app.session_state["sweep_territory"] = "chosen"
    app.session_state["sweep_st_leads"] = []
    opened(app, "sweep")
    assert "Choose at least one lead" in app.error[0].value
    app.multiselect(key="sweep_st_leads").set_value(["V4"]).run()
    assert not app.error
    assert app.get("plotly_chart")


def test_the_model_draws_only_when_it_is_told_to(app, asked):
    app.session_state["sweep_parameter"] = "pr_ms"
    app.session_state["sweep_by"] = "model"
    app.session_state["sweep_count"] = 3
    opened(app, "sweep")
    assert asked == []
    assert "Still the simulation" in words(app)
    button(app, "Make them with the model").click().run()
    assert not app.exception
    assert [request.pr_ms for request in asked] == [120, 220, 320]
    assert "Made by the model" in words(app)
    app.run()
    assert len(asked) == 3  # kept


def test_a_report_with_markup_is_shown_as_text(app):
    app.session_state["compare_report_B"] = "<b>LBBB</b> <a href='x'>x</a> [y](javascript:z)"
    opened(app, "compare")
    assert not app.exception
    told = notes_of(charts(app)[0])
    assert "<a" not in told
    assert "‹a" in told


def test_two_ecgs_stand_on_one_scale_overlaid_or_stacked(app):
    opened(app, "compare")
    for way in ("beats", "strip"):
        app.session_state["compare_way"] = way
        app.run()
        (chart,) = charts(app)
        pairs = [one for one in chart["data"] if one["name"].endswith((" A", " B"))]
        assert len({one["dx"] for one in pairs}) == 1
        assert {one["line"]["dash"] for one in pairs} == {"solid", "4px,2.5px"}
    app.session_state["compare_way"] = "stacked"
    app.run()
    assert len(charts(app)) == 2
    assert not app.exception
    assert {"A", "B", "B minus A"} <= set(app.table[0].value.columns)


@pytest.mark.parametrize(("source", "told"), [("last", "Generate has made"), ("imported", "Files")])
def test_a_source_without_an_ecg_says_where_to_get_one(app, source, told):
    app.session_state["compare_B"] = source
    opened(app, "compare")
    assert told in app.info[0].value
    assert not app.exception


def test_an_imported_ecg_is_compared_under_its_own_mark(app):
    made = simulated(Request("Left bundle branch block", seed=2))
    app.session_state["imported_ecg"] = Ecg(made.ecg.signal, provenance={"file": "<i>mine</i>.edf"})
    app.session_state["compare_B"] = "imported"
    opened(app, "compare")
    told = notes_of(charts(app)[0])
    assert IMPORTED_MARK in told
    assert SYNTHETIC_MARK in told
    assert "<i>" not in told
    app.session_state["imported_ecg"] = replace(made.ecg, signal=made.ecg.signal * 0)
    app.run()  # another file, without beats
    assert not app.exception
    assert "no beat that could be told" in app.info[0].value


def test_the_last_generated_ecg_can_be_compared(app):
    request = Request("Atrial fibrillation", seed=5)
    app.session_state["generated"] = simulated(request)
    app.session_state["asked"] = request
    app.session_state["compare_A"] = "last"
    opened(app, "compare")
    assert "Atrial fibrillation" in notes_of(charts(app)[0])


def test_a_case_of_the_library_can_be_compared(app, tmp_path, monkeypatch):
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path))
    monkeypatch.setattr("pages.parts.owner.owner", lambda: "local")  # there is no browser
    app.session_state["compare_A"] = "case"
    opened(app, "compare")
    assert not app.exception
    assert app.info or app.get("plotly_chart")


def test_one_heart_is_shown_before_and_after(app):
    opened(app, "heart")
    told = notes_of(charts(app)[0])
    for name in ("Normal", "Hyperacute anterior STEMI", "Acute anterior STEMI", "Evolving"):
        assert name in told
    assert told.count("pattern met") == 3
    assert len(charts(app)) == 3
    assert "Acute anterior STEMI" in notes_of(charts(app)[2])  # the usual form


def test_look_alikes_come_with_what_tells_them_apart(app):
    opened(app, "pairs")
    first = app.table[0].value
    assert list(first.columns) == ["Pericarditis", "Early repolarisation"]
    assert all(("✓" in row[0]) != ("✓" in row[1]) for row in first.to_numpy())
    shapes = [chart["layout"].get("shapes", []) for chart in charts(app)]
    assert all(shapes)  # highlighted on both
    assert "Mistaken for" in words(app)


def test_an_ecg_opens_in_generate_with_its_settings(app, monkeypatch):
    given: list[Request] = []
    monkeypatch.setattr(hand_over.st, "switch_page", lambda page: None)
    opened(app, "heart")
    app.selectbox(key="heart_anterior_stemi_open_which").set_value(2).run()
    monkeypatch.setattr(
        "pages.parts.explore_common.to_generate", lambda request: given.append(request)
    )
    button(app, "Open in Generate").click().run()
    assert given[0].report == "acute anterior STEMI"
    assert given[0].age == 55
