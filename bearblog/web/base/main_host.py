"""Runs session, CSRF, sign-in and message middleware on the main host only: blog hosts know no visitor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from bearblog.domain.blogs.addresses import origin

Handler = Callable[[HttpRequest], HttpResponseBase]


def _on_main_host(stock: Callable[[Handler], Any]) -> Callable[[Handler], Handler]:
    def factory(get_response: Handler) -> Handler:
        inner = stock(get_response)

        def middleware(request: HttpRequest) -> HttpResponseBase:
            response: HttpResponseBase
            response = inner(request) if _is_main(request) else get_response(request)
            return response

        # Django finds the hook by its name on what the factory returns.
        if hook := getattr(inner, "process_view", None):
            setattr(middleware, "process_view", _hook_on_main_host(hook))  # noqa: B010 - a function has no such field
        return middleware

    return factory


def _hook_on_main_host(hook: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: HttpRequest, *arguments: Any) -> Any:
        return hook(request, *arguments) if _is_main(request) else None

    return guarded


def _is_main(request: HttpRequest) -> bool:
    return getattr(request, "blog", None) is None


def main_address(get_response: Handler) -> Handler:
    """Makes the main host's one true address the only one that links and look-ups can see."""
    address = origin(settings.MAIN_HOST).removeprefix("https://")

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_main(request):
            # A made-up port in the Host header would reach the links in letters, and dodge sign-in limits.
            request.META["HTTP_HOST"] = address
        return get_response(request)

    return middleware


def main_content_security_policy(get_response: Handler) -> Handler:
    """Sends the main host's Content-Security-Policy with every answer that has none of its own."""
    blogs = origin(f"*.{settings.BLOGS_DOMAIN}")
    policy = "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            # The studio's pages show a blog's pictures from the blog's own host, under its own policy.
            f"img-src 'self' data: {blogs}",
            "script-src 'self'",
            "connect-src 'self'",
            # The editor's preview is a form that the blog's own host answers, in a frame.
            f"form-action 'self' {blogs}",
            f"frame-src 'self' {blogs}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _is_main(request):
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def main_privacy(get_response: Handler) -> Handler:
    """Keeps shared caches from holding what one person was shown, where a view does not say otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _is_main(request):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


main_session = _on_main_host(SessionMiddleware)
main_csrf = _on_main_host(CsrfViewMiddleware)
main_authentication = _on_main_host(AuthenticationMiddleware)
main_messages = _on_main_host(MessageMiddleware)
