"""What a page says about itself to search engines and to sites that link to it."""

import json
import re
from typing import Any

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

BASE = "https://alice.bear.localhost:8443"


def metas(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', page))


def schema(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def test_a_post_describes_itself(reader: Client, blog: Blog) -> None:
    create_post(
        blog=blog,
        title="One *day*",
        text="*Hello*",
        status="published",
        published_at="2026-01-02",
        meta_image="/media/rain.webp",
    )
    page = reader.get("/one-day/").content.decode()
    assert "<title>One day – Alice&#x27;s notes</title>" in page
    said = metas(page)
    assert said["description"] == said["og:description"] == "Hello"
    assert (said["og:type"], said["og:title"]) == ("article", "One day")
    assert said["og:url"] == f"{BASE}/one-day/"
    assert said["og:image"] == f"{BASE}/media/rain.webp"
    assert said["og:site_name"] == "Alice&#x27;s notes"
    assert said["twitter:card"] == "summary_large_image"
    found = schema(page)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "BlogPosting")
    assert (found["headline"], found["url"]) == ("One day", f"{BASE}/one-day/")
    assert found["datePublished"] == "2026-01-02T00:00:00+00:00"
    assert found["image"] == f"{BASE}/media/rain.webp"


def test_the_authors_own_description_goes_before_the_first_words(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="Words.", status="published", meta_description="Mine.")
    assert metas(reader.get("/one/").content.decode())["description"] == "Mine."


def test_the_front_page_describes_the_blog(reader: Client, blog: Blog) -> None:
    Blog.objects.update(meta_description="About tents.", meta_image="https://example.org/a.png")
    page = reader.get("/").content.decode()
    said = metas(page)
    assert "<title>Alice&#x27;s notes</title>" in page
    assert (said["description"], said["og:type"]) == ("About tents.", "website")
    assert said["og:image"] == "https://example.org/a.png"
    assert schema(page)["@type"] == "WebSite"


def test_a_page_is_no_article(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="About", text="Me.", status="published", is_page=True)
    page = reader.get("/about/").content.decode()
    assert metas(page)["og:type"] == "website"
    assert schema(page)["@type"] == "WebPage"
    assert metas(page)["twitter:card"] == "summary"


def test_a_repost_names_the_original(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published", canonical_url="https://example.org/one")
    page = reader.get("/one/").content.decode()
    assert '<link rel="canonical" href="https://example.org/one">' in page
    assert '<a class="original" href="https://example.org/one">View original</a>' in page


def test_a_blog_that_nobody_looked_at_is_kept_out_of_search_engines(reader: Client, blog: Blog) -> None:
    Blog.objects.update(is_reviewed=False)
    assert metas(reader.get("/").content.decode())["robots"] == "noindex,nofollow"


def test_no_text_ends_the_structured_data(reader: Client, blog: Blog) -> None:
    title = "</script><!-- & \u2028 é"
    create_post(blog=blog, title=title, slug="one", text="", status="published")
    page = reader.get("/one/").content.decode()
    assert schema(page)["headline"] == " ".join(title.split())
    assert "é" in page


def test_the_authors_lines_for_the_head_stand_there(reader: Client, blog: Blog) -> None:
    Blog.objects.update(
        head_html='<link rel="me" href="https://example.org/@alice"><script>a()</script>',
        meta_tag='<meta name="fediverse:creator" content="@alice@example.org">',
    )
    for path in ("/", "/blog/", "/nothing/"):
        page = reader.get(path).content.decode().split("</head>")[0]
        assert '<link rel="me" href="https://example.org/@alice">' in page
        assert '<meta name="fediverse:creator" content="@alice@example.org">' in page
        assert "a()" not in page


def test_a_picture_or_an_emoji_is_the_blogs_sign(reader: Client, blog: Blog) -> None:
    Blog.objects.update(favicon="🐻")
    page = reader.get("/").content.decode()
    assert '<link rel="icon" type="image/svg+xml" href="/favicon.svg">' in page
    Blog.objects.update(favicon="https://example.org/a.png", version=9)
    page = reader.get("/").content.decode()
    assert '<link rel="icon" href="https://example.org/a.png">' in page
    assert '<link rel="apple-touch-icon" href="https://example.org/a.png">' in page
