"""Pages that changed a little are made once more in their place."""

import os
import time

import pytest

from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import set_custom_domain
from bearblog.domain.conversation.services import like
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post
from bearblog.engines.pagecache import again, stored
from bearblog.ops import page_renewal, web_process
from bearblog.ops.page_renewal import Renewal
from bearblog.ops.web_process import NoAnswer, Render
from tests.bearblog.ops.web_server import WebServer

HOSTS = ("alice.bear.localhost", "example.org")


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_renewal, "_SECONDS_TO_SETTLE", 0.0)


@pytest.fixture
def post(blog: Blog, web_server: WebServer) -> Post:
    """A post, read at both of the blog's hosts."""
    set_custom_domain(blog=blog, domain="example.org")
    post = create_post(blog=blog, title="One", text="", slug="über", status="published")
    for host in HOSTS:
        assert web_process.ask(host, "/über/", Render.AGAIN).status == 200
    web_server.asked.clear()
    return post


def page(blog: Blog, host: str) -> str:
    found = stored.read(stored_pages.pages(), stored_pages.place_of(blog, host, "/über/"))
    assert found is not None
    return found.body.decode()


def is_asked(post: Post) -> bool:
    return again.is_asked(stored_pages.pages(), str(post.blog_id), "/über/")


def test_a_like_is_seen_at_each_host_and_the_version_stays(post: Post, web_server: WebServer) -> None:
    before = Blog.objects.get()
    assert like(post=post, address="203.0.113.9")
    Renewal().renew()
    assert {asked[0] for asked in web_server.asked} == set(HOSTS)
    assert Blog.objects.get().version == before.version
    assert all('upvote-count">1<' in page(before, host) for host in HOSTS)
    assert not is_asked(post)


def test_many_likes_make_the_page_at_most_once_a_minute(
    post: Post, web_server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewal, now = Renewal(), time.time()
    for number in range(3):
        like(post=post, address=f"203.0.113.{number}")
        renewal.renew()
    assert len(web_server.asked) == len(HOSTS)
    assert is_asked(post)
    monkeypatch.setattr(time, "time", lambda: now + 61)
    renewal.renew()
    assert len(web_server.asked) == 2 * len(HOSTS)
    assert 'upvote-count">3<' in page(Blog.objects.get(), HOSTS[0])


def test_a_page_that_nobody_has_read_is_not_made(web_server: WebServer, post: Post) -> None:
    stored_pages.ask_again(post.blog, "/other/")
    stored_pages.ask_again(post.blog, "/../")
    Renewal().renew()
    assert web_server.asked == []
    assert again.asked(stored_pages.pages()) == []


def test_what_was_asked_for_just_now_waits_for_the_renders_under_way(
    web_server: WebServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_renewal, "_SECONDS_TO_SETTLE", 60.0)
    stored_pages.ask_again(post.blog, "/über/")
    Renewal().renew()
    assert is_asked(post)
    for file in stored_pages.pages().again.iterdir():
        os.utime(file, (time.time() - 61, time.time() - 61))
    Renewal().renew()
    assert not is_asked(post)


def test_a_page_waits_on_while_the_web_process_is_down(
    web_server: WebServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewal = Renewal()
    stored_pages.ask_again(post.blog, "/über/")
    with monkeypatch.context() as patch:
        patch.setattr("django.conf.settings.WEB_SOCKET", "/nowhere")
        with pytest.raises(NoAnswer):
            renewal.renew()
    assert is_asked(post)
    monkeypatch.setattr(page_renewal, "SECONDS_BETWEEN", 0.0)
    renewal.renew()
    assert not is_asked(post)


def test_a_round_is_bounded(web_server: WebServer, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_renewal, "PAGES_A_ROUND", 2)
    for number in range(5):
        stored_pages.ask_again(post.blog, f"/post-{number}/")
    renewal = Renewal()
    for left in (3, 1, 0):
        renewal.renew()
        assert len(again.asked(stored_pages.pages())) == left
