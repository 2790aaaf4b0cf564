"""Claims about the Explore page, run without a browser; the simulator stands in for the model."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sediff import pipeline

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def app(monkeypatch) -> AppTest:
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    found = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    return found.run().switch_page("pages/explore.py")


@pytest.mark.parametrize("view", ["sweep", "compare", "heart", "pairs"])
def test_the_page_opens(app, view):
    app.session_state["explore_view"] = view
    app.run()
    assert not app.exception
    assert app.get("plotly_chart")
