"""A blog's addresses, on each of its hosts. Nothing here needs a session or a cookie of the visitor."""

from django.urls import path, register_converter

from bearblog.web.reading.paths import SlugConverter
from bearblog.web.reading.views import discovery, feeds, home, missing, post, posts, preview

register_converter(SlugConverter, "post_slug")

urlpatterns = [
    path("", home.home, name="home"),
    path("blog/", posts.posts, name="posts"),
    path("feed/", feeds.atom, name="atom"),
    path("atom/", feeds.atom),
    path("rss/", feeds.rss, name="rss"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("robots.txt", discovery.robots, name="robots"),
    path("favicon.ico", discovery.favicon, name="favicon"),
    path("preview/", preview.preview, name="preview"),
    path("<post_slug:slug>/", post.post, name="post"),
]

handler400 = missing.unreadable
handler403 = missing.refused
handler404 = missing.not_found
handler500 = missing.broken
