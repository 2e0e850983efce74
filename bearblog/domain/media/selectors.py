"""Questions about a blog's files."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet, Sum

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import hosts_of
from bearblog.domain.media.addresses import hashes_in, media_path
from bearblog.domain.media.models import MediaFile, Variant
from bearblog.engines.rendering.pictures import Picture, PictureFinder

_SOURCE = re.compile(
    r"(?:(?:https?:)?//(?P<host>[^/:]+)(?::\d+)?)?(?P<path>/media/[0-9a-f]{64}\.[a-z0-9]{2,5})"
)


@dataclass(frozen=True)
class Space:
    """How much a blog's files take, and how much they may."""

    used: int
    most: int


def files_of(blog: Blog) -> QuerySet[MediaFile]:
    """The blog's files, newest first."""
    return MediaFile.objects.filter(blog=blog)


def find_file(blog: Blog, pk: int) -> MediaFile | None:
    """The blog's file with this number, or None."""
    return files_of(blog).prefetch_related("variants").filter(pk=pk).first()


def find_by_hash(blog: Blog, sha256: str) -> MediaFile | None:
    """The blog's file with these bytes, or None."""
    return files_of(blog).filter(sha256=sha256).first()


def space_of(blog: Blog) -> Space:
    """How much the blog's files take, variants included."""
    own = files_of(blog).aggregate(total=Sum("size"))["total"] or 0
    variants = Variant.objects.filter(media_file__blog=blog).aggregate(total=Sum("size"))["total"] or 0
    return Space(own + variants, settings.MEDIA_QUOTA_BYTES)


def named_hashes(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that a file or a variant of any blog has."""
    wanted = list(hashes)
    own = MediaFile.objects.filter(sha256__in=wanted).values_list("sha256", flat=True)
    variants = Variant.objects.filter(sha256__in=wanted).values_list("sha256", flat=True)
    return set(own) | set(variants)


def picture_finder(blog: Blog, *texts: str) -> PictureFinder:
    """Finds the blog's pictures by the address a text gives them, with one query.

    One more tells which hosts are the blog's own, where a text names a picture by a whole address.

    Where the texts of the page are given, only the pictures that they name are loaded.
    """
    return _Finder(blog, texts)


class _Finder:
    def __init__(self, blog: Blog, texts: tuple[str, ...]) -> None:
        self._blog, self._texts = blog, texts
        self._known: dict[str, Picture] | None = None

    def __call__(self, source: str) -> Picture | None:
        match = _SOURCE.fullmatch(source)
        if match is None or (match["host"] and match["host"].lower() not in self._hosts):
            return None
        if self._known is None:
            self._known = _pictures(self._blog, set().union(*map(hashes_in, self._texts)))
        return self._known.get(match["path"])

    @functools.cached_property
    def _hosts(self) -> set[str]:
        return hosts_of(self._blog)


def _pictures(blog: Blog, wanted: set[str]) -> dict[str, Picture]:
    files = files_of(blog).filter(width__gt=0, height__gt=0)
    if wanted:
        files = files.filter(sha256__in=wanted)
    columns = ("sha256", "extension", "width", "height", "variants__sha256", "variants__extension")
    known: dict[str, Picture] = {}
    rows = files.order_by("pk", "variants__width").values_list(*columns, "variants__width")
    for sha256, extension, width, height, variant, variant_extension, variant_width in rows:
        path = media_path(sha256, extension)
        before = known.get(path)
        sources = before.sources[:-1] if before else ()
        if variant:
            sources += ((media_path(variant, variant_extension), variant_width),)
        known[path] = Picture(width, height, (*sources, (path, width)))
    return known
