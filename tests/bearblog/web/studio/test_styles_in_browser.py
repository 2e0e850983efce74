"""An author at the styles page with a real browser: a theme is tried on, applied and taken back."""

import pytest
from playwright.sync_api import expect

from deploy.stage.browser import chromium, sign_in
from deploy.stage.site import Site
from tests.browser import Profiles, create_blog

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("script", "name"), [(True, "scripted"), (False, "scriptless")])
def test_a_theme_is_tried_on_applied_and_taken_back(site: Site, script: bool, name: str) -> None:
    with chromium() as browser:
        profiles = Profiles(browser, site.url)
        page = profiles.open(size=(1400, 900), script=script)
        sign_in(page)
        create_blog(page, name)
        page.goto(f"{site.url}/studio/{name}/styles/")

        page.get_by_role("button", name="Preview Terminal").click()
        framed = page.frame_locator("iframe[name=preview]").locator("main")
        expect(framed).to_have_css("color", "rgb(36, 48, 31)")
        page.get_by_label("Style sheet").fill("main { color: teal }")
        page.get_by_role("button", name="Preview", exact=True).click()
        expect(framed).to_have_css("color", "rgb(0, 128, 128)")
        page.get_by_role("button", name="Save the style sheet").click()
        expect(page.get_by_text("readers see it")).to_be_visible()

        page.get_by_role("button", name="Apply Novel").click()
        expect(page.get_by_text("“Novel” is the look of your blog now.")).to_be_visible()
        page.get_by_role("button", name="Undo, and bring it back").click()
        expect(page.get_by_label("Style sheet")).to_have_value("main { color: teal }")
        profiles.close()
