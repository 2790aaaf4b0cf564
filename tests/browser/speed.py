"""How fast the pages are: first paint in a browser, and one move of a control on the server.

    python tests/browser/speed.py

Prints the first paint of every page on loopback in a warm server, and the seconds of the whole
script after a move, as a server spends them (the tester's own reading back is not counted).
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable

from playwright.sync_api import expect, sync_playwright
from screenshots import CHROMIUM, FLAGS, ROOT, running_app
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.testing.v1 import AppTest

PAGES = ("", "simulator", "explore", "cases", "quiz", "reading", "files", "findings", "about")
TIMES = 3


def first_paints() -> dict[str, float]:
    """Seconds from the request to the heading, the median of fresh visits."""
    found = {}
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name in PAGES:
            taken = []
            for visit in range(TIMES + 1):
                page = browser.new_page()
                begun = time.perf_counter()
                page.goto(f"{address}/{name}", wait_until="commit")
                expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
                if visit:  # the first one warms the server
                    taken.append(time.perf_counter() - begun)
                page.close()
            found[name or "generate"] = round(statistics.median(taken), 2)
        browser.close()
    return found


def moves() -> dict[str, float]:
    """Seconds of the script after a move on pages that repaint at once, the median."""
    from pages.parts import owner

    owner.one_user = lambda: True  # the tester's browser has no cookies
    spent: list[float] = []
    run = ScriptRunner._run_script

    def timed(self, *given):
        begun = time.perf_counter()
        run(self, *given)
        spent.append(time.perf_counter() - begun)

    ScriptRunner._run_script = timed
    slide: dict[str, Callable[[AppTest, int], object]] = {
        "simulator": lambda app, i: app.slider[0].set_value(70 + i).run(),
        "explore": lambda app, i: app.text_input[0].set_value(f"LBBB, {50 + i} years").run(),
        "cases": lambda app, i: app.text_input[0].set_value("block"[: i + 1]).run(),
        "quiz": lambda app, i: app.number_input[0].set_value(5 + i).run(),
    }
    found = {}
    for name, move in slide.items():
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(f"pages/{name}.py").run()
        spent.clear()
        for i in range(TIMES):
            move(app, i)
        found[name] = round(statistics.median(spent), 3)
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    print("first paint, s:", json.dumps(first_paints()), flush=True)
    print("a move, s:", json.dumps(moves()))
