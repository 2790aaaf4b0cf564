"""Somebody who uses the app in a browser: presses, downloads, pictures, and how many clicks."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from screenshots import settled, shoot


@dataclass
class Visitor:
    """Somebody at a screen.

    Attributes:
        folder: where pictures and downloads go.
        screen: 'desktop' or 'phone'.
        pictures: whether pictures are kept.
        clicks: presses so far, of each goal.
    """

    page: Page
    folder: Path
    screen: str
    pictures: bool = True
    clicks: dict[str, int] = field(default_factory=dict)
    goal: str = ""

    def press(self, what: Locator) -> None:
        """One click, counted."""
        self.clicks[self.goal] = self.clicks.get(self.goal, 0) + 1
        what.click()
        settled(self.page)

    def settle(self) -> None:
        """Wait until the page has come to rest."""
        settled(self.page)

    def button(self, name: str) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def go(self, title: str) -> None:
        """Open a page by the navigation, as a user does: what the session holds stays."""
        place = self.page.get_by_role("link", name=title, exact=True)
        link = place.or_(self.page.get_by_role("menuitem", name=title, exact=True))
        if self.screen == "phone":
            self.press(self.page.get_by_test_id("stExpandSidebarButton"))
        for _ in range(2):  # the first press may only close what lay open over the page
            if self.screen != "phone" and not link.is_visible():
                self.press(self.page.get_by_test_id("stTopNavSection").first)
        self.press(link)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def take(self, name: str) -> None:
        """Keep a picture of the page as it stands."""
        if self.pictures:
            shoot(self.page, self.folder / f"{self.screen}-{name}.png")

    def download(self, what: Locator) -> Path:
        """Press a download button; gives the file."""
        self.clicks[self.goal] = self.clicks.get(self.goal, 0) + 1
        with self.page.expect_download() as waiting:
            what.click()
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path
