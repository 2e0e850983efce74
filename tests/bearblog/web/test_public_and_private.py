"""What one person was shown reaches nobody else: not when many ask at once, and not through the disk."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.stored_pages import pages
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, save_post, share_draft
from bearblog.engines.pagecache import links
from tests.bearblog.web.on_disk import contents, last, served, stored

ALICE = "alice.bear.localhost"
MAIN = settings.MAIN_HOST
PUBLIC_ON_MAIN = {"/", "/help/", "/robots.txt", "/discover/", "/discover/feed/"}
# What one person alone is shown.
PERSONAL = [b"alice@example.org", b"Sign out", b"Open your studio", b"Secret plan"]
MOST_PAGES = 80
NEW = "/studio/alice/posts/new/"

# Each of a blog's addresses, and whether a stranger's visit leaves a page; all else is a redirect,
# a refusal, a form, a draft, a preview, or an index.xml, which would stand where the front page does.
OF_A_BLOG = {
    "/": True,
    "/feed/": True,
    "/atom/": True,
    "/rss/": True,
    "/feed/atom/": True,
    "/feed/rss/": True,
    "/feed.xml": True,
    "/atom.xml": True,
    "/rss.xml": True,
    "/index.xml": False,
    "/feed.json": True,
    "/sitemap.xml": True,
    "/robots.txt": True,
    "/favicon.svg": True,
    "/favicon.ico": False,
    "/apple-touch-icon.png": False,
    "/apple-touch-icon-precomposed.png": False,
    "/style/none.css": False,
    "/like/00000000-0000-0000-0000-000000000000/": False,
    "/subscribe/": False,
    "/confirm/token/": False,
    "/unsubscribe/": False,
    "/unsubscribe/token/": False,
    "/report/": False,
    "/preview/": False,
    "/preview/blog/": False,
    "/draft/{draft}/": False,
    "/.well-known/bearblog": False,
    "/old.html": False,
    "/post-1/": True,
}


@pytest.fixture
def written(blog: Blog, alice: User) -> Blog:
    blog.is_reviewed = True
    blog.nav_text = "[Home](/) [Blog](/blog/) [Tags](/tags/) [Search](/search/)"
    blog.save()
    for number in range(3):
        create_post(blog=blog, title=f"Post {number}", text="Words.", status="published", tags=["bees"])
    draft = create_post(blog=blog, title="Secret plan", text="Secret plan.", author=alice)
    share_draft(post=draft, by=alice)
    links.ensure_current(pages())
    return blog


def crawl(client: Client) -> dict[tuple[str, str], bytes]:
    """What both hosts show to whoever follows their links: by host and address."""
    shown: dict[tuple[str, str], bytes] = {}
    waiting = [(ALICE, "/"), *((MAIN, path) for path in PUBLIC_ON_MAIN)]
    while waiting and len(shown) < MOST_PAGES:
        host, address = waiting.pop(0)
        if (host, address) not in shown:
            response = client.get(address, headers={"host": host})
            assert response.status_code < 500, (host, address)
            shown[host, address] = response.getvalue()
            if response.headers["Content-Type"].startswith("text/html"):
                waiting += links_in(shown[host, address].decode(), f"https://{host}{address}")
    connection.close()
    return shown


def links_in(page: str, here: str) -> list[tuple[str, str]]:
    found = []
    for link in re.findall(r'(?:href|src)="([^"#]+)', page):
        parts = urlsplit(urljoin(here, link.replace("&amp;", "&")))
        if parts.hostname in (MAIN, ALICE) and not parts.path.startswith(("/static/", "/media/")):
            found.append((parts.hostname, f"{parts.path}?{parts.query}".removesuffix("?")))
    return found


@pytest.mark.usefixtures("committed_db")
def test_the_owner_and_nobody_crawl_at_once_and_nothing_personal_is_stored(
    written: Blog, studio: Client, at: Callable[[str], Client]
) -> None:
    crawl(studio)
    assert stored(MAIN) == set()
    with ThreadPoolExecutor(max_workers=3) as readers:
        hers, *others = readers.map(crawl, [studio, at(MAIN), at(MAIN)])
    assert {mark for mark in PERSONAL for page in hers.values() if mark in page} == set(PERSONAL)
    strangers = [page for shown in others for page in shown.values()]
    assert {mark for mark in PERSONAL for page in strangers + contents() if mark in page} == set()
    assert not [page for page in contents() if b"csrfmiddlewaretoken" in page]
    assert stored(MAIN) == PUBLIC_ON_MAIN
    assert {"/", "/post-0/", "/blog/", "/tags/bees/", "/feed/"} < stored(ALICE)


def test_every_address_of_a_blog_is_in_the_table() -> None:
    patterns = get_resolver(settings.BLOG_URLCONF).url_patterns
    places = [pattern.pattern for pattern in patterns if isinstance(pattern, URLPattern)]
    assert [str(place) for place in places if not any(place.match(path[1:]) for path in OF_A_BLOG)] == []


@pytest.mark.parametrize(("path", "is_stored"), OF_A_BLOG.items())
def test_a_visit_leaves_a_page_or_none(
    reader: Client, written: Blog, alice: User, path: str, is_stored: bool
) -> None:
    draft = Post.objects.get(title="Secret plan")
    written.subscribers.create(email="dora@example.org", token="token")
    address = path.format(draft=share_draft(post=draft, by=alice).token)
    reader.get(address)
    reader.head(address)
    assert stored(ALICE) == ({address} if is_stored else set())
    assert all(b"Secret plan" not in page and b"dora@" not in page for page in contents())


@pytest.mark.usefixtures("committed_db")
def test_what_the_author_does_is_read_from_disk_at_once(
    written: Blog, studio: Client, reader: Client
) -> None:
    reader.get("/blog/")
    assert b"Honey" not in (served(ALICE, "/blog/") or b"")
    saved = studio.post(NEW, {"header": "title: Honey", "text": "Sweet.", "do": "publish"})
    for path in ("/blog/", "/honey/"):
        assert served(ALICE, path) is None
        assert b"Honey" in reader.get(path).content
        assert b"Honey" in (served(ALICE, path) or b"")
        assert b"Honey" in (last(ALICE, path) or b"")
    studio.post(
        saved.headers["Location"].partition("?")[0],
        {"header": "title: Honey", "text": "Sour.", "do": "publish"},
    )
    assert served(ALICE, "/honey/") is None
    assert b"Sweet." in (last(ALICE, "/honey/") or b"")
    assert b"Sour." in reader.get("/honey/").content
    assert b"Sour." in (last(ALICE, "/honey/") or b"")


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_what_the_author_takes_back_is_read_nowhere(
    written: Blog, alice: User, studio: Client, reader: Client, way: str
) -> None:
    post = save_post(blog=written, author=alice, header="title: Honey", text="Sweet.", publish=True)
    for path in ("/honey/", "/blog/", "/feed/"):
        assert b"Honey" in reader.get(path).content
    address = f"/studio/alice/posts/{post.pk}/"
    if way == "delete":
        studio.post(f"{address}delete/")
    else:
        studio.post(address, {"header": "title: Honey", "text": "Sweet.", "do": "unpublish"})
    for path in ("/honey/", "/blog/", "/feed/"):
        assert served(ALICE, path) is last(ALICE, path) is None
        assert b"Honey" not in reader.get(path).content
        assert b"Honey" not in (served(ALICE, path) or b"")
