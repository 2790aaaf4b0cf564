"""An edit carries over what the simulation changes, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.measure import measure_eight
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.editing import carried_over
from sediff.spec import Request

BASE = Request("Sinus rhythm, normal ECG", age=55, sex="male", seed=11, heart_rate=70)


def a_heart_like(simulation, seed=0):
    """A stand-in for the model: other sizes, and a ripple that no simulation has."""
    time = np.arange(simulation.bare.shape[1]) / 500
    ripple = 0.01 * np.sin(2 * np.pi * 7 * time + np.arange(8)[:, None])
    return 0.8 * simulation.bare + ripple


def edited(**change):
    old, new = (simulate(plan(r)) for r in (BASE, replace(BASE, **change)))
    heart = a_heart_like(old)
    made = carried_over(heart, old, new)
    assert made is not None
    return measure_eight(heart, 500), measure_eight(made, 500)


def test_no_change_leaves_every_sample():
    old = simulate(plan(BASE))
    heart = a_heart_like(old)
    assert np.abs(carried_over(heart, old, old) - heart).max() < 1e-4


@pytest.mark.parametrize(("name", "step"), [("pr_ms", 40), ("qrs_ms", 24), ("qt_ms", 40)])
def test_an_interval_moves_as_asked_and_the_others_stay(name, step):
    asked = getattr(plan(BASE), name) + step
    before, after = edited(**{name: asked})
    for one in ("pr_ms", "qrs_ms", "qt_ms"):
        moved = getattr(after, one).value - getattr(before, one).value
        assert moved == pytest.approx(step if one == name else 0, abs=6)


def test_the_rate_moves_and_the_beat_stays():
    before, after = edited(heart_rate=90.0)
    assert after.heart_rate.value == pytest.approx(90, abs=0.5)
    assert after.axis_deg.value == pytest.approx(before.axis_deg.value, abs=3)
    assert after.leads["V5"].r_mv == pytest.approx(before.leads["V5"].r_mv, abs=0.03)


def test_irregular_beats_bring_no_beat_from_elsewhere():
    base = Request("Atrial fibrillation", age=72, sex="female", seed=5)
    rate = round(plan(base).heart_rate + 15, 1)
    old, new = simulate(plan(base)), simulate(plan(replace(base, heart_rate=rate)))
    made = carried_over(a_heart_like(old), old, new)
    assert measure_eight(made, 500).heart_rate.value == pytest.approx(rate, abs=0.5)


def test_p_waves_in_a_time_of_their_own_are_drawn_anew():
    base = Request("Third-degree AV block", age=72, sex="female", seed=5)
    old, new = (simulate(plan(r)) for r in (base, replace(base, heart_rate=55.0)))
    assert carried_over(a_heart_like(old), old, new) is None
