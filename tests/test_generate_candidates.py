"""Claims about several candidates, and about what other pages hand over to Generate."""

import json
from dataclasses import replace

import pytest

from pages.parts import hand_over
from sediff import pipeline
from sediff.ecg import SYNTHETIC_MARK
from sediff.spec import Request
from sediff.view.thumbnail import strip_svg
from tests.experience_app import button, labels, words

pytest_plugins = ["tests.experience_fixtures"]


@pytest.fixture
def several(app, monkeypatch):
    """The app after Generate with two candidates, of which the better has the later seed."""

    def made(request, count, **_):
        return [
            pipeline.simulate_only(replace(request, seed=request.seed + k))
            for k in range(count)[::-1]
        ]

    monkeypatch.setattr(pipeline, "generate_candidates", made)
    app.run()
    app.text_area(key="report").set_value("LBBB, 70-year-old man")
    app.segmented_control(key="candidates").set_value(2).run()
    button(app, "Generate").click().run()
    assert not app.exception
    return app


def seed_on_paper(app) -> str:
    notes = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]
    return next(note["text"] for note in notes if "seed" in note["text"]).split()[-1]


def test_candidates_stand_side_by_side_with_what_each_meets(several):
    assert len(several.get("image")) == 2
    assert "checks met" in words(several)
    assert {"Number 1 is shown", "Take number 2"} <= set(labels(several))


def test_the_best_is_shown_until_another_is_taken(several):
    assert seed_on_paper(several) == "2"
    several.button(key="take_1").click().run()
    assert not several.exception
    assert seed_on_paper(several) == "1"
    assert {"Take number 1", "Number 2 is shown"} <= set(labels(several))
    assert "Settings changed" not in words(several)


def test_a_single_ecg_after_several_leaves_no_candidates_behind(several):
    several.segmented_control(key="candidates").set_value(1).run()
    button(several, "Generate").click().run()
    assert not any(label.startswith("Take") for label in labels(several))


def test_every_thumbnail_says_synthetic():
    picture = strip_svg(pipeline.simulate_only(Request(report="LBBB")).ecg)
    assert SYNTHETIC_MARK in picture
    assert ">V1<" in picture
    assert len(picture) < 20_000


def test_what_another_page_hands_over_is_generated_at_once(app, monkeypatch):
    asked = []

    def generate(request, **_):
        asked.append(request)
        return pipeline.simulate_only(request)

    monkeypatch.setattr(pipeline, "generate", generate)
    request = Request(report="LBBB", heart_rate=64, sex="male", seed=9)
    for key, value in hand_over.widgets_of(request).items():
        app.session_state[key] = value
    app.session_state[hand_over.NOW] = True
    app.run()
    assert not app.exception
    assert asked == [request]
    app.run()
    assert len(asked) == 1


def test_a_case_that_cannot_be_drawn_is_not_generated_though_another_page_asks(app, monkeypatch):
    monkeypatch.setattr(pipeline, "generate", lambda *_, **__: pytest.fail("it was drawn"))
    app.session_state["report"] = "Atrial fibrillation and sinus rhythm"
    app.session_state[hand_over.NOW] = True
    app.run()
    assert any("take one of them out" in error.value for error in app.error)
