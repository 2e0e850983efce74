"""With keys alone, and no mouse: writing, publishing, reading and liking a post."""

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy.stage.site import PASSWORD
from tests.browser import Profiles

pytestmark = pytest.mark.browser

MOST_KEYS = 60
HAS_FOCUS = "element => element === document.activeElement && element.matches(':focus-visible')"
HAS_RING = """element => {
  const style = getComputedStyle(element);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


def go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses the key until the element has the focus, and shows it."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_KEYS):
        if wanted.evaluate(HAS_FOCUS):
            break
        page.keyboard.press(key)
    assert wanted.evaluate(HAS_FOCUS), wanted
    assert wanted.evaluate(HAS_RING), wanted


def write_in(page: Page, label: str, words: str) -> None:
    go_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def test_a_post_is_written_published_read_and_liked_with_keys_alone(profiles: Profiles) -> None:
    page = profiles.open()
    write_in(page, "Email", "alice@example.org")
    write_in(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your blogs")).to_be_visible()
    write_in(page, "Title", "Keys")
    write_in(page, "Name", "keys-alone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()
    go_to(page, page.get_by_role("link", name="New post"))
    page.keyboard.press("Enter")

    write_in(page, "Header", "title: Without a mouse")
    write_in(page, "Text", "It *works*.")
    go_to(page, page.get_by_role("button", name="Publish", exact=True), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    go_to(page, page.get_by_role("link", name="View"))
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    read_and_like(opened.value)


def read_and_like(page: Page) -> None:
    expect(page.get_by_role("heading", name="Without a mouse")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate(HAS_FOCUS)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    go_to(page, page.get_by_role("button", name="Like this post"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you")).to_be_visible()
    go_to(page, page.get_by_role("link", name="Keys"))
    page.keyboard.press("Enter")
    expect(page).to_have_title("Keys")
