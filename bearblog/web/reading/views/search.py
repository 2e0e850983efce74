"""A search among the posts and pages of a blog."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from bearblog.domain.posts import search as posts_search
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.head import unlisted_head
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.paging import PAGE_SIZE, page_number, paging

MAX_QUERY = 200


def search(request: BlogRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:MAX_QUERY]
    head = unlisted_head(request.blog, _("Search"))
    if not query:
        return blog_page(request, "reading/search.html", head)
    number = page_number(request.GET)
    start = (number - 1) * PAGE_SIZE
    result = posts_search.search(request.blog, query, limit=PAGE_SIZE, offset=start)
    if number > 1 and not result.hits:
        raise Http404
    return blog_page(
        request,
        "reading/search.html",
        head,
        query=query,
        result=result,
        paging=paging(number, result.total > start + PAGE_SIZE, "/search/", q=query),
    )
