"""Who may enter the studio: a signed-in person, and for a blog whoever has a role on it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.dates import time_zone
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.roles import Role
from bearblog.domain.blogs.selectors import find_blog_with
from bearblog.domain.posts.models import Post
from bearblog.web.base.kept import answer_with_kept_text, has_written

P = ParamSpec("P")


class StudioRequest(HttpRequest):
    """The request of somebody who is signed in."""

    user: User


class BlogStudioRequest(StudioRequest):
    """The request of somebody who has a role on the blog in question."""

    role: Role


def signed_in(
    view: Callable[Concatenate[StudioRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Asks strangers to sign in, and gives them back what they typed when only their session was lost."""

    # Not "no-store": the browser's Back button must find the words that were typed.
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            try:
                return view(cast(StudioRequest, request), *args, **kwargs)
            except Http404:
                if not _carries_words(request):
                    raise
                return answer_with_kept_text(
                    request,
                    heading="This page is gone",
                    sentence=(
                        "Somebody deleted it while you were writing, or you may not change it any more. "
                        "Nothing was saved. Your words are below: copy them."
                    ),
                    status=404,
                    may_send_again=False,
                )
        if _carries_words(request):
            return answer_with_kept_text(
                request,
                heading="You are signed out",
                sentence="So this could not be saved yet. Nothing is lost: your words are below.",
                status=403,
                may_send_again=True,
            )
        return redirect_to_login(
            request.get_full_path() if request.method == "GET" else reverse("studio:blogs")
        )

    return guarded


def blog_required(
    least: Role,
) -> Callable[[Callable[Concatenate[BlogStudioRequest, Blog, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Hands the view the blog that the address names, to whoever has at least this role on it.

    For anybody else there is no such page.
    """

    def decorator(
        view: Callable[Concatenate[BlogStudioRequest, Blog, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        def guarded(
            request: StudioRequest, /, subdomain: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            found = find_blog_with(request.user, subdomain)
            if found is None or found[1] < least:
                raise Http404
            blog_request = cast(BlogStudioRequest, request)
            blog, blog_request.role = found
            # Every date on the page is in the zone of the blog, whoever looks at it from wherever.
            with timezone.override(time_zone(blog)):
                return view(blog_request, blog, *args, **kwargs)

        return wraps(view)(signed_in(guarded))

    return decorator


writer_required = blog_required(Role.WRITER)
editor_required = blog_required(Role.EDITOR)
owner_required = blog_required(Role.OWNER)


def _carries_words(request: HttpRequest) -> bool:
    if request.method != "POST":
        return False
    # Where the token was not looked for, nothing is read yet of what may be a file of gigabytes.
    is_unread = request.resolver_match and getattr(request.resolver_match.func, "csrf_exempt", False)
    return not is_unread and has_written(request)


def may_change(request: BlogStudioRequest, post: Post) -> bool:
    """Whether the person may change the post: editors any, a writer their own."""
    return request.role >= Role.EDITOR or post.author_id == request.user.pk
