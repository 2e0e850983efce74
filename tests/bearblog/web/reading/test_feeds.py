"""Atom and RSS."""

from collections.abc import Callable
from xml.etree import ElementTree  # noqa: S405  # it reads our own feeds

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import rename_blog, update_blog
from bearblog.domain.posts.services import create_post, update_post

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def feed(client: Client, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path).content)  # noqa: S314


@pytest.mark.parametrize("path", ["/feed/", "/atom/"])
def test_the_atom_feed_carries_the_newest_posts_whole(reader: Client, blog: Blog, path: str) -> None:
    update_blog(blog=blog, title="T & <b>", home_text="About me.", nav_text="", language="de")
    post = create_post(
        blog=blog, title="A & <b>", text="*Hi* [a](/b)&#1;", status="published", published_at="2026-01-02"
    )
    create_post(blog=blog, title="Secret", text="")
    root = feed(reader, path)
    assert root.findtext(f"{ATOM}title") == "T & <b>"
    assert root.findtext(f"{ATOM}subtitle") == "About me."
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A & <b>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{post.creation_key}"
    assert entry.findtext(f"{ATOM}published") == "2026-01-02T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}summary") == "Hi a"
    content = '<p><em>Hi</em> <a href="https://alice.bear.localhost:8443/b">a</a></p>'
    assert (entry.findtext(f"{ATOM}content") or "").strip() == content


def test_the_rss_feed_carries_the_newest_posts_whole(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Über", text="*Hi*", status="published", published_at="2026-01-02")
    response = reader.get("/rss/")
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    [item] = feed(reader, "/rss/").iter("item")
    assert item.findtext("link") == "https://alice.bear.localhost:8443/%C3%BCber/"
    assert item.findtext("pubDate") == "Fri, 02 Jan 2026 00:00:00 +0000"
    assert (item.findtext(CONTENT) or "").strip() == "<p><em>Hi</em></p>"


@pytest.mark.parametrize("path", ["/feed/", "/rss/"])
def test_an_empty_feed_can_be_read(reader: Client, path: str) -> None:
    assert feed(reader, path).tag in (f"{ATOM}feed", "rss")


def test_a_feed_has_the_newest_twenty(reader: Client, blog: Blog) -> None:
    for number in range(21):
        create_post(blog=blog, title=f"P{number}", text="", status="published")
    titles = [entry.findtext(f"{ATOM}title") for entry in feed(reader, "/feed/").iter(f"{ATOM}entry")]
    assert titles == [f"P{number}" for number in range(20, 0, -1)]


def test_an_entry_keeps_its_identity_when_all_else_changes(reader: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="One", text="", status="published")
    before = next(feed(reader, "/feed/").iter(f"{ATOM}entry")).findtext(f"{ATOM}id")
    update_post(post=post, title="Two", text="x", status="published")
    after = next(feed(reader, "/feed/").iter(f"{ATOM}entry")).findtext(f"{ATOM}id")
    assert before == after


def test_a_post_too_long_for_a_feed_is_summed_up(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Long", text="word " * 220_000, status="published")
    [entry] = feed(reader, "/feed/").iter(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}summary") or "").startswith("word word")
    assert entry.find(f"{ATOM}content") is None


def test_the_links_of_a_feed_follow_the_blogs_name(
    reader: Client, blog: Blog, at: Callable[[str], Client]
) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    rename_blog(blog=blog, subdomain="renamed")
    assert reader.get("/feed/").status_code == 404
    page = at("renamed.bear.localhost").get("/feed/").content.decode()
    assert "https://renamed.bear.localhost:8443/one/" in page
