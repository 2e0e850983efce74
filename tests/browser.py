"""Fresh profiles of Debian's Chromium, and the first steps that every author takes in them."""

import re

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

DESK = (1280, 900)
PHONE = (390, 844)


class Profiles:
    """Fresh profiles of one browser, and all that their pages complained of."""

    def __init__(self, browser: Browser, site_url: str) -> None:
        self.browser, self.site_url = browser, site_url
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, *, size: tuple[int, int] = DESK, script: bool = True) -> Page:
        """The sign-in page in a profile of its own."""
        context = self.browser.new_context(
            ignore_https_errors=True,
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
        )
        context.on("console", lambda message: self.complaints.append(message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self._contexts.append(context)
        page = context.new_page()
        page.goto(f"{self.site_url}/account/login/")
        return page

    def close(self) -> None:
        """Closes them all. Raises AssertionError where a page met an error."""
        for context in self._contexts:
            context.close()
        # Chromium complains of a page's status, and of a network that is gone, by itself.
        by_itself = "status of (403|404|409|422)|ERR_INTERNET_DISCONNECTED"
        assert [text for text in self.complaints if not re.search(by_itself, text)] == []


def width_of(picture: Locator) -> int:
    """How many pixels wide the picture is that the browser has loaded; 0 for one that it could not."""
    # Not wait_for_function: the pages' policy forbids what it is made with.
    expect(picture).to_have_js_property("complete", True)
    return int(picture.evaluate("picture => picture.naturalWidth"))


def create_blog(page: Page, name: str) -> None:
    """Makes a blog and opens the editor for its first post."""
    page.get_by_label("Title").fill(f"Notes of {name}")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create the blog").click()
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()
    page.get_by_role("link", name="New post").click()
