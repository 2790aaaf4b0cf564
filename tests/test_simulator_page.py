"""Claims about the simulator's page, run without a browser."""

import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.frame import SEEN
from sediff import pipeline
from sediff.bench import PRESETS
from sediff.ecg import SYNTHETIC_MARK
from sediff.spec import Request

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 0.3  # of one slider move on the server
SLOW = 3  # times: the tester itself reads every element back


@pytest.fixture
def asked(monkeypatch) -> list[Request]:
    """Let the simulator stand in for the model; gives the list of requests that reach it."""
    requests: list[Request] = []

    def candidates(request, count=1, *, steps=None, on_step=None):
        requests.append(request)
        return [pipeline.simulate_only(request)]

    monkeypatch.setattr(pipeline, "generate_candidates", candidates)
    monkeypatch.setattr(pipeline, "generate", lambda request, **_: candidates(request)[0])
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    return requests


@pytest.fixture
def page(asked) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=240)
    app.session_state[SEEN] = True  # the page alone, without the frame
    return app.switch_page("pages/simulator.py").run()


def button(app: AppTest, label: str):
    return next(b for b in app.button if b.label == label)


def leads(app: AppTest) -> dict[str, list]:
    """The lines of the sheet, as the browser is sent them."""
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    return {line["name"]: line["y"] for line in chart["data"]}


def words(app: AppTest) -> str:
    parts = [e.value for kind in ("markdown", "caption", "error", "info") for e in app.get(kind)]
    return " ".join(map(str, parts)).replace("\\", "")


def use(app: AppTest, preset: str) -> AppTest:
    return app.pills(key="sim_preset").set_value(preset).run()


def test_the_page_opens_with_a_normal_heart_its_loops_and_what_was_measured(page):
    assert not page.exception
    for chart in page.get("plotly_chart"):
        assert SYNTHETIC_MARK in chart.proto.spec
    assert "Sinus rhythm: met" in words(page)
    alts = [chart.proto.alt for chart in page.get("plotly_chart")]
    assert len(alts) == 4
    assert "Simulated 12-lead ECG: Sinus rhythm" in alts[0]
    assert all("ynthetic" in alt for alt in alts[1:])
    assert page.table[0].value["Result"].str.contains("met").sum() >= 5


def test_a_moved_slider_is_held_and_moves_the_trace(page):
    before = leads(page)["II"]
    page.slider(key="sim_pr_ms").set_value(300).run()
    assert not page.exception
    assert page.multiselect(key="sim_held").value == ["pr_ms"]
    assert leads(page)["II"] != before
    assert "300 ms" in page.table[0].value["Asked"].to_list()
    page.multiselect(key="sim_held").set_value([]).run()
    assert page.slider(key="sim_pr_ms").value < 200
    assert leads(page)["II"] == before


def test_sliders_that_nobody_holds_follow_the_findings(page):
    narrow = page.slider(key="sim_qrs_ms").value
    use(page, "lbbb")
    assert page.slider(key="sim_qrs_ms").value > narrow + 30
    assert page.multiselect(key="sim_ventricles").value == ["left bundle branch block"]
    assert page.multiselect(key="sim_held").value == []


def test_a_number_that_the_rhythm_lacks_cannot_be_moved(page):
    use(page, "af")
    assert page.slider(key="sim_pr_ms").disabled
    assert not page.slider(key="sim_heart_rate").disabled


def test_every_control_reaches_the_model_when_it_is_made_real(page, asked):
    page.slider(key="sim_heart_rate").set_value(88)
    page.slider(key="sim_T_amplitude").set_value(1.5)
    page.slider(key="sim_st_inferior").set_value(2.0)
    page.multiselect(key="sim_noise").set_value(["baseline wander"])
    page.slider(key="sim_potassium").set_value(6.2)
    page.segmented_control(key="sim_sex").set_value("female")
    page.number_input(key="sim_seed").set_value(5).run()
    button(page, "Make it real").click().run()
    assert not page.exception
    request = asked[-1]
    assert request.report == "Sinus rhythm, hyperkalaemia stage 1, baseline wander"
    assert (request.heart_rate, request.sex, request.seed) == (88, "female", 5)
    assert [(w.wave, w.amplitude) for w in request.waves] == [("T", 1.5)]
    assert {"II", "III", "aVF"} <= dict(request.st_mv).keys()


def test_what_no_heart_has_together_is_said_and_the_trace_stays(page):
    use(page, "af")
    before = leads(page)
    page.selectbox(key="sim_av").set_value("first degree AV block").run()
    assert "No heart shows both" in page.error[0].value
    assert leads(page) == before
    assert button(page, "Make it real").disabled
    page.selectbox(key="sim_av").set_value(None).run()
    assert not page.error
    assert not button(page, "Make it real").disabled


def test_reset_brings_the_normal_heart_back(page):
    before = leads(page)
    use(page, "vt")
    page.slider(key="sim_R_width").set_value(1.4).run()
    assert leads(page) != before
    button(page, "Reset").click().run()
    assert leads(page) == before
    assert page.pills(key="sim_preset").value == "normal"


def test_a_rhythm_without_beats_says_so_instead_of_a_loop(page):
    page.selectbox(key="sim_rhythm").set_value("coarse ventricular fibrillation").run()
    assert not page.exception
    assert "no loop to draw" in words(page)


def test_the_moment_is_told_in_words_and_marked_on_the_trace(page):
    chart = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert "At this moment the heart drives 1." in words(page)
    page.toggle(key="sim_moment_shown").set_value(False).run()
    bare = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert len(chart["layout"].get("shapes", [])) > len(bare["layout"].get("shapes", []))


def test_settings_survive_a_look_at_another_page_and_travel_in_a_link(page):
    use(page, "inferior")
    page.slider(key="sim_st_lateral").set_value(1.0).run()
    page.switch_page("pages/about.py").run()
    page.switch_page("pages/simulator.py").run()
    assert page.slider(key="sim_st_lateral").value == 1.0
    link = {k: v[0] if isinstance(v, list) else v for k, v in page.query_params.items()}
    assert link == {"with": "acute inferior STEMI", "wall": "lateral=1", "age": "59"}


@pytest.mark.parametrize("preset", ["torsades", "potassium", "paced", "arms"])
def test_odd_hearts_open_without_an_error(page, preset):
    use(page, preset)
    assert not page.exception
    assert not page.error
    assert page.pills(key="sim_preset").value == preset
    assert preset in PRESETS


def test_a_slider_move_repaints_within_the_limit(page):
    took = []
    for rate in (80, 90, 100, 110):
        page.slider(key="sim_heart_rate").set_value(rate)
        begun = time.process_time()  # the whole page, measurement included; not what others do
        page.run()
        took.append(time.process_time() - begun)
    assert min(took) < SLOW * LIMIT_S
