"""The review queue at the desk."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.models import AuditEntry, Report
from bearblog.domain.posts.models import Post


@pytest.fixture
def new(bob: User) -> Blog:
    """A blog that nobody has looked at."""
    return Blog.objects.create(
        owner=bob, title="Bob's <b>", subdomain="bob", home_text="See http://example.org"
    )


@pytest.fixture
def post(new: Blog) -> Post:
    return Post.objects.create(
        blog=new,
        title="One",
        slug="one",
        status="published",
        published_at=timezone.now(),
        text="Words of bob.",
    )


def test_the_desk_says_what_waits(studio: Client, new: Blog) -> None:
    page = studio.get("/staff/").content.decode()
    assert "New blogs" in page
    assert "People who wait" in page


@pytest.mark.parametrize("name", ["new", "asked", "reported", "all"])
def test_each_queue_has_a_page(studio: Client, new: Blog, name: str) -> None:
    Report.objects.create(blog=new, path="/", reason="Bad") if name == "reported" else None
    Blog.objects.update(review_asked_at=timezone.now() if name == "asked" else None)
    page = studio.get(f"/staff/review/{name}/").content.decode()
    assert "Bob&#x27;s &lt;b&gt;" in page
    assert f'href="/staff/blogs/{new.pk}/"' in page


def test_a_queue_that_is_not_there(studio: Client) -> None:
    assert studio.get("/staff/review/nonsense/").status_code == 404


def test_the_queue_is_searched_with_few_queries(
    studio: Client, bob: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Blog.objects.bulk_create(Blog(owner=bob, title=f"Blog {n}", subdomain=f"blog{n}") for n in range(60))
    with django_assert_max_num_queries(10):
        page = studio.get("/staff/review/all/").content.decode()
    assert "Page 1 of 2" in page
    assert "Blog 59" in studio.get("/staff/review/all/?q=BLOG59").content.decode()


def test_the_blog_is_shown_in_a_sandbox_on_its_own_host(
    studio: Client, new: Blog, post: Post, at: Callable[[str], Client]
) -> None:
    page = studio.get(f"/staff/blogs/{new.pk}/").content.decode()
    frame = re.search(r'<iframe[^>]*src="https://bob\.bear\.localhost:8443([^"]+)"[^>]*>', page)
    assert frame
    assert " sandbox " in frame[0]
    reader = at("bob.bear.localhost")
    shown = reader.get(frame[1].replace("&amp;", "&"))
    policy = shown.headers["Content-Security-Policy"]
    assert shown.status_code == 200
    assert policy.startswith("sandbox;")
    assert "frame-ancestors https://bear.localhost:8443" in policy
    assert "noindex" in shown.headers["X-Robots-Tag"]
    one = reader.get(frame[1].replace("&amp;", "&") + f"&post={post.pk}").content.decode()
    assert "Words of bob." in one


@pytest.mark.parametrize("query", ["", "?token=nonsense", "?token=1:a:b"])
def test_without_leave_nobody_looks_through_the_frame(
    new: Blog, at: Callable[[str], Client], query: str
) -> None:
    response = at("bob.bear.localhost").get(f"/preview/blog/{query}")
    assert response.status_code == 403
    assert "example.org" not in response.content.decode()


def test_drafts_are_not_shown_through_the_frame(
    studio: Client, new: Blog, post: Post, at: Callable[[str], Client]
) -> None:
    Post.objects.update(status=Post.Status.DRAFT)
    url = studio.get(f"/staff/blogs/{new.pk}/?post={post.pk}").context["frame_url"]
    path = url.removeprefix(f"https://bob.bear.localhost:{settings.HTTPS_PORT}")
    assert "Words of bob." not in at("bob.bear.localhost").get(path).content.decode()


def test_a_blocked_blog_is_shown_as_text(studio: Client, new: Blog) -> None:
    Blog.objects.update(is_blocked=True, home_text="<script>alert(1)</script>")
    page = studio.get(f"/staff/blogs/{new.pk}/").content.decode()
    assert "<iframe" not in page
    assert "&lt;script&gt;" in page


def test_a_decision_is_taken_with_a_note_and_undone(studio: Client, new: Blog) -> None:
    page = studio.post(
        f"/staff/blogs/{new.pk}/decide/", {"decision": "block", "note": "It copies."}, follow=True
    ).content.decode()
    assert "Blocked: nobody can read it." in page
    assert "It copies." in page
    assert 'value="unblock"' in page
    assert AuditEntry.objects.get().note == "It copies."
    studio.post(f"/staff/blogs/{new.pk}/decide/", {"decision": "unblock"})
    new.refresh_from_db()
    assert not new.is_blocked


def test_reports_are_read_and_settled(studio: Client, new: Blog) -> None:
    Report.objects.create(blog=new, path="/one/", reason="<i>Bad</i>")
    page = studio.get(f"/staff/blogs/{new.pk}/").content.decode()
    assert "&lt;i&gt;Bad&lt;/i&gt;" in page
    studio.post(f"/staff/blogs/{new.pk}/decide/", {"decision": "settle reports"})
    assert "Settled by alice@example.org" in studio.get(f"/staff/blogs/{new.pk}/").content.decode()


def test_a_post_is_hidden_and_shown(studio: Client, new: Blog, post: Post) -> None:
    path = f"/staff/blogs/{new.pk}/posts/{post.pk}/"
    studio.post(path, {"decision": "hide"})
    assert Post.objects.filter(is_hidden=True).exists()
    studio.post(path, {"decision": "show"})
    assert not Post.objects.filter(is_hidden=True).exists()
    assert studio.post(f"/staff/blogs/{new.pk + 1}/posts/{post.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["decide/", "posts/1/"])
def test_looking_at_an_address_never_decides(studio: Client, new: Blog, path: str) -> None:
    assert studio.get(f"/staff/blogs/{new.pk}/{path}?decision=block").status_code == 405


def test_a_decision_that_is_not_there(studio: Client, new: Blog) -> None:
    assert studio.post(f"/staff/blogs/{new.pk}/decide/", {"decision": "praise"}).status_code == 404
    assert studio.post("/staff/blogs/999/decide/", {"decision": "block"}).status_code == 404


def test_a_note_that_is_too_long_decides_nothing(studio: Client, new: Blog) -> None:
    sent = {"decision": "block", "note": "x" * 2001}
    assert "at most" in studio.post(f"/staff/blogs/{new.pk}/decide/", sent, follow=True).content.decode()
    new.refresh_from_db()
    assert not new.is_blocked


def test_the_book_is_read_and_searched(studio: Client, new: Blog) -> None:
    studio.post(f"/staff/blogs/{new.pk}/decide/", {"decision": "hide"})
    assert "hide: blog bob" in studio.get("/staff/audit/").content.decode()
    assert "hide: blog bob" in studio.get("/staff/audit/?q=alice").content.decode()
    assert "Nothing has “eve” in it" in studio.get("/staff/audit/?q=eve").content.decode()
