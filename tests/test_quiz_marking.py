"""Claims about the marking of answers."""

import pytest

from sediff.cases.marking import asked_of, mark_choice, mark_text, skipped, understood
from sediff.spec import Stated


def met(*ids: str):
    """A trace that meets the criteria of these findings and of no other."""
    return lambda id, stage: id in ids


def mark(text: str, *findings: str, shows=()):
    return mark_text(text, asked_of(findings), met(*shows))


def kinds(marked) -> list[tuple[str, str]]:
    return [(line.kind, line.id) for line in marked.lines]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("AF", "atrial_fibrillation"),
        ("auricular fibrillation", "atrial_fibrillation"),
        ("Vorhofflimmern", "atrial_fibrillation"),
        ("Wenckebach", "mobitz_1"),
        ("CHB", "third_degree_av_block"),
        ("this is a left bundle branch block I think", "lbbb"),
        ("normal", "normal_ecg"),
    ],
)
def test_synonyms_abbreviations_and_german_are_right(text, finding):
    marked = mark(text, finding)
    assert marked.right
    assert kinds(marked) == [("correct", finding)]


def test_what_is_not_named_is_missed():
    marked = mark("LBBB", "lbbb", "atrial_fibrillation")
    assert kinds(marked) == [("correct", "lbbb"), ("missed", "atrial_fibrillation")]
    assert marked.score == 0.5


def test_what_the_trace_does_not_show_is_wrong_and_costs():
    marked = mark("LBBB, AF", "lbbb")
    assert kinds(marked) == [("correct", "lbbb"), ("wrong", "atrial_fibrillation")]
    assert marked.score == 0.5


def test_what_the_trace_shows_too_is_never_wrong():
    marked = mark("LBBB, sinus tachycardia", "lbbb", shows=("sinus_tachycardia",))
    assert kinds(marked) == [("correct", "lbbb"), ("also", "sinus_tachycardia")]
    assert marked.right


def test_what_no_criterion_can_tell_is_not_counted():
    marked = mark_text("LBBB, abnormal QRS", asked_of(("lbbb",)), lambda id, stage: None)
    assert kinds(marked) == [("correct", "lbbb"), ("open", "abnormal_qrs")]
    assert marked.right


def test_what_the_answer_excludes_is_wrong_whatever_the_measurement_says():
    marked = mark_text("normal ECG", asked_of(("lbbb",)), lambda id, stage: True)
    assert ("wrong", "normal_ecg") in kinds(marked)


def test_a_denied_finding_does_not_count():
    marked = mark("no AF", "atrial_fibrillation")
    assert kinds(marked) == [("missed", "atrial_fibrillation")]
    assert marked.lines[0].reason == "denied"
    assert mark("LBBB, no AF", "lbbb").right


def test_a_hedged_answer_counts_half():
    marked = mark("possible AF", "atrial_fibrillation")
    assert kinds(marked) == [("partial", "atrial_fibrillation")]
    assert marked.score == marked.lines[0].hedged == 0.5


def test_a_hedged_error_costs_less():
    assert mark("LBBB, AF", "lbbb").score < mark("LBBB, AF?", "lbbb").score < 1


@pytest.mark.parametrize(
    ("text", "finding", "credit", "reason"),
    [
        ("hyperacute inferior STEMI", "inferior_stemi:acute", 0.5, "stage"),
        ("inferior STEMI", "inferior_stemi:hyperacute", 0.75, "unstaged"),
        ("inferior STEMI", "inferior_stemi:acute", 1, ""),
        ("STEMI", "inferior_stemi:acute", 0.5, "general"),
        ("heart attack", "inferior_stemi:acute", 0.5, "general"),
        ("old inferior infarct", "inferior_stemi:acute", 0.5, "age"),
        ("inferolateral STEMI", "inferior_stemi:acute", 0.5, "near"),
        ("bundle branch block", "lbbb", 0.5, "general"),
        ("AV block", "mobitz_1", 0.5, "general"),
        ("second degree AV block", "mobitz_1", 0.5, "general"),
        ("RBBB", "irbbb", 0.5, "near"),
        ("RBBB", "bifascicular_block", 0.5, "part"),
        ("AF", "af_rapid", 0.5, "general"),
    ],
)
def test_near_answers_earn_a_part_and_say_why(text, finding, credit, reason):
    line = mark(text, finding).lines[0]
    assert (line.credit, line.reason) == (credit, reason)


def test_all_parts_together_are_the_whole():
    assert mark("RBBB and LAFB", "bifascicular_block").right
    assert mark("bifascicular block", "rbbb", "lafb", shows=("bifascicular_block",)).right


def test_a_closer_name_is_right_where_the_trace_shows_it():
    assert mark("rapid AF", "atrial_fibrillation", shows=("af_rapid",)).right
    assert mark("rapid AF", "atrial_fibrillation").score == 0.5


def test_the_other_side_is_wrong():
    marked = mark("RBBB", "lbbb")
    assert kinds(marked) == [("missed", "lbbb"), ("wrong", "rbbb")]
    assert marked.lines[1].reason == "side"


def test_a_known_look_alike_is_wrong_and_told_as_such():
    marked = mark("AVRT", "avnrt")
    assert marked.score == 0
    assert marked.lines[1].reason == "look_alike"


def test_a_plain_sinus_rhythm_beside_other_findings_need_not_be_named():
    assert mark("LBBB", "sinus_rhythm", "lbbb").right
    assert mark("sinus rhythm", "sinus_rhythm").right


def test_naming_everything_does_not_pay():
    everything = "LBBB, RBBB, AF, VT, inferior STEMI, pericarditis, WPW, complete AV block"
    assert mark(everything, "lbbb").score < 0.2


@pytest.mark.parametrize("text", ["", "asdf", "😀" * 50, "a" * 5000, "<script>", "¿?;,,.\n\n"])
def test_any_text_can_be_marked(text):
    marked = mark(text, "lbbb")
    assert marked.score == 0
    assert not understood(text)


def test_unknown_words_are_told():
    assert mark("LBBB, frobnicated", "lbbb").unknown == ("frobnicated",)


def test_a_choice_is_right_or_wrong():
    right, other = Stated("lbbb"), Stated("rbbb")
    assert mark_choice(right, right).right
    assert kinds(mark_choice(other, right)) == [("missed", "lbbb"), ("wrong", "rbbb")]
    assert mark_choice(None, right).score == 0


def test_no_answer_misses_everything():
    assert kinds(skipped(asked_of(("lbbb", "pvc")))) == [("missed", "lbbb"), ("missed", "pvc")]


def test_findings_of_a_newer_vocabulary_are_left_out():
    assert asked_of(("lbbb", "not_yet_known", "inferior_stemi:not_yet")) == (
        Stated("lbbb"), Stated("inferior_stemi"))  # fmt: skip
