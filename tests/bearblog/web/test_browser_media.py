"""Files added, seen, taken away and brought in with a real browser."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from deploy.stage.browser import sign_in
from tests.browser import PHONE, Profiles, create_blog, width_of
from tests.pictures import photograph

pytestmark = pytest.mark.browser


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def width_of_first_picture(page: Page) -> int:
    return width_of(page.locator(".files img").first)


@pytest.mark.parametrize(("script", "blog"), [(True, "media-with-script"), (False, "media-without")])
def test_a_picture_is_added_described_and_deleted(
    profiles: Profiles, tmp_path: Path, script: bool, blog: str
) -> None:
    (tmp_path / "bear.jpg").write_bytes(photograph(700, 350, orientation=6))
    page = profiles.open(script=script, size=PHONE)
    sign_in(page)
    create_blog(page, blog)
    page.get_by_role("link", name="Media", exact=True).first.click()
    page.get_by_label("Add files").set_input_files(tmp_path / "bear.jpg")
    page.get_by_role("button", name="Upload").click()
    picture = page.get_by_role("link", name="bear.jpg")
    expect(picture).to_be_visible()
    expect(page.get_by_text("350 × 700")).to_be_visible()
    if script:
        assert width_of_first_picture(page) == 350
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(page)
    picture.click()
    page.get_by_label("Description").fill("A bear asleep")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_label("To show it, write").input_value().startswith("![A bear asleep](/media/")
    if script:
        assert_accessible(page)
    page.get_by_role("button", name="Delete this file").click()
    expect(page.get_by_text("used in: nothing")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No files yet.")).to_be_visible()


def test_a_blog_is_taken_away_and_brought_into_another(profiles: Profiles, tmp_path: Path) -> None:
    page = profiles.open()
    sign_in(page)
    create_blog(page, "leaving")
    page.get_by_label("Header").fill("title: Winter sleep")
    page.get_by_role("button", name="Publish").click()
    page.goto(f"{profiles.site_url}/studio/leaving/export/")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    download.value.save_as(tmp_path / "leaving.zip")
    page.goto(f"{profiles.site_url}/studio/")
    page.get_by_label("Title").fill("Arriving")
    page.get_by_label("Name").fill("arriving")
    page.get_by_role("button", name="Create the blog").click()
    page.goto(f"{profiles.site_url}/studio/arriving/import/")
    assert_accessible(page)
    page.get_by_label("A file").set_input_files(tmp_path / "leaving.zip")
    page.get_by_role("button", name="See what would happen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="This was brought in")).to_be_visible()
    page.get_by_role("link", name="To the posts").click()
    expect(page.get_by_role("link", name="Winter sleep", exact=True)).to_be_visible()
