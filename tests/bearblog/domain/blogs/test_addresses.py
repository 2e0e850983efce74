"""Absolute addresses."""

from pytest_django import Settings

from bearblog.domain.blogs import addresses
from bearblog.domain.blogs.models import Blog


def test_an_address_names_the_port_unless_it_is_the_usual_one(blog: Blog, settings: Settings) -> None:
    assert addresses.blog_url(blog) == "https://alice.bear.localhost:8443/"
    assert addresses.main_url("/studio/") == "https://bear.localhost:8443/studio/"
    settings.HTTPS_PORT = 443
    assert addresses.blog_url(blog, "/ü/") == "https://alice.bear.localhost/%C3%BC/"


def test_readers_see_the_custom_domain_and_the_subdomain_stays(blog: Blog) -> None:
    blog.custom_domain = "example.org"
    assert addresses.blog_url(blog) == "https://example.org:8443/"
    assert addresses.own_url(blog, "/preview/") == "https://alice.bear.localhost:8443/preview/"
