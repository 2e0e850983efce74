"""Gives a site blogs of posts as people write them, each with words of its own. For manage.py shell."""

import random
from datetime import timedelta

from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.models import Post, Tag

_NAMES = """
    amber barn cedar dusk ember fern gravel harbour iron jetty kettle ladder meadow nettle orchard pebble
    quarry river saddle thatch umbrella valley walnut yarrow zinc against almost because before between
    carried evening finally gathered hardly inside keeping letters morning nothing often patience quietly
    returned slowly together under village walking yesterday
"""
_WORDS = _NAMES.split()
_SECTION = """## {0} and {1}

{2}, with *{0}* and a [link to it](https://example.org/{1}/). {3}. It said "{4}" and cost $5.

{5}. See [the one before](/{6}/), and **{7}**.

- {0} of the {1}
- {7}, and the `{6}` that goes with it
- {4}

> {5}.

{2}. {3}.

"""
_CODE = """```python
def {0}({1}: int) -> int:
    return {1} + 1
```

"""
_NAV = "[Home](/) [Blog](/blog/) [About](/about/)"
_FOOTER = "Written by hand. [Follow](/feed/)"
# These ask the database, for each page anew.
_NEIGHBOURS = ", or {{ previous-post }} {{ next-post }}"


def _section(draw: random.Random) -> str:
    def sentence() -> str:
        return " ".join(draw.choices(_WORDS, k=14)).capitalize()

    one, two, three, four = draw.choices(_WORDS, k=4)
    return _SECTION.format(one, two, sentence(), sentence(), three, sentence(), four, sentence())


def _text(draw: random.Random, characters: int) -> str:
    parts = [_CODE.format(*draw.choices(_WORDS, k=2))]
    while sum(map(len, parts)) < characters:
        parts.append(_section(draw))
    return "".join(parts)[:characters]


def write(subdomain: str, *, posts: int, characters: int, names_neighbours: bool = False) -> None:
    """Writes a blog with so many posts of so many characters, each of them different."""
    draw = random.Random(subdomain)  # noqa: S311 - the same words each time
    owner, now = User.objects.get(email="alice@example.org"), timezone.now()
    blog = create_blog(owner=owner, title=subdomain.capitalize(), subdomain=subdomain)
    footer = _FOOTER + _NEIGHBOURS * names_neighbours
    Blog.objects.filter(pk=blog.pk).update(nav_text=_NAV, footer_text=footer)
    written = Post.objects.bulk_create(
        Post(
            blog=blog,
            author=owner,
            title=" ".join(draw.choices(_WORDS, k=4)).capitalize(),
            slug=f"post-{number}",
            text=_text(draw, characters),
            status="published",
            published_at=now - timedelta(hours=number + 1),
        )
        for number in range(posts)
    )
    Tag.objects.bulk_create(Tag(post=post, name=name, position=0) for post in written for name in ("walks",))
