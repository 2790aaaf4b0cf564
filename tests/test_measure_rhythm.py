"""The rhythm, its P waves, pacing pulses and the quality of the recording are read back."""

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from sediff.measure import Measurements, measure_eight
from sediff.measure.quality import quality_of
from sediff.measure.spikes import find_pulses, without_pulses
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.simulator.technique import apply
from sediff.spec import CaseSpec

FS = 500


def case(rhythm: str = "sinus", rate: float = 70, shape: str = "", **changes: Any):
    """What is drawn, and with which shape instead of the usual one."""
    lacks_p = changes.pop("lacks_p", False) or shape in ("idioventricular", "vt_left", "paced")
    wide = {"qrs_ms": 155.0, "axis_deg": -80.0} if shape else {}
    numbers = {"qt_ms": 390.0, "pr_ms": None if lacks_p else 160.0}
    return {"rhythm": rhythm, "heart_rate": rate} | numbers | wide | changes, shape


RHYTHMS = {
    "sinus": ("sinus", case()),
    "sinus bradycardia": ("sinus", case(rate=45)),
    "sinus tachycardia": ("sinus", case(rate=130, qt_ms=300, pr_ms=140)),
    "first-degree block": ("sinus", case(pr_ms=300)),
    "sinus arrhythmia": ("sinus", case("sinus_arrhythmia")),
    "sinus pause": ("sinus", case("sinus_pause", 55)),
    "SA block": ("sinus", case("sa_block_2", 60)),
    "low atrial": ("atrial", case("atrial_low", 65)),
    "multifocal": ("multifocal_atrial", case("multifocal", 120, qt_ms=300)),
    "AF": ("af", case("af", 85, lacks_p=True)),
    "rapid AF": ("af", case("af", 135, lacks_p=True, qt_ms=300)),
    "flutter 2:1": ("flutter", case("flutter_2", 150, lacks_p=True, qt_ms=280)),
    "flutter 4:1": ("flutter", case("flutter_4", 75, lacks_p=True)),
    "variable flutter": ("flutter", case("flutter_variable", 95, lacks_p=True, qt_ms=340)),
    "junctional escape": ("junctional", case("junctional_hidden", 50, lacks_p=True)),
    "SVT": ("svt", case("svt", 180, lacks_p=True, qt_ms=260)),
    "AVRT": ("svt", case("avrt", 190, lacks_p=True, qt_ms=260)),
    "Wenckebach": ("mobitz_1", case(rate=58, conduction="mobitz_1")),
    "Mobitz II": ("mobitz_2", case(rate=55, conduction="mobitz_2")),
    "2:1": ("two_to_one", case(rate=40, conduction="two_to_one", qt_ms=430)),
    "3:1": ("high_grade_av_block", case(rate=33, conduction="high_grade", qt_ms=440)),
    "complete block": ("complete_av_block", case(rate=44, conduction="complete", qt_ms=430)),
    "idioventricular": ("ventricular", case("idioventricular", 34, "idioventricular")),
    "VT": ("ventricular", case("vt", 165, "vt_left")),
    "torsades": ("polymorphic_ventricular", case("torsades", 158, qrs_ms=155, lacks_p=True)),
    "coarse VF": ("vf", case("vf_coarse")),
    "fine VF": ("vf", case("vf_fine")),
    "asystole": ("asystole", case("asystole", lacks_p=True)),
    "P waves alone": ("asystole", case("ventricular_standstill", lacks_p=True)),
    "paced": ("paced", case(shape="paced", pacing="v")),
    "dual chamber": ("paced", case(pacing="ddd", qrs_ms=160, axis_deg=-70)),
    "ectopic beats": ("sinus", case(ectopy=(("pvc", 0.15),))),
    "run": ("sinus", case(ectopy=(("run", 0.2),))),
}


@lru_cache
def drawn(name: str) -> tuple[Simulation, Measurements]:
    changes: dict[str, Any] = dict(RHYTHMS[name][1][0])
    shape = RHYTHMS[name][1][1]
    usual: dict[str, Any] = {
        "report": "", "age": 60, "sex": "male", "qrs_ms": 92, "axis_deg": 40, "seed": 1,
    }  # fmt: skip
    simulation = simulate(CaseSpec(**(usual | changes)), shapes=(shape,) if shape else None)
    return simulation, measure_eight(simulation.eight, FS)


def seen(name: str):
    return drawn(name)[1].rhythm_seen


@pytest.mark.parametrize("name", RHYTHMS)
def test_rhythm_class_is_read_back(name):
    assert seen(name).name == RHYTHMS[name][0], seen(name).reason


@pytest.mark.parametrize(
    "name",
    ["sinus", "first-degree block", "Wenckebach", "Mobitz II", "2:1", "3:1", "P waves alone"],
)
def test_every_p_wave_is_found_and_nothing_else(name):
    simulation, found = drawn(name)
    every = [beat.p for beat in simulation.beats if beat.p] + list(simulation.lone_p)
    truth = np.array([on for on, _ in every if 0.2 < on < 9.6])
    starts = np.array([p.on_s for p in found.rhythm_seen.p_waves])
    assert all(np.abs(starts - on).min() < 0.05 for on in truth)
    assert all(np.abs(truth - on).min() < 0.05 for on in starts if 0.2 < on < 9.6)


def test_blocked_p_waves_are_told_from_conducted_ones():
    assert seen("sinus").dropped == 0
    assert seen("Wenckebach").dropped >= 2
    assert seen("Wenckebach").pr_pattern == "growing"
    assert seen("AVRT").atria == "retrograde"
    assert seen("Mobitz II").pr_pattern == "constant"
    assert seen("2:1").dropped == pytest.approx(len(drawn("2:1")[1].beats), abs=1)


def test_dissociated_atria_keep_their_own_rate():
    block = seen("complete block")
    assert block.atria == "dissociated"
    assert block.atrial_rate.value is not None
    assert 65 < block.atrial_rate.value < 105


def test_atria_of_each_kind_are_named():
    names = {"AF": "f", "flutter 2:1": "flutter", "sinus": "p", "junctional escape": "none"}
    assert {name: seen(name).atria for name in names} == names
    assert seen("flutter 2:1").atrial_rate.value == pytest.approx(300, abs=6)
    assert seen("flutter 4:1").atrial_rate.value == pytest.approx(300, abs=6)
    assert 4 <= (seen("AF").fibrillation_hz.value or 0) <= 9


def test_regularity():
    assert seen("sinus").regular
    assert seen("2:1").regular
    assert not seen("AF").regular
    assert not seen("variable flutter").regular


def test_a_pause_is_marked_and_the_rhythm_stays_sinus():
    (start, stop), *_ = seen("sinus pause").pauses
    assert stop - start > 1.8


def test_kinds_of_beats():
    simulation, found = drawn("ectopic beats")
    truth = [b.kind for b in simulation.beats if 0.1 < b.r_s < 9.9]
    assert [b.kind for b in found.beats if 0.1 < b.r_s < 9.9] == truth
    assert {b.kind for b in drawn("idioventricular")[1].beats} == {"V"}
    assert {b.kind for b in drawn("junctional escape")[1].beats} == {"J"}
    assert len(seen("run").runs) == 1


def test_no_number_of_a_beat_without_beats():
    for name in ("coarse VF", "fine VF", "asystole"):
        found = drawn(name)[1]
        assert found.heart_rate.value is found.qrs_ms.value is found.qt_ms.value is None
        assert found.beats == ()


def test_pulses_are_found_to_the_sample_and_blanked():
    simulation, found = drawn("dual chamber")
    pulses = np.array([at for at in simulation.pulses_s if 0 < at < 10])
    spikes = found.rhythm_seen.spikes
    assert np.abs(np.array([s.at_s for s in spikes]) - pulses).max() <= 0.004
    assert {s.chamber for s in spikes} == {"A", "V"}
    clean = without_pulses(simulation.eight.astype(float), FS, pulses)
    assert len(find_pulses(clean, FS)) == 0


def test_no_pulses_are_seen_without_a_pacemaker_or_at_100_hz():
    assert seen("sinus").spikes == ()
    eight = drawn("paced")[0].eight[:, ::5].astype(float)
    found = measure_eight(eight, 100).rhythm_seen
    assert found.spikes == ()
    assert "cannot be seen" in found.spikes_doubt


def test_dead_leads_are_not_asystole():
    found = measure_eight(np.zeros((8, 5000)), FS)
    assert found.rhythm_seen.name == "unsure"
    rng = np.random.default_rng(0)
    noise = measure_eight(rng.normal(0, 0.3, (8, 5000)), FS)
    assert noise.rhythm_seen.name not in ("vf", "polymorphic_ventricular")


@pytest.mark.parametrize(
    ("key", "field", "least"),
    [
        ("wander", "wander_mv", 0.1),
        ("tremor", "tremor_mv", 0.025),
        ("mains_50", "mains_mv", 0.04),
        ("mains_60", "mains_mv", 0.04),
    ],
)
def test_what_disturbs_the_recording_is_measured(key, field, least):
    eight = drawn("sinus")[0].eight
    assert getattr(quality_of(eight, FS), field) < least / 2
    disturbed = quality_of(apply(eight, FS, (key,), 1), FS)
    assert getattr(disturbed, field) >= least
    assert disturbed.mains_hz == (int(key[-2:]) if "mains" in key else disturbed.mains_hz)


def test_a_loose_electrode_is_named_by_its_leads():
    eight = drawn("sinus")[0].eight
    assert quality_of(eight, FS).loose == ()
    chest = quality_of(apply(eight, FS, ("loose_chest",), 1), FS).loose
    assert len(chest) == 1
    assert chest[0].startswith("V")
    limb = quality_of(apply(eight, FS, ("loose_limb",), 2), FS).loose
    assert {"aVR", "aVL", "aVF"} <= set(limb)
