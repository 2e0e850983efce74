"""By which the worker knows that a custom domain has reached its blog over HTTPS."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bearblog.domain.blogs.selectors import find_claim
from bearblog.web.base.requests import BlogRequest


@require_safe
@never_cache
def verification(request: BlogRequest) -> HttpResponse:
    claim = find_claim(request.blog)
    if claim is None:
        raise Http404
    return HttpResponse(f"{claim.token}\n", content_type="text/plain; charset=utf-8")
