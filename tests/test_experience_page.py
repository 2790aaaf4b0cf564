"""Claims about the page of experience, run without a browser, a model or a network."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import experience_own
from pages.parts.experience_numbers import box_chart, box_words
from sediff.experience.library import shipped_library
from sediff.experience.own import OwnSnippets
from sediff.experience.snippet import OWN, Snippet, Source
from sediff.experience.statistics import LEAST, MAIN, group_of
from sediff.findings import FINDINGS
from sediff.view import experience as view
from tests.experience_app import OWN_TEXT, button, generated, open_view, words

ROOT = Path(__file__).resolve().parents[1]
pytest_plugins = ["tests.experience_fixtures"]


# the page: search and browse


def test_the_page_says_how_many_notes_and_sources_there_are(page):
    library = shipped_library()
    assert not page.exception
    assert f"{len(library.snippets):,} notes" in words(page)
    assert f"({len(library.sources):,} in all)" in words(page)


def test_a_search_shows_notes_with_score_reason_and_source(page, search):
    page.text_input(key="note_query").set_value("what is a delta wave").run()
    shown = words(page)
    assert search.found[0].snippet.text[:50] in shown
    assert search.found[0].snippet.source.citation in shown
    assert "score 0.80" in shown
    assert "close in meaning (0.71)" in shown


def test_nothing_close_is_a_sentence(page, search):
    search.found = ()
    page.text_input(key="note_query").set_value("recipe for pancakes").run()
    assert "Nothing close" in page.info[0].value


def test_choices_narrow_the_search_and_the_patient_reaches_it(page, search):
    page.number_input(key="note_age").set_value(50)
    page.segmented_control(key="note_sex").set_value("female")
    page.selectbox(key="note_finding").set_value("wpw")
    page.text_input(key="note_query").set_value("delta").run()
    assert search.asked[-1] == ("delta", 50, "female", ["wpw"])
    shown = words(page)
    assert "**Wolff-Parkinson-White" in shown
    assert "**Left bundle branch block**" not in shown


def test_notes_can_be_browsed_by_family_finding_and_kind(page):
    page.selectbox(key="note_family").set_value("conduction").run()
    assert {"Left bundle branch block", "Mobitz I AV block"} <= {
        fold.label.replace("\\", "").rsplit(" (", 1)[0] for fold in page.expander
    }
    page.selectbox(key="note_finding").set_value("lbbb").run()
    for note in shipped_library().of("lbbb"):
        assert note.text in words(page)
    page.selectbox(key="note_aspect").set_value("pitfall").run()
    kinds = {note.aspect: note.text for note in shipped_library().of("lbbb")}
    assert kinds["pitfall"] in words(page)
    assert kinds["look"] not in words(page)


def test_a_found_finding_can_be_drawn(page):
    page.selectbox(key="note_finding").set_value("lbbb").run()
    page.button(key="draw_lbbb").click().run()
    assert page.text_area(key="report").value == "Left bundle branch block"


# the page: numbers


def test_the_explorer_shows_medians_quartiles_and_n(page):
    open_view(page, "numbers")
    assert not page.exception
    group = group_of(("lbbb",))
    assert group is not None
    assert page.table[0].value.loc["QRS", "n"] == f"{group.numbers['qrs_ms'].n:,}"
    assert f"{group.n:,} ECGs of people with left bundle branch block" in words(page)


def test_the_chart_compares_with_normal_ecgs_and_is_told_in_words(page):
    open_view(page, "numbers")
    chart = page.get("plotly_chart")[0].proto
    assert [box["name"] for box in json.loads(chart.spec)["data"]] == [
        "Normal ECG", "Left bundle branch block"]  # fmt: skip
    assert chart.alt.startswith("QRS: ")
    assert "with normal ECG" in chart.alt


def test_too_few_ecgs_give_the_next_wider_group_and_say_so(page):
    open_view(page, "numbers")
    page.multiselect(key="explored").set_value(["third_degree_av_block"])
    page.segmented_control(key="explored_sex").set_value("female")
    page.selectbox(key="explored_age").set_value("18-39").run()
    assert "too few for that sex and age" in words(page)
    assert all(int(n.replace(",", "")) >= LEAST for n in page.table[0].value["n"])


def test_two_findings_that_no_real_ecg_has_together_give_a_sentence(page):
    open_view(page, "numbers")
    page.multiselect(key="explored").set_value(["atrial_fibrillation", "sinus_bradycardia"]).run()
    assert "Fewer than 5 people" in words(page)


def test_every_finding_with_real_ecgs_can_be_compared():
    normal = group_of(("normal_ecg",))
    assert normal is not None
    for group in filter(None, (group_of((id,)) for id in FINDINGS)):
        for name in set(MAIN) & group.numbers.keys():
            assert "nan" not in box_words(group, normal, name)
        assert box_chart(group, normal, "heart_rate").to_dict()["data"]


# the page: notes of one's own


def write_note(page: AppTest, text: str = OWN_TEXT, finding: str | None = "lbbb") -> AppTest:
    open_view(page, "own")
    turn = page.session_state["own_turn"]
    if finding:
        page.selectbox(key=f"own_finding_{turn}").set_value(finding)
    page.text_area(key=f"own_text_{turn}").set_value(text)
    return button(page, "Keep this note").click().run()


def test_a_note_of_ones_own_is_kept_listed_and_found(page):
    write_note(page)
    assert "The note is kept" in page.success[0].value
    assert "every new LBBB has an echo" in words(page)
    open_view(page, "notes")
    page.text_input(key="note_query").set_value("echo").run()
    assert "every new LBBB has an echo" in words(page)
    generated(page.switch_page("pages/generate.py"))
    assert "every new LBBB has an echo" in words(page)


def test_what_a_user_writes_is_shown_as_text_and_never_as_an_image(page):
    write_note(page)
    shown = " ".join(str(m.value) for m in page.markdown)
    assert "![x](http" not in shown


def test_a_note_that_is_too_short_or_without_finding_is_refused_and_stays_in_the_form(page):
    write_note(page, text="too short")
    assert "40 to 480" in page.error[0].value.replace("\\", "")
    assert page.text_area(key="own_text_0").value == "too short"
    write_note(page, finding=None)
    assert not page.exception


def test_a_note_can_be_deleted(page):
    write_note(page)
    button(page, "Delete").click().run()
    assert "every new LBBB" not in words(page)
    assert "None yet" in words(page)


def test_without_a_folder_notes_stay_in_the_session_and_the_page_says_so(page):
    open_view(page, "own")
    assert "in this browser tab only" in words(page)


def test_with_a_folder_notes_are_kept_in_its_file(app, monkeypatch, tmp_path):
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path))
    app.session_state["owner"] = mine = "m" * 43
    write_note(app.run().switch_page("pages/experience.py").run())
    kept = OwnSnippets(tmp_path / "own_notes" / f"{mine}.json").list()
    assert [note.finding for note in kept] == ["lbbb"]
    assert mine not in words(app)


def test_on_a_shared_server_notes_belong_to_one_browser(app, monkeypatch, tmp_path):
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path))
    app.session_state["owner"] = "m" * 43
    write_note(app.run().switch_page("pages/experience.py").run())
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    other.session_state["owner"] = "o" * 43
    open_view(other.run().switch_page("pages/experience.py").run(), "own")
    assert "every new LBBB" not in words(other)
    assert "None yet" in words(other)


@pytest.mark.parametrize(
    ("headers", "kept"),
    [({"Host": "localhost:8501"}, True), ({"Host": "127.0.0.1"}, True), ({}, False),
     ({"Host": "ecg.example.org"}, False),
     ({"Host": "localhost:8501", "X-Forwarded-For": "203.0.113.9"}, False)],
)  # fmt: skip
def test_only_the_person_at_this_computer_gets_a_file(monkeypatch, headers, kept):
    monkeypatch.delenv("SEDIFF_HOME", raising=False)
    monkeypatch.setattr(experience_own.st, "context", SimpleNamespace(headers=headers))
    assert (experience_own.own_path() is not None) == kept


def test_a_damaged_file_of_notes_is_a_sentence_and_the_rest_works(app, monkeypatch, tmp_path):
    app.session_state["owner"] = mine = "m" * 43
    (tmp_path / "own_notes").mkdir()
    (tmp_path / "own_notes" / f"{mine}.json").write_text("{")
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path))
    generated(app)
    assert not app.exception
    open_view(app.switch_page("pages/experience.py").run(), "own")
    assert len(app.error) == 1


def exported(*texts: str) -> bytes:
    store = OwnSnippets()
    for text in texts:
        store.add("lbbb", text)
    return store.export()


def test_an_exported_file_can_be_imported(page):
    open_view(page, "own")
    upload = page.file_uploader(key="own_file_0")
    upload.upload("notes.json", exported(OWN_TEXT), "application/json").run()
    assert "1 note was added" in page.success[0].value
    assert "every new LBBB has an echo" in words(page)
    assert any(b.proto.label == "Export all as one file" for b in page.get("download_button"))


def test_a_broken_file_is_refused_with_one_sentence(page):
    open_view(page, "own")
    page.file_uploader(key="own_file_0").upload("a.json", b"{", "application/json").run()
    assert not page.exception
    assert len(page.error) == 1


# notes elsewhere, and speed


def test_the_findings_page_tells_every_note_of_a_finding_in_order():
    finding = FINDINGS["lbbb"]
    notes = view.notes_for(finding, shipped_library().snippets)
    assert len(notes) == len(shipped_library().of("lbbb"))
    assert notes[0].aspect == "look"


@pytest.mark.parametrize(
    ("limits", "said"),
    [({}, ""), ({"sex": "female"}, "women"), ({"age_min": 60}, "people of 60 years and more"),
     ({"sex": "male", "age_min": 18, "age_max": 40}, "men of 18 to 40 years")],
)  # fmt: skip
def test_a_note_says_which_patients_it_speaks_of(limits, said):
    source = Source(OWN, "me", "", "", "own")
    assert view.limits_of(Snippet("own-1", "lbbb", "look", "x" * 40, source, OWN, **limits)) == said


def test_opening_the_pages_loads_neither_torch_nor_transformers():
    code = (
        "import sys, pages.parts.experience, pages.parts.experience_search;"
        "from streamlit.testing.v1 import AppTest;"
        "at = AppTest.from_file('pages/experience.py', default_timeout=120).run();"
        "assert not at.exception, at.exception;"
        "sys.exit(bool({'torch', 'transformers', 'bm25s'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
