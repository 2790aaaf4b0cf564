"""Claims about the sheet in the browser: millimetres, places, labels, weight and the mark."""

import base64
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sediff.ecg import HIDDEN_MARK, IMPORTED_MARK, SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.leads import LEADS
from sediff.plan import plan
from sediff.spec import Request
from sediff.view.figure import UNITS_PER_MM, alt_text, blank_figure, build_figure
from sediff.view.highlight import boxes
from sediff.view.look import FILTERS, GAINS, LAYOUTS, PALETTES, SPEEDS, Look
from sediff.view.palette import COLOURS
from sediff.view.paper import lay_out, pulse_mm, strip_mm
from tests.hearts import drawn

EVERY_SCALE = list(product(LAYOUTS, SPEEDS, GAINS))


@pytest.fixture(scope="module")
def ecg() -> Ecg:
    return drawn(plan(Request(seed=3)))


def values(array) -> np.ndarray:
    """An array of a figure that went through JSON: plotly packs numbers as base64."""
    if isinstance(array, dict):
        return np.frombuffer(base64.b64decode(array["bdata"]), array["dtype"])
    return np.asarray(array, float)


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "strip"])
def test_every_lead_is_on_every_sheet(ecg, layout):
    assert {strip.lead for strip in lay_out(ecg, Look(layout)).strips} == set(LEADS)


@pytest.mark.parametrize(("layout", "leads"), [
    ("3x4", []), ("3x4+1", ["aVF"]), ("3x4+3", ["aVF", "II", "V1"]), ("strip", ["aVF"]),
])  # fmt: skip
def test_rhythm_strips_hold_the_chosen_lead_and_the_whole_record(ecg, layout, leads):
    paper = lay_out(ecg, Look(layout, rhythm_lead="aVF"))
    whole = [strip for strip in paper.strips if strip.stop - strip.start == 5000]
    assert [strip.lead for strip in whole] == leads


def test_columns_show_one_after_the_other_or_the_same_time(ecg):
    place = {s.lead: s for s in lay_out(ecg, Look("3x4")).strips}
    assert (place["aVR"].start, place["aVR"].stop) == (1250, 2500)
    assert place["V4"].x_mm - place["I"].x_mm == 7.5 * 25
    paper = lay_out(ecg, Look("3x4", simultaneous=True))
    assert {(strip.start, strip.stop) for strip in paper.strips} == {(0, 1250)}
    assert {strip.x_mm for strip in paper.strips} == {20, 82.5, 145, 207.5}


@pytest.mark.parametrize(("layout", "speed", "gain"), EVERY_SCALE)
def test_seconds_millivolts_and_the_pulse_are_true_at_every_scale(ecg, layout, speed, gain):
    paper = lay_out(ecg, Look(layout, speed, gain))
    for strip in paper.strips:
        x, y = strip_mm(ecg, paper, strip)
        assert x[500] - x[0] == pytest.approx(speed)
        mv = ecg.lead(strip.lead)[strip.start : strip.stop]
        assert (y - strip.y_mm) / gain == pytest.approx(mv, abs=1e-5)
    x, y = (np.array(part) for part in pulse_mm(paper, paper.baselines_mm[0]))
    assert np.ptp(y) == gain
    assert np.ptp(x[y == y.max()]) == pytest.approx(0.2 * speed)
    assert x.max() < paper.strips[0].x_mm


@pytest.mark.parametrize(("layout", "speed", "gain"), EVERY_SCALE)
def test_the_browser_gets_the_same_millimetres(ecg, layout, speed, gain):
    look = Look(layout, speed, gain)
    paper, figure = lay_out(ecg, look), build_figure(ecg, look).to_dict()
    for trace, strip in zip(figure["data"], paper.strips, strict=False):
        x, y = strip_mm(ecg, paper, strip)
        assert trace["x0"] / UNITS_PER_MM == pytest.approx(x[0])
        assert trace["dx"] / UNITS_PER_MM == pytest.approx(x[1] - x[0])
        assert values(trace["y"]) / UNITS_PER_MM == pytest.approx(y, abs=0.006)


def test_cabrera_turns_avr_over_and_says_so(ecg):
    look = Look("3x4", cabrera=True)
    paper = lay_out(ecg, look)
    names = [strip.label for column in (0, 1) for strip in paper.strips if strip.column == column]
    assert names == ["aVL", "I", "-aVR", "II", "aVF", "III"]
    strip = next(strip for strip in paper.strips if strip.lead == "aVR")
    _, y = strip_mm(ecg, paper, strip)
    assert (y - strip.y_mm) / 10 == pytest.approx(-ecg.lead("aVR")[:1250], abs=1e-5)
    assert "<b>-aVR</b>" in texts(build_figure(ecg, look))
    assert "Cabrera" in alt_text(ecg, look)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_baseline_lies_on_a_thick_line(ecg, layout):
    assert all(y % 5 == 0 for y in lay_out(ecg, Look(layout, gain=20.0)).baselines_mm)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_rows_move_apart_when_voltages_are_large(simultaneous):
    spec = plan(Request())
    look = Look("3x4", simultaneous=simultaneous)
    large = drawn(spec, scale=3.5)
    calm, wild = lay_out(drawn(spec), look), lay_out(large, look)
    assert wild.height_mm > calm.height_mm
    traces = {(s.row, s.column): strip_mm(large, wild, s)[1] for s in wild.strips}
    for column in range(4):
        assert (traces[0, column] > traces[1, column]).all()


def test_a_spike_of_any_size_leaves_a_sheet_that_fits_a_wall():
    signal = np.zeros((12, 5000), np.float32)
    signal[:, 777] = 32.0
    signal[3, 5:9] = np.nan
    assert lay_out(Ecg(signal)).height_mm < 400
    assert build_figure(Ecg(signal)).data


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "12x1"])
def test_hover_tells_time_and_voltage_of_the_very_sample(ecg, layout):
    look = Look(layout)
    figure = build_figure(ecg, look).to_dict()
    for trace, strip in zip(figure["data"], lay_out(ecg, look).strips, strict=False):
        told = values(trace["customdata"]).reshape(-1, 2)
        assert told[7, 0] == pytest.approx((strip.start + 7) * 2)
        assert (told[:, 1] == ecg.uv[LEADS.index(strip.lead), strip.start : strip.stop]).all()
        assert f"<b>{strip.lead}</b>" in trace["hovertemplate"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mark", [SYNTHETIC_MARK, IMPORTED_MARK, HIDDEN_MARK])
def test_every_sheet_says_its_mark_twice_and_its_scale(ecg, layout, mark):
    look = Look(layout, speed=50.0, gain=20.0, filter="0.5-40")
    written = texts(build_figure(ecg, look, mark=mark))
    assert sum(mark in text for text in written) == 2
    assert any("50 mm/s   20 mm/mV   display filter 0.5-40 Hz" in text for text in written)


def test_the_mark_stays_in_sight_at_any_zoom(ecg):
    notes = [n for n in build_figure(ecg).layout.annotations if SYNTHETIC_MARK in n.text]
    assert {(note.xref, note.yref) for note in notes} == {("paper", "paper")}


def test_millimetres_stay_square_and_the_zoom_belongs_to_the_layout(ecg):
    layout = build_figure(ecg, Look("3x4")).layout
    other = build_figure(drawn(plan(Request(seed=9))), Look("3x4", gain=20.0)).layout
    assert (layout.yaxis.scaleanchor, layout.yaxis.scaleratio) == ("x", 1)
    assert layout.uirevision == other.uirevision
    assert layout.uirevision != build_figure(ecg, Look("6x2")).layout.uirevision


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_trace_needs_webgl_and_a_sheet_is_light(ecg, layout):
    figure = build_figure(ecg, Look(layout))
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert len(figure.to_json()) < (250_000 if layout == "12x1" else 300_000)


def test_missing_samples_leave_a_gap_and_nothing_else(ecg):
    signal = ecg.signal.copy()
    signal[1, 100:200] = np.nan
    figure = build_figure(replace(ecg, signal=signal), Look("12x1", filter="0.5-40"))
    y = np.asarray(figure.data[1].y)
    assert np.isnan(y[100:200]).all()
    assert np.isfinite(y[:100]).all()
    assert np.isfinite(y[200:]).all()


def test_what_cannot_be_chosen_is_refused_with_what_can():
    for wrong in ({"layout": "5x5"}, {"palette": "green"}, {"filter": "1-2"},
                  {"rhythm_lead": "V9"}):  # fmt: skip
        with pytest.raises(RequestError, match="use one of"):
            Look(**wrong)  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="25 or 50"):
        Look(speed=30.0)
    with pytest.raises(RequestError, match="5, 10 or 20"):
        Look(gain=7.0)


def test_the_empty_sheet_carries_its_hint():
    assert blank_figure("Press Generate").layout.annotations[0].text == "Press Generate"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("filter_", FILTERS)
def test_the_text_alternative_tells_the_look_and_never_the_ecg(ecg, layout, filter_):
    look = Look(layout, filter=filter_)
    text = alt_text(ecg, look)
    assert text.startswith("Synthetic 12-lead ECG on paper, 10 seconds")
    assert text == alt_text(drawn(plan(Request(report="atrial fibrillation"))), look)
    assert "{" not in text
    assert alt_text(ecg, look, "118 bpm, irregular").endswith(": 118 bpm, irregular.")


def test_a_sheet_of_hidden_origin_does_not_tell_it_in_words(ecg):
    assert "ynthetic" not in alt_text(ecg, Look(), mark=HIDDEN_MARK)
    assert alt_text(ecg, Look(), mark=IMPORTED_MARK).startswith("Imported")


def test_a_highlight_lies_over_its_span_in_each_strip_that_shows_it(ecg):
    paper = lay_out(ecg, Look("3x4+1", speed=50.0))
    first, rhythm = boxes(ecg, paper, ["II"], [(1.0, 1.5)])
    assert (first[0], first[2]) == pytest.approx((20 + 0.98 * 50, 20 + 1.52 * 50))
    assert rhythm[0] == first[0]
    assert boxes(ecg, paper, ["V6"], [(1.0, 1.5)]) == []


def brightness(color: str) -> float:
    """Relative luminance after WCAG 2.1."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("palette", PALETTES)
def test_words_can_be_read_on_every_paper(palette):
    colours = COLOURS[palette]
    for ink in (colours.ink, colours.mark, colours.caliper):
        for under in (colours.sheet, colours.bold):
            light, dark = sorted((brightness(ink), brightness(under)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= (7 if under == colours.sheet else 3.5)
