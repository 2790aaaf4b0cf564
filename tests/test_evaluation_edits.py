"""The figures on editing, patients and wording, with the simulation in place of the model."""

from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest

from sediff.evaluation import edits as edits_module
from sediff.evaluation import paraphrases as paraphrases_module
from sediff.evaluation import patients as patients_module
from sediff.evaluation.beat_parts import beat_parts, beat_times_ms, likeness
from sediff.evaluation.drawn import Drawn, difference, interval, numbers_in
from sediff.evaluation.edit_cases import BASES, EDITS
from sediff.evaluation.paraphrases import load_wordings, understood
from sediff.evaluation.patients import NUMBERS, People, effects, medians
from sediff.measure import measure_eight
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import Request


def simulated_once(specs, simulations=None):
    """As `draw_once`, but what the simulator draws is the ECG."""
    hearts = [simulate(spec) for spec in specs] if simulations is None else simulations
    made = []
    for spec, heart in zip(specs, hearts, strict=True):
        measured = measure_eight(heart.bare, 500)
        numbers = numbers_in(measured)
        made.append(Drawn(spec, heart, heart.bare, measured, numbers, numbers, again=False))
    return made


@pytest.fixture(scope="module")
def edited():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits_module, "draw_once", simulated_once)
        return edits_module.edits(Namespace(count=1))


@pytest.mark.parametrize("label", EDITS)
def test_the_simulator_follows_every_edit(edited, label):
    for way in edited["edits"][label].values():
        assert way["right_sign"] == 1
        assert 0.7 < way["slope"] < 1.2
        assert way["not_possible"] == 0


@pytest.mark.parametrize("label", [label for label in EDITS if label != "rate +15"])
def test_an_edit_moves_no_beat_and_no_untouched_part(edited, label):
    for way in edited["edits"][label].values():
        beat = way["beat"]
        assert beat["beats_at_the_same_times"] == 1
        untouched = [beat[part] for part in ("p", "qrs", "st_t") if not beat[part]["touched"]]
        assert untouched
        assert all(part["correlation"] > 0.98 for part in untouched)


def test_the_simulation_is_no_distance_from_itself(edited):
    for level in ("0", "0.5", "1"):
        assert edited["adherence"][level]["rms_to_simulation_mv"] == 0


def test_every_edit_keeps_to_one_field():
    base = simulated_once([plan(BASES[0])])[0]
    assert all(len(edit.change(base)) == 1 for edit in EDITS.values())


def test_what_a_rhythm_lacks_is_not_edited():
    base = simulated_once([plan(Request("Atrial fibrillation", age=70, sex="male", seed=1))])[0]
    assert EDITS["PR +40 ms"].change(base) == {}


def test_angles_differ_the_short_way_round():
    assert difference("axis_deg", -170, 170) == 20
    assert difference("qt_ms", 400, 440) == -40


def test_an_interval_holds_the_statistic():
    low, high = interval(np.random.default_rng(0).normal(3, 1, 200))
    assert low < 3.1
    assert high > 2.9


def test_parts_of_another_seed_are_less_alike_than_those_of_one():
    one, two = simulated_once([plan(BASES[0]), plan(replace(BASES[0], heart_rate=100.0))])
    same = beat_parts(one.eight, one.simulation.beats, one.spec)
    other = beat_parts(two.eight, two.simulation.beats, one.spec)
    assert likeness(same["qrs"], same["qrs"]) == pytest.approx(1)
    assert likeness(same["st_t"], other["st_t"]) < 1
    assert beat_times_ms(one, two) is None


def made_people(women: float, decade: float, n: int = 400) -> People:
    rng = np.random.default_rng(0)
    age, female = rng.uniform(20, 90, n), rng.integers(0, 2, n).astype(float)
    value = 100 + women * female + decade * age / 10 + rng.normal(0, 3, n)
    return People(age, female, np.arange(n), dict.fromkeys(NUMBERS, value))


def test_effects_of_sex_and_age_are_found():
    found = effects(made_people(women=-7, decade=2))["qrs_ms"]
    assert found["women - men"]["low"] < -7 < found["women - men"]["high"]
    assert found["ten years"]["low"] < 2 < found["ten years"]["high"]


def test_few_seeds_have_no_interval():
    people = made_people(-7, 2, n=32)
    few = People(people.age, people.female, np.arange(32) % 2, people.numbers)
    assert effects(few)["qrs_ms"]["women - men"]["low"] is None


def test_an_effect_that_points_the_other_way_is_told():
    real, made = effects(made_people(-7, 2)), effects(made_people(7, 2))
    told = patients_module._verdict(real, made)
    assert not told["qrs_ms, women - men"]["same_direction"]
    assert told["qrs_ms, ten years"]["same_direction"]


def test_medians_stand_by_sex_and_band():
    assert set(medians(made_people(-7, 2))) == {
        f"{sex} {band}"
        for sex in ("male", "female")
        for band in ("18-39", "40-59", "60-74", "75-100")
    }


def test_women_are_planned_a_longer_qtc_and_a_narrower_qrs():
    found = effects(patients_module._planned(range(8)))
    assert found["qtc_ms"]["women - men"]["low"] > 0
    assert found["qrs_ms"]["women - men"]["effect"] < 0


def test_contents_are_understood_and_told_apart():
    contents = load_wordings()
    assert len(contents) >= 30
    assert all(4 <= len(wordings) <= 6 for wordings in contents.values())
    found = understood(contents)
    assert not found["contents_read_alike"]
    assert not found["nothing_understood"]
    assert found["same_findings"] > 0.9
    assert found["same_numbers_where_same_findings"] == 1


def test_the_same_findings_are_the_same_simulation_and_other_contents_are_not(monkeypatch):
    monkeypatch.setattr(paraphrases_module, "draw_once", simulated_once)
    monkeypatch.setattr(paraphrases_module, "_judge", lambda: None)
    contents = load_wordings()
    some = {name: contents[name] for name in ("left bundle branch block", "normal")}
    found = paraphrases_module._nearness(some)
    assert found["same content, other words"]["beat_rms_mv"] == 0
    assert found["words told or not"]["beat_rms_mv"] == 0
    assert found["other content, same seed"]["beat_rms_mv"] > 0.05
