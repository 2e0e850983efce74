"""A reader asks for letters, says yes to them, and leaves again."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from bearblog.domain.newsletter import selectors, services
from bearblog.domain.newsletter.errors import NewsletterError
from bearblog.web.base.requests import BlogRequest, client_address
from bearblog.web.reading.head import Words, unlisted_head
from bearblog.web.reading.language import speaking
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import own_form, unlisted
from bearblog.web.reading.views.missing import notice


@require_http_methods(["GET", "HEAD", "POST"])
@own_form
def subscribe(request: BlogRequest) -> HttpResponse:
    return _ask_for_address(
        request,
        "reading/subscribe.html",
        _("Subscribe"),
        services.subscribe,
        _("We have written to you. Open the link in the letter to confirm your address."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own_form
def confirm(request: BlogRequest, token: str) -> HttpResponse:
    if selectors.find_subscriber(request.blog, token) is None:
        raise Http404
    if request.method != "POST":
        # Programs that look into letters open every link; only a person presses a button.
        return _ask(
            request,
            _("Confirm your address"),
            _("Do you want letters from this blog?"),
            _("Yes, subscribe"),
        )
    services.confirm(blog=request.blog, token=token)
    return _done(request, _("You are subscribed"), _("Thank you. Every letter has a link to leave again."))


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: BlogRequest, token: str) -> HttpResponse:
    # Mail programs send the form themselves, from nowhere: the token is leave enough.
    if request.method == "POST":
        services.unsubscribe(blog=request.blog, token=token)
        return unlisted(_done(request, _("You have left"), _("You will get no more letters from this blog.")))
    if selectors.find_subscriber(request.blog, token) is None:
        raise Http404
    return unlisted(
        _ask(request, _("Unsubscribe"), _("Do you want to get no more letters?"), _("Unsubscribe"))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own_form
def leave(request: BlogRequest) -> HttpResponse:
    return _ask_for_address(
        request,
        "reading/leave.html",
        _("Unsubscribe"),
        services.ask_to_leave,
        _("If this address gets letters from here, one with the way out is under way to it."),
    )


def _ask_for_address(
    request: BlogRequest, template: str, heading: Words, write: Callable[..., object], promise: Words
) -> HttpResponse:
    email, refusal = "", ""
    if request.method == "POST":
        email = request.POST.get("email", "")
        try:
            with speaking(request.blog):
                write(blog=request.blog, email=email, address=client_address(request))
        except NewsletterError as error:
            refusal = error.sentence
        else:
            return _done(request, _("Almost there"), promise)
    return blog_page(
        request,
        template,
        unlisted_head(request.blog, heading),
        status=422 if refusal else 200,
        email=email,
        refusal=refusal,
    )


def _ask(request: BlogRequest, heading: Words, sentence: Words, button: Words) -> HttpResponse:
    return blog_page(
        request,
        "reading/subscription.html",
        unlisted_head(request.blog, heading),
        heading=heading,
        sentence=sentence,
        button=button,
    )


def _done(request: BlogRequest, heading: Words, sentence: Words) -> HttpResponse:
    return notice(request, 200, heading, sentence, body_class="subscribe")
