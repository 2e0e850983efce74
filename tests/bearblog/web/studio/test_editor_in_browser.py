"""The editor with a real browser and JavaScript: nothing typed is lost, and the hands stay on the keys."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from deploy.stage.browser import sign_in
from tests.browser import DESK, PHONE, Profiles, create_blog

pytestmark = pytest.mark.browser


def picture() -> FilePayload:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return {"name": "field.png", "mimeType": "image/png", "buffer": file.getvalue()}


def write(profiles: Profiles, blog: str, *, size: tuple[int, int] = DESK) -> Page:
    page = profiles.open(size=size)
    sign_in(page)
    create_blog(page, blog)
    page.get_by_label("Header").fill("title: Rain")
    page.get_by_label("Text").fill("It rained.")
    return page


def test_the_preview_follows_the_words(profiles: Profiles) -> None:
    page = write(profiles, "beside")
    preview = page.frame_locator("iframe[name=preview]")
    expect(preview.locator("article")).to_contain_text("It rained.")
    page.get_by_label("Text").press_sequentially(" And it *stopped*.")
    expect(preview.locator("article em")).to_have_text("stopped")
    before = page.evaluate("history.length")
    page.get_by_label("Text").press_sequentially(" Again.")
    expect(preview.locator("article")).to_contain_text("Again.")
    assert page.evaluate("history.length") == before


def test_ctrl_s_saves_and_stays(profiles: Profiles) -> None:
    page = write(profiles, "keys")
    page.keyboard.press("Control+s")
    status = page.locator("[data-status]")
    expect(status).to_contain_text(re.compile(r"Saved as a draft\. .* \d\d:\d\d"))
    assert re.search(r"/posts/\d+/$", page.url)
    expect(page.get_by_label("Header")).to_have_value(re.compile("link: rain"))
    page.get_by_label("Text").press_sequentially(" More.")
    with page.expect_response(re.compile(r"/posts/\d+/$")):
        page.keyboard.press("Control+s")
    page.reload()
    expect(page.get_by_label("Text")).to_have_value("It rained. More.")
    expect(page.get_by_text("There is an unsaved text")).to_have_count(0)

    page.get_by_label("Header").fill("is_page: maybe")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("Line 1: Write true or false")


def test_a_closed_tab_loses_nothing(profiles: Profiles) -> None:
    page = write(profiles, "closed")
    new = page.url
    page.close(run_before_unload=False)
    other = profiles.open()
    sign_in(other)
    other.goto(new)
    # What was typed last reached the box while the page was closing, or the seconds before.
    other.get_by_role("link", name="Rain").click()
    expect(other.get_by_text("on another device")).to_be_visible()
    other.get_by_role("button", name="Take it over").click()
    expect(other.get_by_label("Text")).to_have_value("It rained.")
    other.get_by_role("button", name="Publish").click()
    expect(other.get_by_text("Saved and published.")).to_be_visible()
    other.goto(new)
    expect(other.get_by_role("link", name="Rain")).to_have_count(0)


def test_without_a_network_the_browser_keeps_the_words(profiles: Profiles) -> None:
    page = write(profiles, "offline")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    page.context.set_offline(True)
    page.get_by_label("Text").press_sequentially(" In a tunnel.")
    expect(page.locator("[data-status]")).to_contain_text("cannot be reached", timeout=15_000)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text("Not saved")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Text")).to_have_value("It rained.")
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_label("Text")).to_have_value("It rained. In a tunnel.")


def test_a_lost_session_is_said_and_mended_by_signing_in_elsewhere(profiles: Profiles) -> None:
    page = write(profiles, "session")
    page.context.clear_cookies(name="__Host-session")
    page.get_by_label("Text").press_sequentially(" Still.")
    expect(page.locator("[data-status]")).to_contain_text("You are signed out", timeout=15_000)
    other = page.context.new_page()
    other.goto(f"{profiles.site_url}/account/login/")
    sign_in(other)
    other.close()
    page.get_by_label("Text").press_sequentially(" Here.")
    page.evaluate("dispatchEvent(new Event('focus'))")
    # The token of the page is of the old session: it fetches itself a new one.
    expect(page.locator("[data-status]")).to_contain_text("Connected again", timeout=10_000)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value("It rained. Still. Here.")


def test_an_address_pasted_over_words_becomes_a_link(profiles: Profiles) -> None:
    page = write(profiles, "paste")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = page.get_by_label("Text")
    text.fill("See the docs.")
    page.evaluate("navigator.clipboard.writeText('https://example.org/a_(b)')")
    text.evaluate("field => field.setSelectionRange(8, 12)")
    page.keyboard.press("Control+v")
    expect(text).to_have_value("See the [docs](https://example.org/a_%28b%29).")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("See the docs.")
    text.evaluate("field => field.setSelectionRange(0, 3)")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("**See** the docs.")


def test_a_picture_is_described_uploaded_and_shown(profiles: Profiles) -> None:
    page = write(profiles, "pictures", size=PHONE)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload").click()
    chooser.value.set_files(picture())
    page.get_by_label("Describe it").fill("A teal field")
    page.get_by_role("dialog").get_by_role("button", name="Upload").click()
    text = page.get_by_label("Text")
    expect(text).to_have_value(re.compile(r"It rained\.\n\n!\[A teal field\]\(/media/[0-9a-f]{64}\.\w+\)\n"))

    page.locator("[data-files]").set_input_files({**picture(), "name": "broken.png", "buffer": b"\x89PNG no"})
    page.get_by_role("button", name="It is decorative").click()
    expect(page.locator("[data-status]")).to_contain_text("broken.png was not uploaded.")
    expect(text).not_to_have_value(re.compile("Uploading"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#id_text')).fontSize)") >= 16


def test_a_file_dropped_on_the_page_is_uploaded(profiles: Profiles) -> None:
    page = write(profiles, "dropping")
    page.get_by_label("Text").press_sequentially(" Hard.")
    drop(page)
    page.get_by_role("button", name="It is decorative").click()
    expect(page.get_by_label("Text")).to_have_value(re.compile(r"It rained\. Hard\.\n\n!\[\]\(/media/"))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Saved and published.")).to_be_visible()
    page.goto(f"{profiles.site_url}/studio/dropping/media/")
    drop(page, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    expect(page.get_by_role("link", name="dropped.svg")).to_have_count(2)


def drop(page: Page, content: str = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>") -> None:
    page.evaluate(
        """content => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([content], "dropped.svg", { type: "image/svg+xml" }));
          for (const type of ["dragover", "drop"]) {
            const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
            document.body.dispatchEvent(event);
            if (!event.defaultPrevented) throw new Error(`${type} was not taken`);
          }
          if (document.querySelector(".dropping")) throw new Error("The mark stays");
        }""",
        content,
    )
