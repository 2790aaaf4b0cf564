"""What is easily taken for something else: P for flutter, ST for R, chance for bigeminy."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.measure import measure_eight
from sediff.measure.facts import facts_of
from sediff.measure.reading import read
from sediff.measure.signals import prepare
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import Request

FS = 500
SEEDS = range(4)


def drawn(report, seed=0, **asked):
    spec = plan(Request(report=report, seed=seed, **asked))
    return spec, simulate(spec).eight


def rhythm(report, seed=0, **asked):
    return measure_eight(drawn(report, seed, **asked)[1], FS).rhythm_seen


@pytest.mark.parametrize("seed", [*SEEDS, 5, 9])
def test_flutter_of_fixed_conduction_is_no_atrial_rhythm_however_tall_t_is(seed):
    found = rhythm("atrial flutter with 3:1 conduction", seed)
    assert found.name == "flutter"
    assert (found.atrial_rate.value or 0) > 240


@pytest.mark.parametrize("seed", [5, 7, 8])
def test_flutter_of_variable_conduction_is_no_fibrillation(seed):
    assert rhythm("atrial flutter with variable conduction", seed).name == "flutter"


@pytest.mark.parametrize("rate", [80, 84, 88, 92])
def test_tall_p_waves_a_third_of_a_cycle_from_t_are_no_flutter(rate):
    for seed in SEEDS:
        found = rhythm("biatrial enlargement", seed, heart_rate=rate)
        assert found.atria == "p", (seed, found.name)


@pytest.mark.parametrize("rate", [98, 104, 110, 116])
def test_p_waves_half_a_cycle_from_t_are_no_flutter(rate):
    for seed in SEEDS:
        assert rhythm("sinus tachycardia", seed, heart_rate=rate).name == "sinus"


@pytest.mark.parametrize("seed", range(6))
def test_an_st_above_all_of_the_qrs_is_no_r(seed):
    spec, eight = drawn("LBBB with discordant ST elevation", seed)
    found = measure_eight(eight, FS)
    assert found.qrs_ms.value == pytest.approx(spec.qrs_ms, abs=8)


def test_pairs_without_p_waves_are_no_bigeminy_where_the_rhythm_is_irregular():
    prepared = prepare(drawn("atrial fibrillation")[1], FS)
    reading = read(prepared)
    assert reading is not None
    kinds = ["A" if i % 2 else "N" for i in range(len(reading.at))]
    facts = facts_of(prepared, replace(reading, kinds=kinds, rr=np.zeros(0)))
    assert set(facts.kinds) == {"N"}
    assert not facts.even


def test_bigeminy_with_p_waves_stays_bigeminy():
    for seed in SEEDS:
        found = measure_eight(drawn("atrial bigeminy", seed)[1], FS)
        assert sum(beat.kind == "A" for beat in found.beats) >= 4
