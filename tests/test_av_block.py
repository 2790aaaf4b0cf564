"""AV block is drawn as the textbook says: the atria keep their clock."""

from itertools import pairwise

import numpy as np
import pytest

from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import Request
from tests.hearts import inside
from tests.rhythms import RHYTHMS, SEEDS, all_p, drawn, pr_ms, within


@pytest.mark.parametrize("key", ["mobitz_1", "mobitz_2", "two_to_one", "high_grade"])
def test_in_second_degree_block_the_atria_keep_their_clock(key):
    for seed in SEEDS:
        pp = np.diff(all_p(drawn(seed, **RHYTHMS[key])))
        assert np.ptp(pp) < 0.03
        assert 50 < 60 / pp.mean() < 110


def test_wenckebach_pr_grows_in_smaller_steps_until_a_drop_and_is_then_shortest():
    for seed in SEEDS:
        simulation = drawn(seed, **RHYTHMS["mobitz_1"])
        beats = within(simulation)
        blocked = [on for on, _ in simulation.lone_p if 1 < on < 9]
        assert blocked
        cycles, cycle = [], []
        for here, after in pairwise(beats):
            cycle.append(here)
            if any(here.r_s < on < after.p[0] - 0.1 for on in blocked):
                cycles.append(cycle)
                cycle = []
        for whole in cycles[1:]:
            steps = np.diff(pr_ms(whole))
            assert (steps > 20).all()
            assert (np.diff(steps) < 0).all()
            rr = np.diff([beat.r_s for beat in whole])
            assert (np.diff(rr) < 0).all()


def test_mobitz_two_pr_is_constant_and_the_pause_is_two_pp():
    for seed in SEEDS:
        simulation = drawn(seed, **RHYTHMS["mobitz_2"])
        assert np.ptp(pr_ms(within(simulation))) < 2
        rr = np.diff(inside(simulation))
        assert rr.max() / rr.min() == pytest.approx(2, abs=0.05)


def test_two_to_one_blocks_every_second_p():
    simulation = drawn(**RHYTHMS["two_to_one"])
    assert np.ptp(pr_ms(within(simulation))) < 1
    for here, after in pairwise(within(simulation)):
        assert sum(here.r_s < on < after.p[0] - 0.1 for on, _ in simulation.lone_p) == 1


def test_high_grade_block_drops_two_in_a_row_at_one_pr():
    for rate in (30, 38):
        simulation = drawn(**{**RHYTHMS["high_grade"], "heart_rate": rate})
        drops = [
            sum(here.r_s < on < after.p[0] - 0.1 for on, _ in simulation.lone_p)
            for here, after in pairwise(within(simulation))
        ]
        assert max(drops) == 2
        assert np.ptp(pr_ms(within(simulation))) < 1


def test_complete_block_dissociates_faster_atria_from_a_regular_escape():
    for seed in SEEDS:
        simulation = drawn(seed, **RHYTHMS["complete"])
        beats = within(simulation)
        assert all(beat.p is None and beat.kind == "J" for beat in beats)
        rr = np.diff([beat.r_s for beat in beats])
        assert rr.std() / rr.mean() < 0.02
        p = all_p(simulation)
        assert np.diff(p).std() < 0.05
        assert 1.2 < len(p) / 10.5 * rr.mean() < 3
        lag = [beat.r_s - p[p < beat.r_s].max() for beat in beats]
        assert np.ptp(lag) > 0.1


def test_a_ventricular_escape_is_wide_as_asked_and_slow():
    simulation = drawn(
        conduction="complete_ventricular", heart_rate=32, qrs_ms=150, qt_ms=480, pr_ms=None
    )
    for beat in within(simulation):
        assert beat.kind == "V"
        assert beat.qrs[1] - beat.qrs[0] == pytest.approx(0.150, abs=0.001)


def test_fibrillation_with_complete_block_is_slow_and_regular_over_f_waves():
    simulation = drawn(**RHYTHMS["complete_af"])
    rr = np.diff(inside(simulation))
    assert rr.std() / rr.mean() < 0.02
    assert not simulation.lone_p
    beside = (simulation.eight - simulation.draft)[2]
    assert np.ptp(beside) > 0.08


def test_block_without_p_waves_is_refused_in_words():
    simulation = drawn(conduction="mobitz_1", rhythm="af", pr_ms=None)
    assert any("no P waves" in note for note in simulation.provenance["notes"])


def test_complete_block_keeps_p_waves_though_it_has_no_pr():
    spec = plan(Request(report="complete heart block", p_mv=0.2))
    assert spec.pr_ms is None
    assert spec.p_mv == 0.2
    assert simulate(spec).lone_p


def test_complete_block_with_a_stated_junctional_rhythm_keeps_its_sinus_p():
    simulation = simulate(plan(Request(report="complete heart block, junctional rhythm")))
    assert len(simulation.lone_p) > 10
    assert np.diff([on for on, _ in simulation.lone_p]).std() < 0.05
