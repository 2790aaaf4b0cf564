"""Type reports into the running app in a real browser and keep pictures of what is seen.

    python tests/browser/screenshots.py OUT_FOLDER

Needs `pip install playwright` and Debian's chromium.
"""

import argparse
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCREENS = {"phone": (390, 844), "desktop": (1440, 900)}
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"
REPORTS = {
    "af": "72-year-old woman, atrial fibrillation with rapid ventricular response, "
    "possible old inferior infarct",
    "lbbb": "Sinus bradycardia, left bundle branch block, 80-year-old man",
    "normal": "Normal ECG, 25-year-old man, frobnicated",
    "stemi": "Inferior STEMI, 58-year-old man, complete AV block",
    "vt": "Monomorphic ventricular tachycardia, 61-year-old man",
}


@contextmanager
def running_app() -> Iterator[str]:
    """Start the app on a free loopback port; gives its address and stops it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true",
         "--server.address=127.0.0.1", f"--server.port={port}"],
        cwd=ROOT, stdout=subprocess.DEVNULL,
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


def _wait_for(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The app did not start.")


def open_page(browser: Browser, screen: str, address: str) -> Page:
    """A fresh session on a screen of that size, first paint done."""
    width, height = SCREENS[screen]
    phone = {"is_mobile": True, "has_touch": True, "user_agent": PHONE} if width < 640 else {}
    page = browser.new_page(viewport={"width": width, "height": height}, **phone)
    page.goto(address)
    expect(page.get_by_role("textbox", name="Report")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Generate", exact=False)).to_be_enabled(timeout=30_000)
    return page


def generate(page: Page, report: str, timeout_s: float = 180) -> float:
    """Type a report, press Generate once, wait for the checks; returns the seconds it took."""
    page.get_by_role("textbox", name="Report").fill(report)
    start = time.monotonic()
    page.get_by_role("button", name="Generate", exact=False).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=timeout_s * 1000)
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden(timeout=timeout_s * 1000)
    expect(page.get_by_text("Asked against measured")).to_be_visible(timeout=30_000)
    took = time.monotonic() - start
    page.wait_for_timeout(800)
    return took


def cancel(page: Page, report: str) -> None:
    """Press Generate and then Cancel: the run must end at once and leave no ECG behind."""
    page.get_by_role("textbox", name="Report").fill(report)
    page.get_by_role("button", name="Generate").click()
    # Forced: an ECG takes half a second, less than the browser waits for a button to stand still.
    page.get_by_role("button", name="Cancel").click(timeout=60_000, force=True)
    expect(page.get_by_text("Stopped.")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden(timeout=10_000)
    page.wait_for_timeout(5_000)
    expect(page.get_by_text("Asked against measured")).to_be_hidden()


def download_all(page: Page, folder: Path) -> None:
    """Press every download button and keep the files."""
    for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        with page.expect_download(timeout=30_000) as waiting:
            button.click()
        waiting.value.save_as(path := folder / waiting.value.suggested_filename)
        print(path, path.stat().st_size)


def show_criterion(page: Page) -> None:
    """Choose the first criterion, so that the trace shows where it is met."""
    box = page.get_by_test_id("stSelectbox").filter(has_text="Show on the trace").locator("input")
    box.click()
    page.keyboard.press("Enter")
    page.wait_for_timeout(4000)


def details(page: Page) -> None:
    """Open every fold and set one thing of each kind."""
    for fold in ("Waves and intervals", "Shape of single waves", "Realism and seed"):
        page.get_by_text(fold, exact=True).click()
    for box in ("Heart rate", "QRS axis"):
        page.get_by_test_id("stCheckbox").filter(has_text=box).locator("label").click()
    page.get_by_test_id("stMultiSelect").locator("input").first.fill("V2")
    page.keyboard.press("Enter")
    page.get_by_test_id("stButtonGroup").get_by_text("T", exact=True).click()
    page.wait_for_timeout(1500)


def move_pr(page: Page) -> None:
    """Lengthen PR in a drawn ECG: the trace follows at once, without Generate."""
    generate(page, REPORTS["normal"])
    page.get_by_test_id("stCheckbox").filter(has_text="PR interval").locator("label").click()
    slider = page.get_by_role("slider", name="PR interval")
    expect(slider).to_be_visible(timeout=10_000)
    for _ in range(6):
        slider.press("ArrowRight")
    expect(page.get_by_text("Moved by the simulator")).to_be_visible(timeout=20_000)


def experience(page: Page, address: str, folder: Path) -> None:
    """Search the notes, look at numbers of real ECGs, and write a note."""
    page.goto(f"{address}/experience")
    page.get_by_role("textbox", name="Search the notes").fill("How do I tell LBBB from VT?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Best first")).to_be_visible(timeout=120_000)
    shoot(page, folder / "desktop-experience-notes.png")
    page.get_by_text("Real ECGs", exact=True).first.click()
    expect(page.get_by_text("Compare with normal ECGs")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1500)
    shoot(page, folder / "desktop-experience-numbers.png")
    page.get_by_text("Your notes", exact=True).first.click()
    expect(page.get_by_role("button", name="Keep this note")).to_be_visible(timeout=30_000)
    shoot(page, folder / "desktop-experience-own.png")


def shoot(page: Page, path: Path) -> None:
    """A picture of the full page: Streamlit scrolls an inner box, so the window is grown."""
    size = page.viewport_size or {"width": 1440, "height": 900}
    inner = page.get_by_test_id("stMain").evaluate("box => box.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], inner + 80)})
    page.wait_for_timeout(700)
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size(size)
    print(path)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for screen in SCREENS:
            page = open_page(browser, screen, address)
            shoot(page, arguments.folder / f"{screen}-start.png")
            cancel(page, REPORTS["af"])
            print(f"{screen} cancel: stopped")
            for name, report in REPORTS.items():
                print(f"{screen} {name}: {generate(page, report):.1f} s")
                shoot(page, arguments.folder / f"{screen}-{name}.png")
                page.screenshot(path=arguments.folder / f"{screen}-{name}-first-screen.png")
            show_criterion(page)
            shoot(page, arguments.folder / f"{screen}-criterion.png")
            download_all(page, arguments.folder)
            page.get_by_role("radio", name="12 × 1").or_(page.get_by_text("12 × 1")).first.click()
            details(page)
            shoot(page, arguments.folder / f"{screen}-details.png")
            move_pr(page)
            shoot(page, arguments.folder / f"{screen}-moved.png")
            print(f"{screen} link: {page.url}")
            page.close()
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/findings")
        expect(page.get_by_text("Choose a row")).to_be_visible(timeout=30_000)
        page.get_by_role("textbox", name="Search").fill("Wellens")
        page.keyboard.press("Enter")
        page.wait_for_timeout(2500)
        page.get_by_test_id("stDataFrame").click(position={"x": 20, "y": 50})
        page.wait_for_timeout(2500)
        shoot(page, arguments.folder / "desktop-findings.png")
        page.get_by_role("button", name="Generate: Wellens type B").click()
        expect(page.get_by_role("textbox", name="Report")).to_have_value("Wellens type B")
        experience(page, address, arguments.folder)
        page.goto(f"{address}/model_card")
        expect(page.get_by_role("heading", name="Model card")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(4000)
        shoot(page, arguments.folder / "desktop-model-card.png")
        page.goto(f"{address}/about")
        expect(page.get_by_text("About SE-Diff Studio")).to_be_visible(timeout=30_000)
        shoot(page, arguments.folder / "desktop-about.png")
        browser.close()


if __name__ == "__main__":
    main()
