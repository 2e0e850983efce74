"""Writing: saved, published, refused with every word kept, and shown on the blog's own host."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import is_preview_token
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post

pytestmark = pytest.mark.django_db

NEW = "/studio/alice/posts/new/"
WORDS = {"title": "Honey & smoke", "text": "\nFirst *line*.\r\n\r\n<b>Second</b> line."}


def test_a_draft_is_saved(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "status": "draft"})
    post = Post.objects.get()
    assert response.headers["Location"] == f"/studio/alice/posts/{post.pk}/"
    assert (post.status, post.slug, post.published_at) == (Post.Status.DRAFT, "honey-smoke", None)
    assert post.text == "\nFirst *line*.\n\n<b>Second</b> line."
    page = studio.get(response.headers["Location"]).content.decode()
    assert "Saved as a draft." in page
    assert ">\n\nFirst *line*." in page


def test_the_enter_key_in_the_title_never_publishes(studio: Client, blog: Blog) -> None:
    page = studio.get(NEW).content.decode()
    first_button = page.split('class="editor"')[1].split("<button")[1]
    assert 'value="draft"' in first_button


def test_a_post_is_published_and_linked(studio: Client, blog: Blog) -> None:
    page = studio.post(NEW, {**WORDS, "status": "published"}, follow=True).content.decode()
    assert "Saved and published." in page
    assert "https://alice.bear.localhost:8443/honey-smoke/" in page


def test_a_post_is_changed_and_taken_back(studio: Client, blog: Blog) -> None:
    post = create_post(
        blog=blog, title="Honey & smoke", text="", status="published", published_at="2026-03-14 10:00:42"
    )
    address = f"/studio/alice/posts/{post.pk}/"
    form = {"title": "Smoke", "text": "Less.", "slug": post.slug, "published_at": "2026-03-14 10:00"}
    studio.post(address, {**form, "status": "draft"})
    post.refresh_from_db()
    assert (post.title, post.text, post.slug, post.status) == ("Smoke", "Less.", "honey-smoke", "draft")
    assert post.published_at == datetime(2026, 3, 14, 10, 0, 42, tzinfo=UTC)


def test_a_later_date_is_said(studio: Client, blog: Blog) -> None:
    form = {**WORDS, "status": "published", "published_at": "2999-01-02 09:30"}
    assert (
        "Readers see it from 2999-01-02 09:30 UTC on." in studio.post(NEW, form, follow=True).content.decode()
    )


def test_a_date_that_cannot_be_read_keeps_the_text(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "published_at": "soonish", "slug": "sm", "status": "published"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "The date “soonish” cannot be read." in page.split('id="id_published_at_error"')[1]
    assert "First *line*.\r\n\r\n&lt;b&gt;Second&lt;/b&gt; line.</textarea>" in page
    for kept in ("Honey &amp; smoke", "soonish", "sm"):
        assert f'value="{kept}"' in page
    assert not Post.objects.exists()


def test_a_post_without_a_title_keeps_the_text(studio: Client, blog: Blog) -> None:
    page = studio.post(NEW, {**WORDS, "title": " "}).content.decode()
    assert "Give the post a title." in page
    assert "First *line*." in page


def test_a_slug_may_be_in_any_script(studio: Client, blog: Blog) -> None:
    studio.post(NEW, {**WORDS, "slug": "蜂蜜 と 煙"})
    assert Post.objects.get().slug == "蜂蜜-と-煙"


def test_a_taken_slug_gets_a_number(studio: Client, blog: Blog) -> None:
    for _ in range(2):
        studio.post(NEW, WORDS)
    assert sorted(Post.objects.values_list("slug", flat=True)) == ["honey-smoke", "honey-smoke-2"]


def test_a_form_sent_twice_makes_one_post(studio: Client, blog: Blog) -> None:
    found = re.search(r'name="creation_key" value="([^"]+)"', studio.get(NEW).content.decode())
    assert found
    for _ in range(2):
        studio.post(NEW, {**WORDS, "creation_key": found[1]})
    assert Post.objects.get().creation_key == uuid.UUID(found[1])


def test_a_damaged_creation_key_keeps_the_text(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "creation_key": "x"})
    assert response.status_code == 422
    assert "First *line*." in response.content.decode()


def test_a_post_of_one_megabyte_is_saved(studio: Client, blog: Blog) -> None:
    text = "Honey, smoke and 蜜. " * 60_000
    studio.post(NEW, {**WORDS, "text": text})
    assert Post.objects.get().text == text
    assert len(text) > 1_000_000


def test_a_post_that_is_far_too_long_keeps_the_text(studio: Client, blog: Blog) -> None:
    response = studio.post(NEW, {**WORDS, "text": "x" * 2_000_001})
    assert response.status_code == 422
    assert "Split it into several posts." in response.content.decode()
    assert "x" * 2_000_001 in response.content.decode()


def test_a_lost_session_keeps_the_words(studio: Client, blog: Blog) -> None:
    studio.cookies.clear()
    response = studio.post(
        NEW, {**WORDS, "slug": "kept", "status": "published", "csrfmiddlewaretoken": "old"}
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert "You are signed out" in page
    assert f'action="{NEW}"' in page
    assert "First *line*.\r\n\r\n&lt;b&gt;Second&lt;/b&gt; line.</textarea>" in page
    for name, value in (("slug", "kept"), ("status", "published")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert 'value="old"' not in page
    assert not Post.objects.exists()


def test_a_preview_is_sent_on_to_the_blogs_own_host(studio: Client, blog: Blog) -> None:
    response = studio.post("/studio/alice/preview/", WORDS)
    address, _, token = response.headers["Location"].partition("?token=")
    assert response.status_code == 307
    assert address == "https://alice.bear.localhost:8443/preview/"
    assert is_preview_token(blog, token)


def test_the_blogs_host_shows_the_preview_in_a_sandbox(studio: Client, reader: Client, blog: Blog) -> None:
    location = studio.post("/studio/alice/preview/", WORDS).headers["Location"]
    form = {**WORDS, "csrfmiddlewaretoken": "travels along", "status": "draft"}
    response = reader.post(location.removeprefix("https://alice.bear.localhost:8443"), form)
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert policy.startswith("sandbox;")
    assert f"frame-ancestors https://{settings.MAIN_HOST}:{settings.HTTPS_PORT}" in policy
    assert "<em>line</em>" in response.content.decode()
    assert "travels along" not in response.content.decode()
    assert not Post.objects.exists()


def test_a_blog_with_a_domain_of_its_own_is_previewed_on_its_subdomain(studio: Client, blog: Blog) -> None:
    Blog.objects.update(custom_domain="honey.example")
    location = studio.post("/studio/alice/preview/", WORDS).headers["Location"]
    assert location.startswith("https://alice.bear.localhost:8443/preview/")


def test_the_editor_needs_no_script(studio: Client, blog: Blog) -> None:
    page = studio.get(NEW).content.decode()
    assert "<script" not in page
    assert " on" + "click=" not in page
    assert "style=" not in page
