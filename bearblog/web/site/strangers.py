"""Pages that are the same for all who are not known here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from bearblog.web.base.public import CACHE_CONTROL

P = ParamSpec("P")


def same_for_strangers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view, whose answer to a request without any cookie may be kept for all others of that kind."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.COOKIES:
            return view(request, *args, **kwargs)
        # Who has no cookie has no session: to look for one would make the answer depend on it (Vary).
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response

    return answer
