"""The list of all posts of a blog."""

from django.http import HttpResponse

from bearblog.domain.posts.selectors import published_posts
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.policy import reader_page


@reader_page
def posts(request: BlogRequest) -> HttpResponse:
    # Rows, not models: the list may hold ten thousand posts.
    rows = published_posts(request.blog).values("slug", "title", "published_at")
    return blog_page(request, "reading/posts.html", path="/blog/", posts=rows)
