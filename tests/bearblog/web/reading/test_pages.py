"""What all pages of a blog have in common."""

import re
from functools import partial

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

HTML = [
    "/",
    "/blog/",
    "/first/",
    "/about/",
    "/tags/",
    "/tags/rain/",
    "/archive/",
    "/archive/2026/",
    "/search/",
]
FEEDS = ["/feed/", "/rss/", "/feed.json"]
PAGES = [*HTML, *FEEDS, "/sitemap.xml", "/robots.txt"]
ALTERNATES = {"atom+xml": "/feed/", "rss+xml": "/rss/", "feed+json": "/feed.json"}


@pytest.fixture(autouse=True)
def _first_post(blog: Blog) -> None:
    Blog.objects.update(nav_text="[Home](/) {{ tags }}", footer_text="{{ posts | limit: 2 }}")
    publish = partial(create_post, blog=blog, status="published", published_at="2026-01-02")
    publish(title="First", text="Some words.", tags=["rain"])
    publish(title="About", text="Me.", is_page=True)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_checked_anew_and_knows_no_visitor(reader: Client, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_twice(reader: Client, path: str) -> None:
    tag = reader.get(path).headers["ETag"]
    again = reader.get(path, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_head_and_refuses_post(reader: Client, path: str) -> None:
    assert reader.head(path).status_code == 200
    assert reader.post(path).status_code == 405


@pytest.mark.parametrize("path", HTML)
def test_a_page_takes_few_queries(
    reader: Client, blog: Blog, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Blog.objects.update(nav_text="[Home](/)", footer_text="Bye.")
    for number in range(15):
        create_post(blog=blog, title=f"Post {number}", text="Words", status="published")
    with django_assert_max_num_queries(6):
        reader.get(path)


@pytest.mark.parametrize("path", [*HTML, "/nothing/", "/subscribe/", "/report/"])
def test_a_page_loads_one_style_sheet_and_nothing_that_runs(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy == [
        "default-src 'none'; img-src 'self' https: data:; media-src 'self' https:; base-uri 'none'; "
        "connect-src 'self'; style-src 'self'; font-src 'self' data:; form-action 'self'"
    ]
    assert page.index("Content-Security-Policy") < page.index("<link")
    assert all(kind == ' type="application/ld+json"' for kind in re.findall("<script([^>]*)>", page))
    assert len(re.findall(r'<link rel="stylesheet"[^>]*>', page)) == 1
    assert re.search(r'<link rel="stylesheet" href="/style/[0-9a-f]{16}\.css">', page)
    for forbidden in ("csrf", "style=", "<style", "onload", "onclick", "preload"):
        assert forbidden not in page
    assert len(re.findall("<h1", page)) == 1


@pytest.mark.parametrize("path", [*HTML, "/nothing/"])
def test_a_page_names_its_feeds(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    for kind, address in ALTERNATES.items():
        link = f'type="application/{kind}" title="Alice&#x27;s notes" href="{address}">'
        assert f'<link rel="alternate" {link}' in page


@pytest.mark.parametrize("path", HTML[:-1])
def test_a_page_names_its_one_address(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    assert f'<link rel="canonical" href="https://alice.bear.localhost:8443{path}">' in page
    assert "noindex" not in page


def test_a_page_with_a_frame_says_whose(reader: Client, blog: Blog) -> None:
    frame = '<iframe src="https://www.youtube-nocookie.com/embed/x" title="x"></iframe>'
    create_post(blog=blog, title="Film", text=frame, status="published")
    policy = reader.get("/film/").content.decode().split("<link")[0]
    assert "frame-src https://" in policy
    assert "https://www.youtube-nocookie.com" in policy


def test_a_trusted_blog_may_run_its_own_code(reader: Client, blog: Blog) -> None:
    Blog.objects.update(is_trusted=True, head_html="<script>a()</script>")
    page = reader.get("/").content.decode()
    assert "default-src 'self' https: data: blob: 'unsafe-inline'; object-src 'none'" in page
    assert "<script>a()</script>" in page


def test_styles_from_elsewhere_need_the_authors_leave(reader: Client, blog: Blog) -> None:
    Blog.objects.update(allows_remote_styles=True)
    assert "style-src 'self' https:; font-src 'self' data: https:" in reader.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "attributes", "printed"),
    [
        ("de", '<html lang="de">', "1. März 2026"),
        ("ar", '<html lang="ar" dir="rtl">', "2026"),
        ("tlh", '<html lang="tlh">', "March 1, 2026"),
        ("pt-BR", '<html lang="pt-BR">', "1 de Março de 2026"),
    ],
)
def test_a_page_speaks_the_blogs_language(
    reader: Client, blog: Blog, language: str, attributes: str, printed: str
) -> None:
    Blog.objects.update(language=language)
    create_post(blog=blog, title="Day", text="", status="published", published_at="2026-03-01")
    page = reader.get("/day/").content.decode()
    assert attributes in page
    assert printed.lower() in page.lower()


def test_a_post_may_speak_a_language_of_its_own(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Tag", text="", status="published", published_at="2026-03-01", language="de")
    page = reader.get("/tag/").content.decode()
    assert '<html lang="de">' in page
    assert "März" in page


def test_times_are_those_of_the_blogs_place(reader: Client, blog: Blog) -> None:
    Blog.objects.update(time_zone="Asia/Tokyo", date_format="Y-m-d H:i")
    create_post(blog=blog, title="Day", text="", status="published", published_at="2026-03-01T20:00Z")
    page = reader.get("/day/").content.decode()
    assert '<time datetime="2026-03-02T05:00:00+09:00">2026-03-02 05:00</time>' in page


def test_what_authors_type_as_titles_is_text(reader: Client, blog: Blog) -> None:
    Blog.objects.update(title='<b>T</b> & "Q"')
    bad = "</script><script>alert(1)</script>\"'><img src=x onerror=a>"
    create_post(blog=blog, title=bad, slug="bad", text="", status="published", tags=[bad[:90]])
    for path in ("/", "/blog/", "/bad/", "/feed/", "/rss/", "/tags/", "/search/?q=alert"):
        page = reader.get(path).content.decode()
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "<b>T" not in page


def test_an_address_without_its_last_slash_leads_to_the_page(reader: Client) -> None:
    response = reader.get("/first")
    assert (response.status_code, response.headers["Location"]) == (301, "/first/")


def test_a_reader_is_counted_where_the_author_wants_it(reader: Client, blog: Blog) -> None:
    image = '<img src="/hit/first/" alt="" width="1" height="1">'
    assert image in reader.get("/first/").content.decode()
    for path in ("/", "/blog/"):
        assert image.replace("/first/", path) in reader.get(path).content.decode()
    Blog.objects.update(collects_analytics=False, version=9)
    assert "/hit/" not in reader.get("/first/").content.decode()
