"""Custom domains: claimed, proven, taken, given back."""

import importlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import domain_claims, domain_records
from bearblog.domain.blogs.domain_records import Finding
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.domain.blogs.services import create_blog, set_custom_domain, set_domain_answers
from bearblog.engines.reachability.records import Found


@pytest.fixture
def other(bob: User) -> Blog:
    """Bob's blog."""
    return create_blog(owner=bob, title="T", subdomain="bob")


def look(claim: DomainClaim, *texts: str, now: datetime | None = None, trouble: str = "") -> None:
    domain_claims.note_records(
        claim=claim, proof=Found(texts, trouble), findings=[], now=now or timezone.now()
    )
    claim.refresh_from_db()


def test_a_claim_changes_nothing_until_it_is_proven(
    blog: Blog, hosts_folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        claim = domain_claims.claim_domain(blog=blog, domain="https://Example.org/")
        look(claim, "something else")
    blog.refresh_from_db()
    assert (claim.domain, blog.custom_domain) == ("example.org", None)
    assert "example.org" not in {file.name for file in hosts_folder.iterdir()}
    with django_capture_on_commit_callbacks(execute=True):
        look(claim, "something else", claim.token)
    blog.refresh_from_db()
    assert blog.custom_domain == "example.org"
    assert claim.proven_at is not None
    assert {"example.org", "www.example.org"} <= {file.name for file in hosts_folder.iterdir()}


def test_two_may_claim_a_domain_and_who_proves_it_has_it(blog: Blog, other: Blog) -> None:
    first = domain_claims.claim_domain(blog=blog, domain="example.org")
    second = domain_claims.claim_domain(blog=other, domain="www.example.org")
    assert first.token != second.token
    look(second, second.token)
    other.refresh_from_db()
    assert other.custom_domain == "www.example.org"


def test_a_domain_stays_with_its_blog_while_the_proof_stands(blog: Blog, other: Blog) -> None:
    first = domain_claims.claim_domain(blog=blog, domain="example.org")
    look(first, first.token)
    second = domain_claims.claim_domain(blog=other, domain="example.org")
    look(second, first.token, second.token)
    other.refresh_from_db()
    assert (other.custom_domain, second.proven_at) == (None, None)
    assert "Another blog here" in second.findings[0]["sentence"]


def test_a_domain_that_changed_hands_goes_to_its_new_owner(blog: Blog, other: Blog) -> None:
    first = domain_claims.claim_domain(blog=blog, domain="www.example.org")
    look(first, first.token)
    second = domain_claims.claim_domain(blog=other, domain="example.org")
    look(second, second.token)
    blog.refresh_from_db()
    other.refresh_from_db()
    first.refresh_from_db()
    assert (blog.custom_domain, first.proven_at, other.custom_domain) == (None, None, "example.org")


def test_a_proof_that_is_gone_is_only_reported(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    look(claim, claim.token)
    look(claim)
    blog.refresh_from_db()
    assert blog.custom_domain == "example.org"
    assert "The record is gone" in claim.findings[0]["sentence"]


def test_the_spelling_changes_without_a_new_proof(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    look(claim, claim.token)
    blog.refresh_from_db()
    again = domain_claims.claim_domain(blog=blog, domain="www.example.org")
    assert (again.token, blog.custom_domain) == (claim.token, "www.example.org")
    assert not blog.domain_answers


def test_another_domain_is_a_claim_of_its_own(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    look(claim, claim.token)
    blog.refresh_from_db()
    new = domain_claims.claim_domain(blog=blog, domain="example.net")
    assert (new.token != claim.token, blog.custom_domain) == (True, "example.org")
    look(new, new.token)
    blog.refresh_from_db()
    assert blog.custom_domain == "example.net"


def test_a_look_that_comes_too_late_changes_nothing(blog: Blog) -> None:
    old = domain_claims.claim_domain(blog=blog, domain="example.org")
    domain_claims.claim_domain(blog=blog, domain="example.net")
    assert (
        domain_claims.note_records(claim=old, proof=Found((old.token,)), findings=[], now=timezone.now())
        is None
    )
    blog.refresh_from_db()
    assert blog.custom_domain is None


def test_a_domain_is_given_back(blog: Blog, other: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    look(claim, claim.token)
    blog.refresh_from_db()
    domain_claims.release_domain(blog=blog)
    blog.refresh_from_db()
    assert blog.custom_domain is None
    assert not DomainClaim.objects.exists()
    set_custom_domain(blog=other, domain="example.org")
    domain_claims.release_domain(blog=blog)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (" ", "Type a domain"),
        ("example.org:8443", "has no port"),
        ("https://example.org/blog/", "has no path"),
        ("192.0.2.1", "a name, not a number"),
        ("[2001:db8::1]", "is not a domain name"),
        ("localhost", "is not a domain name"),
        ("bear.localhost", "belongs to this site"),
        ("www.bear.localhost", "belongs to this site"),
        ("alice.bear.localhost", "belongs to this site"),
    ],
)
def test_what_is_no_domain_is_refused_in_words(blog: Blog, typed: str, words: str) -> None:
    with pytest.raises(BlogError, match=words) as refusal:
        domain_claims.claim_domain(blog=blog, domain=typed)
    assert refusal.value.field == "custom_domain"


def answer(claim: DomainClaim, trouble: str = "", *, host: str = "example.org") -> tuple[bool, int]:
    look(claim, claim.token)
    domain_claims.note_answer(claim=claim, host=host, trouble=trouble)
    claim.refresh_from_db()
    blog = Blog.objects.get(pk=claim.blog_id)
    return blog.domain_answers, blog.version


def test_readers_are_sent_on_only_while_the_domain_answers(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    first = answer(claim)
    assert first[0]
    assert answer(claim) == first
    assert answer(claim, "It is silent.") == (False, first[1] + 1)
    assert domain_records.answer_sentence(claim) == "It is silent."
    assert answer(claim, host="example.net") == (False, first[1] + 1)


def due(after: timedelta) -> bool:
    return bool(domain_claims.due_claims(timezone.now() + after, most=10))


def test_claims_are_looked_at_soon_then_seldom(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    assert due(timedelta())
    look(claim)
    assert not due(timedelta(seconds=30))
    assert due(timedelta(seconds=61))
    domain_claims.ask_again(blog=blog)
    assert due(timedelta())
    two_hours = timedelta(hours=2)
    look(claim, now=timezone.now() + two_hours)
    assert not due(two_hours + timedelta(minutes=20))
    assert due(two_hours + timedelta(minutes=31))
    look(claim, now=timezone.now() + timedelta(days=31))
    assert not due(timedelta(days=40))


def test_a_domain_that_answers_is_looked_at_daily(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    DomainClaim.objects.update(asked_at=timezone.now() - timedelta(days=400))
    claim.refresh_from_db()
    look(claim, claim.token)
    blog.refresh_from_db()
    assert due(timedelta(hours=1, minutes=1))
    set_domain_answers(blog=blog, answers=True)
    assert not due(timedelta(hours=23))
    assert due(timedelta(hours=25))


def test_the_wanted_records_name_the_public_addresses(blog: Blog, settings: Settings) -> None:
    settings.PUBLIC_IPV4, settings.PUBLIC_IPV6 = "192.0.2.7", "2001:db8::7"
    claim = domain_claims.claim_domain(blog=blog, domain="www.example.org")
    wanted = [(one.kind, one.name, one.value, one.is_needed) for one in domain_records.wanted_records(claim)]
    assert wanted == [
        ("TXT", "_bearblog.example.org", claim.token, True),
        ("A", "www.example.org", "192.0.2.7", True),
        ("AAAA", "www.example.org", "2001:db8::7", False),
        ("A", "example.org", "192.0.2.7", False),
        ("AAAA", "example.org", "2001:db8::7", False),
    ]


@pytest.mark.parametrize(
    ("values", "trouble", "state"),
    [
        (("192.0.2.7",), "", "right"),
        ((), "", "missing"),
        (("192.0.2.7", "192.0.2.8"), "", "wrong"),
        ((), "No answer.", "unknown"),
    ],
)
def test_an_address_is_judged(values: tuple[str, ...], trouble: str, state: str) -> None:
    found = domain_records.judge_addresses("A", "example.org", Found(values, trouble), {"A": ("192.0.2.7",)})
    assert found.state == state


def test_a_stray_address_of_the_other_kind_leads_readers_away() -> None:
    right, stray = Finding("A", "example.org", "right"), Finding("AAAA", "example.org", "wrong")
    assert domain_records.leads_here("example.org", [right])
    assert not domain_records.leads_here("example.org", [right, stray])
    assert not domain_records.leads_here("www.example.org", [right])


def test_a_record_in_the_way_is_listed_with_the_wanted(blog: Blog) -> None:
    claim = domain_claims.claim_domain(blog=blog, domain="example.org")
    stray = Finding("AAAA", "example.org", "wrong", "It leads elsewhere: 2001:db8::9. Remove that record.")
    domain_claims.note_records(claim=claim, proof=Found(), findings=[stray], now=timezone.now())
    claim.refresh_from_db()
    rows = [(row.wanted.kind, row.wanted.value, row.state) for row in domain_records.rows(claim)]
    assert rows == [("TXT", claim.token, "missing"), ("AAAA", "", "wrong")]


def test_blogs_from_before_are_reviewed_and_their_domains_claimed(blog: Blog) -> None:
    Blog.objects.update(custom_domain="example.org", is_reviewed=False)
    migration = importlib.import_module("bearblog.domain.blogs.migrations.0003_review_old_blogs")
    migration.settle_old_blogs(apps, None)
    blog.refresh_from_db()
    assert blog.is_reviewed
    assert blog.home_updated_at == blog.updated_at
    assert DomainClaim.objects.get().domain == "example.org"
    assert due(timedelta())
