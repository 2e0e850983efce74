"""Fills a box with posts of real text, to see what a restore of many costs."""

from deploy.droplet.box import Box
from deploy.droplet.program import run

_SEED = """
import random
from pathlib import Path
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post
from django.utils import timezone

licences = sorted(Path("/usr/share/common-licenses").glob("*"))
paragraphs = [part for file in licences for part in file.read_text().split("\\n\\n") if len(part) > 80]
blog = Blog.objects.get()
draw = random.Random(1)
now = timezone.now()

def text():
    parts = []
    while sum(map(len, parts)) < {characters}:
        parts.append(draw.choice(paragraphs))
    return "\\n\\n".join(parts)

for start in range(0, {count}, 500):
    Post.objects.bulk_create(
        Post(
            blog=blog, title=f"Post {{number}}", slug=f"post-{{number}}", text=text(),
            status="published", published_at=now,
        )
        for number in range(start, start + 500)
    )
"""


def fill(box: Box, *, count: int, characters: int) -> int:
    """Adds posts to the first blog and waits until they are in the bucket; the database's size in bytes."""
    script = _SEED.format(count=count, characters=characters)
    run("ssh", "-F", str(box.droplet.ssh_config), "droplet", "bearblog shell", text=script)
    box.ssh("bearblog wait_replicated --timeout 120")
    return int(box.ssh("stat --format=%s /var/lib/bearblog/bearblog.sqlite3"))
