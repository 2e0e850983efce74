"""One post or page."""

from urllib.parse import quote

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import set_custom_domain
from bearblog.domain.posts.services import create_post


def test_a_post_shows_its_title_date_and_text(reader: Client, blog: Blog) -> None:
    create_post(
        blog=blog, title="One & *two*", text="*Hello*", status="published", published_at="2026-01-02 03:04"
    )
    page = reader.get("/one-two/").content.decode()
    assert "<h1>One &amp; <em>two</em></h1>" in page
    assert '<p><i><time datetime="2026-01-02T03:04:00+00:00">Jan. 2, 2026</time></i></p>' in page
    assert "<p><em>Hello</em></p>" in page
    assert '<a class="title" href="/">Alice&#x27;s notes</a>' in page


def test_a_post_has_the_classes_that_style_sheets_expect(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published", class_name="wide", tags=["rain"])
    page = reader.get("/one/").content.decode()
    assert '<body class="post wide">' in page
    assert '<p class="tags">' in page
    assert '<a href="/tags/rain/">#rain</a>' in page


def test_a_page_shows_its_text_alone(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="About", text="Me.", status="published", is_page=True)
    page = reader.get("/about/").content.decode()
    assert '<body class="page">' in page
    assert "<time" not in page
    assert "<h1>Alice&#x27;s notes</h1>" in page
    assert "<title>About – Alice&#x27;s notes</title>" in page


def test_a_page_with_a_heading_of_its_own_has_no_second_one(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="About", text="# Me", status="published", is_page=True)
    assert reader.get("/about/").content.decode().count("<h1") == 1


@pytest.mark.parametrize("title", ["标题", "हिन्दी", "عربي", "Ünïcode"])
def test_a_post_of_any_script_is_found(reader: Client, blog: Blog, title: str) -> None:
    post = create_post(blog=blog, title=title, text="", status="published")
    assert reader.get(f"/{quote(post.slug)}/").status_code == 200


def test_readers_see_the_custom_domain_as_the_address(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One", text="", status="published")
    set_custom_domain(blog=blog, domain="example.org")
    assert '"canonical" href="https://example.org:8443/one/"' in reader.get("/one/").content.decode()


def test_share_links_are_plain_links_and_the_authors_choice(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="One & two", slug="one", text="", status="published")
    assert "x.com" not in reader.get("/one/").content.decode()
    Blog.objects.update(has_share_links=True, version=9)
    page = reader.get("/one/").content.decode()
    url = quote("https://alice.bear.localhost:8443/one/", safe="")
    assert f"https://x.com/intent/post?text=One+%26+two&amp;url={url}" in page
    assert f"https://share.joinmastodon.org/#text=One%20%26%20two%20{url}" in page
    assert f"mailto:?subject=One%20%26%20two&amp;body={url}" in page


def test_a_draft_is_hidden_from_readers(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Draft", text="", slug="mine")
    assert reader.get("/mine/").status_code == 404


def test_a_post_to_come_is_hidden_until_its_date(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Later", text="", status="published", published_at="2990-01-01")
    for path in ("/later/", "/archive/2990/"):
        assert reader.get(path).status_code == 404
    for path in ("/blog/", "/feed/", "/feed.json", "/sitemap.xml", "/archive/", "/search/?q=later"):
        assert ">Later<" not in reader.get(path).content.decode()


def test_a_post_of_a_megabyte_is_shown(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Long", text="Some plain words here.\n\n" * 41_000, status="published")
    response = reader.get("/long/")
    assert response.status_code == 200
    assert len(response.content) > 1_000_000


@pytest.mark.parametrize(
    "path", ["/nothing/", "/a/b/", "/wp-login.php", "/%00/", "/%ff/", "/" + "a" * 3000 + "/", "/a//", "/.."]
)
def test_a_missing_page_has_the_blogs_look(reader: Client, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    page = response.content.decode()
    assert "Nothing here" in page
    assert "Alice&#x27;s notes" in page
    assert '<body class="not-found">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_text_full_of_half_written_directives_is_shown(reader: Client, blog: Blog) -> None:
    # Looking for their ends from each of them anew kept the process busy until it was killed.
    create_post(blog=blog, title="Half", text="{{ posts | " * 30_000, status="published")
    assert "{{ posts |" in reader.get("/half/").text
