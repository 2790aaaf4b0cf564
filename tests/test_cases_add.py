"""Claims about 'Add to cases': filled in as far as the ECG tells, and nothing typed is lost."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import owner
from pages.parts.cases_add import draft
from sediff import pipeline
from sediff.cases.library import Library
from sediff.cases.place import HOME, URL
from sediff.errors import LibraryError
from sediff.report import read
from sediff.spec import Request
from sediff.view.text import say
from tests.cases_made import REPORT

LIBRARY = Library("local")


def box() -> None:
    """The fold alone, with an ECG of the simulator."""
    import streamlit as st

    from pages.parts.cases_add import add_box
    from tests.test_cases_add import generated

    add_box(generated(st.session_state.get("seed", 3)))


def generated(seed: int = 3) -> pipeline.Generated:
    return pipeline.simulate_only(Request(report=REPORT, seed=seed))


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv(HOME, str(tmp_path))
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setattr(owner, "one_user", lambda: True)
    return AppTest.from_function(box, default_timeout=30).run()


def field(page: AppTest, key: str):
    fields = (*page.text_input, *page.text_area)
    return next(f for f in fields if f.label == say(f"cases.form_{key}"))


def save(page: AppTest) -> AppTest:
    return next(b for b in page.button if b.label == say("cases.add_save")).click().run()


def test_the_form_is_filled_in_and_its_history_tells_no_finding():
    given = draft(generated())
    assert given["title"] == "Atrial fibrillation, left bundle branch block"
    assert given["findings"] == ("atrial_fibrillation", "lbbb")
    assert given["history"].startswith("70-year-old man.")
    assert read(given["history"]).findings == ()
    assert len(given["teaching"]) >= 2


def test_one_press_keeps_the_ecg_as_a_case(page):
    save(page)
    (head,) = LIBRARY.search(own=True)
    assert LIBRARY.get(head.id).uv.tobytes() == generated().ecg.uv.tobytes()
    assert head.title in page.success[0].value
    assert not page.text_input  # the same ECG is not added twice by mistake


def test_what_was_typed_is_kept_while_a_slider_moves_the_ecg(page):
    # Within a form the browser holds the text until Save, for as long as the field stays the same.
    before = field(page, "history").id
    page.session_state["seed"] = 4
    page.run()
    assert field(page, "history").id == before


def test_a_library_in_trouble_loses_nothing_that_was_typed(page, monkeypatch):
    field(page, "title").set_value("My best case")

    def full(*_):
        raise LibraryError("The disk of the library is full: free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(Library, "save", full)
        save(page)
    assert "disk of the library is full" in page.error[0].value
    assert field(page, "title").value == "My best case"
    save(page)
    assert [head.title for head in LIBRARY.search(own=True)] == ["My best case"]
