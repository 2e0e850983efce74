"""A reader tells those who run the site that something on a blog is wrong."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from bearblog.domain.moderation import services
from bearblog.domain.moderation.errors import ModerationError
from bearblog.web.base.requests import BlogRequest, client_address
from bearblog.web.reading.head import unlisted_head
from bearblog.web.reading.language import speaking
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import own_form
from bearblog.web.reading.views.missing import notice


@require_http_methods(["GET", "HEAD", "POST"])
@own_form
def report(request: BlogRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, request.GET.get("page", "/"))
    page, reason = request.POST.get("page", "/"), request.POST.get("reason", "")
    try:
        with speaking(request.blog):
            services.report(blog=request.blog, path=page, reason=reason, address=client_address(request))
    except ModerationError as error:
        return _form(request, page, reason, error.sentence)
    return notice(request, 200, _("Thank you"), _("Your report will be read."), body_class="report")


def _form(request: BlogRequest, page: str, reason: str = "", refusal: str = "") -> HttpResponse:
    head = unlisted_head(request.blog, _("Report this page"))
    return blog_page(
        request,
        "reading/report.html",
        head,
        status=422 if refusal else 200,
        page=page[: services.MAX_PATH],
        reason=reason,
        refusal=refusal,
    )
