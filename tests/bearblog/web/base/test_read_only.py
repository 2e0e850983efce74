"""A box that was replaced: it shows, and takes no words."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.conversation.models import Like
from bearblog.domain.moderation.models import Report
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts.services import create_post
from bearblog.web.base.read_only import superseded_notice
from tests.conftest import PASSWORD

NEW_HOME = "https://elsewhere.example/"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


@pytest.fixture
def replaced(data_dir: Path) -> None:
    """Another box has taken over."""
    told = {
        "site": NEW_HOME,
        "prefix": "replica/20261121T024500Z-ab12cd34",
        "since": "2026-11-21T02:45:00+00:00",
    }
    (data_dir / "superseded.json").write_text(json.dumps(told))


def test_a_living_box_takes_words(main: Client, blog: Blog, alice: User) -> None:
    main.force_login(alice)
    response = main.post(f"/studio/{blog.subdomain}/posts/new/", {"title": "A day", "text": "It rained."})
    assert response.status_code != 503


def test_a_replaced_box_gives_the_words_back(main: Client, alice: User, replaced: None) -> None:
    main.force_login(alice)
    words = "It rained.\nThen <it> stopped."
    response = main.post(
        "/studio/alice/posts/new/", {"title": "A day", "text": words, "password": "hush-hush"}
    )
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert NEW_HOME in page
    assert "21 November 2026, 02:45 UTC" in page
    assert "It rained.\nThen &lt;it&gt; stopped." in page
    assert "hush-hush" not in page


def test_a_replaced_box_still_shows_its_pages(main: Client, reader: Client, replaced: None) -> None:
    assert main.get("/").status_code == 200
    assert reader.get("/").status_code == 200


def test_a_replaced_box_takes_nothing_from_readers(reader: Client, blog: Blog, replaced: None) -> None:
    post = create_post(blog=blog, title="One", text="", status="published")
    leaving = Subscriber.objects.create(blog=blog, email="a@example.org", token="known")
    sent = {
        f"/like/{post.creation_key}/": {},
        "/subscribe/": {"email": "b@example.org"},
        "/confirm/known/": {},
        "/unsubscribe/": {"email": "a@example.org"},
        "/unsubscribe/known/": {},
        "/report/": {"page": "/one/", "reason": "Rude."},
        "/nothing/": {},
    }
    for path, form in sent.items():
        response = reader.post(path, form, headers={"sec-fetch-site": "same-origin"})
        assert response.status_code == 503, path
        assert response.headers["Cache-Control"] == "no-store"
        assert "This blog has just moved to another machine." in response.content.decode()
    leaving.refresh_from_db()
    assert leaving.confirmed_at is None
    assert Subscriber.objects.count() == 1
    assert not Like.objects.exists() and not Report.objects.exists()


def test_a_replaced_box_answers_readers_in_the_blogs_language(
    reader: Client, blog: Blog, replaced: None
) -> None:
    Blog.objects.update(language="de")
    assert "Nicht angenommen" in reader.post("/subscribe/").content.decode()


def test_people_may_still_sign_in_and_out(main: Client, alice: User, replaced: None) -> None:
    answer = main.post("/account/login/", {"login": alice.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert main.post("/account/logout/").status_code == 302


def test_a_damaged_note_still_closes_the_studio(main: Client, db: None, data_dir: Path) -> None:
    (data_dir / "superseded.json").write_text("{")
    response = main.post("/studio/", {"title": "words"})
    assert response.status_code == 503
    assert "Another box serves the blogs now." in response.content.decode()


def test_pages_carry_a_notice(replaced: None) -> None:
    assert NEW_HOME in superseded_notice(RequestFactory().get("/studio/"))["superseded"]


def test_a_living_box_carries_none() -> None:
    assert superseded_notice(RequestFactory().get("/studio/")) == {"superseded": ""}
