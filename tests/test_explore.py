"""Claims about what Explore computes: sweeps, one heart before and after, look-alikes, beats."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sediff.beat import Beat
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.errors import RequestError
from sediff.experience.library import shipped_library
from sediff.explore.beats import BEFORE_S, first_r, typical, window
from sediff.explore.differences import Difference, differences
from sediff.explore.hearts import NORMAL, same_heart, shown_findings, simulated, steps
from sediff.explore.pairs import findings_with_mimics, mimics_of, notes_on, pair, signs
from sediff.explore.sweep import LEVELS, PARAMETERS, between, points, read_back, values
from sediff.findings import FINDINGS
from sediff.leads import LEADS
from sediff.measure.values import Value
from sediff.plan import plan
from sediff.report import read
from sediff.spec import Request
from sediff.view.film import film_data
from sediff.view.look import Look
from sediff.view.multiples import LEFT_MM, Panel, grid, multiples
from sediff.view.overlay import DASH, beats_figure, strips_figure
from sediff.view.sheet import UNITS_PER_MM

BASE = Request("Sinus rhythm, 50-year-old man", seed=3)
PATIENT = Request(NORMAL, age=55, sex="male", seed=1)


@pytest.fixture(scope="module")
def a():
    return simulated(PATIENT)


@pytest.fixture(scope="module")
def b():
    return simulated(same_heart(PATIENT, "left bundle branch block"))


@pytest.mark.parametrize("name", ["heart_rate", "pr_ms", "qrs_ms", "axis_deg", "t_mv"])
def test_a_sweep_measures_what_it_asks(name):
    parameter = PARAMETERS[name]
    ends = values(parameter, parameter.start, parameter.end, 3)[1:]
    for point in points(BASE, parameter, ends):
        found = read_back(simulated(point.request), parameter)
        assert found is not None
        if found.value is not None:  # at 180 bpm P hides in T: then it abstains
            scale = 0.12 if name == "t_mv" else 12
            assert abs(found.value - point.value) < scale


def test_an_st_sweep_moves_the_chosen_leads_by_the_asked_millimetres():
    parameter, leads = PARAMETERS["st_mm"], ("V3", "V4")
    (point,) = points(BASE, parameter, [3.0], leads)
    assert point.request.st_mv == (("V3", 0.3), ("V4", 0.3))
    found = read_back(simulated(point.request), parameter, leads)
    assert found is not None
    assert found.value is not None
    assert found.unit == "mm"
    assert abs(found.value - 3.0) < 0.6


def test_an_st_sweep_without_leads_says_what_to_do():
    with pytest.raises(RequestError, match="Choose at least one lead"):
        points(BASE, PARAMETERS["st_mm"], [1.0])


def test_a_sweep_that_goes_nowhere_is_refused():
    with pytest.raises(RequestError, match="two different values"):
        values(PARAMETERS["qrs_ms"], 100, 100, 4)
    with pytest.raises(RequestError, match="3 to 8"):
        values(PARAMETERS["qrs_ms"], 100, 120, 99)


def test_values_run_from_start_to_end_in_steps_that_can_be_asked():
    assert values(PARAMETERS["heart_rate"], 30, 220, 3) == [30, 125, 220]
    assert values(PARAMETERS["qrs_ms"], 100, 102, 8) == [100, 101, 102]  # each once
    assert values(PARAMETERS["p_mv"], 0, 0.4, 5) == [0, 0.1, 0.2, 0.3, 0.4]


def test_the_way_between_passes_through_every_value():
    fine = between([40, 60, 80], PARAMETERS["heart_rate"])
    assert {40, 60, 80} <= set(fine)
    assert 10 < len(fine) <= 24
    assert between([0, 1, 2], PARAMETERS["potassium"]) == [0, 1, 2]  # levels have no between


def test_potassium_runs_from_low_to_high_in_one_patient():
    found = points(BASE, PARAMETERS["potassium"], range(len(LEVELS)))
    specs = [plan(point.request) for point in found]
    assert len({(s.age, s.sex, s.seed) for s in specs}) == 1
    ids = [[f.id for f in s.findings if "kalaemia" in f.id] for s in specs]
    assert ids == [["hypokalaemia"]] * 3 + [[]] + [["hyperkalaemia"]] * 4
    heights = [
        simulated(p.request).measured.leads["V3"].t_mv for p in (found[1], found[3], found[4])
    ]
    assert heights == sorted(heights)


def test_one_heart_keeps_every_number_of_which_the_finding_says_nothing():
    before, after = plan(PATIENT), plan(same_heart(PATIENT, "right bundle branch block"))
    for name in ("age", "sex", "seed", "heart_rate", "pr_ms"):
        assert getattr(before, name) == getattr(after, name)
    assert after.qrs_ms >= 120 > before.qrs_ms


@pytest.mark.parametrize(
    "words",
    ["atrial fibrillation", "inferior infarct", "complete AV block", "LVH", "Brugada type 1"],
)
def test_the_same_heart_still_shows_its_finding(words):
    made = simulated(same_heart(PATIENT, words))
    assert made.verdicts
    assert all(verdict.met for verdict in made.verdicts)
    assert not made.mimicked


def test_every_finding_has_a_way_from_the_normal_heart_that_the_reader_understands():
    for finding in shown_findings():
        if finding.stages:  # the others are simulated to see whether they have degrees
            way = steps(PATIENT, finding)
            assert way[0].request == PATIENT
            assert len(way) == len(finding.stages) + 1
            for step in way[1:]:
                assert finding.id in {one.id for one in read(step.words).findings}, step.words


def test_stages_of_an_infarct_come_in_the_order_of_time():
    way = steps(PATIENT, FINDINGS["anterior_stemi"])
    assert [s.words.split()[0] for s in way[1:]] == ["hyperacute", "acute", "evolving"]


def test_degrees_grow_and_numbers_go_in_parts():
    way = steps(PATIENT, FINDINGS["st_depression"])
    assert [step.degree for step in way] == ["", "mild", "usual", "severe"]
    prs = [plan(step.request).pr_ms for step in steps(PATIENT, FINDINGS["first_degree_av_block"])]
    assert len(prs) == 4
    assert prs == sorted(prs)


def test_what_is_there_or_not_has_one_step():
    assert len(steps(PATIENT, FINDINGS["lbbb"])) == 2


def test_mimics_can_all_be_drawn_and_most_findings_have_some():
    found = findings_with_mimics(shown_findings())
    assert len(found) > 100
    assert all(one.drawable for finding in found for one in mimics_of(finding))


def test_pericarditis_is_told_from_early_repolarisation_by_signs_with_leads():
    one, other = FINDINGS["pericarditis"], FINDINGS["early_repolarisation"]
    requests = pair(PATIENT, one, other)
    assert {(r.age, r.sex, r.seed) for r in requests} == {(55, "male", 1)}
    found = signs(one, other, *map(simulated, requests))
    telling = [sign for sign in found if sign.tells]
    assert {sign.of for sign in telling} == {one.id, other.id}
    assert any(sign.here.leads for sign in telling)
    assert found[: len(telling)] == telling  # first


def test_notes_that_name_the_other_finding_come_first():
    one, other = FINDINGS["pericarditis"], FINDINGS["early_repolarisation"]
    notes = notes_on(one, other, shipped_library().snippets)
    assert notes
    assert all(note.finding in (one.id, other.id) for note in notes)
    assert "normal variant" in notes[0].text or "repolari" in notes[0].text


def test_the_typical_beat_is_the_median_with_r_in_one_place(a):
    found = typical(a.ecg, a.measured.beats)
    assert found is not None
    assert found.beats >= 8
    r = np.argmin(np.abs(found.t_s))
    assert abs(int(np.argmax(np.abs(found.mv[LEADS.index("V5")]))) - r) <= 20  # 40 ms
    assert np.abs(found.mv[:, r - 30]).max() < 0.05  # each lead stands on its level


def test_without_a_whole_beat_there_is_no_typical_one():
    ecg = Ecg(np.zeros((12, 5000)))
    assert typical(ecg, ()) is None
    assert typical(ecg, [Beat(0.1, "N", (0.05, 0.15))]) is None
    assert first_r(()) is None
    assert window(ecg, (), 2.5) == (3.75, 6.25)


def test_a_window_starts_just_before_a_beat_and_stays_in_the_record(a):
    for seconds in (0, 2.5, 5):
        start, end = window(a.ecg, a.measured.beats, seconds)
        assert 0 <= start < end <= a.ecg.seconds
        assert any(abs(beat.r_s - BEFORE_S - start) < 0.003 for beat in a.measured.beats)


def test_differences_are_those_of_the_shown_numbers(a, b):
    rows = {row.name: row for row in differences(a.measured, b.measured)}
    qrs = rows["qrs_ms"]
    assert qrs.a.value
    assert qrs.b.value
    assert qrs.apart == round(qrs.b.value) - round(qrs.a.value)
    assert "V1" in rows  # ST of a bundle branch block
    assert Difference("axis_deg", Value(170, "deg"), Value(-170, "deg")).apart == 20
    assert Difference("pr_ms", Value(160, "ms"), Value(None, "ms", "absent")).apart is None


def _mm(values):
    return np.asarray(values, float) / UNITS_PER_MM


@pytest.mark.parametrize(("speed", "gain"), [(25.0, 10.0), (50.0, 20.0)])
def test_small_multiples_are_in_exact_millimetres(a, speed, gain):
    look = Look(speed=speed, gain=gain)
    panels = [Panel("one", a.ecg, (1.0, 2.0)), Panel("two", a.ecg, (2.0, 3.0))]
    figure = multiples(panels, ["II", "V2"], look)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.yaxis.scaleratio == 1
    trace = figure.data[0]
    assert trace.dx * 500 / UNITS_PER_MM == pytest.approx(speed)
    drawn = _mm(trace.y) - grid(panels, ["II", "V2"], look, 300).place(0, 0)[1]
    assert np.allclose(drawn / gain, a.ecg.lead("II")[500:1000], atol=0.002)
    pulse = next(one for one in figure.data if one.name == "calibration")
    assert (max(pulse.y[:6]) - min(pulse.y[:6])) / UNITS_PER_MM == gain


def test_baselines_and_panels_lie_on_thick_lines(a):
    panels = [Panel("x", a.ecg, (1.0, 2.0))] * 7
    places = grid(panels, ["II", "V2"], Look(), 300)
    assert places.columns * places.rows >= 7
    for k in range(7):
        for n in range(2):
            assert [v % 5 for v in places.place(k, n)] == [0, 0]
    assert grid(panels, ["II"], Look(), 90).columns == 1  # a phone


def test_every_sheet_says_synthetic(a, b):
    first, second = (typical(one.ecg, one.measured.beats) for one in (a, b))
    assert first
    assert second
    figures = [
        multiples([Panel("x", a.ecg, (1.0, 2.0))], ["II"]),
        beats_figure(first, second, ("A", "B")),
        strips_figure(a.ecg, b.ecg, (0.0, 0.2), "II", ("A", "B")),
    ]
    for figure in figures:
        assert any(SYNTHETIC_MARK in note.text for note in figure.layout.annotations)


def test_a_and_b_are_told_apart_without_colour(a, b):
    first, second = (typical(one.ecg, one.measured.beats) for one in (a, b))
    assert first
    assert second
    figure = beats_figure(first, second, ("A", "B"))
    dashes = {one.name: one.line.dash for one in figure.data if one.name.startswith("V1 ")}
    assert dashes == {"V1 A": "solid", "V1 B": DASH}
    assert sum(one.name.endswith((" A", " B")) for one in figure.data) == 24


def test_overlaid_ecgs_of_two_rates_have_one_time_scale(a):
    halved = replace(a.ecg, signal=a.ecg.signal[:, ::2], fs=250)
    figure = strips_figure(a.ecg, halved, (0.0, 0.0), "II", ("A", "B"))
    one, two = figure.data[:2]
    assert two.dx == 2 * one.dx
    assert np.array_equal(one.y[::2], two.y)


def test_a_film_holds_every_frame_in_microvolts(a):
    frames = [("40 bpm", a.ecg, (1.0, 3.5)), ("60 bpm", a.ecg, (2.0, 4.5))]
    data = film_data(frames, ["II", "V1"])
    assert data["mark"] == SYNTHETIC_MARK
    assert [frame["title"] for frame in data["frames"]] == ["40 bpm", "60 bpm"]
    assert data["frames"][0]["uv"][1] == a.ecg.uv[LEADS.index("V1"), 500:1750:2].tolist()
    assert data["perSample"] * 250 == pytest.approx(25)
    assert data["left"] == LEFT_MM
    assert len(json.dumps(data)) < 60_000
