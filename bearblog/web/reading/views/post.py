"""One post."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from bearblog.domain.posts import display
from bearblog.domain.posts.addresses import post_path
from bearblog.domain.posts.selectors import find_published_post
from bearblog.engines.rendering.summary import summarise
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import reader_page


@reader_page
def post(request: BlogRequest, slug: str) -> HttpResponse:
    found = find_published_post(request.blog, slug)
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect("post", slug=found.slug, permanent=True)
    body_html = display.body_html(found)
    return blog_page(
        request,
        "reading/post.html",
        path=post_path(found),
        post=found,
        body_html=body_html,
        description=summarise(body_html),
    )
