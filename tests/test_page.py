"""Claims about the pages, run without a browser; the simulator stands in for the model."""

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import sediff.plan as planning
from pages.parts.turns import Turns
from sediff import pipeline
from sediff.comparison import Row
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError, WeightsError
from sediff.export import FORMATS
from sediff.leads import LEADS
from sediff.spec import Request
from sediff.view.text import say

ROOT = Path(__file__).resolve().parents[1]
AF = say("controls.text_af")


@pytest.fixture
def asked(monkeypatch) -> list[Request]:
    """Let the simulator stand in for the model; gives the list of requests that reach it."""
    requests: list[Request] = []

    def generate(request, *, steps=None, candidates=1, on_step=None):
        requests.append(request)
        for step in range(12):
            if on_step:
                on_step(step + 1, 12)
        return pipeline.simulate_only(request)

    monkeypatch.setattr(pipeline, "generate", generate)
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    return requests


@pytest.fixture
def app(asked) -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def button(app: AppTest, label: str):
    return next(b for b in app.button if b.label == label)


def press_generate(app: AppTest) -> AppTest:
    return button(app, "Generate").click().run()


def sheet(app: AppTest) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def chips(app: AppTest) -> list[str]:
    """What the chips of the findings say, in their order."""
    found, open_blocks = [], [app.main]
    while open_blocks:
        block = open_blocks.pop(0)
        open_blocks[:0] = list(getattr(block, "children", {}).values())
        if block.type == "popover" and "-chip_open_" in block.proto.id:
            found.append(block.proto.popover.label)
    return found


def words(app: AppTest) -> str:
    """All running text of the page."""
    parts = [e.value for kind in ("markdown", "caption", "warning") for e in app.get(kind)]
    return " ".join(map(str, parts)).replace("\\", "")


def test_every_page_opens_and_says_synthetic(app):
    app.run()
    assert not app.exception
    assert SYNTHETIC_MARK in words(app)
    app.switch_page("pages/about.py").run()
    assert not app.exception
    assert SYNTHETIC_MARK in words(app)


def test_about_credits_data_and_weights(app):
    app.run().switch_page("pages/about.py").run()
    for name in ("PTB-XL", "Wagner", "CC BY 4.0", "all-MiniLM-L6-v2", "Apache-2.0"):
        assert name in words(app)


def test_before_the_first_ecg_there_is_empty_paper_and_a_hint(app):
    app.run()
    assert "press Generate" in sheet(app)["layout"]["annotations"][0]["text"]


def test_an_example_and_one_press_give_an_ecg_with_checks_sources_and_files(app):
    app.run()
    app.pills(key="example").set_value("af").run()
    assert app.text_area(key="report").value == AF
    press_generate(app)
    assert not app.exception
    assert {t["name"] for t in sheet(app)["data"]} >= set(LEADS)
    assert any(SYNTHETIC_MARK in note["text"] for note in sheet(app)["layout"]["annotations"])
    assert "drawn by the simulator" in words(app)
    files = [b.proto.label for b in app.get("download_button")]
    assert len(files) == len(FORMATS)
    assert {"WFDB (zip)", "CSV", "PDF"} <= set(files)


def test_a_failed_check_is_shown_in_words_and_an_unsure_one_says_why(app, monkeypatch):
    rows = [
        Row("Heart rate", 118, 119, "bpm", "met"),
        Row("QRS", 94, 160, "ms", "missed", "66 ms too wide"),
        Row("QT", 360, None, "ms", "unsure", "The end of T is not clear."),
        Row("Axis", None, 45, "deg", "not asked"),
    ]
    monkeypatch.setattr(pipeline.Generated, "compared", lambda generated: rows)
    press_generate(app.run())
    table = app.table[0].value
    assert [cell.rsplit(": ")[-1].split("] ")[-1] for cell in table["Result"]] == [
        "met", "missed", "unsure", "not asked"]  # fmt: skip
    assert table["Measured"].iloc[2] == "–"
    assert "end of T is not clear" in table["Remark"].iloc[2]


def test_the_chart_tells_those_who_cannot_see_it(app):
    press_generate(app.run())
    assert "Synthetic 12-lead ECG" in app.get("plotly_chart")[0].proto.alt


def test_what_was_read_is_shown_with_its_certainty_and_what_was_not_is_marked(app):
    app.run()
    report = "Sinus rhythm, atrial fibrillation, possible inferior infarct, frobnicated, no LBBB"
    app.text_area(key="report").set_value(report).run()
    assert chips(app) == [
        "Sinus rhythm", "Atrial fibrillation", "Inferior infarct · possible",
        "no left bundle branch block",
    ]  # fmt: skip
    assert "Not understood" in words(app)
    assert "**frobnicated**" in words(app)
    assert "both sinus rhythm and atrial fibrillation" in app.warning[0].value


def test_a_number_left_open_tells_what_the_plan_fills_in(app):
    app.run()
    app.text_area(key="report").set_value("AF, rate 118").run()
    assert "auto: 118 bpm, from the report" in words(app)


def test_a_number_taken_over_starts_where_the_plan_had_it(app, asked):
    app.run()
    app.text_area(key="report").set_value("AF, rate 118").run()
    app.checkbox(key="set_heart_rate").check().run()
    assert app.slider(key="val_heart_rate").value == 118
    app.slider(key="val_heart_rate").set_value(64).run()
    press_generate(app)
    assert asked[-1].heart_rate == 64
    assert asked[-1].pr_ms is None


def test_every_control_reaches_the_request(app, asked):
    app.run()
    app.segmented_control(key="sex").set_value("male")
    app.multiselect(key="st_leads").set_value(["V2"])
    app.pills(key="waves").set_value(["T"])
    app.number_input(key="seed").set_value(77).run()
    app.slider(key="st_V2").set_value(0.3)
    app.slider(key="T_amplitude").set_value(1.5)
    app.slider(key="T_shift_ms").set_value(-20)
    press_generate(app.run())
    request = asked[-1]
    assert (request.sex, request.seed, request.st_mv) == ("male", 77, (("V2", 0.3),))
    assert (request.waves[0].amplitude, request.waves[0].shift_ms) == (1.5, -20)


def test_a_link_sets_the_numbers_and_never_carries_the_report(app, asked):
    app.query_params.update({"hr": "64", "sex": "male", "st": "V2=0.3", "seed": "5", "age": "900"})
    app.run()
    app.text_area(key="report").set_value("a secret name").run()
    press_generate(app)
    assert (asked[-1].heart_rate, asked[-1].sex, asked[-1].seed) == (64, "male", 5)
    assert asked[-1].age is None
    link = {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}
    assert link == {"hr": "64", "sex": "male", "st": "V2=0.3", "seed": "5"}


def test_settings_and_ecg_survive_a_look_at_another_page(app):
    app.run()
    app.text_area(key="report").set_value(AF)
    app.checkbox(key="set_qrs_ms").check().run()
    app.slider(key="val_qrs_ms").set_value(140).run()
    press_generate(app)
    app.switch_page("pages/about.py").run()
    app.switch_page("pages/generate.py").run()
    assert app.text_area(key="report").value == AF
    assert app.slider(key="val_qrs_ms").value == 140
    assert {t["name"] for t in sheet(app)["data"]} >= set(LEADS)


def test_a_new_seed_is_another_one_and_the_old_ecg_is_marked_as_such(app):
    press_generate(app.run())
    assert "Settings changed" not in words(app)
    button(app, "New seed").click().run()
    assert app.number_input(key="seed").value != 1
    assert "Settings changed" in words(app)


def test_a_request_that_cannot_be_met_is_one_sentence_and_no_button(app, monkeypatch):
    def refuses(request):
        raise RequestError("This case cannot be drawn: take out a finding.")

    monkeypatch.setattr(planning, "plan", refuses)
    app.run()
    assert [e.value.replace("\\", "") for e in app.error] == [
        "This case cannot be drawn: take out a finding."
    ]
    assert button(app, "Generate").disabled
    assert not app.exception


def test_missing_weights_are_one_sentence_and_the_next_press_works(app, monkeypatch):
    app.run()
    works = pipeline.generate

    def fails(request, **_):
        raise WeightsError("The weights are missing: restore it.")

    monkeypatch.setattr(pipeline, "generate", fails)
    press_generate(app)
    assert [e.value.replace("\\", "") for e in app.error] == [
        "The weights are missing: restore it."
    ]
    monkeypatch.setattr(pipeline, "generate", works)
    press_generate(app)
    assert not app.error
    assert app.table


def test_the_first_paint_needs_no_torch():
    code = (
        "import sys, sediff.pipeline, pages.parts.controls, pages.parts.result, pages.parts.turns;"
        "sys.exit(bool({'torch', 'transformers', 'matplotlib.pyplot'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


class Stopped(BaseException):
    """What Streamlit raises to end a run is no `Exception` either."""


def test_a_stopped_run_gives_its_turn_to_the_next():
    turns = Turns()
    with pytest.raises(Stopped), turns.take(lambda ahead: None):
        raise Stopped
    with turns.take(pytest.fail):
        pass


def test_callers_run_one_by_one_and_see_their_place():
    turns, running, most, places = Turns(), [], [], []

    def caller():
        with turns.take(places.append):
            running.append(1)
            most.append(len(running))
            time.sleep(0.05)
            running.pop()

    threads = [threading.Thread(target=caller) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert max(most) == 1
    assert len(most) == 4
    assert set(places) == {1, 2, 3}


def test_one_who_leaves_the_line_does_not_hold_it_up():
    turns = Turns()

    def leave(ahead):
        raise Stopped

    with turns.take(pytest.fail), pytest.raises(Stopped), turns.take(leave):
        pytest.fail("it never got its turn")
    with turns.take(pytest.fail):
        pass


def test_findings_that_exclude_each_other_are_refused_with_the_reason(app, asked):
    app.run()
    app.text_area(key="report").set_value("Atrial fibrillation and sinus rhythm").run()
    told = [error.value for error in app.error]
    assert any("atrial fibrillation" in text and "take one of them out" in text for text in told)
    assert next(button for button in app.button if button.label == "Generate").disabled
    assert asked == []


def test_criteria_stand_beside_the_ecg_and_can_be_shown_on_the_trace(app):
    app.run()
    app.text_area(key="report").set_value("Left bundle branch block").run()
    press_generate(app)
    before = len(sheet(app)["layout"].get("shapes", ()))
    show = next(b for b in app.button if (b.key or "").startswith("show_lbbb"))
    assert show.label == "Show me"
    show.click().run()
    assert not app.exception
    assert len(sheet(app)["layout"]["shapes"]) > before
    assert app.button(key=show.key).label == "Hide"
    app.button(key=show.key).click().run()
    assert len(sheet(app)["layout"].get("shapes", ())) == before
    assert "suggestive" in " ".join(caption.value for caption in app.caption)


def test_a_finding_can_be_picked_from_the_list(app):
    app.run()
    pick = app.selectbox(key="add_finding")
    pick.set_value("left bundle branch block").run()
    assert app.text_area(key="report").value == "Left bundle branch block"
    assert app.session_state["add_finding"] is None


def test_what_is_drawn_unasked_is_said_beneath_the_sheet(app, monkeypatch):
    plain, said = pipeline.simulate_only, "Drawn although the report does not state it."

    def more(request):
        made = plain(request)
        return replace(made, notes=(*made.notes, said))

    press_generate(app.run())
    assert not any("does not state" in one.value for one in app.info)
    monkeypatch.setattr(pipeline, "simulate_only", more)
    press_generate(app)
    assert any("does not state" in one.value for one in app.info)
