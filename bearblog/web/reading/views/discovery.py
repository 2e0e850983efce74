"""What search engines ask for by fixed names."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.selectors import published
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import reader_page

# sitemaps.org allows 50,000 addresses in a file; three are the blog's own.
MOST_POSTS = 49_997


@reader_page
def sitemap(request: BlogRequest) -> HttpResponse:
    return render(
        request,
        "reading/sitemap.xml",
        {"pages": list(_pages(request.blog))},
        content_type="application/xml; charset=utf-8",
    )


@reader_page
def robots(request: BlogRequest) -> HttpResponse:
    return render(
        request,
        "reading/robots.txt",
        {"blog": request.blog, "sitemap_url": blog_url(request.blog, "/sitemap.xml")},
        content_type="text/plain; charset=utf-8",
    )


def _pages(blog: Blog) -> Iterator[tuple[str, str]]:
    # A repost is not listed: its address is elsewhere.
    rows = published(blog).filter(canonical_url="").values_list("slug", "updated_at", "is_page")
    found = list(rows[:MOST_POSTS])
    posts = [updated_at for _, updated_at, is_page in found if not is_page]
    last_post = max(posts, default=blog.created_at)
    base = blog_url(blog, "")
    yield f"{base}/", _stamp(max(blog.home_updated_at, last_post))
    yield base + quote(f"/{blog.blog_path}/"), _stamp(last_post)
    yield f"{base}/archive/", _stamp(last_post)
    for slug, updated_at, _ in found:
        yield base + quote(f"/{slug}/"), _stamp(updated_at)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
