"""The discover page for feed readers, as Atom and as RSS."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bearblog.domain.blogs.addresses import main_url
from bearblog.domain.moderation import discover as selection
from bearblog.domain.posts.display import feed_entries
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.inline import plain_title
from bearblog.web.site.discover import order_of, where_discover_is_on, wish_of
from bearblog.web.site.strangers import same_for_strangers

_CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
}


@require_safe
@same_for_strangers
@where_discover_is_on
def feed(request: HttpRequest) -> HttpResponse:
    form = "rss" if request.GET.get("type") == "rss" else "atom"
    # A feed by chance would be a new one at each visit.
    order = "newest" if order_of(request) == "newest" else "trending"
    page = selection.ORDERS[order](wish_of(request, is_personal=False), 1)
    posts = list(_whole(page.posts))
    context = {
        "order": order,
        "home_url": main_url("/discover/"),
        "feed_url": main_url("") + request.get_full_path(),
        "updated_at": max((post.updated_at for post in posts), default=None),
        "entries": [(plain_title(entry.post.title), entry) for entry in feed_entries(posts)],
    }
    return render(request, f"site/discover.{form}.xml", context, content_type=_CONTENT_TYPES[form])


def _whole(posts: list[Post]) -> list[Post]:
    found = Post.objects.select_related("blog").in_bulk([post.pk for post in posts])
    return [found[post.pk] for post in posts]
