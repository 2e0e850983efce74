"""What search engines ask for by fixed names."""

from xml.etree import ElementTree  # noqa: S405  # it reads our own sitemap

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

BASE = "https://alice.bear.localhost:8443"


def entries(client: Client) -> list[tuple[str, str]]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    return [(str(url[0].text), str(url[1].text)) for url in root]


def test_the_sitemap_names_every_page_and_its_last_change(reader: Client, blog: Blog) -> None:
    Blog.objects.update(blog_path="notes")
    post = create_post(blog=blog, title="Über", text="", status="published")
    create_post(blog=blog, title="About", text="", status="published", is_page=True)
    create_post(blog=blog, title="Secret", text="")
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    create_post(blog=blog, title="Repost", text="", status="published", canonical_url="https://a.example/")
    found = dict(entries(reader))
    paths = ["/", "/notes/", "/archive/", "/about/", "/%C3%BCber/"]
    assert list(found) == [f"{BASE}{path}" for path in paths]
    changed = post.updated_at.isoformat(timespec="seconds")
    assert found[f"{BASE}/%C3%BCber/"] == found[f"{BASE}/notes/"] == changed


def test_the_sitemap_of_an_empty_blog_can_be_read(reader: Client) -> None:
    assert [url for url, _ in entries(reader)] == [f"{BASE}/", f"{BASE}/blog/", f"{BASE}/archive/"]


def test_robots_are_welcome_and_told_of_the_sitemap(reader: Client) -> None:
    response = reader.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /hit/" in lines
    assert "Disallow: /like/" in lines
    assert lines[-1] == f"Sitemap: {BASE}/sitemap.xml"


def test_the_authors_own_rules_for_robots_come_first(reader: Client, blog: Blog) -> None:
    Blog.objects.update(robots_text="User-agent: GPTBot\nDisallow: /")
    text = reader.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\n")
