"""A member of the staff at the desk with a real browser, without JavaScript."""

import pytest
from playwright.sync_api import expect

from deploy.stage.browser import sign_in
from deploy.stage.site import Site
from tests.browser import Profiles

pytestmark = pytest.mark.browser

SETTING = """
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.services import create_post
blog = create_blog(owner=User.objects.get(), title="Rides", subdomain="rides", home_text="Up and up.")
create_post(blog=blog, title="Over the pass", text="Down again. " * 20, status="published")
"""


def test_a_blog_is_looked_at_blocked_and_let_back(profiles: Profiles, site: Site) -> None:
    site.manage("shell", "--no-imports", "--command", SETTING)
    page = profiles.open(script=False)
    sign_in(page)
    page.goto(f"{site.url}/staff/review/all/")
    page.get_by_role("link", name="Rides").click()
    frame = page.frame_locator("iframe.sight")
    expect(frame.get_by_text("Up and up.")).to_be_visible()
    page.get_by_role("link", name="Over the pass").click()
    expect(frame.get_by_text("Down again.")).to_be_visible()

    page.get_by_label("Note").fill("It copies another.")
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_text("Blocked: nobody can read it.")).to_be_visible()
    reader = page.context.new_page()
    address = site.url.replace("bear.localhost", "rides.bear.localhost")
    assert reader.goto(f"{address}/").status == 404  # type: ignore[union-attr]
    reader.goto(f"{site.url}/studio/rides/review/")
    expect(reader.get_by_text("It copies another.")).to_be_visible()

    page.get_by_role("button", name="Unblock").click()
    assert reader.goto(f"{address}/").status == 200  # type: ignore[union-attr]
    page.goto(f"{site.url}/staff/audit/")
    expect(page.get_by_role("row", name="block: blog rides", exact=False).first).to_be_visible()
