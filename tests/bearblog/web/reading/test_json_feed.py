"""JSON Feed 1.1."""

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

BASE = "https://alice.bear.localhost:8443"


@pytest.mark.parametrize("path", ["/feed.json", "/feed/?type=json"])
def test_the_json_feed_carries_the_newest_posts_whole(reader: Client, blog: Blog, path: str) -> None:
    post = create_post(
        blog=blog, title="Über *x*", text="*Hi*", status="published", published_at="2026-01-02", tags=["a"]
    )
    response = reader.get(path)
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    document = response.json()
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert (document["title"], document["home_page_url"]) == ("Alice's notes", f"{BASE}/")
    assert document["feed_url"] == f"{BASE}/feed.json"
    [item] = document["items"]
    assert item["id"] == f"urn:uuid:{post.creation_key}"
    assert (item["url"], item["title"]) == (f"{BASE}/%C3%BCber-x/", "Über x")
    assert item["content_html"].strip() == "<p><em>Hi</em></p>"
    assert item["date_published"] == "2026-01-02T00:00:00+00:00"
    assert item["tags"] == ["a"]


def test_an_empty_feed_has_no_items(reader: Client) -> None:
    assert reader.get("/feed.json").json()["items"] == []


def test_the_next_page_is_named(reader: Client, blog: Blog) -> None:
    for number in range(21):
        create_post(blog=blog, title=f"P{number}", text="", status="published", tags=["a"])
    document = reader.get("/feed.json?q=a").json()
    assert document["next_url"] == f"{BASE}/feed.json?q=a&page=1"
    assert "next_url" not in reader.get("/feed.json?q=a&page=1").json()


def test_a_post_too_long_for_a_feed_has_its_first_words(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Long", text="word " * 110_000, status="published")
    [item] = reader.get("/feed.json").json()["items"]
    assert "content_html" not in item
    assert item["content_text"].startswith("word word")
