"""Claims about what was understood: each chip changes the words of the report it came from."""

import pytest

from sediff.errors import RequestError
from sediff.findings import FINDINGS
from sediff.report import read
from sediff.rewording import certainty_of, restated, with_word, without
from sediff.view.suggest import near_findings
from sediff.view.words import marked
from tests.experience_app import button, words

pytest_plugins = ["tests.experience_fixtures"]

MANY = (
    "72-year-old woman, atrial fibrillation with rapid ventricular response, possible old "
    "inferior infarct, no LBBB, frobnicated"
)
REPORTS = (
    MANY,
    "Inferior STEMI with complete AV block, 58-year-old man",
    "Sinus rhythm, no LBBB, RBBB or WPW. Inferior and anterior infarct",
    "72-year-old woman with AF and LVH, rate 118",
    "Hyperkalaemia stage 3, 66-year-old woman",
    "Vorhofflimmern mit schneller Überleitung, V.a. Hinterwandinfarkt, kein Linksschenkelblock",
    "LVH? AF. LVH with strain",
    "ST depression 2 mm in V5 and V6, sinus rhythm",
    "AF (rate 118), axis 60",
)


def ids(report: str) -> list[str]:
    reading = read(report)
    return [one.id for one in (*reading.findings, *reading.negated)]


def states(report: str) -> dict[str, str | None]:
    return {id: certainty_of(read(report), id) for id in ids(report)}


# the words


@pytest.mark.parametrize(
    ("id", "left"),
    [
        ("af_rapid", "72-year-old woman, possible old inferior infarct, no LBBB, frobnicated"),
        ("inferior_mi", "72-year-old woman, atrial fibrillation with rapid ventricular response, "
                        "no LBBB, frobnicated"),
        ("lbbb", "72-year-old woman, atrial fibrillation with rapid ventricular response, "
                 "possible old inferior infarct, frobnicated"),
    ],
)  # fmt: skip
def test_a_finding_is_cut_out_with_its_hedge_and_its_comma(id, left):
    assert without(MANY, id) == left


def test_a_denied_finding_leaves_the_rest_of_its_list_denied():
    assert without("No LBBB, RBBB or WPW.", "lbbb") == "No RBBB or WPW."


def test_of_two_that_share_a_head_the_other_stays():
    assert without("Inferior and anterior infarct", "inferior_mi") == "Anterior infarct"
    assert ids(without("Inferior and anterior infarct", "anterior_mi")) == ["inferior_mi"]


def test_the_only_finding_can_be_removed():
    assert without("LBBB", "lbbb") == ""


@pytest.mark.parametrize("report", REPORTS)
def test_removing_one_finding_changes_no_other_number_person_or_certainty(report):
    before = read(report)
    for id in ids(report):
        after = read(without(report, id))
        assert states(without(report, id)) == {k: v for k, v in states(report).items() if k != id}
        assert (after.sex, dict(after.numbers)) == (before.sex, dict(before.numbers))


@pytest.mark.parametrize("certainty", ["sure", "possible", "no"])
@pytest.mark.parametrize("report", REPORTS)
def test_a_finding_can_be_made_sure_possible_or_denied_and_nothing_else_changes(report, certainty):
    for id in ids(report):
        assert states(restated(report, id, certainty)) == states(report) | {id: certainty}


def test_a_hedge_is_taken_out_and_never_left_before_a_denial():
    assert "possible" not in restated(MANY, "inferior_mi", "sure")
    assert ", no inferior infarct, no LBBB" in restated(MANY, "inferior_mi", "no")


def test_a_stage_is_changed_and_the_certainty_stays():
    report = restated("Possible hyperkalaemia stage 3, 66-year-old woman", "hyperkalaemia",
                      "possible", "1")  # fmt: skip
    stated = read(report).findings[0]
    assert (stated.stage, stated.certainty) == ("1", 0.5)


@pytest.mark.parametrize("certainty", ["possible", "no"])
def test_a_finding_said_twice_is_changed_in_both_places(certainty):
    report = restated("LBBB, sinus rhythm. Left bundle branch block.", "lbbb", certainty)
    assert states(report) == {"lbbb": certainty, "sinus_rhythm": "sure"}
    assert without("LBBB, sinus rhythm. Left bundle branch block.", "lbbb") == "Sinus rhythm."


def test_saying_what_is_said_already_changes_nothing():
    assert restated(MANY, "lbbb", "no") == MANY


def test_a_report_that_would_grow_too_long_is_refused_in_one_sentence():
    with pytest.raises(RequestError, match="longer than"):
        restated("LBBB, " + "x" * 1992, "lbbb", "possible")


# words that were not understood


def test_a_word_that_was_not_understood_is_marked_where_it_stands():
    assert marked("AF, frobnicated heart", ("frobnicated",)) == (
        "AF, :orange-background[**frobnicated** ?] heart"
    )


def test_what_was_typed_is_shown_as_text():
    shown = marked("![x](http://evil.example/a.png) zzz", ("zzz",))
    assert "![x](" not in shown
    assert ":orange-background[**zzz** ?]" in shown


def test_a_misspelt_word_brings_findings_that_are_spelt_alike():
    assert "atrial fibrillation" in near_findings("fibrlaton")
    assert near_findings("xyzzyplugh") == ()
    for name in near_findings("hypertrofie"):
        assert read(name).findings


def test_a_proposal_replaces_the_word_and_no_part_of_another():
    assert with_word("flut, fluttering", "flut", "atrial flutter") == "atrial flutter, fluttering"


# the page


def test_the_cross_of_a_chip_takes_the_finding_out_of_the_report(app):
    app.run()
    app.text_area(key="report").set_value(MANY).run()
    app.button(key="chip_x_lbbb").click().run()
    assert not app.exception
    assert "lbbb" not in ids(app.text_area(key="report").value)


def test_a_chip_can_be_denied_and_stated_again(app):
    app.run()
    app.text_area(key="report").set_value("Sinus rhythm, LBBB").run()
    app.segmented_control(key="chip_certainty_lbbb").set_value("no").run()
    assert app.text_area(key="report").value == "Sinus rhythm, no LBBB"
    app.segmented_control(key="chip_certainty_lbbb").set_value("sure").run()
    assert app.text_area(key="report").value == "Sinus rhythm, LBBB"


def test_a_stage_is_chosen_at_the_chip(app):
    app.run()
    app.text_area(key="report").set_value("Hyperkalaemia stage 3").run()
    app.selectbox(key="chip_stage_hyperkalaemia").set_value("1").run()
    assert app.text_area(key="report").value == "Hyperkalaemia stage 1"
    assert app.selectbox(key="chip_stage_hyperkalaemia").value == "1"


def test_a_typed_change_reaches_the_chip(app):
    app.run()
    app.text_area(key="report").set_value("LBBB").run()
    app.text_area(key="report").set_value("Possible LBBB").run()
    assert app.segmented_control(key="chip_certainty_lbbb").value == "possible"


def test_a_proposal_is_one_press_away(app):
    app.run()
    app.text_area(key="report").set_value("fibrlaton").run()
    assert "fibrlaton" in words(app)
    near = next(b for b in app.button if b.key.startswith("near_"))
    near.click().run()
    assert read(app.text_area(key="report").value).findings
    assert button(app, "Generate")


def test_every_finding_has_a_name_that_the_reader_knows():
    """Where words cannot be cut cleanly the report is written anew with these names."""
    for finding in FINDINGS.values():
        if finding.drawable and not finding.vague:
            assert [one.id for one in read(finding.name).findings] == [finding.id]
