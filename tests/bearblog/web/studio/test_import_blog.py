"""Bringing a blog in: first what would happen, then doing it."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.transfer import kept
from bearblog.web.studio.views import import_blog
from tests.bearblog.domain.transfer.archives import exported, packed

PAGE = "/studio/alice/import/"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CACHE_DIR", tmp_path / "cache")


def send(client: Client, content: bytes, **options: str) -> str:
    answer = client.post(PAGE, {"file": SimpleUploadedFile("blog.zip", content), **options})
    return answer.content.decode()


def token_in(page: str) -> str:
    match = re.search(r'name="token" value="([^"]+)"', page)
    assert match
    return match[1]


def waiting() -> list[Path]:
    return list(kept.folder().glob("[0-9]*.*"))


def test_a_file_is_looked_at_first_and_brought_in_when_it_is_wanted(studio: Client, blog: Blog) -> None:
    page = send(studio, packed({"hello.md": "---\ntitle: Hello\nlang: ???\n---\nWords"}))
    assert "This would be brought in" in page
    assert "hello.md, “Hello”: lang:" in page
    assert not blog.posts.exists()
    (file,) = waiting()
    assert file.stat().st_mode & 0o777 == 0o600
    page = studio.post(f"{PAGE}carry-out/", {"token": token_in(page)}).content.decode()
    assert "This was brought in" in page
    assert blog.posts.get().title == "Hello"
    assert waiting() == []


def test_an_empty_blog_is_offered_the_looks_of_the_other(studio: Client, blog: Blog) -> None:
    assert 'name="with_blog" id="id_with_blog" checked' in studio.get(PAGE).content.decode().replace(
        'type="checkbox" ', ""
    )


def test_subscribers_come_only_when_they_have_agreed(studio: Client, blog: Blog, bob: User) -> None:
    moment = blog.created_at
    archive = exported(blog, [("a@example.org", moment, moment), ("no address", moment, None)])
    page = send(studio, archive)
    assert "2 subscribers stay out" in page
    page = send(studio, archive, with_subscribers="on")
    studio.post(f"{PAGE}carry-out/", {"token": token_in(page), "with_subscribers": "True"})
    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.subscribed_at, subscriber.confirmed_at) == (
        "a@example.org",
        moment,
        moment,
    )


def test_nothing_new_is_said_and_not_offered(studio: Client, blog: Blog) -> None:
    assert "There is nothing new in this file" in send(
        studio, packed({"manifest.json": '{"format": "bearblog", "version": 1}'})
    )


@pytest.mark.parametrize(("content", "words"), [(b"GIF89a", "no columns"), (b"PK\x03\x04", "damaged")])
def test_a_file_of_another_kind_is_refused_and_not_kept(
    studio: Client, blog: Blog, content: bytes, words: str
) -> None:
    assert words in send(studio, content)
    assert waiting() == []


def test_a_form_without_a_file_says_so(studio: Client, blog: Blog) -> None:
    answer = studio.post(PAGE, {})
    assert (answer.status_code, "Choose a file first." in answer.content.decode()) == (422, True)


def test_a_file_waits_for_its_own_blog_alone_and_for_a_day(
    studio: Client, signed_in: Callable[[User], Client], blog: Blog, bob: User
) -> None:
    token = token_in(send(studio, packed({"a.md": "x"})))
    theirs = Blog.objects.create(owner=bob, title="Bob", subdomain="bob")
    for wrong in (token, "../" + token, ""):
        signed_in(bob).post("/studio/bob/import/carry-out/", {"token": wrong})
    assert not theirs.posts.exists()
    (file,) = waiting()
    os.utime(file, (0, 0))
    assert kept.sweep() == 1
    page = studio.post(f"{PAGE}carry-out/", {"token": token}, follow=True).content.decode()
    assert "The file is not here any more" in page


def test_a_second_file_takes_the_place_of_the_first(studio: Client, blog: Blog) -> None:
    send(studio, packed({"a.md": "x"}))
    send(studio, packed({"b.md": "x"}))
    assert len(waiting()) == 1


def test_one_at_a_time(studio: Client, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_blog, "PATIENCE", 0)
    with kept.turn("import", 1):
        assert "Try again in some minutes" in send(studio, packed({"a.md": "x"}))
    assert waiting() == []


def test_two_files_come_in_at_once_and_one_for_each_blog(studio: Client, blog: Blog) -> None:
    with kept.turn("receive", 2):
        assert "This would be brought in" in send(studio, packed({"a.md": "x"}))
        with kept.turn("receive", 2):
            assert "Try again in some minutes" in send(studio, packed({"b.md": "x"}))
    with kept.turn_of(blog, "import"):
        assert "already. Wait until that is done" in send(studio, packed({"b.md": "x"}))
    # What waited before is still there.
    assert len(waiting()) == 1


def test_a_file_is_not_brought_in_while_the_next_is_being_sent(studio: Client, blog: Blog) -> None:
    token = token_in(send(studio, packed({"a.md": "x"})))
    with kept.turn_of(blog, "import"):
        page = studio.post(f"{PAGE}carry-out/", {"token": token}, follow=True).content.decode()
    assert "Nothing was brought in. This blog is being brought in or out already." in page
    assert not blog.posts.exists()


def test_a_full_disk_is_said(studio: Client, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    assert "has no room" in send(studio, packed({"a.md": "x"}))


def test_nothing_of_a_strangers_file_is_read(main: Client, blog: Blog) -> None:
    answer = main.post(PAGE, {"file": SimpleUploadedFile("blog.zip", packed({"a.md": "x"}))})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/account/login/?next={PAGE}")
    assert waiting() == []


def test_nothing_of_another_authors_file_is_read(
    signed_in: Callable[[User], Client], blog: Blog, bob: User
) -> None:
    Membership.objects.create(
        blog=blog, email=bob.email, user=bob, role="editor", token_hash="x", accepted_at=blog.created_at
    )
    answer = signed_in(bob).post(PAGE, {"file": SimpleUploadedFile("blog.zip", packed({"a.md": "x"}))})
    assert answer.status_code == 404
    assert waiting() == []


def test_the_form_needs_its_token(alice: User, blog: Blog) -> None:
    client = Client(
        enforce_csrf_checks=True,
        headers={"host": f"{settings.MAIN_HOST}:{settings.HTTPS_PORT}", "x-forwarded-proto": "https"},
    )
    client.force_login(alice)
    answer = client.post(PAGE, {"file": SimpleUploadedFile("blog.zip", packed({"a.md": "x"}))})
    assert answer.status_code == 403
    assert not blog.posts.exists()
