"""The page of the vocabulary."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = Path(__file__).resolve().parents[1] / "pages" / "findings.py"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def test_every_finding_has_a_row(page):
    assert not page.exception
    table = page.dataframe[0].value
    assert len(table) >= 75
    assert {"learned", "drawn by the simulator"} <= set(table["Made"])
    assert set(table["Pattern"]) == {"diagnostic", "suggestive"}


@pytest.mark.parametrize("text", ["Wenckebach", "linksschenkelblock", "hyperkalaemia stage 3"])
def test_search_knows_synonyms_german_and_stages(page, text):
    page.text_input[0].set_value(text).run()
    assert 1 <= len(page.dataframe[0].value) <= 3


def test_a_search_for_nothing_known_gives_an_empty_table(page):
    page.text_input[0].set_value("xyzzy").run()
    assert not page.exception
    assert page.dataframe[0].value.empty


def test_a_finding_can_be_read_about_without_a_mouse(page):
    page.selectbox(key="finding_read").set_value("lbbb").run()
    assert not page.exception
    assert [header.value for header in page.header] == ["Left bundle branch block"]
    assert any(button.label.startswith("Generate: left bundle") for button in page.button)


def test_a_search_that_leaves_one_finding_opens_it(page):
    page.text_input[0].set_value("Wenckebach").run()
    if len(page.dataframe[0].value) == 1:
        assert len(page.header) == 1
    page.text_input[0].set_value("xyzzy").run()
    assert not page.header
