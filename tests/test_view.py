"""Claims about links, sliders, and text of others on the page."""

import pytest

from sediff.spec import Request, WaveChange
from sediff.view.knobs import KNOBS, from_query, to_query
from sediff.view.words import finding_name, quoted


def test_a_link_gives_back_every_setting_but_the_report():
    request = Request(
        report="secret words", age=72, sex="female", heart_rate=118, pr_ms=200, qrs_ms=94,
        qt_ms=360, axis_deg=-45, p_mv=0.1, t_mv=-0.2, st_mv=(("V2", 0.3),),
        waves=(WaveChange("T", 1.5, 1.0, -20),), adherence=0.75, seed=7,
    )  # fmt: skip
    query = to_query(request)
    assert "secret" not in str(query)
    assert Request(report="secret words", **from_query(query)) == request


def test_one_bad_number_in_a_link_does_not_lose_the_others():
    query = {"hr": "900", "age": "nan", "sex": "x", "qt": "400", "st": "V9=1", "waves": "T:1",
             "seed": "-1", "other": "1"}  # fmt: skip
    assert from_query(query) == {"qt_ms": 400.0}


@pytest.mark.parametrize("name", KNOBS)
def test_a_slider_starts_inside_its_limits(name):
    knob = KNOBS[name]
    low, high = knob.limits
    for value in (None, low, high, low - 50, high + 50, (low + high) / 3):
        assert low <= knob.snap(value) <= high


def test_text_of_others_cannot_draw_links_or_images():
    assert quoted("![x](http://a.b)\n# y") == r"\!\[x\]\(http\:\/\/a\.b\) \# y".replace(r"\/", "/")


def test_a_finding_without_a_name_shows_its_key():
    assert finding_name("no_such_thing") == "No such thing"


def test_moves_are_told_in_one_sentence():
    from sediff.view.words import moves_sentence

    moved = {"pr_ms": [158.0, 200.0], "t_mv": [None, 0.4], "st_mv": [[], [["V2", 0.2]]]}
    assert moves_sentence({"moved": moved}) == (
        "Moved by the simulator in the heart that the model drew: "
        "PR 158 to 200 ms; T 0.4 mV; ST in V2."
    )
    assert moves_sentence({}) == moves_sentence({"moved": {}}) == ""
