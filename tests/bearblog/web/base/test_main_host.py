"""The main host has sessions and a strict policy; blog hosts have neither."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from bearblog.domain.blogs.models import Blog
from bearblog.web.base.main_host import main_address, main_csrf, main_session

pytestmark = pytest.mark.django_db


def request_for(blog: Blog | None, host: str = "bear.localhost") -> HttpRequest:
    request = RequestFactory().get("/", headers={"host": host})
    request.blog = blog  # type: ignore[attr-defined]  # as HostMiddleware does
    return request


def test_the_main_host_allows_nothing_but_its_own_files_and_the_blogs_frames(main: Client) -> None:
    policy = main.get("/").headers["Content-Security-Policy"].split("; ")
    assert policy == [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data: https://*.bear.localhost:8443",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self' https://*.bear.localhost:8443",
        "frame-src 'self' https://*.bear.localhost:8443",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]


def test_a_signed_out_visitor_gets_no_session(main: Client) -> None:
    main.get("/")
    assert settings.SESSION_COOKIE_NAME not in main.cookies


def test_a_blog_host_has_no_session_and_no_cookie(reader: Client) -> None:
    response = reader.get("/")
    assert response.status_code == 200
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")
    assert not response.cookies
    # A page says itself what it may load; Caddy sends the rest.
    assert "Content-Security-Policy" not in response.headers


def test_the_sign_in_of_the_main_host_opens_nothing_on_a_blog_host(studio: Client, blog: Blog) -> None:
    response = studio.get("/studio/", headers={"host": "alice.bear.localhost"})
    assert response.status_code == 404


def test_the_stock_hook_runs_on_the_main_host_only(blog: Blog) -> None:
    hook = getattr(main_csrf(lambda request: HttpResponse()), "process_view")  # noqa: B009 - set by name too
    assert hook(request_for(blog), None, (), {}) is None


def test_a_session_is_read_on_the_main_host() -> None:
    seen = []
    main_session(lambda request: seen.append(request.session) or HttpResponse())(request_for(None))  # type: ignore[func-returns-value]
    assert len(seen) == 1


def test_a_made_up_port_reaches_nobody() -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.get_host())
        return HttpResponse()

    main_address(view)(request_for(None, "bear.localhost:666"))
    assert seen == ["bear.localhost:8443"]


def test_no_shared_cache_keeps_a_page_of_the_main_site(main: Client, studio: Client) -> None:
    assert studio.get("/studio/").headers["Cache-Control"] == "private, no-cache"
    assert main.get("/nothing/").headers["Cache-Control"] == "private, no-cache"
    assert "private" in main.get("/account/login/").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/help/", "/robots.txt", "/discover/", "/discover/feed/"])
def test_what_all_strangers_are_shown_alike_depends_on_no_cookie(main: Client, path: str) -> None:
    response = main.get(path)
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Vary" not in response.headers
    assert not response.cookies
    main.cookies["anything"] = "x"
    response = main.get(path)
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response.headers
