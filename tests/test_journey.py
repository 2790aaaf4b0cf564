"""Claims about the whole studio, in real Chromium with the real model: from a report to a class.

Skipped where there is no chromium or no playwright. Pictures of every step are kept by
`python tests/browser/journey.py OUT_FOLDER`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("pypdf")
sys.path.insert(0, str(Path(__file__).parent / "browser"))

import journey
from playwright.sync_api import Browser, sync_playwright
from screenshots import CHROMIUM, FLAGS, new_browser, running_app
from visitor import Visitor

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="there is no chromium")


@pytest.fixture(scope="module")
def app() -> Iterator[str]:
    with running_app() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_a_newcomer_makes_prints_and_asks_a_case_that_a_student_answers(
    app, browser, tmp_path, screen
):
    context = new_browser(browser, screen)
    me = Visitor(context.new_page(), tmp_path, screen, pictures=False)
    journey.newcomer(browser, app, me)
    assert me.clicks["case from report"] <= 3
    assert me.clicks["hand-out of the open case"] <= 3
    assert me.clicks["quiz link from the open case"] <= 3
    context.close()
