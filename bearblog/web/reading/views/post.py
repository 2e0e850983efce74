"""One post or page."""

from typing import Any

from django.http import HttpResponse

from bearblog.domain.posts.models import Post
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts
from bearblog.web.reading.head import Head, post_head
from bearblog.web.reading.pages import blog_page
from bearblog.web.reading.sharing import share_links


def show(request: BlogRequest, post: Post) -> HttpResponse:
    body_html = texts.body_html(post)
    links = share_links(post) if post.blog.has_share_links and not post.is_page else ()
    head = post_head(post)
    return post_page(request, post, head, body_html, tags=tag_names(post), share_links=links, is_counted=True)


def post_page(request: BlogRequest, post: Post, head: Head, body_html: str, **context: Any) -> HttpResponse:
    # A page shows no title of its own; where its text has none either, the blog's is the heading.
    needs_heading = post.is_page and "<h1" not in body_html
    return blog_page(
        request,
        "reading/post.html",
        head,
        body_html=body_html,
        post=post,
        needs_heading=needs_heading,
        **context,
    )


def tag_names(post: Post) -> list[str]:
    """The post's tags in the order of the alphabet."""
    return sorted((tag.name for tag in post.tags.all()), key=str.casefold)
