"""Claims about hostile and damaged input that reaches several rooms of the studio."""

import io
import json
import sqlite3
from pathlib import Path

import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cases_view, files_own, frame, owner
from sediff.cases import library as library_module
from sediff.cases.bundle import bundle
from sediff.cases.case import from_generated
from sediff.cases.exchange import from_file, to_file
from sediff.cases.handout import handout
from sediff.cases.library import Library
from sediff.cases.limits import MOST_BUNDLED, MOST_EXPORTED
from sediff.cases.place import HOME, URL
from sediff.cases.scores import Answered, to_csv
from sediff.cases.shipped import shipped_cases, write_shipped
from sediff.ecg import HIDDEN_MARK, IMPORTED_MARK, SYNTHETIC_MARK
from sediff.errors import LibraryError, RequestError, WeightsError
from sediff.export import export
from sediff.imports import read_path
from sediff.pipeline import simulate_only
from sediff.spec import Request
from tests.cases_made import case_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setattr(owner, "one_user", lambda: True)
    monkeypatch.setattr(library_module, "_shipped", lambda: ())
    return tmp_path


def opened(page: str = "", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(query)
    app.run()
    return app.switch_page(f"pages/{page}.py").run() if page else app


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "success", "info", "warning", "error")
    return " ".join(str(e.value) for kind in kinds for e in app.get(kind)).replace("\\", "")


@pytest.mark.parametrize("link", ["abc", "", "![x](http://evil)", "a" * 500])
def test_a_students_link_that_was_cut_leads_to_no_other_page(link):
    app = opened(set=link)
    assert not app.exception
    assert "leads to no quiz" in words(app)
    assert not app.button


@pytest.mark.parametrize("page", ["cases", "quiz", "reading", "explore"])
@pytest.mark.parametrize("kind", ["garbage url", "garbage file", "nobody's home"])
def test_a_database_that_cannot_be_used_is_a_sentence_on_every_page(page, kind, place, monkeypatch):
    if kind == "garbage url":
        monkeypatch.setenv(URL, "no database")
    elif kind == "nobody's home":
        monkeypatch.setenv(HOME, "~nobody-of-this-name/there")
    else:
        (place / "studio.db").write_bytes(b"garbage " * 1000)
        monkeypatch.setenv(HOME, str(place))
    app = opened(page)
    if page == "explore":
        app.session_state["explore_view"] = "compare"
        app.session_state["compare_A"] = "case"
        app.run()
    assert not app.exception
    assert app.error or app.warning


def test_a_row_that_is_no_json_is_a_sentence(place):
    library = Library("local")
    library.save(case_of())
    with sqlite3.connect(place / "home" / "studio.db") as opened_file:
        opened_file.execute("UPDATE cases SET tags = '{bad'")
    with pytest.raises(LibraryError, match="damaged"):
        library.search()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"version https://git-lfs"])
def test_shipped_ecgs_that_are_damaged_in_any_way_are_one_sentence(content, tmp_path):
    write_shipped([case_of()], tmp_path)
    (tmp_path / "ecgs.npz").write_bytes(content)
    with pytest.raises(WeightsError, match="git checkout"):
        shipped_cases(tmp_path)


def test_half_a_letter_in_a_case_is_refused():
    whole = json.loads(to_file([case_of()]))
    whole["cases"][0]["learned"] = [["lbbb", "\ud800"]]
    with pytest.raises(RequestError, match="list of texts"):
        from_file(json.dumps(whole).encode())


@pytest.mark.parametrize("told", [[1], "abc", 5, None])
def test_an_own_file_that_tells_nonsense_of_its_weights_still_becomes_a_case(told, tmp_path):
    made = simulate_only(Request(report="Left bundle branch block", seed=3))
    (path,) = export(made.ecg, made.spec, tmp_path, "own", ("json",))
    whole = json.loads(path.read_text())
    whole["provenance"] = {"weights": told}
    path.write_text(json.dumps(whole))
    assert from_generated(files_own._made(read_path(path)), "title").weights == ""


@pytest.mark.parametrize(
    ("told", "drawn"),
    [({"septal_mi": 0.9, "nothing": 1, "lvh": "x"}, ("septal_mi", "lvh")), ([1], ()), ("abc", ())],
)
def test_what_an_own_file_says_was_drawn_unasked_is_taken_where_it_exists(told, drawn, tmp_path):
    made = simulate_only(Request(report="Left bundle branch block", seed=3))
    (path,) = export(made.ecg, made.spec, tmp_path, "own", ("json",))
    whole = json.loads(path.read_text())
    whole["provenance"] = {"implied": told}
    path.write_text(json.dumps(whole))
    assert from_generated(files_own._made(read_path(path)), "title").findings[1:] == drawn


def test_letters_that_the_font_lacks_do_not_stop_a_hand_out():
    case = case_of(history="漢字 \U0001f9e0 \x07 \ue000 before")
    (first, *_) = pypdf.PdfReader(io.BytesIO(handout([case]))).pages
    assert "before" in first.extract_text()


def test_no_table_holds_a_formula():
    rows = [Answered('=HYPERLINK("http://evil")', "lbbb", "text", 1.0)]
    assert b"'=HYPERLINK" in to_csv(rows)


def test_what_is_exported_can_be_imported_and_too_much_is_refused_before():
    case = case_of()
    many = [case.copy() for _ in range(MOST_EXPORTED)]
    assert len(from_file(to_file(many))) == MOST_EXPORTED
    with pytest.raises(RequestError, match="at most"):
        to_file([*many, case])


def test_more_cases_than_a_bundle_holds_have_no_button_that_fails():
    library = Library("local")
    library.save_all(case_of(id=f"case-number-{k:03d}") for k in range(MOST_BUNDLED + 1))
    app = opened("cases")
    next(b for b in app.button if b.label.startswith("Choose all")).click().run()
    assert f"at most {MOST_BUNDLED} cases for one bundle" in words(app)
    with pytest.raises(RequestError):
        bundle([case_of()] * (MOST_BUNDLED + 1))


def test_a_case_of_a_known_id_is_judged_by_its_own_samples():
    fibrillation = case_of(id="the-same-id", changed="2026-01-01T00:00:00+00:00")
    block = case_of(
        report="Left bundle branch block", id="the-same-id", changed="2026-01-01T00:00:00+00:00"
    )
    assert cases_view._judged(fibrillation).measured != cases_view._judged(block).measured


def test_the_page_that_opens_files_says_both_marks_at_its_foot():
    assert frame.mark("files") == f"{SYNTHETIC_MARK} / {IMPORTED_MARK}"
    assert frame.mark("cases") == SYNTHETIC_MARK
    assert frame.mark("reading") == HIDDEN_MARK
