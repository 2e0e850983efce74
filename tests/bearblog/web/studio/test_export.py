"""Taking a blog away."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts.services import create_post

PAGE = "/studio/alice/export/"


def body(answer: object) -> bytes:
    return b"".join(cast(Iterable[bytes], cast(StreamingHttpResponse, answer).streaming_content))


def test_the_page_says_what_is_inside(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Bear", text="x")
    page = studio.get(PAGE).content.decode()
    assert "1 and 0, as Markdown" in page
    for what in ("blog", "markdown", "csv"):
        assert f"{PAGE}{what}/" in page


def test_everything_comes_as_one_zip(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Bear", text="x")
    Subscriber.objects.create(blog=blog, email="reader@example.org", token="t")
    answer = studio.get(f"{PAGE}blog/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="alice-')
    with zipfile.ZipFile(io.BytesIO(body(answer))) as packed:
        assert packed.testzip() is None
        assert {"manifest.json", "posts/bear.md", "posts.csv", "home.md"} <= set(packed.namelist())
        assert b"reader@example.org" in packed.read("subscribers.csv")


def test_posts_come_alone_as_markdown_or_as_a_table(studio: Client, blog: Blog) -> None:
    create_post(blog=blog, title="Bear", text="Words")
    with zipfile.ZipFile(io.BytesIO(body(studio.get(f"{PAGE}markdown/")))) as packed:
        assert packed.namelist() == ["posts/bear.md"]
    table = body(studio.get(f"{PAGE}csv/"))
    assert table.startswith(b"\xef\xbb\xbfuid,title,")
    assert b"Words" in table


def test_only_so_many_go_out_at_once(studio: Client, blog: Blog, alice: User) -> None:
    others = [
        Blog.objects.create(owner=alice, title=name, subdomain=name) for name in ("one", "two", "three")
    ]
    waiting = [studio.get(f"/studio/{other.subdomain}/export/csv/") for other in others]
    assert "Try again in some minutes" in studio.get(f"{PAGE}csv/", follow=True).content.decode()
    for answer in waiting:
        body(answer)
    assert studio.get(f"{PAGE}csv/").status_code == 200


def test_a_blog_goes_out_once_at_a_time(studio: Client, blog: Blog) -> None:
    first = studio.get(f"{PAGE}csv/")
    assert "already. Wait until that is done" in studio.get(f"{PAGE}blog/", follow=True).content.decode()
    body(first)
    assert body(studio.get(f"{PAGE}csv/"))


def test_there_is_no_other_kind(studio: Client, blog: Blog) -> None:
    assert studio.get(f"{PAGE}everything/").status_code == 404


@pytest.mark.parametrize("path", ["", "blog/", "csv/"])
def test_only_the_owner_takes_a_blog_away(
    signed_in: Callable[[User], Client], blog: Blog, bob: User, path: str
) -> None:
    Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="x", accepted_at=blog.created_at
    )
    assert signed_in(bob).get(f"{PAGE}{path}").status_code == 404
