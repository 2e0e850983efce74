"""Saving what an author typed: state, tags, addresses, and what was there before."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Autosave, Blog
from bearblog.domain.blogs.writing import autosave, revisions_of
from bearblog.domain.posts import selectors, services
from bearblog.domain.posts.addresses import revision_subject, unsaved_subject
from bearblog.domain.posts.bulk import publish_posts
from bearblog.domain.posts.errors import PostError
from bearblog.domain.posts.models import Post


def save(
    blog: Blog, header: str, text: str = "", publish: bool | None = None, post: Post | None = None
) -> Post:
    return services.save_post(
        blog=blog, author=blog.owner, header=header, text=text, publish=publish, post=post
    )


def test_a_new_post_is_its_authors_and_a_draft_until_published(blog: Blog) -> None:
    post = save(blog, "title: One\ntags: b, a", "words\r\n")
    post.refresh_from_db()
    assert (post.author, post.status, post.slug, post.text) == (blog.owner, "draft", "one", "words\n")
    assert [tag.name for tag in post.tags.all()] == ["b", "a"]
    assert post.published_at is None
    assert post.first_published_at is None
    save(blog, "title: One", publish=True, post=post)
    assert post.is_published
    assert post.first_published_at == post.published_at


def test_saving_keeps_the_state_unless_it_is_told_another(blog: Blog) -> None:
    post = save(blog, "title: One", publish=True)
    first = post.published_at
    assert save(blog, "title: Two", post=post).is_published
    assert post.published_at == first
    assert not save(blog, "title: Two", publish=False, post=post).is_published
    assert post.published_at == first


def test_an_empty_date_is_now_for_a_published_post_and_none_for_a_draft(blog: Blog) -> None:
    post = save(blog, "published_date: 2020-01-01", publish=True)
    save(blog, "published_date:", post=post)
    assert post.published_at is not None
    assert timezone.now() - post.published_at < timedelta(seconds=10)
    assert post.first_published_at is not None
    assert post.first_published_at.year == 2020
    save(blog, "published_date:", publish=False, post=post)
    assert post.published_at is None


def test_a_published_post_with_a_later_date_waits_for_it(blog: Blog) -> None:
    post = save(blog, "title: Later\npublished_date: 2990-01-01", publish=True)
    assert selectors.find_published(blog, "later") is None
    assert not selectors.published(blog).exists()
    save(blog, "published_date: 2020-01-01", post=post)
    assert selectors.find_published(blog, "later") == post
    assert post.first_published_at == post.published_at


def test_a_form_sent_twice_makes_one_post(blog: Blog) -> None:
    key = uuid.uuid4()
    for text in ("a", "a and more"):
        services.save_post(blog=blog, author=blog.owner, header="title: Once", text=text, creation_key=key)
    assert Post.objects.get().text == "a and more"


def test_likes_that_came_meanwhile_are_not_written_over(blog: Blog) -> None:
    post = save(blog, "title: One", publish=True)
    Post.objects.update(like_count=7, is_hidden=True)
    save(blog, "title: Two", post=post)
    post.refresh_from_db()
    assert (post.title, post.like_count, post.is_hidden) == ("Two", 7, True)


def test_an_omitted_link_stays_and_an_empty_one_comes_from_the_title(blog: Blog) -> None:
    post = save(blog, "title: One\nlink: mine")
    assert save(blog, "title: Two", post=post).slug == "mine"
    assert save(blog, "title: 标题 two\nlink:", post=post).slug == "标题-two"


@pytest.mark.parametrize(
    ("header", "slug"),
    [
        ("title: 🐻\npublished_date: 2026-01-02", "2026-01-02"),
        ("title: Feed", "feed-2"),
        ("title: Search", "search"),
        ("title: a&nbsp;*b*", "a-b"),
        ("title: x\nlink: Year/My_Post", "year/my_post"),
    ],
)
def test_a_slug_is_made_of_the_words_there_are(blog: Blog, header: str, slug: str) -> None:
    assert save(blog, header).slug == slug


def test_a_taken_link_gets_a_number(blog: Blog) -> None:
    assert [save(blog, "title: x\nlink: a/b").slug for _ in range(3)] == ["a/b", "a/b-2", "a/b-3"]


def test_a_renamed_post_is_found_at_its_old_address_once_it_was_public(blog: Blog) -> None:
    post = save(blog, "title: Draft")
    save(blog, "link: secret", post=post)
    assert selectors.find_alias(blog, "draft") is None
    save(blog, "link: one", publish=True, post=post)
    save(blog, "link: two", post=post)
    found = selectors.find_alias(blog, "/One/")
    assert found is not None
    assert (found.post, found.is_typed) == (post, False)
    save(blog, "link: one", post=post)
    assert selectors.find_alias(blog, "one") is None
    assert selectors.find_alias(blog, "two") is not None


def test_a_new_post_takes_an_address_that_another_had_before(blog: Blog) -> None:
    post = save(blog, "link: one", publish=True)
    save(blog, "link: two", post=post)
    newer = save(blog, "link: one", publish=True)
    assert newer.slug == "one"
    assert selectors.find_alias(blog, "one") is None


def test_a_typed_alias_leads_to_its_post_until_its_line_is_gone(blog: Blog) -> None:
    post = save(blog, "title: One\nalias: /old/page.php", publish=True)
    found = selectors.find_alias(blog, "old/page.php")
    assert found is not None and found.is_typed
    save(blog, "title: One\nalias: other", post=post)
    assert selectors.find_alias(blog, "old/page.php") is None
    save(blog, "title: One", post=post)
    assert not blog.aliases.exists()


def test_an_alias_of_a_draft_leads_nowhere(blog: Blog) -> None:
    save(blog, "title: One\nalias: old")
    assert selectors.find_alias(blog, "old") is None


def test_every_save_is_kept_unless_nothing_changed(blog: Blog, bob: User) -> None:
    post = save(blog, "title: One", "first")
    save(blog, "title: One", "second", post=post)
    save(blog, "title: One", "second", post=post)
    services.save_post(blog=blog, author=bob, header="title: Two", text="second", post=post)
    kept = list(revisions_of(blog, revision_subject(post)))
    assert [(each.header.split("\n")[0], each.text) for each in kept] == [
        ("title: Two", "second"),
        ("title: One", "second"),
        ("title: One", "first"),
    ]
    assert [each.saved_by for each in kept] == [bob, blog.owner, blog.owner]


def test_what_a_post_said_before_there_were_revisions_is_kept_too(blog: Blog) -> None:
    post = save(blog, "title: One", "old words")
    blog.revisions.all().delete()
    save(blog, "title: One", "new words", post=post)
    assert [each.text for each in revisions_of(blog, revision_subject(post))] == ["new words", "old words"]


def test_restoring_a_revision_loses_nothing(blog: Blog) -> None:
    post = save(blog, "title: One\ntags: a", "first", publish=True)
    save(blog, "title: Two\nlink: two", "second", post=post)
    first = revisions_of(blog, revision_subject(post)).last()
    assert first is not None
    save(blog, first.header, first.text, post=post)
    assert (post.title, post.slug, post.text, post.is_published) == ("One", "one", "first", True)
    assert [tag.name for tag in post.tags.all()] == ["a"]
    assert [each.text for each in revisions_of(blog, revision_subject(post))] == ["first", "second", "first"]


def test_what_was_typed_for_a_new_post_on_another_device_belongs_to_the_post(blog: Blog) -> None:
    key, here, there = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    for device in (here, there):
        autosave(blog=blog, user=blog.owner, subject=unsaved_subject(key), device=device, header="", text="x")
    post = services.save_post(blog=blog, author=blog.owner, header="", text="y", creation_key=key)
    kept = Autosave.objects.filter(subject=revision_subject(post))
    assert {each.device for each in kept} == {here, there} == {each.device for each in Autosave.objects.all()}


def test_a_text_that_is_too_long_is_refused_with_its_field(blog: Blog) -> None:
    with pytest.raises(PostError) as refusal:
        save(blog, "", "a" * (services.MAX_TEXT + 1))
    assert refusal.value.field == "text"


def test_a_draft_takes_no_old_address_away_before_it_is_published(blog: Blog) -> None:
    post = save(blog, "link: one", publish=True)
    save(blog, "link: two", post=post)
    draft = save(blog, "link: one")
    found = selectors.find_alias(blog, "one")
    assert found is not None and found.post == post
    publish_posts(blog=blog, pks=[draft.pk], by=None)
    assert selectors.find_alias(blog, "one") is None
