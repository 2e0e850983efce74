"""The past of a blog on the desk: asked for, laid beside today, brought back by the worker."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog, delete_blog
from bearblog.domain.moderation.models import AuditEntry
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.newsletter.services import add_subscribers
from bearblog.domain.posts.models import Post
from bearblog.domain.posts.services import create_post, delete_post, update_post
from bearblog.domain.transfer import openings
from bearblog.domain.transfer.models import Opening
from bearblog.engines.replication.errors import ReplicationError
from bearblog.engines.replication.fetching import Report
from bearblog.ops import past, past_openings
from tests.bearblog.domain.transfer.pasts import keep_past

MOMENT = "2026-11-20T12:34:56"


@pytest.fixture
def posts(blog: Blog) -> list[Post]:
    """Two public posts of Alice's."""
    made = (("Rain", "It rains."), ("Sun", "It shines."))
    return [create_post(blog=blog, title=title, text=text, status="published") for title, text in made]


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, posts: list[Post]) -> None:
    """In the place of a bucket, what the database holds now; the real one is asked in test_past.py of ops."""
    kept = keep_past(tmp_path / "kept").read_bytes()

    def fetch(file: Path, moment: datetime, report: Report) -> str:
        report("Fetching.")
        file.write_bytes(kept)
        return "replica/one"

    monkeypatch.setattr(past, "fetch", fetch)
    monkeypatch.setattr(past, "media_fetcher", lambda: lambda name, file: False)


def ask(studio: Client, blog: str = "alice", moment: str = MOMENT) -> str:
    response = studio.post("/staff/past/open/", {"blog": blog, "moment": moment}, follow=True)
    return response.content.decode()


def opened(studio: Client) -> str:
    """The page once the worker has opened the past."""
    ask(studio)
    past_openings.serve()
    return studio.get("/staff/past/").content.decode()


def name_of(post: Post) -> str:
    return f"post:{post.creation_key}"


def brought(studio: Client, **wishes: object) -> str:
    """The page once the worker has brought this back."""
    studio.post("/staff/past/bring-back/", wishes)
    past_openings.serve()
    return studio.get("/staff/past/").content.decode()


def file() -> Path:
    newest = openings.newest()
    assert newest is not None
    return openings.file_of(newest)


@pytest.mark.usefixtures("bucket")
def test_the_past_is_asked_for_fetched_and_laid_beside_today(
    studio: Client, blog: Blog, posts: list[Post]
) -> None:
    rain, sun = posts
    delete_post(post=rain)
    update_post(post=sun, title="Sun", text="It burns.", slug="sun", status="published")
    page = ask(studio)
    assert "Waiting for the worker" in page
    assert "Look again" in page
    page = opened(studio)
    assert [word in page for word in ("Gone", "Changed", "New since")] == [True, True, False]
    text = studio.get(f"/staff/past/{name_of(sun)}/").content.decode()
    assert "It <del>burns</del>." in text
    assert "It <ins>shines</ins>." in text
    assert studio.get("/staff/past/post:none/").status_code == 404
    assert AuditEntry.objects.get().action == "open the past"


@pytest.mark.usefixtures("bucket")
def test_what_is_chosen_comes_back_and_is_logged(
    studio: Client, alice: User, blog: Blog, posts: list[Post]
) -> None:
    rain, sun = posts
    delete_post(post=rain)
    update_post(post=sun, title="Sun", text="It burns.", slug="sun", status="published")
    opened(studio)
    page = brought(studio, name=name_of(rain))
    assert "1 posts and pages that were gone (1 of them drafts)" in page
    assert blog.posts.get(slug="rain").status == Post.Status.DRAFT
    assert blog.posts.get(slug="sun").text == "It burns."
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.actor, entry.action, entry.target) == (alice.email, "bring back", "blog alice")
    assert entry.note == "2026-11-20 12:34:56 UTC: 1 things"
    page = brought(studio, everything="1", as_published="on")
    assert "Set to what it was: “Rain”, “Sun”." in page
    assert blog.posts.published().count() == 2
    newest = blog.revisions.filter(subject=name_of(sun)).first()
    assert newest is not None
    assert (newest.text, newest.saved_by) == ("It shines.", alice)
    assert "Nothing differs" in page


@pytest.mark.usefixtures("bucket")
def test_a_blog_that_is_gone_comes_back_under_whom_staff_name(
    studio: Client, bob: User, posts: list[Post], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = create_blog(owner=bob, title="Bob's", subdomain="bob")
    add_subscribers(blog=theirs, emails=["erin@example.org"], have_agreed=True)
    kept = keep_past(tmp_path / "later")
    monkeypatch.setattr(past, "fetch", lambda file, moment, report: file.write_bytes(kept.read_bytes()))
    delete_blog(blog=theirs)
    bob.delete()
    ask(studio, "bob")
    past_openings.serve()
    page = studio.get("/staff/past/").content.decode()
    assert "is gone today" in page
    assert "bob@example.org, has no account any more" in page
    assert "Nothing came back. Nobody here has the address x@y.z" in brought(studio, owner="x@y.z")
    page = brought(studio, everything="1", owner="alice@example.org", with_subscribers="on")
    assert "1 subscribers are back" in page
    assert Blog.objects.get(subdomain="bob").owner.email == "alice@example.org"
    assert Subscriber.objects.get().email == "erin@example.org"


@pytest.mark.parametrize(
    ("blog", "moment", "sentence"),
    [
        ("alice", "2999-01-01T00:00:00", "lies in the future"),
        ("alice", "yesterday", "cannot be read"),
        ("", MOMENT, "Say which blog"),
    ],
)
def test_what_cannot_be_opened_is_said_at_once(studio: Client, blog: str, moment: str, sentence: str) -> None:
    assert sentence in ask(studio, blog, moment)
    assert not Opening.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.usefixtures("bucket")
def test_a_blog_that_was_not_there_closes_the_past_with_the_reason(studio: Client) -> None:
    ask(studio, "nobody")
    past_openings.serve()
    page = studio.get("/staff/past/").content.decode()
    assert "there was no blog “nobody”. There were: alice." in page
    assert "Open a moment" in page
    assert not file().exists()


def test_a_bucket_that_fails_closes_the_past_with_the_reason(
    studio: Client, posts: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(file: Path, moment: datetime, report: Report) -> str:
        raise ReplicationError("No replica reaches back to it.")

    monkeypatch.setattr(past, "fetch", fetch)
    assert "No replica reaches back to it." in opened(studio)
    assert Opening.objects.get().state == Opening.State.CLOSED


@pytest.mark.usefixtures("bucket")
def test_one_past_is_open_at_a_time_until_it_is_closed(studio: Client, posts: list[Post]) -> None:
    opened(studio)
    assert "A past is open already: alice at 2026-11-20 12:34:56 UTC" in ask(studio, "alice", "2026-11-21")
    assert file().exists()
    page = studio.post("/staff/past/close/", follow=True).content.decode()
    assert "Open a moment" in page
    assert not file().exists()
    delete_post(post=posts[0])
    assert "not open any more" in studio.post("/staff/past/bring-back/", follow=True).content.decode()
    assert "Waiting for the worker" in ask(studio)


@pytest.mark.usefixtures("bucket")
def test_a_past_closes_after_an_hour(studio: Client) -> None:
    opened(studio)
    Opening.objects.update(used_at=timezone.now() - timedelta(minutes=59))
    past_openings.serve()
    assert file().exists()
    Opening.objects.update(used_at=timezone.now() - timedelta(minutes=61))
    past_openings.serve()
    assert not file().exists()
    assert "It was open for an hour" in studio.get("/staff/past/").content.decode()


@pytest.mark.usefixtures("bucket")
def test_a_worker_that_starts_closes_what_another_left(studio: Client) -> None:
    opened(studio)
    left = file()
    Opening.objects.update(state=Opening.State.BRINGING)
    openings.close_all()
    assert not left.exists()
    assert "back whole, or not at all" in studio.get("/staff/past/").content.decode()
    ask(studio)
    openings.close_all()
    past_openings.serve()
    assert file().exists()


@pytest.mark.usefixtures("bucket")
def test_nothing_chosen_brings_nothing_back(studio: Client, posts: list[Post]) -> None:
    delete_post(post=posts[0])
    opened(studio)
    response = studio.post("/staff/past/bring-back/", {"name": "post:none"}, follow=True)
    assert "Choose what to bring back" in response.content.decode()
    assert Opening.objects.get().state == Opening.State.OPEN


@pytest.mark.usefixtures("bucket")
def test_only_staff_see_the_past(
    signed_in: Callable[[User], Client], studio: Client, bob: User, posts: list[Post]
) -> None:
    delete_post(post=posts[0])
    opened(studio)
    client = signed_in(bob)
    for path in ("", f"{name_of(posts[0])}/"):
        assert client.get(f"/staff/past/{path}").status_code == 404
    for path in ("open", "bring-back", "close"):
        assert client.post(f"/staff/past/{path}/", {"everything": "1"}).status_code == 404
    assert Opening.objects.get().state == Opening.State.OPEN
