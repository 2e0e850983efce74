"""The page on which a blog gets a domain of its own."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bearblog.domain.blogs.domain_claims import note_answer, note_records
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.engines.reachability.records import Found

pytestmark = pytest.mark.django_db

ADDRESS = "/studio/alice/settings/domain/"


@pytest.fixture(autouse=True)
def _public_addresses(settings: Settings) -> None:
    settings.PUBLIC_IPV4, settings.PUBLIC_IPV6 = "192.0.2.7", "2001:db8::7"


def claim_example(studio: Client) -> DomainClaim:
    assert studio.post(ADDRESS, {"custom_domain": "example.org"}).headers["Location"] == ADDRESS
    return DomainClaim.objects.get()


def test_a_domain_is_typed_and_its_records_are_shown(studio: Client, blog: Blog) -> None:
    assert "example.org" in studio.get(ADDRESS).content.decode()
    claim = claim_example(studio)
    response = studio.get(ADDRESS)
    page = response.content.decode()
    for words in ("_bearblog.example.org", claim.token, "192.0.2.7", "2001:db8::7", "www.example.org"):
        assert f"<code>{words}</code>" in page
    assert "Not looked at yet" in page
    assert response.headers["Refresh"] == "20"


def test_what_the_worker_found_is_shown(studio: Client, blog: Blog) -> None:
    claim = claim_example(studio)
    note_records(claim=claim, proof=Found(("another",)), findings=[], now=timezone.now())
    page = studio.get(ADDRESS).content.decode()
    assert "There is another text: another" in page
    assert "Last looked at" in page
    note_records(claim=claim, proof=Found((claim.token,)), findings=[], now=timezone.now())
    note_answer(claim=claim, host="example.org", trouble="example.org did not answer over HTTPS.")
    page = studio.get(ADDRESS).content.decode()
    assert "example.org did not answer over HTTPS." in page


def test_a_domain_that_answers_needs_no_more_looking_at(studio: Client, blog: Blog) -> None:
    claim = claim_example(studio)
    note_records(claim=claim, proof=Found((claim.token,)), findings=[], now=timezone.now())
    note_answer(claim=claim, host="example.org", trouble="")
    response = studio.get(ADDRESS)
    assert "All is well" in response.content.decode()
    assert "Refresh" not in response.headers
    studio.post(ADDRESS, {"do": "check"})
    assert studio.get(ADDRESS).headers["Refresh"] == "20"


def test_a_form_for_another_domain_is_never_reloaded(studio: Client, blog: Blog) -> None:
    claim_example(studio)
    response = studio.get(f"{ADDRESS}?change")
    assert 'value="example.org"' in response.content.decode()
    assert "Refresh" not in response.headers


def test_a_domain_is_removed(studio: Client, blog: Blog) -> None:
    claim = claim_example(studio)
    note_records(claim=claim, proof=Found((claim.token,)), findings=[], now=timezone.now())
    assert studio.post(ADDRESS, {"do": "remove"}).headers["Location"] == ADDRESS
    blog.refresh_from_db()
    assert blog.custom_domain is None
    assert not DomainClaim.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Type a domain"), ("example.org:80", "has no port"), ("x.bear.localhost", "belongs to this site")],
)
def test_what_is_no_domain_is_refused_and_given_back(
    studio: Client, blog: Blog, typed: str, words: str
) -> None:
    response = studio.post(ADDRESS, {"custom_domain": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page.split('id="id_custom_domain_error"')[1]
    assert f'value="{typed}"' in page or not typed
    assert not DomainClaim.objects.exists()
