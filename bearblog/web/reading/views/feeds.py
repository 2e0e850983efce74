"""The newest posts for feed readers: as Atom, as RSS and as JSON Feed."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import json_feed
from bearblog.web.reading.feed import feed_of
from bearblog.web.reading.policy import reader_page

_CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@reader_page
def feed(request: BlogRequest) -> HttpResponse:
    return answer(request)


def answer(request: BlogRequest) -> HttpResponse:
    """The feed in the form that query or path ask for. Raises Http404 for a page there is not."""
    form = _form(request)
    found = feed_of(request.blog, form, q=request.GET.get("q", ""), page=request.GET.get("page", ""))
    if form == "json":
        return JsonResponse(
            json_feed.document(found),
            content_type=_CONTENT_TYPES[form],
            json_dumps_params={"ensure_ascii": False},
        )
    return render(request, f"reading/{form}.xml", {"feed": found}, content_type=_CONTENT_TYPES[form])


def _form(request: BlogRequest) -> str:
    asked = request.GET.get("type", "")
    if asked in _CONTENT_TYPES:
        return asked
    if request.path.endswith(".json"):
        return "json"
    return "rss" if "rss" in request.path else "atom"
