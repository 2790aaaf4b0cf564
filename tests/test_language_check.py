import pytest

from sediff.experience.library import shipped_library
from sediff.experience.snippet import Snippet, Source
from sediff.language.answer import read_answer, sentences
from sediff.language.check import Patient, fault
from sediff.language.flow import dangles
from sediff.language.numbers import quantities
from sediff.language.words import plain

SOURCE = Source("own", "A. Uthor", "Notes", "Journal 2020;1:1", 2020, "own")


def note(finding: str, text: str, **options) -> Snippet:
    return Snippet(f"{finding}-note", finding, "look", text, SOURCE, "standard", **options)


LBBB = note(
    "lbbb",
    "LBBB has a QRS of at least 120 ms, with a broad, notched R in I, aVL, V5 and V6. A new LBBB "
    "is no longer taken as a STEMI equivalent. It may hide an infarct when old ECGs are missing.",
)
AXIS = note(
    "clockwise_rotation",
    "Transition at V4 or later was found in 16.4%, at V5 or later in 1.3% of healthy Finns.",
)
SIDES = note(
    "inferior_stemi",
    "Inferior STEMI shows ST elevation in II, III and aVF and ST depression in aVL. Pulmonary "
    "embolism inverts III and V1 as well, takotsubo leaves V1 alone.",
)


def told(text, *notes, patient=None):
    return fault(plain(text), notes or (LBBB,), patient or Patient())


@pytest.mark.parametrize(
    "text",
    [
        "LBBB has a QRS of at least 120 ms with a broad, notched R in I, aVL, V5 and V6.",
        "LBBB has a QRS of at least 0.12 s.",
        "LBBB shows a QRS of at least one hundred and twenty ms.",
        "LBBB shows a QRS ≥ 120 ms with a wide, notched R wave in leads I, aVL, V5 and V6.",
        "A new LBBB is no longer taken as a STEMI equivalent.",
    ],
)
def test_what_the_note_says_may_be_shown_in_near_words(text):
    assert told(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("LBBB has a QRS of at least 140 ms.", "number"),
        ("LBBB has a QRS of less than 120 ms.", "number"),
        ("LBBB has a QRS of at least 120 to 140 ms.", "number"),
        ("LBBB has a QRS of at least 120 mm.", "number"),
        ("LBBB has a broad, notched R in twelve leads of V5 and V6.", "number"),
        ("LBBB has a QRS of at least １４０ ms.", "number"),
        ("LBBB with a broad, notched R hides atrial fibrillation.", "words"),
        ("RBBB has a QRS of at least 120 ms.", "words"),
        ("A new LBBB is taken as a STEMI equivalent.", "finding"),
        ("LBBB has no broad, notched R in I, aVL, V5 and V6.", "affirms"),
        ("LBBB may have a QRS of at least 120 ms.", "hedges"),
        ("A new LBBB with a broad R calls for thrombolysis.", "words"),
        ("LBBB has a QRS of at least 120 ms: take 5 mg of bisoprolol.", "words|dose|number"),
        ("You have LBBB with a QRS of at least 120 ms.", "speaks to the reader"),
        ("LBBB has a broad, notched R, see http://evil.example/lbbb.", "plain text"),
        ("LBBB has a <b>broad</b>, notched R in I, aVL, V5 and V6.", "plain text"),
        ("LBBB has a broad, notched `R` in I, aVL, V5 and V6.", "plain text"),
        ("LBBB has a broad, notched R in I, aVL, V5 and", "breaks off"),
        ("LBBB has a broad, notched R in I, aVF, V5 and V6.", "words"),
    ],
)
def test_what_the_note_does_not_say_is_refused(text, reason):
    assert any(part in told(text) for part in reason.split("|")), told(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Transition at V4 or later was found in 1.3% of healthy Finns.", AXIS),
        ("Inferior STEMI shows ST depression in II, III and aVF.", SIDES),
        ("Inferior STEMI shows ST elevation in II, III and aVL.", SIDES),
        ("Pulmonary embolism inverts III and V1 as well as takotsubo.", SIDES),
        ("LBBB hides an infarct when old ECGs are missing.", LBBB),
        ("A new LBBB may hide an infarct.", LBBB),
    ],
)
def test_the_note_s_own_words_put_together_wrongly_are_refused(text, given):
    assert told(text, given)


def test_a_sentence_without_a_given_note_is_refused():
    assert fault("LBBB has a broad R in I.", (), Patient()) == "cites no note that was given"


def test_the_patient_is_named_only_where_report_and_notes_allow_it():
    known = Patient(72, "female", frozenset({"lbbb"}))
    said = "LBBB has a QRS of at least 120 ms."
    assert told(f"In this 72-year-old woman, {said}", patient=known) == ""
    assert "another age" in told(f"In this 27-year-old woman, {said}", patient=known)
    assert "another sex" in told(f"In this 72-year-old man, {said}", patient=known)
    stranger = Patient(72, "female", frozenset({"rbbb"}))
    assert "report does not" in told(f"In this 72-year-old woman, {said}", patient=stranger)
    male = note("lbbb", LBBB.text, sex="male")
    assert "report does not" in told(f"In this 72-year-old woman, {said}", male, patient=known)


def test_a_sentence_that_points_back_needs_the_one_it_points_to():
    late = "It may hide an infarct when old ECGs are missing."
    assert dangles(late, "", [LBBB])
    assert dangles(late, "LBBB has a QRS of at least 120 ms.", [LBBB])
    assert not dangles(late, "A new LBBB is no longer taken as a STEMI equivalent.", [LBBB])
    assert not dangles("A new LBBB is no longer taken as a STEMI equivalent.", "", [LBBB])


def test_nearly_every_sentence_of_the_library_passes_word_for_word():
    told = [
        fault(part, [snippet], Patient())
        for snippet in shipped_library().snippets[::5]
        for part in sentences(plain(snippet.text))
    ]
    unsure = [one for one in told if one and not one.startswith(("says next", "has "))]
    assert len(unsure) <= 0.01 * len(told), unsure


def test_quantities_are_compared_as_values():
    assert [q.value for q in quantities("0.12 s or more")] == [(120, 120, "ms", "≥")]
    assert [q.value for q in quantities("between 120 and 140 ms")] == [(120, 140, "ms", "")]
    assert [q.value for q in quantities("-30 to -90 degrees")] == [(-30, -90, "°", "")]
    assert [q.value for q in quantities("twenty-five per cent")] == [(25, 25, "%", "")]
    assert [q.value for q in quantities("two or three beats in V1")] == [
        (2, 2, "", ""),
        (3, 3, "", ""),
    ]
    assert [q.value for q in quantities("1,234 women over 40 years")][1] == (40, 40, "years", ">")


@pytest.mark.parametrize(
    "answer",
    [
        "S1: Alpha beta.\nS2, S3: Gamma delta.",
        "- **S1**: Alpha beta.\n- S2, S3: Gamma delta.",
        "Alpha beta [S1]. Gamma delta. [S2, S3]",
        '{"sentences": [{"text": "Alpha beta.", "cites": ["S1"]}, '
        '{"text": "Gamma delta.", "cites": ["S2", "S3"]}]}',
        'Sure:\n```json\n[{"cites": "S1", "text": "Alpha beta."}, '
        '{"cites": "[S2, S3]", "text": "Gamma delta."}]\n```\nDone.',
        '{"sentences": [{"text": "Alpha beta.", "cites": ["S1"]}, '
        '{"text": "Gamma delta.", "cites": [2, 3]}, {"text": "And th',
        "<think>S1: nonsense.</think>S1: Alpha beta.\nS2 and S3: Gamma delta.",
    ],
)
def test_lines_marks_and_json_in_any_wrapping_are_understood(answer):
    rows = [(row.text, row.marks) for row in read_answer(answer) if row.marks]
    assert rows == [("Alpha beta.", ("S1",)), ("Gamma delta.", ("S2", "S3"))]


@pytest.mark.parametrize("answer", ["", "[" * 9000, '{"a":' * 9000, "\ud800\x00" * 50, "9" * 9000])
def test_no_answer_however_broken_raises(answer):
    for row in read_answer(answer):
        assert fault(row.text, (LBBB,), Patient())
