"""With a real server: SmolLM2 in llama.cpp, where both are installed."""

import pytest

from sediff.errors import DataError
from sediff.evaluation.language import cases, find_model, is_valid, local_server, run, summary
from sediff.experience.library import shipped_library
from sediff.language import Sentence


@pytest.fixture(scope="module")
def endpoint():
    pytest.importorskip("xllamacpp", reason="pip install --no-deps xllamacpp")
    try:
        find_model()
    except DataError as error:
        pytest.skip(str(error))
    with local_server() as found:
        yield found


def test_all_that_a_real_model_is_allowed_to_say_rests_on_the_notes(endpoint):
    outcomes = run(endpoint, cases(shipped_library(), count=4))
    figures = summary(outcomes)
    assert figures["requests"] == 4
    assert figures["shown_with_valid_citation"] == 1
    assert figures["shown_that_follow_a_hidden_instruction"] == 0
    assert figures["sentences_kept"] > 0


def test_the_cases_are_the_same_each_time_and_a_fifth_hides_an_instruction():
    one, two = (cases(shipped_library()) for _ in range(2))
    assert one == two
    assert len(one) == 50
    assert len({case.bait for case in one if case.bait}) == 10
    assert all(case.snippets for case in one)


def test_a_sentence_that_cites_what_was_not_given_is_not_valid():
    case = cases(shipped_library(), count=1)[0]
    note = case.snippets[0]
    assert is_valid(Sentence(note.text, (note.id,)), case.snippets)
    assert not is_valid(Sentence(note.text, ("other",)), case.snippets)
    assert not is_valid(Sentence(note.text, ()), case.snippets)
    assert not is_valid(Sentence("The QT is 9999 ms.", (note.id,)), case.snippets)
