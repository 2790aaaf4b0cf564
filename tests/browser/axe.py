"""Ask axe-core about every page of the running app, on a desktop and on a screen 320 px wide.

    python tests/browser/axe.py [PAGE ...]

Prints the violations of each page and ends with 1 if there is any. Needs
`pip install playwright axe-playwright-python` and Debian's chromium.
"""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import CHROMIUM, FLAGS, ROOT, running_app

Step = Callable[[Page], object]
FIRST = "generate"  # the page without an address of its own
SCREENS = {"desktop": (1440, 900), "320 px": (320, 640)}
# What WCAG 2.2 asks up to level AA, and what axe-core calls best practice.
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
REPORT = "72-year-old woman, atrial fibrillation, possible old inferior infarct, no LBBB, zzzz"
_PATIENCE_MS = 300_000
_AT_REST = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def opened(browser: Browser, address: str, name: str, size: tuple[int, int]) -> Page:
    """A fresh session on that page, drawn to its end."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(address if name == FIRST else f"{address}/{name}")
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the page has a heading and its script has come to its end."""
    page.get_by_role("heading", level=1).first.wait_for(timeout=_PATIENCE_MS)
    page.wait_for_timeout(500)
    page.wait_for_function(_AT_REST, timeout=_PATIENCE_MS)
    page.wait_for_timeout(1000)


def made(page: Page) -> None:
    """Generate: a report with an unknown word, and its ECG."""
    page.get_by_role("textbox", name="Report").fill(REPORT)
    page.keyboard.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Generate").click()
    page.get_by_text("Asked against measured").wait_for(timeout=_PATIENCE_MS)


def view(name: str) -> Step:
    """The step that turns to another view of the page."""
    return lambda page: page.get_by_role("radio", name=name).click()


def button(name: str) -> Step:
    """The step that presses a button."""
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def first_case(page: Page) -> None:
    """Cases: open the first of the list."""
    page.locator('[class*="st-key-cases_open_"] button').first.click()


# What stands on a page only after somebody used it.
STEPS: dict[str, dict[str, Step]] = {
    "generate": {"made": made},
    "explore": {name: view(name) for name in ("A against B", "Normal to abnormal", "Look-alikes")},
    "cases": {"a case": first_case},
    "quiz": {"a question": button("Start"), "answered": button("I do not know")},
    "files": {"a batch": view("Make a batch")},
    "experience": {name: view(name) for name in ("Real ECGs", "Your notes")},
}


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds on the page as it stands."""
    return Axe().run(page, options=OPTIONS).response["violations"]


def wider_than_its_screen(page: Page) -> int:
    """Pixels that the page needs beyond the width of its screen; 0 is right."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def tell(found: list[dict[str, Any]]) -> None:
    """Print each violation with the elements that have it."""
    for one in found:
        print(f"  {one['id']} ({one['impact']}): {one['help']}")
        for node in one["nodes"]:
            print(f"    {' '.join(map(str, node['target']))}")
            print(f"      {node['html'][:200]}")
            for check in node["any"] + node["all"] + node["none"]:
                print(f"      {check['message']}")


def check(browser: Browser, address: str, name: str) -> int:
    """All screens of one page; returns how many violations they have together."""
    count = 0
    for screen, size in SCREENS.items():
        page = opened(browser, address, name, size)
        for state, step in {"as opened": None, **STEPS.get(name, {})}.items():
            if step:
                step(page)
                settled(page)
            found, beyond = violations(page), wider_than_its_screen(page)
            wide = f", {beyond} px too wide" if beyond > 0 else ""
            print(f"{name}, {screen}, {state}: {len(found)} violations{wide}", flush=True)
            tell(found)
            count += len(found) + (beyond > 0)
        page.close()
    return count


def main() -> int:
    """Check the named pages, or all; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(every))
    names = parser.parse_args().pages or every
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        count = sum(check(browser, address, name) for name in names)
        browser.close()
    print(f"{count} in all")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
