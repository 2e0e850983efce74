"""Where on a blog its files are used: every text of it, looked through for their addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.addresses import hashes_in
from bearblog.domain.media.models import MediaFile

_BLOG_TEXTS = {
    "The home page": ("home_text", "favicon", "meta_image"),
    "The navigation": ("nav_text",),
    "The footer": ("footer_text",),
    "The style sheet": ("css",),
    "The post template": ("post_template",),
    "What stands in the head": ("head_html", "meta_tag"),
}


@dataclass(frozen=True)
class Place:
    """A text of the blog, and where its author changes it (empty where that is not one page)."""

    name: str
    url: str
    hashes: frozenset[str]


def places(blog: Blog) -> Iterator[Place]:
    """Each text of the blog that names a file."""
    for name, fields in _BLOG_TEXTS.items():
        if hashes := _hashes(getattr(blog, field) for field in fields):
            yield Place(name, "", hashes)
    # The blog's number too: without it each post would ask for its own.
    for post in blog.posts.only("blog", "title", "text", "meta_image").iterator():
        if hashes := _hashes((post.text, post.meta_image)):
            url = reverse("studio:edit_post", args=[blog.subdomain, post.pk])
            yield Place(post.title, url, hashes)


def used_hashes(blog: Blog) -> set[str]:
    """The SHA-256 of each file that the blog's texts name."""
    return set().union(*(place.hashes for place in places(blog)))


def places_of(blog: Blog, files: Iterable[MediaFile]) -> list[tuple[MediaFile, list[Place]]]:
    """Each of the files, and where it is used."""
    found = list(places(blog))
    return [(file, [place for place in found if place.hashes & _names(file)]) for file in files]


def _names(file: MediaFile) -> set[str]:
    return {file.sha256, *(variant.sha256 for variant in file.variants.all())}


def _hashes(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(hashes_in, texts))
