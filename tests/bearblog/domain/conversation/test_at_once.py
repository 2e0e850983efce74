"""Likes that come at the same moment."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.conversation.models import Like
from bearblog.domain.conversation.services import like
from bearblog.domain.posts.models import Post

pytestmark = pytest.mark.usefixtures("committed_db")


def test_one_reader_who_clicks_twice_at_once_is_counted_once(blog: Blog) -> None:
    cache.clear()
    post = Post.objects.create(
        blog=blog, title="One", slug="one", status="published", published_at=timezone.now()
    )
    start = threading.Barrier(4)
    counted: list[bool] = []

    def click(address: str) -> None:
        start.wait()
        try:
            found = Post.objects.select_related("blog").get(pk=post.pk)
            counted.append(like(post=found, address=address))
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(f"203.0.113.{last}",)) for last in (9, 9, 9, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    post.refresh_from_db()
    assert sorted(counted) == [False, False, True, True]
    assert post.like_count == Like.objects.count() == 2
