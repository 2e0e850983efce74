"""By which the worker knows that a domain has reached its blog."""

from django.test import Client

from bearblog.domain.blogs.domain_claims import claim_domain
from bearblog.domain.blogs.models import Blog


def test_a_blog_answers_with_its_claim(reader: Client, blog: Blog) -> None:
    claim = claim_domain(blog=blog, domain="example.org")
    response = reader.get("/.well-known/bearblog")
    assert response.content.decode().strip() == claim.token
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_blog_without_a_claim_has_nothing_to_say(reader: Client) -> None:
    assert reader.get("/.well-known/bearblog").status_code == 404
