"""Atom and RSS."""

from collections.abc import Callable
from xml.etree import ElementTree  # noqa: S405  # it reads our own feeds

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import rename_blog
from bearblog.domain.posts.services import create_post, update_post

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
BASE = "https://alice.bear.localhost:8443"
ATOM_PATHS = ["/feed/", "/atom/", "/feed/atom/", "/feed.xml", "/atom.xml", "/index.xml", "/rss/?type=atom"]
RSS_PATHS = ["/rss/", "/feed/rss/", "/rss.xml", "/feed/?type=rss"]


def feed(client: Client, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path).content)  # noqa: S314


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, path).iter(f"{ATOM}entry")]


def links(client: Client, path: str) -> dict[str, str]:
    found = feed(client, path).findall(f"{ATOM}link")
    return {link.attrib["rel"]: link.attrib["href"] for link in found}


@pytest.mark.parametrize("path", ATOM_PATHS)
def test_the_atom_feed_carries_the_newest_posts_whole(reader: Client, blog: Blog, path: str) -> None:
    Blog.objects.update(title="T & <b>", home_text="About me.", language="de")
    post = create_post(
        blog=blog,
        title="A & *<b>*",
        text="*Hi* [a](/b)",
        status="published",
        published_at="2026-01-02",
        tags=["rain & sun", "tent"],
    )
    create_post(blog=blog, title="Secret", text="")
    create_post(blog=blog, title="About", text="", status="published", is_page=True)
    assert reader.get(path).headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = feed(reader, path)
    assert root.findtext(f"{ATOM}title") == "T & <b>"
    assert root.findtext(f"{ATOM}subtitle") == "About me."
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A & <b>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{post.creation_key}"
    assert entry.findtext(f"{ATOM}published") == "2026-01-02T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}summary") == "Hi a"
    assert [tag.attrib["term"] for tag in entry.findall(f"{ATOM}category")] == ["rain & sun", "tent"]
    content = f'<p><em>Hi</em> <a href="{BASE}/b">a</a></p>'
    assert (entry.findtext(f"{ATOM}content") or "").strip() == content


@pytest.mark.parametrize("path", RSS_PATHS)
def test_the_rss_feed_carries_the_newest_posts_whole(reader: Client, blog: Blog, path: str) -> None:
    create_post(
        blog=blog,
        title="Über",
        text="*Hi*",
        status="published",
        published_at="2026-01-02",
        tags=["rain & sun"],
    )
    response = reader.get(path)
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    [item] = feed(reader, path).iter("item")
    assert item.findtext("link") == f"{BASE}/%C3%BCber/"
    assert item.findtext("pubDate") == "Fri, 02 Jan 2026 00:00:00 +0000"
    assert item.findtext("category") == "rain & sun"
    assert (item.findtext(CONTENT) or "").strip() == "<p><em>Hi</em></p>"


@pytest.mark.parametrize("path", ["/feed/", "/rss/"])
def test_an_empty_feed_can_be_read(reader: Client, path: str) -> None:
    assert feed(reader, path).tag in (f"{ATOM}feed", "rss")


def test_a_feed_has_twenty_posts_a_page(reader: Client, blog: Blog) -> None:
    for number in range(41):
        create_post(blog=blog, title=f"P{number}", text="", status="published")
    assert titles(reader, "/feed/") == [f"P{number}" for number in range(40, 20, -1)]
    assert titles(reader, "/feed/?page=0") == titles(reader, "/feed/")
    assert titles(reader, "/feed/?page=2") == ["P0"]
    assert links(reader, "/feed/?page=1") == {
        "self": f"{BASE}/feed/?page=1",
        "alternate": f"{BASE}/",
        "previous": f"{BASE}/feed/",
        "next": f"{BASE}/feed/?page=2",
    }
    for page in ("3", "-1", "x", "9" * 30, "0" * 9 + "9" * 30):
        assert reader.get(f"/feed/?page={page}").status_code == 404


def test_a_feed_of_a_tag_names_itself(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Wet", text="", status="published", tags=["a rain"])
    create_post(blog=blog, title="Dry", text="", status="published")
    assert titles(reader, "/feed/?q=a+rain") == ["Wet"]
    assert titles(reader, "/feed/?q=-a+rain") == ["Dry"]
    assert titles(reader, "/feed/?q=none") == []
    assert feed(reader, "/feed/?q=a+rain").findtext(f"{ATOM}title") == "Alice's notes – a rain"
    assert links(reader, "/feed/?q=a+rain")["self"] == f"{BASE}/feed/?q=a+rain"


def test_what_discover_may_not_show_stands_in_the_blogs_own_feed(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Quiet", text="", status="published", is_discoverable=False)
    assert titles(reader, "/feed/") == ["Quiet"]


def test_forms_and_steps_stay_out_of_a_feed(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="First", text="", status="published", published_at="2020-01-01")
    create_post(
        blog=blog, title="Then", text="Hi.\n\n{{ email-signup }}\n\n{{ previous_post }}", status="published"
    )
    page = reader.get("/feed/").content.decode()
    assert "previous-post" not in page
    assert "email-signup" not in page
    assert 'class="email-signup"' in reader.get("/then/").content.decode()


def test_a_feed_that_nobody_changed_reads_the_same(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    for path in ("/feed/", "/rss/", "/feed.json"):
        first, second = reader.get(path), reader.get(path)
        assert first.content == second.content
        tag = first.headers["ETag"]
        assert reader.get(path, headers={"if-none-match": tag}).status_code == 304


def test_an_entry_keeps_its_identity_when_all_else_changes(reader: Client, blog: Blog) -> None:
    post = create_post(blog=blog, title="One", text="", status="published")
    before = next(feed(reader, "/feed/").iter(f"{ATOM}entry")).findtext(f"{ATOM}id")
    update_post(post=post, title="Two", text="x", status="published")
    after = next(feed(reader, "/feed/").iter(f"{ATOM}entry")).findtext(f"{ATOM}id")
    assert before == after


def test_a_post_too_long_for_a_feed_is_summed_up(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Long", text="word " * 110_000, status="published")
    [entry] = feed(reader, "/feed/").iter(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}summary") or "").startswith("word word")
    assert entry.find(f"{ATOM}content") is None


def test_the_links_of_a_feed_follow_the_blogs_name(
    reader: Client, blog: Blog, at: Callable[[str], Client]
) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    rename_blog(blog=blog, subdomain="renamed")
    page = at("renamed.bear.localhost").get("/feed/").content.decode()
    assert "https://renamed.bear.localhost:8443/one/" in page
