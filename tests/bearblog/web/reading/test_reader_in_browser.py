"""A reader with a real browser, with and without JavaScript: all that a page offers works."""

import pytest
from playwright.sync_api import Browser, expect

from deploy.stage.site import Site

pytestmark = pytest.mark.browser

PHONE = (360, 740)
WRITE = """
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.services import create_post
blog = create_blog(owner=User.objects.get(), title="Notes from the lake", subdomain="lake")
text = "Hi. <script>alert(1)</script>\\n\\n" + "rain " * 300 + "\\n\\n{{ email-signup }}"
create_post(blog=blog, title="Rain on the tent", text=text, status="published", tags=["rain"])
"""

# What the worker does by the clock, until it is done.
RENEW = """
import time
from bearblog.domain.blogs.stored_pages import pages
from bearblog.engines.pagecache import again
from bearblog.ops.page_renewal import Renewal
renewal = Renewal()
while again.asked(pages()):
    renewal.renew()
    time.sleep(0.1)
"""


@pytest.fixture(scope="module")
def blog_url(site: Site) -> str:
    site.shell(WRITE)
    return site.blog_url("lake")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_finds_reads_and_likes_a_post(
    browser: Browser, site: Site, blog_url: str, has_script: bool
) -> None:
    context = browser.new_context(
        ignore_https_errors=True,
        java_script_enabled=has_script,
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("dialog", lambda dialog: complaints.append(dialog.message))
    page = context.new_page()
    page.goto(f"{blog_url}search/")
    page.get_by_role("searchbox").fill("tent")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Rain on the tent").click()
    expect(page.get_by_role("heading", name="Rain on the tent")).to_be_visible()

    thanks = page.get_by_text("Thank you")
    expect(thanks).to_be_hidden()
    page.get_by_role("button", name="Like this post").click()
    expect(thanks).to_be_visible()
    # The page is a file: the worker makes it once more, at most once a minute.
    site.shell(RENEW)
    page.reload()
    expect(page.locator(".upvote-count")).to_have_text("1")

    page.get_by_role("link", name="#rain").click()
    expect(page.get_by_role("heading", name="#rain")).to_be_visible()
    page.goto(f"{blog_url}rain-on-the-tent/")
    page.get_by_label("Email").fill("dora@example.org")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Almost there")).to_be_visible()
    if has_script:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert context.cookies() == []
    assert complaints == []
    context.close()
