"""Gives a site alice's blog: 45 posts, one with everything in it, a page, a draft. For manage.py shell."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts.services import create_post

_HOME = """I grow vegetables on a steep slope and write down what works.

## Lately

{{ posts | limit: 5 }}
"""
_TITLES = [
    "Everything at once",
    "The slugs came by night",
    "Seeds for a short summer",
    "What the rain left",
    "An inventory of spades",
    "Why the compost steams",
    "Letters from the beans",
    "First frost",
    "The neighbour's cat",
    "Sowing by moonlight",
]
_TOPICS = ["weather", "tools", "seeds"]
_PLAIN = f"""{"It rained for nine days. " * 12}

{"On the tenth the beans stood up and I counted them twice. " * 9}
"""


def plant(everything: str) -> None:
    """Writes the blog and all its posts, a week between them."""
    owner = User.objects.get(email="alice@example.org")
    blog = create_blog(owner=owner, title="Notes from the garden", subdomain="alice", home_text=_HOME)
    Blog.objects.filter(pk=blog.pk).update(
        favicon="\N{CARROT}", meta_description="A kitchen garden on a slope, week by week."
    )
    now = timezone.now()
    for number in range(45):
        create_post(
            blog=blog,
            title=_TITLES[number] if number < len(_TITLES) else f"Week {number} in the garden",
            text=everything if number == 0 else _PLAIN,
            author=owner,
            status="published",
            published_at=now - timedelta(days=number * 7, hours=1),
            tags=["garden", _TOPICS[number % 3]],
        )
    about = "I am Alice, and this is my garden."
    create_post(blog=blog, title="About", text=about, author=owner, status="published", is_page=True)
    create_post(blog=blog, title="Half a thought about leeks", text="Leeks are", author=owner)


plant(Path("deploy/stage/everything.md").read_text(encoding="utf-8"))
