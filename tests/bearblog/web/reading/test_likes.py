"""A reader likes a post."""

import uuid

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post

FROM_HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def post(blog: Blog) -> Post:
    return create_post(blog=blog, title="One", text="", status="published")


def like(client: Client, post: Post, **headers: str) -> tuple[int, str]:
    response = client.post(f"/like/{post.creation_key}/", headers=headers or FROM_HERE)
    assert not response.cookies
    post.refresh_from_db()
    return response.status_code, response.headers.get("Location", "")


def test_a_like_is_counted_and_leads_back_to_the_post(reader: Client, post: Post) -> None:
    assert like(reader, post) == (303, "/one/#like_thanks")
    assert post.like_count == 1
    page = reader.get("/one/").content.decode()
    assert f'<form id="upvote-form" method="post" action="/like/{post.creation_key}/">' in page
    assert '<span role="img" aria-label="Like this post">♥</span>' in page
    assert '<small class="upvote-count">1</small>' in page


def test_one_reader_is_counted_once(reader: Client, post: Post) -> None:
    like(reader, post)
    assert like(reader, post) == (303, "/one/#like_thanks")
    assert post.like_count == 1


def test_an_origin_will_do_for_old_browsers(reader: Client, post: Post) -> None:
    assert like(reader, post, origin="https://alice.bear.localhost")[0] == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site", "origin": "https://bob.bear.localhost"},
        {"origin": "https://bear.localhost"},
        {"origin": "http://alice.bear.localhost"},
        {"origin": "null"},
        {"sec-fetch-site": "none"},
        {"referer": "https://alice.bear.localhost/"},
    ],
)
def test_a_form_of_another_site_is_refused(reader: Client, post: Post, headers: dict[str, str]) -> None:
    assert like(reader, post, **headers)[0] == 403
    assert post.like_count == 0


def test_a_like_is_posted_and_never_listed(reader: Client, post: Post) -> None:
    assert reader.get(f"/like/{post.creation_key}/").status_code == 405
    response = reader.post(f"/like/{post.creation_key}/", headers=FROM_HERE)
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_post_that_no_reader_sees_takes_no_likes(reader: Client, blog: Blog, bob: User) -> None:
    draft = create_post(blog=blog, title="Two", text="")
    other = create_post(
        blog=create_blog(owner=bob, title="T", subdomain="bob"), title="Three", text="", status="published"
    )
    for post in (draft, other):
        assert like(reader, post)[0] == 404
    assert reader.post(f"/like/{uuid.uuid4()}/", headers=FROM_HERE).status_code == 404


def test_a_blog_without_likes_shows_and_takes_none(reader: Client, blog: Blog, post: Post) -> None:
    Blog.objects.update(has_likes=False)
    assert "upvote" not in reader.get("/one/").content.decode()
    assert like(reader, post)[0] == 422


def test_a_post_kept_out_of_discover_shows_and_takes_none(reader: Client, blog: Blog) -> None:
    kept_out = create_post(blog=blog, title="Quiet", text="", status="published", is_discoverable=False)
    assert b"upvote-form" not in reader.get("/quiet/").content
    assert like(reader, kept_out)[0] == 422
    assert kept_out.like_count == 0


def test_a_page_has_no_button(reader: Client, blog: Blog) -> None:
    create_post(blog=blog, title="About", text="", status="published", is_page=True)
    assert "upvote" not in reader.get("/about/").content.decode()
