"""One change to many posts."""

import pytest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import bulk, search, services
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post


@pytest.fixture
def pks(blog: Blog) -> list[int]:
    """Two drafts, of which one has a tag, and a published post."""
    first = services.create_post(blog=blog, title="One", text="", tags=["a"])
    second = services.create_post(blog=blog, title="Two", text="", published_at="2020-01-01")
    third = services.create_post(blog=blog, title="Three", text="", status="published")
    return [first.pk, second.pk, third.pk]


def test_posts_are_published_and_made_drafts_together(blog: Blog, pks: list[int]) -> None:
    assert bulk.publish_posts(blog=blog, pks=pks, by=blog.owner) == 2
    assert Post.objects.published().count() == 3
    assert Post.objects.get(title="Two").published_at.year == 2020  # type: ignore[union-attr]
    assert bulk.unpublish_posts(blog=blog, pks=pks[:2], by=blog.owner) == 2
    assert Post.objects.published().count() == 1


def test_a_tag_is_added_and_removed(blog: Blog, pks: list[int]) -> None:
    assert bulk.add_tag(blog=blog, pks=pks, name=" a ", by=blog.owner) == 2
    assert bulk.add_tag(blog=blog, pks=pks, name="b", by=blog.owner) == 3
    assert {tuple(tag.name for tag in post.tags.all()) for post in Post.objects.all()} == {("a", "b")}
    assert search.search(blog, "b").total == 1
    assert bulk.remove_tag(blog=blog, pks=pks, name="a", by=blog.owner) == 3
    assert {tuple(tag.name for tag in post.tags.all()) for post in Post.objects.all()} == {("b",)}
    assert blog.revisions.count() == 3 + 2 + 3 + 3


def test_deleted_together_each_can_come_back(blog: Blog, pks: list[int]) -> None:
    keys = list(Post.objects.values_list("creation_key", flat=True))
    assert bulk.delete_posts(blog=blog, pks=pks, by=blog.owner) == 3
    assert not Post.objects.exists()
    for key in keys:
        services.restore_deleted(blog=blog, key=key, author=blog.owner)
    assert Post.objects.count() == 3


def test_posts_of_another_blog_are_left_alone(bob: User, pks: list[int]) -> None:
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert bulk.delete_posts(blog=other, pks=pks, by=bob) == 0
    assert Post.objects.count() == 3


@pytest.mark.parametrize("name", ["", "a,b", "x" * 101])
def test_what_is_no_tag_is_refused(blog: Blog, pks: list[int], name: str) -> None:
    with pytest.raises(PostError):
        bulk.add_tag(blog=blog, pks=pks, name=name, by=None)


def test_a_tag_too_many_changes_none_of_the_posts(blog: Blog, pks: list[int]) -> None:
    services.create_post(blog=blog, title="Full", text="", tags=[str(number) for number in range(50)])
    with pytest.raises(PostError, match="at most 50"):
        bulk.add_tag(blog=blog, pks=Post.objects.values_list("pk", flat=True), name="new", by=None)
    assert not Post.objects.filter(tags__name="new").exists()
