"""Keep pictures of every page of the running app, on a desktop and on a phone.

    python tests/browser/screenshots.py OUT_FOLDER [PAGE ...]

Needs `pip install playwright` and Debian's chromium. `journey.py` walks through the app and keeps
pictures of every step.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS = {"desktop": (1440, 900), "phone": (390, 844)}
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"
FIRST = "generate"  # the page without an address of its own
REPORTS = {
    "af": "72-year-old woman, atrial fibrillation with rapid ventricular response, "
    "possible old inferior infarct",
    "lbbb": "Sinus bradycardia, left bundle branch block, 80-year-old man",
    "normal": "Normal ECG, 25-year-old man, frobnicated",
    "stemi": "Inferior STEMI, 58-year-old man, complete AV block",
    "vt": "Monomorphic ventricular tachycardia, 61-year-old man",
}
PATIENCE_MS = 300_000  # a busy machine may be far slower than a user would stand
_TALLEST = 12_000  # px of a picture
# The script has ended, and the browser has fetched what draws each kind of widget.
_AT_REST = """
    document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')
"""


@contextmanager
def running_app() -> Iterator[str]:
    """Start the app on a free loopback port; gives its address and stops it at the end.

    It keeps its cases in an empty folder of its own, unless `SEDIFF_HOME` names another.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true",
             "--server.address=127.0.0.1", f"--server.port={port}"],
            cwd=ROOT, stdout=subprocess.DEVNULL, env={"SEDIFF_HOME": home, **os.environ},
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:  # on a busy machine it does not listen in time
                server.kill()
                server.wait()


def _wait_for(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The app did not start.")


def new_browser(browser: Browser, screen: str) -> BrowserContext:
    """A browser that knows nothing of what others did, with a screen of that size."""
    width, height = SCREENS[screen]
    phone = {"is_mobile": True, "has_touch": True, "user_agent": PHONE} if width < 640 else {}
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **phone
    )
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    return context


def settled(page: Page) -> None:
    """Wait until the page has a heading and its script has come to its end."""
    page.get_by_role("heading", level=1).first.wait_for()
    for _ in range(2):  # between two runs of the script the page rests as well
        page.wait_for_timeout(250)
        page.wait_for_function(_AT_REST)


def generate(page: Page, report: str) -> float:
    """Type a report, press Generate once, wait for the checks; returns the seconds it took."""
    page.get_by_role("textbox", name="Report").fill(report)
    start = time.monotonic()
    page.get_by_role("button", name="Generate", exact=True).click()
    expect(page.get_by_text(re.compile(r"made in \d"))).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="Asked against measured")).to_be_visible()
    took = time.monotonic() - start
    settled(page)
    return took


def shoot(page: Page, path: Path) -> None:
    """A picture of the full page: Streamlit scrolls an inner box, so the window is grown."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": 1440, "height": 900}
    inner = page.get_by_test_id("stMain").evaluate("box => box.scrollHeight")
    height = min(max(size["height"], inner + 80), _TALLEST)
    page.set_viewport_size({"width": size["width"], "height": height})
    page.wait_for_timeout(700)
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size(size)
    print(path, flush=True)


def every_page() -> list[str]:
    """Names of the pages, as in their addresses."""
    return sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def main() -> None:
    """Take the pictures: every page as it opens, Generate with an ECG of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(every_page()))
    given = parser.parse_args()
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for screen in SCREENS:
            context = new_browser(browser, screen)
            page = context.new_page()
            for name in given.pages or every_page():
                page.goto(address if name == FIRST else f"{address}/{name}")
                settled(page)
                shoot(page, given.folder / f"{screen}-{name}.png")
                for kind, report in REPORTS.items() if name == FIRST else ():
                    print(f"{screen} {kind}: {generate(page, report):.1f} s")
                    shoot(page, given.folder / f"{screen}-{name}-{kind}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
