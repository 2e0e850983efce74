"""Which changes of a post take something away from readers, and which only change what they see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts import bulk, services
from bearblog.domain.posts.models import Post

Change = Callable[[Post], object]
LATER = "2990-01-01"


@pytest.fixture
def post(blog: Blog) -> Post:
    return services.create_post(
        blog=blog, title="One", text="Words", status="published", published_at="2020-01-01"
    )


def save(post: Post, header: str, text: str = "Words", *, publish: bool | None = None) -> Post:
    return services.save_post(
        blog=post.blog, author=post.blog.owner, post=post, header=header, text=text, publish=publish
    )


def is_withdrawn(blog: Blog) -> bool:
    """Whether the last change took something away."""
    blog.refresh_from_db()
    return blog.withdrawn_version == blog.version


TAKE_AWAY: dict[str, Change] = {
    "made a draft": lambda post: save(post, "", publish=False),
    "another address": lambda post: save(post, "link: elsewhere"),
    "another date": lambda post: save(post, "published_date: 2021-01-01"),
    "put off": lambda post: save(post, f"published_date: {LATER}"),
    "not to be pointed at": lambda post: save(post, "make_discoverable: false"),
    "deleted": lambda post: services.delete_post(post=post),
    "made a draft with others": lambda post: bulk.unpublish_posts(blog=post.blog, pks=[post.pk], by=None),
    "deleted with others": lambda post: bulk.delete_posts(blog=post.blog, pks=[post.pk], by=None),
}
ONLY_CHANGE: dict[str, Change] = {
    "another title": lambda post: save(post, "title: Two"),
    "another text": lambda post: save(post, "", "Other words"),
    "the same date, as its line shows it": lambda post: save(post, "published_date: 2020-01-01 00:00"),
    "other tags": lambda post: save(post, "tags: a, b"),
    "a page from now on": lambda post: save(post, "is_page: true"),
    "a new post": lambda post: services.create_post(blog=post.blog, title="Two", text="", status="published"),
    "a tag for many": lambda post: bulk.add_tag(blog=post.blog, pks=[post.pk], name="a", by=None),
}


@pytest.mark.parametrize("change", TAKE_AWAY.values(), ids=TAKE_AWAY)
def test_what_readers_found_and_do_not_find_there_any_more_is_withdrawn(post: Post, change: Change) -> None:
    before = post.blog.version
    change(post)
    assert is_withdrawn(post.blog)
    assert post.blog.version > before


@pytest.mark.parametrize("change", ONLY_CHANGE.values(), ids=ONLY_CHANGE)
def test_a_plain_edit_keeps_the_last_good_copies(post: Post, change: Change) -> None:
    before = post.blog.version
    change(post)
    assert not is_withdrawn(post.blog)
    assert post.blog.version > before


def test_nothing_is_taken_away_with_a_draft(post: Post) -> None:
    draft = services.create_post(blog=post.blog, title="Draft", text="")
    save(draft, "link: elsewhere", publish=True)
    assert not is_withdrawn(post.blog)


def test_what_counts_is_what_is_stored_and_not_what_an_old_tab_knows(post: Post) -> None:
    old_tab = Post.objects.get(pk=post.pk)
    Post.objects.filter(pk=post.pk).update(status="draft")
    draft_tab = Post.objects.get(pk=post.pk)
    save(old_tab, "", publish=True)
    assert not is_withdrawn(post.blog)
    save(draft_tab, "")
    assert is_withdrawn(post.blog)


def test_a_post_that_waits_for_its_moment_is_shown_when_it_comes(post: Post, blog: Blog) -> None:
    now = timezone.now()
    waiting = services.create_post(blog=blog, title="Later", text="", status="published", published_at=LATER)
    assert services.publish_due() == 0
    # As if it had been saved an hour ago, for a second ago.
    Post.objects.filter(pk=waiting.pk).update(published_at=now - timedelta(seconds=1))
    Blog.objects.update(updated_at=now - timedelta(hours=1))
    before = Blog.objects.get().version
    assert services.publish_due(now - timedelta(seconds=10)) == 1
    assert Blog.objects.get().version == before + 1
    assert not is_withdrawn(blog)
    assert services.publish_due(now - timedelta(seconds=10)) == 0
    assert services.publish_due() == 0


def test_what_came_while_nobody_looked_is_found_at_the_next_start(post: Post, blog: Blog) -> None:
    now = timezone.now()
    Post.objects.update(published_at=now - timedelta(hours=1), is_page=True)
    Blog.objects.update(updated_at=now - timedelta(hours=2))
    assert services.publish_due(now - timedelta(seconds=10)) == 0
    assert services.publish_due() == 1


@pytest.mark.parametrize(
    "changes",
    [{"status": "draft"}, {"published_at": timezone.now() + timedelta(days=1)}],
    ids=["a draft", "not yet"],
)
def test_what_readers_cannot_see_yet_makes_no_page_anew(
    post: Post, blog: Blog, changes: dict[str, object]
) -> None:
    Blog.objects.update(updated_at=timezone.now() - timedelta(hours=2))
    Post.objects.update(**{"published_at": timezone.now(), **changes})
    assert services.publish_due() == 0
