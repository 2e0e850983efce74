"""The discover page: posts from all blogs, for those who look for something to read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.addresses import blog_url, preferred_host
from bearblog.domain.moderation import discover as selection
from bearblog.domain.moderation.discover import Wish
from bearblog.domain.posts.addresses import post_url
from bearblog.domain.posts.models import Post
from bearblog.engines.rendering.inline import plain_title
from bearblog.lib import plain_text
from bearblog.web.site.strangers import same_for_strangers

P = ParamSpec("P")

_CODES = "ar cs da de el en es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh-hans"
LANGUAGES = [(code.partition("-")[0], LANG_INFO[code]["name_local"]) for code in _CODES.split()]


@dataclass(frozen=True)
class Item:
    """One post as the page shows it."""

    post: Post
    title: str
    url: str
    host: str
    blog_url: str


def where_discover_is_on(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view, where the box has a discover page; else there is no such page."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DISCOVER:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@require_safe
@same_for_strangers
@where_discover_is_on
def discover(request: HttpRequest) -> HttpResponse:
    order, wish = order_of(request), wish_of(request)
    page = selection.ORDERS[order](wish, _page_number(request))
    filters = {"lang": wish.language, "tag": wish.tag, "q": wish.words}
    given = {name: value for name, value in filters.items() if value}
    context = {
        "order": order,
        "orders": [(name, urlencode({"order": name} | given)) for name in selection.ORDERS],
        "wish": wish,
        "languages": LANGUAGES,
        "page": page,
        "first_rank": (page.number - 1) * selection.POSTS_A_PAGE + 1,
        "items": [item_of(post) for post in page.posts],
        "this_query": urlencode({"order": order} | given),
        "feed_query": urlencode(({"order": order} if order == "newest" else {}) | given),
        "here": request.get_full_path(),
    }
    return render(request, "site/discover.html", context)


@require_safe
@never_cache
@where_discover_is_on
def random_post(request: HttpRequest) -> HttpResponse:
    post = selection.random_post(wish_of(request))
    return redirect(post_url(post)) if post else redirect("site:discover")


@require_safe
@never_cache
@where_discover_is_on
def random_blog(request: HttpRequest) -> HttpResponse:
    blog = selection.random_blog(wish_of(request))
    return redirect(blog_url(blog)) if blog else redirect("site:discover")


def order_of(request: HttpRequest) -> str:
    """The order that the address asks for; trending where it asks for none that there is."""
    asked = request.GET.get("order", "")
    return asked if asked in selection.ORDERS else "trending"


def wish_of(request: HttpRequest, *, is_personal: bool = True) -> Wish:
    """What the address asks for, without what the person does not want to see."""
    user = request.user if is_personal and isinstance(request.user, User) else None
    return Wish(
        language=plain_text.one_line(request.GET.get("lang", ""))[:35],
        tag=plain_text.one_line(request.GET.get("tag", ""))[:100],
        words=plain_text.one_line(request.GET.get("q", ""))[:200],
        user=user,
    )


def item_of(post: Post) -> Item:
    """The post as the page shows it."""
    blog = post.blog
    return Item(post, plain_title(post.title), post_url(post), preferred_host(blog), blog_url(blog))


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
