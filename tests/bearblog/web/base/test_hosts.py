"""The host decides which site answers."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import rename_blog, set_custom_domain, set_domain_answers

At = Callable[[str], Client]


@pytest.mark.parametrize(
    "host", ["bear.localhost", "BEAR.localhost:8443", "bear.localhost.", "bear.localhost:1"]
)
def test_the_main_host_is_the_main_site(at: At, blog: Blog, host: str) -> None:
    assert at(host).get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "alice.bear.localhost",
        "Alice.Bear.Localhost:8443",
        "alice.bear.localhost.",
        "example.org",
        "www.example.org:8443",
    ],
)
def test_a_blogs_hosts_are_the_blog(at: At, blog: Blog, host: str) -> None:
    set_custom_domain(blog=blog, domain="example.org")
    response = at(host).get("/")
    assert response.status_code == 200
    assert b"Alice&#x27;s notes" in response.content


@pytest.mark.parametrize(
    "host",
    [
        "",
        "..",
        "...",
        ".",
        "/",
        "../..",
        "a/b",
        "bear.localhost/..",
        "x.bear.localhost",
        "x.alice.bear.localhost",
        "www.bear.localhost",
        "example.org",
        "10.0.0.1",
        "[::1]",
        "[::1]:8443",
        "a" * 300,
        "a." * 150,
        "alice.bear.localhost:x",
        "alice.bear.localhost:80:80",
        "alice bear.localhost",
        "alice.bear.localhost\t",
        "\u00e4.bear.localhost",
        "%00",
        "alice.bear.localhost@x",
        "alice..bear.localhost",
        "'; drop table--",
    ],
)
def test_every_other_host_is_a_plain_404(at: At, blog: Blog, host: str) -> None:
    response = at(host).get("/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain"


def test_a_host_that_django_cannot_read_is_no_crash(at: At, blog: Blog) -> None:
    for host in ("alice.bear.localhost:", "bear.localhost:"):
        assert at(host).get("/").status_code in (200, 400, 404)


def test_a_blog_goes_dark_with_its_owner(at: At, blog: Blog, alice: User) -> None:
    alice.is_active = False
    alice.save()
    assert at("alice.bear.localhost").get("/").status_code == 404


def test_a_blogs_host_knows_no_visitor(at: At, blog: Blog, alice: User) -> None:
    client = at("alice.bear.localhost")
    client.force_login(alice)
    response = client.get("/")
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


@pytest.mark.parametrize("path", ["/studio/", "/staff/", "/account/login/", "/healthz", "/readyz"])
def test_the_main_sites_pages_are_not_on_a_blogs_host(reader: Client, path: str) -> None:
    assert reader.get(path, follow=True).status_code == 404


@pytest.mark.parametrize("path", ["/blog/", "/feed/", "/rss/", "/preview/"])
def test_a_blogs_pages_are_not_on_the_main_host(main: Client, db: None, path: str) -> None:
    assert main.get(path).status_code == 404


def test_a_former_name_leads_readers_to_the_new_one(at: At, blog: Blog) -> None:
    rename_blog(blog=blog, subdomain="bees")
    response = at("Alice.bear.localhost").get("/post/?a=1&b=%C3%BC")
    assert response.status_code == 301
    assert response.headers["Location"] == "https://bees.bear.localhost:8443/post/?a=1&b=%C3%BC"
    assert response.headers["Cache-Control"] == "max-age=300"
    assert at("bees.bear.localhost").get("/").status_code == 200


def test_the_subdomain_leads_to_a_domain_while_that_answers(at: At, blog: Blog) -> None:
    set_custom_domain(blog=blog, domain="www.example.org")
    assert at("alice.bear.localhost").get("/").status_code == 200
    set_domain_answers(blog=blog, answers=True)
    for host in ("alice.bear.localhost", "example.org"):
        response = at(host).head("/feed/")
        assert response.headers["Location"] == "https://www.example.org:8443/feed/"
        assert response.headers["Cache-Control"] == "max-age=300"
    assert at("www.example.org").get("/").status_code == 200
    set_domain_answers(blog=blog, answers=False)
    assert at("alice.bear.localhost").get("/").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "/%0d%0aX-Evil:%201"])
def test_no_path_leads_off_the_blog(at: At, blog: Blog, path: str) -> None:
    rename_blog(blog=blog, subdomain="bees")
    location = at("alice.bear.localhost").get(path).headers["Location"]
    assert location.startswith("https://bees.bear.localhost:8443/")
    assert "\n" not in location


def test_a_form_on_a_former_name_is_answered_where_it_is(at: At, blog: Blog) -> None:
    rename_blog(blog=blog, subdomain="bees")
    assert at("alice.bear.localhost").post("/preview/", {}).status_code != 301
