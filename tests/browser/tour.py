"""The other ways through the app: Simulator, Explore, Files, Blind reading; part of journey.py."""

import csv
import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect
from visitor import Visitor

VIEWS = ("Sweep", "A against B", "Normal to abnormal", "Look-alikes")
BATCH = """report,age,sex,heart_rate
Inferior STEMI,58,male,
Atrial fibrillation,72,female,118
Left bundle branch block,66,male,70"""
_HIDDEN = "ORIGIN HIDDEN - NOT FOR DIAGNOSIS"
_STUDY = "Fellows, spring"
_EACH = 2  # real ECGs of the study, and as many synthetic ones


def simulator(me: Visitor) -> None:
    """Take a preset, move a slider with the keyboard, and make the heart real."""
    me.goal = "real ECG from the simulator"
    me.go("Simulator")
    me.take("20-simulator")
    me.press(me.page.get_by_role("radio", name="WPW", exact=True))
    slider = me.page.get_by_role("slider", name="Heart rate")
    before = float(slider.input_value())
    for _ in range(3):
        slider.press("ArrowRight")
    me.settle()
    assert float(slider.input_value()) > before
    me.take("21-simulator-moved")
    me.press(me.button("Make it real"))
    expect(me.page.get_by_text(re.compile(r"made in \d"))).to_be_visible()
    me.settle()
    me.take("22-made-real")


def explore(me: Visitor) -> None:
    """Each view as it opens."""
    me.goal = "explore"
    me.go("Explore")
    for number, view in enumerate(VIEWS):
        if number:
            me.press(me.page.get_by_role("radio", name=view, exact=True))
        expect(me.page.locator(".js-plotly-plot").first).to_be_visible()
        me.take(f"3{number}-explore-{view.split()[0].lower()}")


def exported(me: Visitor, name: str) -> Path:
    """Download the ECG of the Generate page in a format."""
    me.go("Generate")
    me.press(me.button("Download"))
    path = me.download(me.button(name))
    me.page.keyboard.press("Escape")
    return path


def files(me: Visitor, path: Path) -> None:
    """Open a file that was exported before: measured, marked as imported, never judged."""
    me.goal = "measure a file"
    me.go("Files")
    me.press(me.page.get_by_role("radio", name="Open a file"))
    me.page.locator("input[type=file]").first.set_input_files(path)
    expect(me.page.get_by_role("heading", name="Measured")).to_be_visible()
    me.settle()
    assert "SYNTHETIC - NOT FOR DIAGNOSIS" in path.read_text(errors="ignore")
    me.take("40-file")


def batch(me: Visitor) -> Path:
    """Three ECGs of a pasted table; gives the archive."""
    me.goal = "batch of 3"
    me.press(me.page.get_by_role("radio", name="Make a batch"))
    me.page.get_by_role("textbox", name="Or paste the table").fill(BATCH)
    me.page.keyboard.press("Control+Enter")
    me.settle()
    me.take("41-batch-ready")
    me.press(me.button("Make 3 ECGs"))
    expect(me.page.get_by_text("3 made, 0 not")).to_be_visible()
    me.settle()
    me.take("42-batch")
    return me.download(me.page.get_by_role("button", name="Download the ZIP"))


def unpacked(archive: Path, folder: Path) -> Path:
    """The archive in a folder, where the blind reading finds its ECGs."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    assert len(list(folder.rglob("*.hea"))) == 3
    return folder


def reading(me: Visitor, folder: Path) -> None:
    """Set up a study of that folder, rate every ECG of it, look at the results."""
    me.goal = "blind reading: set up"
    me.go("Blind reading")
    me.take("50-reading")
    me.page.get_by_role("textbox", name="Name of the study").fill(_STUDY)
    me.page.get_by_role("textbox", name="Folder with real ECGs").fill(str(folder))
    me.page.get_by_role("spinbutton", name="Real ECGs").fill(str(_EACH))
    me.page.keyboard.press("Tab")
    me.settle()
    me.press(me.button("Make the study"))
    expect(me.page.get_by_text("The study is ready")).to_be_visible()
    me.take("51-study")
    me.goal = "blind reading: four ECGs"
    me.press(me.button("Read it now"))
    me.take("52-welcome")
    me.press(me.button("Begin"))
    for number in range(1, 2 * _EACH + 1):
        expect(me.page.get_by_text(f"ECG {number} of {2 * _EACH}")).to_be_visible()
        if number == 1:
            assert _HIDDEN in me.page.content()
            assert "SYNTHETIC" not in me.page.content()
            me.take("53-rate")
        me.press(me.page.get_by_text("Rather real", exact=True))
        me.press(me.button("Next ECG"))
    expect(me.page.get_by_text("Thank you")).to_be_visible()
    me.take("54-rated")
    me.goal = "blind reading: results"
    me.press(me.button("Back to the studies"))
    me.press(me.button("Results"))
    expect(me.page.get_by_text("Origin told rightly").first).to_be_visible()
    me.take("55-results")
    rows = csv.DictReader(io.StringIO(me.download(me.button("Ratings (CSV)")).read_text("utf-8")))
    assert len(list(rows)) == 2 * _EACH


def tour(me: Visitor) -> None:
    """All of them, one after the other."""
    simulator(me)
    explore(me)
    files(me, exported(me, "CSV"))
    reading(me, unpacked(batch(me), me.folder / "batch"))
