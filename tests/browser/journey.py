"""A newcomer's way through the running app in a real browser: from a report to a student's answer.

    python tests/browser/journey.py OUT_FOLDER [desktop | phone]

Keeps a picture of every step and tells how many clicks each goal took. Needs
`pip install playwright` and Debian's chromium.
"""

import argparse
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader
from screenshots import CHROMIUM, FLAGS, SCREENS, generate, new_browser, running_app, settled
from tour import tour
from visitor import Visitor

REPORT = "58-year-old man, inferior STEMI, first-degree AV block"
# What the answer says, and what a student must not meet before answering.
ANSWER = re.compile(r"stemi|inferior|AV block", re.IGNORECASE)
THEIR_ANSWER = "Inferior STEMI with first degree AV block"
QUIZ_NAME = "Tuesday course"
SYNTHETIC = "SYNTHETIC - NOT FOR DIAGNOSIS"


def case_from_report(me: Visitor) -> None:
    """Type a report, generate, and keep the ECG as a teaching case."""
    me.goal = "case from report"
    me.take("1-start")
    me.clicks[me.goal] = 1  # Generate
    generate(me.page, REPORT)
    me.take("2-generated")
    me.press(me.page.get_by_text("Add to cases", exact=True))
    me.take("3-add")
    me.press(me.button("Save as a case"))
    expect(me.page.get_by_text("is in your library")).to_be_visible()
    me.goal = "open the case"
    me.press(me.button("Open it in Cases"))
    expect(me.page.get_by_role("heading", name="58-year-old man")).to_be_visible()
    me.take("4-case")


def hand_outs(me: Visitor) -> tuple[Path, Path]:
    """Print the open case; gives the PDF without and the one with answers."""
    me.goal = "hand-out of the open case"
    me.press(me.button("Print hand-out"))
    if me.pictures:
        me.page.screenshot(path=me.folder / f"{me.screen}-5-print.png")
    without = me.download(me.button("Hand-out (PDF)"))
    me.goal = "hand-out with answers"
    me.press(me.page.get_by_text("With answers", exact=True))
    answered = me.download(me.button("Hand-out (PDF)"))
    me.page.keyboard.press("Escape")
    settled(me.page)
    return without, answered


def text_of(path: Path) -> str:
    """All that a PDF says, with what stands in its metadata."""
    reader = PdfReader(path)
    told = " ".join(str(value) for value in (reader.metadata or {}).values())
    return " ".join([told, *(page.extract_text() for page in reader.pages)])


def check_hand_outs(without: Path, answered: Path) -> None:
    """The one for students tells no answer, in name, text or metadata; the other does."""
    told = text_of(without)
    assert SYNTHETIC in told, "a hand-out must say that it is synthetic"
    assert not ANSWER.search(told), ANSWER.search(told)
    assert not ANSWER.search(without.name), without.name
    assert "STEMI" in text_of(answered)


def quiz_link(me: Visitor) -> str:
    """Make a quiz of the open case, and a link of it for students."""
    me.goal = "quiz link from the open case"
    me.press(me.button("Make a quiz of it"))
    expect(me.page.get_by_role("heading", name="Links for students")).to_be_visible()
    me.take("6-quiz")
    me.page.get_by_role("textbox", name="Name of the quiz").fill(QUIZ_NAME)
    me.press(me.button("Make a link"))
    address = me.page.get_by_test_id("stCode").filter(has_text="set=").first
    expect(address).to_be_visible()
    me.take("7-link")
    return address.inner_text().strip()


def student(browser: Browser, me: Visitor, link: str) -> None:
    """Open the link in a browser of its own, see nothing but the quiz, answer, be told why."""
    context = new_browser(browser, me.screen)
    they = Visitor(context.new_page(), me.folder, me.screen, me.pictures, me.clicks, "student")
    page = they.page
    page.goto(link)
    expect(page.get_by_role("heading", name=QUIZ_NAME)).to_be_visible()
    settled(page)
    they.take("8-student")
    _nothing_told(page)
    they.press(they.button("Start"))
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your answer")).to_be_visible()
    they.take("9-question")
    _nothing_told(page)
    page.get_by_role("textbox", name="Your answer").fill(
        "Inferior STEMI with first degree AV block"
    )
    they.press(they.button("Answer"))
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    assert ANSWER.search(page.content())
    they.take("10-feedback")
    they.press(they.button("See the result"))
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    they.take("11-result")
    context.close()


def _nothing_told(page: Page) -> None:
    """Neither the answer nor a way to other pages is anywhere in the page."""
    found = ANSWER.search(page.content())
    assert not found, f"the page tells {found}"
    assert not ANSWER.search(page.url + page.title())
    assert page.get_by_role("link", name="Cases").count() == 0


def newcomer(browser: Browser, address: str, me: Visitor) -> None:
    """All of it: case, hand-outs, quiz, student."""
    me.page.goto(address)
    settled(me.page)
    case_from_report(me)
    check_hand_outs(*hand_outs(me))
    student(browser, me, quiz_link(me))


def main() -> None:
    """Walk the ways on each screen and tell the clicks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("screens", nargs="*", metavar="SCREEN", help=", ".join(SCREENS))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for screen in given.screens or SCREENS:
            with running_app() as address:
                context = new_browser(browser, screen)
                me = Visitor(context.new_page(), given.folder, screen)
                newcomer(browser, address, me)
                tour(me)
                context.close()
            for goal, count in me.clicks.items():
                print(f"{screen}, {goal}: {count} clicks")
        browser.close()


if __name__ == "__main__":
    main()
