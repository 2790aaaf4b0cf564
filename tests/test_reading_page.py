"""Claims about the blind-reading page, run without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import owner as owners
from sediff import pipeline
from sediff.ecg import HIDDEN_MARK, SYNTHETIC_MARK
from sediff.export import export
from sediff.reading import store, study
from sediff.spec import Request

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def kept(tmp_path, monkeypatch) -> str:
    """Token of a small study in a library of its own."""
    monkeypatch.setenv("SEDIFF_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    monkeypatch.setattr(owners, "one_user", lambda: True)
    for seed in range(2):
        made = pipeline.simulate_only(Request(report="Sinus rhythm", seed=seed))
        export(made.ecg, made.spec, tmp_path / "real", f"r{seed}", ("wfdb",))
    made = study.make_study(
        "Fellows", tmp_path / "real", 2, 1, make=lambda rs: [pipeline.simulate_only(r) for r in rs]
    )
    return store.keep(made, owners.LOCAL)


def by_link(token: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    app.query_params["study"] = token
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def test_a_reader_rates_every_ecg_and_is_thanked(kept):
    app = press(by_link(kept), "Begin")
    for _ in range(4):
        assert not app.exception
        app.radio[-1].set_value(2)
        press(app, "Next ECG")
    assert "rated all" in app.success[0].value
    assert len(store.ratings(kept, owners.LOCAL)) == 4


def test_the_page_does_not_tell_where_an_ecg_comes_from(kept):
    app = by_link(kept)
    assert any(HIDDEN_MARK in one.value for one in app.caption)
    assert not any(SYNTHETIC_MARK in one.value for one in app.caption)
    page = str(press(app, "Begin").get("plotly_chart")[0].proto)
    assert HIDDEN_MARK in page
    assert SYNTHETIC_MARK not in page
    assert ".hea" not in page


def test_an_answer_without_origin_is_asked_again(kept):
    app = press(press(by_link(kept), "Begin"), "Next ECG")
    assert "guesses too" in app.error[0].value
    assert store.ratings(kept, owners.LOCAL) == []


def test_a_broken_link_gets_one_sentence(kept):
    app = by_link("nothing-is-here-at-all")
    assert "leads to no study" in app.error[0].value
    assert not app.exception


def test_the_owner_sees_figures_with_intervals(kept):
    app = press(by_link(kept), "Begin")
    for _ in range(4):
        app.radio[-1].set_value(4)
        press(app, "Next ECG")
    own = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    own.switch_page("pages/reading.py").run()
    press(own, "Results")
    assert not own.exception
    table = own.table[0].value
    assert table.loc["Origin told rightly", "Value"] == "50 %"
    assert "–" in table.loc["Origin told rightly", "95 % interval"]


def test_on_a_shared_server_nobody_reads_the_disk(kept, monkeypatch):
    from pages.parts import reading_studies

    monkeypatch.setattr(reading_studies, "one_user", lambda: False)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    app.switch_page("pages/reading.py").run()
    assert "SEDIFF_REAL_ECGS" in app.info[0].value
    assert not [box for box in app.text_input if box.key == "study_folder"]


def test_deleting_asks_first(kept):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20).run()
    app.switch_page("pages/reading.py").run()
    press(app, "Delete")
    assert len(store.heads(owners.LOCAL)) == 1
    press(app, "Yes, delete")
    assert store.heads(owners.LOCAL) == []
