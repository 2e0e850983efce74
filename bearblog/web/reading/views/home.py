"""A blog's front page."""

from django.http import HttpResponse

from bearblog.domain.blogs import display
from bearblog.domain.posts.selectors import published_posts
from bearblog.engines.rendering.summary import summarise
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import reader_page

LATEST = 10


@reader_page
def home(request: BlogRequest) -> HttpResponse:
    home_html = display.home_html(request.blog)
    latest = list(published_posts(request.blog).without_text()[: LATEST + 1])
    return blog_page(
        request,
        "reading/home.html",
        path="/",
        home_html=home_html,
        description=summarise(home_html),
        posts=latest[:LATEST],
        has_more=len(latest) > LATEST,
    )
