"""Gives a site a blog of 10,000 posts of real length, with tags and in the search. For manage.py shell."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import search
from bearblog.domain.posts.models import Post, Tag

_COUNT = 10_000
_CHARACTERS = 3_000
_NAMES = """
    amber barn cedar dusk ember fern gravel harbour iron jetty kettle ladder meadow nettle orchard pebble
    quarry river saddle thatch umbrella valley walnut yarrow zinc against almost because before between
    carried evening finally gathered hardly inside keeping letters morning nothing often patience quietly
    returned slowly together under village walking yesterday
"""
_WORDS = _NAMES.split()
_TAGS = ["garden", "weather", "tools", "seeds", "letters", "walks", "books", "bread", "music", "boats"]


def _text(draw: random.Random) -> str:
    words: list[str] = []
    while sum(map(len, words)) < _CHARACTERS:
        words += [*draw.choices(_WORDS, k=11), "and\n\n" if draw.random() < 0.15 else "and"]
    return " ".join(words)


@transaction.atomic
def _write(blog: Blog) -> None:
    draw = random.Random(1)  # noqa: S311 - the same words each time
    now = timezone.now()
    posts = Post.objects.bulk_create(
        Post(
            blog=blog,
            author=blog.owner,
            title=" ".join(draw.choices(_WORDS, k=4)).capitalize(),
            slug=f"post-{number}",
            text=_text(draw),
            status="published",
            published_at=now - timedelta(hours=number * 5 + 1),
        )
        for number in range(_COUNT)
    )
    Tag.objects.bulk_create(
        Tag(post=post, name=name, position=position)
        for post in posts
        for position, name in enumerate(draw.sample(_TAGS, 2))
    )


def fill() -> None:
    """Writes the posts and has the search read them."""
    owner = User.objects.get(email="alice@example.org")
    _write(create_blog(owner=owner, title="Ten thousand", subdomain="many"))
    search.rebuild()


fill()
