"""Cleaned CSS in a real browser: it asks no other host for anything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route

from bearblog.engines.rendering.styles import clean_css
from deploy.stage.browser import chromium
from tests.bearblog.engines.rendering.test_styles import LOADS

pytestmark = pytest.mark.browser

BLOG = "http://blog.example"
BODY = (
    '<a href="/" title="https://evil.example/title.png" data-w="1">words A</a><b>b</b><p>p</p><ul><li>li</ul>'
)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def hosts_asked(page: Page, sheets: list[str]) -> set[str]:
    """The hosts that a page asks for anything while it shows each of these sheets."""
    asked: set[str] = set()

    def answer(route: Route, request: Request) -> None:
        if request.url == f"{BLOG}/":
            route.fulfill(body=f"<!doctype html>{BODY}", content_type="text/html")
        else:
            asked.add(request.url.split("/")[2])
            route.fulfill(body="")

    page.route("**/*", answer)
    for sheet in sheets:
        page.goto(f"{BLOG}/")
        page.add_style_tag(content=sheet)
        # A second turn of the event loop: by then the sheet is applied and its loads are asked for.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    page.unroute("**/*")
    return asked


def test_the_vectors_do_reach_out_before_they_are_cleaned(page: Page) -> None:
    assert "evil.example" in hosts_asked(page, LOADS[:30])


def test_no_other_host_hears_of_the_reader(page: Page) -> None:
    cleaned = [clean_css(css, allows_remote=False).css for css in LOADS]
    assert hosts_asked(page, cleaned) <= {"blog.example"}
