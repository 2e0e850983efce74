"""A person at the site with a real browser: what goes wrong costs no word, and every page fits on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from deploy.stage.browser import sign_in
from tests.browser import PHONE, Profiles, create_blog

pytestmark = pytest.mark.browser

WORDS = "All night the rain *talked*.\n\n## Morning\n\nThen <script>alert(1)</script>it stopped."


def test_words_survive_a_lost_session_and_a_new_sign_in(profiles: Profiles) -> None:
    page = profiles.open(script=False)
    sign_in(page)
    create_blog(page, "lost")
    page.get_by_label("Header").fill("title: Kept")
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
    expect(page.get_by_label("Text")).to_have_value(WORDS)


def test_a_date_that_cannot_be_read_costs_no_word(profiles: Profiles) -> None:
    page = profiles.open()
    sign_in(page)
    create_blog(page, "dates")
    page.get_by_label("Header").fill("title: Kept\npublished_date: when I feel like it")
    page.get_by_label("Text").fill(WORDS)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 2: The date “when I feel like it” cannot")
    expect(page.get_by_label("Text")).to_have_value(WORDS)
    expect(page.get_by_label("Header")).to_have_value("title: Kept\npublished_date: when I feel like it")


def test_on_a_phone_every_page_fits_and_the_preview_has_a_tab_of_its_own(
    profiles: Profiles, site_url: str, tmp_path: Path
) -> None:
    page = profiles.open(size=PHONE)
    sign_in(page)
    create_blog(page, "a-blog-with-quite-a-long-name-for-a-small-screen")
    page.get_by_label("Header").fill("title: " + "Rain on the tent " * 5)
    page.get_by_label("Text").fill(WORDS)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.get_by_role("heading", name="Morning")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    post = page.url.removeprefix(site_url)
    blog = post.split("posts/")[0]
    rooms = ["/", "/studio/", post, f"{post}delete/", f"{post}revisions/", f"{post}share/"]
    rooms += [f"{blog}{part}" for part in ("", "posts/", "pages/", "nav/", "template/", "deleted/", "media/")]
    rooms += [f"{blog}{part}" for part in ("styles/", "analytics/", "subscribers/", "directives/")]
    rooms += [f"{blog}settings/{part}" for part in ("", "advanced/", "domain/", "people/", "delete/")]
    rooms += [
        "/staff/",
        "/staff/invitations/",
        "/staff/past/",
        "/account/email/",
        "/account/password/change/",
    ]
    rooms += [
        f"/staff/{part}/" for part in ("review/all", "blogs/1", "people", "people/1", "letters", "audit")
    ]
    rooms += ["/discover/", "/discover/hidden/", f"{blog}review/"]
    for number, room in enumerate(rooms):
        page.goto(site_url + room)
        page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), room
        small = page.evaluate(
            "[...document.querySelectorAll('button:not(.link), .button, select,"
            " input:not([type=hidden], [type=radio], [type=checkbox])')]"
            ".filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().height < 34).map(e => e.outerHTML)"
        )
        assert small == [], room
