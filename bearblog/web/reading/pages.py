"""What every page of a blog has in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from bearblog.domain.blogs import display
from bearblog.domain.blogs.addresses import blog_url
from bearblog.web.base.requests import BlogRequest


def blog_page(
    request: BlogRequest, template: str, *, path: str | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """The page in the blog's look and language; its path gives the canonical address, None gives none."""
    blog = request.blog
    with translation.override(blog.language):
        return render(
            request,
            template,
            {
                "blog": blog,
                "nav_html": display.nav_html(blog),
                "canonical_url": None if path is None else blog_url(blog, path),
                "right_to_left": translation.get_language_bidi(),
                **context,
            },
            status=status,
        )
