"""What search engines and browsers ask for by fixed names."""

from xml.etree import ElementTree  # noqa: S405  # it reads our own sitemap

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post


def test_the_sitemap_names_every_page(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Über", text="", status="published")
    create_post(blog=blog, title="Secret", text="")
    root = ElementTree.fromstring(reader.get("/sitemap.xml").content)  # noqa: S314
    base = "https://alice.bear.localhost:8443"
    assert [element.text for element in root.iter() if element.tag.endswith("loc")] == [
        f"{base}/",
        f"{base}/blog/",
        f"{base}/%C3%BCber/",
    ]


def test_robots_are_welcome_and_told_of_the_sitemap(reader: Client) -> None:
    response = reader.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /preview/",
        "",
        "Sitemap: https://alice.bear.localhost:8443/sitemap.xml",
    ]


def test_the_favicon_is_a_static_file(reader: Client) -> None:
    response = reader.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("favicon.svg")
