"""The command that makes the search index anew."""

import io

from django.core.management import call_command
from django.db import connection

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.search import search
from bearblog.domain.posts.services import create_post


def test_posts_are_found_again(blog: Blog) -> None:
    create_post(blog=blog, title="Honey", text="", status="published")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM posts_search")
    assert search(blog, "honey").total == 0
    out = io.StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue() == "1 posts are in the search index.\n"
    assert search(blog, "honey").total == 1
