"""What search engines and browsers ask for by fixed names."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from bearblog.domain.blogs.addresses import blog_url
from bearblog.domain.posts.selectors import published_posts
from bearblog.web.base.requests import BlogRequest
from bearblog.web.reading.policy import reader_page

# sitemaps.org allows 50,000 addresses in a file; two are the blog's own.
MOST_POSTS = 49_998


@reader_page
def sitemap(request: BlogRequest) -> HttpResponse:
    posts = published_posts(request.blog).values_list("slug", "updated_at")[:MOST_POSTS]
    pages = [(blog_url(request.blog, f"/{slug}/"), updated_at) for slug, updated_at in posts]
    return render(
        request,
        "reading/sitemap.xml",
        {"fixed_urls": [blog_url(request.blog, path) for path in ("/", "/blog/")], "pages": pages},
        content_type="application/xml; charset=utf-8",
    )


@reader_page
def robots(request: BlogRequest) -> HttpResponse:
    return render(
        request,
        "reading/robots.txt",
        {"sitemap_url": blog_url(request.blog, "/sitemap.xml")},
        content_type="text/plain; charset=utf-8",
    )


@reader_page
def favicon(request: BlogRequest) -> HttpResponse:
    return redirect(static("base/favicon.svg"))
