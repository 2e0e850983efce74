"""What one person does not want to see on the discover page."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bearblog.domain.accounts.models import User
from bearblog.domain.moderation import discover as selection
from bearblog.domain.moderation import services
from bearblog.web.site.discover import where_discover_is_on


@require_safe
@never_cache
@where_discover_is_on
@login_required
def hidden(request: HttpRequest) -> HttpResponse:
    blogs = selection.hidden_blogs(_person(request))
    return render(request, "site/discover_hidden.html", {"blogs": blogs})


@require_POST
@where_discover_is_on
@login_required
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    blog = selection.find_showable_blog(pk)
    if blog is None:
        raise Http404
    services.hide_from(user=_person(request), blog=blog)
    messages.success(
        request, f"You will not see “{blog.title}” here any more. Below the list you can undo this."
    )
    return redirect(_back(request))


@require_POST
@where_discover_is_on
@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    blog = selection.hidden_blogs(_person(request)).filter(pk=pk).first()
    if blog is not None:
        services.show_again(user=_person(request), blog=blog)
        messages.success(request, f"“{blog.title}” is back.")
    return redirect("site:discover_hidden")


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("back", "")
    is_ours = asked.startswith("/discover/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("site:discover")
