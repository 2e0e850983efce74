"""A person at the site with a real browser: with and without JavaScript, on a desk and on a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.site_stack import PASSWORD

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = (1280, 900)
PHONE = (390, 844)
WORDS = "All night the rain *talked*.\n\n## Morning\n\nThen <script>alert(1)</script>it stopped."

OpenBrowser = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Per module: while it runs, Django would refuse other tests their database.
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_browser(browser: Browser, site_url: str) -> Iterator[OpenBrowser]:
    """Opens the sign-in page in a fresh profile. At the end no page may have met an error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(*, size: tuple[int, int] = DESK, script: bool = True) -> Page:
        context = browser.new_context(
            ignore_https_errors=True,
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
        )
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site_url}/account/login/")
        return page

    yield open_one
    for context in contexts:
        context.close()
    # Chromium complains of a page's status by itself.
    assert [text for text in complaints if not re.search("status of (403|404|422)", text)] == []


def sign_in(page: Page) -> None:
    page.get_by_label("Email").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your blogs")).to_be_visible()


def create_blog(page: Page, name: str) -> None:
    page.get_by_label("Title").fill(f"Notes of {name}")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Create the blog").click()
    page.get_by_role("link", name="New post").click()


@pytest.mark.parametrize(("script", "blog"), [(True, "with-script"), (False, "without-script")])
def test_a_post_is_written_previewed_published_read_changed_and_deleted(
    open_browser: OpenBrowser, script: bool, blog: str
) -> None:
    page = open_browser(script=script)
    sign_in(page)
    create_blog(page, blog)
    page.get_by_label("Title").fill("Rain on the tent")
    page.get_by_label("Text").fill(WORDS)

    page.get_by_role("button", name="Preview").click()
    preview = page.frame_locator("iframe[name=preview]")
    expect(preview.get_by_role("heading", name="Morning")).to_be_visible()
    expect(preview.locator("em")).to_have_text("talked")
    expect(page.get_by_label("Text")).to_have_value(WORDS)

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="View").click()
    reader = opened.value
    expect(reader.get_by_role("heading", name="Rain on the tent")).to_be_visible()
    assert reader.url.endswith("/rain-on-the-tent/")
    assert reader.context.cookies(reader.url) == []

    page.get_by_label("Title").fill("Sun on the tent")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", name="Sun on the tent")).to_be_visible()

    page.get_by_role("link", name="Delete this post").click()
    page.get_by_role("button", name="Delete the post").click()
    expect(page.get_by_text("“Sun on the tent” is deleted.")).to_be_visible()
    answer = reader.reload()
    assert answer is not None
    assert answer.status == 404


def test_words_survive_a_lost_session_and_a_new_sign_in(open_browser: OpenBrowser) -> None:
    page = open_browser()
    sign_in(page)
    create_blog(page, "lost")
    page.get_by_label("Title").fill("Kept")
    page.get_by_label("Text").fill(WORDS)
    page.context.clear_cookies(name="__Host-session")

    page.get_by_role("button", name="Preview").click()
    framed = page.frame_locator("iframe[name=preview]")
    expect(framed.get_by_text("Your words are still in the editor")).to_be_visible()

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", name="One more click, to be safe")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value(WORDS.replace("\r", ""))


def test_a_date_that_cannot_be_read_costs_no_word(open_browser: OpenBrowser) -> None:
    page = open_browser()
    sign_in(page)
    create_blog(page, "dates")
    page.get_by_label("Title").fill("Kept")
    page.get_by_label("Text").fill(WORDS)
    page.get_by_label("Date").fill("when I feel like it")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read. Write it like")
    expect(page.get_by_label("Text")).to_have_value(WORDS)
    expect(page.get_by_label("Date")).to_have_value("when I feel like it")


def test_on_a_phone_every_page_fits_and_the_preview_has_a_tab_of_its_own(
    open_browser: OpenBrowser, site_url: str, tmp_path: Path
) -> None:
    page = open_browser(size=PHONE)
    sign_in(page)
    create_blog(page, "a-blog-with-quite-a-long-name-for-a-small-screen")
    page.get_by_label("Title").fill("Rain on the tent " * 5)
    page.get_by_label("Text").fill(WORDS)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_role("heading", name="Morning")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    post = page.url.removeprefix(site_url)
    blog = post.split("posts/")[0]
    rooms = ["/", "/studio/", blog, post, f"{post}delete/", f"{blog}settings/", f"{blog}settings/delete/"]
    rooms += ["/staff/", "/staff/invitations/", "/account/email/", "/account/password/change/"]
    for number, room in enumerate(rooms):
        page.goto(site_url + room)
        page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), room
        small = page.evaluate(
            "[...document.querySelectorAll('button, .button, input:not([type=hidden], [type=radio])')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 36).length"
        )
        assert small == 0, room
