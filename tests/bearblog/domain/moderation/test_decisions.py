"""What staff decide, how it is undone, and that it is written down."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.selectors import may_write
from bearblog.domain.accounts.services import ask_to_write
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation import people, queues, services
from bearblog.domain.moderation.decisions import Decision, decide, hide_post, show_post
from bearblog.domain.moderation.errors import ModerationError
from bearblog.domain.moderation.models import AuditEntry, Report
from bearblog.domain.moderation.people import PersonDecision, decide_about
from bearblog.domain.posts.models import Post


@pytest.fixture(autouse=True)
def _full_budget() -> None:
    cache.clear()


@pytest.fixture
def new(bob: User) -> Blog:
    """A blog that nobody has looked at."""
    return Blog.objects.create(owner=bob, title="Bob's", subdomain="bob", home_text="See http://example.org")


PAIRS = [
    (Decision.APPROVE, Decision.WITHDRAW, "is_reviewed"),
    (Decision.HIDE, Decision.SHOW, "is_hidden"),
    (Decision.BLOCK, Decision.UNBLOCK, "is_blocked"),
    (Decision.TRUST, Decision.UNTRUST, "is_trusted"),
    (Decision.FLAG, Decision.UNFLAG, "is_flagged"),
    (Decision.IGNORE, Decision.LOOK_AGAIN, "ignored_at"),
]


@pytest.mark.parametrize(("there", "back", "field"), PAIRS)
def test_each_decision_can_be_undone_and_is_in_the_book(
    new: Blog, alice: User, there: Decision, back: Decision, field: str
) -> None:
    decide(blog=new, decision=there, actor=alice, note="because")
    new.refresh_from_db()
    assert getattr(new, field)
    decide(blog=new, decision=back, actor=alice)
    new.refresh_from_db()
    assert not getattr(new, field)
    lines = list(AuditEntry.objects.values_list("actor", "action", "target", "note"))
    assert lines == [
        ("alice@example.org", back, "blog bob (Bob's)", ""),
        ("alice@example.org", there, "blog bob (Bob's)", "because"),
    ]


def test_the_book_outlives_what_it_speaks_of(new: Blog, alice: User, bob: User) -> None:
    decide(blog=new, decision=Decision.BLOCK, actor=alice)
    bob.delete()
    assert AuditEntry.objects.get().target == "blog bob (Bob's)"


def test_a_blocked_blog_is_gone_at_once_and_its_owner_told(
    new: Blog, alice: User, at: Callable[[str], Client]
) -> None:
    reader = at("bob.bear.localhost")
    assert reader.get("/robots.txt").status_code == 200
    before = new.version
    decide(blog=new, decision=Decision.BLOCK, actor=alice, note="It copies another site.")
    assert reader.get("/robots.txt").status_code == 404
    assert new.version > before
    letter = mail.outbox[0]
    assert letter.to == ["bob@example.org"]
    assert "It copies another site." in str(letter.body)
    assert "/studio/bob/review/" in str(letter.body)
    decide(blog=new, decision=Decision.UNBLOCK, actor=alice)
    assert reader.get("/robots.txt").status_code == 200
    assert len(mail.outbox) == 2


def test_ignored_twice_is_ignored_for_good(new: Blog, alice: User) -> None:
    assert new in queues.queue("new")
    decide(blog=new, decision=Decision.IGNORE, actor=alice)
    assert new not in queues.queue("new")
    Blog.objects.update(updated_at=timezone.now())
    assert new in queues.queue("new")
    decide(blog=new, decision=Decision.IGNORE, actor=alice)
    Blog.objects.update(updated_at=timezone.now())
    assert new not in queues.queue("new")
    decide(blog=new, decision=Decision.LOOK_AGAIN, actor=alice)
    assert new in queues.queue("new")


def test_an_empty_blog_waits_in_no_queue(bob: User) -> None:
    empty = Blog.objects.create(owner=bob, title="Empty", subdomain="empty", home_text="Soon.")
    assert not queues.queue("new").exists()
    Post.objects.create(blog=empty, title="One", slug="one")
    assert queues.queue("new").get() == empty


def test_a_report_brings_a_blog_to_staff_and_is_settled(new: Blog, alice: User) -> None:
    services.report(blog=new, path="/one/", reason=" It hurts. ", address="203.0.113.9")
    assert [found.open_reports for found in queues.queue("reported")] == [1]  # type: ignore[attr-defined]
    assert not queues.queue("new").exists()
    decide(blog=new, decision=Decision.SETTLE, actor=alice)
    assert not queues.queue("reported").exists()
    report = Report.objects.get()
    assert (report.path, report.reason, report.settled_by) == ("/one/", "It hurts.", alice)
    decide(blog=new, decision=Decision.REOPEN, actor=alice)
    assert queues.queue("reported").get() == new


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_report_says_something_and_not_too_much(new: Blog, reason: str) -> None:
    with pytest.raises(ModerationError) as refusal:
        services.report(blog=new, path="/", reason=reason)
    assert refusal.value.field == "reason"


def test_reports_are_bounded(new: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(services.REPORTS_A_READER):
        services.report(blog=new, path="javascript:x", reason="Bad", address="203.0.113.9")
    with pytest.raises(ModerationError, match="Try again"):
        services.report(blog=new, path="/", reason="Bad", address="203.0.113.9")
    assert set(Report.objects.values_list("path", flat=True)) == {"/"}
    monkeypatch.setattr(services, "OPEN_REPORTS_A_BLOG", 5)
    services.report(blog=new, path="/", reason="Bad", address="203.0.113.10")
    assert Report.objects.count() == 5


def test_an_author_asks_and_is_answered(new: Blog, alice: User) -> None:
    services.ask_for_review(blog=new, note="I write about bees.")
    assert queues.queue("asked").get() == new
    decide(blog=new, decision=Decision.APPROVE, actor=alice, note="Nice bees.")
    assert not queues.queue("asked").exists()
    assert "Nice bees." in str(mail.outbox[0].body)
    with pytest.raises(ModerationError, match="nothing to ask"):
        services.ask_for_review(blog=new, note="")


def test_a_blocked_author_may_ask_again(new: Blog, alice: User) -> None:
    decide(blog=new, decision=Decision.BLOCK, actor=alice)
    services.ask_for_review(blog=new, note="It was a mistake.")
    assert queues.queue("asked").get() == new
    services.withdraw_request(blog=new)
    assert not queues.queue("asked").exists()


def test_a_long_note_is_refused(new: Blog, alice: User) -> None:
    with pytest.raises(ModerationError):
        decide(blog=new, decision=Decision.BLOCK, actor=alice, note="x" * 2001)
    new.refresh_from_db()
    assert not new.is_blocked


def test_blogs_are_found_by_all_their_names(new: Blog) -> None:
    for words in ("bob's", "BOB", "bob@example.org"):
        assert queues.queue("all", words).get() == new
    assert not queues.queue("all", "nobody").exists()
    assert {queue.name: queue.number for queue in queues.counts()} == {
        "new": 1,
        "asked": 0,
        "reported": 0,
        "all": 1,
    }


def test_a_post_can_be_hidden_and_shown(new: Blog, alice: User) -> None:
    post = Post.objects.create(blog=new, title="One", slug="one")
    hide_post(post=post, actor=alice)
    post.refresh_from_db()
    assert post.is_hidden
    show_post(post=post, actor=alice)
    assert AuditEntry.objects.filter(target="blog bob /one/ (One)").count() == 2
    assert not Post.objects.filter(is_hidden=True).exists()


def test_who_asked_to_write_is_let_in_with_a_letter(charlie: User, alice: User) -> None:
    ask_to_write(charlie)
    assert people.waiting().get() == charlie
    decide_about(user=charlie, decision=PersonDecision.ADMIT, actor=alice)
    assert may_write(charlie)
    assert not people.waiting().exists()
    assert mail.outbox[0].to == ["charlie@example.org"]
    decide_about(user=charlie, decision=PersonDecision.REFUSE, actor=alice)
    assert not may_write(charlie)


def test_a_deactivated_person_goes_dark_with_all_blogs(
    new: Blog, bob: User, alice: User, at: Callable[[str], Client]
) -> None:
    reader = at("bob.bear.localhost")
    decide_about(user=bob, decision=PersonDecision.DEACTIVATE, actor=alice)
    before = new.version
    new.refresh_from_db()
    assert new.version > before
    assert reader.get("/robots.txt").status_code == 404
    decide_about(user=bob, decision=PersonDecision.REACTIVATE, actor=alice)
    assert reader.get("/robots.txt").status_code == 200


def test_nobody_locks_out_themselves_or_whoever_runs_the_box(alice: User, bob: User) -> None:
    bob.is_staff = True
    bob.save()
    for user, actor in ((alice, alice), (alice, bob), (bob, bob)):
        with pytest.raises(ModerationError):
            decide_about(user=user, decision=PersonDecision.DEACTIVATE, actor=actor)
    assert User.objects.filter(is_active=True).count() == 2
    assert not AuditEntry.objects.exists()
