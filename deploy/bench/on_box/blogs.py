"""Writes blogs with posts of real length, and signs their authors in. For `bearblog shell`, on the box."""

import json
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.accounts.services import make_writer
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import DEFAULT_NAV_TEXT
from bearblog.domain.posts.models import Post, Tag

_TAGS = ["garden", "weather", "tools", "seeds", "letters", "walks", "books", "bread", "music", "boats"]
_LICENCES = sorted(Path("/usr/share/common-licenses").glob("*"))
_PARAGRAPHS = [
    " ".join(part.split())
    for file in _LICENCES
    for part in file.read_text(encoding="utf-8", errors="replace").split("\n\n")
    if 80 < len(part) < 2000
]
_WORDS = sorted({word.lower() for part in _PARAGRAPHS for word in part.split() if word.isalpha()})


def write_authors(count: int) -> None:
    """Adds writers and prints the session of each, signed in, as JSON by address."""
    sessions = {}
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for number in range(1, count + 1):
        author = User.objects.create_user(f"author-{number:03}@example.org")
        make_writer(author)
        session = store()
        session[SESSION_KEY] = str(author.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = author.get_session_auth_hash()
        session.save()
        sessions[author.email] = session.session_key
    _say(json.dumps(sessions))


def write_blogs(names: list[str], *, posts: int, characters: tuple[int, int]) -> None:
    """Adds the blogs, their authors in turns, each with so many posts; prints how many posts there are."""
    authors = list(User.objects.filter(email__startswith="author-").order_by("email"))
    draw = random.Random(len(names))  # noqa: S311 - the same words each time
    for number, name in enumerate(names):
        _write(name, authors[number % len(authors)], posts, characters, draw)
        if (number + 1) % 20 == 0:
            _say(f"{(number + 1) * posts:,}")


def write_until(megabytes: float, name: str, *, posts: int, characters: tuple[int, int]) -> None:
    """Adds blogs, name-1 and so on, until the database has so many MB; prints how many it has then."""
    authors = list(User.objects.filter(email__startswith="author-").order_by("email"))
    number = Blog.objects.filter(subdomain__startswith=f"{name}-").count()
    draw = random.Random(number)  # noqa: S311 - the same words each time
    while (size := _database_megabytes()) < megabytes:
        number += 1
        _write(f"{name}-{number}", authors[number % len(authors)], posts, characters, draw)
    _say(f"{size:,.0f} MB")


@transaction.atomic
def _write(name: str, owner: User, count: int, characters: tuple[int, int], draw: random.Random) -> None:
    blog = Blog(owner=owner, title=_title(draw), subdomain=name, nav_text=DEFAULT_NAV_TEXT, is_reviewed=True)
    blog.save(force_insert=True)
    now = timezone.now()
    posts = Post.objects.bulk_create(
        Post(
            blog=blog,
            author=blog.owner,
            title=_title(draw),
            slug=f"post-{number}",
            text=_text(draw, draw.randint(*characters)),
            status="published",
            published_at=now - timedelta(days=number * 3, hours=1),
        )
        for number in range(1, count + 1)
    )
    Tag.objects.bulk_create(
        Tag(post=post, name=name, position=position)
        for post in posts
        for position, name in enumerate(draw.sample(_TAGS, 2))
    )


def _database_megabytes() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        (size,) = cursor.fetchone()
    return float(size) / 1e6


def _title(draw: random.Random) -> str:
    return " ".join(draw.sample(_WORDS, draw.randint(3, 7))).capitalize()


def _text(draw: random.Random, characters: int) -> str:
    parts: list[str] = []
    for part in _parts(draw):
        parts.append(part)
        if sum(map(len, parts)) >= characters:
            break
    return "\n\n".join(parts)[:characters]


def _parts(draw: random.Random) -> Iterator[str]:
    """Paragraphs with what people put between them: headings, lists, quotes, links, code."""
    while True:
        words = draw.choice(_PARAGRAPHS).split()
        place = draw.randrange(len(words))
        words[place] = draw.choice(("*{}*", "**{}**", "[{}](/post-1/)", "`{}`")).format(words[place])
        yield " ".join(words)
        if draw.random() < 0.25:
            yield draw.choice(
                (
                    f"## {_title(draw)}",
                    "\n".join(f"- {_title(draw)}" for _ in range(4)),
                    f"> {draw.choice(_PARAGRAPHS)}",
                    f"[{_title(draw)}](https://example.org/{draw.choice(_WORDS)})",
                    "```python\nfor week in range(52):\n    plant(week)\n```",
                )
            )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
