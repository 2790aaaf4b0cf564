"""What a query means and what it only contrasts, German compounds, and how the list hedges."""

import pytest

from sediff.experience.asked import Asked, understand
from sediff.experience.compounds import taken_apart
from sediff.experience.hedging import ordered, settled, shown
from sediff.experience.words import Speller


def asked(query: str) -> Asked:
    return understand(query, Speller(()))


@pytest.mark.parametrize(
    ("query", "meant", "denied"),
    [
        ("RBBB rather than LBBB", "rbbb", "lbbb"),
        ("right instead of left axis deviation", "right_axis", "left_axis"),
        ("Vorhofflattern statt Vorhofflimmern", "atrial_flutter", "atrial_fibrillation"),
        ("incomplete rather than complete right bundle branch block", "irbbb", "rbbb"),
        ("high grade but not complete AV block", "high_grade_av_block", "third_degree_av_block"),
        ("premature atrial beats, not ventricular ones", "pac", "pvc"),
        ("not LBBB but RBBB", "rbbb", "lbbb"),
        ("clockwise not counterclockwise rotation", "clockwise_rotation",
         "counterclockwise_rotation"),
    ],
)  # fmt: skip
def test_of_a_contrast_only_one_side_is_meant(query: str, meant: str, denied: str) -> None:
    read = asked(query)
    assert list(read.named) == [meant]
    assert denied in read.denied
    assert denied in read.barred


@pytest.mark.parametrize(
    ("query", "both"),
    [
        ("left or right bundle branch block", {"lbbb", "rbbb"}),
        ("how to tell left from right atrial enlargement", {"lae", "rae"}),
        ("Mobitz I oder II", {"mobitz_1", "mobitz_2"}),
    ],
)
def test_a_question_for_the_difference_names_both(query: str, both: set[str]) -> None:
    assert set(asked(query).named) == both


@pytest.mark.parametrize("query", ["beats that are not followed by anything", "not", "or", "x or"])
def test_a_contrast_without_findings_names_nothing(query: str) -> None:
    assert not asked(query).named


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("kaliumueberschuss", "high potassium"),
        ("herzbeutelerguss", "pericardial effusion"),
        ("qtverlaengerung", "prolonged qt"),
        ("reiseversicherung", "reiseversicherung"),
        ("herzogin", "herzogin"),
    ],
)
def test_compounds_are_taken_apart_only_as_a_whole(word: str, english: str) -> None:
    assert taken_apart(word) == english


def test_last_syllables_may_be_spelt_as_they_sound() -> None:
    speller = Speller(["bundle", "prolonged", "nodal", "right"])
    words = ["bundal", "prolongt", "nodule", "righ"]
    assert [speller.correct(word) for word in words] == ["bundle", "prolonged", "nodule", "right"]


def test_a_query_that_is_not_understood_gets_three_findings_first() -> None:
    unsure = asked("some strange trace with a left bundle branch block")
    findings = [("lbbb", 1.0), ("ivcd", 0.3), ("paced", 0.01), ("lae", 0.0001)]
    rows = {"lbbb": [0, 1], "ivcd": [2, 3], "paced": [4], "lae": [5]}
    listed = list(ordered(shown(findings, unsure), rows, unsure))
    assert [row for row, _ in listed][:3] == [0, 2, 4]
    assert 5 not in [row for row, _ in listed]
    assert [score for _, score in listed] == sorted((score for _, score in listed), reverse=True)


def test_a_query_that_is_understood_stays_with_its_finding() -> None:
    sure = asked("left bundle branch block")
    findings = [("lbbb", 1.0), ("ivcd", 0.01)]
    assert settled(sure)
    assert shown(findings, sure) == [("lbbb", 1.0)]


def test_twins_of_what_is_named_do_not_fill_the_list() -> None:
    unsure = asked("strange trace with a left bundle branch block")
    ranked = [("lbbb", 1.0), ("rbbb", 0.05), ("paced", 0.04)]
    assert [id for id, _ in shown(ranked, unsure)] == ["lbbb", "paced"]
