"""What staff decide reaches readers at once, on the main site and on the blog."""

import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import stored_pages
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.decisions import Decision, decide, hide_post, show_post
from bearblog.domain.moderation.people import PersonDecision, decide_about
from bearblog.domain.posts.models import Post
from bearblog.engines.pagecache import stored

Act = Callable[[Blog, User], object]


def by(decision: Decision) -> Act:
    return lambda blog, actor: decide(blog=blog, decision=decision, actor=actor)


def about_owner(decision: PersonDecision) -> Act:
    return lambda blog, actor: decide_about(user=blog.owner, decision=decision, actor=actor)


def a_post(blog: Blog) -> Post:
    return Post.objects.create(
        blog=blog, title="T", slug="t", status="published", published_at=timezone.now()
    )


TAKE_AWAY: dict[str, Act] = {
    "block": by(Decision.BLOCK),
    "no longer trust": by(Decision.UNTRUST),
    "deactivate the owner": about_owner(PersonDecision.DEACTIVATE),
}
CHANGE: dict[str, Act] = {
    "hide": by(Decision.HIDE),
    "show": by(Decision.SHOW),
    "approve": by(Decision.APPROVE),
    "withdraw approval": by(Decision.WITHDRAW),
    "trust": by(Decision.TRUST),
    "unblock": by(Decision.UNBLOCK),
    "reactivate the owner": about_owner(PersonDecision.REACTIVATE),
}
ON_MAIN_SITE_ALONE: dict[str, Act] = {
    "hide a post": lambda blog, actor: hide_post(post=a_post(blog), actor=actor),
    "show a post": lambda blog, actor: show_post(post=a_post(blog), actor=actor),
}


@pytest.mark.parametrize(
    "act",
    [*TAKE_AWAY.values(), *CHANGE.values(), *ON_MAIN_SITE_ALONE.values()],
    ids=[*TAKE_AWAY, *CHANGE, *ON_MAIN_SITE_ALONE],
)
def test_the_main_site_shows_it_at_once(
    blog: Blog,
    bob: User,
    act: Act,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # In one minute.
    monkeypatch.setattr(time, "time", lambda: 6000.0)
    pages, place = stored_pages.pages(), stored_pages.main_place("/discover/")
    stored_pages.settle_main()
    stored.write(pages, place, b"<p>as it was</p>", "text/html")
    Blog.objects.update(owner=bob)
    with django_capture_on_commit_callbacks(execute=True):
        act(Blog.objects.get(), User.objects.get(is_superuser=True))
    assert stored.read(pages, place) is None
    assert not (pages.last / settings.MAIN_HOST / "discover/index.html").exists()


@pytest.mark.parametrize("act", TAKE_AWAY.values(), ids=TAKE_AWAY)
def test_what_nobody_should_see_any_more_is_withdrawn(blog: Blog, bob: User, act: Act, alice: User) -> None:
    Blog.objects.update(owner=bob)
    act(Blog.objects.get(), alice)
    blog.refresh_from_db()
    assert blog.withdrawn_version == blog.version


@pytest.mark.parametrize("act", CHANGE.values(), ids=CHANGE)
def test_what_only_changes_leaves_the_last_good_copies(blog: Blog, bob: User, act: Act, alice: User) -> None:
    before = blog.version
    Blog.objects.update(owner=bob)
    act(Blog.objects.get(), alice)
    blog.refresh_from_db()
    assert blog.version > before > blog.withdrawn_version
