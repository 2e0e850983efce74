"""Who may enter the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from bearblog.domain.accounts.models import User

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """The request of a member of the staff."""

    user: User


def staff_required(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Asks strangers to sign in; for people who are not staff there is no such page."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            here = request.get_full_path() if request.method == "GET" else reverse("staff:desk")
            return redirect_to_login(here)
        if not request.user.is_staff:
            raise Http404
        return view(cast(StaffRequest, request), *args, **kwargs)

    return guarded
