"""What the user set is met in the trace; what nobody set is left as drawn."""

from dataclasses import replace

import pytest

from sediff.aim import Shot, aimed, missed
from sediff.pipeline import generate, simulate_only
from sediff.spec import Request

PLAIN = Request(report="Normal ECG", age=50, sex="male", seed=4)


def shot(request: Request) -> Shot:
    return Shot(request, simulate_only(PLAIN).measured)


def test_nothing_is_aimed_at_where_nothing_was_set():
    made = simulate_only(PLAIN)
    assert aimed(PLAIN, Shot(made.spec, made.measured), shot(PLAIN)) is None
    assert missed(PLAIN, made.measured) == 0


def test_the_error_is_added_to_what_is_asked():
    made = simulate_only(PLAIN)
    pr, axis = made.measured.pr_ms.value, made.measured.axis_deg.value
    asked = replace(PLAIN, pr_ms=pr + 10, axis_deg=axis, st_mv=(("V2", 0.1),))
    aim = aimed(asked, Shot(replace(made.spec, pr_ms=pr + 10), made.measured), shot(asked))
    assert aim is not None
    assert aim.pr_ms == pytest.approx(pr + 20)
    assert aim.axis_deg == axis
    assert dict(aim.st_mv)["V2"] == pytest.approx(0.2 - made.measured.st_mv["V2"].value, abs=1e-6)


def test_a_heart_that_answers_strongly_is_aimed_at_gently():
    made = simulate_only(PLAIN)
    value = made.measured.axis_deg.value
    asked = replace(PLAIN, axis_deg=value + 20)
    first = Shot(replace(made.spec, axis_deg=value + 40), shot_turned(made.measured, 40))
    aim = aimed(asked, first, Shot(asked, made.measured))
    assert aim is not None
    assert aim.axis_deg == pytest.approx(value + 20 + 20 / 2, abs=0.5)


def shot_turned(measured, degrees):
    axis = replace(measured.axis_deg, value=measured.axis_deg.value + degrees)
    return replace(measured, axis_deg=axis)


def test_a_ruler_that_is_far_off_is_not_followed():
    made = simulate_only(PLAIN)
    asked = replace(PLAIN, pr_ms=made.measured.pr_ms.value + 100)
    assert aimed(asked, Shot(made.spec, made.measured), Shot(asked, made.measured)) is None


def test_what_was_set_is_met_in_the_trace():
    asked = replace(PLAIN, qrs_ms=112.0, qt_ms=400.0, axis_deg=20.0, t_mv=0.35)
    made = generate(asked, steps=6)
    assert made.measured.qrs_ms.value == pytest.approx(112, abs=8)
    assert made.measured.qt_ms.value == pytest.approx(400, abs=12)
    assert made.measured.axis_deg.value == pytest.approx(20, abs=10)
    assert made.measured.t_mv.value == pytest.approx(0.35, abs=0.06)
