"""A blog that has grown beyond all habit."""

from django.test import Client
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post


def test_a_blog_of_many_thousand_posts_takes_one_more_and_every_change(studio: Client, blog: Blog) -> None:
    now = timezone.now()
    Post.objects.bulk_create(
        Post(
            blog=blog,
            author=blog.owner,
            title=f"P{number}",
            slug=f"p{number}",
            status="published",
            published_at=now,
        )
        for number in range(5_001)
    )
    new = {"header": "title: One more", "text": "Words.", "do": "publish"}
    assert studio.post("/studio/alice/posts/new/", new).status_code == 302
    last = Post.objects.get(title="P5000")
    changed = {"header": "title: Changed\nlink: p5000", "text": "Other words.", "do": "save"}
    assert studio.post(f"/studio/alice/posts/{last.pk}/", changed).status_code == 302
    last.refresh_from_db()
    assert (last.title, last.text) == ("Changed", "Other words.")
