"""Who may enter the studio: a signed-in person, and for a blog its owner alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import find_blog_of
from bearblog.web.base.kept import answer_with_kept_text, has_written

P = ParamSpec("P")


class StudioRequest(HttpRequest):
    """The request of somebody who is signed in."""

    user: User


def signed_in(
    view: Callable[Concatenate[StudioRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Asks strangers to sign in, and gives them back what they typed when only their session was lost."""

    # Not "no-store": the browser's Back button must find the words that were typed.
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(StudioRequest, request), *args, **kwargs)
        if request.method == "POST" and has_written(request):
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


def owner_required(
    view: Callable[Concatenate[StudioRequest, Blog, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hands the view the blog that the address names. For anybody but its owner there is no such page."""

    def guarded(request: StudioRequest, /, subdomain: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        blog = find_blog_of(request.user, subdomain)
        if blog is None:
            raise Http404
        return view(request, blog, *args, **kwargs)

    return wraps(view)(signed_in(guarded))
