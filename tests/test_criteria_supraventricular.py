"""Criteria of supraventricular rhythms and AV block, put to made-up measurements."""

from dataclasses import replace

import numpy as np

from sediff.criteria import Subject, judge
from sediff.measure.intervals import nothing
from sediff.measure.values import LeadWaves, PWave, Rhythm, Value
from sediff.simulator.simulation import Beat


def seen(name, atria="p", rr_s=(0.8,) * 11, kinds="", **more):
    """Measurements of a rhythm with these intervals and nothing else."""
    r = np.concatenate([[0.5], 0.5 + np.cumsum(rr_s)])
    kinds = kinds or "N" * len(r)
    beats = tuple(
        Beat(float(at), kind, (at - 0.04, at + 0.05)) for at, kind in zip(r, kinds, strict=True)
    )
    rate = Value(float(60 / np.mean(rr_s)), "bpm")
    regular = bool(np.std(rr_s) / np.mean(rr_s) < 0.06)
    rhythm = Rhythm(name, atria=atria, regular=regular, **more)
    return replace(nothing("not asked"), heart_rate=rate, beats=beats, rhythm_seen=rhythm)


def met(id, measured, stage=""):
    verdict = judge(id, Subject(measured, 60, "male"), stage)
    assert verdict is not None
    return verdict.met


def test_sa_block_and_sinus_pause_are_told_by_the_length_of_the_pause():
    block = seen("sinus", rr_s=(0.9, 0.9, 0.9, 1.8, 0.9, 0.9, 0.9, 0.9))
    arrest = seen("sinus", rr_s=(0.9, 0.9, 0.9, 3.2, 0.9, 0.9))
    wenckebach = seen("sinus", rr_s=(0.95, 0.88, 1.35, 0.95, 0.88, 1.35, 0.95))
    assert met("sinoatrial_block", block, "type_2")
    assert not met("sinus_pause", block)
    assert met("sinus_pause", arrest)
    assert not met("sinoatrial_block", arrest, "type_2")
    assert met("sinoatrial_block", wenckebach, "type_1")
    assert not met("sinoatrial_block", wenckebach, "type_2")


def test_sinus_arrhythmia_asks_for_more_than_120_ms_and_gradual_change():
    assert met("sinus_arrhythmia", seen("sinus", rr_s=(0.8, 0.9, 0.95, 0.9, 0.8, 0.78)))
    assert not met("sinus_arrhythmia", seen("sinus", rr_s=(0.80, 0.84, 0.86, 0.84, 0.80)))
    assert not met("sinus_arrhythmia", seen("sinus", rr_s=(0.8, 0.8, 0.55, 1.05, 0.8, 0.93)))


def test_the_rate_divides_fibrillation_and_junctional_rhythms():
    slow = seen("af", "f", rr_s=(1.0, 1.4, 1.1, 1.5, 1.2))
    assert met("atrial_fibrillation", slow)
    assert met("af_slow", slow)
    assert not met("af_rapid", slow)
    assert met("junctional_rhythm", seen("junctional", "none", rr_s=(1.2,) * 7))
    assert not met("accelerated_junctional_rhythm", seen("junctional", "none", rr_s=(1.2,) * 7))
    assert met("accelerated_junctional_rhythm", seen("junctional", "none"))


def test_flutter_asks_for_240_a_minute_and_its_ratio():
    two = seen("flutter", "flutter", rr_s=(0.4,) * 22, atrial_rate=Value(300.0, "bpm"))
    assert met("atrial_flutter", two, "2_1")
    assert not met("atrial_flutter", two, "4_1")
    slow = seen("flutter", "flutter", atrial_rate=Value(200.0, "bpm"))
    assert not met("atrial_flutter", slow)


def test_a_retrograde_p_in_st_makes_avrt_and_not_avnrt():
    rr = (0.36,) * 24
    r = 0.5 + 0.36 * np.arange(25)
    waves = tuple(PWave(float(at + 0.08), float(at + 0.15)) for at in r)
    tachycardia = replace(
        seen("svt", "retrograde", rr_s=rr, p_waves=waves), qrs_ms=Value(90.0, "ms")
    )
    assert met("avrt", tachycardia)
    assert not met("avnrt", tachycardia)
    hidden = replace(seen("svt", "none", rr_s=rr), qrs_ms=Value(90.0, "ms"))
    assert not met("avrt", hidden)
    in_v1 = replace(hidden, leads={"V1": LeadWaves("V1", r2_mv=0.08)})
    assert met("avnrt", in_v1)


def test_an_escape_beat_is_late_and_has_no_p_before_it():
    rr = (1.0, 1.0, 1.7, 1.0, 1.0, 1.0)
    r = np.concatenate([[0.5], 0.5 + np.cumsum(rr)])
    every = tuple(PWave(float(at - 0.2), float(at - 0.1)) for at in r)
    missing = tuple(wave for i, wave in enumerate(every) if i != 3)
    assert met("escape_beats", seen("sinus", rr_s=rr, p_waves=missing))
    assert not met("escape_beats", seen("sinus", rr_s=rr, p_waves=every))


def test_second_degree_block_asks_for_blocked_p_waves():
    blocked = (PWave(1.0, 1.1), PWave(1.8, 1.9, conducted=False), PWave(2.6, 2.7))
    rr = (0.8, 0.8, 1.6, 0.8, 0.8, 1.6)
    one = seen("mobitz_1", rr_s=rr, p_waves=blocked, pr_pattern="growing")
    two = seen("mobitz_2", rr_s=rr, p_waves=blocked, pr_pattern="constant")
    assert met("mobitz_1", one)
    assert not met("mobitz_2", one)
    assert met("mobitz_2", two)
    assert met("second_degree_av_block", two)
    assert not met("third_degree_av_block", two)


def test_complete_block_over_fibrillation_needs_no_p_rate():
    measured = seen("complete_av_block", "f", rr_s=(1.4,) * 6)
    assert met("third_degree_av_block", measured, "junctional")
    assert not met("af_slow", measured)
