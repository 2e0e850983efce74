"""The worker's look at custom domains, with a name server and hosts of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.blogs import domain_claims
from bearblog.domain.blogs.domain_records import answer_sentence
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.ops import domains
from tests.strangers import Records, https_server, make_certificate, name_server

TOKEN = "bearblog-of-alice"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"), "example.org")


@pytest.fixture
def records(settings: Settings) -> Iterator[Records]:
    """What the name server knows."""
    known: Records = {}
    with name_server(known) as address:
        settings.DNS_SERVER = address
        yield known


@pytest.fixture
def answers(
    settings: Settings, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, tuple[int, str]]]:
    """What this box answers over HTTPS."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    known: dict[str, tuple[int, str]] = {}
    with https_server(certificate, known) as port:
        settings.PUBLIC_IPV4, settings.HTTPS_PORT = "127.0.0.1", port
        yield known


@pytest.fixture
def claim(blog: Blog) -> DomainClaim:
    made = domain_claims.claim_domain(blog=blog, domain="example.org")
    made.token = TOKEN
    made.save()
    return made


def look(claim: DomainClaim) -> tuple[str | None, bool]:
    domain_claims.ask_again(blog=claim.blog)
    domains.check_domains()
    claim.refresh_from_db()
    blog = Blog.objects.get(pk=claim.blog_id)
    return blog.custom_domain, blog.domain_answers


def states(claim: DomainClaim) -> dict[tuple[str, str], str]:
    return {(one["kind"], one["name"]): one["state"] for one in claim.findings}


def test_a_domain_comes_and_goes(
    claim: DomainClaim, records: Records, answers: dict[str, tuple[int, str]]
) -> None:
    assert look(claim) == (None, False)
    assert states(claim)["TXT", "_bearblog.example.org"] == "missing"

    records["example.org", "A"] = ["127.0.0.1"]
    assert look(claim) == (None, False)
    assert states(claim)["A", "example.org"] == "right"

    records["_bearblog.example.org", "TXT"] = [TOKEN]
    assert look(claim) == ("example.org", False)
    assert "status 404" in answer_sentence(claim)

    answers["example.org/.well-known/bearblog"] = (200, f"{TOKEN}\n")
    assert look(claim) == ("example.org", True)
    assert states(claim)["HTTPS", "example.org"] == "right"

    answers["example.org/.well-known/bearblog"] = (200, "somebody else")
    assert look(claim) == ("example.org", False)
    assert "as something else" in answer_sentence(claim)


def test_a_domain_that_leads_elsewhere_is_never_asked(
    claim: DomainClaim, records: Records, answers: dict[str, tuple[int, str]]
) -> None:
    answers["example.org/.well-known/bearblog"] = (200, TOKEN)
    records["_bearblog.example.org", "TXT"] = [TOKEN]
    records["example.org", "A"] = ["127.0.0.1", "127.0.0.2"]
    assert look(claim) == ("example.org", False)
    assert answer_sentence(claim) == "example.org does not lead here, or not only here."
    assert states(claim)["A", "example.org"] == "wrong"


def test_the_old_domain_serves_until_the_new_one_is_proven(
    claim: DomainClaim, records: Records, answers: dict[str, tuple[int, str]]
) -> None:
    records["_bearblog.example.org", "TXT"] = [TOKEN]
    records["example.org", "A"] = ["127.0.0.1"]
    answers["example.org/.well-known/bearblog"] = (200, TOKEN)
    assert look(claim) == ("example.org", True)
    blog = Blog.objects.get(pk=claim.blog_id)
    new = domain_claims.claim_domain(blog=blog, domain="example.net")
    answers["example.org/.well-known/bearblog"] = (200, new.token)
    assert look(new) == ("example.org", True)


def test_a_box_without_a_named_address_goes_by_its_own_host(
    claim: DomainClaim, records: Records, answers: dict[str, tuple[int, str]], settings: Settings
) -> None:
    settings.PUBLIC_IPV4 = ""
    records["alice.bear.localhost", "A"] = ["127.0.0.1"]
    records["example.org", "CNAME"] = ["alice.bear.localhost"]
    records["_bearblog.example.org", "TXT"] = [TOKEN]
    answers["example.org/.well-known/bearblog"] = (200, TOKEN)
    assert look(claim) == ("example.org", True)


def test_name_servers_that_fail_prove_nothing(claim: DomainClaim, records: Records) -> None:
    claim.domain = "broken.example.org"
    claim.save()
    assert look(claim) == (None, False)
    assert states(claim)["A", "broken.example.org"] == "unknown"
    assert claim.checked_at is not None
    assert claim.checked_at <= timezone.now()
