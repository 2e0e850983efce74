"""Every page passes axe-core in a real browser, by day and by night, and fits on 360 pixels."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import URLPattern, URLResolver, resolve
from playwright.sync_api import Browser, Page, Response

from bearblog.web.staff import urls as staff_urls
from bearblog.web.studio import urls as studio_urls
from deploy.dev.environment import PROJECT
from deploy.stage.browser import open_studio
from deploy.stage.site import Site
from tests.accessibility import complaints, complaints_at_a_glance
from tests.bearblog.web.furnishing import BOB, CAROL, DORA, SHARED

pytestmark = pytest.mark.browser

Look = Callable[[Page], list[str]]
FURNISH = "\nfrom tests.bearblog.web.furnishing import furnish\nfurnish()\n"
HREFS = "[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])"
READER_PAGES = """
    / /everything-at-once/ /nearly-all-else/ /about/ /blog/ /blog/?page=2 /blog/?q=garden /tags/ /tags/garden/
    /archive/ /archive/2026/ /search/ /search/?q=beans /search/?q=xylophone /nothing/ /subscribe/
    /confirm/none/ /unsubscribe/none/ /report/?page=/about/
"""
# A page, a field of it, what is typed there, and the button.
READER_FORMS = [
    ("subscribe/", "Email", "ivy@example.org", "Subscribe"),
    ("report/", "What is wrong", "It is not.", "Send"),
]
MISSING = "/nothing/ /invitation/none/ /studio/invitation/none/ /account/confirm-email/none/"
FILES = {"studio:analytics_file", "studio:subscribers_file", "studio:export_file", "site:discover_feed"}
# What no page of its own answers: buttons' addresses, files, and what leads elsewhere.
NO_PAGE = """
    studio:bulk studio:apply_theme studio:autosave studio:preview studio:upload studio:delete_media
    studio:carry_out_import studio:remove_subscribers studio:unsaved studio:member staff:decide
    staff:decide_about_post staff:decide_about_person staff:open_past staff:bring_back staff:close_past
"""
# Looked at below, by who has them, or by their address.
ELSEWHERE = "studio:leave studio:review studio:member_invitation"


@pytest.fixture(scope="module")
def furnished(site: Site) -> Site:
    garden = (PROJECT / "deploy/stage/garden.py").read_text(encoding="utf-8")
    site.shell(garden + FURNISH)
    return site


@pytest.fixture
def page(browser: Browser, furnished: Site) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def walk(page: Page, site: Site, *starts: str, look: Look = complaints, within: str = "/") -> set[str]:
    """Looks at one page of each kind that links lead to; the names of the kinds."""
    found: list[str] = []
    waiting, seen = [site.url + start for start in starts], {("account_logout", "")}
    for address in waiting:
        parts = urlsplit(address)
        if not address.startswith(site.url + within):
            continue
        name = resolve(parts.path).view_name
        kind = (name, " ".join(sorted(parse_qs(parts.query))))
        if kind in seen or name in FILES:
            continue
        seen.add(kind)
        answer = page.goto(address)
        assert isinstance(answer, Response)
        assert answer.ok, f"{answer.status} at {address}"
        found += look(page)
        waiting += page.evaluate(HREFS)
    assert found == []
    return {name for name, _ in seen}


def names(patterns: Sequence[URLPattern | URLResolver], prefix: str) -> set[str]:
    return {f"{prefix}:{pattern.name}" for pattern in patterns if isinstance(pattern, URLPattern)}


def test_readers_pages(page: Page, furnished: Site) -> None:
    blog = furnished.blog_url("alice").removesuffix("/")
    found: list[str] = []
    for path in READER_PAGES.split():
        page.goto(blog + path)
        found += complaints(page)
    assert found == []


def test_a_shared_draft(page: Page, furnished: Site) -> None:
    address = f"{furnished.blog_url('alice')}draft/{SHARED}/"
    answer = page.goto(address)
    assert isinstance(answer, Response)
    words = answer.text()
    assert "Half" in words
    # In the sandbox of its headers no script runs, and axe-core is one.
    page.route(address, lambda route: route.fulfill(body=words, content_type="text/html; charset=utf-8"))
    page.reload()
    assert complaints_at_a_glance(page) == []


def test_what_readers_forms_answer(page: Page, furnished: Site) -> None:
    blog = furnished.blog_url("alice")
    page.goto(f"{blog}everything-at-once/")
    page.get_by_role("button", name="Like this post").click()
    page.get_by_text("Thank you").wait_for()
    found = complaints_at_a_glance(page)
    for path, field, typed, button in READER_FORMS:
        page.goto(blog + path)
        page.get_by_label(field).fill(typed)
        page.locator("main").get_by_role("button", name=button).click()
        page.wait_for_load_state()
        found += complaints_at_a_glance(page)
    assert found == []


def test_the_main_site_as_nobody_sees_it(page: Page, furnished: Site) -> None:
    walked = walk(page, furnished, "/", "/studio/")
    assert {"site:landing", "site:discover", "site:help", "account_login", "account_signup"} <= walked
    found: list[str] = []
    for path in MISSING.split():
        page.goto(furnished.url + path)
        found += complaints_at_a_glance(page)
    assert found == []


def test_the_studio_and_the_desk_as_their_owner_sees_them(page: Page, furnished: Site) -> None:
    open_studio(page, furnished)
    walked = walk(page, furnished, "/", "/studio/alice/posts/", "/staff/")
    rooms = names(studio_urls.urlpatterns, "studio") | names(staff_urls.urlpatterns, "staff")
    assert rooms - walked - FILES == {*NO_PAGE.split(), *ELSEWHERE.split()}


def test_the_studio_as_others_see_it(page: Page, furnished: Site) -> None:
    for email in (BOB, DORA):
        open_studio(page, furnished, email)
        walk(page, furnished, "/studio/alice/posts/", look=complaints_at_a_glance, within="/studio/alice/")
        page.context.clear_cookies()
    open_studio(page, furnished, CAROL)
    assert complaints_at_a_glance(page) == []


def test_the_studio_of_a_blog_with_nothing_in_it(page: Page, furnished: Site) -> None:
    open_studio(page, furnished, BOB)
    for blog in ("bob", "stall"):
        walk(
            page, furnished, f"/studio/{blog}/posts/", look=complaints_at_a_glance, within=f"/studio/{blog}/"
        )
    page.goto(f"{furnished.url}/studio/alice/leave/")
    assert complaints_at_a_glance(page) == []
