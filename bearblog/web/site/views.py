"""The landing page, how to write here, and the door through which the invited come in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bearblog.domain.accounts import selectors
from bearblog.domain.blogs.themes import THEMES
from bearblog.engines.rendering.policy import frame_hosts
from bearblog.web.site.adapter import INVITATION_KEY, AccountAdapter
from bearblog.web.site.strangers import same_for_strangers


@require_safe
@same_for_strangers
def landing(request: HttpRequest) -> HttpResponse:
    context = {
        "signup": settings.SIGNUP,
        "off_site": settings.OFF_SITE,
        "discover": settings.DISCOVER,
        "themes": THEMES,
    }
    return render(request, "site/landing.html", context)


@require_safe
@same_for_strangers
def how_to_write(request: HttpRequest) -> HttpResponse:
    return render(request, "site/help.html", {"frame_hosts": frame_hosts(), "themes": THEMES})


@require_safe
@same_for_strangers
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "site/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = selectors.find_invitation(token)
    if found is None or settings.SIGNUP == "closed":
        return render(request, "site/invitation_gone.html", status=410)
    if request.user.is_authenticated:
        return render(request, "site/invitation_signed_in.html", {"invitation": found})
    request.session[INVITATION_KEY] = token
    # The letter or the owner brought the link to this address, so it needs no second confirmation.
    AccountAdapter(request).stash_verified_email(request, found.email)
    return redirect("account_signup")
