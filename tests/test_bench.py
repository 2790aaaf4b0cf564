"""Claims about the simulator's bench: what its settings draw, and how they travel."""

import numpy as np
import pytest

from pages.parts.hand_over import widgets_of
from sediff.bench import GROUPS, NUMBERS, PRESETS, TERRITORIES, Bench, choices, play
from sediff.bench.choices import forms
from sediff.bench.salts import calcium, potassium
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.plan import plan
from sediff.report import read
from sediff.simulator.loops import loops_of, st_levels, typical_beat, whole_beats
from sediff.spec import Request, WaveChange
from sediff.view.bench_link import from_query, to_query
from sediff.view.vector3d import View, space_alt, space_figure, vector_at

FULL = Bench(
    rhythm="atrial fibrillation",
    findings=("left bundle branch block", "premature ventricular contraction"),
    recording=("baseline wander", "arm lead reversal"),
    held=(("heart_rate", 95.0), ("axis_deg", -30.0)),
    waves=(WaveChange("R", 1.5, 1.2, 4.0),),
    territories=(("inferior", 2.0),),
    potassium=6.1,
    calcium=1.8,
    age=71.0,
    sex="female",
    seed=7,
)


def lead(name: str) -> int:
    return LEADS.index(name)


def test_the_bench_starts_with_a_normal_heart():
    made = play(Bench()).generated
    assert made.shows_what_is_stated
    assert all(row.status != "missed" for row in made.compared())


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_shows_what_it_names(name):
    played = play(PRESETS[name])
    assert not played.spec.conflicts
    assert played.generated.shows_what_is_stated


def test_the_same_settings_give_the_same_samples_and_another_seed_other_ones():
    first, again = play(FULL).ecg.uv, play.__wrapped__(FULL).ecg.uv
    assert (first == again).all()
    assert (play(Bench(seed=3)).ecg.uv != play(Bench(seed=4)).ecg.uv).any()


def test_every_choice_is_in_one_group_and_is_understood_as_itself():
    listed = [name for group in GROUPS for name in choices()[group]]
    assert len(listed) == len(set(listed))
    for name in listed:
        assert forms()[name][0] in {stated.id for stated in read(name).findings}, name


def test_a_name_outside_the_vocabulary_is_refused_in_one_sentence():
    with pytest.raises(RequestError, match="choose another"):
        play(Bench(findings=("<b>nothing</b>",)))


@pytest.mark.parametrize("place", TERRITORIES)
def test_a_territory_raises_its_own_leads_by_the_asked_millimetres(place):
    leads, sign = TERRITORIES[place]
    before = st_levels(play(Bench()).simulation)
    after = st_levels(play(Bench(territories=((place, 2.0),))).simulation)
    moved = np.mean([(after - before)[lead(name)] for name in leads])
    assert moved == pytest.approx(sign * 0.2, abs=0.04)


def test_opposite_leads_mirror_a_territory():
    before = st_levels(play(Bench()).simulation)
    moved = st_levels(play(Bench(territories=(("inferior", 3.0),))).simulation) - before
    assert moved[lead("aVL")] < -0.1
    assert moved[lead("III")] > moved[lead("II")] > 0.1


def test_a_territory_comes_on_top_of_what_a_finding_draws():
    anterior = Bench(findings=("acute anterior STEMI",))
    both = Bench(findings=anterior.findings, territories=(("inferior", 2.0),))
    before, after = (st_levels(play(one).simulation) for one in (anterior, both))
    assert after[lead("V2")] == pytest.approx(before[lead("V2")], abs=0.06)
    assert after[lead("aVF")] > before[lead("aVF")] + 0.12


def test_potassium_climbs_through_the_stages_and_widens_the_qrs():
    levels = [5.6, 6.8, 7.5, 8.2, 9.0]
    stages = [salt.stage for level in levels if (salt := potassium(level))]
    widths = [play(Bench(potassium=level)).spec.qrs_ms for level in levels]
    assert stages == ["1", "2", "3", "4", "4"]
    assert widths == sorted(widths)
    assert [potassium(level) for level in (3.5, 4.2, 5.4)] == [None] * 3


def test_tented_t_waves_grow_with_potassium_within_one_stage():
    low, high = (play(Bench(potassium=level)).ecg.lead("V3").max() for level in (5.6, 6.4))
    assert high > low + 0.2


def test_qt_runs_against_calcium():
    qt = [play(Bench(calcium=level)).spec.qt_ms for level in (1.3, 2.0, 2.4, 2.9, 3.9)]
    assert qt == sorted(qt, reverse=True)
    assert calcium(2.4) is None


def test_a_number_that_the_user_holds_outranks_a_salt():
    assert play(Bench(potassium=7.6, held=(("qrs_ms", 100.0),))).spec.qrs_ms == 100
    assert play(Bench(calcium=1.4, held=(("qt_ms", 400.0),))).spec.qt_ms == 400


@pytest.mark.parametrize(
    "name", ["paced rhythm", "complete AV block with junctional escape", "sinoatrial block type I"]
)
def test_the_default_rhythm_gives_way_to_a_finding_that_brings_its_own(name):
    played = play(Bench(findings=(name,)))
    assert not played.spec.conflicts
    assert "inus rhythm" not in played.request.report


def test_a_wrong_cable_changes_the_leads_and_not_the_heart():
    right, wrong = play(Bench()), play(Bench(recording=("arm lead reversal",)))
    assert wrong.simulation.beats == right.simulation.beats
    assert (wrong.ecg.lead("I") == -right.ecg.lead("I")).all()


@pytest.mark.parametrize("bench", [FULL, *PRESETS.values()])
def test_the_model_is_asked_for_the_same_numbers_as_were_drawn(bench):
    played = play(bench)
    planned = plan(played.request)
    assert {s.id for s in planned.findings} == {s.id for s in played.spec.findings}
    for name in NUMBERS:
        if name not in played.spec.lacks:
            assert getattr(planned, name) == getattr(played.spec, name), name


@pytest.mark.parametrize("bench", [FULL, *PRESETS.values()])
def test_a_link_carries_the_whole_bench(bench):
    found = from_query(to_query(bench))
    assert to_query(found) == to_query(bench)
    assert (play(found).ecg.uv == play(bench).ecg.uv).all()


def test_a_broken_link_keeps_what_is_valid_in_it():
    query = {"rhythm": "<script>", "with": "nothing|left bundle branch block", "hr": "9999",
             "wall": "inferior=x,septal=2,moon=3", "potassium": "nan", "age": "abc"}  # fmt: skip
    bench = from_query(query)
    assert bench == Bench(findings=("left bundle branch block",), territories=(("septal", 2.0),))


def test_a_hand_over_fills_every_widget_of_generate():
    request = Request(
        "AF", 70, "male", 90, qrs_ms=120, st_mv=(("V2", 0.2),), waves=(WaveChange("T", 2.0),),
        seed=9,
    )  # fmt: skip
    state = widgets_of(request)
    assert (state["report"], state["sex"], state["seed"]) == ("AF", "male", 9)
    assert (state["set_heart_rate"], state["val_heart_rate"]) == (True, 90)
    assert state["set_pr_ms"] is False
    assert (state["st_leads"], state["st_V2"]) == (["V2"], 0.2)
    assert (state["waves"], state["T_amplitude"], state["T_shift_ms"]) == (["T"], 2.0, 0)


def loops(bench: Bench = PRESETS["normal"]):
    simulation = play(bench).simulation
    beat = typical_beat(simulation)
    assert beat is not None
    return loops_of(simulation, beat)


def test_the_loop_seen_by_the_leads_is_the_trace():
    simulation = play(Bench()).simulation
    beat = typical_beat(simulation)
    qrs = loops()["QRS"]
    at = np.rint((beat.r_s + qrs.t_ms / 1000) * simulation.fs).astype(int)
    seen = derive_twelve(DOWER) @ qrs.vector.T
    drawn = derive_twelve(simulation.draft.astype(float))[:, at]
    offset = (drawn - seen)[:, :1]
    assert np.abs(drawn - seen - offset).max() < 1e-4


def test_fibrillation_of_the_ventricles_has_no_beats_and_no_loop():
    assert whole_beats(play(Bench(rhythm="coarse ventricular fibrillation")).simulation) == ()


def test_an_injury_leaves_the_qrs_loop_open():
    gap = {
        name: float(np.linalg.norm(loops(PRESETS[name])["QRS"].vector[-1]))
        for name in ("normal", "inferior")
    }
    assert gap["inferior"] > gap["normal"] + 0.1


@pytest.mark.parametrize(
    ("view", "side", "place"),
    [
        (View(0, 0), (1, 0, 0), (1, 0)),  # from the front the patient's left is on our right
        (View(0, 0), (0, 1, 0), (0, -1)),  # and the feet are below
        (View(90, 0), (0, 0, 1), (1, 0)),  # from the patient's left the back is on our right
        (View(0, 90), (0, 0, 1), (0, 1)),  # from above the back is on top
    ],
)
def test_directions_stand_where_one_who_looks_from_there_sees_them(view, side, place):
    assert (view.matrix() @ np.array(side))[:2] == pytest.approx(place, abs=1e-9)


def test_the_view_turns_and_never_stretches():
    matrix = View(37, -55).matrix()
    assert matrix @ matrix.T == pytest.approx(np.eye(3), abs=1e-12)


def test_the_picture_in_space_needs_no_webgl_and_says_synthetic():
    figure = space_figure(loops(), View(), 0.0)
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert SYNTHETIC_MARK in figure.layout.title.text
    named = {note.text for note in figure.layout.annotations}
    assert {"<b>P</b>", "<b>QRS</b>", "<b>T</b>", "left", "foot"} <= named
    dashes = {trace.name: trace.line.dash for trace in figure.data if trace.name}
    assert len(set(dashes.values())) == 3  # colour alone tells nothing to some


def test_what_is_nearer_is_thicker_in_every_view():
    for azimuth in (-120, 0, 45):
        lines = [t for t in space_figure(loops(), View(azimuth)).data if t.name == "QRS"]
        assert len({line.line.width for line in lines}) == len(lines) > 1


def test_the_moment_is_an_arrow_only_while_a_wave_is_drawn():
    found = loops()
    assert vector_at(found, 0.0) is not None
    assert vector_at(found, -10_000.0) is None
    for ms, count in ((0.0, 1), (-10_000.0, 0), (None, 0)):
        notes = space_figure(found, View(), ms).layout.annotations
        assert sum(bool(note.showarrow) for note in notes) == count


def test_the_picture_in_space_is_told_in_words():
    text = space_alt(loops(), View())
    for word in ("synthetic", "QRS", "left", "after R"):
        assert word in text
