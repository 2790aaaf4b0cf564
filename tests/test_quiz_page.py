"""Claims about the quiz page, run without a browser; the simulator stands in for the model."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.quiz_run import Asked
from sediff.cases import quiz_sets
from sediff.cases.case import Case, from_generated
from sediff.cases.library import Library
from sediff.cases.quiz import option_name
from sediff.cases.scores import Scores
from sediff.errors import LibraryError, WeightsError
from sediff.findings import FINDINGS
from sediff.pipeline import simulate_only
from sediff.spec import Request, Stated
from sediff.view.words import quoted

ROOT = Path(__file__).resolve().parents[1]
OWNER = "local"
TITLE, ANSWER = "Zebra title of the teacher", "Complete left bundle branch block."
POINT, TAG = "A wide notched R is seen in lead I.", "okapi"


@pytest.fixture(scope="module")
def case() -> Case:
    made = simulate_only(Request(report="Left bundle branch block", age=64, sex="female", seed=4))
    return from_generated(
        made,
        TITLE,
        history="A 64-year-old woman is short of breath.",
        answer=ANSWER,
        teaching=(POINT,),
        tags=(TAG,),
        findings=("lbbb",),
    )


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path))
    monkeypatch.delenv("SEDIFF_DATABASE", raising=False)
    monkeypatch.setattr("pages.parts.owner.owner", lambda: OWNER)
    monkeypatch.setattr("sediff.cases.library._shipped", lambda: ())
    return tmp_path


@pytest.fixture
def library(home, case) -> Library:
    library = Library(OWNER)
    library.save(case)
    return library


@pytest.fixture
def app(library) -> AppTest:
    return opened()


def opened(**query: str) -> AppTest:
    """The quiz page in a new browser; by a link where `query` holds one."""
    app = AppTest.from_file(str(ROOT / "pages" / "quiz.py"), default_timeout=30)
    app.query_params.update(query)
    return app.run()


def sent(app: AppTest) -> str:
    """Everything that the browser is sent for this page, and its address, as text."""
    protos = [str(node.proto) for node in _nodes(app._tree) if hasattr(node, "proto")]
    return "\n".join((*protos, str(dict(app.query_params)), titles(app)))


def _nodes(node):
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def titles(app: AppTest) -> str:
    return " ".join(title.value for title in app.title)


def words(app: AppTest) -> str:
    """All running text of the page."""
    kinds = ("title", "header", "markdown", "caption", "success", "info", "warning", "error")
    return " ".join(str(e.value) for kind in kinds for e in app.get(kind)).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def reply(app: AppTest, text: str) -> AppTest:
    next(box for box in app.text_input if box.label.startswith("Your answer")).set_value(text)
    return press(app, "Answer")


def choice(app: AppTest):
    return next(one for one in app.radio if one.label.startswith("Your answer"))


def highlights(app: AppTest) -> int:
    """How many rectangles are drawn on the sheet."""
    return len(json.loads(app.get("plotly_chart")[0].proto.spec)["layout"].get("shapes", ()))


def secrets_of(case: Case) -> list[str]:
    """Whatever would tell the answer of a case, or lead to it."""
    names = [word for id in case.findings for word in FINDINGS[id].phrases if len(word) > 4]
    return [case.title, case.answer, *case.teaching, *case.tags, *case.findings, case.family,
            case.id, *names]  # fmt: skip


def tells_nothing(app: AppTest, case: Case) -> bool:
    page = sent(app).replace("\\", "").casefold()
    return not [secret for secret in secrets_of(case) if secret.casefold() in page]


def test_a_student_never_sees_the_answer_in_the_page(app, case):
    press(app, "Start")
    assert "short of breath" in words(app)
    assert len(sent(app)) > 20_000  # the trace is among it
    assert tells_nothing(app, case)


def test_the_answer_comes_with_the_feedback(app, case):
    press(app, "Start")
    reply(app, "asdf")
    assert "No finding was understood" in words(app)
    assert tells_nothing(app, case)
    reply(app, "left bundle branch block, AF")
    shown = words(app)
    for told in (ANSWER, POINT, "Right: **Left bundle branch block**", "Wrong: **Atrial fib"):
        assert told in shown
    assert "Not atrial fibrillation" in shown
    assert "Left bundle branch block" in app.get("plotly_chart")[0].proto.alt


def test_in_a_choice_nothing_tells_the_right_option_from_the_others(library, case, monkeypatch):
    """The page is the same, letter by letter, whichever of the four is right."""
    options = tuple(Stated(id) for id in ("rbbb", "lbbb", "ivcd", "wpw"))
    monkeypatch.setattr("pages.parts.quiz_run.options_of", lambda *_: options)
    steady = SimpleNamespace(token_hex=lambda n: "0" * 2 * n, randbelow=lambda n: 1)
    monkeypatch.setattr("pages.parts.quiz_run.secrets", steady)
    pages = []
    for right in options[:2]:
        library.save(replace(case, findings=(right.id,), answer=f"It is {right.id}."))
        app = opened()
        app.segmented_control(key="quiz_form").set_value("choice").run()
        press(app, "Start")
        assert choice(app).options == [quoted(option_name(one)) for one in options]
        assert choice(app).value is None
        pages.append(sent(app))
    assert len(set(pages)) == 1


def test_a_choice_is_marked_and_its_criteria_can_be_shown_on_the_trace(app):
    app.segmented_control(key="quiz_form").set_value("choice").run()
    press(app, "Start")
    press(app, "Answer")
    assert "Choose one of the four" in words(app)
    choice(app).set_value(choice(app).options.index("Left bundle branch block"))
    press(app, "Answer")
    assert "Right." in words(app)
    before = highlights(app)
    press(app, "Show")
    assert highlights(app) > before
    press(app, "Hide")
    assert highlights(app) == before


def test_a_look_alike_is_drawn_beside_the_trace(app):
    press(app, "Start")
    press(app, "I do not know")
    assert "Not this time" in words(app)
    pills = next(one for one in app.button_group if one.proto.label == "What it is mistaken for")
    pills.set_value(0).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2


def test_scores_are_kept_shown_and_forgotten(app):
    press(app, "Start")
    reply(app, "LBBB")
    press(app, "See the result")
    assert "fully right: 1 of 1" in words(app)
    assert [row.score for row in Scores(OWNER).rows()] == [1.0]
    press(app, "Back to the start")
    assert "100 % (1)" in app.get("plotly_chart")[0].proto.alt
    assert app.get("download_button")[0].proto.label == "Scores (CSV)"
    press(app, "Forget them")
    assert Scores(OWNER).rows() == []


def test_what_was_not_right_can_be_asked_again(app):
    press(app, "Start")
    press(app, "I do not know")
    press(app, "See the result")
    press(app, "Ask again what was not right")
    assert "Question 1 of 1" in words(app)
    reply(app, "LBBB")
    press(app, "See the result")
    assert not any(b.label.startswith("Ask again") for b in app.button)


def test_when_the_time_is_over_the_ecg_goes_and_the_answer_still_counts(app, monkeypatch):
    app.segmented_control(key="quiz_timing").set_value("each").run()
    press(app, "Start")
    assert re.search(r"(1:00|0:5\d) left", words(app))
    monkeypatch.setattr(Asked, "over", property(lambda one: True))
    app.run()
    assert "taken away" in words(app)
    assert not app.get("plotly_chart")
    reply(app, "LBBB")
    assert "Answered after the time was over" in words(app)
    (row,) = Scores(OWNER).rows()
    assert (row.score, row.in_time) == (1.0, False)


def test_when_the_whole_time_is_over_no_further_question_comes(app, library, case):
    library.duplicate(case.id)
    app.run()
    app.segmented_control(key="quiz_timing").set_value("whole").run()
    press(app, "Start")
    app.session_state["quiz"].ends = 0.0
    reply(app, "LBBB")
    press(app, "See the result")
    assert "not reached: 1" in words(app)


def test_cases_chosen_on_the_cases_page_are_the_quiz(library, case):
    library.duplicate(case.id)
    app = AppTest.from_file(str(ROOT / "pages" / "quiz.py"), default_timeout=30)
    app.session_state["quiz_cases"] = [case.id, "gone"]
    app.run()
    assert app.radio(key="quiz_source").value == "chosen"
    assert app.radio(key="quiz_source").options[0] == "The case chosen on the Cases page"
    press(app, "Start")
    assert "Question 1 of 1" in words(app)


def test_practice_goes_on_until_it_is_stopped(home):
    app = opened()
    assert app.radio(key="quiz_source").options == ["Endless practice: a fresh ECG every time"]
    app.toggle(key="quiz_model").set_value(False).run()
    app.selectbox(key="quiz_practice_family").set_value("conduction").run()
    press(app, "Start")
    press(app, "I do not know")
    press(app, "Next question")
    assert "Question 2" in words(app)
    press(app, "I do not know")
    press(app, "Stop and see the result")
    assert "fully right: 0 of 2" in words(app)


def test_practice_by_the_model_says_a_failure_in_one_sentence(home, monkeypatch):
    def fails(request, **_):
        raise WeightsError("The weights are missing: restore them.")

    monkeypatch.setattr("sediff.pipeline.generate", fails)
    app = press(opened(), "Start")
    assert "The weights are missing: restore them." in words(app)
    assert titles(app) == "Quiz"
    monkeypatch.setattr("sediff.pipeline.generate", lambda request, on_step: simulate_only(request))
    assert "Question 1" in words(press(app, "Start"))


def test_a_case_deleted_meanwhile_is_one_sentence_and_the_start_page(app, monkeypatch):
    def gone(*_):
        raise LibraryError("This case is not there.")

    monkeypatch.setattr(Library, "get", gone)
    press(app, "Start")
    assert "not there" in app.error[0].value
    assert titles(app) == "Quiz"


def test_a_locked_database_loses_no_answer(app, monkeypatch):
    press(app, "Start")

    def locked(*_):
        raise LibraryError("The library is in use by another program.")

    monkeypatch.setattr(Scores, "add", locked)
    reply(app, "LBBB")
    assert "score could not be kept" in words(app)
    assert "Right." in words(app)


def make_link(app: AppTest, name: str = "Course 1") -> str:
    app.text_input(key="quiz_link_name").set_value(name)
    press(app, "Make a link")
    return quiz_sets.sets_of(OWNER)[0].token


def test_a_link_needs_a_name(app):
    press(app, "Make a link")
    assert "Give the quiz a name" in words(app)
    assert quiz_sets.sets_of(OWNER) == []


@pytest.fixture
def link(app, monkeypatch) -> str:
    token = make_link(app)
    assert f"?set={token}" in app.code[0].value
    monkeypatch.setattr("pages.parts.owner.owner", lambda: "a-student")
    return token


def test_a_students_link_works_alone_and_offers_that_quiz_only(link, library, case):
    library.delete(case.id)  # the link has its copy
    app = opened(set=link)
    assert "Course 1" in words(app)
    assert [b.label for b in app.button] == ["Start"]
    assert not app.radio
    assert tells_nothing(app, case)
    press(app, "Start")
    assert tells_nothing(app, case)
    reply(app, "LBBB")
    assert "Right." in words(app)
    assert [row.quiz for row in Scores("a-student").rows()] == [link]
    assert Scores(OWNER).rows() == []


def test_a_quiz_of_the_library_never_goes_on_in_a_students_page(app, link, monkeypatch):
    monkeypatch.setattr("pages.parts.owner.owner", lambda: OWNER)
    press(app, "Start")
    assert app.get("plotly_chart")
    app.query_params["set"] = link
    app.run()
    assert "Course 1" in words(app)
    assert not app.get("plotly_chart")


def test_the_teacher_sees_how_many_answered(link, monkeypatch):
    reply(press(opened(set=link), "Start"), "LBBB")
    monkeypatch.setattr("pages.parts.owner.owner", lambda: OWNER)
    assert "People: 1 · answers: 1 · on average 100 %" in words(opened())


@pytest.mark.parametrize("token", ["no-such-quiz-anywhere", "A" * 43])
def test_a_broken_link_is_one_sentence_and_nothing_else(library, token):
    app = opened(set=token)
    assert "leads to no quiz" in app.error[0].value
    assert not app.button
    assert not app.radio


def test_a_deleted_link_ends(app, link):
    student = opened(set=link)
    quiz_sets.delete_set(OWNER, link)
    press(student, "Start")
    assert "leads to no quiz" in student.error[0].value


def test_typed_text_is_shown_as_text(app, library, case):
    hostile = "<script>x</script> **bold** [a](javascript:b)"
    library.save(replace(case, history=hostile, question=hostile, answer=hostile))
    page = press(app, "Start")
    reply(page, "<b>LBBB</b>")
    shown = [e.value for kind in ("markdown", "success", "info") for e in page.get(kind)]
    assert any(r"\*\*bold\*\*" in text for text in shown)
    assert not [text for text in shown if "<script>" in text or "<b>" in text]
