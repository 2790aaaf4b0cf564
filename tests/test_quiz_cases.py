"""Claims about practice, options, sets behind links, and scores; no page."""

import pytest

from sediff.cases import scores
from sediff.cases.case import Case, from_generated
from sediff.cases.marking import asked_of, kinship, mark_text
from sediff.cases.quiz import Trace, options_of, points, practice_case, right_option
from sediff.cases.quiz_sets import case_of, delete_set, make_set, open_set, sets_of
from sediff.cases.quiz_settings import MOST_QUESTIONS, Settings
from sediff.cases.scores import Answered, Scores, by_family, results_of, running_mean, to_csv
from sediff.errors import LibraryError, RequestError
from sediff.pipeline import simulate_only
from sediff.spec import Request


@pytest.fixture(scope="module")
def case() -> Case:
    made = simulate_only(Request(report="Left bundle branch block", age=64, sex="female", seed=4))
    return from_generated(made, "LBBB", answer="LBBB.", findings=("lbbb",))


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'studio.db'}"


@pytest.fixture(scope="module")
def practice() -> Case:
    return practice_case("conduction", 5)


def test_practice_shows_a_finding_of_its_family_and_meets_its_criteria(practice):
    (asked,) = asked_of(practice.findings)
    assert practice.family == "conduction"
    assert Trace(practice).met(asked.id, asked.stage)


def test_equal_seeds_give_equal_practice(practice):
    again = practice_case("conduction", 5)
    assert again.findings == practice.findings
    assert (again.uv == practice.uv).all()


def test_a_family_without_findings_is_one_sentence():
    with pytest.raises(RequestError, match="no finding"):
        practice_case("no such family", 1)


def test_four_options_one_right_and_the_trace_meets_none_of_the_others(case):
    trace, right = Trace(case), right_option(case)
    for seed in range(6):
        options = options_of(case, trace.met, seed)
        assert len(set(options)) == 4
        wrong = [one for one in options if one != right]
        assert len(wrong) == 3
        assert all(trace.met(one.id, one.stage) is False for one in wrong)
        assert not any(kinship(one, right) for one in wrong)


def test_the_order_of_options_follows_the_seed_and_every_place_can_be_right(case):
    trace = Trace(case)
    assert options_of(case, trace.met, 3) == options_of(case, trace.met, 3)
    places = {options_of(case, trace.met, s).index(right_option(case)) for s in range(16)}
    assert places == {0, 1, 2, 3}


def test_a_case_without_findings_cannot_be_asked(case):
    with pytest.raises(RequestError, match="names no finding"):
        right_option(case.copy(findings=()))


def test_points_never_round_up_to_full_marks():
    assert (points(1), points(0.999), points(0.5), points(0)) == ("100 %", "99 %", "50 %", "0 %")


@pytest.mark.parametrize(
    "settings",
    [("text", "each", 5), ("text", "each", 10**6), ("text", "none", 9), ("?", "none", 0)],
)
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(RequestError):
        Settings(*settings)


def test_a_set_is_read_by_its_token_alone_and_outlives_the_library(url, case):
    made = make_set("teacher", "  Course   1 ", [case], Settings("choice", "each", 60), url)
    assert open_set(made.token, url) == made
    assert (made.name, made.questions) == ("Course 1", 1)
    copied = case_of(made.token, 0, url)
    assert copied == case
    assert (copied.uv == case.uv).all()


def test_tokens_tell_nothing_and_cannot_be_guessed(url, case):
    tokens = {make_set("teacher", "LBBB", [case], Settings(), url).token for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 32 and "lbbb" not in token.lower() for token in tokens)


def test_a_broken_or_deleted_link_is_one_sentence(url, case):
    made = make_set("teacher", "Course", [case], Settings(), url)
    delete_set("teacher", made.token, url)
    for token in (made.token, "broken", "' OR 1=1"):
        with pytest.raises(RequestError, match="leads to no quiz"):
            open_set(token, url)
        with pytest.raises(RequestError, match="leads to no quiz"):
            case_of(token, 0, url)


def test_nobody_sees_or_deletes_the_sets_of_another(url, case):
    made = make_set("teacher", "Course", [case], Settings(), url)
    assert sets_of("other", url) == []
    delete_set("other", made.token, url)
    assert sets_of("teacher", url) == [made]


@pytest.mark.parametrize(
    ("name", "count", "said"),
    [(" ", 1, "name"), ("x" * 81, 1, "80"), ("A", 0, "one case"), ("A", MOST_QUESTIONS + 1, "60")],
)
def test_a_set_that_cannot_be_made_leaves_nothing_behind(url, case, name, count, said):
    with pytest.raises(RequestError, match=said):
        make_set("teacher", name, [case] * count, Settings(), url)
    assert sets_of("teacher", url) == []


def test_scores_belong_to_one_owner(url):
    mine, other = Scores("me", url), Scores("you", url)
    mine.add(Answered("rhythm", "pvc", "text", 0.5))
    mine.add(Answered("infarct", "lbbb", "text", 1.0, quiz="a-set"))
    assert [row.score for row in mine.rows()] == [0.5, 1.0]
    assert [row.score for row in mine.rows("a-set")] == [1.0]
    assert other.rows() == []
    other.reset()
    mine.reset("a-set")
    assert [row.score for row in mine.rows()] == [0.5]


def test_results_of_a_set_count_people_without_naming_them(url):
    for owner, score in (("a", 1.0), ("a", 0.0), ("b", 0.5)):
        Scores(owner, url).add(Answered("rhythm", "pvc", "text", score, quiz="a-set"))
    told = results_of(["a-set", "none"], url)
    assert set(told) == {"a-set"}
    assert (told["a-set"].people, told["a-set"].answers, told["a-set"].mean) == (2, 3, 0.5)


def test_a_marked_answer_becomes_a_row(case):
    marked = mark_text("LBBB, AF", asked_of(case.findings), lambda id, stage: False)
    row = scores.answered(case.family, marked, form="text", seconds=3.0)
    assert (row.family, row.findings, row.score) == ("conduction", "lbbb", 0.5)


def test_means_by_family_and_over_time():
    rows = [Answered(family, "", "text", s) for family, s in (("b", 0.0), ("a", 1.0), ("b", 1.0))]
    assert by_family(rows) == {"a": (1.0, 1), "b": (0.5, 2)}
    assert running_mean(rows, over=2) == [0.0, 0.5, 1.0]


def test_the_file_of_scores_has_one_row_an_answer():
    lines = to_csv([Answered("a", "pvc", "text", 0.5, 3.0)]).decode().splitlines()
    assert lines[0].startswith("answered,family,findings")
    assert lines[1] == ",a,pvc,text,0.5,3.0,True,"


def test_a_database_that_is_none_is_one_sentence(tmp_path):
    path = tmp_path / "garbage.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryError):
        Scores("me", f"sqlite:///{path}").rows()
