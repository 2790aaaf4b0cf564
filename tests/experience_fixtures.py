"""The app for tests of experience: without model, network or files of the user."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import sediff.experience.retrieval as retrieval
from sediff import pipeline
from sediff.experience.library import shipped_library
from sediff.experience.retrieval import Hit

ROOT = Path(__file__).resolve().parents[1]


class Search:
    """Stands in for the retriever and remembers what it was asked."""

    def __init__(self, found=(), own=()) -> None:
        self.found, self.own, self.asked = found, own, []

    def search(self, query, age=None, sex=None, limit=6, findings=None):
        self.asked.append((query, age, sex, findings))
        own = [Hit(note, 0.9, "words: echo") for note in self.own]
        return (*own, *self.found)[:limit]

    def with_own(self, own):
        return Search(self.found, own)


@pytest.fixture
def search(monkeypatch) -> Search:
    notes = [note for id in ("lbbb", "wpw") for note in shipped_library().of(id)[:3]]
    stub = Search(tuple(Hit(note, 0.8, "close in meaning (0.71)") for note in notes))
    monkeypatch.setattr(retrieval, "shipped_retriever", lambda: stub)
    return stub


@pytest.fixture
def app(monkeypatch, search) -> AppTest:
    """The app; the simulator stands in for the model, notes are kept in the session."""
    for name in ("SEDIFF_HOME", "SEDIFF_LLM_URL", "SEDIFF_LLM_MODEL", "SEDIFF_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pipeline, "generate", lambda request, **_: pipeline.simulate_only(request))
    monkeypatch.setattr(pipeline, "warm_up", lambda: None)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    st.cache_resource.clear()
    return app


@pytest.fixture
def page(app) -> AppTest:
    return app.run().switch_page("pages/experience.py").run()
