"""Claims about experience beside the ECG, run without a browser, a model or a network."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import experience_words
from sediff.experience.library import shipped_library
from sediff.experience.statistics import LEAST, Group, Number, group_of
from sediff.language import Dropped, Proposal, Proposed, Sentence, Worded
from sediff.view import experience as view
from tests.experience_app import LBBB, button, generated, labels, view_name, words

pytest_plugins = ["tests.experience_fixtures"]


def typical(app: AppTest):
    """The table of real ECGs on the Generate page."""
    return next(t.value for t in app.table if "Real ECGs" in t.value.columns)


# the Generate page: numbers


def test_numbers_of_real_ecgs_stand_beside_those_of_this_one(app):
    generated(app)
    group = app.selectbox(key="compared").value
    row = typical(app).loc["QRS"].str.replace("\\", "").str.replace("\u00a0", " ")
    assert group.people == "men of 75-100 years with left bundle branch block"
    assert row["Real ECGs"] == view.tell_typical(group.numbers["qrs_ms"], "qrs_ms")
    assert row["n"] == str(group.numbers["qrs_ms"].n)
    assert row["This ECG"].startswith(
        view.tell(app.session_state["generated"].measured.qrs_ms.value, "qrs_ms")
    )
    assert row["This ECG"].endswith(("inside", "above", "below"))


def test_the_group_is_told_in_words_with_its_size(app):
    generated(app)
    options = app.selectbox(key="compared").options
    assert any(o.endswith("ECGs of men with sinus bradycardia") for o in options)
    assert "Often stated with it: first degree AV block" in words(app)


def test_where_no_real_ecg_stands_behind_a_finding_the_page_says_so(app):
    generated(app, "Brugada type 1 pattern, 40-year-old man")
    assert "No real ECG stands behind" in words(app)
    assert not any("Real ECGs" in t.value.columns for t in app.table)


def test_a_report_without_findings_is_compared_with_people_of_that_age_and_sex(app):
    generated(app, "30-year-old woman")
    assert "ECGs of women of 18-39 years" in words(app)


def test_numbers_of_fewer_than_five_are_never_shown():
    few, enough = (Number(n, (None, 90, 95, 100, None)) for n in (LEAST - 1, LEAST))
    group = Group(("lbbb",), "", "", 9, {"qrs_ms": few, "qtc_ms": enough}, (("lae", 4),))
    assert [line.name for line in view.lines_of(group, ("qrs_ms", "qtc_ms"))] == ["qtc_ms"]
    assert view.companions_of(group) == ""


def test_a_number_that_a_rhythm_lacks_is_left_out():
    fibrillation = group_of(("atrial_fibrillation",))
    assert fibrillation is not None
    assert view.lines_of(fibrillation, ("pr_ms",)) == []


@pytest.mark.parametrize(
    ("value", "name", "place"),
    [(139, "qrs_ms", "inside"), (120, "qrs_ms", "below"), (170, "qrs_ms", "above"),
     (-175, "axis_deg", "inside"), (90, "axis_deg", "outside")],
)  # fmt: skip
def test_the_place_against_the_quartiles_is_a_word(value, name, place):
    quartiles = (128, 142, 156) if name == "qrs_ms" else (170, 180, 190)
    assert view.place_of(value, Number(87, (None, *quartiles, None)), name) == place


# the Generate page: notes


def test_what_practice_knows_stands_below_with_sources_and_in_tabs(app):
    generated(app)
    assert [tab.label for tab in app.tabs] == ["Sinus bradycardia", "Left bundle branch block"]
    look = shipped_library().of("lbbb")[0]
    assert look.text[:60] in words(app)
    assert look.source.citation in words(app)


def test_a_look_alike_opens_as_a_new_report_for_the_same_patient(app):
    generated(app)
    app.button(key="mimic_lbbb_wpw").click().run()
    name = view_name("wpw")
    assert app.text_area(key="report").value == f"{name}, 80-year-old man"


def test_the_composed_experience_report_can_be_read(app):
    generated(app)
    assert any(fold.label == "Experience report" for fold in app.expander)
    assert "without a language model" in words(app)


# a language model, where one is named


def test_without_a_language_model_there_is_no_trace_but_one_line_on_how_to_name_one(app):
    generated(app, f"{LBBB} frobnicated")
    assert "Put into words" not in labels(app)
    assert "Understand this report" not in labels(app)
    app.switch_page("pages/experience.py").run()
    assert "SEDIFF_LLM_URL" in words(app)


@pytest.fixture
def model(app, monkeypatch) -> AppTest:
    monkeypatch.setenv("SEDIFF_LLM_URL", "http://localhost:1/v1")
    monkeypatch.setenv("SEDIFF_LLM_MODEL", "small")
    return app


def test_worded_sentences_are_cited_and_what_was_dropped_is_shown_with_its_reason(
    model, monkeypatch
):
    def put_into_words(endpoint, report, patient, snippets, should_stop):
        assert not should_stop()
        assert "80-year-old man" in patient
        kept = Sentence("R is broad in V6.", (snippets[0].id,))
        dropped = Dropped("Give aspirin.", "uses words that its note lacks: aspirin")
        return Worded((kept,), (dropped,), "1 sentence was dropped of 2.", True)

    monkeypatch.setattr(experience_words, "put_into_words", put_into_words)
    generated(model)
    button(model, "Put into words").click().run()
    assert not model.exception
    shown = words(model)
    assert "R is broad in V6. :small[[1]]" in shown
    assert "1 sentence was dropped" in shown
    assert "uses words that its note lacks: aspirin" in shown
    assert "Cancel" not in labels(model)


def test_worded_sentences_go_with_the_ecg_they_were_made_for(model, monkeypatch):
    worded = Worded((Sentence("R is broad in V6.", ("lbbb-look",)),), by_model=True)
    monkeypatch.setattr(experience_words, "put_into_words", lambda *_: worded)
    generated(model, "Left bundle branch block")
    button(model, "Put into words").click().run()
    assert "R is broad in V6" in words(model)
    generated(model, "Right bundle branch block")
    assert "R is broad in V6" not in words(model)


def test_a_failed_model_is_one_line(model):
    generated(model)  # nothing listens at that address
    button(model, "Put into words").click().run()
    assert not model.exception
    assert "the notes stand as they are" in words(model)


def test_what_the_model_reads_changes_nothing_before_it_is_confirmed(model, monkeypatch):
    proposal = Proposal((Proposed("brugada", "odd humps"),), (Dropped("x: y", "is denied"),))
    monkeypatch.setattr(experience_words, "reread", lambda *_: proposal)
    model.run()
    report = "Normal axis, odd humps in V1"
    model.text_area(key="report").set_value(report).run()
    button(model, "Understand this report").click().run()
    assert model.text_area(key="report").value == report
    assert button(model, "Add to the report").disabled
    model.checkbox(key="means_brugada").check().run()
    button(model, "Add to the report").click().run()
    assert model.text_area(key="report").value == f"{report}, {view_name('brugada')}"


def test_an_unusable_address_is_said_on_the_page_of_experience_only(app, monkeypatch):
    monkeypatch.setenv("SEDIFF_LLM_URL", "ftp://nowhere")
    generated(app)
    assert "Put into words" not in labels(app)
    app.switch_page("pages/experience.py").run()
    assert "The language model is not used: SEDIFF_LLM_URL must be" in words(app)
