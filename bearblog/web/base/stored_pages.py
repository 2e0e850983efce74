"""Finds finished pages on disk, and puts there what is made: a page is made once for all its readers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from bearblog.domain.blogs.stored_pages import main_place, pages, place_of
from bearblog.engines.pagecache import counts, places, stored, turns
from bearblog.engines.pagecache.places import Place
from bearblog.web.base import public
from bearblog.web.base.hosts import host_name
from bearblog.web.base.requests import SiteRequest

# How the worker asks: "again" for the page made anew in its place, "compare" for one that is not stored.
# Caddy takes the header off whatever comes from outside.
RENDER_HEADER = "X-Bearblog-Render"


class StoredPagesMiddleware:
    """Serves a page from disk, or makes and stores it where nobody else does; others wait a little."""

    patience = turns.PATIENCE
    # Whoever makes the page just now may have begun before the change for which it is to be made again.
    patience_again = 5.0

    def __init__(self, get_response: Callable[[SiteRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        order, place = request.headers.get(RENDER_HEADER), place_for(request)
        if place is None or order == "compare":
            response = self.get_response(request)
        elif order == "again":
            response = self._make_again(request, place)
        else:
            response = _find(place) or self._make(request, place)
        return public.unless_known(request, response)

    def _make(self, request: SiteRequest, place: Place) -> HttpResponseBase:
        with turns.turn(place, patience=self.patience) as is_ours:
            # Whoever had the turn before us has stored the page.
            if found := _find(place):
                return found
            response = self.get_response(request)
            counts.count(pages(), renders=1)
            if is_ours:
                _store(place, response)
        return response

    def _make_again(self, request: SiteRequest, place: Place) -> HttpResponseBase:
        with turns.turn(place, patience=self.patience_again):
            response = self.get_response(request)
            _store(place, response)
        return response


def place_for(request: SiteRequest) -> Place | None:
    """Where the answer lies that all get who ask for this address alone; None where it depends on more."""
    asks_for_more = request.COOKIES or request.META.get("QUERY_STRING")
    if asks_for_more or not settings.STORE_PAGES or not places.is_storable(request.path):
        return None
    if request.blog is None:
        return main_place(request.path)
    return place_of(request.blog, host_name(request), request.path)


def _find(place: Place) -> HttpResponse | None:
    page = stored.read(pages(), place)
    if page is None:
        return None
    counts.count(pages(), found=1)
    return public.from_disk(page, place.path)


def _store(place: Place, response: HttpResponseBase) -> None:
    if public.is_for_everybody(response):
        stored.write(pages(), place, response.content, response.headers["Content-Type"])
