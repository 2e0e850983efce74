"""What every page of a blog has in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bearblog.domain.blogs import styles
from bearblog.domain.blogs.head import head_html, meta_tag_html
from bearblog.domain.posts.models import Post
from bearblog.lib.languages import is_right_to_left
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading import texts
from bearblog.web.reading.head import Head, icon_address
from bearblog.web.reading.language import speaking
from bearblog.web.reading.policy import page_policy


def blog_page(
    request: BlogRequest,
    template: str,
    head: Head,
    *,
    body_html: str = "",
    post: Post | None = None,
    status: int = 200,
    is_live: bool = True,
    **context: Any,
) -> HttpResponse:
    """The page in the blog's look and language. A page that is not live takes no part: no form, no count."""
    blog = request.blog
    nav_html, footer_html = texts.nav_html(blog, post), texts.footer_html(blog, post)
    has_frames = any("<iframe" in html for html in (body_html, nav_html, footer_html))
    with speaking(blog, post.language if post else "") as language:
        return render(
            request,
            template,
            {
                "blog": blog,
                "head": head,
                "language": language,
                "right_to_left": is_right_to_left(language),
                "policy": page_policy(blog, has_frames=has_frames) if is_live else "",
                "icon": icon_address(blog),
                "head_html": head_html(blog),
                "meta_tag_html": meta_tag_html(blog),
                "stylesheet": styles.stylesheet_name(blog),
                "nav_html": nav_html,
                "footer_html": footer_html,
                "body_html": body_html,
                "post": post,
                "is_live": is_live,
                **context,
            },
            status=status,
        )
