"""One change to many posts."""

from collections.abc import Callable

import pytest
from django.test import Client

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.models import Post, Tag
from bearblog.domain.posts.services import save_post

pytestmark = pytest.mark.django_db

BULK = "/studio/alice/posts/several/"


@pytest.fixture
def posts(blog: Blog, alice: User) -> list[Post]:
    return [save_post(blog=blog, author=alice, header=f"title: Post {n}", text="") for n in range(3)]


def send(client: Client, chosen: list[Post], wish: str, **fields: str) -> str:
    form = {"chosen": [post.pk for post in chosen], "do": wish, **fields}
    return client.post(BULK, form, follow=True).content.decode()


def test_chosen_posts_are_published_and_taken_back(studio: Client, posts: list[Post]) -> None:
    assert "Published: 2 of 2." in send(studio, posts[:2], "publish")
    assert Post.objects.filter(status="published").count() == 2
    assert "Made a draft: 2 of 3." in send(studio, posts, "unpublish")
    assert not Post.objects.filter(status="published").exists()


def test_a_tag_is_given_and_taken(studio: Client, posts: list[Post]) -> None:
    assert "Tagged: 3 of 3." in send(studio, posts, "add-tag", tag="bees")
    assert Tag.objects.filter(name="bees").count() == 3
    assert "Tag removed: 1 of 1." in send(studio, posts[:1], "remove-tag", tag="bees")
    assert Tag.objects.filter(name="bees").count() == 2


def test_chosen_posts_are_deleted_after_a_question(studio: Client, posts: list[Post]) -> None:
    page = send(studio, posts[:2], "delete")
    assert "Delete 2 texts?" in page
    assert "Post 0" in page
    assert Post.objects.count() == 3
    assert "Deleted: 2 of 2." in send(studio, posts[:2], "delete-now")
    assert Post.objects.get() == posts[2]


def test_the_list_comes_back_as_it_was(studio: Client, posts: list[Post]) -> None:
    back = "/studio/alice/pages/?q=bees&page=2"
    form = {"chosen": posts[0].pk, "do": "publish"}
    assert studio.post(BULK, {**form, "back": back}).headers["Location"] == back
    for elsewhere in ("https://evil.example/", "//evil.example", "/studio/bob/posts/", ""):
        response = studio.post(BULK, {**form, "back": elsewhere})
        assert response.headers["Location"] == "/studio/alice/posts/"


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [("add-tag", "Give one tag."), ("nonsense", "Nothing was changed.")],
)
def test_what_cannot_be_done_is_said(studio: Client, posts: list[Post], wish: str, sentence: str) -> None:
    assert sentence in send(studio, posts, wish)


def test_nothing_chosen_is_said(studio: Client, blog: Blog) -> None:
    assert "Choose something" in send(studio, [], "publish")
    response = studio.post(BULK, {"chosen": ["x", "9" * 30], "do": "publish"}, follow=True)
    assert "Choose something" in response.content.decode()


def test_a_writer_changes_none_but_their_own(
    member: Callable[[str], Client], blog: Blog, bob: User, posts: list[Post]
) -> None:
    own = save_post(blog=blog, author=bob, header="title: Own", text="")
    assert "Published: 1 of 1." in send(member("writer"), [*posts, own], "publish")
    assert Post.objects.get(status="published") == own
