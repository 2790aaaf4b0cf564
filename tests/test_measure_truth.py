"""What the simulator draws is read back within the bars, over its findings and rates."""

from argparse import Namespace

import pytest

from sediff.evaluation.truth import BARS, true_numbers, truth
from sediff.simulator.engine import simulate
from tests.hearts import ADULT


def test_median_errors_stay_within_the_bars():
    table = truth(Namespace(count=40))["numbers"]
    for name, bar in BARS.items():
        assert table[name]["median_error"] <= bar
        assert table[name]["abstains"] < 0.35


def test_the_truth_is_that_of_the_drawn_beats():
    numbers = true_numbers(simulate(ADULT))
    assert numbers["heart_rate"] == pytest.approx(ADULT.heart_rate, rel=0.02)
    assert numbers["qrs_ms"] == pytest.approx(ADULT.qrs_ms, abs=2)
    assert numbers["pr_ms"] == pytest.approx(ADULT.pr_ms, abs=2)
    assert numbers["axis_deg"] == pytest.approx(ADULT.axis_deg, abs=5)
