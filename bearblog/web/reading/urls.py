"""A blog's addresses, on each of its hosts. Nothing here needs a session or a cookie of the visitor."""

from django.urls import path, register_converter

from bearblog.web.reading.paths import DottedConverter
from bearblog.web.reading.views import (
    discovery,
    draft,
    feeds,
    home,
    icons,
    likes,
    look,
    missing,
    preview,
    reports,
    resolve,
    styles,
    subscribers,
    verification,
)

register_converter(DottedConverter, "dotted")

urlpatterns = [
    path("", home.home, name="home"),
    path("feed/", feeds.feed),
    path("atom/", feeds.feed),
    path("rss/", feeds.feed),
    path("feed/atom/", feeds.feed),
    path("feed/rss/", feeds.feed),
    path("feed.xml", feeds.feed),
    path("atom.xml", feeds.feed),
    path("rss.xml", feeds.feed),
    path("index.xml", feeds.feed),
    path("feed.json", feeds.feed),
    path("sitemap.xml", discovery.sitemap),
    path("robots.txt", discovery.robots),
    path("favicon.svg", icons.drawn),
    path("favicon.ico", icons.icon),
    path("apple-touch-icon.png", icons.icon),
    path("apple-touch-icon-precomposed.png", icons.icon),
    path("style/<str:name>.css", styles.stylesheet),
    path("like/<uuid:creation_key>/", likes.like),
    path("subscribe/", subscribers.subscribe),
    path("confirm/<str:token>/", subscribers.confirm),
    path("unsubscribe/", subscribers.leave),
    path("unsubscribe/<str:token>/", subscribers.unsubscribe),
    path("report/", reports.report),
    path("preview/", preview.preview),
    path("preview/blog/", look.look),
    path("draft/<str:token>/", draft.draft),
    path(".well-known/bearblog", verification.verification),
    # All else is the blog's own: posts and pages first, then the lists that stand where no post does.
    path("<dotted:name>", resolve.file),
    path("<path:slug>/", resolve.page),
]

handler400 = missing.unreadable
handler403 = missing.refused
handler404 = missing.not_found
handler500 = missing.broken
# Asked for by ReadOnlyMiddleware, as Django asks for the others.
handler503 = missing.replaced
