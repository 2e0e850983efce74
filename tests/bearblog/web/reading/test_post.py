"""One post."""

from urllib.parse import quote

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import set_custom_domain
from bearblog.domain.posts.services import create_post


def test_a_post_shows_its_title_date_and_text(reader: Client, blog: Blog) -> None:
    create_post(
        blog=blog, title="One & two", text="*Hello*", status="published", published_at="2026-01-02 03:04"
    )
    page = reader.get("/one-two/").content.decode()
    assert "<title>One &amp; two · Alice&#x27;s notes</title>" in page
    assert "<h1>One &amp; two</h1>" in page
    assert '<time datetime="2026-01-02T03:04:00+00:00">2 January 2026</time>' in page
    assert "<p><em>Hello</em></p>" in page
    assert '<meta name="description" content="Hello">' in page


@pytest.mark.parametrize("title", ["标题", "हिन्दी", "عربي", "Ünïcode"])
def test_a_post_of_any_script_is_found(reader: Client, blog: Blog, title: str) -> None:
    post = create_post(blog=blog, title=title, text="", status="published")
    assert reader.get(f"/{quote(post.slug)}/").status_code == 200


def test_another_spelling_leads_to_the_one_address(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Über", text="", status="published")
    response = reader.get("/" + quote("U\u0308BER") + "/")
    assert (response.status_code, response.headers["Location"]) == (301, "/%C3%BCber/")


def test_readers_see_the_custom_domain_as_the_address(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    set_custom_domain(blog=blog, domain="example.org")
    assert '"canonical" href="https://example.org:8443/one/"' in reader.get("/one/").content.decode()


def test_a_draft_is_hidden_from_readers(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Draft", text="")
    assert reader.get("/draft/").status_code == 404


def test_a_post_to_come_is_hidden_until_its_date(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    assert reader.get("/later/").status_code == 404


def test_a_post_of_a_megabyte_is_shown(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Long", text="Some plain words here.\n\n" * 45_000, status="published")
    response = reader.get("/long/")
    assert response.status_code == 200
    assert len(response.content) > 1_000_000


@pytest.mark.parametrize(
    "path", ["/nothing/", "/a/b/", "/wp-login.php", "/%00/", "/%ff/", "/" + "a" * 3000 + "/"]
)
def test_a_missing_page_has_the_blogs_look(reader: Client, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    page = response.content.decode()
    assert "Nothing here" in page
    assert "Alice&#x27;s notes" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Content-Security-Policy" in response.headers
