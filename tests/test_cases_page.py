"""Claims about the page of cases, run without a browser."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cases_files, hand_over, owner
from pages.parts.frame import SEEN
from sediff.cases import database, shipped
from sediff.cases import library as library_module
from sediff.cases.exchange import from_file, to_file
from sediff.cases.library import Library
from sediff.cases.place import HOME, URL
from sediff.cases.shipped import shipped_cases, write_shipped
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import LibraryError
from sediff.view.text import say
from tests.cases_made import ANSWER, POINT, REPORT, TITLE, case_of

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Library("local")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A new library with two shipped cases, for the one user of this computer."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setattr(owner, "one_user", lambda: True)
    folder = tmp_path / "shipped"
    monkeypatch.setattr(shipped, "FOLDER", folder)
    monkeypatch.setattr(library_module, "shipped_cases", lambda: shipped_cases(folder))
    monkeypatch.setattr(shipped, "shipped_cases", lambda: shipped_cases(folder))
    cases = [
        case_of("Shipped one", id="shipped-case-1", tags=("ward",)),
        case_of("Shipped two", id="shipped-case-2", difficulty=3, family="pacing"),
    ]
    write_shipped(cases, folder)
    return folder


@pytest.fixture
def page() -> AppTest:
    return opened()


def opened() -> AppTest:
    """The page alone, as another browser would open it."""
    page = AppTest.from_file(str(ROOT / "pages" / "cases.py"), default_timeout=30)
    page.session_state[SEEN] = True
    return page.run()


@pytest.fixture
def own(page):
    """A case of one's own, open on the page."""
    return LIBRARY.save(case_of())


def show(page: AppTest, link: str) -> AppTest:
    page.query_params["case"] = link
    return page.run()


def button(page: AppTest, key: str):
    label = say(f"cases.{key}")
    return next(b for b in page.button if b.label == label)


def has(page: AppTest, key: str) -> bool:
    return any(b.label == say(f"cases.{key}") for b in page.button)


def words(page: AppTest) -> str:
    """All that the page says, as it is written in its elements."""
    kinds = ("markdown", "caption", "info", "warning", "success", "error", "subheader", "code")
    return " ".join(str(e.value) for kind in kinds for e in page.get(kind)).replace("\\", "")


def titles(page: AppTest) -> list[str]:
    return [b.label for b in page.button if (b.key or "").startswith("cases_open_")]


def whole(page: AppTest) -> str:
    """Everything that the browser is sent."""

    def protos(block) -> list[str]:
        found = []
        for child in getattr(block, "children", {}).values():
            found += [str(getattr(child, "proto", "")), *protos(child)]
        return found

    return " ".join(protos(page._tree))


# the list


def test_the_list_shows_shipped_and_own_cases_with_their_number(page):
    LIBRARY.save(case_of())
    page.run()
    assert not page.exception
    assert titles(page) == [TITLE, "Shipped one", "Shipped two"]
    assert "3 of 3 cases" in words(page)


def test_filters_narrow_the_list_and_nothing_found_is_a_sentence(page):
    page.text_input(key="cases_text").set_value("AFib shipped").run()
    assert titles(page) == []
    assert say("cases.none_found") in words(page)
    page.text_input(key="cases_text").set_value("AFib").run()
    assert len(titles(page)) == 2
    page.selectbox(key="cases_family").set_value("pacing").run()
    assert titles(page) == ["Shipped two"]
    page.selectbox(key="cases_family").set_value(None)
    page.multiselect(key="cases_tags").set_value(["exam"]).run()
    assert titles(page) == ["Shipped two"]
    page.segmented_control(key="cases_whose").set_value("own").run()
    assert titles(page) == []


def test_a_long_list_comes_in_pages(page):
    LIBRARY.save_all([case_of(f"Case number {k:02d}") for k in range(23)])
    page.run()
    assert len(titles(page)) == 20
    assert "25 of 25 cases" in words(page)


def test_chosen_cases_go_to_the_quiz(page, monkeypatch):
    seen = {}
    monkeypatch.setattr(cases_files.st, "switch_page", lambda path: seen.update(path=path))
    assert not has(page, "quiz")
    page.checkbox(key="cases_pick_shipped-case-2").check().run()
    page.checkbox(key="cases_pick_shipped-case-1").check().run()
    assert "2 chosen" in words(page)
    button(page, "quiz").click().run()
    assert page.session_state["quiz_cases"] == ["shipped-case-2", "shipped-case-1"]
    assert seen["path"] == "pages/quiz.py"


def test_all_and_none_can_be_chosen(page):
    next(b for b in page.button if b.label == say("cases.choose_all", n=2)).click().run()
    assert all(box.value for box in page.checkbox)
    button(page, "choose_none").click().run()
    assert not any(box.value for box in page.checkbox)


def test_damaged_shipped_cases_are_one_sentence_and_the_rest_works(page, place):
    LIBRARY.save(case_of())
    (place / "cases.json").write_text("{")
    page.run()
    assert "missing or damaged: restore them" in words(page)
    assert titles(page) == [TITLE]


# one case


def test_a_case_opens_from_the_list_and_its_address_names_it(page):
    page.button(key="cases_open_shipped-case-1").click().run()
    assert page.query_params["case"] in ("shipped-case-1", ["shipped-case-1"])
    assert "palpitations" in words(page)
    assert page.get("plotly_chart")
    button(page, "back").click().run()
    assert len(titles(page)) == 2


def test_the_answer_is_not_on_the_page_before_it_is_asked_for(page, own):
    show(page, own.id)
    sent = whole(page)
    assert SYNTHETIC_MARK in sent
    for secret in (TITLE, ANSWER, POINT, "bundle branch", "lbbb", "exam"):
        assert secret.lower() not in sent.lower()


def test_the_answer_comes_with_teaching_points_criteria_and_provenance(page, own):
    show(page, own.id)
    page.toggle(key=f"cases_answer_{own.id}").set_value(True).run()
    assert not page.exception
    shown = words(page)
    for text in (
        TITLE,
        ANSWER,
        POINT,
        "Left bundle branch block",
        "drawn by the simulator",
        REPORT,
    ):
        assert text in shown
    assert "rate 9" in shown


def test_a_broken_link_is_one_sentence(page):
    show(page, "no-such-case-here")
    assert len(page.error) == 1
    assert "not there: it was deleted, or its link is not complete." in words(page)
    assert not page.exception


def test_hostile_texts_are_shown_as_text(page):
    evil = "<script>alert(1)</script> ![x](http://evil/x.png) :red[red] $a$"
    case = LIBRARY.save(
        case_of(evil, history=evil, answer=evil, teaching=(evil,), tags=(evil[:40],))
    )
    page.run()
    show(page, case.id)
    page.toggle(key=f"cases_answer_{case.id}").set_value(True).run()
    assert not page.exception
    for element in (*page.markdown, *page.caption):
        assert "![x](" not in element.value
        assert "<script>" not in element.value


def test_a_shipped_case_has_no_edit_and_no_delete(page):
    show(page, "shipped-case-1")
    assert not has(page, "edit")
    assert not has(page, "delete_yes")
    assert say("cases.share_shipped") in words(page)


# changes


def test_an_edit_is_kept_and_a_cancelled_one_is_not(page, own):
    show(page, own.id)
    button(page, "edit").click().run()
    field = next(t for t in page.text_input if t.label == say("cases.form_title"))
    field.set_value("Never").run()
    button(page, "cancel").click().run()
    assert LIBRARY.get(own.id).title == TITLE
    button(page, "edit").click().run()
    field = next(t for t in page.text_input if t.label == say("cases.form_title"))
    assert field.value == TITLE
    field.set_value("A new title")
    area = next(t for t in page.text_area if t.label == say("cases.form_teaching"))
    area.set_value("First.\n\n  Second. ")
    button(page, "save").click().run()
    kept = LIBRARY.get(own.id)
    assert (kept.title, kept.teaching) == ("A new title", ("First.", "Second."))
    assert kept.uv.tobytes() == own.uv.tobytes()
    assert say("cases.saved") in words(page)


def test_a_locked_library_leaves_the_form_as_it_was_typed(page, own, monkeypatch):
    show(page, own.id)
    button(page, "edit").click().run()
    field = next(t for t in page.text_input if t.label == say("cases.form_title"))
    field.set_value("Typed for an hour")

    def locked(*_):
        raise LibraryError("The library is in use by another program: wait and try again.")

    with monkeypatch.context() as patch:
        patch.setattr(Library, "save", locked)
        button(page, "save").click().run()
    assert "in use by another program" in page.error[0].value
    field = next(t for t in page.text_input if t.label == say("cases.form_title"))
    assert field.value == "Typed for an hour"
    button(page, "save").click().run()
    assert LIBRARY.get(own.id).title == "Typed for an hour"


def test_an_empty_title_is_refused_and_nothing_is_lost(page, own):
    show(page, own.id)
    button(page, "edit").click().run()
    next(t for t in page.text_input if t.label == say("cases.form_title")).set_value(" ")
    button(page, "save").click().run()
    assert "needs a title" in page.error[0].value
    assert LIBRARY.get(own.id).title == TITLE


def test_a_duplicate_opens_and_is_ones_own(page):
    show(page, "shipped-case-1")
    button(page, "duplicate").click().run()
    (head,) = LIBRARY.search(own=True)
    assert head.title == "Shipped one (copy)"
    assert has(page, "edit")


def test_a_case_is_deleted_after_a_second_press(page, own):
    show(page, own.id)
    assert say("cases.delete_sure") in words(page)
    button(page, "delete_yes").click().run()
    assert LIBRARY.search(own=True) == []
    assert say("cases.deleted") in words(page)
    assert len(titles(page)) == 2


def test_a_link_opens_the_case_in_another_browser_read_only(page, own, monkeypatch):
    show(page, own.id)
    button(page, "share_make").click().run()
    token = LIBRARY.share(own.id)
    assert f"?case={token}" in words(page)
    with monkeypatch.context() as patch:
        patch.setattr(owner, "owner", lambda: "someone-else")
        other = show(opened(), token)
        assert say("cases.read_only") in words(other)
        assert not any(has(other, key) for key in ("edit", "delete_yes", "share_end"))
        button(other, "keep_copy").click().run()
    assert [head.title for head in Library("someone-else").search(own=True)] == [f"{TITLE} (copy)"]
    button(show(page, own.id), "share_end").click().run()
    assert "not there" in words(show(opened(), token))


def test_a_case_opens_again_in_generate_with_its_report_and_numbers(page, own, monkeypatch):
    seen = {}
    monkeypatch.setattr(hand_over.st, "switch_page", lambda path: seen.update(path=path))
    show(page, own.id)
    button(page, "open_generate").click().run()
    assert seen["path"] == "pages/generate.py"
    assert page.session_state["report"] == REPORT
    assert page.session_state["val_heart_rate"] == 96
    assert page.session_state["generate_now"] is False


# files


def test_an_import_says_what_it_added_and_a_bad_file_adds_nothing(page, monkeypatch, tmp_path):
    home = tmp_path / "home"
    kept = [case_of("From a friend")]
    told = []
    for content in (to_file(kept), to_file(kept), b"garbage"):
        file = SimpleNamespace(getvalue=partial(bytes, content))
        state = {"cases_file_0": file, "cases_file_turn": 0}
        with monkeypatch.context() as patch:
            patch.setattr(cases_files.st, "session_state", state)
            cases_files._import("cases_file_0")
        told.append(state["cases_told"])
    assert told[0] == (say("cases.imported_one"), True)
    assert told[1] == (say("cases.imported_none"), True)
    assert told[2][1] is False
    assert home.is_dir()
    assert titles(page.run())[0] == "From a friend"


def test_downloads_of_one_case_and_of_many_name_no_finding(page):
    next(b for b in page.button if b.label == say("cases.choose_all", n=2)).click().run()
    labels = [b.proto.label for b in page.get("download_button")]
    assert labels == [say("cases.print_now"), say("cases.bundle"), say("cases.export")]
    assert from_file(cases_files._export(LIBRARY, ["shipped-case-1"]))[0].title == "Shipped one"


def test_a_library_in_trouble_is_one_sentence_on_the_page(page, tmp_path):
    (tmp_path / "home" / "studio.db").write_bytes(b"garbage " * 1000)
    database._engine.cache_clear()
    page.run()
    assert not page.exception
    assert "damaged: restore its file" in page.error[0].value.replace("\\", "")
