"""Ask axe-core about every page of the running app, on a desktop and on a screen 320 px wide.

    python tests/browser/axe.py [PAGE ...]

Prints the violations of each page and ends with 1 if there is any. Needs
`pip install playwright axe-playwright-python` and Debian's chromium.
"""

import argparse
import sys
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import CHROMIUM, FLAGS, ROOT, running_app

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


def used(page: Page, name: str) -> None:
    """Bring a page that starts empty to where it shows everything."""
    if name != FIRST:
        return
    page.get_by_role("textbox", name="Report").fill(REPORT)
    page.keyboard.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Generate").click()
    page.get_by_text("Asked against measured").wait_for(timeout=_PATIENCE_MS)
    settled(page)


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
        for state in ("as opened", "in use") if name == FIRST else ("as opened",):
            if state == "in use":
                used(page, name)
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
