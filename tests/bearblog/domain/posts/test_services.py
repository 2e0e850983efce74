"""Writing, publishing and deleting posts."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.posts import services
from bearblog.domain.posts.bulk import publish_posts, unpublish_posts
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post


def test_a_new_post_is_a_draft_without_a_date(blog: Blog) -> None:
    post = services.create_post(blog=blog, title=" One\nday ", text="a\r\nb\0")
    post.refresh_from_db()
    assert (post.title, post.text, post.slug, post.status) == ("One day", "a\nb", "one-day", "draft")
    assert post.published_at is None
    assert str(post) == "One day"


def test_a_published_post_is_dated_now(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="", status="published")
    assert post.published_at is not None
    assert timezone.now() - post.published_at < timedelta(seconds=10)
    assert list(Post.objects.published()) == [post]


def test_a_date_is_taken_as_typed(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="", published_at="2026-01-02 03:04")
    post.refresh_from_db()
    assert post.published_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def test_a_date_that_cannot_be_read_saves_nothing(blog: Blog) -> None:
    with pytest.raises(PostError, match="soon.*cannot be read.*2026-11-21") as refusal:
        services.create_post(blog=blog, title="T", text="x", status="published", published_at=" soon ")
    assert refusal.value.field == "published_at"
    assert not Post.objects.exists()


def test_a_date_that_cannot_be_read_changes_nothing(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="Old", text="x")
    with pytest.raises(PostError):
        services.update_post(post=post, title="New", text="y", status="published", published_at="2026-02-30")
    assert post.title == "Old"
    post.refresh_from_db()
    assert (post.title, post.text, post.status) == ("Old", "x", "draft")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\0 "),
        ("title", "a" * 201),
        ("text", "a" * (services.MAX_TEXT + 1)),
        ("status", "gone"),
    ],
)
def test_what_cannot_be_a_post_is_refused_with_its_field(blog: Blog, field: str, value: str) -> None:
    fields = {"title": "T", "text": "", "status": "draft"} | {field: value}
    with pytest.raises(PostError) as refusal:
        services.create_post(blog=blog, title=fields["title"], text=fields["text"], status=fields["status"])
    assert refusal.value.field == field
    assert not Post.objects.exists()


def test_a_post_of_a_megabyte_is_kept_whole(blog: Blog) -> None:
    text = "Ünïcode wörds. " * 66_000
    post = services.create_post(blog=blog, title="Long", text=text)
    post.refresh_from_db()
    assert post.text == text


@pytest.mark.parametrize(
    ("title", "typed", "slug"),
    [
        ("Hello", "", "hello"),
        ("Hello", "My Own/Slug", "my-own/slug"),
        ("标题", "", "标题"),
        ("Blog", "", "blog"),
        ("Feed", "", "feed-2"),
        ("T", "!!!", "t"),
    ],
)
def test_a_slug_comes_from_what_was_typed_or_the_title(blog: Blog, title: str, typed: str, slug: str) -> None:
    assert services.create_post(blog=blog, title=title, text="", slug=typed).slug == slug


def test_a_title_without_letters_gets_a_dated_slug(blog: Blog) -> None:
    dated = services.create_post(blog=blog, title="!!!", text="", published_at="2026-01-02")
    assert dated.slug == "2026-01-02"
    assert (
        services.create_post(blog=blog, title="🐻", text="", published_at="2026-01-02").slug == "2026-01-02-2"
    )
    assert services.create_post(blog=blog, title="?", text="").slug == f"{timezone.now():%Y-%m-%d}"


def test_equal_titles_get_numbered_slugs_on_one_blog(blog: Blog, bob: User) -> None:
    slugs = [services.create_post(blog=blog, title="Same", text="").slug for _ in range(3)]
    assert slugs == ["same", "same-2", "same-3"]
    other = create_blog(owner=bob, title="T", subdomain="bob")
    assert services.create_post(blog=other, title="Same", text="").slug == "same"


def test_long_equal_titles_stay_under_the_length_of_a_file_name(blog: Blog) -> None:
    slugs = {services.create_post(blog=blog, title="字" * 200, text="").slug for _ in range(3)}
    assert len(slugs) == 3
    assert max(len(slug.encode()) for slug in slugs) < 200


def test_a_post_keeps_its_own_slug_and_takes_a_new_one(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="Same", text="")
    assert services.update_post(post=post, title="Same", text="x", slug="same", status="draft").slug == "same"
    assert services.update_post(post=post, title="Other", text="x", status="draft").slug == "other"


def test_a_form_sent_twice_makes_one_post(blog: Blog) -> None:
    key = uuid.uuid4()
    first = services.create_post(blog=blog, title="Once", text="a", status="published", creation_key=key)
    again = services.create_post(blog=blog, title="Once", text="a", status="published", creation_key=key)
    assert again == first
    assert (again.slug, again.published_at) == (first.slug, first.published_at)
    assert Post.objects.count() == 1


def test_words_changed_between_the_two_are_not_lost(blog: Blog) -> None:
    key = uuid.uuid4()
    services.create_post(blog=blog, title="Once", text="a", creation_key=key)
    services.create_post(blog=blog, title="Once", text="a and more", creation_key=key)
    assert Post.objects.get().text == "a and more"


def test_two_blogs_may_use_one_key(blog: Blog, bob: User) -> None:
    key = uuid.uuid4()
    other = create_blog(owner=bob, title="T", subdomain="bob")
    services.create_post(blog=blog, title="T", text="", creation_key=key)
    services.create_post(blog=other, title="T", text="", creation_key=key)
    assert Post.objects.count() == 2


def test_publishing_dates_a_post_once(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="")
    publish_posts(blog=blog, pks=[post.pk], by=None)
    post.refresh_from_db()
    first = post.published_at
    unpublish_posts(blog=blog, pks=[post.pk], by=None)
    assert not Post.objects.published().exists()
    publish_posts(blog=blog, pks=[post.pk], by=None)
    post.refresh_from_db()
    assert post.published_at == first
    assert post.is_published


def test_an_update_without_a_date_keeps_that_of_a_published_post(blog: Blog) -> None:
    post = services.create_post(blog=blog, title="T", text="", status="published", published_at="2020-01-02")
    services.update_post(post=post, title="T", text="", status="published")
    assert post.published_at == datetime(2020, 1, 2, tzinfo=UTC)
    services.update_post(post=post, title="T", text="", status="draft")
    assert post.published_at is None


def test_a_deleted_post_is_gone(blog: Blog) -> None:
    services.delete_post(post=services.create_post(blog=blog, title="T", text=""))
    assert not Post.objects.exists()
