"""Pacemakers: where pulses fall, what they start, and what the criteria ask of them."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.criteria import Subject
from sediff.criteria import pacing as checks
from sediff.criteria.judge import all_met, ask
from sediff.measure.intervals import nothing
from sediff.measure.values import Rhythm, Spike
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.simulation import Beat
from sediff.spec import Request


def drawn(name, seed=0):
    spec = plan(Request(report=name, seed=seed))
    return spec, simulate(spec)


def inside(simulation):
    return [beat for beat in simulation.beats if 0 <= beat.r_s < 10]


def met(criteria, m):
    return all_met(ask(criteria, Subject(m)))


def test_each_pacemaker_puts_its_pulses_right_before_what_it_starts():
    for name, per_beat in (("atrial paced rhythm", 1), ("DDD pacing", 2), ("paced rhythm", 1)):
        _, simulation = drawn(name)
        beats = inside(simulation)[1:-1]
        starts = [beat.qrs[0] for beat in beats] + [b.p[0] for b in beats if b.p]
        pulses = [p for p in simulation.pulses_s if beats[0].r_s - 0.4 < p < beats[-1].r_s]
        assert len(pulses) == pytest.approx(per_beat * len(beats), abs=per_beat)
        assert all(min(abs(start - p - 0.004) for start in starts) < 1e-6 for p in pulses)


def test_pulses_are_drawn_beside_the_heart():
    _, simulation = drawn("DDD pacing")
    assert np.ptp(simulation.pulses) > 0.3
    assert np.allclose(simulation.eight, simulation.bare + simulation.pulses, atol=1e-5)


def test_a_pulse_without_capture_leaves_a_pause():
    _, simulation = drawn("failure to capture")
    r_s = np.array([beat.r_s for beat in inside(simulation)])
    rr = np.diff(r_s)
    assert rr.max() > 1.8 * rr.min()
    idle = [p for p in simulation.pulses_s if 0 < p < 10 and np.abs(r_s - p).min() > 0.2]
    assert idle


def test_a_pacemaker_that_does_not_sense_paces_into_t_waves_and_sometimes_captures():
    forms, into = set(), 0
    for seed in range(4):
        _, simulation = drawn("undersensing", seed)
        forms |= {beat.form for beat in inside(simulation)}
        into += sum(
            b.qrs[1] < p < b.qrs[0] + 0.4
            for b in inside(simulation) if b.form == "usual" for p in simulation.pulses_s
        )  # fmt: skip
        gaps = np.diff(simulation.pulses_s)
        assert gaps.std() / gaps.mean() < 0.05
    assert into >= 4
    assert forms == {"usual", "paced"}


def test_a_pacemaker_that_does_not_sense_captures_with_every_late_pulse():
    for seed in range(12):
        _, simulation = drawn("undersensing", seed)
        onsets = np.array([beat.qrs[0] for beat in simulation.beats])
        for pulse in (p for p in simulation.pulses_s if 0 < p < 10):
            since = pulse - onsets[onsets <= pulse].max()
            wait = onsets[onsets > pulse].min() - pulse
            assert since < 0.45 or wait < 0.12, (seed, pulse)


def test_a_pacemaker_that_does_not_sense_keeps_the_asked_rate():
    for seed in range(8):
        spec, simulation = drawn("undersensing", seed)
        rr = np.diff([beat.r_s for beat in inside(simulation)])
        assert 60 / rr.mean() == pytest.approx(spec.heart_rate, abs=1.5)


def test_pulses_that_capture_nothing_or_ignore_beats_are_told_apart():
    def paced(*pulses):
        beats = tuple(Beat(at, "N", (at - 0.045, at + 0.045)) for at in (0.8, 1.6, 2.4, 3.2, 4.0))
        seen = Rhythm("sinus", spikes=tuple(Spike(at) for at in pulses))
        return replace(nothing("by hand"), beats=beats, rhythm_seen=seen)

    lost, ignored, good = paced(2.15, 3.9), paced(1.0, 1.8, 2.6), paced(0.74, 1.54, 2.34)
    assert [met(checks.NO_CAPTURE, m) for m in (lost, ignored, good)] == [True, False, False]
    assert [met(checks.NO_SENSE, m) for m in (lost, ignored, good)] == [False, True, False]
