"""Debian's Chromium, as the pictures and audits drive it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from deploy.stage.site import PASSWORD, Site

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window, until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def open_studio(page: Page, site: Site, email: str = "alice@example.org") -> None:
    """Signs the page's profile in at the site."""
    page.goto(f"{site.url}/account/login/")
    sign_in(page, email)


def sign_in(page: Page, email: str = "alice@example.org") -> None:
    """Answers the sign-in page that the page is at."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studio/**")
