"""A page that was made once is found on disk by all who come after."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import rename_blog
from bearblog.domain.blogs.stored_pages import ask_again, pages, settle
from bearblog.domain.posts.services import create_post, share_draft
from bearblog.engines.pagecache import counts, links
from bearblog.engines.pagecache.stored import etag_of
from tests.bearblog.web.on_disk import last, served, stored

At = Callable[[str], Client]

ALICE = "alice.bear.localhost"
AGAIN = {"x-bearblog-render": "again"}
COMPARE = {"x-bearblog-render": "compare"}


@pytest.fixture(autouse=True)
def _post(blog: Blog) -> None:
    create_post(blog=blog, title="Post", text="Words", status="published")
    create_post(blog=blog, title="Ünïcode", slug="ünï", text="Words", status="published")
    links.ensure_current(pages())
    settle(blog.pk)


@pytest.mark.parametrize("path", ["/", "/post/", "/ünï/", "/feed/", "/feed.json", "/robots.txt"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_first_reader_leaves_the_page_where_caddy_finds_it(
    reader: Client, path: str, method: str
) -> None:
    assert reader.generic(method, path).status_code == 200
    whole = served(ALICE, path)
    assert whole
    assert reader.get(path).content == last(ALICE, path) == whole
    totals = counts.totals(pages())
    assert (totals.renders, totals.stored, totals.found) == (1, 1, 1)


def test_a_first_visit_with_a_tag_stores_the_whole_page(reader: Client) -> None:
    page = reader.get("/post/", headers=COMPARE)
    tag = page.headers["ETag"]
    assert tag == etag_of(page.content)
    assert reader.get("/post/", headers={"if-none-match": tag}).status_code == 304
    assert served(ALICE, "/post/") == page.content
    assert reader.get("/post/", headers={"if-none-match": tag}).status_code == 304


def test_each_host_has_pages_of_its_own_however_it_is_spelled(at: At, blog: Blog) -> None:
    Blog.objects.update(custom_domain="example.org")
    for host in ("Alice.Bear.Localhost:8443", "alice.bear.localhost.", "EXAMPLE.org"):
        at(host).get("/post/")
    assert stored(ALICE) == stored("example.org") == {"/post/"}
    assert counts.totals(pages()).found == 1


def test_a_cookie_changes_nothing_on_a_blog(reader: Client, studio: Client) -> None:
    made = studio.get("/post/", headers={"host": ALICE})
    assert served(ALICE, "/post/") == made.content
    assert reader.get("/post/").content == made.content == reader.get("/post/", headers=COMPARE).content


@pytest.mark.parametrize(
    "path",
    [
        "/?q=a",
        "/?utm_source=x",
        "/blog/?page=1",
        "/feed/?type=rss",
        "/search/?q=words",
        "/nothing/",
        "/nothing.xml",
        "/post",
        "/favicon.ico",
        "/tags/",
        "/subscribe/",
        "/unsubscribe/",
        "/report/",
        "/confirm/none/",
        "/unsubscribe/none/",
        "/preview/blog/",
        "/.well-known/bearblog",
        "/style/none.css",
        "/post//",
        "/./post/",
        "/post/../post/",
        "/%2e%2e/post/",
        "/%00/",
        "/post/%0a/",
        f"/{'a' * 300}/",
    ],
)
def test_what_depends_on_more_or_is_no_page_is_not_stored(reader: Client, path: str) -> None:
    reader.get(path)
    assert stored(ALICE) == set()


def test_no_draft_is_stored(reader: Client, blog: Blog) -> None:
    draft = create_post(blog=blog, title="Draft", text="Secret")
    token = share_draft(post=draft, by=None).token
    assert reader.get(f"/draft/{token}/").status_code == 200
    assert reader.get("/draft/").status_code == 404
    assert stored(ALICE) == set()


def test_no_answer_to_a_form_is_stored(reader: Client) -> None:
    for path in ("/", "/post/", "/report/", "/subscribe/", "/preview/"):
        reader.post(path, {"page": "/", "reason": "Rude."}, headers={"sec-fetch-site": "same-origin"})
        reader.options(path)
    assert stored(ALICE) == set()


def test_no_mistake_is_stored(reader: Client) -> None:
    reader.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE posts_tag RENAME TO posts_tag_mislaid")
    assert reader.get("/post/").status_code == 500
    assert stored(ALICE) == set()
    assert last(ALICE, "/post/") is None


def test_hosts_that_are_nobodys_or_were_left_have_no_pages(at: At, blog: Blog) -> None:
    rename_blog(blog=blog, subdomain="bees")
    for host in (ALICE, "nobody.bear.localhost", "..", "../..", "alice.bear.localhost/.."):
        assert at(host).get("/post/").status_code in (301, 404)
    assert not pages().sites.exists()


def test_the_main_sites_pages_are_stored_for_strangers_alone(main: Client, studio: Client) -> None:
    for client in (studio, main):
        assert client.get("/").status_code == 200
        assert stored(settings.MAIN_HOST) == ({"/"} if client is main else set())
    assert "Open your studio" in studio.get("/").content.decode()


def test_a_page_is_made_again_in_its_place(reader: Client, blog: Blog) -> None:
    before = reader.get("/post/").content
    blog.posts.update(like_count=77)
    ask_again(blog, "/post/")
    assert reader.get("/post/").content == before
    after = reader.get("/post/", headers=AGAIN).content
    assert after != before
    assert served(ALICE, "/post/") == last(ALICE, "/post/") == reader.get("/post/").content == after


def test_a_page_is_made_only_to_be_compared(reader: Client, blog: Blog) -> None:
    before = reader.get("/post/").content
    assert reader.get("/post/", headers=COMPARE).content == before
    blog.posts.update(like_count=77)
    assert reader.get("/post/", headers=COMPARE).content != before
    assert served(ALICE, "/post/") == before
    assert counts.totals(pages()).renders == 1


def test_a_box_may_store_nothing_at_all(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STORE_PAGES", False)
    [sheet] = reader.get("/").content.decode().split('rel="stylesheet" href="')[1:]
    page = reader.get(sheet.partition('"')[0])
    assert page.status_code == 200
    assert reader.get("/", headers={"if-none-match": reader.get("/").headers["ETag"]}).status_code == 304
    assert not pages().sites.exists() and not pages().assets.exists()
