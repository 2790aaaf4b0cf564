"""Claims about the sheet: millimetres, places, labels and the mark."""

import base64

import numpy as np
import pytest

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.leads import LEADS
from sediff.plan import plan
from sediff.spec import Request, WaveChange
from sediff.view.figure import alt_text, blank_figure, build_figure
from sediff.view.knobs import KNOBS, from_query, to_query
from sediff.view.paper import LAYOUTS, lay_out, strip_mm
from sediff.view.picture import draw, png
from sediff.view.words import finding_name, quoted
from tests.hearts import drawn


@pytest.fixture(scope="module")
def ecg() -> Ecg:
    return drawn(plan(Request(seed=3)))


def values(array) -> np.ndarray:
    """An array of a figure that went through JSON: plotly packs numbers as base64."""
    if isinstance(array, dict):
        return np.frombuffer(base64.b64decode(array["bdata"]), array["dtype"])
    return np.asarray(array)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_lead_is_on_every_sheet(ecg, layout):
    assert {strip.lead for strip in lay_out(ecg, layout).strips} == set(LEADS)


def test_columns_show_one_after_the_other_what_was_recorded_at_the_same_time(ecg):
    paper = lay_out(ecg, "3x4")
    place = {strip.lead: strip for strip in paper.strips if strip.row < 3}
    assert (place["aVR"].start, place["aVR"].stop) == (1250, 2500)
    assert place["V4"].x_mm - place["I"].x_mm == 7.5 * 25
    rhythm = paper.strips[-1]
    assert (rhythm.lead, rhythm.start, rhythm.stop) == ("II", 0, 5000)


def test_a_second_is_25_mm_and_a_millivolt_is_10_mm(ecg):
    strip = lay_out(ecg, "12x1").strips[1]
    x, y = strip_mm(ecg, strip)
    assert x[500] - x[0] == pytest.approx(25)
    assert (y - strip.y_mm) / 10 == pytest.approx(ecg.lead("II"), abs=1e-5)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_baseline_lies_on_a_thick_line(ecg, layout):
    assert all(y % 5 == 0 for y in lay_out(ecg, layout).baselines_mm)


def test_rows_move_apart_when_voltages_are_large():
    spec = plan(Request())
    calm, wild = lay_out(drawn(spec)), lay_out(drawn(spec, scale=3.5))
    assert wild.height_mm > calm.height_mm
    traces = {(s.row, s.column): strip_mm(drawn(spec, scale=3.5), s)[1] for s in wild.strips}
    for column in range(4):
        assert (traces[0, column] > traces[1, column]).all()


def test_a_spike_of_any_size_leaves_a_sheet_that_fits_a_wall():
    signal = np.zeros((12, 5000), np.float32)
    signal[:, 777] = 32.0
    signal[3, 5:9] = np.nan
    assert lay_out(Ecg(signal)).height_mm < 400


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hover_tells_time_and_millivolts_of_the_very_sample(ecg, layout):
    figure = build_figure(ecg, layout).to_dict()
    for trace, strip in zip(figure["data"], lay_out(ecg, layout).strips, strict=False):
        told = values(trace["customdata"]).reshape(-1, 2)
        assert told[7, 0] == pytest.approx((strip.start + 7) / 500)
        assert told[:, 1] == pytest.approx(ecg.lead(strip.lead)[strip.start : strip.stop])
        assert f"<b>{strip.lead}</b>" in trace["hovertemplate"]
        assert "mV" in trace["hovertemplate"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sheet_says_synthetic_and_its_scale(ecg, layout):
    written = [note.text for note in build_figure(ecg, layout).layout.annotations]
    assert sum(SYNTHETIC_MARK in text for text in written) == 2
    assert any("25 mm/s" in text and "10 mm/mV" in text for text in written)
    assert {f"<b>{lead}</b>" for lead in LEADS} <= set(written)


def test_millimetres_stay_square_and_the_zoom_stays(ecg):
    layout = build_figure(ecg, "3x4").layout
    assert (layout.yaxis.scaleanchor, layout.yaxis.scaleratio) == ("x", 1)
    assert layout.uirevision == build_figure(drawn(plan(Request(seed=9))), "3x4").layout.uirevision


def test_the_calibration_pulse_is_one_millivolt_for_200_ms(ecg):
    pulse = next(t for t in build_figure(ecg).data if t.name == "calibration")
    first_x, first_y = np.array(pulse.x[:6], float), np.array(pulse.y[:6], float)
    assert np.ptp(first_y) == 10
    assert np.ptp(first_x[first_y == first_y.max()]) == 5


def test_no_trace_needs_webgl_and_a_sheet_is_light(ecg):
    figure = build_figure(ecg, "3x4")
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert len(figure.to_json()) < 400_000


def test_an_unknown_layout_is_refused_with_the_known_ones(ecg):
    with pytest.raises(RequestError, match="3x4"):
        lay_out(ecg, "5x5")  # type: ignore[arg-type]


def test_the_empty_sheet_carries_its_hint():
    assert blank_figure("Press Generate").layout.annotations[0].text == "Press Generate"


def test_alt_text_says_synthetic_and_what_is_seen(ecg):
    text = alt_text(ecg, "3x4", "118 bpm, irregular")
    assert text.startswith("Synthetic 12-lead ECG")
    assert "118 bpm, irregular" in text


def test_the_picture_is_true_to_scale_and_marked(ecg):
    size = draw(ecg, "6x2").get_size_inches() * 25.4
    paper = lay_out(ecg, "6x2")
    assert size == pytest.approx((paper.width_mm, paper.height_mm))
    data = png(ecg, "6x2", "72 y", dpi=60)
    assert data.startswith(b"\x89PNG")
    assert SYNTHETIC_MARK.encode() in data


def test_a_link_gives_back_every_setting_but_the_report():
    request = Request(
        report="secret words", age=72, sex="female", heart_rate=118, pr_ms=200, qrs_ms=94,
        qt_ms=360, axis_deg=-45, p_mv=0.1, t_mv=-0.2, st_mv=(("V2", 0.3),),
        waves=(WaveChange("T", 1.5, 1.0, -20),), adherence=0.75, seed=7,
    )  # fmt: skip
    query = to_query(request)
    assert "secret" not in str(query)
    assert Request(report="secret words", **from_query(query)) == request


def test_one_bad_number_in_a_link_does_not_lose_the_others():
    query = {"hr": "900", "age": "nan", "sex": "x", "qt": "400", "st": "V9=1", "waves": "T:1",
             "seed": "-1", "other": "1"}  # fmt: skip
    assert from_query(query) == {"qt_ms": 400.0}


@pytest.mark.parametrize("name", KNOBS)
def test_a_slider_starts_inside_its_limits(name):
    knob = KNOBS[name]
    low, high = knob.limits
    for value in (None, low, high, low - 50, high + 50, (low + high) / 3):
        assert low <= knob.snap(value) <= high


def test_text_of_others_cannot_draw_links_or_images():
    assert quoted("![x](http://a.b)\n# y") == r"\!\[x\]\(http\:\/\/a\.b\) \# y".replace(r"\/", "/")


def test_a_finding_without_a_name_shows_its_key():
    assert finding_name("no_such_thing") == "No such thing"


def test_moves_are_told_in_one_sentence():
    from sediff.view.words import moves_sentence

    moved = {"pr_ms": [158.0, 200.0], "t_mv": [None, 0.4], "st_mv": [[], [["V2", 0.2]]]}
    assert moves_sentence({"moved": moved}) == (
        "Moved by the simulator in the heart that the model drew: "
        "PR 158 to 200 ms; T 0.4 mV; ST in V2."
    )
    assert moves_sentence({}) == moves_sentence({"moved": {}}) == ""
